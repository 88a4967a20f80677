#!/bin/bash
# SPDX-License-Identifier: MIT
# Every test, in stages; each stage is a build and a choice of suites. The last line counts.
# With the word "quick": unit tests and lint of one build, in less than two minutes.
set -u
cd "$(dirname "$0")/.."
export PATH="/usr/bin:$PATH"
prefix=${BLENDSCOPE_BUILD:-build}
passed=0 failed=0 skipped=0

if [ -z "${BLENDSCOPE_REFERENCE:-}" ]; then
  echo "BLENDSCOPE_REFERENCE is not set: THE TESTS AGAINST REAL DATA ARE SKIPPED"
else
  BLENDSCOPE_REFERENCE=$(cd "$BLENDSCOPE_REFERENCE" && pwd) || exit 1
  export BLENDSCOPE_REFERENCE
fi

# build BUILD_DIR "SETUP OPTIONS" TARGETS: everything where no targets are named.
build() {
  # shellcheck disable=SC2086
  { [ -f "$1/build.ninja" ] || meson setup "$1" $2; } && ninja -C "$1" $3
}

# stage NAME BUILD_DIR "SETUP OPTIONS" MESON_TEST_ARGUMENTS...; $targets names what is built, where
# that is not everything.
stage() {
  local name=$1 dir=$2 setup=$3 log
  shift 3
  echo "== $name"
  log=$(mktemp)
  if build "$dir" "$setup" "${targets:-}" >"$log" 2>&1; then
    meson test -C "$dir" --no-rebuild --print-errorlogs "$@" 2>&1 | tee "$log" | grep -v '^ninja:'
    count "$log"
  else
    cat "$log"
    echo "$name did not build"
    failed=$((failed + 1))
  fi
  rm -f "$log"
}

count() {
  local ok fail timeout unexpected skip
  ok=$(sed -n 's/^Ok: *//p' "$1" | tr -d ' ')
  fail=$(sed -n 's/^Fail: *//p' "$1" | tr -d ' ')
  timeout=$(sed -n 's/^Timeout: *//p' "$1" | tr -d ' ')
  unexpected=$(sed -n 's/^Unexpected Pass: *//p' "$1" | tr -d ' ')
  skip=$(sed -n 's/^Skipped: *//p' "$1" | tr -d ' ')
  if [ -z "$ok" ]; then
    echo "the test runner gave no count"
    failed=$((failed + 1))
    return
  fi
  passed=$((passed + ok))
  failed=$((failed + fail + timeout + unexpected))
  skipped=$((skipped + skip))
}

# finish: the last line, and whether all is well.
finish() {
  local line="$passed passed, $failed failed"
  [ "$skipped" = 0 ] || line="$line, $skipped skipped"
  echo "$line"
  [ "$failed" = 0 ]
  exit
}

case ${1:-} in
  '') ;;
  quick)
    stage 'gcc: unit tests and lint' "$prefix" '' --suite unit --suite lint
    finish
    ;;
  *)
    echo "./dev test knows no '$1'; it takes nothing, or quick" >&2
    exit 2
    ;;
esac

sanitizers='-Db_sanitize=address,undefined -Db_lundef=false'
# Without detect_stack_use_after_return: its frames are not aligned for the widest registers.
export ASAN_OPTIONS=allocator_may_return_null=1:fast_unwind_on_malloc=0
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/tests/tools/lsan.supp:print_suppressions=0

# The locale is compiled beside the build, so that nothing of the system is changed.
comma_locale() {
  local folder=$PWD/$prefix/locales
  mkdir -p "$folder"
  [ -d "$folder/de_DE.UTF-8" ] || localedef -i de_DE -f UTF-8 "$folder/de_DE.UTF-8" >/dev/null 2>&1
  LOCPATH=$folder LC_ALL=de_DE.UTF-8 locale decimal_point 2>/dev/null | grep -q ',' && echo "$folder"
}

commas=$(comma_locale)
[ -n "$commas" ] && export LOCPATH=$commas
# Tests of the window wait more than they work: the sanitizers' programs are built meanwhile, behind
# everything else. What goes wrong there is seen when their stages build.
build "$prefix" '' '' >/dev/null 2>&1
(
  renice -n 10 $BASHPID
  CC=clang build "$prefix-asan" "$sanitizers" unit-programs
  build "$prefix-tsan" -Dsanitize_threads=true tsan-programs
) >/dev/null 2>&1 &
LC_ALL=C.UTF-8 stage 'gcc: everything' "$prefix" ''
if [ -n "$commas" ]; then
  LC_ALL=de_DE.UTF-8 LANGUAGE=C stage 'gcc, comma locale: what reads or writes numbers' "$prefix" '' \
    --suite text
else
  echo 'the comma locale could not be made'
  failed=$((failed + 1))
fi
wait
targets=unit-programs CC=clang MALLOC_CHECK_=0 stage 'clang, ASan and UBSan: unit tests' \
  "$prefix-asan" "$sanitizers" --suite unit
targets=tsan-programs stage 'gcc, TSan: model and the worker' "$prefix-tsan" -Dsanitize_threads=true \
  --suite tsan

finish
