# SPDX-License-Identifier: MIT
"""test-window.py PROGRAM CLI

The whole program from outside, as its user meets it the first time: the demo corpus from
nothing, playing, thresholds, confusion, projection and an undrawn clip while a training runs,
the training's figures beside the command line's, each chart's table, keyboard and pointer on what is
drawn, another training cancelled. Prints TAP."""
import os
import re
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(__file__))
import desk  # noqa: E402
import window  # noqa: E402
from story_hands import hands  # noqa: E402
from story_tables import tables  # noqa: E402
from window import agree, holds  # noqa: E402

PROGRAM, CLI = sys.argv[1:3]
CONTROLS = {"push button", "toggle button", "check box", "radio button", "combo box", "slider",
            "spin button", "entry", "text", "menu item", "page tab"}


def first_start(w):
    start = time.monotonic()
    desk.wait_for(lambda: w.count() == 540, 120, "the list of 540 clips")
    holds("the list is there at the first start", True)
    desk.wait_for(lambda: w.frame() and w.frame()[1] > 0, 120, "a frame of the first clip")
    holds("the first clip is drawn and shown", True)
    desk.wait_for(lambda: w.figures(), 240, "the first run's figures")
    print(f"# first clip and first run after {time.monotonic() - start:.1f} s")
    holds("a first run of five folds is open", set("01234") <= set(w.fold_rows()))
    holds("the corpus is called synthetic",
          any("synthetic" in name for name in w.names()))


def names(w):
    """A control without a name of its own is read out as its class."""
    for view in ("confusion", "projection", "actors", "corpus", "models", "thresholds"):
        w.shows(view)
    controls = w.find_all(where=lambda n: desk.role_of(n) in CONTROLS
                          and "focusable" in desk.states(n))
    said = [(desk.role_of(n), desk.name_of(n)) for n in controls]
    nameless = [one for one in said if not one[1] or re.match("(Gtk|Adw|Bs)[A-Z]", one[1])]
    holds("every control on all pages has a name", len(said) > 50 and not nameless, nameless)


def playing(w):
    w.action("seek-start")
    desk.wait_for(lambda: w.frame() and w.frame()[0] == 1, what="the first frame")
    if w.find("Pause", "push button"):
        w.press("Pause")
        w.action("seek-start")
        desk.wait_for(lambda: w.frame()[0] == 1, what="the first frame")
    w.press("One frame forward")
    holds("a step forward shows the second frame",
          desk.wait_for(lambda: w.frame()[0] == 2, what="frame 2"))
    w.press("One frame back")
    holds("a step back shows the first again",
          desk.wait_for(lambda: w.frame()[0] == 1, what="frame 1"))
    w.press("Play")
    last = w.frame()[1]
    holds("playing reaches the last frame",
          desk.wait_for(lambda: w.frame()[0] == last, 60, "the last frame"))


def thresholds(w, cli):
    run = cli.runs()[-1]
    holds("the fold table equals the command line's, tuned officially",
          agree(w.figures(), cli.evaluate(run, "--tune", "official")))
    before = w.figures()
    w.set_value(w.await_node("Alpha", "slider"), 0.3)
    desk.wait_for(lambda: w.figures() != before, what="other figures after alpha moved")
    holds("after alpha moved it equals the command line's at that pair",
          agree(w.figures(), cli.at_pair(run, *w.pair())))
    w.press("Undo the change of thresholds")
    holds("undo brings the figures back",
          desk.wait_for(lambda: w.figures() == before, what="the earlier figures"))


def confusion(w):
    w.shows("confusion")
    # A class' name stands for its row; a cell may hold no clip.
    w.mouse_click(w.chart("Confusion matrix"), 0.05, 0.4)
    count = desk.wait_for(lambda: w.count() not in (None, 540) and w.count(),
                          what="the list filtered by a click in the matrix")
    holds("a click in the confusion matrix filters the list", 0 <= count < 540)
    holds("the filter is a chip that can be removed",
          w.find(role="push button", name=lambda n: n.startswith("Remove filter")))
    w.action("clear-filters")
    holds("without filters all clips are back",
          desk.wait_for(lambda: w.count() == 540, what="all clips"))


def choose_clip(w, text):
    w.set_text(w.await_node("Search clips"), text)
    desk.wait_for(lambda: w.count() == 1, what=f"one clip for {text}")
    w.mouse_click(w.await_node(role="list item", name=lambda n: n.startswith(text)))


def training(w, cli):
    before = cli.runs()
    w.shows("models")
    w.set_value(w.await_node(role="spin button", name=lambda n: n.endswith("Epochs")), 40)
    w.click(w.await_node(role="push button", name=lambda n: n.endswith("Train")))
    desk.wait_for(lambda: w.work().startswith("Training"), what="the training to begin")
    w.shows("projection")
    w.await_node(role="image", name=lambda n: n.startswith("Projection"))
    # Background drawing waits behind the training, so that late clips have no file yet.
    choose_clip(w, "A910_mix_hap_sad_70_30_ver1")
    w.await_node("Picture of A910_mix_hap_sad_70_30_ver1", "image")
    desk.wait_for(lambda: w.frame() and w.frame()[1] > 0, 60, "the undrawn clip to play")
    holds("an undrawn clip and a projection open while a training runs", True)
    w.action("clear-filters")
    w.shows("models")
    desk.wait_for(lambda: len(cli.runs()) > len(before), 300, "the training")
    desk.wait_for(lambda: len(w.run_names()) == len(before) + 1, what="the run in the list")
    w.shows("thresholds")
    new = next(run for run in cli.runs() if run not in before)
    reference = cli.evaluate(new, "--tune", "official")
    holds("the trained run's fold table equals the command line's",
          desk.wait_for(lambda: agree(w.figures(), reference), 60, "equal figures"))
    return new


def cancelling(w, cli):
    n = len(cli.runs())
    w.shows("models")
    w.set_value(w.await_node(role="spin button", name=lambda n: n.endswith("Epochs")), 4000)
    w.click(w.await_node(role="push button", name=lambda n: n.endswith("Train")))
    desk.wait_for(lambda: w.work().startswith("Training"), what="the training to begin")
    w.press("Cancel the background work")
    desk.wait_for(lambda: not w.work().startswith("Training"), what="the training to stop")
    holds("a cancelled training leaves no run", len(cli.runs()) == n and len(w.run_names()) == n)


def story(w, cli):
    first_start(w)
    names(w)
    playing(w)
    thresholds(w, cli)
    confusion(w)
    run = training(w, cli)
    tables(w, cli, run)
    hands(w, cli, run)
    cancelling(w, cli)
    holds("the program ends by itself", w.close() == 0)


def main():
    with tempfile.TemporaryFile("w+") as said:
        data = os.path.join(os.environ["XDG_DATA_HOME"], "blendscope", "demo-corpus")
        env = {"BLENDSCOPE_AUDIO_SINK": "fakesink sync=true", "G_DEBUG": "gc-friendly"}
        w = window.Window([PROGRAM], env, stderr=said)
        try:
            story(w, window.CommandLine(CLI, data))
        except BaseException:
            w.process.kill()
            raise
        finally:
            said.seek(0)
            for line in said:
                print("#", line.rstrip())
        said.seek(0)
        holds("nothing was warned of", not re.search(r"(CRITICAL|WARNING) \*\*", said.read()))
    print(f"1..{window.n_done}")


main()
