/* SPDX-License-Identifier: MIT */
#include "tests/bench/window-common.h"
#include "ui/stage/bs-stage-private.h"

#include <gst/gst.h>

typedef struct {
  BenchWindow window;
  BenchWindowFunc func;
  const char *corpus;
} Run;

static gboolean
over_cb (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
is_over (gpointer late)
{
  return *(gboolean *) late;
}

/**
 * bench_window_rest:
 * @seconds: how long
 *
 * Runs the main loop meanwhile.
 */
void
bench_window_rest (double seconds)
{
  gboolean late = FALSE;
  guint timeout = g_timeout_add ((guint) (seconds * 1000), over_cb, &late);
  bs_test_wait (is_over, &late, "a rest");
  g_source_remove (timeout);
}

static void
painted_cb (GdkFrameClock *clock, BenchWindow *self)
{
  self->painted_us = bench_now_us ();
  self->n_paints++;
}

typedef struct {
  BenchWindow *self;
  guint n_paints;
} Paint;

static gboolean
is_painted (gpointer data)
{
  const Paint *paint = data;
  return paint->self->n_paints != paint->n_paints;
}

/**
 * bench_window_wait_for_paint:
 * @self: a window
 *
 * Runs the main loop until the end of the next frame, which shows what the widgets are now.
 */
void
bench_window_wait_for_paint (BenchWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  bs_test_wait (is_painted, &(Paint){ self, self->n_paints }, "a frame");
}

/**
 * bench_window_show_view:
 * @self: a window
 * @name: of a view of the right column
 */
void
bench_window_show_view (BenchWindow *self, const char *name)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->window), "view",
                                      g_variant_new_string (name));
}

/**
 * bench_window_keep_playing:
 * @self: a window
 *
 * Has the clip begin again where it has come to its end.
 */
void
bench_window_keep_playing (BenchWindow *self)
{
  if (bs_player_get_state (self->player) == BS_PLAYER_PLAYING)
    return;
  bs_player_seek (self->player, 0);
  bs_player_play (self->player);
}

/**
 * bench_window_slide:
 * @self: a window with a run open
 * @alpha: where the slider goes to
 *
 * Returns: what it took until that was painted
 */
BenchSlide
bench_window_slide (BenchWindow *self, double alpha)
{
  BenchSlide slide;
  BsThresholdPair pair = { alpha, 0.2 };
  guint n_paints = self->n_paints;
  double start = bench_now_us (), start_cpu = bench_cpu_us ();
  bs_threshold_state_set_pair (bs_workspace_get_thresholds (self->workspace), pair);
  slide.set_us = bench_now_us () - start;
  bs_test_wait (is_painted, &(Paint){ self, n_paints }, "a frame");
  slide.paint_us = self->painted_us - start;
  slide.cpu_us = bench_cpu_us () - start_cpu;
  return slide;
}

static gboolean
is_ready (gpointer data)
{
  BenchWindow *self = data;
  return bs_threshold_state_get_tuning (bs_workspace_get_thresholds (self->workspace)) != NULL &&
         bs_player_get_n_frames (self->player) > 0;
}

static gboolean
run_cb (gpointer data)
{
  Run *run = data;
  BenchWindow *self = &run->window;
  bs_workspace_open_folder (self->workspace, run->corpus);
  bs_test_wait (is_ready, self, "the corpus");
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)), "after-paint",
                    G_CALLBACK (painted_cb), self);
  run->func (self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GtkApplication *application, Run *run)
{
  BenchWindow *self = &run->window;
  self->window = bs_window_new (application);
  self->workspace = bs_window_get_workspace (self->window);
  self->stage = BS_STAGE (bs_test_find (self->window, BS_TYPE_STAGE));
  self->player = bs_stage_get_player (self->stage);
  gtk_window_present (GTK_WINDOW (self->window));
  /* Whatever runs the main loop itself must not hold up the sources that the window needs. */
  g_idle_add (run_cb, run);
}

/**
 * bench_window_run:
 * @corpus: a folder whose corpus has a run
 * @func: what is measured, with the corpus, its newest run and a clip open
 *
 * Returns: the program's exit code
 */
int
bench_window_run (const char *corpus, BenchWindowFunc func)
{
  Run run = { .func = func, .corpus = corpus };
  gst_init (NULL, NULL);
  g_autoptr (AdwApplication) application =
    adw_application_new ("org.blendscope.Bench", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/org/blendscope/Blendscope");
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &run);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}
