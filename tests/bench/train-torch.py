# SPDX-License-Identifier: MIT
"""One epoch of MLP-512 in PyTorch, as the official trainer's loop has it, with batches taken by
index where that has a DataLoader, which would only cost time: 1,934 x 7,168, batch 32, Adam with
L2. Prints the seconds of the best epoch with 1 thread, and with 2, and then which PyTorch and
BLAS that was; run by bench-train, which prints the ratios.

    /usr/bin/python3 tests/bench/train-torch.py [EPOCHS]
"""
import peer


def measure(n_epochs):
    import torch

    n, width, batch = 1934, 7168, 32
    x = torch.randn(n, width)
    y = torch.softmax(torch.randn(n, 6), 1)
    net = torch.nn.Sequential(torch.nn.Linear(width, 512), torch.nn.ReLU(),
                              torch.nn.Linear(512, 6))
    adam = torch.optim.Adam(net.parameters(), lr=5e-6, weight_decay=1e-3)

    def epoch():
        order = torch.randperm(n)
        for first in range(0, n, batch):
            index = order[first:first + batch]
            adam.zero_grad()
            peer.learn(adam, net(x[index]), y[index])

    peer.best(n_epochs, epoch)


peer.run(measure, 3)
