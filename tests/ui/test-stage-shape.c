/* SPDX-License-Identifier: MIT */
/* The stage in a column and in a wide place: the same words, over the picture or below it. */
#include "config.h"

#include <adwaita.h>
#include <libintl.h>
#include <locale.h>

#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-views.h"
#include "tests/support/bs-test-widgets.h"
#include "ui/session/bs-label-text.h"
#include "ui/stage/bs-stage-private.h"

#define LEAST_WIDTH 300 /* that a column may be asked to have */
#define WIDE_FROM 532 /* where the wide shape is taken at the latest */

static TestFolder *folder;
static BsWorkspace *workspace;
static GtkWidget *window;
static BsStage *stage;

static gboolean
has_run (void)
{
  return bs_workspace_get_corpus (workspace) != NULL &&
         bs_threshold_state_get_tuning (bs_workspace_get_thresholds (workspace)) != NULL;
}

static gboolean
has_corpus (void)
{
  return bs_workspace_get_corpus (workspace) != NULL;
}

static gboolean
is_compact (void)
{
  return stage->is_compact;
}

static gboolean
is_wide (void)
{
  return !stage->is_compact && gtk_widget_get_width (GTK_WIDGET (stage)) > 600;
}

static void
resize (int width, gboolean (*condition) (void))
{
  gtk_window_set_default_size (GTK_WINDOW (window), width, 640);
  bs_test_wait_for (condition, "the other shape");
  bs_test_paint_once (window);
}

static void
open_stage (void)
{
  workspace = bs_workspace_new ();
  window = gtk_window_new ();
  stage = g_object_new (BS_TYPE_STAGE, "workspace", workspace, NULL);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (stage));
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 640);
  gtk_window_present (GTK_WINDOW (window));
  bs_workspace_open_folder (workspace, folder->path);
  bs_test_wait_for (has_corpus, "the corpus");
  const char *path = test_folder_path (folder, "predictions.csv");
  bs_test_write_predictions (workspace, path, 5);
  bs_run_library_import (bs_workspace_get_library (workspace), path);
  bs_test_wait_for (has_run, "the run");
}

static void
test_a_column_has_rows (void)
{
  resize (800, is_wide);
  g_assert_true (gtk_widget_is_ancestor (GTK_WIDGET (stage->overlay), stage->picture));
  g_assert_true (gtk_widget_get_mapped (stage->time_card));
  resize (320, is_compact);
  g_assert_true (gtk_widget_is_ancestor (GTK_WIDGET (stage->overlay), GTK_WIDGET (stage->rows)));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (stage->overlay)));
  g_assert_false (gtk_widget_get_mapped (stage->time_card));
  g_assert_cmpint (gtk_widget_get_width (stage->box), <=, 320);
  resize (800, is_wide);
  g_assert_true (gtk_widget_is_ancestor (GTK_WIDGET (stage->overlay), stage->picture));
}

static int
minimum_width (void)
{
  int minimum;
  gtk_widget_measure (stage->box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* The bin's own minimum is what it is asked to have: what it holds could be cut off unseen. */
static void
test_a_shape_fits_where_it_is_taken (void)
{
  BsMetadata *metadata = bs_workspace_get_metadata (workspace);
  BsThresholdState *state = bs_workspace_get_thresholds (workspace);
  resize (320, is_compact);
  bs_threshold_state_set_pair (state, (BsThresholdPair){ 0, 0.05 }); /* blends have long words */
  for (gsize clip = 0; clip < bs_metadata_n_clips (metadata); clip++) {
    bs_clip_selection_set_clip (bs_workspace_get_selection (workspace), (int) clip);
    g_test_message ("minimum %d", minimum_width ());
    g_assert_cmpint (minimum_width (), <=, LEAST_WIDTH);
  }
  resize (700, is_wide);
  g_test_message ("minimum %d", minimum_width ());
  g_assert_cmpint (minimum_width (), <=, WIDE_FROM);
}

/* All texts below a widget that can be seen. */
static void
collect (GtkWidget *root, GString *texts)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root))
    g_string_append_printf (texts, "%s\n", gtk_label_get_text (GTK_LABEL (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, texts);
}

static char *
words (void)
{
  g_autoptr (GString) texts = g_string_new (NULL);
  collect (GTK_WIDGET (stage->overlay), texts);
  return g_string_free (g_steal_pointer (&texts), FALSE);
}

/* The texts name what is labelled and what is decided. */
static void
assert_right (const char *texts, int clip)
{
  const BsClip *info = bs_metadata_clip (bs_workspace_get_metadata (workspace), (gsize) clip);
  g_autofree char *label = bs_label_text_label (info->label);
  const BsDecision *made =
    bs_threshold_state_get_decision (bs_workspace_get_thresholds (workspace), clip);
  g_autofree char *decision = bs_label_text_label (made->label);
  g_auto (GStrv) lines = g_strsplit (texts, "\n", -1);
  g_assert_true (g_strv_contains ((const char *const *) lines, label));
  g_assert_true (g_strv_contains ((const char *const *) lines, decision));
}

static void
test_both_say_the_same (void)
{
  BsThresholdState *state = bs_workspace_get_thresholds (workspace);
  for (int i = 0; i < 6; i++) {
    resize (700, is_wide);
    bs_threshold_state_set_pair (state, (BsThresholdPair){ 0.08 * i, 0.05 * i });
    bs_clip_selection_set_clip (bs_workspace_get_selection (workspace), i);
    bs_test_paint_once (window);
    g_autofree char *wide = words ();
    resize (320, is_compact);
    g_autofree char *compact = words ();
    g_assert_cmpstr (wide, ==, compact);
    assert_right (compact, i);
  }
}

static void
test_name_actor_and_label_are_always_there (void)
{
  BsMetadata *metadata = bs_workspace_get_metadata (workspace);
  for (int compact = 0; compact < 2; compact++) {
    resize (compact ? 320 : 800, compact ? is_compact : is_wide);
    for (int clip = 0; clip < 4; clip++) {
      bs_clip_selection_set_clip (bs_workspace_get_selection (workspace), clip);
      const BsClip *info = bs_metadata_clip (metadata, (gsize) clip);
      g_assert_cmpstr (gtk_label_get_text (stage->clip_name), ==, info->filename);
      g_assert_true (g_str_has_prefix (gtk_label_get_text (stage->clip_origin),
                                       bs_metadata_actor_name (metadata, (gsize) info->actor)));
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (stage->clip_origin)));
      g_autofree char *label = bs_label_text_label_short (info->label);
      g_assert_cmpstr (gtk_label_get_text (stage->clip_label), ==, label);
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (stage->clip_label)));
    }
  }
}

int
main (int argc, char **argv)
{
  const MadeCorpus made = { -1, -1, 0, -1, NULL };
  gtk_test_init (&argc, &argv, NULL);
  /* GTK's tests are in C otherwise. */
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  adw_init ();
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("BLENDSCOPE_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  bs_test_load_style ();
  folder = made_corpus_write (&made);
  open_stage ();
  g_test_add_func ("/stage-shape/a column has rows", test_a_column_has_rows);
  g_test_add_func ("/stage-shape/both say the same", test_both_say_the_same);
  g_test_add_func ("/stage-shape/name, actor and label are always there",
                   test_name_actor_and_label_are_always_there);
  g_test_add_func ("/stage-shape/a shape fits where it is taken",
                   test_a_shape_fits_where_it_is_taken);
  int status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (workspace);
  test_folder_free (folder);
  return status;
}
