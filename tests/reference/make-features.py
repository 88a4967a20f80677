# SPDX-License-Identifier: MIT
"""Writes tests/unit/model/fixtures/features.npz: the official aggregation by numpy (ties, one,
two and three rows, widths around a cache line) and scikit-learn's StandardScaler on columns of
which some are constant.

    /usr/bin/python3 tests/reference/make-features.py
"""
import os

import numpy as np
from sklearn.preprocessing import StandardScaler

from run_inputs import statistics

HERE = os.path.dirname(__file__)
OUT = os.path.join(HERE, "..", "unit", "model", "fixtures", "features.npz")


def main():
    rng = np.random.default_rng(5)
    arrays = {}
    for i, (rows, cols) in enumerate([(1, 5), (2, 17), (3, 16), (4, 1), (33, 40), (100, 3)]):
        x = rng.normal(size=(rows, cols)).astype("f4")
        if i % 2:
            x = np.round(x * 2) / 2  # ties
        arrays[f"x{i}"] = x
        arrays[f"y{i}"] = statistics(x.astype("f8"))
    x = rng.normal(size=(37, 12)).astype("f4")
    x[:, 1] *= 1e4
    x[:, 2] = 0
    x[:, 3] = 0.1
    x[:, 4] = -12345.678
    x[:, 5] = 1e-20 * x[:, 0]
    x[:, 6] = np.where(np.arange(37) == 3, 1, 0)
    x[:, 7] += 100
    scaler = StandardScaler().fit(x.astype("f8"))
    arrays.update(scaler_x=x, scaler_mean=scaler.mean_, scaler_scale=scaler.scale_,
                  scaler_z=scaler.transform(x.astype("f8")))
    np.savez_compressed(OUT, **arrays)
    print(OUT, os.path.getsize(OUT), "bytes")


main()
