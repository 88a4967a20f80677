# SPDX-License-Identifier: MIT
"""The networks of model/network/bs-network-spec.c as torch.nn.Modules with the same names in their
state_dict. Sequences come as lists of arrays (samples) and are padded with zeros and masked."""
import torch
from torch import nn


def pad(sequences):
    """Samples x longest x width, and the mask that is True where there is no row."""
    lengths = torch.tensor([len(s) for s in sequences])
    x = nn.utils.rnn.pad_sequence(sequences, batch_first=True)
    return x, torch.arange(x.shape[1])[None] >= lengths[:, None]


class Temperature(nn.Module):
    def __init__(self):
        super().__init__()
        self.t = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x / torch.exp(self.t)


class Join(nn.Module):
    """k modalities, padded, to one sequence; a sample's modalities follow each other."""

    def __init__(self, widths, width):
        super().__init__()
        self.projections = nn.ModuleList(nn.Linear(w, width) for w in widths)
        self.embedding = nn.Embedding(len(widths), width)

    def forward(self, modalities):
        return torch.cat([projection(x) + row for projection, row, x
                          in zip(self.projections, self.embedding.weight, modalities)], 1)


class Pooling(nn.Linear):
    """Linear (d, 1), softmax over the positions that are there, weighted sum; without a mask all
    positions are."""

    def __init__(self, width):
        super().__init__(width, 1)

    def forward(self, x, mask):
        scores = super().forward(x)[..., 0]
        if mask is not None:
            scores = scores.masked_fill(mask, float("-inf"))
        self.weights = torch.softmax(scores, 1)
        return (self.weights[..., None] * x).sum(1)


class Network(nn.Module):
    def __init__(self, kind, widths, width=0, n_inner=0, n_layers=0, n_heads=0, n_latent=0,
                 dropout=0.0, n_out=6):
        super().__init__()
        self.kind = kind
        d = widths[0]
        if kind in ("attention", "mixed"):
            self.join = Join(widths, width)
            d = width
        elif kind == "concatenation":
            d = sum(widths)
        elif width:
            self.projection = nn.Linear(d, width)
            d = width
        if kind == "transformer-cls":
            self.class_token = nn.Parameter(torch.randn(d) * 0.02)
        if n_layers:
            layer = nn.TransformerEncoderLayer(d, n_heads, n_inner, dropout, batch_first=True)
            self.encoder = nn.TransformerEncoder(layer, n_layers)
        if kind in ("attention-pool", "attention", "mixed"):
            self.pooling = Pooling(d)
        if kind == "bilstm":
            self.lstm = nn.LSTM(d, n_inner, batch_first=True, bidirectional=True)
            d = 2 * n_inner
        self.mlp = nn.Linear(d, n_latent)
        self.head = nn.Linear(n_latent, n_out)
        self.temperature = Temperature()
        self.dropout = nn.Dropout(dropout)

    def trunk(self, modalities):
        if self.kind == "concatenation":
            return torch.cat([torch.cat(list(sequences)) for sequences in modalities], 1)
        if self.kind in ("attention", "mixed"):
            xs, masks = zip(*map(pad, modalities))
            return self.reduce(self.join(xs), torch.cat(masks, 1))
        return self.reduce(*pad(modalities[0]))

    def reduce(self, x, mask):
        """From rows, padded and of modalities joined, to one vector a sample; where attention pools
        them, the mask may be None, which is nothing padded."""
        if hasattr(self, "projection"):
            x = self.dropout(self.projection(x))
        if self.kind == "bilstm":
            packed = nn.utils.rnn.pack_padded_sequence(x, (~mask).sum(1), batch_first=True,
                                                       enforce_sorted=False)
            _, (last, _) = self.lstm(packed)
            return self.dropout(torch.cat([last[0], last[1]], 1))
        if self.kind == "transformer-cls":
            x = torch.cat([self.class_token.expand(len(x), 1, -1), x], 1)
            mask = torch.cat([torch.zeros(len(x), 1, dtype=torch.bool), mask], 1)
        if hasattr(self, "encoder"):
            x = self.encoder(x, src_key_padding_mask=mask)
        if mask is not None:
            mask = mask[:, :x.shape[1]]  # in evaluation the encoder ends at the longest
        self.mask = mask
        return x[:, 0] if self.kind == "transformer-cls" else self.pooling(x, mask)

    def latent(self, vectors):
        return self.dropout(torch.relu(self.mlp(vectors)))

    def latents(self, modalities):
        """What a fusion takes of a frozen branch."""
        return self.latent(modalities_as_rows(modalities) if self.kind == "stat"
                           else self.trunk(modalities))

    def logits(self, latents):
        return self.temperature(self.head(latents))

    def forward(self, modalities):
        return self.logits(self.latents(modalities))


def modalities_as_rows(modalities):
    """Samples of one row each in one modality, as one matrix."""
    return torch.cat(list(modalities[0]))


def mlp(width, hidden, n_out=6, batch_norm=True, dropout=0.0):
    layers = []
    for n in hidden:
        layers += [nn.Linear(width, n)] + [nn.BatchNorm1d(n)] * batch_norm + [nn.ReLU()]
        layers += [nn.Dropout(dropout)] * (dropout > 0)
        width = n
    return nn.Sequential(*layers, nn.Linear(width, n_out))
