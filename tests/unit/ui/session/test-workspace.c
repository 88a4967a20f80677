/* SPDX-License-Identifier: MIT */
/* The workspace without a window: work that was begun for one corpus and ends with another open,
 * and work that is given up. */
#include <unistd.h>

#include "model/training/bs-checkpoint-dir.h"
#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-folder.h"
#include "tests/support/bs-test-notify.h"
#include "ui/session/bs-workspace.h"

#define LIMIT_S 120 /* for the broken case alone */

static const char TABLE[] = "filename,video_id,mix,emotion_1,emotion_2,emotion_1_salience,fold\n"
                            "%s_ang,%s,0,ang,,,0\n"
                            "%s_hap,%s,0,hap,,,1\n";
static const char PREDICTIONS[] = "filename,ang,disg,fea,hap,sad,neu\n"
                                  "a_ang,0.9,0.1,0,0,0,0\n"
                                  "a_hap,0.6,0,0,0.4,0,0\n";

typedef gboolean (*Condition) (gpointer data);

static void
wait_for (Condition condition, gpointer data)
{
  gint64 end = g_get_monotonic_time () + LIMIT_S * G_TIME_SPAN_SECOND;
  while (!condition (data)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, FALSE);
    g_usleep (500);
  }
}

static gboolean
has_opened (gpointer workspace)
{
  return !bs_workspace_is_opening (workspace);
}

static gboolean
has_no_jobs (gpointer workspace)
{
  return bs_job_queue_get_jobs (bs_workspace_get_jobs (workspace))->len == 0;
}

static gboolean
has_run (gpointer workspace)
{
  return bs_workspace_get_run (workspace) != NULL;
}

static gboolean
has_tuning (gpointer workspace)
{
  return bs_threshold_state_get_tuning (bs_workspace_get_thresholds (workspace)) != NULL;
}

static const char *
write_corpus (TestFolder *folder, const char *name)
{
  g_autofree char *table = g_strconcat (name, "/train_metadata.csv", NULL);
  g_autofree char *text = g_strdup_printf (TABLE, name, name, name, name);
  test_folder_write (folder, table, text);
  return test_folder_path (folder, name);
}

static void
open_folder (BsWorkspace *workspace, const char *folder)
{
  bs_workspace_open_folder (workspace, folder);
  wait_for (has_opened, workspace);
  g_assert_null (bs_workspace_get_problem (workspace));
  g_assert_cmpstr (bs_corpus_folder (bs_workspace_get_corpus (workspace)), ==, folder);
}

static void
keep_message_cb (GPtrArray *messages, const char *text)
{
  g_ptr_array_add (messages, g_strdup (text));
}

static void
count_cb (int *count)
{
  ++*count;
}

static gboolean
was_counted (gpointer count)
{
  return *(int *) count > 0;
}

static void
test_imported_predictions_open_as_a_run (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  const char *predictions = test_folder_write (folder, "p.csv", PREDICTIONS);
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  open_folder (workspace, write_corpus (folder, "a"));
  bs_run_library_import (bs_workspace_get_library (workspace), predictions);
  wait_for (has_run, workspace);
  g_assert_cmpuint (bs_threshold_state_get_cases (bs_workspace_get_thresholds (workspace))->n, ==,
                    2);
  g_assert_cmpuint (bs_run_library_get_runs (bs_workspace_get_library (workspace))->len, ==, 1);
}

static void
test_predictions_that_cannot_be_read_leave_a_sentence (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);
  const char *broken =
    test_folder_write (folder, "p.csv", "filename,ang,disg,fea,hap,sad,neu\na_ang,nan,0,0,0,0,1\n");
  const char *corpus = write_corpus (folder, "a");
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  open_folder (workspace, corpus);
  g_signal_connect_swapped (bs_workspace_get_jobs (workspace), "message",
                            G_CALLBACK (keep_message_cb), messages);
  bs_run_library_import (bs_workspace_get_library (workspace), broken);
  wait_for (has_no_jobs, workspace);
  g_assert_cmpuint (messages->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (messages, 0), "row 2, column 'ang'"));
  g_assert_null (bs_workspace_get_run (workspace));
  g_autofree char *runs = g_build_filename (corpus, "runs", NULL);
  g_assert_false (g_file_test (runs, G_FILE_TEST_EXISTS));
}

