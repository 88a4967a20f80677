# SPDX-License-Identifier: MIT
"""The table of each chart, opened and read from outside, beside the command line's figures or
the files themselves."""
import collections
import csv
import os

import desk
from window import Table, holds, number

MAP_STEPS, MAP_ALPHA_TO, MAP_BETA_TO = 160, 0.6, 0.7
EMOTIONS = ["ang", "disg", "fea", "hap", "sad", "neu"]
N_LOOKED_AT = 24  # rows of the long tables


def score_map(w, cli, run):
    w.shows("thresholds")
    with Table(w, "Score over alpha and beta") as table:
        holds("the map's table has alpha, beta and score",
              table.headers() == ["alpha", "beta", "score"])
        for i in (0, 30, 60):
            alpha, beta, score = map(number, table.rows(i, i + 1)[0])
            centre = (i + 0.5) * MAP_ALPHA_TO / MAP_STEPS
            below = 0.5 * MAP_BETA_TO / MAP_STEPS
            mean = cli.at_pair(run, centre, below)["mean"]["score"]
            holds(f"its row {i} is the command line's score there",
                  abs(alpha - centre) <= 0.00051 and abs(beta - below) <= 0.00051
                  and abs(score - mean) <= 0.000051, (alpha, beta, score, mean))


def confusion(w, cli, run):
    w.shows("confusion")
    with Table(w, "Confusion matrix") as table:
        expected = cli.confusion(run, 16, "--tune", "official")
        holds("per cent of a row are what its counts make of its clips", all(
            abs(number(shown) - int(count) / int(counts[-1])) <= 0.00051
            for row, counts in zip(table.rows(), expected[1:])
            for shown, count in zip(row[1:-1], counts[1:-1])))
    w.choose("What the cells say", 0)
    for n_classes, n_down in ((36, 1), (16, 0)):
        expected = cli.confusion(run, n_classes, "--tune", "official")
        w.choose("Number of classes", n_down)
        with Table(w, "Confusion matrix") as table:
            desk.wait_for(lambda: len(table.headers()) == len(expected[0]),
                          what=f"{n_classes} classes")
            holds(f"the table of {n_classes} classes is the command line's",
                  [table.headers(), *table.rows()] == expected,
                  [(a, b) for a, b in zip([table.headers(), *table.rows()], expected) if a != b])
    diagonal = sum(int(row[i + 1]) for i, row in enumerate(cli.confusion(
        run, 36, "--tune", "official")[1:]))
    with Table(w, "Kinds of error") as table:
        rows = table.rows()
        counts = [number(row[1]) for row in rows]
        holds("the exact decisions of the strip are those of the matrix", counts[0] == diagonal)
        holds("the kinds of error add up to all clips", sum(counts) == 540)
        holds("their shares are the counts'",
              all(abs(number(row[2]) - c / 540) <= 0.00051 for row, c in zip(rows, counts)))


def projection(w, cli):
    w.shows("projection")
    encoder = sorted(os.listdir(os.path.join(cli.data, "pre_extracted_train_data")))[0]
    expected = {row[0]: row for row in cli.project(encoder.removesuffix("_train"), "--per-actor")}
    desk.wait_for(lambda: w.find(role="label", root=w.kept("BsProjectionView", "filler"),
                                 name=lambda n: n.startswith("540 clips.")), what="the points")
    with Table(w, "Projection") as table:
        rows = table.rows(0, N_LOOKED_AT)
        holds("the projection's table has the command line's coordinates",
              len(rows) == N_LOOKED_AT
              and all(abs(number(row[1 + axis]) - float(expected[row[0]][4 + axis])) <= 0.00051
                      for row in rows for axis in (0, 1)), rows[0])


def learning_curves(w, run):
    w.shows("models")
    with open(os.path.join(run, "history.csv"), newline="", encoding="utf-8") as file:
        history = list(csv.DictReader(file))
    with Table(w, "Learning curves") as table:
        holds("the curves' table has fold, epoch and score",
              table.headers() == ["series", "epoch", "score"])
        rows = table.rows(0, N_LOOKED_AT)
        expected = [(f"fold {h['fold']}", int(h["epoch"]),
                     (float(h["acc_presence"]) + float(h["acc_salience"])) / 2) for h in history]
        holds("it has what the run keeps of its epochs",
              len(rows) == min(N_LOOKED_AT, len(expected))
              and all(row[0] == fold and number(row[1]) == epoch
                      and abs(number(row[2]) - score) <= 0.000051
                      for row, (fold, epoch, score) in zip(rows, expected)), rows[0])


def class_of(clip):
    second = clip["emotion_2"]
    if not second:
        return clip["emotion_1"]
    return "-".join(sorted((clip["emotion_1"], second), key=EMOTIONS.index))


def corpus(w, cli):
    w.shows("corpus")
    clips = cli.clips()
    counts = collections.Counter(class_of(clip) for clip in clips)
    with Table(w, "Counts of clips") as table:
        holds("the counts of clips by class are the metadata's",
              {row[0]: number(row[-1]) for row in table.rows()} == counts)
    # Clips are drawn behind all other work, so that there may be more of them at any moment.
    with Table(w, "Durations of the clips") as table:
        rows = [list(map(number, row)) for row in table.rows()]
        n = sum(sum(row[2:]) for row in rows)
        holds("the durations' table counts clips that are drawn, from 0 s on",
              0 < n <= len(clips) and rows[0][0] == 0
              and all(a[1] == b[0] for a, b in zip(rows, rows[1:])), rows)


def tables(w, cli, run):
    score_map(w, cli, run)
    confusion(w, cli, run)
    projection(w, cli)
    learning_curves(w, run)
    corpus(w, cli)
