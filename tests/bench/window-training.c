/* SPDX-License-Identifier: MIT */
/* window-training CORPUS [MODEL ...]: the real window while models are trained in it one after the
 * other, at the program's usual settings except that they never come to an end, beside the same
 * window at rest. A clip plays beside growing learning curves; the alpha slider is moved; and a
 * person asks for this and that. CORPUS needs runs, the newest of them of several encoders; it
 * stays as it is. */
#include <string.h>

#include "tests/bench/window-common.h"
#include "tests/support/bs-test-folder.h"
#include "ui/analysis/bs-projection-view.h"
#include "ui/chart/bs-scatter-view.h"
#include "ui/clips/bs-clip-list.h"
#include "ui/stage/bs-ablation-table.h"
#include "ui/stage/bs-stage-private.h"
#include "ui/stage/bs-timeline-view-private.h"
#include "ui/stage/bs-video-view-private.h"

#define PLAY_S 10.0
#define N_SLIDES 60
#define N_CLIPS 4
#define N_SEEKS 10
#define N_SEARCHES 8
#define N_RUNS 4
#define N_IMPORTS 3
#define FRAME_US (1e6 / 60)
#define PICTURE_US (1e6 / 25) /* of a synthetic clip */
#define ASKED_LIMIT_US 2e6

/* Mixed would train its branches first, all but one of them like the first here; the second is the
 * one that takes nearly all of its time. The epochs of the last one come by the thousand. */
static const struct {
  const char *model;
  const char *encoders;
} trainings[] = {
  { "attention-pool", "ImageBind" },
  { "attention", "ImageBind,WavLM_large,HiCMAE,VideoMAEv2,HuBERT_large" },
  { "mlp-512", "ImageBind,WavLM_large,HiCMAE,VideoMAEv2,HuBERT_large,OpenFace_3,LogMel" },
  { "linear", "OpenFace_3" },
};

typedef enum {
  FRAME,
  HELD,
  HELD_CPU,
  SLIDE,
  SLIDE_CPU,
  PICTURE,
  DRAWN,
  SAID,
  SEEK,
  PROJECTION,
  SEARCH,
  RUN,
  IMPORT,
  STOP,
  N_MEASURES,
} Measure;

enum {
  MEDIAN,
  WORST,
  NEARLY_ALL,
  N_SHARES,
};

static const struct {
  const char *name;
  double share;
} shares[N_SHARES] = { { "median", 0.5 }, { "worst", 1 }, { "99 %", 0.99 } };

static const struct {
  const char *name;
  double limit_us[N_SHARES];
} measures[N_MEASURES] = {
  [FRAME] = { "playing: from frame to frame", { FRAME_US * 1.1, PICTURE_US, 2 * FRAME_US } },
  [HELD] = { "playing: main loop held", { 0, PICTURE_US } },
  [HELD_CPU] = { "playing: main loop held, processor", { 0, FRAME_US } },
  [SLIDE] = { "alpha to the end of the paint",
              { BENCH_PAINT_MEDIAN_LIMIT_US, BENCH_PAINT_WORST_LIMIT_US } },
  [SLIDE_CPU] = { "alpha to the end of the paint, processor",
                  { BENCH_PAINT_MEDIAN_LIMIT_US, BENCH_PAINT_WORST_LIMIT_US } },
  [PICTURE] = { "another clip, its picture", { ASKED_LIMIT_US, ASKED_LIMIT_US } },
  [DRAWN] = { "a synthetic clip that has to be drawn", { ASKED_LIMIT_US, ASKED_LIMIT_US } },
  [SAID] = { "another clip, all that the run says of it", { ASKED_LIMIT_US, ASKED_LIMIT_US } },
  [SEEK] = { "another place of the clip", { ASKED_LIMIT_US, ASKED_LIMIT_US } },
  [PROJECTION] = { "projection of an encoder", { ASKED_LIMIT_US, ASKED_LIMIT_US } },
  [SEARCH] = { "search in the clips", { ASKED_LIMIT_US, ASKED_LIMIT_US } },
  [RUN] = { "another run, with its score map", { ASKED_LIMIT_US, ASKED_LIMIT_US } },
  [IMPORT] = { "import of predictions", { ASKED_LIMIT_US, ASKED_LIMIT_US } },
  [STOP] = { "training asked to stop, until it has", { ASKED_LIMIT_US, ASKED_LIMIT_US } },
};