typedef struct {
  BsWorkspace *workspace;
  int n_asked;
  double first_value;
} Asked;

static void
answer_logits_cb (Asked *self, const char *path, BsPredictions *unclear)
{
  self->n_asked++;
  self->first_value = unclear->probabilities[0][0];
  g_assert_null (bs_workspace_get_run (self->workspace));
  bs_run_library_import_as (bs_workspace_get_library (self->workspace), path,
                            BS_PREDICTIONS_LOGITS);
}

/* What was assumed is in the message, and in the run when it is read again. */
static void
test_what_is_unclear_is_asked_and_kept (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);
  const char *path = test_folder_write (
    folder, "p.csv", "filename\tang\tdisg\tfea\thap\tsad\tneu\na_ang.mov\t3\t1\t0\t0\t0\t2\n");
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  Asked asked = { workspace, 0, 0 };
  open_folder (workspace, write_corpus (folder, "a"));
  g_signal_connect_swapped (bs_workspace_get_jobs (workspace), "message",
                            G_CALLBACK (keep_message_cb), messages);
  g_signal_connect_swapped (bs_workspace_get_library (workspace), "import-unclear",
                            G_CALLBACK (answer_logits_cb), &asked);
  bs_run_library_import (bs_workspace_get_library (workspace), path);
  wait_for (has_run, workspace);
  g_assert_cmpint (asked.n_asked, ==, 1);
  g_assert_cmpfloat (asked.first_value, ==, 3);
  g_assert_cmpuint (messages->len, ==, 1);
  const char *said = g_ptr_array_index (messages, 0);
  g_assert_nonnull (strstr (said, "read with tabs between fields; the name of 1 clip was changed"));
  g_assert_nonnull (strstr (said, "read as logits, as you said"));
  g_assert_nonnull (strstr (said, "1 labelled clip without prediction is left out"));
  g_autoptr (GError) error = NULL;
  g_autoptr (BsRun) back = bs_run_load (bs_workspace_get_run (workspace)->folder, &error);
  g_assert_no_error (error);
  g_autofree char *kept = bs_predictions_dup_note (back->predictions);
  g_assert_cmpstr (kept, ==, said);
}

