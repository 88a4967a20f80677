/* SPDX-License-Identifier: MIT */
/* The thresholds without a window: what a change tells, and how it is taken back. */
#include <string.h>

#include "tests/support/bs-test-folder.h"
#include "tests/support/bs-test-notify.h"
#include "ui/session/bs-threshold-history.h"
#include "ui/session/bs-threshold-state.h"

#define LIMIT_S 120 /* for the broken case alone */
#define SECOND_US G_TIME_SPAN_SECOND

#define TOLD(...) ((const char *const[]){ __VA_ARGS__ __VA_OPT__ (, ) NULL })

static const char TABLE[] = "filename,video_id,mix,emotion_1,emotion_2,emotion_1_salience,fold\n"
                            "A1_ang,A1,0,ang,,,0\n"
                            "A1_ang_hap_70_30,A1,1,ang,hap,70,0\n"
                            "A2_hap,A2,0,hap,,,1\n"
                            "A2_ang_hap_50_50,A2,1,ang,hap,50,1\n"
                            "A3_sad,A3,0,sad,,,\n";
static const char *const ROWS[] = {
  "A1_ang,.9,.1,0,0,0,0\n", "A1_ang_hap_70_30,.6,0,0,.4,0,0\n",
  "A2_hap,.2,0,0,.8,0,0\n", "A2_ang_hap_50_50,.45,0,0,.55,0,0\n",
  "A3_sad,0,0,.3,0,.7,0\n",
};

typedef struct {
  BsMetadata *metadata;
  BsRun *run;
  BsJobQueue *jobs;
  BsThresholdState *state;
  TestNotify *told;
} Fixture;

static BsMetadata *
new_metadata (gsize n_clips)
{
  const char *end = TABLE;
  for (gsize i = 0; i <= n_clips; i++)
    end = strchr (end, '\n') + 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) table = g_bytes_new_static (TABLE, (gsize) (end - TABLE));
  BsMetadata *metadata = bs_metadata_parse (table, "train_metadata.csv", NULL, NULL, &error);
  g_assert_no_error (error);
  return metadata;
}

static BsRun *
new_run (BsMetadata *metadata, gsize n_clips)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new ("filename,ang,disg,fea,hap,sad,neu\n");
  for (gsize i = 0; i < n_clips; i++)
    g_string_append (text, ROWS[i]);
  const char *path = test_folder_write (folder, "p.csv", text->str);
  g_autoptr (BsPredictions) predictions = bs_predictions_load (path, BS_PREDICTIONS_AUTO, &error);
  g_assert_no_error (error);
  return bs_run_from_predictions (predictions, "made", metadata);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->metadata = new_metadata (G_N_ELEMENTS (ROWS));
  self->run = new_run (self->metadata, G_N_ELEMENTS (ROWS));
  self->jobs = bs_job_queue_new ();
  self->state = bs_threshold_state_new (self->jobs);
  self->told = test_notify_new (self->state);
}

/* As set_up(), with the run judged and its tuning there. */
static void
set_up_judged (Fixture *self, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + LIMIT_S * G_TIME_SPAN_SECOND;
  set_up (self, data);
  g_assert_true (bs_threshold_state_judge (self->state, self->metadata, self->run, NULL));
  while (bs_threshold_state_get_tuning (self->state) == NULL) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, TRUE);
  }
  test_notify_reset (self->told);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_notify_free (self->told);
  g_assert_finalize_object (self->state);
  g_assert_finalize_object (self->jobs);
  bs_run_unref (self->run);
  bs_metadata_unref (self->metadata);
}

static void
set (Fixture *self, double alpha, double beta)
{
  bs_threshold_state_set_pair (self->state, (BsThresholdPair){ alpha, beta });
}

static void
assert_pair (Fixture *self, double alpha, double beta)
{
  BsThresholdPair pair = bs_threshold_state_get_pair (self->state);
  g_assert_cmpfloat (pair.alpha, ==, alpha);
  g_assert_cmpfloat (pair.beta, ==, beta);
}

static void
keep_figures_cb (BsThresholdState *state, GParamSpec *pspec, BsCounts *seen)
{
  *seen = bs_threshold_state_get_metrics (state)->pooled;
}

