# SPDX-License-Identifier: MIT
"""Steps of the attention-pool branch in PyTorch: 64 samples of 64 positions, width 256, inner
width 1,024, 2 layers, 4 heads, dropout .1, Adam. Prints the seconds of the best step with nothing
padded and with 16 or 4 of 64 positions there (padded and masked), for 1 thread and for 2, and then
which PyTorch and BLAS that was; run by bench-attention, which prints the ratios.

    /usr/bin/python3 tests/bench/attention-torch.py [STEPS]
"""
import peer


def measure(n_steps):
    import torch
    import torch_networks as tn

    net = tn.Network("attention-pool", (256,), n_inner=1024, n_layers=2, n_heads=4,
                     n_latent=128, dropout=0.1)
    adam = torch.optim.Adam(net.parameters(), lr=1e-4)
    targets = torch.softmax(torch.randn(64, 6), 1)

    def step(x, mask):
        adam.zero_grad()
        peer.learn(adam, net.logits(net.latent(net.reduce(x, mask))), targets)

    x = torch.randn(64, 64, 256)
    lengths = torch.tensor([16, 4] * 32)
    mask = torch.arange(64)[None] >= lengths[:, None]
    peer.best(n_steps, lambda: step(x, None))
    peer.best(n_steps, lambda: step(x.masked_fill(mask[..., None], 0), mask))


peer.run(measure, 3)
