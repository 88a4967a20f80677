# SPDX-License-Identifier: MIT
"""What the logits of a network mean: model/training/bs-head.c in PyTorch."""
import numpy as np
import torch

N_EMOTIONS, N_SETS, N_LABELS = 6, 16, 36
NEUTRAL = 5
PAIRS = [(a, b) for a in range(NEUTRAL) for b in range(a + 1, NEUTRAL)]
PERCENTS = (30, 50, 70)  # of a blend's first emotion
N_OUT = {"direct-36": N_LABELS, "salience-regression": N_SETS + 1}  # heads without thresholds


def blends(p, share):
    """The part of a row that is said of blends, given their probabilities and the shares of
    their first emotions."""
    out = torch.zeros(len(p), N_EMOTIONS, dtype=p.dtype)
    for i, (a, b) in enumerate(PAIRS):
        out[:, a] += p[:, i] * share
        out[:, b] += p[:, i] * (1 - share)
    return out


def probabilities(model, logits):
    """Six; of heads without thresholds the marginals."""
    if model not in N_OUT:
        return logits.softmax(1)
    if model == "direct-36":
        p = logits.softmax(1)
        of_blends = sum(blends(p[:, N_EMOTIONS + i::3], percent / 100)
                        for i, percent in enumerate(PERCENTS))
    else:
        p = logits[:, :N_SETS].softmax(1)
        of_blends = blends(p[:, N_EMOTIONS:], logits[:, N_SETS].sigmoid())
    return p[:, :N_EMOTIONS] + of_blends


def decisions(model, logits, cut):
    """First and second emotion (-1 for none) and the first's per cent, of heads without
    thresholds."""
    out = []
    for row in logits:
        if model == "direct-36":
            at = int(row.argmax())
            pair, percent = (at - N_EMOTIONS) // 3, PERCENTS[at % 3]
        else:
            at, away = int(row[:N_SETS].argmax()), float(row[N_SETS].sigmoid()) - 0.5
            pair = at - N_EMOTIONS
            percent = 50 if abs(away) <= cut else 70 if away > 0 else 30
        out.append((at, -1, 100) if at < N_EMOTIONS else (*PAIRS[pair], percent))
    return np.array(out)
