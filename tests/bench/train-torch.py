# SPDX-License-Identifier: MIT
"""One epoch of MLP-512 in PyTorch, as the official trainer's loop has it, with batches taken by
index where that has a DataLoader, which would only cost time: 1,934 x 7,168, batch 32, Adam with
L2. Prints the seconds of the best epoch with 1 thread, and with 2, and then which PyTorch and
BLAS that was; run by bench-train, which prints the ratios.

    /usr/bin/python3 tests/bench/train-torch.py [EPOCHS]
"""
import os
import subprocess
import sys
import time


def blas():
    """The libraries that hold sgemm in this process."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "/" in line}
    return ", ".join(sorted(os.path.realpath(p) for p in paths
                            if "blas" in os.path.basename(p) or "mkl" in os.path.basename(p)))


def measure(n_epochs, is_last):
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(int(os.environ["OPENBLAS_NUM_THREADS"]))
    torch.manual_seed(1)
    n, width, batch = 1934, 7168, 32
    x = torch.randn(n, width)
    y = torch.softmax(torch.randn(n, 6), 1)
    net = torch.nn.Sequential(torch.nn.Linear(width, 512), torch.nn.ReLU(),
                              torch.nn.Linear(512, 6))
    adam = torch.optim.Adam(net.parameters(), lr=5e-6, weight_decay=1e-3)
    best = float("inf")
    for _ in range(n_epochs):
        start = time.perf_counter()
        order = torch.randperm(n)
        for first in range(0, n, batch):
            index = order[first:first + batch]
            adam.zero_grad()
            log_p = torch.log(torch.clamp(torch.softmax(net(x[index]), 1), min=1e-8))
            loss = F.kl_div(log_p, y[index], reduction="batchmean")
            loss.backward()
            adam.step()
            loss.item()
        best = min(best, time.perf_counter() - start)
    print(best)
    if is_last:
        print(f"PyTorch {torch.__version__}, BLAS {blas()}")


def main():
    n_epochs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if "BENCH_CHILD" in os.environ:
        measure(n_epochs, os.environ["BENCH_CHILD"] == "2")
        return
    for threads in ("1", "2"):
        env = dict(os.environ, BENCH_CHILD=threads, OPENBLAS_NUM_THREADS=threads,
                   OMP_NUM_THREADS=threads)
        subprocess.run([sys.executable, __file__, str(n_epochs)], env=env, check=True)


main()
