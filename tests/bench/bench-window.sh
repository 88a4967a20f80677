#!/bin/bash
# SPDX-License-Identifier: MIT
# The window's speeds, on a demo corpus with a run of vectors and a newer one of sequences.
set -eu
build=${BLENDSCOPE_BUILD:-build}
corpus=$PWD/$build/bench-corpus
if [ ! -d "$corpus/runs/first" ]; then
  rm -rf "$corpus"
  "$build/app/blendscope-cli" demo "$corpus" 2>/dev/null
  mkdir "$corpus/runs"
  "$build/app/blendscope-cli" train "$corpus" --model mlp-512 --encoders ImageBind,WavLM_large \
    --epochs 20 --set lr=5e-4 --out "$corpus/runs/first" >/dev/null 2>&1
fi
if [ ! -d "$corpus/runs/second" ]; then
  "$build/app/blendscope-cli" train "$corpus" --model attention --encoders \
    ImageBind,WavLM_large,HiCMAE,VideoMAEv2,HuBERT_large --epochs 1 --folds 0 \
    --out "$corpus/runs/second" >/dev/null 2>&1
fi
export GSETTINGS_SCHEMA_DIR=$PWD/$build/app/desktop BLENDSCOPE_AUDIO_SINK='fakesink sync=true'
tests/tools/with-display.sh -s 1280x800 "$build/tests/bench/window-slider" "$corpus" 2>/dev/null
tests/tools/with-display.sh -s 1280x800 "$build/tests/bench/window-list" 2>/dev/null
tests/tools/with-display.sh -s 1280x800 "$build/tests/bench/window-playback" 2>/dev/null
tests/tools/with-display.sh -s 1280x800 "$build/tests/bench/window-training" "$corpus" 2>/dev/null
