/* SPDX-License-Identifier: MIT */
#include "tests/support/bs-test-training.h"

#include <adwaita.h>

#include "ui/runs/bs-train-form.h"

BsTestTraining bs_test_training;

static gboolean
has_corpus (void)
{
  return bs_workspace_get_corpus (bs_test_training.workspace) != NULL;
}

/* Makes corpus, workspace and view; bs_test_training_show() opens them. */
void
bs_test_training_begin (void)
{
  bs_test_training.folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  bs_test_training.workspace = bs_workspace_new ();
  bs_test_training.window = gtk_window_new ();
  bs_test_training.box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  bs_test_training.runs = g_object_new (BS_TYPE_RUNS_VIEW, NULL);
  g_object_set (bs_test_training.runs, "workspace", bs_test_training.workspace, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (bs_test_training.runs), 440, -1);
  gtk_box_append (GTK_BOX (bs_test_training.box), GTK_WIDGET (bs_test_training.runs));
}

void
bs_test_training_show (void)
{
  gtk_window_set_child (GTK_WINDOW (bs_test_training.window), bs_test_training.box);
  gtk_window_set_default_size (GTK_WINDOW (bs_test_training.window), 1280, 800);
  gtk_window_present (GTK_WINDOW (bs_test_training.window));
  bs_workspace_open_folder (bs_test_training.workspace, bs_test_training.folder->path);
  bs_test_wait_for (has_corpus, "the corpus");
  bs_test_paint_once (bs_test_training.window);
}

/* After the window was destroyed. */
void
bs_test_training_end (void)
{
  g_object_run_dispose (G_OBJECT (bs_test_training.workspace));
  g_object_unref (bs_test_training.workspace);
  test_folder_free (bs_test_training.folder);
}

gpointer
bs_test_form (void)
{
  return bs_test_part (bs_test_training.runs, BS_TYPE_TRAIN_FORM);
}

GtkWidget *
bs_test_train_button (void)
{
  return bs_test_of_class (bs_test_form (), "suggested-action");
}

/* The row of a setting; %NULL where the chosen model has none of that name. */
BsOptionRow *
bs_test_option (const char *key)
{
  GtkWidget *row = bs_test_find (bs_test_form (), BS_TYPE_OPTION_ROW);
  while (row != NULL && !g_str_equal (bs_option_row_get_key (BS_OPTION_ROW (row)), key))
    row = gtk_widget_get_next_sibling (row);
  return row != NULL ? BS_OPTION_ROW (row) : NULL;
}

void
bs_test_type (const char *key, const char *value)
{
  gtk_editable_set_text (bs_test_part (bs_test_option (key), GTK_TYPE_ENTRY), value);
}

void
bs_test_choose_model (const char *name)
{
  const char *const *models = bs_model_names ();
  guint i = 0;
  while (!g_str_equal (models[i], name))
    i++;
  gtk_drop_down_set_selected (bs_test_named (bs_test_form (), GTK_TYPE_DROP_DOWN, "Model"), i);
}

/* Bit i: the encoder at place i. */
void
bs_test_choose_encoders (guint which)
{
  GtkWidget *flow = bs_test_part (bs_test_form (), GTK_TYPE_FLOW_BOX);
  guint i = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (flow); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    gtk_check_button_set_active (bs_test_part (child, GTK_TYPE_CHECK_BUTTON), (which >> i) & 1);
}

gboolean
bs_test_is_idle (void)
{
  return !bs_training_queue_get_n_trainings (
    bs_workspace_get_training_queue (bs_test_training.workspace));
}

gboolean
bs_test_is_training (void)
{
  return !bs_test_is_idle ();
}
