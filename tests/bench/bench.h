/* SPDX-License-Identifier: MIT */
/* Timing that a busy machine disturbs little: the median of many calls. */
#pragma once

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef void (*BenchFunc) (gpointer data);

static inline double
bench_now_us (void)
{
  struct timespec now;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

/* Of the calling thread, on the processor: what other programs take does not count. */
static inline double
bench_cpu_us (void)
{
  struct timespec now;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static inline int
bench_compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* The value that @share of the @n times do not exceed; they are sorted. */
static inline double
bench_quantile (double *times, int n, double share)
{
  qsort (times, n, sizeof *times, bench_compare);
  return times[MIN ((int) (share * n), n - 1)];
}

/* Median time of one of @n calls, in microseconds. */
static inline double
bench_median_us (BenchFunc func, gpointer data, int n)
{
  g_autofree double *times = g_new (double, n);
  func (data);
  for (int i = 0; i < n; i++) {
    double start = bench_now_us ();
    func (data);
    times[i] = bench_now_us () - start;
  }
  return bench_quantile (times, n, 0.5);
}

/* @other_us is the same without what is tried, 0 for none. */
static inline void
bench_report_beside (const char *what, double us, double limit_us, double other_us)
{
  printf ("%-58s %10.1f us", what, us);
  if (other_us > 0)
    printf ("   %.2f times %.1f us", us / other_us, other_us);
  if (limit_us > 0)
    printf ("   %.3f of the limit of %.0f us%s", us / limit_us, limit_us,
            us > limit_us ? "   ABOVE THE LIMIT" : "");
  printf ("\n");
}

static inline void
bench_report (const char *what, double us, double limit_us)
{
  bench_report_beside (what, us, limit_us, 0);
}
