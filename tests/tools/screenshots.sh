#!/bin/sh
# SPDX-License-Identifier: MIT
# screenshots.sh OUT_DIR: the pictures of the README, from the program as it is.
set -eu
cd "$(dirname "$0")/../.."
build=${BLENDSCOPE_BUILD:-build}
out=$1
corpus=$PWD/$build/demo-corpus
mkdir -p "$out"
[ -f "$corpus/train_metadata.csv" ] || "$build/app/blendscope-cli" demo "$corpus"
for scheme in light dark; do
  for size in 1280x800 1920x1080; do
    ADW_DEBUG_COLOR_SCHEME=prefer-$scheme tests/tools/with-display.sh -s $size \
      meson devenv -C "$build" /usr/bin/python3 "$PWD/tests/tools/screenshots.py" \
      "$PWD/$build/app/blendscope" "$corpus" "$PWD/$out" "$scheme" "$size"
  done
done
