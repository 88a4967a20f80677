/* SPDX-License-Identifier: MIT */
/* What leaves first as the bar gets narrow stands in its template, as steps of BsBarLayout. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/decision/bs-bar-layout.h"
#include "ui/decision/bs-bar-menu.h"
#include "ui/decision/bs-decision-bar-private.h"
#include "ui/decision/bs-fold-chooser.h"
#include "ui/decision/bs-protocol-button.h"
#include "ui/decision/bs-run-chooser.h"
#include "ui/decision/bs-threshold-number.h"
#include "ui/decision/bs-tuned-tag.h"
#include "ui/session/bs-label-text.h"
#include "ui/session/bs-why.h"

enum {
  FIGURE_PRESENCE,
  FIGURE_SALIENCE,
  FIGURE_SCORE,
  N_FIGURES,
};

struct _BsDecisionBar {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  gboolean following; /* the sliders are being set from the workspace */
  guint64 serial;

  GtkRange *alpha_scale;
  GtkRange *beta_scale;
  GtkWidget *alpha_number;
  GtkWidget *beta_number;
  GtkLabel *given;
  GtkWidget *protocol;
  GtkWidget *fold;
  GtkWidget *undo;
  GtkWidget *redo;
  GtkWidget *run;
  GtkWidget *tag;
  GtkMenuButton *overflow;
  GtkWidget *menu;
  GtkInscription *figures[N_FIGURES];
  GtkInscription *deviations[N_FIGURES];
};

G_DEFINE_FINAL_TYPE (BsDecisionBar, bs_decision_bar, GTK_TYPE_WIDGET)

static const struct {
  const char *figure; /* ids in the template */
  const char *deviation;
  const char *name;
} figure_words[N_FIGURES] = {
  [FIGURE_PRESENCE] = { "presence", "presence_deviation", N_ ("presence") },
  [FIGURE_SALIENCE] = { "salience", "salience_deviation", N_ ("salience") },
  [FIGURE_SCORE] = { "score", "score_deviation", N_ ("score") },
};

static void
scale_changed_cb (BsDecisionBar *self, GtkRange *range)
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
undo_cb (BsDecisionBar *self)
{
  bs_threshold_state_undo (self->thresholds);
}

static void
redo_cb (BsDecisionBar *self)
{
  bs_threshold_state_redo (self->thresholds);
}

static void
set_inscription (GtkInscription *inscription, const char *text)
{
  if (g_strcmp0 (gtk_inscription_get_text (inscription), text) != 0)
    gtk_inscription_set_text (inscription, text);
}

/* Inscriptions, whose place does not depend on their text: a new figure lays nothing out anew. */
static void
show_figure (BsDecisionBar *self, int figure, double mean, double std)
{
  char value[BS_LABEL_TEXT_FIGURE], deviation[BS_LABEL_TEXT_FIGURE];
  g_autofree char *said = NULL;
  set_inscription (self->figures[figure], bs_label_text_figure (value, mean));
  if (!isnan (std))
    said = g_strconcat ("±", bs_label_text_figure (deviation, std), NULL);
  set_inscription (self->deviations[figure], said != NULL ? said : "");
}

/* The mean of the folds, as the fold table has it; of a corpus without folds that of all clips. */
static void
show_figures (BsDecisionBar *self)
{
  const BsMetrics *metrics = bs_threshold_state_get_metrics (self->thresholds);
  if (metrics == NULL) {
    for (int figure = 0; figure < N_FIGURES; figure++)
      show_figure (self, figure, NAN, NAN);
  } else if (metrics->n_scored_folds == 0) {
    show_figure (self, FIGURE_PRESENCE, bs_counts_presence (&metrics->pooled), NAN);
    show_figure (self, FIGURE_SALIENCE, bs_counts_salience (&metrics->pooled), NAN);
    show_figure (self, FIGURE_SCORE, bs_counts_score (&metrics->pooled), NAN);
  } else {
    show_figure (self, FIGURE_PRESENCE, metrics->mean_presence, metrics->std_presence);
    show_figure (self, FIGURE_SALIENCE, metrics->mean_salience, metrics->std_salience);
    show_figure (self, FIGURE_SCORE, metrics->mean_score, metrics->std_score);
  }
}

static void
follow (BsDecisionBar *self)
{
  BsThresholdPair pair = bs_threshold_state_get_pair (self->thresholds);
  self->following = TRUE;
  gtk_range_set_value (self->alpha_scale, pair.alpha);
  gtk_range_set_value (self->beta_scale, pair.beta);
  self->following = FALSE;
  show_figures (self);
  self->serial = bs_threshold_state_get_serial (self->thresholds);
}

static char *
given_words (BsDecisionBar *self)
{
  g_autofree char *who = bs_why_given (bs_threshold_state_get_run (self->thresholds), -1);
  /* Translators: a sentence, as "The model itself chooses one of the 36 labels." */
  return g_strdup_printf (_ ("%s There is nothing for alpha and beta to decide."), who);
}

