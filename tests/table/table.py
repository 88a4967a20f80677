# SPDX-License-Identifier: MIT
"""Trains every model on the small demo corpus and writes the table of accuracies into the guide.

    tests/table/table.py CLI [--work DIR] [--seeds N] [--only PATTERN] [--partial]

CLI is blendscope-cli. Everything is kept below --work (build/table); what is finished there is not done again, so remove
that folder after a change of settings here. --only trains and writes no other rows than those
whose name holds PATTERN; --partial writes rows of which not every seed is there, and says so; it
trains nothing.
"""
import argparse
import json
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
GUIDE = os.path.join(ROOT, "docs", "results.md")
BEGIN, END = "<!-- accuracies: ./dev table -->\n", "<!-- end of accuracies -->"
PROTOCOLS = ("official", "honest")
FIVE = ("ImageBind", "VideoMAEv2", "WavLM_large", "HuBERT_large", "HiCMAE")
SEVEN = FIVE + ("LogMel", "OpenFace_3")
# One epoch of 432 clips is few steps, so that the rates are higher than the models' own.
MLP = ("epochs=60", "patience=10", "lr=1e-4")
ROWS_AS_SAMPLES = ("features=subsample", "epochs=30", "patience=4", "batch=128", "lr=3e-4")
SMALL = ("epochs=30", "patience=6", "lr=1e-3", "lr-end=1e-5", "latent=64")
SEQUENCE = SMALL + ("length=32", "width=64")
TRANSFORMER = SEQUENCE + ("layers=1", "ff=256")


class Row:
    """A line of the table: a training, or the late fusion of other rows."""

    def __init__(self, name, model, encoders, settings=(), members=(), compare=()):
        self.name, self.model, self.encoders, self.settings = name, model, encoders, settings
        self.members = members  # names of rows
        self.compare = compare  # rows that this one should be better than

    def id(self):
        return self.name.replace(" ", "-").replace(",", "")


def make_rows():
    rows = []

    def each(name, model, settings, encoders=FIVE):
        names = [f"{name} {encoder}" for encoder in encoders]
        rows.extend(Row(n, model, (e,), settings) for n, e in zip(names, encoders))
        return names

    each("linear", "linear", MLP)
    each("mlp-256", "mlp-256", MLP)
    perceptrons = each("mlp-512", "mlp-512", MLP)
    rows.append(Row("linear, cross-entropy HiCMAE", "linear", ("HiCMAE",), MLP + ("loss=ce",)))
    each("mlp-512 subsampled", "mlp-512", ROWS_AS_SAMPLES)
    rows.append(Row("mlp-512 early fusion of seven", "mlp-512", SEVEN, MLP, compare=perceptrons))
    rows.append(Row("mlp-1024-512 WavLM_large", "mlp-1024-512", ("WavLM_large",), MLP))
    rows.append(Row("mlp-1024-512 of five", "mlp-1024-512", FIVE, MLP))
    each("stat", "stat", SMALL)
    each("bilstm", "bilstm", SEQUENCE + ("hidden=32",))
    each("transformer-cls", "transformer-cls", TRANSFORMER)
    pools = each("attention-pool", "attention-pool", TRANSFORMER)
    for model in ("concatenation", "attention", "mixed"):
        rows.append(Row(f"{model} of five", model, FIVE, TRANSFORMER, compare=pools))
    rows.append(Row("late fusion of five attention-pools", "fuse", FIVE, members=pools,
                    compare=pools))
    rows.append(Row("direct-36 of five", "direct-36", FIVE, MLP))
    rows.append(Row("salience-regression of five", "salience-regression", FIVE, MLP))
    return rows


