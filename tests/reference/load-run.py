# SPDX-License-Identifier: MIT
"""Loads trained runs in PyTorch: fold<k>.safetensors (read here, since Debian has no module for
it) into the equivalent torch.nn.Module, strictly, and compares what it says of the corpus'
features with the out-of-fold probabilities that the run keeps.

    /usr/bin/python3 tests/reference/load-run.py CORPUS RUN...

Prints the largest difference of each run; fails above 1e-5. Encoders are folders of .npy files
without layers; runs that standardise by actor are refused.
"""
import json
import os
import sys

import numpy as np
import torch
from torch import nn

from torch_networks import Network, mlp

TOLERANCE = 1e-5
BATCH = 64
QUANTILES = (10, 25, 50, 75, 90)
SEQUENCES = ("bilstm", "transformer-cls", "attention-pool", "attention")
FUSIONS = ("concatenation", "mixed")


def read_safetensors(path):
    """8 bytes length of the header (little endian), the header in JSON, the data."""
    with open(path, "rb") as file:
        n = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(n))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        assert entry["dtype"] == "F32", (path, name, entry["dtype"])
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
    return tensors


def with_prefix(tensors, prefix):
    return {name[len(prefix):]: t for name, t in tensors.items() if name.startswith(prefix)}


class Corpus:
    """Sequences of a corpus, read once."""

    def __init__(self, folder):
        self.folders = {}
        for path, folders, _ in os.walk(folder):
            for name in folders:
                self.folders[name.removesuffix("_train")] = os.path.join(path, name)
        self.sequences = {}

    def sequence(self, encoder, clip):
        key = encoder, clip
        if key not in self.sequences:
            x = np.load(os.path.join(self.folders[encoder], clip + ".npy"))
            if x.ndim == 3:
                x = x[:, 0]
            self.sequences[key] = np.atleast_2d(x).astype("f8")
        return self.sequences[key]


def statistics(x):
    return np.concatenate([x.mean(0), x.std(0)] + [np.percentile(x, q, axis=0)
                                                   for q in QUANTILES])


def segments(x, n, concat):
    parts = []
    for s in range(n):
        begin, end = s * len(x) // n, (s + 1) * len(x) // n
        parts.append(statistics(x[begin:max(end, begin + 1)]))
    return np.concatenate(parts) if concat else np.mean(parts, 0)


