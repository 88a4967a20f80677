# SPDX-License-Identifier: MIT
"""Drives a program from outside: the accessibility bus where there is a widget, a synthetic
pointer and keyboard where something is drawn, and actions over D-Bus. Nothing here sleeps for
the program: every step waits for a condition.

To be run inside with-display.sh, by the system's python3 (it has gi)."""
import os
import struct
import subprocess
import sys
import time
import warnings

warnings.filterwarnings("ignore", category=DeprecationWarning)
import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# The bus' own limit of 0.8 s is for people; a busy machine may take longer.
Atspi.set_timeout(30000, 30000)
APP_ID = "org.blendscope.Blendscope"


def wait_for(condition, seconds=60, what="a condition"):
    """The first true value of condition(); the time is a limit for the broken case alone."""
    end = time.monotonic() + seconds
    while True:
        try:
            value = condition()
        except GLib.Error:
            value = None  # a widget went away between two questions
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(0.04)


def nodes(root):
    stack = [root]
    while stack:
        node = stack.pop()
        if node is None:
            continue
        yield node
        try:
            count = node.get_child_count()
            children = [node.get_child_at_index(i) for i in range(count)]
        except GLib.Error:
            continue
        stack.extend(reversed(children))


def name_of(node):
    try:
        return node.get_name() or ""
    except GLib.Error:
        return ""


def role_of(node):
    try:
        return node.get_role_name()
    except GLib.Error:
        return ""


def states(node):
    return {s.value_nick for s in node.get_state_set().get_states()}


def acts(node):
    """Whether it can be clicked: of a menu button's two nested nodes only the inner one can."""
    iface = node.get_action_iface()
    return iface is not None and Atspi.Action.get_n_actions(iface) > 0


