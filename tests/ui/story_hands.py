# SPDX-License-Identifier: MIT
"""Keyboard and pointer on what is drawn: map, matrix, strip, plane, curves, bars and timeline."""
import re

import desk
from story_tables import MAP_ALPHA_TO, MAP_BETA_TO
from window import Table, agree, holds, number

MAP, MATRIX, PLANE = "Score over alpha and beta", "Confusion matrix", "Projection"


def same(a, b):
    return abs(a - b) < 1e-9


def map_by_keyboard(w, cli, run):
    w.shows("thresholds")
    w.set_value(w.kept("Alpha", "slider"), 0.2)
    w.set_value(w.kept("Beta", "slider"), 0.3)
    desk.wait_for(lambda: w.pair() == (0.2, 0.3), what="the sliders")
    w.keys_to(MAP, "Right", "Right", "Left", "Right")
    holds("arrow keys move the handle on the map",
          desk.wait_for(lambda: same(w.pair()[0], 0.21), what="alpha at 0.21"))
    w.keys_to(MAP, "shift+Down")
    holds("with Shift by larger steps",
          desk.wait_for(lambda: same(w.pair()[1], 0.25) and same(w.pair()[0], 0.21),
                        what="beta at 0.25"))
    reference = cli.at_pair(run, 0.21, 0.25)
    holds("the fold table follows the keys",
          desk.wait_for(lambda: agree(w.figures(), reference), what="the figures at that pair"))


def map_by_pointer(w, cli, run):
    w.mouse_drag(w.chart(MAP), (0.4, 0.5), (0.999, 0.001))
    holds("alpha and beta follow the handle on the map to its corner",
          desk.wait_for(lambda: w.pair() == (MAP_ALPHA_TO, MAP_BETA_TO), what="the upper corner"))
    w.mouse_drag(w.chart(MAP), (0.4, 0.5), (0.001, 0.999))
    holds("and to the opposite one",
          desk.wait_for(lambda: w.pair() == (0, 0), what="the lower corner"))
    w.mouse_click(w.chart(MAP), 0.4, 0.5)
    alpha, beta = desk.wait_for(lambda: min(w.pair()) > 0.01 and w.pair(), what="the middle")
    reference = cli.at_pair(run, alpha, beta)
    holds("the fold table follows the pointer",
          desk.wait_for(lambda: agree(w.figures(), reference), what="the figures at that pair"))
    w.shows("confusion")
    w.choose("What the cells say", 0)
    expected = cli.confusion(run, 16, "--alpha", repr(alpha), "--beta", repr(beta))
    with Table(w, MATRIX) as table:
        holds("and so does the matrix", [table.headers(), *table.rows()] == expected)
    return expected


def matrix_by_keyboard(w, rows):
    w.shows("confusion")
    w.keys_to(MATRIX, "Right")
    desk.wait_for(lambda: w.said(MATRIX)[0] == "ang, judged so", what="the first cell")
    w.keys_to(MATRIX, "Down", "Right")
    holds("arrow keys move over the cells, which say what they are",
          desk.wait_for(lambda: w.said(MATRIX)[0] == "disg, judged so", what="the second cell"))
    n = int(rows[2][2])
    w.keys_to(MATRIX, "space")
    holds("Space filters the list to the cell's clips",
          desk.wait_for(lambda: w.count() == n, what=f"{n} clips"))
    w.keys_to(MATRIX, "Return")
    holds("Enter shows the first of them",
          desk.wait_for(lambda: w.find(f"Picture of {w.first_clip()}", "image"), what="its picture"))
    w.action("clear-filters")
    desk.wait_for(lambda: w.count() == 540, what="all clips")


def strip_and_bars_by_keyboard(w):
    w.shows("confusion")
    # By way of its menu, which stands between them; the page scrolls to what has the focus.
    w.keys_to(MATRIX, "Tab", "Tab", "Right", "Right")
    holds("the strip says the kind of error under its cursor",
          desk.wait_for(lambda: w.said("Kinds of error")[0] == "right pair, wrong ratio",
                        what="the second kind"))
    w.shows("corpus")
    w.keys_to("Counts of clips", "Down", "Down", "Return")
    holds("the bars are chosen by keyboard", desk.wait_for(
        lambda: w.said("Counts of clips")[:2] == ["disg", f"{w.count()} clips"],
        what="the second bar's clips"))
    w.action("clear-filters")
    desk.wait_for(lambda: w.count() == 540, what="all clips")


