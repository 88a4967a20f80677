# SPDX-License-Identifier: MIT
"""Writes tests/unit/model/fixtures/torch-layers.npz: each layer and each network in PyTorch, in
float64, on sequences of different lengths that are padded and masked: inputs, parameters,
outputs, gradients, and the losses of 50 steps of Adam; and the terms of the loss.

    /usr/bin/python3 tests/reference/make-torch-layers.py
"""
import os

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import torch_networks as tn

OUT = os.path.join(os.path.dirname(__file__), "..", "unit", "model", "fixtures",
                   "torch-layers.npz")
N_STEPS = 50
LENGTHS = ([5, 1, 7, 3, 4, 2, 6, 1], [1, 4, 2, 0, 3, 5, 1, 2], [2, 0, 1, 3, 6, 1, 1, 4])
N = len(LENGTHS[0])
ONE = dict(width=12, n_inner=20, n_layers=2, n_heads=3, n_latent=8)
NETWORKS = {
    "attention-pool": ((10,), LENGTHS[:1], ONE),
    "transformer-cls": ((10,), LENGTHS[:1], ONE),
    "bilstm": ((10,), LENGTHS[:1], dict(n_inner=7, n_latent=8)),
    "attention": ((10, 6, 9), LENGTHS, ONE),
    "mixed": ((8, 8, 8), [[1] * N] * 3, dict(width=8, n_latent=8)),
    "concatenation": ((8, 8, 8), [[1] * N] * 3, dict(n_latent=8)),
    "statistics": ((14,), [[1] * N], dict(n_latent=8)),
    "mlp": ((14,), [[1] * N], dict(hidden=(16, 12))),
}
arrays = {}
rng = np.random.default_rng(5)


def make_targets():
    t = np.zeros((N, 6), "f4")
    for row, share in zip(t, (1.0, 0.7, 0.5, 0.3, 0.7, 1.0, 0.3, 0.5)):
        a, b = rng.choice(6, 2, replace=False)
        row[b], row[a] = 1 - share, share
    return t


def blend_loss(z, t, smoothing=0.1, margin=0.2, weights=(1.0, 0.5, 0.3)):
    """KL of the smoothed target, BCE of presence, ranking of the unequal blends; total."""
    present = (t > 0).double()
    smooth = t * (1 - smoothing) + (1 - present) * smoothing / (1 - present).sum(1, keepdim=True)
    p = torch.softmax(z, 1)
    kl = F.kl_div(torch.log(torch.clamp(p, min=1e-8)), smooth, reduction="batchmean")
    bce = F.binary_cross_entropy_with_logits(z, present)
    order = torch.argsort(t, 1, descending=True)
    shares = torch.gather(t, 1, order)
    unequal = (shares[:, 1] > 0) & (shares[:, 0] > shares[:, 1])
    lead = torch.gather(p, 1, order[:, :1]) - torch.gather(p, 1, order[:, 1:2])
    rank = torch.clamp(margin - lead[unequal, 0], min=0).mean()
    return kl, bce, rank, weights[0] * kl + weights[1] * bce + weights[2] * rank


def add(prefix, named):
    for name, value in named:
        if "num_batches" not in name:
            arrays[f"{prefix}.{name}"] = value.detach().numpy().astype("f4")


def add_gradients(prefix, module):
    add(prefix + ".gradient", ((k, v.grad) for k, v in module.named_parameters()))


def give_life(module):
    """Nothing stays 0 or 1, where an error could hide."""
    with torch.no_grad():
        for value in module.parameters():
            if value.ndim == 1:
                value += 0.3 * torch.randn_like(value)


def add_input(prefix, widths, lengths):
    modalities = []
    for m, (width, ns) in enumerate(zip(widths, lengths)):
        rows = rng.normal(size=(sum(ns), width)).astype("f4")
        offsets = np.cumsum([0] + list(ns))
        arrays[f"{prefix}.x{m}"] = rows
        arrays[f"{prefix}.offsets{m}"] = offsets.astype("f4")
        x = torch.tensor(rows).double()
        modalities.append([x[a:b] for a, b in zip(offsets[:-1], offsets[1:])])
    return modalities


