/* SPDX-License-Identifier: MIT */
#include "data/base/bs-visible.h"
#include "config.h"

#include <glib/gi18n.h>

#include "model/config/bs-run-differences.h"
#include "model/config/bs-departures.h"
#include "model/config/bs-model-catalogue.h"
#include "model/fusion/bs-late-fusion.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/runs/bs-run-row.h"
#include "ui/session/bs-label-text.h"

struct _BsRunRow {
  GtkListBoxRow parent_instance;
  BsRun *run;
  char *distinction; /* the beginning of the subtitle */

  GtkCheckButton *choose;
  GtkWidget *mark;
  GtkLabel *title;
  GtkWidget *transductive;
  GtkWidget *test_network;
  GtkLabel *subtitle;
  GtkLabel *metrics;
  GtkWidget *delete;
};

G_DEFINE_FINAL_TYPE (BsRunRow, bs_run_row, GTK_TYPE_LIST_BOX_ROW)

static guint delete_signal, choose_signal;

static void
delete_cb (BsRunRow *self)
{
  g_signal_emit (self, delete_signal, 0);
}

static void
choose_cb (BsRunRow *self)
{
  g_signal_emit (self, choose_signal, 0);
}

static void
bs_run_row_dispose (GObject *object)
{
  BsRunRow *self = BS_RUN_ROW (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), BS_TYPE_RUN_ROW);
  g_clear_pointer (&self->run, bs_run_unref);
  G_OBJECT_CLASS (bs_run_row_parent_class)->dispose (object);
}

static void
bs_run_row_finalize (GObject *object)
{
  g_free (BS_RUN_ROW (object)->distinction);
  G_OBJECT_CLASS (bs_run_row_parent_class)->finalize (object);
}

static void
bs_run_row_class_init (BsRunRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_run_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = bs_run_row_finalize;
  delete_signal = g_signal_new ("delete", BS_TYPE_RUN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  choose_signal = g_signal_new ("choose", BS_TYPE_RUN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BsRunRow, choose);
  gtk_widget_class_bind_template_child (widget_class, BsRunRow, mark);
  gtk_widget_class_bind_template_child (widget_class, BsRunRow, title);
  gtk_widget_class_bind_template_child (widget_class, BsRunRow, transductive);
  gtk_widget_class_bind_template_child (widget_class, BsRunRow, test_network);
  gtk_widget_class_bind_template_child (widget_class, BsRunRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, BsRunRow, metrics);
  gtk_widget_class_bind_template_child (widget_class, BsRunRow, delete);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
}

static void
bs_run_row_init (BsRunRow *self)
{
  bs_gtk48_compat_init (self);
  self->distinction = g_strdup ("");
}

static char *
describe (const BsRun *run)
{
  g_autoptr (GDateTime) utc =
    run->created != NULL ? g_date_time_new_from_iso8601 (run->created, NULL) : NULL;
  g_autoptr (GDateTime) here = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *when = here != NULL ? g_date_time_format (here, "%x %H:%M") : g_strdup ("");
  if (run->protocol == NULL)
    return g_strdup_printf (_ ("imported · %s"), when);
  g_autoptr (GArray) members = bs_late_fusion_worth_of_run (run);
  if (bs_run_is_late_fusion (run))
    /* Translators: a late fusion of so many runs; protocol, date and time */
    return g_strdup_printf (ngettext ("late fusion of %u run · %s · %s",
                                      "late fusion of %u runs · %s · %s", members->len),
                            members->len, run->protocol, when);
  g_autofree char *encoders = g_strjoinv (" + ", run->encoders);
  /* Translators: model, encoders, protocol, date and time */
  return g_strdup_printf (_ ("%s · %s · %s · %s"), bs_model_title (run->model), encoders,
                          run->protocol, when);
}

/* In what the run departs from its preset; nothing of an imported one. */
static char *
describe_settings (const BsRun *run)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) departures = bs_run_departures (run);
  const char *preset = g_hash_table_lookup (run->settings, "preset");
  if (departures != NULL && departures->len > 0)
    /* Translators: a preset's name; a list of settings follows */
    g_string_append_printf (text, _ ("\nDeparts from the preset %s in:"),
                            preset != NULL ? preset : "official");
  for (guint i = 0; departures != NULL && i < departures->len; i++) {
    const BsDeparture *departure = &g_array_index (departures, BsDeparture, i);
    g_string_append_c (text, '\n');
    /* Translators: a setting, its value and the preset's */
    g_string_append_printf (text, _ ("%s %s (preset: %s)"), departure->key, departure->value,
                            departure->usual);
  }
  if (departures != NULL && departures->len == 0)
    g_string_append_printf (text, "\n%s", _ ("all settings as in the preset"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* How an imported file was read; a line each. */
static char *
describe_reading (const BsRun *run)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) sentences = bs_read_as_sentences (&run->predictions->read_as);
  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (text, "\n%s", (const char *) g_ptr_array_index (sentences, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_details (BsRunRow *self, const char *subtitle)
{
  const char *normalise = g_hash_table_lookup (self->run->settings, "normalise");
  g_autofree char *settings = describe_settings (self->run);
  g_autofree char *reading = describe_reading (self->run);
  g_autofree char *details = g_strconcat (subtitle, settings, reading, NULL);
  g_autofree char *title = bs_visible_dup (self->run->title);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle), details);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  details, -1);
  gtk_widget_set_visible (self->transductive, g_strcmp0 (normalise, "actor") == 0);
  gtk_widget_set_visible (self->test_network, self->run->all != NULL);
}

