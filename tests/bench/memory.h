/* SPDX-License-Identifier: MIT */
/* Memory beside what cannot be done without. */
#pragma once

#include "tests/bench/bench.h"

double bench_peak_growth (BenchFunc func, gpointer data);
void bench_memory_report (const char *what, double growth_bytes, double needed_bytes);
