#!/bin/sh
# SPDX-License-Identifier: MIT
# expect-race.sh PROGRAM: succeeds where ThreadSanitizer reports PROGRAM's race on `unguarded`
# and none on `guarded`.
report=$(TSAN_OPTIONS="${TSAN_OPTIONS:-}:halt_on_error=0" "$1" 2>&1)
status=$?
printf '%s\n' "$report"
[ "$status" != 0 ] || exit 1
! printf '%s\n' "$report" | grep -q "global 'guarded'" || exit 1
printf '%s\n' "$report" | grep -q "global 'unguarded'"
