/* SPDX-License-Identifier: MIT */
/* window-slider CORPUS: 200 steps of the alpha slider in the real window with the thresholds view
 * open and a clip playing. Two times a step: setting the value, in which every figure is
 * computed and every widget told; and from there to the end of the paint, the latter on the wall
 * and on the processor, which a busy machine does not change. */
#include "tests/bench/window-common.h"

#define N_STEPS 200
#define COMPUTE_LIMIT_US 1000

typedef struct {
  double compute[N_STEPS];
  double set[N_STEPS];
  double paint[N_STEPS];
  double cpu[N_STEPS]; /* of @paint, on the processor */
} Times;

static double
measure_figures (BenchWindow *self)
{
  BsEvaluationSet *cases =
    bs_threshold_state_get_cases (bs_workspace_get_thresholds (self->workspace));
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  double start = bench_now_us ();
  bs_metrics_compute (
    metrics, cases,
    bs_threshold_state_get_thresholds (bs_workspace_get_thresholds (self->workspace)));
  return bench_now_us () - start;
}

static void
report (const char *what, double *times, double median_limit_us, double worst_limit_us)
{
  g_autofree char *median = g_strconcat (what, ", median", NULL);
  g_autofree char *worst = g_strconcat (what, ", worst", NULL);
  bench_report (median, bench_quantile (times, N_STEPS, 0.5), median_limit_us);
  bench_report (worst, bench_quantile (times, N_STEPS, 1), worst_limit_us);
}

static void
run (BenchWindow *self)
{
  Times times;
  bench_window_show_view (self, "thresholds");
  bench_window_rest (0.5);
  for (int i = 0; i < N_STEPS; i++) {
    bench_window_keep_playing (self);
    BenchSlide slide = bench_window_slide (self, 0.05 + 0.3 * i / N_STEPS);
    times.set[i] = slide.set_us;
    times.paint[i] = slide.paint_us;
    times.cpu[i] = slide.cpu_us;
    times.compute[i] = measure_figures (self);
    /* As a hand moves it: not in step with the frames. */
    bench_window_rest (0.001 * (7 + i % 11));
  }
  report ("figures alone", times.compute, COMPUTE_LIMIT_US, COMPUTE_LIMIT_US);
  report ("setting the value, all widgets told", times.set, 0, 0);
  report ("value change to the end of the paint", times.paint, BENCH_PAINT_MEDIAN_LIMIT_US,
          BENCH_PAINT_WORST_LIMIT_US);
  report ("processor until then", times.cpu, BENCH_PAINT_MEDIAN_LIMIT_US,
          BENCH_PAINT_WORST_LIMIT_US);
}

int
main (int argc, char **argv)
{
  if (argc != 2) {
    fprintf (stderr, "usage: window-slider CORPUS\n");
    return 2;
  }
  return bench_window_run (argv[1], run);
}