def pick(x, length):
    """The middle row of each of as many segments as there are positions."""
    n = len(x)
    if n <= length:
        return x
    return x[[(t * n // length + (t + 1) * n // length - 1) // 2 for t in range(length)]]


class Branch:
    """A network that learns from features: scalers and module."""

    def __init__(self, model, encoders, settings, tensors):
        self.model, self.encoders, self.settings = model, encoders, settings
        scalers = with_prefix(tensors, "scaler.")
        names = [""] if "mean" in scalers else [f"{m}." for m in range(len(encoders))]
        self.scalers = [(scalers[name + "mean"].astype("f8"), scalers[name + "scale"].astype("f8"))
                        for name in names]
        widths = [len(mean) for mean, _ in self.scalers]
        self.net = build(model, widths, settings)
        load(self.net, {name: t for name, t in tensors.items()
                        if not name.startswith(("scaler.", "branches."))})

    def vector(self, corpus, clip):
        parts = []
        for encoder in self.encoders:
            x = corpus.sequence(encoder, clip)
            parts.append(segments(x, int(self.settings["segments"]),
                                  self.settings["segment-join"] == "concat")
                         if self.model == "mlp-1024-512" else statistics(x))
        return np.concatenate(parts)[None]

    def inputs(self, corpus, clips):
        """Modalities of samples of rows x width, standardised."""
        if self.model in SEQUENCES:
            length = int(self.settings["length"])
            found = [[pick(corpus.sequence(e, clip), length) for clip in clips]
                     for e in self.encoders]
        else:
            found = [[self.vector(corpus, clip) for clip in clips]]
        return [[torch.tensor((x - mean) / scale) for x in samples]
                for samples, (mean, scale) in zip(found, self.scalers)]

    def latents(self, corpus, clips):
        return self.net.latents(self.inputs(corpus, clips))

    def logits(self, corpus, clips):
        modalities = self.inputs(corpus, clips)
        if self.model.startswith(("linear", "mlp")):
            return self.net(torch.cat(modalities[0]))
        return self.net(modalities)


class Fusion:
    """Frozen branches without their heads, and a network over what they say."""

    def __init__(self, model, encoders, settings, tensors):
        kinds = [(settings["branch"], [encoder]) for encoder in encoders]
        if model == "mixed":
            kinds.append(("attention", encoders))
        self.branches = [Branch(kind, names, settings, with_prefix(tensors, f"branches.{b}."))
                         for b, (kind, names) in enumerate(kinds)]
        self.scalers = [(tensors[f"scaler.{b}.mean"].astype("f8"),
                         tensors[f"scaler.{b}.scale"].astype("f8"))
                        for b in range(len(kinds))]
        self.net = build(model, [len(mean) for mean, _ in self.scalers], settings)
        load(self.net, {name: t for name, t in tensors.items()
                        if not name.startswith(("scaler.", "branches."))})

    def logits(self, corpus, clips):
        modalities = []
        for branch, (mean, scale) in zip(self.branches, self.scalers):
            rows = (branch.latents(corpus, clips) - torch.tensor(mean)) / torch.tensor(scale)
            modalities.append([row[None] for row in rows])
        return self.net(modalities)


def build(model, widths, settings):
    if model.startswith(("linear", "mlp")):
        hidden = [int(n) for n in model.split("-")[1:]]
        return mlp(widths[0], hidden, batch_norm=model == "mlp-1024-512",
                   dropout=float(settings.get("dropout", 0)))
    has_encoder = model in ("transformer-cls", "attention-pool", "attention")
    inner = settings["hidden"] if model == "bilstm" else settings.get("ff", 0)
    width = int(settings["width"]) if model not in ("stat", "concatenation") else 0
    return Network(model, widths, width, int(inner), int(settings["layers"]) if has_encoder else 0,
                   int(settings.get("heads", 0)), int(settings["latent"]))


def load(net, tensors):
    if isinstance(net, Network) and "temperature.t" not in tensors:
        net.temperature = nn.Identity()
    state = {name: torch.tensor(t) for name, t in tensors.items()}
    for name in net.state_dict():
        if name.endswith("num_batches_tracked"):  # torch counts, and does not use it here
            state.setdefault(name, torch.tensor(0))
    net.load_state_dict(state, strict=True)
    net.double().eval()


def check(corpus, folder):
    with open(os.path.join(folder, "run.json")) as file:
        run = json.load(file)
    settings = run["settings"]
    assert settings.get("normalise", "fold") == "fold", "standardised by actor"
    assert settings.get("features", "aggregate") == "aggregate", "rows as samples"
    kept = np.load(os.path.join(folder, "probabilities.npz"))
    largest = 0
    for fold in sorted(set(kept["fold"])):
        tensors = read_safetensors(os.path.join(folder, f"fold{fold}.safetensors"))
        make = Fusion if run["model"] in FUSIONS else Branch
        classifier = make(run["model"], run["encoders"], settings, tensors)
        rows = np.flatnonzero(kept["fold"] == fold)
        for begin in range(0, len(rows), BATCH):
            part = rows[begin:begin + BATCH]
            with torch.no_grad():
                p = classifier.logits(corpus, [str(kept["filenames"][i]) for i in part]).softmax(1)
            largest = max(largest, np.abs(p.numpy() - kept["probabilities"][part]).max())
    return run["model"], len(kept["fold"]), largest


def main():
    corpus = Corpus(sys.argv[1])
    is_wrong = False
    for folder in sys.argv[2:]:
        model, n, largest = check(corpus, folder)
        is_wrong |= not largest <= TOLERANCE
        print(f"{model:16} {n:5} clips, largest difference {largest:.1e}  {folder}", flush=True)
    sys.exit(is_wrong)


main()
