# SPDX-License-Identifier: MIT
"""The seven statistics of the official timeseries2aggregate.py in numpy: mean, standard
deviation and five percentiles over time. Prints the seconds of the median call for each shape;
run by bench-aggregate, which prints the ratios.

    /usr/bin/python3 tests/bench/aggregate-numpy.py N_ROWS N_COLS ...
"""
import sys
import time

import numpy as np


def aggregate(x):
    mean = np.mean(x, axis=0)
    std = np.std(x, axis=0)
    percentiles = np.percentile(x, [10, 25, 50, 75, 90], axis=0)
    return np.concatenate([mean, std, *percentiles])


def main():
    numbers = list(map(int, sys.argv[1:]))
    for n_rows, n_cols in zip(numbers[::2], numbers[1::2]):
        x = np.random.default_rng(1).normal(size=(n_rows, n_cols)).astype("f4")
        aggregate(x)
        times = []
        start = time.perf_counter()
        while len(times) < 5 or time.perf_counter() - start < 1:
            begun = time.perf_counter()
            aggregate(x)
            times.append(time.perf_counter() - begun)
        print(sorted(times)[len(times) // 2])


main()