class Desk:
    """One running Blendscope."""

    def __init__(self, command, env=None, stderr=None):
        self.process = subprocess.Popen(command, env={**os.environ, **(env or {})}, stderr=stderr)
        self._kept = {}
        self.app = wait_for(self._find_app, 60, "the program on the accessibility bus")
        self.window = wait_for(lambda: self.find(role="frame", root=self.app), 60, "its window")

    def _find_app(self):
        if self.process.poll() is not None:
            sys.exit(f"the program ended with {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app is not None and app.get_process_id() == self.process.pid:
                return app
        return None

    # what is there

    def find_all(self, name=None, role=None, root=None, where=None):
        for node in nodes(root or self.app):
            if role is not None and role_of(node) != role:
                continue
            if name is not None and not (name(name_of(node)) if callable(name)
                                         else name_of(node) == name):
                continue
            if where is None or where(node):
                yield node

    def find(self, name=None, role=None, root=None, where=None):
        return next(self.find_all(name, role, root, where), None)

    def kept(self, name, role):
        """find(), remembered while the widget lives: a walk over everything is slow, and what is
        waited for may be over by its end."""
        node = self._kept.get((name, role))
        if node is None or name_of(node) != name:
            node = self._kept[name, role] = self.find(name, role)
        return node

    def await_node(self, name=None, role=None, root=None, where=None, seconds=60):
        return wait_for(lambda: self.find(name, role, root, where), seconds,
                        f"{role or 'a widget'} named {name!r}")

    def names(self, root=None):
        return [name_of(node) for node in nodes(root or self.app) if name_of(node)]

    # what is done

    def click(self, node, action=0):
        Atspi.Action.do_action(node.get_action_iface(), action)

    def set_value(self, node, value):
        Atspi.Value.set_current_value(node.get_value_iface(), value)

    def value(self, node):
        return Atspi.Value.get_current_value(node.get_value_iface())

    def set_text(self, node, text):
        Atspi.EditableText.set_text_contents(node.get_editable_text_iface(), text)

    def extents(self, node):
        return Atspi.Component.get_extents(node.get_component_iface(), Atspi.CoordType.WINDOW)

    def _geometry(self):
        """The main window's: the largest, as tooltips and popovers are windows too."""
        places = wait_for(self._places, 10, "the window's place")
        return max(places, key=lambda place: int(place["WIDTH"]) * int(place["HEIGHT"]))

    def _places(self):
        """None where a window, as a tooltip, went away while they were looked through."""
        places = []
        try:
            for window in xdo("search", "--onlyvisible", "--pid", self.process.pid).split():
                rows = xdo("getwindowgeometry", "--shell", window).splitlines()
                places.append(dict(row.split("=") for row in rows if "=" in row))
        except subprocess.CalledProcessError:
            return None
        return places

    def origin(self):
        place = self._geometry()
        return int(place["X"]), int(place["Y"])

    def point(self, node, fx=0.5, fy=0.5):
        box, (x, y) = self.extents(node), self.origin()
        return x + box.x + int(box.width * fx), y + box.y + int(box.height * fy)

    def mouse_move(self, node, fx=0.5, fy=0.5):
        xdo("mousemove", *self.point(node, fx, fy))

    def mouse_away(self):
        """To the middle of the header bar, where nothing is under the pointer."""
        x, y = self.origin()
        xdo("mousemove", x + 320, y + 24)

    def mouse_click(self, node, fx=0.5, fy=0.5, count=1):
        self.mouse_move(node, fx, fy)
        xdo("click", "--repeat", count, "--delay", 80, 1)

    def mouse_wheel(self, down):
        """Where the pointer is; less than 0 is up."""
        xdo("click", "--repeat", abs(down), 5 if down > 0 else 4)

    def mouse_drag(self, node, *places, held=None, steps=8):
        """From place to place, shares of the node's width and height."""
        points = [self.point(node, *place) for place in places]
        if held:
            xdo("keydown", held)
        xdo("mousemove", *points[0], "mousedown", 1)
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            for i in range(1, steps + 1):
                xdo("mousemove", x0 + (x1 - x0) * i // steps, y0 + (y1 - y0) * i // steps)
        xdo("mouseup", 1)
        if held:
            xdo("keyup", held)

    def key(self, *keys):
        xdo("key", "--clearmodifiers", *keys)

    def type(self, text):
        xdo("type", "--clearmodifiers", text)

    # actions

    def _gdbus(self, method, *args):
        path = "/" + APP_ID.replace(".", "/") + "/window/1"
        return subprocess.run(["gdbus", "call", "--session", "--dest", APP_ID, "--object-path", path,
                               "--method", "org.gtk.Actions." + method, *args],
                              capture_output=True, text=True, check=True).stdout.strip()

    def action(self, name, *parameters):
        self._gdbus("Activate", name, "[" + ",".join(parameters) + "]", "{}")

    def action_state(self, name):
        return self._gdbus("Describe", name)

    def window_id(self):
        return self._geometry()["WINDOW"]

    def _dump(self):
        return subprocess.run(["xwd", "-silent", "-id", self.window_id()], capture_output=True,
                              check=True).stdout

    def pixels(self, node=None):
        """What is seen of a widget, or of the whole window, to be compared."""
        dump, box = self._dump(), self.extents(node or self.window)
        header = struct.unpack(">25I", dump[:100])
        start, stride, n_colors = header[0], header[12], header[19]
        start += 12 * n_colors
        rows = (start + stride * y for y in range(box.y, box.y + box.height))
        return b"".join(dump[row + 4 * box.x:row + 4 * (box.x + box.width)] for row in rows)

    def still(self, node):
        """What is seen of a widget, if it is the same twice."""
        first = self.pixels(node)
        return first if self.pixels(node) == first else None

    def screenshot(self, path):
        subprocess.run(["convert", "xwd:-", "-strip", path], input=self._dump(), check=True)

    def close(self):
        if self.process.poll() is None:
            self._gdbus_quit()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise
        return self.process.returncode

    def _gdbus_quit(self):
        subprocess.run(["gdbus", "call", "--session", "--dest", APP_ID, "--object-path",
                        "/" + APP_ID.replace(".", "/"), "--method", "org.gtk.Actions.Activate",
                        "quit", "[]", "{}"], capture_output=True, check=False)


def xdo(*args):
    return subprocess.run(["xdotool", *map(str, args)], capture_output=True, text=True,
                          check=True).stdout.strip()
