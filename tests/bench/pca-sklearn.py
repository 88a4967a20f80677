# SPDX-License-Identifier: MIT
"""Standardisation per actor in numpy and scikit-learn's randomised PCA at its defaults, on the
float32 matrix of a .npy file whose rows are split among the actors in turn. Prints the seconds
of the best of some runs with 1 thread and with 2, then numpy's BLAS; run by bench-pca, which
prints the ratio.

    /usr/bin/python3 tests/bench/pca-sklearn.py X.npy N_ACTORS N_COMPONENTS [RUNS]
"""
import os
import subprocess
import sys
import time


def standardise(x, actor, n_actors):
    for a in range(n_actors):
        rows = actor == a
        block = x[rows]
        block -= block.mean(0)
        std = block.std(0)
        std[std == 0] = 1
        block /= std
        x[rows] = block


def measure(path, n_actors, n_components, n_runs):
    import numpy as np
    from sklearn.decomposition import PCA

    features = np.load(path)
    actor = np.arange(len(features)) % n_actors
    best = float("inf")
    for _ in range(n_runs):
        x = features.copy()
        start = time.perf_counter()
        standardise(x, actor, n_actors)
        PCA(n_components=n_components, svd_solver="randomized").fit_transform(x)
        best = min(best, time.perf_counter() - start)
    print(best, flush=True)


def print_blas():
    import numpy  # noqa: F401  (loads the library that is then named)
    from threadpoolctl import threadpool_info

    for library in threadpool_info():
        if library["user_api"] == "blas":
            print(library["internal_api"], library["version"], library.get("architecture", ""))


def main():
    if "BENCH_CHILD" in os.environ:
        path, *numbers = sys.argv[1:]
        measure(path, *map(int, numbers))
        return
    arguments = sys.argv[1:4] + [sys.argv[4] if len(sys.argv) > 4 else "5"]
    for threads in (1, 2):
        env = dict(os.environ, BENCH_CHILD="1", OPENBLAS_NUM_THREADS=str(threads),
                   OMP_NUM_THREADS=str(threads))
        subprocess.run([sys.executable, __file__, *arguments], env=env, check=True)
    print_blas()


main()
