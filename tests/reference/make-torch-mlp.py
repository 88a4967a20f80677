# SPDX-License-Identifier: MIT
"""Writes tests/unit/model/fixtures/torch-mlp.npz: 20 steps of MLP-512 from given weights in
PyTorch, in float64: the official loss and torch.optim.Adam with L2, three batches in turn.

    /usr/bin/python3 tests/reference/make-torch-mlp.py
"""
import os

import numpy as np
import torch
import torch.nn.functional as F

HERE = os.path.dirname(__file__)
OUT = os.path.join(HERE, "..", "unit", "model", "fixtures", "torch-mlp.npz")
WIDTH, HIDDEN, BATCH, N_BATCHES, N_STEPS = 40, 512, 32, 3, 20


def targets(rng, n):
    t = np.zeros((n, 6), "f4")
    for row in t:
        a, b = rng.choice(6, 2, replace=False)
        share = rng.choice([1.0, 0.7, 0.5, 0.3])
        row[a], row[b] = share, 1 - share
    return t


def loss_of(net, x, t):
    log_p = torch.log(torch.clamp(torch.softmax(net(x), 1), min=1e-8))
    return F.kl_div(log_p, t, reduction="batchmean")


def main():
    torch.manual_seed(3)
    rng = np.random.default_rng(3)
    x = rng.normal(size=(BATCH * N_BATCHES, WIDTH)).astype("f4")
    x[5] *= 400  # logits far apart, so that the clamp is reached
    t = targets(rng, len(x))
    net = torch.nn.Sequential(torch.nn.Linear(WIDTH, HIDDEN), torch.nn.ReLU(),
                              torch.nn.Linear(HIDDEN, 6))
    arrays = {"x": x, "t": t}
    for name, value in net.state_dict().items():
        arrays["start." + name] = value.numpy().copy()
    net = net.double()
    xs, ts = torch.tensor(x).double(), torch.tensor(t).double()
    adam = torch.optim.Adam(net.parameters(), lr=1e-4, weight_decay=1e-3)
    losses, p = [], None
    for step in range(N_STEPS):
        rows = slice(step % N_BATCHES * BATCH, (step % N_BATCHES + 1) * BATCH)
        adam.zero_grad()
        loss = loss_of(net, xs[rows], ts[rows])
        loss.backward()
        if step == 0:
            p = torch.softmax(net(xs[rows]), 1)
            for name, value in net.named_parameters():
                arrays["gradient." + name] = value.grad.numpy().astype("f4")
        adam.step()
        losses.append(loss.item())
    assert (p.detach().numpy() < 1e-8).any(), "the clamp is not reached"
    arrays["losses"] = np.array(losses)
    for name, value in net.state_dict().items():
        arrays["end." + name] = value.numpy().astype("f4")
    np.savez_compressed(OUT, **arrays)
    print(OUT, os.path.getsize(OUT), "bytes", losses[0], losses[-1])


main()
