# SPDX-License-Identifier: MIT
"""OpenFace's tables of a clip as data/corpus/bs-openface.c reads them: version 3 as it is, version 2 with
the official baseline's cleaning (blemore-common, openface_operations)."""
import csv
import re

import numpy as np

COLUMNS_2 = ["AU%02d_r" % unit for unit in (1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 20, 23, 25,
                                            26, 45)]
COLUMNS_2 += [f"pose_{kind}{axis}" for kind in "RT" for axis in "xyz"]
COLUMNS_2 += [f"gaze_{eye}_{axis}" for eye in (0, 1) for axis in "xyz"]
COLUMNS_2 += ["gaze_angle_x", "gaze_angle_y"]
COLUMNS_3 = ["action_units", "emotion_index", "gaze_yaw", "gaze_pitch"]
N_ACTION_UNITS = 8
CONFIDENCE = 0.85
GOOD_RATIO = 0.85


def is_table(path):
    with open(path, encoding="utf-8-sig") as file:
        header = file.readline()
    return COLUMNS_3[0] in header or COLUMNS_2[0] in header


def number(cell, empty):
    return empty if cell.strip().lower() in ("", "nan") else float(cell)


def action_units(cell):
    """A list as Python or numpy prints it; an empty cell is eight zeros."""
    units = [number(word, 0) for word in re.split(r"[][,\s]+", cell) if word]
    return units if len(units) == N_ACTION_UNITS else [0] * N_ACTION_UNITS


def clean(x, success, confidence):
    """Bad frames are filled from their good neighbours, those before the first good one dropped;
    all stay as they are where too many are bad, or none."""
    shares = np.mean(success == 1), np.mean(confidence >= CONFIDENCE)
    if not any(GOOD_RATIO <= share < 1 for share in shares):
        return x
    x[(success != 1) | ~(confidence >= CONFIDENCE)] = np.nan
    for column in x.T:
        good = np.flatnonzero(~np.isnan(column))
        if len(good) > 0:
            column[good[0]:] = np.interp(np.arange(good[0], len(x)), good, column[good])
    return x[~np.isnan(x).any(1)]


def read_table(path):
    """Frames x 11 or 31; a clip without frames is one row of zeros."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        reader.fieldnames = [name.strip() for name in reader.fieldnames]
        frames = list(reader)
        is_3 = COLUMNS_3[0] in reader.fieldnames
    if is_3:
        x = [action_units(frame[COLUMNS_3[0]]) + [number(frame[name], 0) for name in COLUMNS_3[1:]]
             for frame in frames]
        width = N_ACTION_UNITS + len(COLUMNS_3) - 1
    else:
        x = [[number(frame[name], np.nan) for name in COLUMNS_2] for frame in frames]
        width = len(COLUMNS_2)
    x = np.array(x, "f8").reshape(-1, width)
    if not is_3 and len(x):
        x = clean(x, *(np.array([number(frame[name], np.nan) for frame in frames])
                       for name in ("success", "confidence")))
    return x if len(x) else np.zeros((1, width))