static gboolean
has_message (GPtrArray *messages, const char *text)
{
  for (guint i = 0; i < messages->len; i++)
    if (strstr (g_ptr_array_index (messages, i), text) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_a_cancelled_training_goes_on (void)
{
  g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  const char *const words[][2] = {
    { "model", "linear" }, { "encoders", "Face" }, { "epochs", "2000" }, { "folds", "0-1" }
  };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_true (bs_train_config_set (config, words[i][0], words[i][1], NULL));
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  open_folder (workspace, folder->path);
  g_autofree char *runs = g_build_filename (folder->path, "runs", NULL);
  g_autofree char *partial =
    bs_checkpoint_dir_dup_path_in (runs, config, bs_workspace_get_metadata (workspace));
  int n_epochs = 0;
  g_signal_connect_swapped (bs_workspace_get_jobs (workspace), "message",
                            G_CALLBACK (keep_message_cb), messages);
  g_signal_connect_swapped (bs_workspace_get_training_queue (workspace), "epoch",
                            G_CALLBACK (count_cb), &n_epochs);
  bs_training_queue_train (bs_workspace_get_training_queue (workspace), config);
  wait_for (was_counted, &n_epochs);
  bs_job_cancel (g_ptr_array_index (bs_job_queue_get_jobs (bs_workspace_get_jobs (workspace)), 0));
  wait_for (has_no_jobs, workspace);
  g_assert_cmpuint (messages->len, ==, 0);
  g_assert_null (bs_workspace_get_run (workspace));
  g_assert_true (bs_checkpoint_dir_look (partial, NULL));

  n_epochs = 0;
  bs_training_queue_train (bs_workspace_get_training_queue (workspace), config);
  wait_for (has_run, workspace);
  g_assert_true (has_message (messages, "Continued from epoch "));
  g_assert_cmpint (n_epochs, ==, 2 * 2000);
  g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
}

static void
test_predictions_for_one_corpus_do_not_appear_in_the_next (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  const char *predictions = test_folder_write (folder, "p.csv", PREDICTIONS);
  const char *first = write_corpus (folder, "a"), *second = write_corpus (folder, "b");
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  open_folder (workspace, first);
  int n_told = 0;
  g_signal_connect_swapped (workspace, "notify::corpus", G_CALLBACK (count_cb), &n_told);
  bs_workspace_open_folder (workspace, second); /* queued before the import, and so done before */
  bs_run_library_import (bs_workspace_get_library (workspace), predictions);
  wait_for (has_no_jobs, workspace);
  g_assert_cmpstr (bs_corpus_folder (bs_workspace_get_corpus (workspace)), ==, second);
  g_assert_cmpuint (bs_run_library_get_runs (bs_workspace_get_library (workspace))->len, ==, 0);
  g_assert_null (bs_workspace_get_run (workspace));
  open_folder (workspace, first);
  wait_for (has_run, workspace);
  g_assert_cmpint (n_told, >, 0);
}

static void
test_opening_that_is_given_up_is_over (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  bs_workspace_open_folder (workspace, write_corpus (folder, "a"));
  g_assert_true (bs_workspace_is_opening (workspace));
  bs_job_cancel (g_ptr_array_index (bs_job_queue_get_jobs (bs_workspace_get_jobs (workspace)), 0));
  int n_told = 0;
  g_signal_connect_swapped (workspace, "notify::opening", G_CALLBACK (count_cb), &n_told);
  wait_for (has_opened, workspace);
  g_assert_cmpint (n_told, ==, 1);
  g_assert_null (bs_workspace_get_corpus (workspace));
}

typedef struct {
  BsWorkspace *workspace;
  const char *folder;
  gsize n_clips;
  guint n_told;
} InPlace;

/* Whoever is told of anything sees all of the new corpus and nothing of the one before. */
static void
check_in_place_cb (InPlace *self)
{
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  BsClipSelection *selection = bs_workspace_get_selection (self->workspace);
  BsRunLibrary *library = bs_workspace_get_library (self->workspace);
  self->n_told++;
  g_assert_cmpstr (bs_corpus_folder (corpus), ==, self->folder);
  g_assert_true (bs_run_library_get_corpus (library) == corpus);
  g_assert_true (bs_run_library_is_loading (library));
  g_assert_cmpuint (bs_run_library_get_runs (library)->len, ==, 0);
  g_assert_null (bs_workspace_get_run (self->workspace));
  g_assert_null (
    bs_threshold_state_get_decision (bs_workspace_get_thresholds (self->workspace), 0));
  g_assert_true (bs_filter_is_empty (bs_clip_selection_get_filter (selection)));
  g_assert_cmpint (bs_clip_selection_get_clip (selection), ==, 0);
  g_assert_cmpuint (bs_clip_selection_get_scope_clips (selection)->count, ==, self->n_clips);
}

static void
test_another_corpus_is_one_change (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  const char *predictions = test_folder_write (folder, "p.csv", PREDICTIONS);
  const char *first = write_corpus (folder, "a"), *second = write_corpus (folder, "b");
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  BsClipSelection *selection = bs_workspace_get_selection (workspace);
  GObject *const all[] = { G_OBJECT (workspace), G_OBJECT (selection),
                           G_OBJECT (bs_workspace_get_library (workspace)),
                           G_OBJECT (bs_workspace_get_training_queue (workspace)),
                           G_OBJECT (bs_workspace_get_thresholds (workspace)) };
  BsFilter filter;
  open_folder (workspace, first);
  bs_run_library_import (bs_workspace_get_library (workspace), predictions);
  wait_for (has_tuning, workspace);
  bs_clip_selection_set_clip (selection, 1);
  bs_clip_selection_set_scope (selection, BS_SCOPE_SELECTION);
  bs_filter_init (&filter);
  filter.gender = 'f';
  bs_clip_selection_set_filter (selection, &filter);
  g_autoptr (TestNotify) notify = test_notify_new (workspace);
  g_autoptr (TestNotify) looked_at = test_notify_new (selection);
  bs_workspace_open_folder (workspace, second);
  test_notify_assert_once (notify, (const char *const[]){ "opening", NULL });
  InPlace in_place = { workspace, second, 2, 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_signal_connect_swapped (all[i], "notify", G_CALLBACK (check_in_place_cb), &in_place);
  wait_for (has_opened, workspace);
  test_notify_assert_once (notify, (const char *const[]){ "opening", "corpus", "run", NULL });
  test_notify_assert_once (looked_at,
                           (const char *const[]){ "clip", "filter", "scope", "scope-clips", NULL });
  g_assert_cmpuint (in_place.n_told, >=, 7);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_signal_handlers_disconnect_by_data (all[i], &in_place);
}

/* Each has a worker of its own, as two windows have. */
static void
test_what_one_trains_another_does_not_train_meanwhile (void)
{
  g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  const char *const words[][2] = {
    { "model", "linear" }, { "encoders", "Face" }, { "epochs", "1000000" }, { "folds", "0-1" }
  };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_true (bs_train_config_set (config, words[i][0], words[i][1], NULL));
  g_autoptr (BsWorkspace) first = bs_workspace_new ();
  g_autoptr (BsWorkspace) second = bs_workspace_new ();
  open_folder (first, folder->path);
  open_folder (second, folder->path);
  int n_epochs = 0;
  g_signal_connect_swapped (bs_workspace_get_training_queue (first), "epoch", G_CALLBACK (count_cb),
                            &n_epochs);
  g_signal_connect_swapped (bs_workspace_get_jobs (second), "message", G_CALLBACK (keep_message_cb),
                            messages);
  bs_training_queue_train (bs_workspace_get_training_queue (first), config);
  wait_for (was_counted, &n_epochs);
  bs_training_queue_train (bs_workspace_get_training_queue (second), config);
  wait_for (has_no_jobs, second);
  g_assert_cmpuint (messages->len, ==, 1);
  g_autofree char *process = g_strdup_printf ("process %d on ", (int) getpid ());
  g_assert_true (has_message (messages, "is being written by "));
  g_assert_true (has_message (messages, process));
  /* The first goes on, and leaves what it has; then the second may. */
  bs_job_cancel (g_ptr_array_index (bs_job_queue_get_jobs (bs_workspace_get_jobs (first)), 0));
  wait_for (has_no_jobs, first);
  n_epochs = 0;
  g_signal_connect_swapped (bs_workspace_get_training_queue (second), "epoch",
                            G_CALLBACK (count_cb), &n_epochs);
  bs_training_queue_train (bs_workspace_get_training_queue (second), config);
  wait_for (was_counted, &n_epochs);
  g_assert_true (has_message (messages, "Continued from epoch "));
  bs_job_cancel (g_ptr_array_index (bs_job_queue_get_jobs (bs_workspace_get_jobs (second)), 0));
  wait_for (has_no_jobs, second);
}

static void
test_of_two_corpora_opened_at_once_the_later_stays (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  const char *first = write_corpus (folder, "a"), *second = write_corpus (folder, "b");
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  bs_workspace_open_folder (workspace, first);
  bs_workspace_open_folder (workspace, second);
  wait_for (has_opened, workspace);
  g_assert_cmpstr (bs_corpus_folder (bs_workspace_get_corpus (workspace)), ==, second);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workspace/a cancelled training goes on", test_a_cancelled_training_goes_on);
  g_test_add_func ("/workspace/imported predictions open as a run",
                   test_imported_predictions_open_as_a_run);
  g_test_add_func ("/workspace/predictions that cannot be read leave a sentence",
                   test_predictions_that_cannot_be_read_leave_a_sentence);
  g_test_add_func ("/workspace/what is unclear is asked and kept",
                   test_what_is_unclear_is_asked_and_kept);
  g_test_add_func ("/workspace/predictions for one corpus do not appear in the next",
                   test_predictions_for_one_corpus_do_not_appear_in_the_next);
  g_test_add_func ("/workspace/opening that is given up is over",
                   test_opening_that_is_given_up_is_over);
  g_test_add_func ("/workspace/of two corpora opened at once the later stays",
                   test_of_two_corpora_opened_at_once_the_later_stays);
  g_test_add_func ("/workspace/another corpus is one change", test_another_corpus_is_one_change);
  g_test_add_func ("/workspace/what one trains another does not train meanwhile",
                   test_what_one_trains_another_does_not_train_meanwhile);
  return g_test_run ();
}
