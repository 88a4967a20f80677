# SPDX-License-Identifier: MIT
"""A corpus as data/ reads it: its training clips and their actors, and what every encoder has of a
clip. What the program refuses is not looked for here."""
import csv
import json
import os
import re

import numpy as np

import openface_table

ARRAY, TABLE, STATIC = ".npy", ".csv", "_static_features.npz"
PART_OF_A_CORPUS = re.compile(r"(train|test|all_parts|part[_-]*[0-9]+)$", re.I)
CLIP_ENDING = re.compile(r"\.(mov|mp4|mkv|webm)$", re.I)


def clip_name(filename):
    return CLIP_ENDING.sub("", filename)


class Encoder:
    """Where the features of each clip lie, all of one kind."""

    def __init__(self, kind):
        self.kind = kind
        self.places = {}  # clip -> path, and the declared axes or the row of a static archive
        self.archives = {}

    @property
    def is_static(self):
        return self.kind == STATIC

    def __contains__(self, clip):
        return clip in self.places

    def read(self, clip, layer_from=0, layer_to=10000):
        """Rows x width, of the float32 that the program reads."""
        path, where = self.places[clip]
        if self.kind == TABLE:
            x = openface_table.read_table(path)
        elif self.kind == ARRAY:
            x = rows_of(np.load(path).astype("f4"), where, layer_from, layer_to)
        else:
            if path not in self.archives:
                self.archives[path] = np.load(path)["X"]
            x = self.archives[path][where][None]
        return x.astype("f4").astype("f8")


def rows_of(x, axes, layer_from, layer_to):
    """Time x width of an array whose axes encoder.json declares, or their number says."""
    if axes is None:
        return np.atleast_2d(x[:, 0] if x.ndim == 3 else x)
    if "layer" not in axes:
        return x.transpose(axes.index("time"), axes.index("width"))
    x = x.transpose([axes.index(name) for name in ("layer", "time", "width")])
    first = 0 if len(x) == 1 else layer_from
    return x[first:layer_to + 1].mean(0, dtype="f8")


def encoder_name(folder, top):
    """A folder's name less _train or _test; one that only says which part it holds has the name
    of the one above."""
    parts = os.path.relpath(folder, os.path.dirname(top)).split(os.sep)
    while len(parts) > 2 and PART_OF_A_CORPUS.match(parts[-1]):
        parts.pop()
    return re.sub(r"(?<=.)_(train|test)$", "", parts[-1], flags=re.I)


class Corpus:
    def __init__(self, folder):
        self.top = os.path.abspath(folder)
        self.listing = list(self.walk())
        self.actors = {clip_name(row["filename"]): row.get("video_id") or
                       row["filename"].split("_")[0] for row in self.table("train_metadata.csv")}
        self.names = set(self.actors) | {clip_name(row["filename"])
                                         for row in self.table("test_metadata.csv")}
        self.encoders = {}
        for path, names in self.listing:
            self.search(path, names)

    def walk(self):
        """Folders before what lies in them, links followed, each once."""
        seen = set()
        for path, folders, names in os.walk(self.top, followlinks=True):
            is_new = os.path.realpath(path) not in seen
            seen.add(os.path.realpath(path))
            folders[:] = sorted(f for f in folders if is_new and not f.startswith("."))
            if is_new:
                yield path, sorted(n for n in names if not n.startswith("."))

    def table(self, name):
        """The rows of the table nearest to the top."""
        found = [path for path, names in self.listing if name in names]
        if not found:
            return []
        nearest = min(found, key=lambda path: path.count(os.sep))
        with open(os.path.join(nearest, name), newline="", encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))

    def search(self, path, names):
        """The encoders of one folder: its arrays, or else its tables, and its archives."""
        by_kind = {kind: {clip_name(n[:-len(kind)]): n for n in names if n.lower().endswith(kind)}
                   for kind in (ARRAY, TABLE)}
        tables = [n for clip, n in by_kind[TABLE].items() if clip in self.names]
        if not self.names.isdisjoint(by_kind[ARRAY]):
            self.add(encoder_name(path, self.top), ARRAY, path, by_kind[ARRAY],
                     self.declared_axes(path, names))
        elif not by_kind[ARRAY] and tables and openface_table.is_table(
                os.path.join(path, tables[0])):
            self.add(encoder_name(path, self.top), TABLE, path, by_kind[TABLE], None)
        for archive in (n for n in names if n.lower().endswith(STATIC)):
            whole = os.path.join(path, archive)
            rows = {clip_name(str(n)): i for i, n in enumerate(np.load(whole)["filenames"])}
            encoder = self.of_kind(archive[:-len(".npz")], STATIC)
            for clip, row in rows.items():
                encoder.places.setdefault(clip, (whole, row))

    @staticmethod
    def declared_axes(path, names):
        if "encoder.json" not in names:
            return None
        with open(os.path.join(path, "encoder.json"), encoding="utf-8") as file:
            return json.load(file).get("axes")

    def of_kind(self, name, kind):
        """The encoder of that name; one that is lost where another kind has the name already."""
        encoder = self.encoders.setdefault(name, Encoder(kind))
        return encoder if encoder.kind == kind else Encoder(kind)

    def add(self, name, kind, path, files, axes):
        encoder = self.of_kind(name, kind)
        for clip, file in files.items():
            encoder.places.setdefault(clip, (os.path.join(path, file), axes))

    def encoder(self, name):
        """Where none is called exactly so, case does not matter."""
        similar = [n for n in sorted(self.encoders) if n.lower() == name.lower()]
        return self.encoders[name if name in self.encoders else similar[0]]

    def training_clips(self, encoders):
        """Those that every one of the encoders has."""
        return [clip for clip in self.actors if all(clip in e for e in encoders)]
