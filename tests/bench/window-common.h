/* SPDX-License-Identifier: MIT */
/* The real window with a corpus open, and what is measured in more than one of its benches. */
#pragma once

#include "tests/bench/bench.h"
#include "tests/support/bs-test-wait.h"
#include "tests/support/bs-test-widgets.h"
#include "ui/stage/bs-stage.h"
#include "ui/window/bs-window.h"

G_BEGIN_DECLS

#define BENCH_PAINT_MEDIAN_LIMIT_US 20000
#define BENCH_PAINT_WORST_LIMIT_US 40000

/**
 * BenchWindow:
 * @n_paints: frames that were painted
 * @painted_us: when the last one was
 */
typedef struct {
  BsWindow *window;
  BsWorkspace *workspace;
  BsStage *stage;
  BsPlayer *player;
  guint n_paints;
  double painted_us;
} BenchWindow;

typedef void (*BenchWindowFunc) (BenchWindow *self);

int bench_window_run (const char *corpus, BenchWindowFunc func);
void bench_window_rest (double seconds);
void bench_window_wait_for_paint (BenchWindow *self);
void bench_window_show_view (BenchWindow *self, const char *name);
void bench_window_keep_playing (BenchWindow *self);

/**
 * BenchSlide:
 * @set_us: setting the value, in which every figure is computed and every widget told
 * @paint_us: from the value's change to the end of the paint
 * @cpu_us: of @paint_us, on the processor, which a busy machine does not change
 *
 * A step of the alpha slider.
 */
typedef struct {
  double set_us;
  double paint_us;
  double cpu_us;
} BenchSlide;

BenchSlide bench_window_slide (BenchWindow *self, double alpha);

G_END_DECLS
