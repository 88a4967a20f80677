#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The exact optimum of alpha and beta by brute force, in numpy: every cell between every p2 and
every d, integer scores, then the optimal cells joined into rectangles.

Without arguments it writes tests/unit/model/fixtures/exact-regions.csv for the invented clips of
make-rule-cases.py, per fold and pooled (fold -2). With --cli and --reference it compares
`blendscope-cli evaluate --tune exact` on the real predictions instead, region by region.
"""
import argparse
import csv
import json
import os
import subprocess
import sys

import numpy as np

EMOTIONS = ["ang", "disg", "fea", "hap", "sad", "neu"]
FIXTURES = os.path.join(os.path.dirname(__file__), "..", "unit", "model", "fixtures")


def parse_truth(name):
    """"ang" or "ang-hap 30/70" -> frozenset of (emotion, salience)."""
    if "-" not in name:
        return {name: 100}
    pair, ratio = name.split()
    return dict(zip(pair.split("-"), (int(r) for r in ratio.split("/"))))


def sides(row):
    """Answers of one clip: (p2, d, single, equal, unequal), the last two None without a blend."""
    order = np.argsort(-row, kind="stable")
    top, second = order[0], order[1]
    single = {EMOTIONS[top]: 100}
    if row[second] == 0 or 5 in (top, second):
        return row[second], row[top] - row[second], single, None, None
    t, s = EMOTIONS[top], EMOTIONS[second]
    return row[second], row[top] - row[second], single, {t: 50, s: 50}, {t: 70, s: 30}


def optimum(rows, truths):
    """All optimal rectangles of the unweighted score of some clips, and that score."""
    clips = [sides(r) for r in rows]
    n, n_blends = len(truths), sum(len(t) == 2 for t in truths)
    alphas = np.unique([0.0, 1.0] + [c[0] for c in clips if c[0] < 1])
    betas = np.unique([0.0, 1.0] + [c[1] for c in clips if c[1] < 1])
    presence = np.zeros(len(alphas) - 1, dtype=np.int64)
    salience = np.zeros((len(alphas) - 1, len(betas) - 1), dtype=np.int64)
    # Cell i of alpha is (alphas[i], alphas[i+1]], cell j of beta [betas[j], betas[j+1]).
    for (p2, d, single, equal, unequal), truth in zip(clips, truths):
        blend = (alphas[1:] <= p2) & (equal is not None)
        presence += np.where(blend, equal is not None and set(equal) == set(truth),
                             set(single) == set(truth))
        if equal is not None and len(truth) == 2:
            right = np.where(betas[:-1] >= d, equal == truth, unequal == truth)
            salience += blend[:, None] & right[None, :]
    score = presence[:, None] * max(n_blends, 1) + salience * n
    best = score == score.max()
    return rectangles(best, alphas, betas), score.max() / (2 * n * max(n_blends, 1))


def rectangles(best, alphas, betas):
    """Longest runs over beta, followed along alpha as long as the run stays the same."""
    done, running = [], {}
    for i in range(len(alphas)):
        now = set()
        if i < len(alphas) - 1:
            edges = np.flatnonzero(np.diff(np.concatenate([[0], best[i].astype(int), [0]])))
            now = {(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2])}
        for run in [r for r in running if r not in now]:
            done.append((alphas[running.pop(run)], alphas[i], betas[run[0]], betas[run[1]]))
        for run in now:
            running.setdefault(run, i)
    return sorted(done, key=lambda r: (r[0], r[2]))


def centre(regions):
    area = [(r[1] - r[0]) * (r[3] - r[2]) for r in regions]
    r = regions[int(np.argmax(area))]
    return (r[0] + r[1]) / 2, (r[2] + r[3]) / 2


def write_fixture():
    with open(os.path.join(FIXTURES, "rule-cases.csv"), newline="") as f:
        clips = list(csv.DictReader(f))
    with open(os.path.join(FIXTURES, "exact-regions.csv"), "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["fold", "score", "alpha_from", "alpha_to", "beta_from", "beta_to"])
        for fold in (-2, 0, 1, 2, 3, 4):
            mine = [c for c in clips if fold in (-2, int(c["fold"]))]
            rows = np.array([[float(c[e]) for e in EMOTIONS] for c in mine])
            regions, score = optimum(rows, [parse_truth(c["truth"]) for c in mine])
            for r in regions:
                out.writerow([fold, repr(float(score))] + [repr(float(v)) for v in r])


def metadata_truth(row):
    if float(row["mix"]) == 0:
        return {row["emotion_1"]: 100}
    return {row["emotion_1"]: int(float(row["emotion_1_salience"])),
            row["emotion_2"]: int(float(row["emotion_2_salience"]))}


def compare(cli, reference):
    metadata = os.path.join(reference, "train_metadata.csv")
    with open(metadata, newline="") as f:
        clips = list(csv.DictReader(f))
    failed = 0
    for name in ("kl100", "kl50", "ce100", "ce50"):
        path = os.path.join(reference, "hicmae", name + "_logits.csv")
        with open(path, newline="") as f:
            logits = {r["filename"]: [float(r[e]) for e in EMOTIONS] for r in csv.DictReader(f)}
        out = subprocess.run([cli, "evaluate", "--metadata", metadata, "--predictions", path,
                              "--tune", "exact", "--format", "json"],
                             check=True, capture_output=True, text=True).stdout
        for fold in json.loads(out)["folds"]:
            mine = [c for c in clips if int(float(c["fold"])) == fold["fold"]]
            z = np.array([logits[c["filename"]] for c in mine])
            p = np.exp(z - z.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            regions, score = optimum(p, [metadata_truth(c) for c in mine])
            same = (len(regions) == len(fold["regions"]) and
                    np.abs(np.array(regions) - np.array(fold["regions"])).max() < 1e-12 and
                    abs(score - fold["score"]) < 1e-12 and
                    np.abs(np.array(centre(regions)) -
                           [fold["alpha"], fold["beta"]]).max() < 1e-12)
            print(f"{name} fold {fold['fold']}: {len(regions)} regions, score {score:.6f}:",
                  "equal" if same else "NOT EQUAL")
            failed += not same
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cli")
    parser.add_argument("--reference", default=os.environ.get("BLENDSCOPE_REFERENCE"))
    args = parser.parse_args()
    if args.cli:
        return compare(args.cli, args.reference)
    write_fixture()
    return 0


if __name__ == "__main__":
    sys.exit(main())
