# SPDX-License-Identifier: MIT
"""Steps of the attention-pool branch in PyTorch: 64 samples of 64 positions, width 256, inner
width 1,024, 2 layers, 4 heads, dropout .1, Adam. Prints the seconds of the best step with nothing
padded and with 16 or 4 of 64 positions there (padded and masked), for 1 thread and for 2; run by
bench-attention, which prints the ratios.

    /usr/bin/python3 tests/bench/attention-torch.py [STEPS]
"""
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "reference"))


def measure(n_steps):
    import torch
    import torch.nn.functional as F
    import torch_networks as tn

    torch.set_num_threads(int(os.environ["OPENBLAS_NUM_THREADS"]))
    torch.manual_seed(1)
    net = tn.Network("attention-pool", (256,), n_inner=1024, n_layers=2, n_heads=4,
                     n_latent=128, dropout=0.1)
    adam = torch.optim.Adam(net.parameters(), lr=1e-4)
    targets = torch.softmax(torch.randn(64, 6), 1)

    def step(x, mask):
        adam.zero_grad()
        rows = net.encoder(x, src_key_padding_mask=mask)
        pooled = net.pooling(rows, torch.zeros(x.shape[:2], dtype=torch.bool)
                             if mask is None else mask)
        z = net.temperature(net.head(net.dropout(torch.relu(net.mlp(pooled)))))
        log_p = torch.log(torch.clamp(torch.softmax(z, 1), min=1e-8))
        loss = F.kl_div(log_p, targets, reduction="batchmean")
        loss.backward()
        adam.step()
        loss.item()

    x = torch.randn(64, 64, 256)
    lengths = torch.tensor([16, 4] * 32)
    mask = torch.arange(64)[None] >= lengths[:, None]
    for padded, m in ((x, None), (x.masked_fill(mask[..., None], 0), mask)):
        best = float("inf")
        for _ in range(n_steps):
            start = time.perf_counter()
            step(padded, m)
            best = min(best, time.perf_counter() - start)
        print(best)


def main():
    n_steps = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if "BENCH_CHILD" in os.environ:
        measure(n_steps)
        return
    for threads in (1, 2):
        env = dict(os.environ, BENCH_CHILD="1", OPENBLAS_NUM_THREADS=str(threads),
                   OMP_NUM_THREADS=str(threads))
        subprocess.run([sys.executable, __file__, str(n_steps)], env=env, check=True)


main()