def curves_by_keyboard(w):
    w.shows("models")
    w.keys_to("Learning curves", "Right", "Right")
    said = desk.wait_for(lambda: w.said("Learning curves")[0] == "epoch 2" and
                         w.said("Learning curves"), what="the second epoch")
    with Table(w, "Learning curves") as table:
        score = next(row[2] for row in table.rows(0, 4) if number(row[1]) == 2)
    holds("the curves say the scores of the epoch under the cursor",
          abs(number(said[1].removeprefix("fold 0: ")) - number(score)) <= 0.00051, said)


def hovered(w):
    """The clip that the plane says to be under pointer or cursor."""
    said = w.said(PLANE)
    return said[0] if re.fullmatch(r"A\d+_\w+", said[0]) else None


def redrawn(w, chart, before, what):
    holds(what, desk.wait_for(lambda: w.pixels(chart) != before, what=what))


def plane_by_keyboard(w):
    w.shows("projection")
    chart = w.chart(PLANE)
    w.keys_to(PLANE, "Home", "Right")
    first = desk.wait_for(lambda: hovered(w), what="a point under the cursor")
    w.keys_to(PLANE, "Right")
    holds("arrow keys go from clip to clip on the plane",
          desk.wait_for(lambda: hovered(w) not in (None, first), what="another point"))
    before = desk.wait_for(lambda: w.still(chart), what="the plane to be at rest")
    w.keys_to(PLANE, "plus", "plus")
    redrawn(w, chart, before, "plus zooms into the plane")
    w.keys_to(PLANE, "Home")
    holds("Home shows all again",
          desk.wait_for(lambda: w.pixels(chart) == before, what="the first picture"))
    w.keys_to(PLANE, "shift+Right")
    redrawn(w, chart, before, "Shift and an arrow move the plane")
    w.keys_to(PLANE, "Home", "Left")
    clip = desk.wait_for(lambda: hovered(w), what="a point under the cursor")
    w.keys_to(PLANE, "Return")
    holds("Enter plays the clip under the cursor",
          desk.wait_for(lambda: w.find(f"Picture of {clip}", "image"), what=f"{clip} on the stage"))


def is_point(w, chart, place):
    """What is said may still be of where the pointer was: comes to the place from outside."""
    w.mouse_away()
    desk.wait_for(lambda: not hovered(w), what="no clip under the pointer")
    w.mouse_move(chart, *place)
    try:
        return desk.wait_for(lambda: hovered(w), 5)
    except TimeoutError:
        return None


def find_point(w, chart):
    """Moves the pointer over the plane until a clip is said; returns where."""
    for fy in (0.45, 0.5, 0.4, 0.55):
        for step in range(40):
            place = 0.3 + step * 0.01, fy
            w.mouse_move(chart, *place)
            if hovered(w):
                for near in (place, (place[0] - 0.01, fy)):
                    if is_point(w, chart, near):
                        return near
    return None


def plane_by_pointer(w):
    chart = w.chart(PLANE)
    place = find_point(w, chart)
    holds("the plane says the clip under the pointer", place)
    clip = hovered(w)
    w.mouse_click(chart, *place)
    holds("a click plays the clip",
          desk.wait_for(lambda: w.find(f"Picture of {clip}", "image"), what=f"{clip} on the stage"))
    before = desk.wait_for(lambda: w.still(chart), what="the plane to be at rest")
    w.mouse_wheel(-2)
    redrawn(w, chart, before, "the wheel zooms into the plane")
    w.keys_to(PLANE, "Home")
    w.mouse_drag(chart, (0.35, 0.35), (0.35, 0.6), (0.6, 0.6), (0.6, 0.35), held="shift")
    holds("Shift and a drag filter the list to the clips inside",
          0 < desk.wait_for(lambda: w.count() not in (None, 540) and w.count(),
                            what="the clips inside"))
    w.action("clear-filters")
    desk.wait_for(lambda: w.count() == 540, what="all clips")


def timeline_by_pointer(w):
    desk.wait_for(lambda: w.frame() and w.frame()[1] > 0, what="a clip")
    w.at_rest()
    timeline, last = w.kept("Timeline", "slider"), w.frame()[1]
    w.mouse_click(timeline, 0.75, 0.5)
    later = desk.wait_for(lambda: w.frame()[0] > last // 2 and w.frame()[0], what="a later frame")
    w.mouse_click(timeline, 0.4, 0.5)
    holds("a click on the timeline goes to that frame",
          desk.wait_for(lambda: 1 < w.frame()[0] < later, what="an earlier frame"))


def hands(w, cli, run):
    map_by_keyboard(w, cli, run)
    rows = map_by_pointer(w, cli, run)
    matrix_by_keyboard(w, rows)
    strip_and_bars_by_keyboard(w)
    curves_by_keyboard(w)
    plane_by_keyboard(w)
    plane_by_pointer(w)
    timeline_by_pointer(w)
