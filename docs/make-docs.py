# SPDX-License-Identifier: MIT
"""Writes docs/cli.md, the man pages, and the settings in docs/models.md from what the programs say.

    docs/make-docs.py CLI WINDOW [--check]

CLI is blendscope-cli, WINDOW is blendscope. With --check nothing is written: fails where a file is
not what would be written.
"""
import os
import re
import subprocess
import sys

DOCS = os.path.dirname(os.path.abspath(__file__))
SETTINGS = "<!-- settings: blendscope-cli settings --format markdown -->\n", "<!-- end of settings -->"
ENV = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}


def ask(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True, env=ENV).stdout


def commands(cli):
    """(name, summary, usage) of each command, in the order of --help."""
    lines = ask(cli, "--help").split("\n")
    for line, usage in zip(lines, lines[1:]):
        match = re.match(r"  (\S+) +(\S.*)$", line)
        if match and usage.strip().startswith("blendscope-cli " + match.group(1)):
            yield match.group(1), match.group(2), usage.strip()


def options(help_text):
    """(option, argument, what it does) of a command, but for --help."""
    for line in help_text.split("\n"):
        match = re.match(r"  (?:-\w, )?--([\w-]+)(?:=(\S+))? {2,}(\S.*)$", line)
        if match and not match.group(1).startswith("help"):
            yield "--" + match.group(1), match.group(2) or "", match.group(3)


def cell_row(*cells):
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def markdown(cli):
    out = ["# The command line", "",
           "`blendscope-cli` does what the window does to data, without a display; `./dev cli …` builds and",
           "runs it. This page is made from the program's own help by `./dev docs`.", "",
           "`P` is a predictions file (CSV with `filename`, optional `fold`, and `ang,disg,fea,hap,sad,neu`; NPZ;",
           "the challenge's JSON) or a run's folder. Numbers are printed so that they read back to the same",
           "double. Exit status 0: done; 1: the work failed, one line on stderr says why; 2: wrong usage."]
    for name, summary, usage in commands(cli):
        out += ["", f"## {name}", "", summary[0].upper() + summary[1:] + ".", "", "```", usage, "```"]
        rows = list(options(ask(cli, name, "--help")))
        if rows:
            out += ["", "| option | what it does |", "|---|---|"]
            out += [cell_row(f"`{o}={a}`" if a else f"`{o}`", text) for o, a, text in rows]
    return "\n".join(out) + "\n"


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in (".", "'") else text


def man_head(name, what, version):
    return [f'.TH {name.upper()} 1 "" "Blendscope {version}" "User Commands"', ".SH NAME",
            f"{roff(name)} \\- {what}", ".SH SYNOPSIS"]


def man_options(rows):
    for option, argument, text in rows:
        yield ".TP"
        yield f"\\fB{roff(option)}\\fR" + (f"=\\fI{roff(argument)}\\fR" if argument else "")
        yield roff(text)


def man_cli(cli):
    version = ask(cli, "--version").split()[-1]
    out = man_head("blendscope-cli", "look at blended emotions without a display", version)
    out += [".B blendscope\\-cli", "\\fICOMMAND\\fR [\\fIARGUMENT\\fR ...]", ".SH COMMANDS"]
    for name, summary, usage in commands(cli):
        out += [f".SS {roff(name)}", roff(summary[0].upper() + summary[1:] + "."), ".PP", ".nf", roff(usage), ".fi"]
        out += man_options(options(ask(cli, name, "--help")))
    out += [".SH EXIT STATUS", "0: done; 1: the work failed; 2: wrong usage.", ".SH SEE ALSO",
            ".BR blendscope (1)"]
    return "\n".join(out) + "\n"


def man_window(cli, window):
    version = ask(cli, "--version").split()[-1]
    out = man_head("blendscope", "a workstation for looking at blended emotions", version)
    out += [".B blendscope", "[\\fIFOLDER\\fR]", ".SH DESCRIPTION",
            "Opens a corpus in the layout of the BlEmoRe release. Where no folder is given, the corpus opened",
            "last is opened again, or a synthetic demo corpus is made."]
    rows = list(man_options(options(ask(window, "--help"))))
    out += [".SH OPTIONS", *rows] if rows else []
    out += [".SH SEE ALSO", ".BR blendscope\\-cli (1)"]
    return "\n".join(out) + "\n"


def models(cli):
    with open(os.path.join(DOCS, "models.md"), encoding="utf-8") as f:
        text = f.read()
    begin, end = text.index(SETTINGS[0]) + len(SETTINGS[0]), text.index(SETTINGS[1])
    return text[:begin] + ask(cli, "settings", "--format", "markdown") + text[end:]


def main():
    words = [w for w in sys.argv[1:] if w != "--check"]
    if len(words) != 2:
        sys.exit(__doc__)
    cli, window = words
    pages = {"cli.md": markdown(cli), "man/blendscope-cli.1": man_cli(cli),
             "man/blendscope.1": man_window(cli, window), "models.md": models(cli)}
    stale = []
    for name, text in pages.items():
        path = os.path.join(DOCS, name)
        with open(path, encoding="utf-8") if os.path.exists(path) else open(os.devnull) as f:
            if f.read() == text:
                continue
        stale.append(name)
        if "--check" not in sys.argv:
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
    if "--check" in sys.argv and stale:
        print("not what the programs say, ./dev docs mends it: " + ", ".join(stale))
        return 1
    print(f"{len(pages)} pages, {len(stale)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
