/* SPDX-License-Identifier: MIT */
/* window-slider CORPUS: 200 steps of the alpha slider in the real window with the thresholds view
 * open and a clip playing. Two times a step: setting the value, in which every figure is
 * computed and every widget told; and from there to the end of the paint, the latter on the wall
 * and on the processor, which a busy machine does not change. */
#include <gst/gst.h>
#include <string.h>

#include "tests/bench/bench.h"
#include "ui/bs-stage.h"
#include "ui/bs-window.h"

#define N_STEPS 200
#define COMPUTE_LIMIT_US 1000
#define PAINT_MEDIAN_LIMIT_US 20000
#define PAINT_WORST_LIMIT_US 40000

typedef struct {
  BsWindow *window;
  BsWorkspace *workspace;
  BsPlayer *player;
  GdkFrameClock *clock;
  gulong painted_handler;
  int step;
  double started_us;
  double started_cpu_us;
  double set_us[N_STEPS];
  double compute_us[N_STEPS];
  double paint_us[N_STEPS];
  double cpu_us[N_STEPS]; /* of @paint_us, on the processor */
  gboolean waiting;
} Bench;

static BsPlayer *
find_player (GtkWidget *widget)
{
  if (BS_IS_STAGE (widget))
    return bs_stage_get_player (BS_STAGE (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    BsPlayer *player = find_player (child);
    if (player != NULL)
      return player;
  }
  return NULL;
}

static double
quantile (double *times, double share)
{
  qsort (times, N_STEPS, sizeof *times, bench_compare);
  return times[MIN ((int) (share * N_STEPS), N_STEPS - 1)];
}

static void
report (Bench *self)
{
  bench_report ("figures alone, median", quantile (self->compute_us, 0.5), COMPUTE_LIMIT_US);
  bench_report ("figures alone, worst", quantile (self->compute_us, 1), COMPUTE_LIMIT_US);
  bench_report ("setting the value, all widgets told, median", quantile (self->set_us, 0.5), 0);
  bench_report ("setting the value, all widgets told, worst", quantile (self->set_us, 1), 0);
  bench_report ("value change to the end of the paint, median", quantile (self->paint_us, 0.5),
                PAINT_MEDIAN_LIMIT_US);
  bench_report ("value change to the end of the paint, worst", quantile (self->paint_us, 1),
                PAINT_WORST_LIMIT_US);
  bench_report ("processor until then, median", quantile (self->cpu_us, 0.5),
                PAINT_MEDIAN_LIMIT_US);
  bench_report ("processor until then, worst", quantile (self->cpu_us, 1), PAINT_WORST_LIMIT_US);
}

static void
measure_figures (Bench *self)
{
  BsCases *cases = bs_workspace_get_cases (self->workspace);
  g_autoptr (BsFigures) figures = bs_figures_new (cases);
  double start = bench_now_us ();
  bs_figures_compute (figures, cases, bs_workspace_get_thresholds (self->workspace));
  self->compute_us[self->step] = bench_now_us () - start;
}

static gboolean
step_cb (gpointer data)
{
  Bench *self = data;
  if (bs_player_get_state (self->player) != BS_PLAYER_PLAYING) {
    bs_player_seek (self->player, 0);
    bs_player_play (self->player);
  }
  BsPair pair = { 0.05 + 0.3 * self->step / N_STEPS, 0.2 };
  self->started_us = bench_now_us ();
  self->started_cpu_us = bench_cpu_us ();
  bs_workspace_set_pair (self->workspace, pair);
  self->set_us[self->step] = bench_now_us () - self->started_us;
  self->waiting = TRUE;
  return G_SOURCE_REMOVE;
}

static void
painted_cb (GdkFrameClock *clock, Bench *self)
{
  if (!self->waiting)
    return;
  self->waiting = FALSE;
  self->paint_us[self->step] = bench_now_us () - self->started_us;
  self->cpu_us[self->step] = bench_cpu_us () - self->started_cpu_us;
  measure_figures (self);
  if (++self->step == N_STEPS) {
    g_signal_handler_disconnect (clock, self->painted_handler);
    report (self);
    gtk_window_destroy (GTK_WINDOW (self->window));
    return;
  }
  /* As a hand moves it: not in step with the frames. */
  g_timeout_add (7 + self->step % 11, step_cb, self);
}

static gboolean
begin_when_ready_cb (gpointer data)
{
  Bench *self = data;
  if (bs_workspace_get_tuning (self->workspace) == NULL ||
      bs_player_get_n_frames (self->player) <= 0)
    return G_SOURCE_CONTINUE;
  g_action_group_change_action_state (G_ACTION_GROUP (self->window), "view",
                                      g_variant_new_string ("thresholds"));
  self->clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  self->painted_handler =
    g_signal_connect (self->clock, "after-paint", G_CALLBACK (painted_cb), self);
  g_timeout_add (500, step_cb, self);
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GtkApplication *application, Bench *self)
{
  self->window = bs_window_new (application);
  self->workspace = bs_window_get_workspace (self->window);
  self->player = find_player (GTK_WIDGET (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  bs_workspace_open_folder (self->workspace, g_object_get_data (G_OBJECT (application), "corpus"));
  g_timeout_add (100, begin_when_ready_cb, self);
}

int
main (int argc, char **argv)
{
  if (argc != 2) {
    fprintf (stderr, "usage: window-slider CORPUS\n");
    return 2;
  }
  Bench bench;
  memset (&bench, 0, sizeof bench);
  gst_init (NULL, NULL);
  g_autoptr (AdwApplication) application =
    adw_application_new ("org.blendscope.Bench", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/org/blendscope/Blendscope");
  g_object_set_data (G_OBJECT (application), "corpus", argv[1]);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &bench);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}
