# SPDX-License-Identifier: MIT
"""Fails on an #include that the table of rooms does not allow, on a toolkit where there must be
none, and on a room of more than 20 source files.

DESIGN.md has a paragraph on each room.
"""
import os
import re
import sys

ROOT = os.environ.get("BLENDSCOPE_SOURCE", os.path.join(os.path.dirname(__file__), "..", ".."))

# What a room includes besides itself; what its neighbours include is included too. The rooms of
# ui/ between chart and window are siblings, and so never meet.
MAY_INCLUDE = {
    "data/base": set(),
    "data/format": {"data/base"},
    "data/corpus": {"data/format"},
    "data/run": {"data/corpus"},
    "data/demo/face": {"data/base"},
    "data/demo/voice": {"data/demo/face", "data/corpus"},
    "data/demo/features": {"data/demo/voice"},
    "data/demo": {"data/demo/features", "data/demo/voice", "data/demo/face", "data/run"},
    "model/numeric": {"data/format"},
    "model/decision": {"data/run"},
    "model/fusion": {"model/decision"},
    "model/config": {"model/decision"},
    "model/features": {"model/numeric", "model/config"},
    "model/network": {"model/features"},
    "model/training": {"model/network"},
    "model/inference": {"model/training"},
    "viz/chart": {"data/base"},
    "viz/media": {"data/base"},
    "ui/session": {"model/fusion", "model/inference"},
    "ui/common": {"ui/session", "viz/chart", "viz/media"},
    "ui/chart": {"ui/common"},
    "ui/clips": {"ui/common"},
    "ui/stage": {"ui/chart"},
    "ui/decision": {"ui/common"},
    "ui/analysis": {"ui/chart"},
    "ui/runs": {"ui/chart"},
    "ui/panes": {"ui/common"},
    "ui/window": {"ui/clips", "ui/decision", "ui/stage", "ui/analysis", "ui/runs", "ui/panes"},
    "app/cli/common": {"data/demo", "model/fusion", "model/inference", "viz/chart", "viz/media"},
    "app/cli": {"app/cli/common"},
    "app/demo": {"data/demo", "ui/session"},
    "app": {"ui/window", "app/demo"},
}
WINDOW = ["ui/common", "ui/chart", "ui/clips", "ui/decision", "ui/stage", "ui/analysis", "ui/runs",
          "ui/panes", "ui/window", "app"]
# Which rooms may include a library's headers; a name that ends in "/" is of all rooms below it.
LIBRARIES = {
    r"(gtk|gdk|gsk)/|adwaita\.h": WINDOW,
    r"cairo|pango": [*WINDOW, "viz/", "data/demo", "data/demo/", "app/cli", "app/cli/"],
    r"gst/": ["viz/media", "data/demo", "data/demo/", "app", "app/cli", "app/cli/"],
    r"cblas|lapacke|openblas": ["model/"],
    r"cjson/": ["data/", "app/cli", "app/cli/"],
    r"(zlib|zip)\.h": ["data/format"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.M)


def room_of(path):
    """The room of a project's file, or the library's own name for what is not the project's."""
    folder = os.path.dirname(path)
    return folder if folder in MAY_INCLUDE else None


def reachable(room):
    """A room, what it may include, and whatever those may."""
    found, waiting = set(), [room]
    while waiting:
        room = waiting.pop()
        if room not in found:
            found.add(room)
            waiting += MAY_INCLUDE[room]
    return found


def check(path, text):
    mine = room_of(path)
    if mine is None:
        yield f"{path}: lies in no room of the table"
        return
    for name in INCLUDE.findall(text):
        target = room_of(name)
        if target and target not in reachable(mine):
            yield f"{path}: includes {name}; {mine} may not include {target}"
        for pattern, allowed in LIBRARIES.items():
            if not target and re.match(pattern, name) and not within(mine, allowed):
                yield f"{path}: includes {name}; only {', '.join(sorted(allowed))} may"


def within(room, rooms):
    return any(room == r or (r.endswith("/") and room.startswith(r)) for r in rooms)


def sources():
    for top in ("data", "model", "viz", "ui", "app"):
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            for name in names:
                if name.endswith((".c", ".h")):
                    yield os.path.relpath(os.path.join(folder, name), ROOT)


def files_per_room():
    count = {}
    for path in sources():
        if path.endswith(".c"):
            count[room_of(path)] = count.get(room_of(path), 0) + 1
    return count


def self_test():
    for path, line in (("data/run/x.c", '"model/decision/y.h"'), ("viz/chart/x.c", '"data/run/y.h"'),
                       ("ui/clips/x.c", '"ui/stage/y.h"'), ("ui/session/x.c", '"viz/chart/y.h"'),
                       ("ui/session/x.c", "<gtk/gtk.h>"), ("model/training/x.c", "<gtk/gtk.h>"),
                       ("app/cli/x.c", "<gtk/gtk.h>"), ("data/x.c", "<glib.h>")):
        assert list(check(path, f"#include {line}\n")), f"{path} with {line} must be found"
    assert not list(check("ui/runs/x.c", '#include "data/run/y.h"\n#include <gtk/gtk.h>\n'))
    full = [room for room, n in files_per_room().items() if n > 20]
    assert not full, f"rooms with more than 20 source files: {full}"


def main():
    self_test()
    found, n = [], 0
    for path in sources():
        n += 1
        with open(os.path.join(ROOT, path), encoding="utf-8") as f:
            found += check(path, f.read())
    print("\n".join(found) if found else f"{n} files, no include points upward")
    return 1 if found or n == 0 else 0


sys.exit(main())
