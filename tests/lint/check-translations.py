# SPDX-License-Identifier: MIT
"""Fails where a file with visible strings is missing from po/POTFILES.in, where that names a file
that is not there, or where a translation has gaps, doubts or broken formats."""
import os
import re
import shutil
import subprocess
import sys

ROOT = os.environ.get("BLENDSCOPE_SOURCE", os.path.join(os.path.dirname(__file__), "..", ".."))
VISIBLE = re.compile(r'\b(?:_|N_|C_|ngettext) \("|translatable="(?:yes|true)"')
TOPS = ("app", "data", "model", "ui", "viz")


def listed():
    with open(os.path.join(ROOT, "po", "POTFILES.in"), encoding="utf-8") as f:
        return [line.strip() for line in f if line.strip() and not line.startswith("#")]


def with_strings():
    for top in TOPS:
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            for name in names:
                path = os.path.join(folder, name)
                if name.endswith((".c", ".ui")):
                    with open(path, encoding="utf-8") as f:
                        if VISIBLE.search(f.read()):
                            yield os.path.relpath(path, ROOT)


def gaps(language, pot):
    """What msgmerge and msgfmt have to say of a translation against the strings of today."""
    po = os.path.join(ROOT, "po", language + ".po")
    merged = subprocess.run(["msgmerge", "-q", "-o", "-", po, pot], capture_output=True, check=True)
    run = subprocess.run(["msgfmt", "--check-format", "--statistics", "-o", os.devnull, "-"],
                         input=merged.stdout, capture_output=True, env={**os.environ, "LC_ALL": "C"})
    said = run.stderr.decode().strip()
    if run.returncode or "fuzzy" in said or "untranslated" in said:
        yield f"po/{language}.po: {said}"


def template(files):
    """The strings of today, as `meson compile blendscope-pot` collects them."""
    pot = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"blendscope-{os.getpid()}.pot")
    code = [f for f in files if f.endswith((".c", ".ui", ".in"))]
    subprocess.run(["xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_",
                    "--keyword=C_:1c,2", "--keyword=ngettext:1,2", "--add-comments=Translators",
                    "-o", pot, *code], cwd=ROOT, capture_output=True, check=True)
    return pot


def main():
    files = listed()
    found = [f"po/POTFILES.in: {f} is missing" for f in with_strings() if f not in files]
    found += [f"po/POTFILES.in: {f} is not there" for f in files
              if not os.path.exists(os.path.join(ROOT, f))]
    if files != sorted(files):
        found.append("po/POTFILES.in: not in order")
    with open(os.path.join(ROOT, "po", "LINGUAS"), encoding="utf-8") as f:
        languages = f.read().split()
    if languages and not found:
        if not shutil.which("msgmerge"):
            sys.exit("gettext is not installed")
        pot = template(files)
        found += [row for language in languages for row in gaps(language, pot)]
        os.unlink(pot)
    print("\n".join(found) if found else f"{len(files)} files, translations complete: {languages}")
    return 1 if found else 0


sys.exit(main())
