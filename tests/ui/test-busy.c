/* SPDX-License-Identifier: MIT */
/* What a person asks for while a training runs, and what the window makes of very many epochs. */
#include <math.h>

#include "tests/support/bs-made-models.h"
#include "tests/support/bs-test-stage.h"
#include "ui/analysis/bs-projection-view.h"
#include "ui/chart/bs-learning-chart.h"
#include "ui/chart/bs-scatter-view.h"
#include "ui/runs/bs-run-row.h"
#include "ui/runs/bs-runs-view.h"
#include "ui/stage/bs-stage-private.h"
#include "ui/stage/bs-timeline-view-private.h"

#define FOR_EVER "1000000" /* epochs, which would take hours */
#define WIDTH 400
#define HEIGHT 200

static GtkWidget *
find (gpointer root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static gsize
n_rows (gpointer chart)
{
  g_autoptr (BsTable) table = bs_chart_view_make_table (chart);
  return bs_table_n_rows (table);
}

static gboolean
has_rows (gpointer chart)
{
  return n_rows (chart) > 0;
}

static gboolean
has_tuning (gpointer workspace)
{
  return bs_threshold_state_get_tuning (bs_workspace_get_thresholds (workspace)) != NULL;
}

static gboolean
has_track (gpointer timeline)
{
  return bs_timeline_view_get_track (timeline) != NULL &&
         bs_timeline_view_get_attention (timeline) != NULL;
}

static gboolean
has_verdicts (gpointer overlay)
{
  return bs_test_find_text (overlay, "left out") != NULL;
}

typedef struct {
  BsWorkspace *workspace;
  guint n_before;
} Imported;

static gboolean
has_imported (gpointer data)
{
  const Imported *imported = data;
  return bs_run_library_get_runs (bs_workspace_get_library (imported->workspace))->len >
         imported->n_before;
}

static gboolean
is_idle (gpointer workspace)
{
  return !bs_training_queue_get_n_trainings (bs_workspace_get_training_queue (workspace));
}

static BsRunsView *
add_runs_view (BsTestStage *test)
{
  BsRunsView *runs = g_object_new (BS_TYPE_RUNS_VIEW, NULL);
  g_object_set (runs, "workspace", test->workspace, NULL);
  gtk_box_append (GTK_BOX (test->box), GTK_WIDGET (runs));
  return runs;
}

/* Returns when it is at work. */
static BsJob *
train_for_ever (BsTestStage *test, BsRunsView *runs)
{
  g_autoptr (BsTrainConfig) config = made_config_new ("attention-pool", "Voice");
  made_config_set (config, "epochs", FOR_EVER);
  bs_training_queue_train (bs_workspace_get_training_queue (test->workspace), config);
  bs_test_wait (has_rows, find (runs, BS_TYPE_LEARNING_CHART), "an epoch");
  GPtrArray *jobs = bs_job_queue_get_jobs (bs_workspace_get_jobs (test->workspace));
  g_assert_cmpuint (jobs->len, ==, 1);
  return bs_job_ref (g_ptr_array_index (jobs, 0));
}

static void
ask_about_clips (BsTestStage *test, BsRun *run)
{
  BsTimelineView *timeline = bs_stage_get_timeline (test->stage);
  bs_workspace_open_run (test->workspace, run);
  bs_test_wait (has_tuning, test->workspace, "the run's score map");
  bs_test_wait (has_track, timeline, "what the run says over time");
  bs_test_stage_activate (test, "overlay-ablation");
  bs_test_wait (has_verdicts, bs_stage_get_overlay (test->stage), "what each encoder says");
  bs_test_stage_choose (test, TEST_CLIP_B);
  g_assert_false (has_track (timeline));
  bs_test_stage_stand (test);
  g_assert_cmpint (bs_test_stage_number (test, TEST_ID_B), ==, 0);
  bs_test_wait (has_track, timeline, "what the run says of another clip");
}

static void
ask_for_projection (BsTestStage *test)
{
  BsProjectionView *projection = g_object_new (BS_TYPE_PROJECTION_VIEW, NULL);
  gtk_box_append (GTK_BOX (test->box), GTK_WIDGET (projection));
  g_object_set (projection, "workspace", test->workspace, NULL);
  bs_test_wait (has_rows, find (projection, BS_TYPE_SCATTER_VIEW), "a projection");
}

static void
import (BsTestStage *test)
{
  const char *predictions = test_folder_write (
    test->folder, "p.csv", "filename,ang,disg,fea,hap,sad,neu\nA1_ang_int1_ver1,0.9,0.1,0,0,0,0\n");
  Imported imported = { test->workspace,
                        bs_run_library_get_runs (bs_workspace_get_library (test->workspace))->len };
  bs_run_library_import (bs_workspace_get_library (test->workspace), predictions);
  bs_test_wait (has_imported, &imported, "an import");
}

/* What waited for the training to end would wait for ever. */
static void
test_what_is_asked_for_comes_before_a_training_ends (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  bs_test_stage_add_features (test, -1);
  bs_test_stage_stand (test);
  g_autoptr (BsTrainConfig) config = made_config_new ("attention", "Face,Voice");
  g_autoptr (BsRun) run = made_train (bs_workspace_get_corpus (test->workspace), config);
  BsRunsView *runs = add_runs_view (test);
  g_autoptr (BsJob) training = train_for_ever (test, runs);
  ask_about_clips (test, run);
  ask_for_projection (test);
  import (test);
  g_assert_true (
    bs_training_queue_get_n_trainings (bs_workspace_get_training_queue (test->workspace)));
  g_assert_cmpint (bs_job_state (training), ==, BS_JOB_RUNNING);
  bs_job_cancel (training);
  bs_test_wait (is_idle, test->workspace, "the training to stop");
}

static void
count_cb (int *count)
{
  ++*count;
}

/* A small network has thousands of epochs a second. */
static void
test_epochs_that_come_at_one_time_are_said_once (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  BsRunsView *runs = add_runs_view (test);
  BsLearningChart *chart = BS_LEARNING_CHART (find (runs, BS_TYPE_LEARNING_CHART));
  GtkWidget *status = NULL;
  int n_said = 0;
  /* Nothing is trained, so that the curves are hidden. */
  for (GtkWidget *hidden = GTK_WIDGET (chart); hidden != GTK_WIDGET (runs);
       hidden = gtk_widget_get_parent (hidden))
    gtk_widget_set_visible (hidden, TRUE);
  for (int i = 1; i <= 1000; i++) {
    BsEpoch epoch = { .fold = 1, .epoch = i, .train_loss = 1.0 / i };
    if (i == 2) {
      g_signal_emit_by_name (bs_workspace_get_jobs (test->workspace), "changed");
      status = bs_test_find_text (GTK_WIDGET (runs), "epoch 1 ");
      g_assert_nonnull (status);
      g_signal_connect_swapped (status, "notify::label", G_CALLBACK (count_cb), &n_said);
    }
    g_signal_emit_by_name (bs_workspace_get_training_queue (test->workspace), "epoch", &epoch);
  }
  g_assert_cmpuint (n_rows (chart), ==, 1000);
  g_signal_emit_by_name (bs_workspace_get_jobs (test->workspace), "changed");
  g_assert_cmpint (n_said, ==, 1);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (status)), "epoch 1000 "));
}