static void
test_another_run_is_told_at_once (Fixture *self, gconstpointer data)
{
  g_assert_true (bs_threshold_state_judge (self->state, NULL, NULL, NULL));
  test_notify_assert_once (self->told, TOLD ());
  BsCounts seen = { 0 };
  g_signal_connect (self->state, "notify::run", G_CALLBACK (keep_figures_cb), &seen);
  g_assert_true (bs_threshold_state_judge (self->state, self->metadata, self->run, NULL));
  g_assert_cmpuint (seen.n, ==, 5); /* the figures are there when the run is told */
  test_notify_assert_once (self->told, TOLD ("run", "metrics", "alpha", "beta", "protocol"));
  g_assert_true (bs_threshold_state_get_run (self->state) == self->run);
  g_assert_cmpint (bs_threshold_state_get_protocol (self->state), ==, BS_PROTOCOL_OFFICIAL);
  g_assert_nonnull (bs_threshold_state_get_decision (self->state, 4));
  g_signal_handlers_disconnect_by_data (self->state, &seen);
  g_assert_true (bs_threshold_state_judge (self->state, NULL, NULL, NULL));
  g_assert_cmpuint (test_notify_count (self->told, "run"), ==, 1);
  g_assert_cmpuint (test_notify_count (self->told, "metrics"), ==, 1);
  g_assert_null (bs_threshold_state_get_metrics (self->state));
  g_assert_null (bs_threshold_state_get_decision (self->state, 0));
}

static void
test_a_run_of_other_clips_is_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *const names[] = { "B1_hap", "B1_sad" };
  g_autoptr (BsMetadata) others = bs_metadata_new_from_names (names, 2);
  g_assert_false (bs_threshold_state_judge (self->state, others, self->run, &error));
  g_assert_nonnull (error);
  g_assert_null (bs_threshold_state_get_run (self->state));
  test_notify_reset (self->told);
}

static void
test_tuning_comes_after_and_is_told_once (Fixture *self, gconstpointer data)
{
  g_assert_true (bs_threshold_state_judge (self->state, self->metadata, self->run, NULL));
  g_assert_null (bs_threshold_state_get_tuning (self->state));
  test_notify_reset (self->told);
  gint64 end = g_get_monotonic_time () + LIMIT_S * G_TIME_SPAN_SECOND;
  while (bs_threshold_state_get_tuning (self->state) == NULL) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, TRUE);
  }
  test_notify_assert_once (self->told, TOLD ("tuning"));
}

static void
test_a_change_is_told_once_with_its_figures (Fixture *self, gconstpointer data)
{
  set (self, .5, .2);
  test_notify_assert_once (self->told, TOLD ("metrics", "alpha", "beta", "protocol", "can-undo"));
  g_assert_true (bs_threshold_state_get_decision (self->state, 1)->step == BS_RULE_ONE_PRESENT);
  guint64 serial = bs_threshold_state_get_serial (self->state);
  set (self, .5, .2);
  test_notify_assert_once (self->told, TOLD ());
  g_assert_cmpuint (bs_threshold_state_get_serial (self->state), ==, serial);
  set (self, .5, .3);
  test_notify_assert_once (self->told, TOLD ("metrics", "beta"));
  g_assert_cmpuint (bs_threshold_state_get_serial (self->state), ==, serial + 1);
  g_object_set (self->state, "alpha", .4, NULL);
  test_notify_assert_once (self->told, TOLD ("metrics", "alpha"));
  assert_pair (self, .4, .3);
  set (self, 7, -1);
  assert_pair (self, 1, 0);
}

static void
test_another_edited_fold_is_no_change_of_the_figures (Fixture *self, gconstpointer data)
{
  set (self, .5, .2);
  test_notify_reset (self->told);
  guint64 serial = bs_threshold_state_get_serial (self->state);
  bs_threshold_state_set_edited_fold (self->state, 1);
  test_notify_assert_once (self->told, TOLD ("edited-fold"));
  bs_threshold_state_set_edited_fold (self->state, 1);
  test_notify_assert_once (self->told, TOLD ());
  g_assert_cmpuint (bs_threshold_state_get_serial (self->state), ==, serial);
  set (self, .1, .2);
  test_notify_assert_once (self->told, TOLD ("metrics", "alpha"));
  g_assert_cmpfloat (bs_threshold_state_get_pair_of_clip (self->state, 0).alpha, ==, .5);
  g_assert_cmpfloat (bs_threshold_state_get_pair_of_clip (self->state, 2).alpha, ==, .1);
  g_assert_cmpfloat (bs_threshold_state_get_pair_of_clip (self->state, 4).alpha, ==, .5);
  bs_threshold_state_set_edited_fold (self->state, -1);
  test_notify_assert_once (self->told, TOLD ("edited-fold", "alpha"));
  assert_pair (self, .3, .2);
}