/**
 * bs_run_row_new:
 * @run: a run
 *
 * Returns: (transfer floating): its row, without figures yet
 */
GtkWidget *
bs_run_row_new (BsRun *run)
{
  BsRunRow *self = g_object_new (BS_TYPE_RUN_ROW, NULL);
  g_autofree char *subtitle = describe (run);
  self->run = bs_run_ref (run);
  show_details (self, subtitle);
  g_autofree char *choice = g_strdup_printf (_ ("Choose run %s"), run->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  choice, -1);
  g_autofree char *name = g_strdup_printf (_ ("Move run %s to the trash"), run->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->delete), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, run->title,
                                  -1);
  return GTK_WIDGET (self);
}

/**
 * bs_run_row_set_distinction:
 * @self: a row
 * @keys: (array zero-terminated=1): settings in which its run differs from others that are as it
 *   in all else that the row says
 */
void
bs_run_row_set_distinction (BsRunRow *self, char **keys)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (; *keys != NULL; keys++) {
    g_autofree char *value = bs_run_dup_setting (self->run, *keys);
    if (value != NULL)
      g_string_append_printf (text, "%s %s · ", *keys, value);
  }
  if (g_str_equal (text->str, self->distinction))
    return;
  g_free (self->distinction);
  self->distinction = g_strdup (text->str);
  g_autofree char *described = describe (self->run);
  g_string_append (text, described);
  show_details (self, text->str);
}

/**
 * bs_run_row_get_run:
 * @self: a row
 *
 * Returns: (transfer none): its run
 */
BsRun *
bs_run_row_get_run (BsRunRow *self)
{
  return self->run;
}

/**
 * bs_run_row_get_chosen:
 * @self: a row
 *
 * Returns: whether the person chose its run, to be fused or compared
 */
gboolean
bs_run_row_get_chosen (BsRunRow *self)
{
  return gtk_check_button_get_active (self->choose);
}

/**
 * bs_run_row_set_chosen:
 * @self: a row
 * @chosen: whether its run is one of those to be fused or compared
 */
void
bs_run_row_set_chosen (BsRunRow *self, gboolean chosen)
{
  gtk_check_button_set_active (self->choose, chosen);
}

/**
 * bs_run_row_set_score:
 * @self: a row
 * @score: (nullable): what the run is worth, where that is known
 */
void
bs_run_row_set_score (BsRunRow *self, const BsRunScore *score)
{
  if (score == NULL) {
    gtk_label_set_text (self->metrics, "");
    return;
  }
  /* Translators: presence and salience accuracy with standard deviations over folds, and
   * whether the thresholds were tuned on the clips reported */
  g_autofree char *markup = g_strdup_printf (
    _ ("P <b>%.3f</b> ±%.3f   S <b>%.3f</b> ±%.3f   <span alpha='65%%'>%s</span>"), score->presence,
    score->presence_std, score->salience, score->salience_std, bs_label_text_tuned (score->tuned));
  gtk_label_set_markup (self->metrics, markup);
}

/**
 * bs_run_row_set_open:
 * @self: a row
 * @open: whether its run is the one that judges the clips now
 */
void
bs_run_row_set_open (BsRunRow *self, gboolean open)
{
  gtk_widget_set_opacity (self->mark, open ? 1 : 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, open, -1);
}
