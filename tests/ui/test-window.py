# SPDX-License-Identifier: MIT
"""test-window.py PROGRAM CLI

The whole program from outside, as its user meets it the first time: the demo corpus from
nothing, playing, thresholds, confusion, projection and an undrawn clip while a training runs,
the training's figures beside the command line's, another one cancelled. Prints TAP."""
import json
import os
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(__file__))
import desk  # noqa: E402

PROGRAM, CLI = sys.argv[1:3]
FOLD_COLUMNS = 6
n_done = 0


def holds(what, value):
    global n_done
    n_done += 1
    print(f"{'ok' if value else 'not ok'} {n_done} - {what}", flush=True)
    if not value:
        raise AssertionError(what)


class Window(desk.Desk):
    def fold_rows(self):
        """The fold table as {first column: the other texts}."""
        panel = self.kept("Figures of the folds", "panel")
        if panel is None:
            return {}
        texts = [desk.name_of(n) for n in self.find_all(role="label", root=panel)]
        rows = [texts[i:i + FOLD_COLUMNS] for i in range(0, len(texts), FOLD_COLUMNS)]
        return {row[0]: row[1:] for row in rows}

    def figures(self, row="mean"):
        """Presence, salience and score of a row as the numbers before ±."""
        cells = self.fold_rows().get(row, [])[:3]
        numbers = [re.match(r"-?\d+[.,]\d+", cell) for cell in cells]
        if len(cells) < 3 or None in numbers:
            return None
        return [float(n.group(0).replace(",", ".")) for n in numbers]

    def frame(self):
        """(frame on show, frames of the clip), from 1."""
        playback = self.kept("Playback", "panel")
        for node in self.find_all(role="label", root=playback) if playback else ():
            found = re.match(r"frame (\d+) of (\d+)", desk.name_of(node))
            if found:
                return tuple(map(int, found.groups()))
        return None

    def count(self):
        node = self.find(role="label", root=self.kept("Clips shown", "filler"),
                         name=lambda n: re.fullmatch(r"[\d.,]+( of [\d.,]+)? clips?", n))
        return int(re.sub(r"\D", "", desk.name_of(node).split(" ")[0])) if node else None

    def run_names(self):
        rows = self.kept("Runs", "list")
        return [desk.name_of(n) for n in self.find_all(role="list item", root=rows)] if rows else []

    def work(self):
        """The words of the background work in the header bar."""
        pill = self.kept("Background work", "filler")
        label = self.find(role="label", root=pill) if pill else None
        return name_of_visible(label, pill)

    def shows(self, view):
        self.action("view", f"<'{view}'>")
        desk.wait_for(lambda: f"'{view}'" in self.action_state("view"), what=f"the view {view}")

    def press(self, name):
        self.click(self.await_node(name, "push button"))


def name_of_visible(node, container):
    return desk.name_of(node) if node and "visible" in desk.states(container) else ""


def evaluate(data, run, *options):
    out = subprocess.run([CLI, "evaluate", "--metadata", os.path.join(data, "train_metadata.csv"),
                          "--predictions", run, "--format", "json", *options],
                         capture_output=True, text=True, check=True).stdout
    return json.loads(out)


def agree(shown, reference):
    """Three decimals on screen against the full figures."""
    mean = reference["mean"]
    expected = [mean["acc_presence"], mean["acc_salience"], mean["score"]]
    return shown is not None and all(abs(a - b) <= 0.0005 + 1e-9 for a, b in zip(shown, expected))


def runs_folder(data):
    folder = os.path.join(data, "runs")
    return folder, sorted(os.listdir(folder)) if os.path.isdir(folder) else []


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


def thresholds(w, data):
    folder, runs = runs_folder(data)
    run = os.path.join(folder, runs[-1])
    holds("the fold table equals the command line's, tuned officially",
          agree(w.figures(), evaluate(data, run, "--tune", "official")))
    before = w.figures()
    w.set_value(w.await_node("Alpha", "slider"), 0.3)
    desk.wait_for(lambda: w.figures() != before, what="other figures after alpha moved")
    alpha = w.value(w.find("Alpha", "slider"))
    beta = w.value(w.find("Beta", "slider"))
    holds("after alpha moved it equals the command line's at that pair",
          agree(w.figures(), evaluate(data, run, "--alpha", repr(alpha), "--beta", repr(beta))))
    w.press("Undo the change of thresholds")
    holds("undo brings the figures back",
          desk.wait_for(lambda: w.figures() == before, what="the earlier figures"))


def confusion(w):
    w.shows("confusion")
    chart = w.await_node("Confusion matrix", "image")
    desk.wait_for(lambda: w.extents(chart).width > 100, what="the matrix to be laid out")
    w.mouse_click(chart, 0.5, 0.5)
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
    cell = w.await_node(role="table cell", name=lambda n: n.startswith(text))
    w.mouse_click(cell)


def training(w, data):
    folder, runs_before = runs_folder(data)
    w.shows("runs")
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
    w.shows("runs")
    desk.wait_for(lambda: len(runs_folder(data)[1]) > len(runs_before), 300, "the training")
    desk.wait_for(lambda: len(w.run_names()) == len(runs_before) + 1, what="the run in the list")
    w.shows("thresholds")
    new = sorted(set(runs_folder(data)[1]) - set(runs_before))[0]
    reference = evaluate(data, os.path.join(folder, new), "--tune", "official")
    holds("the trained run's fold table equals the command line's",
          desk.wait_for(lambda: agree(w.figures(), reference), 60, "equal figures"))


def cancelling(w, data):
    n = len(runs_folder(data)[1])
    w.shows("runs")
    w.set_value(w.await_node(role="spin button", name=lambda n: n.endswith("Epochs")), 4000)
    w.click(w.await_node(role="push button", name=lambda n: n.endswith("Train")))
    desk.wait_for(lambda: w.work().startswith("Training"), what="the training to begin")
    w.press("Cancel the background work")
    desk.wait_for(lambda: not w.work().startswith("Training"), what="the training to stop")
    holds("a cancelled training leaves no run",
          len(runs_folder(data)[1]) == n and len(w.run_names()) == n)


def main():
    with tempfile.TemporaryFile("w+") as said:
        data = os.path.join(os.environ["XDG_DATA_HOME"], "blendscope", "demo-corpus")
        env = {"BLENDSCOPE_AUDIO_SINK": "fakesink sync=true", "G_DEBUG": "gc-friendly"}
        window = Window([PROGRAM], env, stderr=said)
        try:
            first_start(window)
            playing(window)
            thresholds(window, data)
            confusion(window)
            training(window, data)
            cancelling(window, data)
            holds("the program ends by itself", window.close() == 0)
        except BaseException:
            window.process.kill()
            raise
        finally:
            said.seek(0)
            for line in said:
                print("#", line.rstrip())
        said.seek(0)
        holds("nothing was warned of", not re.search(r"(CRITICAL|WARNING) \*\*", said.read()))
    print(f"1..{n_done}")


main()
