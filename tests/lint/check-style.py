# SPDX-License-Identifier: MIT
"""Fails on files above 800 lines, functions above 80, lines above 100 columns, marks of unfinished
work, places of one
machine, formatting that .clang-format would change, and public functions without gtk-doc."""
import os
import re
import shutil
import subprocess
import sys

ROOT = os.environ.get("BLENDSCOPE_SOURCE", os.path.join(os.path.dirname(__file__), "..", ".."))
MARKS = re.compile(r"\b(" + "TO" + "DO|FIX" + "ME|X" + "XX|HA" + r"CK)\b")
PLACES = re.compile(r"/(?:home|root|work|tmp/wt)/")
SKIP = ("check-style.py",)


def tracked():
    out = subprocess.run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"],
                         capture_output=True, text=True, check=True).stdout
    return [f for f in out.split("\n") if f and os.path.exists(os.path.join(ROOT, f))]


def long_functions(path, lines):
    start = None
    for i, line in enumerate(lines):
        if line == "{":
            start = i
        elif line == "}" and start is not None:
            if i - start - 1 > 80:
                yield f"{path}:{start + 1}: a function of {i - start - 1} lines"
            start = None


def wide_lines(path, lines):
    """Comments too, which clang-format leaves as they are; addresses excepted."""
    for i, line in enumerate(lines):
        if len(line) > 100 and "://" not in line:
            yield f"{path}:{i + 1}: {len(line)} columns"


def undocumented(path, text):
    """Public functions, by their definition in a .c of the libraries, need a gtk-doc block."""
    for match in re.finditer(r"^(?!static)[A-Za-z][\w \*]*\n(bs_\w+) \(", text, re.M):
        if f"/**\n * {match.group(1)}:" not in text:
            yield f"{path}: {match.group(1)}() has no gtk-doc comment"


def check(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as f:
        text = f.read()
    lines = text.split("\n")
    if path.endswith(SKIP):
        return
    code = path.endswith((".c", ".h", ".py", ".sh", ".ui", ".build")) or path == "dev"
    if code and MARKS.search(text):
        yield f"{path}: a mark of unfinished work"
    if code and PLACES.search(text):
        yield f"{path}: names a place on one machine"
    if path.endswith((".c", ".h")):
        if len(lines) > 800:
            yield f"{path}: {len(lines)} lines"
        yield from long_functions(path, lines)
        yield from wide_lines(path, lines)
        if path.endswith(".c") and path.split("/")[0] in ("data", "model", "viz", "ui"):
            yield from undocumented(path, text)


def formatting(paths):
    tool = shutil.which("clang-format")
    if not tool:
        print("skipped formatting: clang-format is not installed")
        return
    sources = [os.path.join(ROOT, p) for p in paths if p.endswith((".c", ".h"))]
    run = subprocess.run([tool, "--dry-run", "-Werror", *sources], capture_output=True, text=True)
    wrong = {line.split(":")[0] for line in run.stderr.split("\n") if ": error:" in line}
    if run.returncode and not wrong:
        yield run.stderr.strip()
    for path in sorted(wrong):
        yield f"{os.path.relpath(path, ROOT)}: not as .clang-format has it; ./dev format mends it"


def main():
    paths = tracked()
    found = [row for path in paths for row in check(path)] + list(formatting(paths))
    print("\n".join(found) if found else f"{len(paths)} files in order")
    return 1 if found else 0


sys.exit(main())
