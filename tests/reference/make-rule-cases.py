#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""200 invented clips and what the challenge's decision rule says of them, in numpy.

Written from the prose and from the behaviour of the official post-processing (masking of a
vector of six), not from Blendscope's source: it keeps masks where the C code ranks. Writes
tests/unit/model/fixtures/rule-cases.csv (clips, and a decision per pair of thresholds) and
rule-figures.csv (counts per pair and fold).
"""
import csv
import itertools
import os

import numpy as np

EMOTIONS = ["ang", "disg", "fea", "hap", "sad", "neu"]
NEUTRAL = 5
OUT = os.path.join(os.path.dirname(__file__), "..", "unit", "model", "fixtures")
# Sixty-fourths are exact, so that p2 == alpha and d == beta happen and are meant.
PAIRS = [(0.0, 0.0), (0.125, 0.125), (0.25, 0.0), (0.25, 0.25), (0.1, 0.1), (0.0974, 0.4763),
         (0.3125, 0.0625), (0.375, 0.125), (0.5, 0.5), (0.53125, 0.1), (0.05, 1.0), (1.0, 1.0)]


def decide(row, alpha, beta):
    """One row of six probabilities -> {emotion: salience}."""
    keep = np.argsort(-row, kind="stable")[:2]
    mask = np.zeros(6)
    mask[keep] = 1
    vec = row * mask
    top = int(np.argmax(vec))
    if vec[top] < alpha:
        return {EMOTIONS[top]: 100}
    vec[vec < alpha] = 0
    nonzero = np.where(vec > 0)[0]
    if len(nonzero) < 2:
        return {EMOTIONS[int(nonzero[0])]: 100}
    if NEUTRAL in nonzero:
        first = int(nonzero[0])
        return {EMOTIONS[first if vec[first] >= vec[NEUTRAL] else NEUTRAL]: 100}
    i, j = (int(k) for k in nonzero)
    if abs(vec[i] - vec[j]) <= beta:
        return {EMOTIONS[i]: 50, EMOTIONS[j]: 50}
    strong = 70 if vec[i] > vec[j] else 30
    return {EMOTIONS[i]: strong, EMOTIONS[j]: 100 - strong}


def name(label):
    keys = [e for e in EMOTIONS if e in label]
    if len(keys) == 1:
        return keys[0]
    return f"{keys[0]}-{keys[1]} {label[keys[0]]}/{label[keys[1]]}"


def spread(first, second, p1, p2):
    """The rest of the mass over the other four, none above p2."""
    row = np.zeros(6)
    row[first], row[second] = p1, p2
    others = [k for k in range(6) if k not in (first, second)]
    left = 1 - p1 - p2
    share = [left * w for w in ((0.4, 0.3, 0.2, 0.1) if left * 0.4 <= p2 else (0.25,) * 4)]
    for k, s in zip(others, share):
        row[k] = min(s, p2)
    return row


def rows():
    every = [(a, b) for a in range(6) for b in range(6) if a != b]
    made = []
    for a, b in every:
        made.append(("swapped", spread(a, b, 40 / 64, 16 / 64)))  # p2 == .25, d == .375
        made.append(("edge", spread(a, b, 28 / 64, 20 / 64)))     # p2 == .3125, d == .125
    for a, b in itertools.combinations(range(6), 2):
        made.append(("tied", spread(a, b, 24 / 64, 24 / 64)))
        made.append(("half", spread(a, b, 0.5, 0.5)))
    for a in range(6):
        only = np.zeros(6)
        only[a] = 1
        made.append(("alone", only))
    made.append(("flat", np.full(6, 1 / 6)))
    rng = np.random.default_rng(20260131)
    while len(made) < 200:
        z = rng.normal(0, 1.6, 6)
        made.append(("random", np.exp(z) / np.exp(z).sum()))
    return made


def truths(n):
    rng = np.random.default_rng(7)
    labels = [{e: 100} for e in EMOTIONS]
    for a, b in itertools.combinations(EMOTIONS[:5], 2):
        labels += [{a: s, b: 100 - s} for s in (30, 50, 70)]
    return [labels[k] for k in rng.integers(0, len(labels), n)]


def likely_truth(row, label, k):
    """Every other clip's truth is one of the answers it can get, so that hits are frequent."""
    if k % 2:
        return label
    return decide(row, *[(0.0, 1.0), (0.0, 0.0), (1.0, 0.0)][k // 2 % 3])


def main():
    made = rows()
    labels = [likely_truth(r, t, k) for k, ((_, r), t) in enumerate(zip(made, truths(len(made))))]
    decisions = [[decide(row, a, b) for a, b in PAIRS] for _, row in made]
    with open(os.path.join(OUT, "rule-cases.csv"), "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["kind", "fold", "actor", "truth"] + EMOTIONS +
                     [f"{a!r}|{b!r}" for a, b in PAIRS])
        for k, (kind, row) in enumerate(made):
            out.writerow([kind, k % 5, k % 7, name(labels[k])] + [repr(float(v)) for v in row] +
                         [name(d) for d in decisions[k]])
    with open(os.path.join(OUT, "rule-figures.csv"), "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["alpha", "beta", "fold", "n", "n_blends", "n_presence", "n_salience"])
        for p, (a, b) in enumerate(PAIRS):
            for fold in range(5):
                mine = [k for k in range(len(made)) if k % 5 == fold]
                presence = sum(set(decisions[k][p]) == set(labels[k]) for k in mine)
                blends = [k for k in mine if len(labels[k]) == 2]
                salience = sum(decisions[k][p] == labels[k] for k in blends)
                out.writerow([repr(a), repr(b), fold, len(mine), len(blends), presence, salience])


if __name__ == "__main__":
    main()
