/* SPDX-License-Identifier: MIT */
/* The runs and what they are worth are asked for when the list is first opened. */
#include "config.h"

#include <glib/gi18n.h>

#include "data/base/bs-visible.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/decision/bs-run-chooser.h"
#include "ui/session/bs-label-text.h"
#include "ui/session/bs-run-scores.h"

struct _BsRunChooser {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsRunLibrary *library; /* the workspace's */
  BsRunScores *scores; /* (nullable): until the list is first opened */
  GPtrArray *listed; /* (nullable) (element-type BsRun): the rows, while the list is open */

  GtkMenuButton *button;
  GtkLabel *title;
  GtkPopover *popover;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (BsRunChooser, bs_run_chooser, GTK_TYPE_WIDGET)

static GtkWidget *
new_label (const char *text, float xalign, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static char *
when_made (const BsRun *run)
{
  g_autoptr (GDateTime) utc =
    run->created != NULL ? g_date_time_new_from_iso8601 (run->created, NULL) : NULL;
  g_autoptr (GDateTime) here = utc != NULL ? g_date_time_to_local (utc) : NULL;
  return here != NULL ? g_date_time_format (here, "%x %H:%M") : g_strdup ("");
}

static char *
worth_words (const BsRunScore *score)
{
  char mean[BS_LABEL_TEXT_FIGURE], deviation[BS_LABEL_TEXT_FIGURE];
  if (score == NULL)
    return g_strdup ("–");
  return g_strdup_printf ("%s ±%s", bs_label_text_figure (mean, score->score),
                          bs_label_text_figure (deviation, score->score_std));
}

static GtkWidget *
new_row (BsRunChooser *self, BsRun *run)
{
  const BsRunScore *score = bs_run_scores_get (self->scores, run);
  gboolean is_open = run == bs_workspace_get_run (self->workspace);
  g_autofree char *title = bs_visible_dup (run->title);
  g_autofree char *when = when_made (run);
  g_autofree char *worth = worth_words (score);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *name = new_label (title, 0, NULL);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 44);
  gtk_widget_set_tooltip_text (name, title);
  gtk_box_append (GTK_BOX (names), name);
  gtk_box_append (GTK_BOX (names), new_label (when, 0, "bs-caption"));
  gtk_box_append (GTK_BOX (figures), new_label (worth, 1, "numeric"));
  gtk_box_append (
    GTK_BOX (figures),
    new_label (score != NULL ? bs_label_text_tuned (score->tuned) : "", 1, "bs-caption"));
  gtk_widget_set_opacity (mark, is_open ? 1 : 0);
  gtk_widget_set_hexpand (names, TRUE);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), names);
  gtk_box_append (GTK_BOX (row), figures);
  return row;
}

static void
name_row (GtkListBoxRow *row, BsRun *run, const BsRunScore *score)
{
  g_autofree char *title = bs_visible_dup (run->title);
  g_autofree char *worth = worth_words (score);
  /* Translators: a run's name, and its score */
  g_autofree char *name = g_strdup_printf (_ ("%s, score %s"), title, worth);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
fill (BsRunChooser *self)
{
  GPtrArray *runs = bs_run_library_get_runs (self->library);
  GtkListBoxRow *row;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  self->listed = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
  for (guint i = 0; i < runs->len; i++) {
    BsRun *run = g_ptr_array_index (runs, i);
    g_ptr_array_add (self->listed, bs_run_ref (run));
    gtk_list_box_append (self->list, new_row (self, run));
    name_row (gtk_list_box_get_row_at_index (self->list, (int) i), run,
              bs_run_scores_get (self->scores, run));
  }
}

static void
scores_changed_cb (BsRunChooser *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    fill (self);
}

static void
open_cb (GtkMenuButton *button, gpointer user_data)
{
  BsRunChooser *self = user_data;
  if (self->workspace == NULL)
    return;
  if (self->scores == NULL) {
    self->scores = bs_run_scores_new (self->workspace);
    g_signal_connect_object (self->scores, "changed", G_CALLBACK (scores_changed_cb), self,
                             G_CONNECT_SWAPPED);
  }
  fill (self);
}

static void
row_activated_cb (BsRunChooser *self, GtkListBoxRow *row)
{
  g_autoptr (BsRun) run =
    bs_run_ref (g_ptr_array_index (self->listed, gtk_list_box_row_get_index (row)));
  gtk_popover_popdown (self->popover);
  if (g_ptr_array_find (bs_run_library_get_runs (self->library), run, NULL))
    bs_workspace_open_run (self->workspace, run);
}

static void
follow (BsRunChooser *self)
{
  BsRun *run = bs_workspace_get_run (self->workspace);
  g_autofree char *title = run != NULL ? bs_visible_dup (run->title) : g_strdup (_ ("no run"));
  /* Translators: a run's name */
  g_autofree char *name = g_strdup_printf (_ ("Run: %s"), title);
  bs_gtk48_compat_set_label (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  bs_gtk48_compat_name_button (self->button, name);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button),
                            bs_run_library_get_runs (self->library)->len > 0);
}

static void
runs_changed_cb (BsRunChooser *self)
{
  follow (self);
  if (self->scores != NULL && gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    fill (self);
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsRunChooser *self = BS_RUN_CHOOSER (widget);
  self->workspace = g_object_ref (workspace);
  self->library = bs_workspace_get_library (workspace);
  g_signal_connect_object (workspace, "notify::run", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->library, "notify::runs", G_CALLBACK (runs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  follow (self);
}

static void
bs_run_chooser_dispose (GObject *object)
{
  BsRunChooser *self = BS_RUN_CHOOSER (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_RUN_CHOOSER);
  g_clear_object (&self->scores);
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_run_chooser_parent_class)->dispose (object);
}

static void
bs_run_chooser_class_init (BsRunChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = bs_run_chooser_dispose;
  bs_workspace_property_install (object_class, take_workspace);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-run-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, BsRunChooser, button);
  gtk_widget_class_bind_template_child (widget_class, BsRunChooser, title);
  gtk_widget_class_bind_template_child (widget_class, BsRunChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, BsRunChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
bs_run_chooser_init (BsRunChooser *self)
{
  bs_gtk48_compat_init (self);
  gtk_menu_button_set_create_popup_func (self->button, open_cb, self, NULL);
}
