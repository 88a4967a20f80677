/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ui/analysis/bs-pair-controls-private.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/session/bs-why.h"

struct _BsPairControls {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  gboolean following; /* the widgets are being set from the workspace */
  guint64 serial;

  GtkWidget *grid;
  GtkRange *alpha_scale;
  GtkRange *beta_scale;
  GtkSpinButton *alpha_number;
  GtkSpinButton *beta_number;
  GtkLabel *alpha_caption;
  GtkLabel *beta_caption;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (BsPairControls, bs_pair_controls, GTK_TYPE_WIDGET)

static void
scale_changed_cb (BsPairControls *self, GtkRange *range)
{
  if (self->following || self->workspace == NULL)
    return;
  BsThresholdPair pair = bs_threshold_state_get_pair (self->thresholds);
  if (range == self->alpha_scale)
    pair.alpha = gtk_range_get_value (range);
  else
    pair.beta = gtk_range_get_value (range);
  bs_threshold_state_set_pair (self->thresholds, pair);
}

static void
number_changed_cb (BsPairControls *self, GtkSpinButton *number)
{
  if (self->following || self->workspace == NULL)
    return;
  BsThresholdPair pair = bs_threshold_state_get_pair (self->thresholds);
  if (number == self->alpha_number)
    pair.alpha = gtk_spin_button_get_value (number);
  else
    pair.beta = gtk_spin_button_get_value (number);
  bs_threshold_state_set_pair (self->thresholds, pair);
}

/* Both decimal signs are understood, and a number that was only shown rounded is not rounded
 * by looking at it. */
static int
input_cb (GtkSpinButton *number, double *value, BsPairControls *self)
{
  double now = gtk_adjustment_get_value (gtk_spin_button_get_adjustment (number));
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (number))));
  g_autofree char *shown = g_strdup_printf ("%.3f", now);
  char *end;
  *value = now;
  if (g_str_equal (text, shown))
    return TRUE;
  double typed = g_ascii_strtod (g_strdelimit (text, ",", '.'), &end);
  if (*text == '\0' || *end != '\0' || !isfinite (typed))
    return GTK_INPUT_ERROR;
  *value = typed;
  return TRUE;
}

static gboolean
folds_differ (BsPairControls *self)
{
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  const BsThresholds *thresholds = bs_threshold_state_get_thresholds (self->thresholds);
  for (gsize i = 1; cases != NULL && i < cases->n_folds; i++)
    if (memcmp (&thresholds->fold[i], &thresholds->fold[0], sizeof (BsThresholdPair)) != 0)
      return TRUE;
  return FALSE;
}

static void
show_captions (BsPairControls *self)
{
  int fold = bs_threshold_state_get_edited_fold (self->thresholds);
  g_autofree char *whose = NULL;
  if (fold >= 0)
    whose = g_strdup_printf (_ ("of fold %d"), fold);
  else if (folds_differ (self))
    whose = g_strdup (_ ("mean of the folds"));
  bs_gtk48_compat_set_label (self->alpha_caption, whose != NULL ? whose : _ ("is it there?"));
  bs_gtk48_compat_set_label (self->beta_caption, whose != NULL ? whose : _ ("are they equal?"));
}

static void
show_problem (BsPairControls *self)
{
  g_autofree char *who = bs_why_given (bs_workspace_get_run (self->workspace), -1);
  /* Translators: a sentence, as "The model itself chooses one of the 36 labels." */
  g_autofree char *text =
    g_strdup_printf (_ ("%s There is nothing for alpha and beta to decide."), who);
  bs_gtk48_compat_set_label (self->problem, text);
}

static void
follow (BsPairControls *self)
{
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  gboolean decisions_only = cases != NULL && cases->fixed != NULL;
  BsThresholdPair pair = bs_threshold_state_get_pair (self->thresholds);
  self->following = TRUE;
  gtk_range_set_value (self->alpha_scale, pair.alpha);
  gtk_range_set_value (self->beta_scale, pair.beta);
  gtk_spin_button_set_value (self->alpha_number, pair.alpha);
  gtk_spin_button_set_value (self->beta_number, pair.beta);
  self->following = FALSE;
  gtk_widget_set_sensitive (self->grid, cases != NULL && !decisions_only);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), decisions_only);
  if (decisions_only)
    show_problem (self);
  show_captions (self);
  self->serial = bs_threshold_state_get_serial (self->thresholds);
}

/**
 * bs_pair_controls_set_workspace:
 * @self: the controls
 * @workspace: what they set and follow; set once
 */
void
bs_pair_controls_set_workspace (BsPairControls *self, BsWorkspace *workspace)
{
  g_return_if_fail (self->workspace == NULL);
  self->workspace = g_object_ref (workspace);
  self->thresholds = bs_workspace_get_thresholds (workspace);
  g_signal_connect_object (self->thresholds, "notify::metrics", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::edited-fold", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  follow (self);
}

/**
 * bs_pair_controls_get_serial:
 * @self: the controls
 *
 * Returns: the workspace's serial whose state they show
 */
guint64
bs_pair_controls_get_serial (BsPairControls *self)
{
  return self->serial;
}

static void
bs_pair_controls_dispose (GObject *object)
{
  BsPairControls *self = BS_PAIR_CONTROLS (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_PAIR_CONTROLS);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_pair_controls_parent_class)->dispose (object);
}

static void
bs_pair_controls_class_init (BsPairControlsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_pair_controls_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-pair-controls.ui");
  gtk_widget_class_bind_template_child (widget_class, BsPairControls, grid);
  gtk_widget_class_bind_template_child (widget_class, BsPairControls, alpha_scale);
  gtk_widget_class_bind_template_child (widget_class, BsPairControls, beta_scale);
  gtk_widget_class_bind_template_child (widget_class, BsPairControls, alpha_number);
  gtk_widget_class_bind_template_child (widget_class, BsPairControls, beta_number);
  gtk_widget_class_bind_template_child (widget_class, BsPairControls, alpha_caption);
  gtk_widget_class_bind_template_child (widget_class, BsPairControls, beta_caption);
  gtk_widget_class_bind_template_child (widget_class, BsPairControls, problem);
  gtk_widget_class_bind_template_callback (widget_class, scale_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, number_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
}

/* The slider beside it moves in steps; the number is for typing and needs its width. */
static void
hide_buttons (GtkSpinButton *number)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (number)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      gtk_widget_set_visible (child, FALSE);
}

static void
bs_pair_controls_init (BsPairControls *self)
{
  bs_gtk48_compat_init (self);
  hide_buttons (self->alpha_number);
  hide_buttons (self->beta_number);
}
