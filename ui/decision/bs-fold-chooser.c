/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/decision/bs-fold-chooser.h"

struct _BsFoldChooser {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  gboolean following; /* the choice is being set from the workspace */

  GtkDropDown *fold;
};

G_DEFINE_FINAL_TYPE (BsFoldChooser, bs_fold_chooser, GTK_TYPE_WIDGET)

static void
selected_cb (BsFoldChooser *self)
{
  guint selected = gtk_drop_down_get_selected (self->fold);
  if (self->workspace != NULL && !self->following && selected != GTK_INVALID_LIST_POSITION)
    bs_threshold_state_set_edited_fold (self->thresholds, (int) selected - 1);
}

static void
follow (BsFoldChooser *self)
{
  self->following = TRUE;
  gtk_drop_down_set_selected (self->fold,
                              (guint) (bs_threshold_state_get_edited_fold (self->thresholds) + 1));
  self->following = FALSE;
}

/* Another run has other folds. */
static void
run_changed_cb (BsFoldChooser *self)
{
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gtk_string_list_append (names, _ ("all folds"));
  for (gsize fold = 0; cases != NULL && fold < cases->n_folds; fold++) {
    g_autofree char *name = bs_evaluation_set_dup_fold_name (cases, (int) fold);
    gtk_string_list_take (names, g_strdup_printf (_ ("fold %s"), name));
  }
  self->following = TRUE;
  gtk_drop_down_set_model (self->fold, G_LIST_MODEL (names));
  follow (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->fold), cases != NULL && cases->fixed == NULL);
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsFoldChooser *self = BS_FOLD_CHOOSER (widget);
  self->workspace = g_object_ref (workspace);
  self->thresholds = bs_workspace_get_thresholds (workspace);
  g_signal_connect_object (self->thresholds, "notify::run", G_CALLBACK (run_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::edited-fold", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  run_changed_cb (self);
}

static void
bs_fold_chooser_dispose (GObject *object)
{
  BsFoldChooser *self = BS_FOLD_CHOOSER (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_FOLD_CHOOSER);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_fold_chooser_parent_class)->dispose (object);
}

static void
bs_fold_chooser_class_init (BsFoldChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = bs_fold_chooser_dispose;
  bs_workspace_property_install (object_class, take_workspace);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-fold-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, BsFoldChooser, fold);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
bs_fold_chooser_init (BsFoldChooser *self)
{
  bs_gtk48_compat_init (self);
}
