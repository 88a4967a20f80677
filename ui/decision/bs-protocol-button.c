/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/decision/bs-protocol-button.h"
#include "ui/decision/bs-word-stack.h"
#include "ui/session/bs-label-text.h"
#include "ui/session/bs-why.h"

struct _BsProtocolButton {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */

  GtkMenuButton *button;
  AdwBin *bin;
  GtkWidget *title; /* a stack of words: the protocols, then what is none of them */
  GtkPopover *popover;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (BsProtocolButton, bs_protocol_button, GTK_TYPE_WIDGET)

static const struct {
  const char *title;
  const char *explanation;
} words[BS_N_PROTOCOLS] = {
  [BS_PROTOCOL_OFFICIAL] = { N_ ("official grid"),
                             N_ ("each fold on its own clips, 20 × 20 pairs") },
  [BS_PROTOCOL_EXACT] = { N_ ("exact"), N_ ("each fold on its own clips, all pairs there are") },
  [BS_PROTOCOL_TRAIN] = { N_ ("other folds"), N_ ("each fold on the clips of the other folds") },
  [BS_PROTOCOL_MEAN] = { N_ ("mean pair"), N_ ("mean of the folds' best alphas and betas") },
  [BS_PROTOCOL_BEST_FOLD] = { N_ ("best fold"), N_ ("the pair of the fold with the best score") },
  [BS_PROTOCOL_PRESENCE_FIRST] = { N_ ("presence first"),
                                   N_ ("alpha for presence, then beta for salience") },
};

/* What the button says beside the protocols' names. */
enum {
  SET_BY_HAND = BS_N_PROTOCOLS,
  NOTHING_TO_CHOOSE,
  N_TITLES,
};

static const char *
title_of (gsize word)
{
  return word < BS_N_PROTOCOLS ? words[word].title
         : word == SET_BY_HAND ? N_ ("set by hand")
                               : N_ ("no thresholds");
}

static GtkWidget *
new_title (void)
{
  const char *titles[N_TITLES];
  for (gsize word = 0; word < N_TITLES; word++)
    titles[word] = title_of (word);
  return bs_word_stack_new (titles, N_TITLES);
}

static void
append_figure (GtkWidget *row, double mean, double std)
{
  char value[BS_LABEL_TEXT_FIGURE], deviation[BS_LABEL_TEXT_FIGURE];
  g_autofree char *text =
    g_strdup_printf ("%s<span size=\"72%%\" alpha=\"70%%\">±%s</span>",
                     bs_label_text_figure (value, mean), bs_label_text_figure (deviation, std));
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_markup (GTK_LABEL (label), text);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_width_chars (GTK_LABEL (label), 11);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (row), label);
}

static GtkWidget *
new_row (const BsProtocolResult *result, BsProtocol protocol)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (_ (words[protocol].title));
  GtkWidget *explanation = gtk_label_new (_ (words[protocol].explanation));
  const char *where = bs_protocol_tunes_here (protocol) ? _ ("tuned here") : _ ("tuned elsewhere");
  GtkWidget *tuned = gtk_label_new (where);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (explanation), 0);
  gtk_label_set_xalign (GTK_LABEL (tuned), 0);
  gtk_label_set_width_chars (GTK_LABEL (tuned), 14);
  gtk_widget_add_css_class (explanation, "caption");
  gtk_widget_add_css_class (explanation, "dim-label");
  gtk_widget_add_css_class (tuned, "caption");
  gtk_box_append (GTK_BOX (names), title);
  gtk_box_append (GTK_BOX (names), explanation);
  gtk_widget_set_hexpand (names, TRUE);
  gtk_box_append (GTK_BOX (row), names);
  append_figure (row, result->mean_presence, result->std_presence);
  append_figure (row, result->mean_salience, result->std_salience);
  append_figure (row, result->mean_score, result->std_score);
  gtk_box_append (GTK_BOX (row), tuned);
  return row;
}

static void
tuning_changed_cb (BsProtocolButton *self)
{
  BsTuning *tuning = bs_threshold_state_get_tuning (self->thresholds);
  GtkListBoxRow *row;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (int i = 0; tuning != NULL && i < BS_N_PROTOCOLS; i++) {
    gtk_list_box_append (self->list, new_row (&tuning->protocols[i], (BsProtocol) i));
    row = gtk_list_box_get_row_at_index (self->list, i);
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ (words[i].title), -1);
  }
}

static void
follow (BsProtocolButton *self)
{
  int protocol = bs_threshold_state_get_protocol (self->thresholds);
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  gboolean is_given = cases != NULL && cases->fixed != NULL;
  g_autofree char *who =
    is_given ? bs_why_given (bs_threshold_state_get_run (self->thresholds), -1) : NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), cases != NULL && !is_given);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button),
                               is_given ? who : _ ("How the thresholds are chosen"));
  gsize word = is_given ? NOTHING_TO_CHOOSE : protocol >= 0 ? (gsize) protocol : SET_BY_HAND;
  g_autofree char *text = g_strdup_printf (_ ("Protocol: %s"), _ (title_of (word)));
  bs_word_stack_show (self->title, word);
  bs_gtk48_compat_name_button (self->button, text);
}

static void
row_activated_cb (BsProtocolButton *self, GtkListBoxRow *row)
{
  gtk_popover_popdown (self->popover);
  bs_threshold_state_apply_protocol (self->thresholds,
                                     (BsProtocol) gtk_list_box_row_get_index (row));
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsProtocolButton *self = BS_PROTOCOL_BUTTON (widget);
  self->workspace = g_object_ref (workspace);
  self->thresholds = bs_workspace_get_thresholds (workspace);
  g_signal_connect_object (self->thresholds, "notify::run", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::protocol", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::tuning", G_CALLBACK (tuning_changed_cb), self,
                           G_CONNECT_SWAPPED);
  follow (self);
  tuning_changed_cb (self);
}

static void
bs_protocol_button_dispose (GObject *object)
{
  BsProtocolButton *self = BS_PROTOCOL_BUTTON (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_PROTOCOL_BUTTON);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_protocol_button_parent_class)->dispose (object);
}

static void
bs_protocol_button_class_init (BsProtocolButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = bs_protocol_button_dispose;
  bs_workspace_property_install (object_class, take_workspace);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-protocol-button.ui");
  gtk_widget_class_bind_template_child (widget_class, BsProtocolButton, button);
  gtk_widget_class_bind_template_child (widget_class, BsProtocolButton, bin);
  gtk_widget_class_bind_template_child (widget_class, BsProtocolButton, popover);
  gtk_widget_class_bind_template_child (widget_class, BsProtocolButton, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
bs_protocol_button_init (BsProtocolButton *self)
{
  bs_gtk48_compat_init (self);
  self->title = new_title ();
  adw_bin_set_child (self->bin, self->title);
}