def make_network(kind, widths, lengths, options):
    net = tn.mlp(widths[0], **options) if kind == "mlp" else \
        tn.Network("concatenation" if kind == "statistics" else kind, widths, **options)
    give_life(net)
    add(kind + ".start", net.state_dict().items())
    net = net.double()
    modalities = add_input(kind, widths, lengths)
    x = torch.cat(modalities[0]) if kind == "mlp" else modalities
    t = make_targets()
    arrays[kind + ".t"] = t
    t = torch.tensor(t).double()
    adam = torch.optim.Adam(net.parameters(), lr=1e-3, weight_decay=1e-3)
    losses = []
    for step in range(N_STEPS):
        adam.zero_grad()
        out = net(x)
        loss = blend_loss(out, t)[-1]
        loss.backward()
        if step == 0:
            arrays[kind + ".out"] = out.detach().numpy().astype("f4")
            add_gradients(kind, net)
            if hasattr(net, "pooling"):
                arrays[kind + ".weights"] = net.pooling.weights[~net.mask].detach().numpy() \
                    .astype("f4")
        adam.step()
        losses.append(loss.item())
    arrays[kind + ".losses"] = np.array(losses)
    if kind == "mlp":
        add(kind + ".end", ((k, v) for k, v in net.state_dict().items() if "running" in k))
        net.eval()
        arrays[kind + ".evaluated"] = net(x).detach().numpy().astype("f4")


class Layer(nn.Module):
    """A linear map, which sees the loss by the layer's input, and the layer."""

    def __init__(self, kind, width):
        super().__init__()
        self.first = nn.Linear(width, width)
        self.kind = kind
        if kind == "encoder":
            self.layer = nn.TransformerEncoderLayer(width, 3, 20, 0.0, batch_first=True)
        elif kind == "lstm":
            self.layer = nn.LSTM(width, 7, batch_first=True, bidirectional=True)
        elif kind == "pooling":
            self.layer = tn.Pooling(width)
        elif kind == "batch-norm":
            self.layer = nn.BatchNorm1d(width)
        else:
            self.layer = tn.Temperature()

    def forward(self, sequences):
        x, mask = tn.pad(sequences)
        x = self.first(x)
        if self.kind == "encoder":
            return self.layer(x, src_key_padding_mask=mask)[~mask]
        if self.kind == "lstm":
            packed = nn.utils.rnn.pack_padded_sequence(x, (~mask).sum(1), batch_first=True,
                                                       enforce_sorted=False)
            return torch.cat(list(self.layer(packed)[1][0]), 1)
        return self.layer(x, mask) if self.kind == "pooling" else self.layer(x[~mask])


def make_layer(kind):
    net = Layer(kind, 12)
    give_life(net)
    prefix = "layer-" + kind
    add(prefix + ".start", net.state_dict().items())
    net = net.double()
    out = net(add_input(prefix, (12,), LENGTHS[:1])[0])
    weights = rng.normal(size=out.shape).astype("f4")
    (out * torch.tensor(weights).double()).sum().backward()
    arrays[prefix + ".out"] = out.detach().numpy().astype("f4")
    arrays[prefix + ".d_out"] = weights
    add_gradients(prefix, net)


def make_losses():
    z = (3 * rng.normal(size=(N, 6))).astype("f4")
    z[0, 2] = 90  # beyond the clamp
    t = make_targets()
    arrays["loss.z"], arrays["loss.t"] = z, t
    z, t = torch.tensor(z).double().requires_grad_(), torch.tensor(t).double()
    terms = list(blend_loss(z, t))
    classes = torch.argmax(t, 1)
    terms += [F.cross_entropy(z, t), F.cross_entropy(z, classes)]
    arrays["loss.terms"] = np.array([term.item() for term in terms])
    for name, term in zip(("blend", "soft", "classes"), terms[3:]):
        arrays["loss.d_" + name] = torch.autograd.grad(term, z, retain_graph=True)[0].numpy()


def main():
    torch.manual_seed(5)
    for kind in ("encoder", "lstm", "pooling", "batch-norm", "temperature"):
        make_layer(kind)
    for kind, (widths, lengths, options) in NETWORKS.items():
        make_network(kind, widths, lengths, options)
    make_losses()
    np.savez_compressed(OUT, **arrays)
    print(os.path.getsize(OUT), "bytes")


main()
