# SPDX-License-Identifier: MIT
"""screenshots.py PROGRAM CORPUS OUT_DIR light|dark WIDTHxHEIGHT

One picture of each view in one colour scheme; of the first two where the window is large."""
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "ui"))
import desk  # noqa: E402

VIEWS = ("thresholds", "confusion", "projection", "actors", "models", "corpus")


def still(blendscope, seconds=20):
    """Waits until two pictures in a row are the same, as they are once nothing moves any more."""
    before = None
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = blendscope.pixels()
        if now == before:
            return
        before = now
        time.sleep(0.4)


def rest(blendscope):
    """Ends the drawing of clips, whose percentage would make each picture another one."""
    blendscope.click(blendscope.find("Cancel the background work", "push button", where=desk.acts))


def main():
    program, corpus, out, scheme, size = sys.argv[1:]
    width, height = size.split("x")
    env = {"BLENDSCOPE_AUDIO_SINK": "fakesink sync=true"}
    blendscope = desk.Desk([program, corpus], env)
    try:
        window = blendscope.window_id()
        desk.xdo("windowmove", window, 0, 0)
        desk.xdo("windowsize", window, width, height)
        blendscope.await_node("mean", "label", seconds=240)
        blendscope.await_node(role="label", seconds=120,
                              name=lambda n: re.match(r"frame \d+ of [1-9]", n))
        desk.wait_for(lambda: blendscope.find("Play", "push button"), what="the clip's end")
        blendscope.action("seek-start")
        for _ in range(4):
            blendscope.action("step-forward-10")
        rest(blendscope)
        for view in VIEWS if size.startswith("1280") else VIEWS[:2]:
            action = "page" if view == "models" else "view"
            blendscope.action(action, f"<'{view}'>")
            desk.wait_for(lambda: f"'{view}'" in blendscope.action_state(action))
            still(blendscope)
            blendscope.screenshot(os.path.join(out, f"{view}-{scheme}-{width}.png"))
    finally:
        blendscope.process.kill()


main()
