# SPDX-License-Identifier: MIT
"""Trains short runs of every model and of every setting that changes what a network sees or what
its outputs mean, on the demo corpus with encoders of further kinds beside its own, in a temporary
folder, and has load-run.py compare them all with PyTorch.

    /usr/bin/python3 tests/reference/check-runs.py build/app/blendscope-cli [MODEL...]

Prints what load-run.py prints, after some ten minutes; fails where it does, or a training.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

from openface_table import COLUMNS_2

HERE = os.path.dirname(os.path.abspath(__file__))
OWN = ["HiCMAE", "HuBERT_large", "ImageBind", "LogMel", "OpenFace_3", "VideoMAEv2", "WavLM_large"]
MADE = ["Layers", "LayersLast", "OpenFace_2", "Vectors", "Static_static_features"]
SMALL = {"epochs": "2", "patience": "0", "lr": "1e-3", "length": "16", "width": "32", "ff": "64",
         "layers": "1", "hidden": "16", "latent": "24"}
OF_THREE = "ImageBind,OpenFace_3,Layers"

# Model, encoders, settings besides the small sizes above.
RUNS = [f"linear {name}" for name in OWN + MADE]
RUNS += [f"linear {name} features=subsample" for name in OWN + MADE]
RUNS += [f"attention-pool {name}" for name in OWN + MADE]
RUNS += f"""
linear {','.join(OWN + MADE)} loss=ce
linear ImageBind temperature=yes
linear OpenFace_3 protocol=paper-000 all-clips=yes
mlp-256 {OF_THREE} normalise=actor
mlp-256 Layers layer-from=1 layer-to=2
mlp-256 LogMel features=subsample normalise=actor
mlp-512 {OF_THREE} protocol=honest temperature=yes
mlp-512 Layers features=subsample layer-from=2 protocol=paper-000
mlp-1024-512 {OF_THREE},Static_static_features layer-from=0
mlp-1024-512 Layers layer-from=1 layer-to=2 segment-join=concat segments=4
mlp-1024-512 HiCMAE,Vectors normalise=actor dropout=0 temperature=yes all-clips=yes
stat ImageBind loss=kl
stat OpenFace_2 normalise=actor temperature=yes
bilstm VideoMAEv2
bilstm LogMel length=20 normalise=actor loss=ce
bilstm Layers width=0 layer-from=1 layer-to=1 temperature=yes
transformer-cls WavLM_large heads=2 length=32
transformer-cls LayersLast width=0 heads=2 normalise=actor layer-to=0
attention-pool OpenFace_3 normalise=actor layers=2
attention-pool HuBERT_large temperature=yes protocol=paper-000 all-clips=yes
attention-pool ImageBind width=0 protocol=honest
attention {OF_THREE}
attention {OF_THREE},Vectors normalise=actor temperature=no layer-from=1
concatenation {OF_THREE} branch=attention-pool
concatenation {OF_THREE} branch=transformer-cls layer-from=1 temperature=no
concatenation HiCMAE,OpenFace_2 branch=bilstm normalise=actor
concatenation {OF_THREE},Static_static_features branch=stat protocol=paper-000
mixed {OF_THREE} branch=attention-pool normalise=actor
mixed HiCMAE,LogMel branch=transformer-cls protocol=honest
mixed {OF_THREE} branch=bilstm all-clips=yes
mixed HiCMAE,VideoMAEv2 branch=stat normalise=actor loss=ce
direct-36 {OF_THREE}
direct-36 OpenFace_3,Static_static_features normalise=actor protocol=paper-000 all-clips=yes
salience-regression {OF_THREE} protocol=paper-000
salience-regression Layers,Vectors normalise=actor layer-from=1 layer-to=2 protocol=honest
""".strip().split("\n")


def write_arrays(folder, name, arrays, axes=None):
    os.mkdir(os.path.join(folder, name))
    for clip, x in arrays.items():
        np.save(os.path.join(folder, name, clip + ".npy"), x)
    if axes:
        with open(os.path.join(folder, name, "encoder.json"), "w", encoding="utf-8") as file:
            json.dump({"axes": axes}, file)


def write_openface_2(folder, clips, rng):
    """With lost faces at the start, in between and at the end of some clips, and in most of
    others."""
    os.mkdir(os.path.join(folder, "OpenFace_2"))
    for i, clip in enumerate(clips):
        n = 12 + i % 9
        x = rng.normal(size=(n, len(COLUMNS_2)))
        confidence = np.full(n, 0.97)
        confidence[rng.permutation(n)[:i % 3]] = 0.3
        confidence[:n - 2 if i % 10 == 0 else 0] = 0.4
        with open(os.path.join(folder, "OpenFace_2", clip + ".csv"), "w",
                  encoding="utf-8") as file:
            file.write(", ".join(["frame", "confidence", "success", *COLUMNS_2]) + "\n")
            for row, (c, values) in enumerate(zip(confidence, x)):
                success = int(c > 0.5)
                file.write(f"{row + 1}, {c:.2f}, {success}, "
                           + ", ".join(f"{v:.4f}" for v in values) + "\n")


def make_corpus(cli, folder):
    """The demo corpus, and what it has no encoder of: layers, in two orders of the axes, one vector
    a clip, a static archive, OpenFace 2."""
    subprocess.run([cli, "demo", folder, "--size", "small"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rng = np.random.default_rng(3)
    parts = os.path.join(folder, "pre_extracted_train_data")
    files = sorted(glob.glob(os.path.join(parts, "HiCMAE_train", "*.npy")))
    rows = {os.path.basename(f)[:-4]: np.load(f)[:, :24].astype("f4") for f in files}
    layers = {clip: np.stack([np.repeat(x, 3, 0) * k + rng.normal(size=(3 * len(x), 24))
                              for k in range(4)]).astype("f4") for clip, x in rows.items()}
    write_arrays(parts, "Layers_train", layers, ["layer", "time", "width"])
    write_arrays(parts, "LayersLast_train",
                 {clip: x.transpose(1, 2, 0).astype("f8") for clip, x in layers.items()},
                 ["time", "width", "layer"])
    write_arrays(parts, "Vectors", {clip: x.mean(0) for clip, x in rows.items()})
    np.savez(os.path.join(folder, "Static_static_features.npz"), filenames=np.array(list(rows)),
             X=np.stack([x[0] for x in rows.values()]))
    write_openface_2(parts, rows, rng)


def keys_of(cli, model):
    done = subprocess.run([cli, "settings", "--model", model, "--format", "json"], check=True,
                          capture_output=True, text=True)
    return {line["setting"] for line in json.loads(done.stdout)}


def train(cli, corpus, run, out):
    model, encoders, *settings = run.split()
    values = {key: value for key, value in SMALL.items() if key in keys_of(cli, model)}
    values.update(setting.split("=") for setting in settings)
    words = [cli, "train", corpus, "--model", model, "--encoders", encoders, "--out", out]
    for key, value in values.items():
        words += ["--set", f"{key}={value}"]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{run}: {done.stderr}")


def main():
    cli, models = os.path.abspath(sys.argv[1]), sys.argv[2:]
    wanted = [run for run in RUNS if not models or run.split()[0] in models]
    with tempfile.TemporaryDirectory() as folder:
        corpus = os.path.join(folder, "corpus")
        make_corpus(cli, corpus)
        outs = []
        for i, run in enumerate(wanted):
            name = f"{i:02d} {run.replace(' ', ', ')}"
            outs.append(os.path.join(folder, name))
            train(cli, corpus, run, outs[-1])
        status = subprocess.run([sys.executable, os.path.join(HERE, "load-run.py"), corpus, *outs],
                                check=False).returncode
    sys.exit(status)


main()