static void
test_a_gesture_is_taken_back_and_done_again (Fixture *self, gconstpointer data)
{
  BsThresholdPair start = bs_threshold_state_get_pair (self->state);
  guint right = bs_threshold_state_get_metrics (self->state)->pooled.n_presence;
  for (int i = 0; i < 10; i++)
    set (self, .9 + .01 * i, .9);
  g_assert_cmpuint (bs_threshold_state_get_metrics (self->state)->pooled.n_presence, !=, right);
  test_notify_reset (self->told);
  bs_threshold_state_undo (self->state);
  test_notify_assert_once (self->told,
                           TOLD ("metrics", "alpha", "beta", "protocol", "can-undo", "can-redo"));
  assert_pair (self, start.alpha, start.beta);
  g_assert_cmpint (bs_threshold_state_get_protocol (self->state), ==, BS_PROTOCOL_OFFICIAL);
  g_assert_cmpuint (bs_threshold_state_get_metrics (self->state)->pooled.n_presence, ==, right);
  g_assert_false (bs_threshold_state_can_undo (self->state));
  bs_threshold_state_undo (self->state);
  test_notify_assert_once (self->told, TOLD ());
  bs_threshold_state_redo (self->state);
  test_notify_assert_once (self->told,
                           TOLD ("metrics", "alpha", "beta", "protocol", "can-undo", "can-redo"));
  assert_pair (self, .9 + .01 * 9, .9);
  g_assert_cmpint (bs_threshold_state_get_protocol (self->state), ==, -1);
  bs_threshold_state_redo (self->state);
  test_notify_assert_once (self->told, TOLD ());
}

static void
test_a_change_after_undo_leaves_nothing_to_redo (Fixture *self, gconstpointer data)
{
  set (self, .9, .9);
  bs_threshold_state_undo (self->state);
  g_assert_true (bs_threshold_state_can_redo (self->state));
  set (self, .7, .7);
  g_assert_false (bs_threshold_state_can_redo (self->state));
  assert_pair (self, .7, .7);
}

static void
test_a_protocol_is_a_step_of_its_own (Fixture *self, gconstpointer data)
{
  set (self, .9, .9);
  bs_threshold_state_apply_protocol (self->state, BS_PROTOCOL_MEAN);
  set (self, .8, .8);
  g_assert_cmpint (bs_threshold_state_get_protocol (self->state), ==, -1);
  bs_threshold_state_undo (self->state);
  g_assert_cmpint (bs_threshold_state_get_protocol (self->state), ==, BS_PROTOCOL_MEAN);
  bs_threshold_state_undo (self->state);
  assert_pair (self, .9, .9);
  bs_threshold_state_undo (self->state);
  g_assert_cmpint (bs_threshold_state_get_protocol (self->state), ==, BS_PROTOCOL_OFFICIAL);
  test_notify_reset (self->told);
  bs_threshold_state_apply_protocol (self->state, BS_PROTOCOL_OFFICIAL);
  test_notify_assert_once (self->told, TOLD ());
  g_assert_true (bs_threshold_state_can_redo (self->state));
}

static void
test_another_run_has_no_history (Fixture *self, gconstpointer data)
{
  g_autoptr (BsRun) other = new_run (self->metadata, 3);
  set (self, .9, .9);
  bs_threshold_state_set_edited_fold (self->state, 1);
  g_assert_true (bs_threshold_state_judge (self->state, self->metadata, other, NULL));
  g_assert_false (bs_threshold_state_can_undo (self->state));
  g_assert_false (bs_threshold_state_can_redo (self->state));
  g_assert_cmpint (bs_threshold_state_get_edited_fold (self->state), ==, 1);
  g_assert_cmpint (bs_threshold_state_case_of_clip (self->state, 3), ==, -1);
  g_assert_null (bs_threshold_state_get_decision (self->state, 3));
  g_autoptr (BsMetadata) one_fold = new_metadata (2);
  g_autoptr (BsRun) of_one_fold = new_run (one_fold, 2);
  g_assert_true (bs_threshold_state_judge (self->state, one_fold, of_one_fold, NULL));
  g_assert_cmpint (bs_threshold_state_get_edited_fold (self->state), ==, -1);
  test_notify_reset (self->told);
}

