# SPDX-License-Identifier: MIT
"""Steps of `mixed` on five encoders in PyTorch, 64 samples of 64 positions an encoder: five
attention-pool branches and the joint attention branch, frozen, in evaluation and without
gradients, and the attention over their latents, which learns with Adam. Prints the seconds of the
best step

    of the whole, nothing padded, and with 16 or 4 of 64 positions there (padded and masked);
    of the fused part alone, the frozen branches' latents being kept;
    of the joint branch as it is trained, nothing padded, and with 16 or 4 of 64;

for 1 thread and for 2, and then which PyTorch and BLAS that was; run by bench-mixed, which prints
the ratios.

    /usr/bin/python3 tests/bench/mixed-torch.py [STEPS]
"""
import peer

WIDTHS = (1024, 1408, 1024, 1024, 2048)
ENCODER = dict(width=256, n_inner=1024, n_layers=2, n_heads=4, n_latent=256, dropout=0.1)
N, LENGTH = 64, 64
CALLS_CACHED = 50  # of a step that takes a thousandth of the others


def measure(n_steps):
    import torch
    import torch_networks as tn

    class Learner:
        def __init__(self, net):
            self.net = net
            self.adam = torch.optim.Adam(net.parameters(), lr=1e-4)

        def step(self, xs, mask):
            self.adam.zero_grad()
            latents = self.net.latent(self.net.reduce(self.net.join(xs), mask))
            peer.learn(self.adam, self.net.logits(latents), targets)

    def frozen(net):
        return net.eval().requires_grad_(False)

    @torch.no_grad()
    def latents(xs, masks, joint_mask):
        """One row a branch, as the attention over the branches takes them."""
        vectors = [net.latent(net.reduce(x, mask)) for net, x, mask in zip(branches, xs, masks)]
        vectors.append(joint.latent(joint.reduce(joint.join(xs), joint_mask)))
        return [v[:, None] for v in vectors]

    branches = [frozen(tn.Network("attention-pool", (w,), **ENCODER)) for w in WIDTHS]
    joint = frozen(tn.Network("attention", WIDTHS, **ENCODER))
    fused = Learner(tn.Network("mixed", (256,) * 6, width=256, n_latent=256, dropout=0.1))
    trained = Learner(tn.Network("attention", WIDTHS, **ENCODER))
    targets = torch.softmax(torch.randn(N, 6), 1)

    full = [torch.randn(N, LENGTH, w) for w in WIDTHS]
    lengths = [torch.tensor([(16, 4)[(i + m) % 2] for i in range(N)]) for m in range(len(WIDTHS))]
    masks = [torch.arange(LENGTH)[None] >= n[:, None] for n in lengths]
    padded = [x.masked_fill(mask[..., None], 0) for x, mask in zip(full, masks)]
    nothing, all_masks = [None] * len(WIDTHS), torch.cat(masks, 1)

    kept = latents(padded, masks, all_masks)
    peer.best(n_steps, lambda: fused.step(latents(full, nothing, None), None))
    peer.best(n_steps, lambda: fused.step(latents(padded, masks, all_masks), None))
    peer.best(n_steps * CALLS_CACHED, lambda: fused.step(kept, None))
    peer.best(n_steps, lambda: trained.step(full, None))
    peer.best(n_steps, lambda: trained.step(padded, all_masks))


peer.run(measure, 3)
