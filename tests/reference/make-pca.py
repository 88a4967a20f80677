# SPDX-License-Identifier: MIT
"""Writes tests/unit/model/fixtures/pca.npz: PCA by a full SVD in float64, for more columns than
rows and the other way round, and standardisation by group.

    /usr/bin/python3 tests/reference/make-pca.py
"""
import os

import numpy as np

HERE = os.path.dirname(__file__)
OUT = os.path.join(HERE, "..", "unit", "model", "fixtures", "pca.npz")


def pca(x, k):
    x = x.astype("f8")
    x = x - x.mean(0)
    u, s, vt = np.linalg.svd(x, full_matrices=False)
    largest = np.abs(vt).argmax(1)
    signs = np.sign(vt[np.arange(len(vt)), largest])
    scores = u * s * signs
    explained = s ** 2 / (s ** 2).sum()
    white = scores[:, :k] / (s[:k] / np.sqrt(len(x) - 1))
    return scores[:, :k], explained[:k], white


def standardise(x, group):
    z = x.astype("f8")
    for g in np.unique(group):
        rows = group == g
        std = z[rows].std(0)
        std[std < 1e-12] = 1
        z[rows] = (z[rows] - z[rows].mean(0)) / std
    return z


def main():
    rng = np.random.default_rng(11)
    arrays = {}
    for name, n, d, k in (("wide", 60, 90, 5), ("tall", 110, 30, 5)):
        x = rng.normal(size=(n, 12)) * np.geomspace(8, 1, 12) @ rng.normal(size=(12, d))
        x = (x + 0.2 * rng.normal(size=(n, d)) + 3).astype("f4")
        scores, explained, white = pca(x, k)
        arrays.update({name + "_x": x, name + "_scores": scores, name + "_explained": explained,
                       name + "_white": white})
    group = np.arange(60) % 4
    x = arrays["wide_x"].copy()
    x[group == 2, 7] = 5
    arrays.update(group_x=x, group=group.astype("i8"), group_z=standardise(x, group))
    np.savez_compressed(OUT, **arrays)
    print(OUT, os.path.getsize(OUT), "bytes")


main()