/* A hundred rows made anew take longer than a frame, and each training does so twice. */
static void
test_rows_of_runs_stay_while_others_come_and_go (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  BsRunsView *runs = add_runs_view (test);
  GtkListBox *list = GTK_LIST_BOX (find (runs, GTK_TYPE_LIST_BOX));
  import (test);
  GtkListBoxRow *first = g_object_ref (gtk_list_box_get_row_at_index (list, 0));
  import (test);
  GtkListBoxRow *second = g_object_ref (gtk_list_box_get_row_at_index (list, 0));
  g_assert_true (gtk_list_box_get_row_at_index (list, 1) == first);
  g_assert_true (second != first);
  import (test);
  bs_run_library_delete (bs_workspace_get_library (test->workspace),
                         bs_run_row_get_run (BS_RUN_ROW (second)));
  g_assert_true (gtk_list_box_get_row_at_index (list, 1) == first);
  g_assert_null (gtk_list_box_get_row_at_index (list, 2));
  g_assert_true (
    bs_run_row_get_run (BS_RUN_ROW (gtk_list_box_get_row_at_index (list, 0))) ==
    g_ptr_array_index (bs_run_library_get_runs (bs_workspace_get_library (test->workspace)), 0));
  g_object_unref (first);
  g_object_unref (second);
}

/* Whether anything of the colour lies in the rows of pixels. */
static gboolean
has_color (cairo_surface_t *picture, BsColor color, int from_y, int to_y)
{
  const guint8 *data = cairo_image_surface_get_data (picture);
  for (int y = from_y; y < to_y; y++)
    for (int x = 0; x < WIDTH; x++) {
      const guint8 *pixel = data + y * cairo_image_surface_get_stride (picture) + x * 4;
      if (fabs (pixel[2] / 255.0 - color.r) < .02 && fabs (pixel[1] / 255.0 - color.g) < .02 &&
          fabs (pixel[0] / 255.0 - color.b) < .02)
        return TRUE;
    }
  return FALSE;
}

/* All but one epoch have the same loss; the one lies far above in the picture. */
static void
test_curves_of_very_many_epochs_show_every_extreme (void)
{
  const int n = 100000;
  GtkWidget *chart = g_object_ref_sink (g_object_new (BS_TYPE_LEARNING_CHART, NULL));
  const BsChartTheme *theme = bs_chart_view_get_theme (BS_CHART_VIEW (chart));
  bs_learning_chart_set_measure (BS_LEARNING_CHART (chart), BS_LEARNING_KL);
  for (int i = 1; i <= n; i++) {
    BsEpoch epoch = { .epoch = i, .loss_kl = i == 30001 ? 1 : .1 };
    bs_learning_chart_add (BS_LEARNING_CHART (chart), &epoch);
  }
  g_assert_cmpuint (n_rows (chart), ==, n);
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (picture);
  BS_CHART_VIEW_GET_CLASS (chart)->draw (BS_CHART_VIEW (chart), cr, WIDTH, HEIGHT, theme);
  cairo_destroy (cr);
  cairo_surface_flush (picture);
  g_assert_true (has_color (picture, bs_series_color (0, theme), HEIGHT * 2 / 5, HEIGHT * 3 / 5));
  cairo_surface_destroy (picture);
  g_object_unref (chart);
}

int
main (int argc, char **argv)
{
  bs_test_init (&argc, &argv);
  g_test_add_func ("/busy/what is asked for comes before a training ends",
                   test_what_is_asked_for_comes_before_a_training_ends);
  g_test_add_func ("/busy/epochs that come at one time are said once",
                   test_epochs_that_come_at_one_time_are_said_once);
  g_test_add_func ("/busy/rows of runs stay while others come and go",
                   test_rows_of_runs_stay_while_others_come_and_go);
  g_test_add_func ("/busy/curves of very many epochs show every extreme",
                   test_curves_of_very_many_epochs_show_every_extreme);
  return g_test_run ();
}
