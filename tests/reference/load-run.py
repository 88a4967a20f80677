# SPDX-License-Identifier: MIT
"""Loads trained runs in PyTorch: fold<k>.safetensors (read here, since Debian has no module for
it) into the equivalent torch.nn.Module, strictly, and compares what it says of the corpus'
features, in float64, with the out-of-fold probabilities that the run keeps, with those of its
training clips, and with the decisions of heads that have no thresholds.

    /usr/bin/python3 tests/reference/load-run.py CORPUS RUN...

Takes whatever `blendscope-cli train` writes. Prints the largest difference of each run; fails
above 1e-5, and where a decision differs.
"""
import json
import os
import sys
import warnings

import numpy as np
import torch
from torch import nn

from corpus_features import Corpus
from run_heads import N_EMOTIONS, N_OUT, decisions, probabilities
from run_inputs import Inputs
from torch_networks import Network, Temperature, mlp

TOLERANCE = 1e-5
BATCH = 64
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


def scalers_of(tensors, n):
    """Mean and scale of each modality; a single one has no number."""
    names = ["scaler."] if n == 1 else [f"scaler.{m}." for m in range(n)]
    return [(torch.tensor(tensors[name + "mean"]).double(),
             torch.tensor(tensors[name + "scale"]).double()) for name in names]


def is_mlp(model):
    return model.startswith(("linear", "mlp")) or model in N_OUT


def build(model, widths, settings):
    has_temperature = settings.get("temperature") == "yes"
    if is_mlp(model):
        hidden = [settings["hidden"]] if model in N_OUT else model.split("-")[1:]
        net = mlp(widths[0], [int(n) for n in hidden], N_OUT.get(model, N_EMOTIONS),
                  batch_norm=model == "mlp-1024-512", dropout=float(settings.get("dropout", 0)))
        if has_temperature:
            net.add_module("temperature", Temperature())
        return net
    has_encoder = model in ("transformer-cls", "attention-pool", "attention")
    inner = settings["hidden"] if model == "bilstm" else settings.get("ff", 0)
    width = int(settings["width"]) if model not in ("stat", "concatenation") else 0
    net = Network(model, widths, width, int(inner), int(settings["layers"]) if has_encoder else 0,
                  int(settings.get("heads", 0)), int(settings["latent"]))
    if not has_temperature:
        net.temperature = nn.Identity()
    return net


def load(net, tensors):
    state = {name: torch.tensor(t) for name, t in tensors.items()
             if not name.startswith(("scaler.", "branches.")) and name != "head.cut"}
    for name in net.state_dict():
        if name.endswith("num_batches_tracked"):  # torch counts, and does not use it here
            state.setdefault(name, torch.tensor(0))
    net.load_state_dict(state, strict=True)
    return net.double().eval()


class Classifier:
    """A network that learns from features."""

    def __init__(self, inputs, tensors):
        self.inputs = inputs
        n_modalities = len(inputs.encoders) if inputs.is_sequence else 1
        self.scalers = scalers_of(tensors, n_modalities)
        widths = [len(mean) for mean, _ in self.scalers]
        self.net = load(build(inputs.model, widths, inputs.settings), tensors)

    def standardised(self, clips):
        """Modalities of samples of rows x width."""
        samples = zip(*map(self.inputs.of_clip, clips))
        return [[(torch.tensor(x) - mean) / scale for x in xs]
                for xs, (mean, scale) in zip(samples, self.scalers)]

    def latents(self, clips):
        return self.net.latents(self.standardised(clips))

    def logits(self, clips):
        modalities = self.standardised(clips)
        if not is_mlp(self.inputs.model):
            return self.net(modalities)
        of_rows = self.net(torch.cat(modalities[0])).split([len(x) for x in modalities[0]])
        return torch.stack([rows.mean(0) for rows in of_rows])


class Fusion:
    """Frozen branches without their heads, and a network over what they say."""

    def __init__(self, model, settings, inputs, tensors):
        self.branches = [Classifier(of_branch, with_prefix(tensors, f"branches.{b}."))
                         for b, of_branch in enumerate(inputs)]
        self.scalers = scalers_of(tensors, len(inputs))
        self.net = load(build(model, [len(mean) for mean, _ in self.scalers], settings), tensors)

    def logits(self, clips):
        rows = [(branch.latents(clips) - mean) / scale
                for branch, (mean, scale) in zip(self.branches, self.scalers)]
        return self.net([list(x[:, None]) for x in rows])


class Run:
    def __init__(self, corpus, folder):
        with open(os.path.join(folder, "run.json"), encoding="utf-8") as file:
            description = json.load(file)
        self.folder, self.model = folder, description["model"]
        self.settings, encoders = description["settings"], description["encoders"]
        self.kept = np.load(os.path.join(folder, "probabilities.npz"))
        self.has_all = "all_clips" in description
        parts = [(self.model, encoders)]
        if self.model in FUSIONS:
            parts = [(self.settings["branch"], [encoder]) for encoder in encoders]
            parts += [("attention", encoders)] * (self.model == "mixed")
        self.inputs = [Inputs(corpus, model, names, self.settings_of_part(model))
                       for model, names in parts]

    def settings_of_part(self, model):
        """A branch has the fusion's settings, but for the temperature: the model's default."""
        if self.model not in FUSIONS:
            return self.settings
        return dict(self.settings, temperature="yes" if model == "attention" else "no")

    def network(self, name):
        tensors = read_safetensors(os.path.join(self.folder, name + ".safetensors"))
        classifier = (Fusion(self.model, self.settings, self.inputs, tensors)
                      if self.model in FUSIONS else Classifier(self.inputs[0], tensors))
        classifier.cut = float(tensors.get("head.cut", [0])[0])
        return classifier

    def statements(self, fold):
        """What the network of a fold is known to have said: members' prefix and rows."""
        yield "", np.flatnonzero(self.kept["fold"] == fold)
        prefix = f"train{fold}_"
        if prefix + "filenames" in self.kept:
            yield prefix, np.arange(len(self.kept[prefix + "filenames"]))


def check(run):
    """Clips, largest difference of a probability, and decisions that differ."""
    n, n_other, largest = 0, 0, 0.0
    for fold in sorted(set(run.kept["fold"])):
        classifier = run.network(f"fold{fold}")
        for prefix, rows in run.statements(fold):
            for part in np.split(rows, range(BATCH, len(rows), BATCH)):
                with torch.no_grad():
                    logits = classifier.logits([str(run.kept[prefix + "filenames"][i])
                                                for i in part])
                p = probabilities(run.model, logits).numpy()
                difference = np.abs(p - run.kept[prefix + "probabilities"][part]).max()
                largest = max(largest, float(np.nan_to_num(difference, nan=np.inf)))
                if prefix + "decisions" in run.kept:
                    own = decisions(run.model, logits, classifier.cut)
                    n_other += int((own != run.kept[prefix + "decisions"][part]).any(1).sum())
                n += len(part)
    if run.has_all:
        run.network("all")
    return n, largest, n_other


def main():
    warnings.filterwarnings("ignore", "The PyTorch API of nested tensors")
    corpus = Corpus(sys.argv[1])
    is_wrong = False
    for folder in sys.argv[2:]:
        run = Run(corpus, folder)
        n, largest, n_other = check(run)
        is_wrong |= not largest <= TOLERANCE or n_other > 0
        other = f", {n_other} other decisions" if n_other else ""
        print(f"{run.model:19} {n:5} opinions, largest difference {largest:.1e}{other}  {folder}",
              flush=True)
    sys.exit(is_wrong)


main()