typedef struct {
  BenchWindow *window;
  BsRun *asked; /* of several encoders */
  GtkWidget *ablation;
  GtkWidget *scatter;
  GtkDropDown *encoder;
  GtkEditable *search;
  int next_clip;
  guint n_told; /* what was waited for has been told by a signal */
  guint n_epochs;
  guint n_shown; /* pictures of the clip that were painted */
  double frame_us; /* when the last frame was painted; 0 for none yet */
  GArray *times[N_MEASURES]; /* of double */
  double alone[N_MEASURES][N_SHARES]; /* without a training */
} Bench;

static const char *scratch;
static char **wanted_models;

/* How long the main loop is held from one look at its sources to the next. */
static struct {
  double since_us;
  double since_cpu_us;
  double held_us;
  double held_cpu_us;
} loop;

static int
poll_cb (GPollFD *fds, guint n_fds, int timeout)
{
  loop.held_us = MAX (loop.held_us, bench_now_us () - loop.since_us);
  loop.held_cpu_us = MAX (loop.held_cpu_us, bench_cpu_us () - loop.since_cpu_us);
  int n = g_poll (fds, n_fds, timeout);
  loop.since_us = bench_now_us ();
  loop.since_cpu_us = bench_cpu_us ();
  return n;
}

static void
note (Bench *self, Measure measure, double us)
{
  g_array_append_val (self->times[measure], us);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
painted_cb (Bench *self)
{
  double now = bench_now_us ();
  if (self->frame_us > 0)
    note (self, FRAME, now - self->frame_us);
  self->frame_us = now;
}

static void
told_cb (Bench *self)
{
  self->n_told++;
}

static void
epoch_cb (Bench *self)
{
  self->n_epochs++;
}

static guint
n_painted (Bench *self)
{
  return bs_video_view_get_n_painted (bs_stage_get_video (self->window->stage));
}

/* The frame clock runs without a pause, as it does where anything moves. */
static void
play (Bench *self)
{
  GtkWidget *window = GTK_WIDGET (self->window->window);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  bench_window_show_view (self->window, "runs");
  bench_window_rest (0.5);
  guint tick = gtk_widget_add_tick_callback (window, tick_cb, NULL, NULL);
  gulong handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), self);
  self->n_shown = n_painted (self);
  self->frame_us = 0;
  for (double until = bench_now_us () + PLAY_S * 1e6; bench_now_us () < until;) {
    bench_window_keep_playing (self->window);
    loop.held_us = loop.held_cpu_us = 0;
    bench_window_rest (0.5);
    note (self, HELD, loop.held_us);
    note (self, HELD_CPU, loop.held_cpu_us);
  }
  self->n_shown = n_painted (self) - self->n_shown;
  g_signal_handler_disconnect (clock, handler);
  gtk_widget_remove_tick_callback (window, tick);
}

static void
slide (Bench *self)
{
  bench_window_show_view (self->window, "thresholds");
  bench_window_rest (0.5);
  for (int i = 0; i < N_SLIDES; i++) {
    bench_window_keep_playing (self->window);
    BenchSlide slide = bench_window_slide (self->window, 0.05 + 0.3 * i / N_SLIDES);
    note (self, SLIDE, slide.paint_us);
    note (self, SLIDE_CPU, slide.cpu_us);
    bench_window_rest (0.001 * (7 + i % 11));
  }
}

/* What is waited for while the times of what is asked for run. */
typedef struct {
  Bench *bench;
  guint n_painted;
  int frame;
} Wanted;

static gboolean
has_picture (gpointer data)
{
  const Wanted *wanted = data;
  return n_painted (wanted->bench) != wanted->n_painted;
}

static gboolean
has_frame (gpointer data)
{
  const Wanted *wanted = data;
  return has_picture (data) &&
         bs_player_get_frame_index (wanted->bench->window->player) == wanted->frame;
}

