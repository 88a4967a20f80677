# SPDX-License-Identifier: MIT
"""One epoch of MLP-512 in PyTorch, as the official trainer's loop has it: 1,934 x 7,168,
batch 32, Adam with L2. Prints the seconds of the best epoch with 1 thread, and with 2; run by
bench-train, which prints the ratios.

    /usr/bin/python3 tests/bench/train-torch.py [EPOCHS]
"""
import os
import subprocess
import sys
import time


def measure(n_epochs):
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(int(os.environ["OPENBLAS_NUM_THREADS"]))
    torch.manual_seed(1)
    n, width = 1934, 7168
    x = torch.randn(n, width)
    y = torch.softmax(torch.randn(n, 6), 1)
    data = torch.utils.data.TensorDataset(x, y)
    loader = torch.utils.data.DataLoader(data, batch_size=32, shuffle=True)
    net = torch.nn.Sequential(torch.nn.Linear(width, 512), torch.nn.ReLU(),
                              torch.nn.Linear(512, 6))
    adam = torch.optim.Adam(net.parameters(), lr=5e-6, weight_decay=1e-3)
    best = float("inf")
    for _ in range(n_epochs):
        start = time.perf_counter()
        for rows, targets in loader:
            adam.zero_grad()
            log_p = torch.log(torch.clamp(torch.softmax(net(rows), 1), min=1e-8))
            loss = F.kl_div(log_p, targets, reduction="batchmean")
            loss.backward()
            adam.step()
            loss.item()
        best = min(best, time.perf_counter() - start)
    print(best)


def main():
    n_epochs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if "BENCH_CHILD" in os.environ:
        measure(n_epochs)
        return
    for threads in (1, 2):
        env = dict(os.environ, BENCH_CHILD="1", OPENBLAS_NUM_THREADS=str(threads),
                   OMP_NUM_THREADS=str(threads))
        subprocess.run([sys.executable, __file__, str(n_epochs)], env=env, check=True)


main()
