# SPDX-License-Identifier: MIT
"""Fails where a file with visible strings is missing from po/POTFILES.in, where that names a file
that is not there, where a translation has gaps, doubts or broken formats, or where an error is set
in words that nothing translates."""
import os
import re
import shutil
import subprocess
import sys

ROOT = os.environ.get("BLENDSCOPE_SOURCE", os.path.join(os.path.dirname(__file__), "..", ".."))
VISIBLE = re.compile(r'\b(?:_|N_|C_|ngettext) \("|translatable="(?:yes|true)"')
SAYS = re.compile(r"\b\w*(?:set_\w*error\w*|usage_error|prefix(?:ed)?_error|error_new\w*) \(")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
CONVERSION = re.compile(r"%[-+ '#0-9.*]*(?:hh|h|ll|l|z|j|t)?[A-Za-z%]")
TOPS = ("app", "data", "model", "ui", "viz")


def listed():
    with open(os.path.join(ROOT, "po", "POTFILES.in"), encoding="utf-8") as f:
        return [line.strip() for line in f if line.strip() and not line.startswith("#")]


def sources():
    for top in TOPS:
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            for name in names:
                path = os.path.join(folder, name)
                if name.endswith((".c", ".ui")):
                    with open(path, encoding="utf-8") as f:
                        yield os.path.relpath(path, ROOT), f.read()


def said_in_english(path, text):
    """Literals with words that stand by themselves in a call that sets an error. What stands in
    another call's brackets is that one's: _ ("...") has it translated, g_str_equal (...) compares."""
    code = COMMENT.sub(lambda m: "\n" * m.group().count("\n"), text)
    for call in SAYS.finditer(code):
        at, depth = call.end(), 1
        while depth > 0 and at < len(code):
            literal = TEXT.match(code, at)
            if literal and depth == 1 and re.search("[A-Za-z]{2}", CONVERSION.sub("", literal.group())):
                line = code.count("\n", 0, at) + 1
                yield f"{path}:{line}: {literal.group()} is not translated: _ (...)"
            depth += {"(": 1, ")": -1}.get(code[at], 0)
            at = literal.end() if literal else at + 1


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
    texts = dict(sources())
    found = [f"po/POTFILES.in: {path} is missing" for path, text in texts.items()
             if VISIBLE.search(text) and path not in files]
    found += [row for path, text in texts.items() if path.endswith(".c")
              for row in said_in_english(path, text)]
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
