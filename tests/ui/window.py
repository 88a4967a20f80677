# SPDX-License-Identifier: MIT
"""The window's parts as a person names them, and the command line beside it."""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(__file__))
import desk  # noqa: E402

FOLD_COLUMNS = 6
# How far down the left edge nothing is to be clicked, where that is not the top.
EMPTY_CORNERS = {"Projection": 0.97}
n_done = 0


def holds(what, value, said=""):
    """One line of TAP; the first that does not hold ends the test."""
    global n_done
    n_done += 1
    print(f"{'ok' if value else 'not ok'} {n_done} - {what}", flush=True)
    if not value:
        raise AssertionError(f"{what}: {said}")


def number(text):
    """A number on screen, under any locale."""
    return float(text.replace(",", "."))


class Table:
    """A chart's figures in their own window, read row by row."""

    def __init__(self, window, chart):
        self.window, self.chart = window, chart
        menu = window.menu_of(chart)
        window.click(window.find("Export", "push button", menu, desk.acts))
        window.click(window.await_node("Show as Table", "menu item", menu))
        self.frame = desk.wait_for(self._find_frame, what=f"the table of {chart}")
        self.view = window.await_node(chart, "tree table", self.frame)
        self.list = window.await_node(role="list", root=self.view,
                                      where=lambda n: n.get_child_count() > 0)

    def _find_frame(self):
        app = self.window.app
        frames = [app.get_child_at_index(i) for i in range(app.get_child_count())]
        return next((f for f in frames if f and desk.name_of(f) == self.chart), None)

    def headers(self):
        titles = self.view.get_child_at_index(0)
        return [desk.name_of(n) for n in self.window.find_all(role="label", root=titles)]

    def rows(self, start=0, end=None):
        """The texts of the rows that have been made; of a long list those are the first ones."""
        count = self.list.get_child_count()
        rows = (self.list.get_child_at_index(i) for i in range(start, min(end or count, count)))
        return [[desk.name_of(row.get_child_at_index(c).get_child_at_index(0))
                 for c in range(row.get_child_count())] for row in rows]

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.window.click(self.window.find("Close", "push button", self.frame))
        desk.wait_for(lambda: self._find_frame() is None, what=f"the table of {self.chart} to go")


class Window(desk.Desk):
    def __init__(self, *args, **keys):
        super().__init__(*args, **keys)
        self._menus = {}

    # what it says

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
        return [number(n.group(0)) for n in numbers]

    def pair(self):
        """Alpha and beta as the sliders have them."""
        return tuple(self.value(self.kept(name, "slider")) for name in ("Alpha", "Beta"))

    def frame(self):
        """(frame on show, frames of the clip), from 1."""
        playback = self.kept("Playback", "panel")
        for node in self.find_all(role="label", root=playback) if playback else ():
            found = re.match(r"frame (\d+) of (\d+)", desk.name_of(node))
            if found:
                return tuple(map(int, found.groups()))
        return None

    def count(self):
        """Clips that the list shows."""
        node = self.find(role="label", root=self.kept("Clips shown", "panel"),
                         name=lambda n: re.fullmatch(r"[\d.,]+( of [\d.,]+)? clips?", n))
        return int(re.sub(r"\D", "", desk.name_of(node).split(" ")[0])) if node else None

    def first_clip(self):
        """The name of the first clip in the list."""
        row = self.find(role="list item", root=self.kept("Clips", "list"))
        return desk.name_of(row).split(":")[0] if row else None

    def run_names(self):
        rows = self.kept("Runs", "list")
        return [desk.name_of(n) for n in self.find_all(role="list item", root=rows)] if rows else []

    def work(self):
        """The words of the background work in the header bar."""
        pill = self.kept("Background work", "filler")
        label = self.find(role="label", root=pill) if pill else None
        return desk.name_of(label) if label and "visible" in desk.states(pill) else ""

    # what is done

    def shows(self, view):
        """A view, or the page of models."""
        action = "page" if view == "models" else "view"
        self.action(action, f"<'{view}'>")
        desk.wait_for(lambda: f"'{view}'" in self.action_state(action), what=f"the view {view}")

    def press(self, name):
        self.click(self.await_node(name, "push button"))

    def chart(self, name):
        """A drawn chart, laid out."""
        node = desk.wait_for(lambda: self.kept(name, "image"), what=f"the chart {name}")
        desk.wait_for(lambda: self.extents(node).width > 60, what=f"{name} to be laid out")
        return node

    def said(self, name):
        """What a chart tells of what is under the pointer or the cursor: its first words."""
        return self.chart(name).get_description().split("\n")

    def menu_of(self, chart):
        """The button whose relation says that it is for the chart."""
        for menu in () if chart in self._menus else self.find_all("BsChartMenu", "filler"):
            for relation in menu.get_child_at_index(0).get_relation_set():
                self._menus[desk.name_of(relation.get_target(0))] = menu
        return self._menus[chart]

    def choose(self, name, n_down):
        """Takes the n-th entry below the first of a drop-down, by keyboard."""
        box = self.kept(name, "combo box")
        self.click(self.find(role="push button", root=box))
        self.await_node(role="list item", root=box, where=lambda n: "focused" in desk.states(n))
        self.key("Home", *["Down"] * n_down, "Return")

    def keys_to(self, chart, *keys):
        """Keys to a chart that has the focus, or is given it by a click where nothing is drawn: the
        bus of GTK 4.8 cannot."""
        node = self.chart(chart)
        if "focused" not in desk.states(node):
            self.mouse_click(node, 0.03, EMPTY_CORNERS.get(chart, 0.03))
            desk.wait_for(lambda: "focused" in desk.states(node), 10, f"the focus on {chart}")
        self.mouse_away()
        self.key(*keys)

    def at_rest(self):
        if self.find("Pause", "push button"):
            self.press("Pause")
            self.await_node("Play", "push button")


class CommandLine:
    """blendscope-cli on a corpus."""

    def __init__(self, program, data):
        self.program, self.data = program, data
        self.metadata = os.path.join(data, "train_metadata.csv")

    def _run(self, *words):
        done = subprocess.run([self.program, *words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def evaluate(self, run, *options):
        return json.loads(self._run("evaluate", "--metadata", self.metadata, "--predictions", run,
                                    "--format", "json", *options))

    def at_pair(self, run, alpha, beta):
        return self.evaluate(run, "--alpha", repr(alpha), "--beta", repr(beta))

    def _rows(self, *words):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "out.csv")
            self._run(*words, "--out", out)
            with open(out, newline="", encoding="utf-8") as file:
                return list(csv.reader(file))

    def confusion(self, run, n_classes, *options):
        return self._rows("confusion", "--metadata", self.metadata, "--predictions", run,
                          "--classes", str(n_classes), *options)

    def project(self, encoder, *options):
        return self._rows("project", self.data, "--encoder", encoder, *options)

    def clips(self):
        with open(self.metadata, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def runs(self):
        """The runs' folders by age, without what a stopped training has left to be continued."""
        folder = os.path.join(self.data, "runs")
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        names = [name for name in names if not name.endswith(".partial")]
        return [os.path.join(folder, name) for name in names]


def agree(shown, reference):
    """Three decimals on screen against the full figures."""
    mean = reference["mean"]
    expected = [mean["acc_presence"], mean["acc_salience"], mean["score"]]
    return shown is not None and all(abs(a - b) <= 0.0005 + 1e-9 for a, b in zip(shown, expected))
