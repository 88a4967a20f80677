/* SPDX-License-Identifier: MIT */
/* What was decided beside what the clip shows. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-label-glyph.h"
#include "ui/common/bs-outcome-icon.h"
#include "ui/session/bs-label-text.h"
#include "ui/stage/bs-decision-view.h"

#define DECISION_WIDTH_PX 186 /* over the picture: of most decisions */

struct _BsDecisionView {
  GtkWidget parent_instance;

  GtkWidget *grid;
  BsLabelGlyph *decision_glyph;
  GtkWidget *decision_box;
  GtkLabel *decision;
  BsLabelGlyph *label_glyph;
  GtkLabel *label;
  GtkWidget *presence_key;
  GtkWidget *presence_box;
  GtkImage *presence_sign;
  GtkLabel *presence;
  GtkWidget *salience_key;
  GtkWidget *salience_box;
  GtkImage *salience_sign;
  GtkLabel *salience;
  GtkWidget *synthetic;
};

G_DEFINE_FINAL_TYPE (BsDecisionView, bs_decision_view, GTK_TYPE_WIDGET)

static void
bs_decision_view_dispose (GObject *object)
{
  bs_gtk48_compat_dispose (object, BS_TYPE_DECISION_VIEW);
  G_OBJECT_CLASS (bs_decision_view_parent_class)->dispose (object);
}

static void
bs_decision_view_class_init (BsDecisionViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bs_decision_view_dispose;
  g_type_ensure (BS_TYPE_LABEL_GLYPH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-decision-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, grid);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, decision_glyph);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, decision_box);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, decision);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, label_glyph);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, label);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, presence_key);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, presence_box);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, presence_sign);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, presence);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, salience_key);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, salience_box);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, salience_sign);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, salience);
  gtk_widget_class_bind_template_child (widget_class, BsDecisionView, synthetic);
}

static void
bs_decision_view_init (BsDecisionView *self)
{
  bs_gtk48_compat_init (self);
  bs_decision_view_set_stacked (self, FALSE);
}

static void
show_outcome (GtkWidget *key, GtkWidget *box, GtkImage *sign, GtkLabel *word, gboolean applies,
              gboolean right)
{
  gtk_widget_set_visible (key, applies);
  gtk_widget_set_visible (box, applies);
  gtk_label_set_text (word, bs_outcome_icon_show (sign, right));
}

/**
 * bs_decision_view_set_facts:
 * @self: a view
 * @facts: what is known of the clip
 *
 * Salience is judged where the label is a blend, as the metrics do it.
 */
void
bs_decision_view_set_facts (BsDecisionView *self, const BsOverlayFacts *facts)
{
  BsLabel decision = facts->decision ? facts->decision->label : BS_LABEL_UNKNOWN;
  gboolean seen = bs_label_is_known (facts->label) && !facts->blind;
  gboolean judged = seen && facts->decision;
  g_autofree char *said = bs_label_text_label (decision);
  g_autofree char *shown = bs_label_text_label (facts->label);

  g_return_if_fail (BS_IS_DECISION_VIEW (self));
  bs_label_glyph_set_label (self->decision_glyph, decision);
  gtk_widget_set_visible (GTK_WIDGET (self->decision_glyph), facts->decision != NULL);
  gtk_label_set_text (self->decision, facts->decision ? said : _ ("not judged"));
  bs_label_glyph_set_label (self->label_glyph, seen ? facts->label : BS_LABEL_UNKNOWN);
  gtk_widget_set_visible (GTK_WIDGET (self->label_glyph), seen);
  gtk_label_set_text (self->label, facts->blind ? _ ("hidden while you judge") : shown);
  show_outcome (self->presence_key, self->presence_box, self->presence_sign, self->presence, judged,
                judged && bs_label_same_set (decision, facts->label));
  show_outcome (self->salience_key, self->salience_box, self->salience_sign, self->salience,
                judged && bs_label_is_blend (facts->label),
                judged && bs_label_equal (decision, facts->label));
  gtk_widget_set_visible (self->synthetic, facts->synthetic);
}

/**
 * bs_decision_view_set_stacked:
 * @self: a view
 * @stacked: whether it is a row as wide as what it is in, and not a panel that keeps its width
 *   from one decision to the next
 */
void
bs_decision_view_set_stacked (BsDecisionView *self, gboolean stacked)
{
  g_return_if_fail (BS_IS_DECISION_VIEW (self));
  gtk_widget_set_size_request (self->decision_box, stacked ? -1 : DECISION_WIDTH_PX, -1);
}
