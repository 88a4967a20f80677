# SPDX-License-Identifier: MIT
"""screenshots.py PROGRAM CORPUS OUT_DIR light|dark WIDTHxHEIGHT

One picture of each view at one size in one colour scheme."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "ui"))
import desk  # noqa: E402

VIEWS = ("thresholds", "confusion", "projection", "actors", "runs", "corpus")


def main():
    program, corpus, out, scheme, size = sys.argv[1:]
    width, height = size.split("x")
    env = {"BLENDSCOPE_AUDIO_SINK": "fakesink sync=true"}
    blendscope = desk.Desk([program, corpus], env)
    try:
        window = desk.xdo("search", "--onlyvisible", "--pid", blendscope.process.pid).split()[-1]
        desk.xdo("windowmove", window, 0, 0)
        desk.xdo("windowsize", window, width, height)
        blendscope.await_node(name=lambda n: "run “" in n, seconds=120)
        blendscope.await_node(name=lambda n: n.startswith("Frame ") or "frame " in n, seconds=60)
        for view in VIEWS:
            if f"'{view}'" not in blendscope.views():
                continue
            blendscope.action("view", f"<'{view}'>")
            blendscope.settle()
            blendscope.screenshot(os.path.join(out, f"{view}-{scheme}-{width}.png"))
    finally:
        blendscope.close()


main()