static gboolean
has_said_all (gpointer data)
{
  Bench *self = data;
  BsTimelineView *timeline = bs_stage_get_timeline (self->window->stage);
  return bs_timeline_view_get_track (timeline) != NULL &&
         bs_timeline_view_get_attention (timeline) != NULL &&
         gtk_widget_get_sensitive (self->ablation);
}

static gboolean
has_tuning (gpointer data)
{
  return bs_threshold_state_get_tuning (
           bs_workspace_get_thresholds (((Bench *) data)->window->workspace)) != NULL;
}

static gboolean
is_told (gpointer data)
{
  return ((Bench *) data)->n_told > 0;
}

static double
finish (Bench *self, double start_us)
{
  bench_window_wait_for_paint (self->window);
  return self->window->painted_us - start_us;
}

static void
open_run (Bench *self, BsRun *run, Measure measure)
{
  double start = bench_now_us ();
  bs_workspace_open_run (self->window->workspace, run);
  bs_test_wait (has_tuning, self, "a run");
  note (self, measure, finish (self, start));
}

static void
choose_clip (Bench *self, int clip, Measure measure)
{
  Wanted wanted = { self, n_painted (self), 0 };
  double start = bench_now_us ();
  bs_clip_selection_set_clip (bs_workspace_get_selection (self->window->workspace), clip);
  bs_test_wait (has_picture, &wanted, "a picture");
  note (self, measure, bench_now_us () - start);
  bs_test_wait (has_said_all, self, "all that is said of a clip");
  if (measure == PICTURE)
    note (self, SAID, finish (self, start));
}

/* Two new clips, and the first of them again, which has a file by now. */
static void
choose_clips (Bench *self)
{
  for (int i = 0; i < N_CLIPS; i++, self->next_clip += 2) {
    choose_clip (self, self->next_clip, DRAWN);
    choose_clip (self, self->next_clip + 1, DRAWN);
    choose_clip (self, self->next_clip, PICTURE);
  }
}

static void
seek (Bench *self)
{
  BsPlayer *player = self->window->player;
  int n = bs_player_get_n_frames (player);
  for (int i = 0; i < N_SEEKS; i++) {
    bs_player_pause (player);
    bench_window_rest (0.1);
    Wanted wanted = { self, n_painted (self),
                      (int) (bs_player_get_frame_index (player) + 0.37 * n) % n };
    double start = bench_now_us ();
    bs_player_seek_frame (player, wanted.frame);
    bs_test_wait (has_frame, &wanted, "another place");
    note (self, SEEK, bench_now_us () - start);
  }
}

static void
project (Bench *self)
{
  guint n = g_list_model_get_n_items (gtk_drop_down_get_model (self->encoder));
  bench_window_show_view (self->window, "projection");
  bench_window_rest (1);
  for (guint i = 0; i < n; i++) {
    double start = bench_now_us ();
    self->n_told = 0;
    gtk_drop_down_set_selected (self->encoder,
                                (gtk_drop_down_get_selected (self->encoder) + 1) % n);
    bs_test_wait (is_told, self, "a projection");
    note (self, PROJECTION, finish (self, start));
  }
}

static void
search (Bench *self)
{
  static const char *const words[] = { "a90", "ang", "sad", "" };
  for (int i = 0; i < N_SEARCHES; i++) {
    double start = bench_now_us ();
    self->n_told = 0;
    gtk_editable_set_text (self->search, words[i % (int) G_N_ELEMENTS (words)]);
    bs_test_wait (is_told, self, "a search");
    note (self, SEARCH, finish (self, start));
  }
}

static void
open_runs (Bench *self)
{
  GPtrArray *runs = bs_run_library_get_runs (bs_workspace_get_library (self->window->workspace));
  bench_window_show_view (self->window, "thresholds");
  for (int i = 0; i < N_RUNS; i++) {
    open_run (self, g_ptr_array_index (runs, runs->len - 1), RUN);
    open_run (self, self->asked, RUN);
  }
}