/* (transfer full): of what a figure is; it is of all clips, whatever the list shows. */
static char *
figure_tooltip (BsEvaluationSet *cases, const char *name)
{
  if (cases == NULL)
    return g_strdup (name);
  if (!bs_evaluation_set_has_folds (cases))
    /* Translators: presence, salience or score */
    return g_strdup_printf (_ ("%s, of all clips"), name);
  /* Translators: presence, salience or score */
  return g_strdup_printf (_ ("%s, mean of the folds ± deviation, of all clips"), name);
}

static void
describe_figures (BsDecisionBar *self, BsEvaluationSet *cases)
{
  for (int figure = 0; figure < N_FIGURES; figure++) {
    g_autofree char *text = figure_tooltip (cases, _ (figure_words[figure].name));
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->figures[figure]), text);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->deviations[figure]), text);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->figures[figure]),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  }
}

static void
run_changed_cb (BsDecisionBar *self)
{
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  gboolean is_given = cases != NULL && cases->fixed != NULL;
  g_autofree char *words = is_given ? given_words (self) : NULL;
  GtkWidget *const scales[] = { GTK_WIDGET (self->alpha_scale), GTK_WIDGET (self->beta_scale) };
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    gtk_widget_set_sensitive (scales[i], cases != NULL && !is_given);
  gtk_widget_set_visible (GTK_WIDGET (self->given), is_given);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->given), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->given), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words != NULL ? words : "", -1);
  describe_figures (self, cases);
}

static void
open_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  BsDecisionBar *self = user_data;
  bs_bar_menu_offer (BS_BAR_MENU (self->menu), self->workspace,
                     (BsBarMenuItems){
                       .protocol = !gtk_widget_get_child_visible (self->protocol),
                       .fold = !gtk_widget_get_child_visible (self->fold),
                       .run = !gtk_widget_get_child_visible (self->run),
                       .redo = !gtk_widget_get_child_visible (self->redo),
                     });
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsDecisionBar *self = BS_DECISION_BAR (widget);
  self->workspace = g_object_ref (workspace);
  self->thresholds = bs_workspace_get_thresholds (workspace);
  GtkWidget *const parts[] = { self->alpha_number, self->beta_number, self->protocol,
                               self->fold,         self->run,         self->tag };
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_object_set (parts[i], "workspace", workspace, NULL);
  g_object_bind_property (self->thresholds, "can-undo", self->undo, "sensitive",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->thresholds, "can-redo", self->redo, "sensitive",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->thresholds, "notify::run", G_CALLBACK (run_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::metrics", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::edited-fold", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  run_changed_cb (self);
  follow (self);
}

static void
bs_decision_bar_dispose (GObject *object)
{
  BsDecisionBar *self = BS_DECISION_BAR (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_DECISION_BAR);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_decision_bar_parent_class)->dispose (object);
}

static void
bs_decision_bar_class_init (BsDecisionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = bs_decision_bar_dispose;
  bs_workspace_property_install (object_class, take_workspace);
  gtk_widget_class_set_css_name (widget_class, "decisionbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  g_type_ensure (BS_TYPE_BAR_LAYOUT);
  g_type_ensure (BS_TYPE_BAR_MENU);
  g_type_ensure (BS_TYPE_FOLD_CHOOSER);
  g_type_ensure (BS_TYPE_PROTOCOL_BUTTON);
  g_type_ensure (BS_TYPE_RUN_CHOOSER);
  g_type_ensure (BS_TYPE_THRESHOLD_NUMBER);
  g_type_ensure (BS_TYPE_TUNED_TAG);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-decision-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, alpha_scale);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, beta_scale);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, alpha_number);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, beta_number);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, given);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, protocol);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, fold);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, undo);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, redo);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, run);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, tag);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, overflow);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionBar, menu);
  for (int figure = 0; figure < N_FIGURES; figure++) {
    gtk_widget_class_bind_template_child_full (widget_class, figure_words[figure].figure, FALSE, 0);
    gtk_widget_class_bind_template_child_full (widget_class, figure_words[figure].deviation, FALSE,
                                               0);
  }
  gtk_widget_class_bind_template_callback (widget_class, scale_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, redo_cb);
}

static void
bs_decision_bar_init (BsDecisionBar *self)
{
  bs_gtk48_compat_init (self);
  for (int figure = 0; figure < N_FIGURES; figure++) {
    self->figures[figure] = GTK_INSCRIPTION (gtk_widget_get_template_child (
      GTK_WIDGET (self), BS_TYPE_DECISION_BAR, figure_words[figure].figure));
    self->deviations[figure] = GTK_INSCRIPTION (gtk_widget_get_template_child (
      GTK_WIDGET (self), BS_TYPE_DECISION_BAR, figure_words[figure].deviation));
  }
  gtk_menu_button_set_create_popup_func (self->overflow, open_menu_cb, self, NULL);
}

/**
 * bs_decision_bar_get_serial:
 * @self: the bar
 *
 * Returns: the workspace's serial whose state it shows
 */
guint64
bs_decision_bar_get_serial (BsDecisionBar *self)
{
  return self->serial;
}
