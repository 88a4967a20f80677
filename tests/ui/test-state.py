# SPDX-License-Identifier: MIT
"""test-state.py PROGRAM CLI

The window comes back as it was left with a corpus, and as new where that cannot be read."""
import glob
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(__file__))
import desk  # noqa: E402

PROGRAM, CLI = sys.argv[1:3]
n_done = 0


def holds(what, value, said=""):
    global n_done
    n_done += 1
    print(f"{'ok' if value else 'not ok'} {n_done} - {what}", flush=True)
    if not value:
        raise AssertionError(f"{what}: {said}")


def start(corpus):
    window = desk.Desk([PROGRAM, corpus], {"BLENDSCOPE_AUDIO_SINK": "fakesink sync=true"})
    window.await_node("540 clips", "label", seconds=120)
    return window


def states(window):
    return {name: window.action_state(name) for name in ("page", "layout", "view", "show-clips")}


def go_to(window, text, kind):
    window.action("go-to")
    entry = window.await_node("What to go to", "entry")
    window.set_text(entry, text)
    found = window.await_node("What was found", "list")
    desk.wait_for(lambda: window.find(kind, "label", found), what=f"a {kind} with {text}")
    window.key("Return")
    desk.wait_for(lambda: not window.find("What to go to"), what="the end of Go To")


def picture(window):
    return window.find(role="image", name=lambda n: n.startswith("Picture of "))


def main():
    with tempfile.TemporaryDirectory() as folder:
        corpus = os.path.join(folder, "corpus")
        subprocess.run([CLI, "demo", corpus], check=True, stderr=subprocess.DEVNULL)
        window = start(corpus)
        holds("a new corpus begins with clip and views alike",
              window.action_state("layout").find("'split'") >= 0, states(window))
        first = desk.name_of(desk.wait_for(lambda: picture(window), what="the first clip"))
        go_to(window, "a903_mix", "clip")
        desk.wait_for(lambda: desk.name_of(picture(window)).startswith("Picture of A903_mix"),
                      what="the clip that was gone to")
        holds("a clip is gone to by typing", True)
        go_to(window, "confus", "view")
        holds("so is a view", desk.wait_for(
            lambda: "'confusion'" in window.action_state("view"), what="the view"))
        window.action("layout", "<'analysis'>")
        window.action("view", "<'actors'>")
        window.action("show-clips")
        window.action("next-clip")
        window.action("next-clip")
        desk.wait_for(lambda: desk.name_of(picture(window)) != first, what="another clip")
        window.action("page", "<'models'>")
        desk.wait_for(lambda: "'models'" in window.action_state("page"), what="the page")
        left, clip = states(window), desk.name_of(picture(window))
        holds("the program ends by itself", window.close() == 0)
        kept = glob.glob(os.path.join(os.environ["XDG_STATE_HOME"], "blendscope", "*.ini"))
        holds("one file is kept in the user's state folder", len(kept) == 1, kept)
        holds("nothing of it is in the corpus",
              not glob.glob(os.path.join(corpus, "**", "*.ini"), recursive=True))
        window = start(corpus)
        desk.wait_for(lambda: states(window) == left, 30, f"{left}, not {states(window)}")
        holds("pages, layout, view and list are as they were", True)
        holds("so is the clip", desk.wait_for(
            lambda: picture(window) and desk.name_of(picture(window)) == clip, 30, clip))
        holds("it ends again", window.close() == 0)
        with open(kept[0], "w", encoding="utf-8") as file:
            file.write("[window\nlayout=")
        window = start(corpus)
        holds("a damaged file is told", window.await_node(
            role="label", name=lambda n: n.startswith("How the window was left"), seconds=30))
        holds("and the window begins as for a new corpus",
              "'split'" in window.action_state("layout"), states(window))
        holds("it ends then too", window.close() == 0)
    print(f"1..{n_done}")


main()
