/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/bench/bench.h"

/**
 * BenchSgemmCalls:
 *
 * The sgemm calls of a piece of work, to be made again alone: what it would take if all else cost
 * nothing.
 */
typedef struct _BenchSgemmCalls BenchSgemmCalls;

BenchSgemmCalls *bench_sgemm_calls_new (BenchFunc work, gpointer data);
double bench_sgemm_calls_run (const BenchSgemmCalls *self);
void bench_sgemm_calls_free (BenchSgemmCalls *self);
