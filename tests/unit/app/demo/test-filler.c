/* SPDX-License-Identifier: MIT */
/* What a synthetic corpus lacks is made by and by, and stops with its corpus or its window. */
#include "app/demo/bs-demo-filler.h"
#include "tests/support/bs-test-folder.h"

#define LIMIT_S 400 /* for the broken case alone */

static const char TABLE[] = "filename,video_id,mix,emotion_1,emotion_2,emotion_1_salience,fold\n"
                            "b_ang,b,0,ang,,,0\n"
                            "b_hap,b,0,hap,,,1\n";

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

/* The first of its visible jobs, once the metadata is there. */
static gboolean
is_filling (gpointer workspace)
{
  return bs_workspace_get_corpus (workspace) != NULL && has_opened (workspace) &&
         !has_no_jobs (workspace);
}

static gboolean
is_training (gpointer workspace)
{
  return bs_training_queue_get_n_trainings (bs_workspace_get_training_queue (workspace)) > 0;
}

static void
test_features_come_before_a_first_run_that_is_not_begun_anew (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  g_autoptr (BsDemoFiller) filler = bs_demo_filler_new (workspace);
  bs_demo_filler_open (filler, test_folder_path (folder, "demo"));
  g_assert_true (bs_workspace_is_opening (workspace));
  wait_for (is_filling, workspace);
  g_assert_cmpuint (bs_corpus_n_encoders (bs_workspace_get_corpus (workspace)), ==, 0);
  g_assert_nonnull (bs_workspace_get_clip_maker (workspace));
  wait_for (is_training, workspace);
  g_assert_cmpuint (bs_corpus_n_encoders (bs_workspace_get_corpus (workspace)), >, 0);
  GPtrArray *jobs = bs_job_queue_get_jobs (bs_workspace_get_jobs (workspace));
  while (jobs->len > 0) {
    bs_job_cancel (g_ptr_array_index (jobs, 0));
    g_main_context_iteration (NULL, FALSE);
  }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (is_training (workspace));
  g_assert_false (bs_clip_maker_works_ahead (bs_workspace_get_clip_maker (workspace)));
}

static void
test_features_of_one_demo_do_not_replace_the_corpus_opened_since (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  test_folder_write (folder, "b/train_metadata.csv", TABLE);
  const char *plain = test_folder_path (folder, "b");
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  g_autoptr (BsDemoFiller) filler = bs_demo_filler_new (workspace);
  bs_demo_filler_open (filler, test_folder_path (folder, "demo"));
  wait_for (is_filling, workspace); /* its features are computed from here on */
  bs_workspace_open_folder (workspace, plain);
  wait_for (has_no_jobs, workspace);
  g_assert_cmpstr (bs_corpus_folder (bs_workspace_get_corpus (workspace)), ==, plain);
  g_assert_null (bs_workspace_get_clip_maker (workspace));
}

static void
test_a_workspace_may_go_away_while_it_works (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  g_autoptr (BsDemoFiller) filler = bs_demo_filler_new (workspace);
  bs_demo_filler_open (filler, test_folder_path (folder, "demo"));
  wait_for (is_filling, workspace);
  gpointer gone = workspace;
  g_object_add_weak_pointer (G_OBJECT (workspace), &gone);
  g_clear_object (&filler);
  g_clear_object (&workspace);
  g_assert_null (gone);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filler/features come before a first run that is not begun anew",
                   test_features_come_before_a_first_run_that_is_not_begun_anew);
  g_test_add_func ("/filler/features of one demo do not replace the corpus opened since",
                   test_features_of_one_demo_do_not_replace_the_corpus_opened_since);
  g_test_add_func ("/filler/a workspace may go away while it works",
                   test_a_workspace_may_go_away_while_it_works);
  return g_test_run ();
}
