#!/bin/bash
# SPDX-License-Identifier: MIT
# Every measurement: the programs bench-* of the build, then the scripts bench-*.py and bench-*.sh
# of this folder. With words, only those whose name holds one of them.
set -u
cd "$(dirname "$0")/../.."
export PATH="/usr/bin:$PATH"
build=${BLENDSCOPE_BUILD:-build}
export BLENDSCOPE_CLI=${BLENDSCOPE_CLI:-$PWD/$build/app/blendscope-cli}
export BLENDSCOPE_SOURCE=$PWD
if [ -n "${BLENDSCOPE_REFERENCE:-}" ]; then
  BLENDSCOPE_REFERENCE=$(cd "$BLENDSCOPE_REFERENCE" && pwd) || exit 1
  export BLENDSCOPE_REFERENCE
fi

wanted() {
  local name=$1 word
  shift
  [ $# = 0 ] && return 0
  for word in "$@"; do
    case $name in *"$word"*) return 0 ;; esac
  done
  return 1
}

failed=0
for bench in "$build"/tests/bench/bench-* tests/bench/bench-*.py tests/bench/bench-*.sh; do
  [ -f "$bench" ] || continue
  wanted "$(basename "$bench")" "$@" || continue
  echo "== $(basename "$bench")"
  case $bench in
    *.py) python3 "$bench" ;;
    *.sh) bash "$bench" ;;
    *) "$bench" ;;
  esac || failed=1
done
exit $failed
