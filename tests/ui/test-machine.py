# SPDX-License-Identifier: MIT
"""test-machine.py PROGRAM

The window on a machine with faults: a disk that is full while clips are drawn, another process
that writes the same corpus, a corpus whose folder goes away, a signal. Prints TAP."""
import os
import shutil
import signal
import sys
import tempfile

sys.path.insert(0, os.path.dirname(__file__))
import desk  # noqa: E402

PROGRAM = sys.argv[1]
# No file beyond 100 kB, which stands for a full disk: features are smaller, clips are not.
FULL = ["sh", "-c", 'trap "" XFSZ; ulimit -f 200; exec "$0" "$@"', PROGRAM]
n_done = 0


def holds(what, value):
    global n_done
    n_done += 1
    print(f"{'ok' if value else 'not ok'} {n_done} - {what}", flush=True)
    if not value:
        raise AssertionError(what)


def says(window, words):
    return window.find(name=lambda name: words in name)


def ends(window, how):
    """The exit status, once the program was asked to end; 60 s are for the broken case alone."""
    how()
    return window.process.wait(60)


def full_disk(home):
    window = desk.Desk(FULL, {"XDG_DATA_HOME": home})
    desk.wait_for(lambda: says(window, "cannot be encoded"), 120, "the clip that cannot be drawn")
    holds("a clip that finds no room on the disk says so", True)
    holds("the program can be quit although the disk is full", window.close() == 0)


def second_window(home):
    first = desk.Desk([PROGRAM], {"XDG_DATA_HOME": home})
    corpus = os.path.join(home, "blendscope", "demo-corpus")
    owner = os.path.join(corpus, ".blendscope-owner")
    desk.wait_for(lambda: os.path.exists(owner), 120, "the first window to write")
    with open(owner, encoding="utf-8") as lines:
        who = lines.read().split("\n")
    holds("a corpus that is written says by whom", who[1] == str(first.process.pid))
    shutil.rmtree(corpus)
    desk.wait_for(lambda: says(first, corpus), 60, "what writes there to notice")
    status = ends(first, lambda: first.process.send_signal(signal.SIGHUP))
    holds("a hang-up ends the program as a quitting does", status == 0)
    clips = os.path.join(corpus, "train_videos")
    holds("a corpus that was deleted is not made again", not os.path.exists(clips))


def main():
    for part in (full_disk, second_window):
        home = tempfile.mkdtemp(prefix="blendscope-machine-")
        try:
            part(home)
        finally:
            shutil.rmtree(home, ignore_errors=True)
    print(f"1..{n_done}", flush=True)


main()