class Table:
    def __init__(self, options):
        self.cli, self.work, self.n_seeds = options.cli, options.work, options.seeds
        self.corpus = os.path.join(self.work, "corpus")
        self.metadata = os.path.join(self.corpus, "train_metadata.csv")
        self.rows = {row.name: row for row in make_rows()}

    def call(self, *words):
        done = subprocess.run([self.cli, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(words)}: {done.stderr.splitlines()[-1:]}")
        return done.stdout

    def make_corpus(self):
        if os.path.exists(self.metadata):
            return
        os.makedirs(self.work, exist_ok=True)
        self.call("demo", self.corpus, "--size", "small")

    def folder(self, row, protocol, seed):
        return os.path.join(self.work, protocol, f"seed{seed}", row.id())

    def is_done(self, row, protocol, seed):
        return os.path.exists(self.folder(row, protocol, seed) + ".seconds")

    def train(self, row, protocol, seed):
        out = self.folder(row, protocol, seed)
        os.makedirs(os.path.dirname(out), exist_ok=True)
        shutil.rmtree(out, ignore_errors=True)  # finished, but its time was not noted
        if row.model == "fuse":
            members = [self.rows[name] for name in row.members]
            words = ["fuse", "--metadata", self.metadata, "--optimise", "--protocol", protocol]
            for member in members:
                words += ["--predictions", self.folder(member, protocol, seed)]
        else:
            words = ["train", self.corpus, "--model", row.model, "--encoders",
                     ",".join(row.encoders), "--protocol", protocol]
            for setting in row.settings:
                words += ["--set", setting]
        start, used = time.monotonic(), cpu_seconds()
        self.call(*words, "--seed", str(seed), "--out", out)
        seconds = time.monotonic() - start
        with open(out + ".seconds", "w", encoding="utf-8") as file:
            file.write(f"{seconds:.2f} {cpu_seconds() - used:.2f}\n")
        print(f"{seconds:7.1f} s, {cpu_seconds() - used:6.1f} s of CPU  {protocol}, seed {seed}, "
              f"{row.name}", flush=True)

    def train_all(self, wanted):
        """Seed by seed, so that a table of all rows is there early; members come before fusions."""
        for seed in range(1, self.n_seeds + 1):
            for protocol in PROTOCOLS:
                for row in wanted:
                    if not self.is_done(row, protocol, seed):
                        self.train(row, protocol, seed)

    def evaluate(self, row, protocol):
        """Of each seed that is there: the figures, the folds' scores, the seconds of CPU, which
        another program on the machine changes little."""
        found = []
        for seed in range(1, self.n_seeds + 1):
            if not self.is_done(row, protocol, seed):
                continue
            out = self.folder(row, protocol, seed)
            figures = json.loads(self.call("evaluate", "--metadata", self.metadata,
                                           "--predictions", out, "--format", "json"))
            with open(out + ".seconds", encoding="utf-8") as file:
                figures["seconds"] = float(file.read().split()[1])
            figures["seed"] = seed
            found.append(figures)
        return found


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def cell(found, key):
    mean = statistics.mean(figures["mean"][key] for figures in found)
    std = statistics.mean(figures["std"][key] for figures in found)
    return f"{mean:.3f} ± {std:.3f}"


def line_of(row, results, n_seeds):
    here, honest = results[row.name]
    if not here and not honest:
        return None
    is_whole = len(here) == len(honest) == n_seeds
    name = row.name if is_whole else \
        f"{row.name} (partial: {len(here)} and {len(honest)} of {n_seeds} seeds)"
    cells = [cell(found, key) if found else "" for found in (here, honest)
             for key in ("acc_presence", "acc_salience")]
    seconds = [f"{statistics.mean(f['seconds'] for f in found):.1f}" if found else ""
               for found in (here, honest)]
    return f"| {name} | {' | '.join(cells)} | {' / '.join(seconds)} |"


def scores(found):
    return {(figures["seed"], fold["fold"]): fold["score"] for figures in found
            for fold in figures["folds"]}


def mean_score(found):
    return statistics.mean(figures["mean"]["score"] for figures in found)


def compare(row, results, protocol):
    """The difference to the best of the rows it is compared with, over folds and seeds."""
    own = results[row.name][protocol]
    others = [(name, results[name][protocol]) for name in row.compare]
    if not own or any(len(found) < len(own) for _, found in others):
        return None
    best, found = max(others, key=lambda other: mean_score(other[1]))
    mine, theirs = scores(own), scores(found)
    gains = [mine[key] - theirs[key] for key in mine]
    error = statistics.stdev(gains) / math.sqrt(len(gains))
    tuned = ("tuned here", "honest")[protocol]
    return (f"- {row.name}, {tuned}: {statistics.mean(gains):+.3f} in score over {best} "
            f"({statistics.mean(gains) / error:+.1f} standard errors, {len(gains)} folds)")


def write_guide(table, wanted):
    results = {row.name: tuple(table.evaluate(row, protocol) for protocol in PROTOCOLS)
               for row in wanted}
    lines = [line_of(row, results, table.n_seeds) for row in wanted]
    gains = [compare(row, results, protocol) for row in wanted
             if row.compare and all(name in results for name in row.compare)
             for protocol in range(len(PROTOCOLS))]
    gains = [gain for gain in gains if gain]
    heading = ["", "Each fusion against the best of its members (mean difference of the folds' "
               "scores):", ""] if gains else []
    text = "\n".join(
        ["| model | P, tuned here | S, tuned here | P, honest | S, honest | CPU s |",
         "|---|---|---|---|---|---|"] + [line for line in lines if line]
        + heading + gains) + "\n"
    with open(GUIDE, encoding="utf-8") as file:
        guide = file.read()
    begin, end = guide.index(BEGIN) + len(BEGIN), guide.index(END)
    with open(GUIDE, "w", encoding="utf-8") as file:
        file.write(guide[:begin] + text + guide[end:])
    print(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cli")
    parser.add_argument("--work", default=os.path.join(ROOT, "build", "table"))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--partial", action="store_true")
    parser.add_argument("--no-guide", action="store_true", help="train, and leave the guide alone")
    options = parser.parse_args()
    table = Table(options)
    wanted = [row for row in table.rows.values() if options.only in row.name]
    if not options.partial:
        table.make_corpus()
        table.train_all(wanted)
    if not options.no_guide:
        write_guide(table, wanted)


main()
