# SPDX-License-Identifier: MIT
"""What the networks of a run see of a clip, before a fold's own scaler: model/features/bs-samples.c,
bs-features.c and bs-batch-loader.c in numpy, in float64 but for the vectors, which are float32."""
import numpy as np

SEQUENCES = ("bilstm", "transformer-cls", "attention-pool", "attention")
QUANTILES = (10, 25, 50, 75, 90)


def statistics(x):
    """The official aggregation (timeseries2aggregate.py)."""
    return np.concatenate([x.mean(0), x.std(0), *np.percentile(x, QUANTILES, axis=0)])


def segments(x, n, concat):
    """The statistics of n pieces of equal length, of which each has at least a row."""
    begins = [s * len(x) // n for s in range(n + 1)]
    parts = [statistics(x[a:max(b, a + 1)]) for a, b in zip(begins, begins[1:])]
    return np.concatenate(parts) if concat else np.mean(parts, 0)


def pick(x, length):
    """The middle row of each of as many segments as there are positions."""
    n = len(x)
    if n <= length:
        return x
    return x[[(t * n // length + (t + 1) * n // length - 1) // 2 for t in range(length)]]


def scaler(x):
    """Mean and deviation (ddof 0) of each column; 1 of a constant one, by scikit-learn's rule of
    what rounding alone explains."""
    n, mean, variance, eps = len(x), x.mean(0), x.var(0), np.finfo("f8").eps
    is_constant = variance <= n * eps * variance + (n * mean * eps) ** 2
    return mean, np.where(is_constant, 1, np.sqrt(variance))


class Inputs:
    """Samples of a model, as modalities of rows x width. A vector has one row; of subsamples each
    row is a sample of its own."""

    def __init__(self, corpus, model, encoders, settings):
        self.model, self.settings = model, settings
        self.encoders = [corpus.encoder(name) for name in encoders]
        self.is_sequence = model in SEQUENCES
        self.of_rows = self.is_sequence or settings.get("features") == "subsample"
        self.actors = corpus.actors if settings["normalise"] == "actor" else None
        self.clips = corpus.training_clips(self.encoders)
        self.vectors = {}  # clip -> what its sequences become
        self.scalers = {}  # actor -> mean and deviation of each modality

    def read(self, encoder, clip):
        return encoder.read(clip, int(self.settings["layer-from"]),
                            int(self.settings["layer-to"]))

    def vector_part(self, encoder, clip):
        x = self.read(encoder, clip)
        if encoder.is_static:
            return x[0]
        if self.model != "mlp-1024-512":
            return statistics(x)
        return segments(x, int(self.settings["segments"]),
                        self.settings["segment-join"] == "concat")

    def whole(self, clip):
        """All that a clip has, as it is."""
        if self.of_rows:
            return [self.read(encoder, clip) for encoder in self.encoders]
        if clip not in self.vectors:
            parts = [self.vector_part(encoder, clip) for encoder in self.encoders]
            self.vectors[clip] = np.concatenate(parts).astype("f4")
        return [self.vectors[clip].astype("f8")[None]]

    def actor_scalers(self, actor):
        """Over all clips of the training part that an actor has in these encoders, whichever fold
        they are in; labels have no part in it."""
        if actor not in self.scalers:
            own = [self.whole(clip) for clip in self.clips if self.actors[clip] == actor]
            self.scalers[actor] = [scaler(np.concatenate(rows)) for rows in zip(*own)]
        return self.scalers[actor]

    def of_clip(self, clip):
        modalities = self.whole(clip)
        if self.actors is not None:
            modalities = [(x - mean) / scale for x, (mean, scale) in
                          zip(modalities, self.actor_scalers(self.actors[clip]))]
        if self.is_sequence:
            modalities = [pick(x, int(self.settings["length"])) for x in modalities]
        return modalities
