# SPDX-License-Identifier: MIT
"""test-german.py PROGRAM

The window in German, on a demo corpus drawn from nothing: what is translated arrives on the
screen, in templates, in code and in charts, and no common English word is left. Prints TAP."""
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(__file__))
import desk  # noqa: E402

PROGRAM = sys.argv[1]
# A view's name, its tab, and something on it that is drawn or listed under a German name.
VIEWS = [("thresholds", "Schwellen", "Score über Alpha und Beta"),
         ("confusion", "Konfusion", "Konfusionsmatrix"),
         ("projection", "Projektion", "Zu projizierende Clips"),
         ("actors", "Darsteller", "Als CSV speichern…"),
         ("corpus", "Korpus", "Anzahl der Clips")]
PAGES = ["Betrachten", "Modelle"]
# No German text has one of these; names of files, models and encoders hold none of them.
ENGLISH = re.compile(r"\b(the|of|and|with|are|by|or|this|that|your|run|runs|clip's|"
                     r"thresholds?|actors?|presence|salience|blends?|frame|right|wrong|mean|"
                     r"pooled|anger|disgust|fear|happiness|sadness|epochs?|search|open|save|"
                     r"sound|belief|probabilit(y|ies)|none|nothing)\b", re.IGNORECASE)
# 540 clips need no sign between thousands, so that a point in a number is one before decimals.
POINT = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")
COMMA = re.compile(r"(?<![\w,])\d+,\d+(?![\w,])")
# What a program shows without a name is named after its type by the accessibility bus.
TYPE_NAME = re.compile(r"^(Gtk|Adw|Bs)[A-Z]\w*$")
n_done = 0


def holds(what, value, said=""):
    global n_done
    n_done += 1
    print(f"{'ok' if value else 'not ok'} {n_done} - {what}", flush=True)
    if not value:
        raise AssertionError(f"{what}: {said}")


def has_place(window, node):
    """Pages that are not on show have none; GTK 4.8 does not report the state of showing."""
    return node.get_component_iface() is not None and window.extents(node).width > 0


def english(window):
    """What is on the screen and holds an English word."""
    names = {desk.name_of(n) for n in desk.nodes(window.window) if has_place(window, n)}
    return sorted(n for n in names if ENGLISH.search(n) and not TYPE_NAME.match(n))


def has_commas(locale):
    said = subprocess.run(["locale", "decimal_point"], env={**os.environ, "LC_ALL": locale},
                          capture_output=True, text=True, check=False)
    return said.stdout.strip() == ","


def numbers_with(pattern, window):
    names = (desk.name_of(n) for n in desk.nodes(window.window) if has_place(window, n))
    return sorted({name for name in names if pattern.search(name)})


def main():
    locale = "de_DE.UTF-8" if has_commas("de_DE.UTF-8") else "C.UTF-8"
    env = {"BLENDSCOPE_AUDIO_SINK": "fakesink sync=true", "LC_ALL": locale, "LANGUAGE": "de"}
    window = desk.Desk([PROGRAM], env)
    try:
        window.await_node("540 Clips", "label", seconds=120)
        window.await_node("Mittel", "label", window.await_node("Kennzahlen der Folds", "panel"),
                          seconds=240)
        tabs = window.await_node(role="page tab list")
        names = [desk.name_of(tabs.get_child_at_index(i)) for i in range(tabs.get_child_count())]
        holds("the pages are German", names == PAGES, names)
        holds("the search field is named in German", window.find("Clips suchen", "entry"))
        holds("code speaks German with its numbers",
              window.find(role="label", name=lambda n: re.fullmatch(r"Bild \d+ von \d+", n)))
        width = window.extents(window.window).width
        for view, tab, sight in [*VIEWS, ("models", "Modelle", "Epochen"), *VIEWS[:1]]:
            window.action("page" if view == "models" else "view", f"<'{view}'>")
            window.await_node(sight, where=lambda n: has_place(window, n))
            holds(f"there is a tab {tab}", window.find(tab))
            left = english(window)
            holds(f"no English word is left beside {tab}", not left, left)
            if locale == "C.UTF-8":
                print("# de_DE.UTF-8 is not installed: decimal signs are not looked at")
                continue
            left = numbers_with(POINT, window)
            holds(f"no number has a decimal point beside {tab}", not left, left)
            holds(f"numbers have a comma beside {tab}", numbers_with(COMMA, window))
        holds("the longer words do not widen the window",
              window.extents(window.window).width == width)
        holds("the program ends by itself", window.close() == 0)
    except BaseException:
        window.process.kill()
        raise
    print(f"1..{n_done}")


main()