static char *
make_predictions (BsMetadata *metadata)
{
  GString *text = g_string_new ("filename");
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    g_string_append_printf (text, ",%s", bs_emotion_code ((BsEmotion) e));
  for (gsize i = 0; i < bs_metadata_n_clips (metadata); i++)
    g_string_append_printf (text, "\n%s,0.4,0.3,0.1,0.1,0.05,0.05",
                            bs_metadata_clip (metadata, i)->filename);
  return g_string_free (text, FALSE);
}

static void
import (Bench *self)
{
  BsWorkspace *workspace = self->window->workspace;
  g_autofree char *path = g_build_filename (scratch, "predictions", NULL);
  for (int i = 0; i < N_IMPORTS; i++) {
    double start = bench_now_us ();
    guint n = bs_run_library_get_runs (bs_workspace_get_library (workspace))->len;
    self->n_told = 0;
    bs_run_library_import (bs_workspace_get_library (workspace), path);
    while (bs_run_library_get_runs (bs_workspace_get_library (workspace))->len == n)
      g_main_context_iteration (NULL, TRUE);
    bs_test_wait (has_tuning, self, "an import");
    note (self, IMPORT, finish (self, start));
  }
  bs_workspace_open_run (workspace, self->asked);
}

static gboolean
is_idle (gpointer workspace)
{
  return !bs_training_queue_get_n_trainings (bs_workspace_get_training_queue (workspace));
}

static BsJob *
begin_training (Bench *self, gsize i)
{
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  bs_train_config_set (config, "model", trainings[i].model, NULL);
  bs_train_config_set (config, "encoders", trainings[i].encoders, NULL);
  bs_train_config_set (config, "epochs", "1000000", NULL);
  bs_train_config_set (config, "patience", "0", NULL);
  bs_training_queue_train (bs_workspace_get_training_queue (self->window->workspace), config);
  GPtrArray *jobs = bs_job_queue_get_jobs (bs_workspace_get_jobs (self->window->workspace));
  return g_ptr_array_index (jobs, jobs->len - 1);
}

static void
end_training (Bench *self, BsJob *job)
{
  BsWorkspace *workspace = self->window->workspace;
  g_assert_true (bs_training_queue_get_n_trainings (bs_workspace_get_training_queue (workspace)));
  double start = bench_now_us ();
  bs_job_cancel (job);
  bs_test_wait (is_idle, workspace, "the training's end");
  note (self, STOP, bench_now_us () - start);
}

static void
report_measure (Bench *self, const char *title, Measure measure, gboolean is_alone)
{
  GArray *times = self->times[measure];
  int n = times->len == 0 ? 0 : measure == FRAME ? N_SHARES : NEARLY_ALL;
  for (int s = 0; s < n; s++) {
    double *alone = &self->alone[measure][s];
    double us =
      bench_quantile ((double *) (gpointer) times->data, (int) times->len, shares[s].share);
    g_autofree char *what =
      g_strdup_printf ("%s: %s, %s", title, measures[measure].name, shares[s].name);
    bench_report_beside (what, us, measures[measure].limit_us[s], is_alone ? 0 : *alone);
    if (is_alone)
      *alone = us;
  }
  g_array_set_size (times, 0);
}

static void
measure_all (Bench *self, const char *title, gsize training)
{
  gboolean is_alone = training == G_N_ELEMENTS (trainings);
  BsJob *job = is_alone ? NULL : begin_training (self, training);
  self->n_epochs = 0;
  play (self);
  slide (self);
  choose_clips (self);
  seek (self);
  project (self);
  search (self);
  open_runs (self);
  import (self);
  if (job != NULL)
    end_training (self, job);
  for (Measure m = 0; m < N_MEASURES; m++)
    report_measure (self, title, m, is_alone);
  printf ("%s: %.0f %% of the clip's pictures painted, %u epochs\n", title,
          100 * self->n_shown / (PLAY_S * 1e6 / PICTURE_US), self->n_epochs);
  fflush (stdout);
}

