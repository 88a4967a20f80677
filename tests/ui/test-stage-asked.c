/* SPDX-License-Identifier: MIT */
/* What the middle of the window shows of a run that is asked about the clip: where it looked, and
 * what each encoder would have said. */
#include <math.h>

#include "tests/support/bs-made-models.h"
#include "tests/support/bs-test-stage.h"
#include "ui/stage/bs-ablation-table.h"
#include "ui/stage/bs-stage-private.h"
#include "ui/stage/bs-timeline-view-private.h"

static void
open_run (BsTestStage *test, const char *model, const char *encoders)
{
  g_autoptr (BsTrainConfig) config = made_config_new (model, encoders);
  g_autoptr (BsRun) run = made_train (bs_workspace_get_corpus (test->workspace), config);
  bs_workspace_open_run (test->workspace, run);
}

static gboolean
has_attention (gpointer timeline)
{
  return bs_timeline_view_get_attention (timeline) != NULL;
}

static int
height_of (gpointer timeline)
{
  int height = 0;
  gtk_widget_measure (timeline, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

typedef struct {
  BsTimelineView *timeline;
  int height;
} Wanted;

static gboolean
has_height (gpointer data)
{
  Wanted *wanted = data;
  return height_of (wanted->timeline) == wanted->height;
}

static gsize
find_column (const BsTable *table, const char *header)
{
  gsize column = 0;
  while (column < bs_table_n_columns (table) &&
         !g_str_equal (bs_table_header (table, column), header))
    column++;
  return column;
}

static void
test_attention_lies_below_the_probabilities (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  BsTimelineView *timeline = bs_stage_get_timeline (test->stage);
  bs_test_stage_add_features (test, TEST_CLIP_B);
  bs_test_stage_stand (test);
  Wanted bare = { timeline, height_of (timeline) };
  open_run (test, "attention", "Face,Voice");
  bs_test_wait (has_attention, timeline, "the attention");
  g_assert_cmpuint (bs_timeline_view_get_attention (timeline)->n_lanes, ==, 2);
  g_assert_cmpint (height_of (timeline), >, bare.height);
  g_assert_cmpint (height_of (timeline), <=, bare.height + 36);
  g_autoptr (BsTable) table = bs_chart_view_make_table (BS_CHART_VIEW (timeline));
  gsize face = find_column (table, "Face"), voice = find_column (table, "Voice");
  g_assert_cmpuint (voice, ==, bs_table_n_columns (table) - 1);
  double sum = 0;
  for (gsize row = 0; row < bs_table_n_rows (table); row++)
    for (gsize column = face; column <= voice; column++)
      if (!isnan (bs_table_number (table, row, column)))
        sum += bs_table_number (table, row, column);
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-4);
  /* A run that looks nowhere takes the lanes away, and so does a clip without features. */
  open_run (test, "linear", "Face");
  bs_test_wait (has_attention, timeline, "an answer");
  g_assert_cmpint (height_of (timeline), ==, bare.height);
  open_run (test, "attention-pool", "Voice");
  bs_test_wait (has_attention, timeline, "the attention");
  g_assert_cmpint (height_of (timeline), >, bare.height);
  bs_test_stage_choose (test, TEST_CLIP_B);
  bs_test_wait (has_height, &bare, "the attention to go");
  g_assert_null (bs_timeline_view_get_attention (timeline));
}

typedef struct {
  GtkWidget *root;
  const char *text;
} Said;

static gboolean
is_said (gpointer data)
{
  Said *said = data;
  return bs_test_find_text (said->root, said->text) != NULL;
}

static void
wait_for_words (GtkWidget *root, const char *text)
{
  bs_test_wait (is_said, &(Said){ root, text }, text);
}

static void
test_verdicts_or_what_they_lack (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  GtkWidget *overlay = GTK_WIDGET (bs_stage_get_overlay (test->stage));
  bs_test_stage_add_features (test, TEST_CLIP_B);
  bs_test_stage_stand (test);
  bs_test_stage_add_run (test);
  g_assert_null (bs_test_find_text (overlay, "no networks"));
  bs_test_stage_activate (test, "overlay-ablation");
  g_assert_nonnull (bs_test_find_text (overlay, "no networks"));
  open_run (test, "attention", "Face,Voice");
  wait_for_words (overlay, "left out");
  g_assert_nonnull (bs_test_find_text (overlay, "Voice"));
  g_assert_nonnull (bs_test_find_text (overlay, "temperature"));
  g_assert_null (bs_test_find_text (overlay, "no networks"));
  bs_test_stage_choose (test, TEST_CLIP_B);
  wait_for_words (overlay, "missing: Voice.");
  g_assert_null (bs_test_find_text (overlay, "left out"));
  open_run (test, "stat", "Face");
  wait_for_words (overlay, "nothing to leave out");
  bs_test_stage_activate (test, "overlay-ablation");
  g_assert_null (bs_test_find_text (overlay, "nothing to leave out"));
}

static BsEncoderAblation *
some_verdicts (void)
{
  BsEncoderAblation *of = g_new0 (BsEncoderAblation, 1);
  of->has_thresholds = TRUE;
  of->whole = (BsAblationResult){ { .6, .3, .1, 0, 0, 0 }, BS_LABEL_UNKNOWN };
  of->n = 1;
  of->of = g_new0 (BsAblatedEncoder, 1);
  of->of[0].encoder = g_strdup ("Face");
  of->of[0].alone = (BsAblationResult){ { .6, .1, .3, 0, 0, 0 }, BS_LABEL_UNKNOWN };
  of->of[0].without = (BsAblationResult){ { .5, .2, .1, .1, .1, 0 }, BS_LABEL_UNKNOWN };
  of->temperature = 2;
  of->logits[0] = 3;
  return of;
}

static void
test_verdicts_follow_the_thresholds (void)
{
  GtkWidget *widget = g_object_ref_sink (g_object_new (BS_TYPE_ABLATION_TABLE, NULL));
  BsAblationTable *table = BS_ABLATION_TABLE (widget);
  BsOverlayFacts facts = { .pair = { .25, .1 }, .label = bs_label_single (BS_EMOTION_ANG) };
  g_assert_false (bs_ablation_table_has_words (table));
  bs_ablation_table_take (table, some_verdicts (), NULL);
  bs_ablation_table_set_facts (table, &facts);
  g_assert_nonnull (bs_test_find_text (widget, "ang 70 · fea 30"));
  g_assert_nonnull (bs_test_find_text (widget, "changes"));
  g_assert_nonnull (bs_test_find_text (widget, "3.00"));
  g_assert_nonnull (bs_test_find_text (widget, "1.50"));
  facts.pair.alpha = .55;
  bs_ablation_table_set_facts (table, &facts);
  g_assert_null (bs_test_find_text (widget, "fea 30"));
  g_assert_nonnull (bs_test_find_text (widget, "same"));
  /* What is shown while the next is waited for is of the clip before: it must not be judged. */
  bs_ablation_table_wait (table, "wait");
  facts.pair.alpha = .25;
  bs_ablation_table_set_facts (table, &facts);
  g_assert_nonnull (bs_test_find_text (widget, "same"));
  g_assert_false (gtk_widget_get_sensitive (widget));
  bs_ablation_table_take (table, NULL, "nothing");
  g_assert_nonnull (bs_test_find_text (widget, "nothing"));
  g_assert_null (bs_test_find_text (widget, "same"));
  g_assert_true (gtk_widget_get_sensitive (widget));
  g_object_unref (widget);
}

int
main (int argc, char **argv)
{
  bs_test_init (&argc, &argv);
  g_test_add_func ("/stage-asked/attention-lies-below-the-probabilities",
                   test_attention_lies_below_the_probabilities);
  g_test_add_func ("/stage-asked/verdicts-or-what-they-lack", test_verdicts_or_what_they_lack);
  g_test_add_func ("/stage-asked/verdicts-follow-the-thresholds",
                   test_verdicts_follow_the_thresholds);
  return g_test_run ();
}
