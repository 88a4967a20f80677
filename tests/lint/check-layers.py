# SPDX-License-Identifier: MIT
"""Fails on an #include that points upward, or on a toolkit where there must be none.

The table is the paragraph "Folders" of DESIGN.md: what each folder may include of the project
and which libraries' headers are its own.
"""
import os
import re
import sys

ROOT = os.environ.get("BLENDSCOPE_SOURCE", os.path.join(os.path.dirname(__file__), "..", ".."))

MAY_INCLUDE = {
    "data/base": {"data/base"},
    "data/demo": {"data/demo", "data", "data/base"},
    "data": {"data", "data/base"},
    "model": {"model", "data", "data/base"},
    "viz": {"viz", "data/base"},
    "ui": {"ui", "viz", "model", "data/demo", "data", "data/base"},
    "app/cli": {"app/cli", "viz", "model", "data/demo", "data", "data/base"},
    "app": {"app", "ui", "viz", "model", "data/demo", "data", "data/base"},
}
LIBRARIES = {
    r"(gtk|gdk|gsk)/|adwaita\.h": {"ui", "app"},
    r"cairo|pango": {"viz", "ui", "app", "data/demo"},
    r"gst/": {"viz", "data/demo", "app", "app/cli"},
    r"cblas|lapacke|openblas": {"model"},
    r"cjson/": {"data", "data/demo", "app", "app/cli", "ui"},
    r"zlib\.h|sqlite3\.h": {"data"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.M)


def folder_of(path):
    for folder in MAY_INCLUDE:
        if path.startswith(folder + "/"):
            return folder
    return None


def check(path, text):
    mine = folder_of(path)
    for name in INCLUDE.findall(text):
        target = folder_of(name)
        if target and target not in MAY_INCLUDE[mine]:
            yield f"{path}: includes {name}, which lies above it"
        for pattern, allowed in LIBRARIES.items():
            if not target and re.match(pattern, name) and mine not in allowed:
                yield f"{path}: includes {name}; only {', '.join(sorted(allowed))} may"


def sources():
    for top in ("data", "model", "viz", "ui", "app"):
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            for name in names:
                if name.endswith((".c", ".h")):
                    yield os.path.relpath(os.path.join(folder, name), ROOT)


def self_test():
    assert list(check("data/x.c", '#include "model/y.h"\n')), "an upward include must be found"
    assert list(check("model/x.c", "#include <gtk/gtk.h>\n")), "a toolkit must be found"
    assert not list(check("ui/x.c", '#include "data/y.h"\n#include <gtk/gtk.h>\n'))


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