static void
test_history_joins_what_comes_close_together (void)
{
  BsThresholdHistory history;
  BsThresholdSetting setting = { .protocol = 0 };
  bs_threshold_history_init (&history);
  for (int i = 0; i < 200; i++) {
    bs_threshold_history_remember (&history, &setting, (1 + i / 2) * SECOND_US + i % 2);
    setting.protocol = i + 1;
  }
  for (int expected = 198; expected >= 100; expected -= 2) {
    g_assert_true (bs_threshold_history_undo (&history, &setting));
    g_assert_cmpint (setting.protocol, ==, expected);
  }
  g_assert_false (bs_threshold_history_undo (&history, &setting)); /* fifty steps are kept */
  g_assert_true (bs_threshold_history_redo (&history, &setting));
  g_assert_cmpint (setting.protocol, ==, 102);
  bs_threshold_history_clear (&history);
}

/* The metadata has no folds: they are those of the predictions, for the pair of a clip too. */
static void
test_folds_of_the_predictions (void)
{
  static const char table[] = "filename,video_id,mix,emotion_1\n"
                              "A1_ang,A1,0,ang\n"
                              "A2_hap,A2,0,hap\n";
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (table, strlen (table));
  g_autoptr (BsMetadata) metadata =
    bs_metadata_parse (bytes, "train_metadata.csv", NULL, NULL, &error);
  g_assert_no_error (error);
  const char *path = test_folder_write (folder, "p.csv",
                                        "filename,fold,ang,disg,fea,hap,sad,neu\n"
                                        "A1_ang,0,.9,.1,0,0,0,0\nA2_hap,1,.2,0,0,.8,0,0\n");
  g_autoptr (BsPredictions) predictions = bs_predictions_load (path, BS_PREDICTIONS_AUTO, &error);
  g_assert_no_error (error);
  g_autoptr (BsRun) run = bs_run_from_predictions (predictions, "made", metadata);
  g_autoptr (BsJobQueue) jobs = bs_job_queue_new ();
  g_autoptr (BsThresholdState) state = bs_threshold_state_new (jobs);
  g_assert_true (bs_threshold_state_judge (state, metadata, run, &error));
  for (int fold = 0; fold < 2; fold++) {
    bs_threshold_state_set_edited_fold (state, fold);
    bs_threshold_state_set_pair (state, (BsThresholdPair){ .2 + .1 * fold, .05 });
  }
  for (int clip = 0; clip < 2; clip++)
    g_assert_cmpfloat (bs_threshold_state_get_pair_of_clip (state, clip).alpha, ==, .2 + .1 * clip);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threshold-state/history joins what comes close together",
                   test_history_joins_what_comes_close_together);
#define ADD(name, up, test) \
  g_test_add ("/threshold-state/" name, Fixture, NULL, up, test, tear_down)
  g_test_add_func ("/threshold-state/folds of the predictions", test_folds_of_the_predictions);
  ADD ("another run is told at once", set_up, test_another_run_is_told_at_once);
  ADD ("a run of other clips is refused", set_up, test_a_run_of_other_clips_is_refused);
  ADD ("tuning comes after and is told once", set_up, test_tuning_comes_after_and_is_told_once);
  ADD ("a change is told once with its figures", set_up_judged,
       test_a_change_is_told_once_with_its_figures);
  ADD ("another edited fold is no change of the figures", set_up_judged,
       test_another_edited_fold_is_no_change_of_the_figures);
  ADD ("a gesture is taken back and done again", set_up_judged,
       test_a_gesture_is_taken_back_and_done_again);
  ADD ("a change after undo leaves nothing to redo", set_up_judged,
       test_a_change_after_undo_leaves_nothing_to_redo);
  ADD ("a protocol is a step of its own", set_up_judged, test_a_protocol_is_a_step_of_its_own);
  ADD ("another run has no history", set_up_judged, test_another_run_has_no_history);
#undef ADD
  return g_test_run ();
}