/* Nothing but what is measured is to be at work. */
static void
stop_drawing (Bench *self)
{
  GPtrArray *jobs = bs_job_queue_get_jobs (bs_workspace_get_jobs (self->window->workspace));
  while (jobs->len > 0) {
    bs_job_cancel (g_ptr_array_index (jobs, 0));
    bench_window_rest (0.1);
  }
}

/* What is made when it is looked at for the first time is no part of what is compared. */
static void
warm_up (Bench *self)
{
  static const char *const views[] = { "projection", "thresholds", "runs" };
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++) {
    bench_window_show_view (self->window, views[i]);
    bench_window_rest (1);
  }
  bs_test_wait (has_said_all, self, "all that is said of a clip");
}

static void
watch (Bench *self)
{
  BenchWindow *window = self->window;
  GtkWidget *list = bs_test_find (window->window, BS_TYPE_CLIP_LIST);
  GtkWidget *projection = bs_test_find (window->window, BS_TYPE_PROJECTION_VIEW);
  GtkWidget *view = bs_test_find (list, GTK_TYPE_COLUMN_VIEW);
  GtkSingleSelection *selection =
    GTK_SINGLE_SELECTION (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  self->ablation = bs_test_find (window->window, BS_TYPE_ABLATION_TABLE);
  self->scatter = bs_test_find (projection, BS_TYPE_SCATTER_VIEW);
  self->encoder = GTK_DROP_DOWN (bs_test_find (projection, GTK_TYPE_DROP_DOWN));
  self->search = GTK_EDITABLE (bs_test_find (list, GTK_TYPE_SEARCH_ENTRY));
  g_object_set (bs_stage_get_overlay (window->stage), "ablation-shown", TRUE, NULL);
  g_signal_connect_swapped (self->scatter, "changed", G_CALLBACK (told_cb), self);
  g_signal_connect_swapped (gtk_single_selection_get_model (selection), "rebuilt",
                            G_CALLBACK (told_cb), self);
  g_signal_connect_swapped (bs_workspace_get_training_queue (window->workspace), "epoch",
                            G_CALLBACK (epoch_cb), self);
}

static void
run (BenchWindow *window)
{
  Bench self = { .window = window, .next_clip = 1 };
  for (int m = 0; m < N_MEASURES; m++)
    self.times[m] = g_array_new (FALSE, FALSE, sizeof (double));
  self.asked = bs_run_ref (bs_workspace_get_run (window->workspace));
  g_autofree char *path = g_build_filename (scratch, "predictions", NULL);
  g_autofree char *predictions = make_predictions (bs_workspace_get_metadata (window->workspace));
  g_file_set_contents (path, predictions, -1, NULL);
  watch (&self);
  stop_drawing (&self);
  warm_up (&self);
  g_main_context_set_poll_func (NULL, poll_cb);
  measure_all (&self, "alone", G_N_ELEMENTS (trainings));
  for (gsize i = 0; i < G_N_ELEMENTS (trainings); i++)
    if (wanted_models[0] == NULL ||
        g_strv_contains ((const char *const *) wanted_models, trainings[i].model))
      measure_all (&self, trainings[i].model, i);
  for (int m = 0; m < N_MEASURES; m++)
    g_array_unref (self.times[m]);
  bs_run_unref (self.asked);
}

/* The corpus with what it has, but with room of its own for what comes to be. */
static void
borrow (const char *corpus, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (corpus, 0, NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *from = g_build_filename (corpus, name, NULL);
    g_autofree char *to = g_build_filename (folder, name, NULL);
    if (strcmp (name, "runs") == 0)
      borrow (from, to);
    else if (strcmp (name, "train_videos") != 0)
      g_assert_cmpint (symlink (from, to), ==, 0);
  }
}

int
main (int argc, char **argv)
{
  if (argc < 2) {
    fprintf (stderr, "usage: window-training CORPUS [MODEL ...]\n");
    return 2;
  }
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *corpus = g_canonicalize_filename (argv[1], NULL);
  scratch = folder->path;
  wanted_models = argv + 2;
  borrow (corpus, test_folder_path (folder, "corpus"));
  return bench_window_run (test_folder_path (folder, "corpus"), run);
}
