#!/bin/bash
# SPDX-License-Identifier: MIT
# run-all.sh [RUNS] [TARGET...]: RUNS inputs to each reader under libFuzzer, ASan and UBSan. Starts
# from the seed corpora; what it learns is kept in the build folder for the next time. Fails on
# the first finding and says where the input lies.
set -eu
cd "$(dirname "$0")/../.."
export PATH="/usr/bin:$PATH"
runs=${1:-10000000}
[ $# -gt 0 ] && shift
build=${BLENDSCOPE_BUILD:-build}-fuzz
all='csv npy npz json metadata safetensors'
declare -A max_len=([csv]=512 [npy]=512 [npz]=1024 [json]=512 [metadata]=512 [safetensors]=512)

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { [ -f "$build/build.ninja" ] || CC=clang meson setup "$build" -Dfuzz=true \
  -Db_sanitize=address,undefined -Db_lundef=false; } >"$log" 2>&1 ||
  ! ninja -C "$build" fuzzers >>"$log" 2>&1; then
  cat "$log"
  exit 1
fi

# GLib's criticals are findings. Sizes that a file claims are tried, and may be refused.
export G_DEBUG=gc-friendly,fatal-criticals
export ASAN_OPTIONS=allocator_may_return_null=1:quarantine_size_mb=16
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1

for target in ${*:-$all}; do
  corpus=$build/corpus/$target
  mkdir -p "$corpus" "$build/findings"
  started=$SECONDS
  if ! "$build/tests/fuzz/fuzz-$target" -runs="$runs" -max_len="${max_len[$target]}" \
    -rss_limit_mb=4096 -timeout=20 -print_final_stats=1 \
    -artifact_prefix="$build/findings/$target-" "$corpus" "tests/fuzz/corpus/$target" \
    >"$log" 2>&1; then
    tail -n 60 "$log"
    echo "$target: a finding; the input lies in $build/findings"
    exit 1
  fi
  done_runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  echo "$target: $done_runs runs, no finding, $((SECONDS - started)) s"
  [ "$done_runs" -ge "$runs" ] || exit 1
done
