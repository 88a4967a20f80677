/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "model/config/bs-train-grid.h"
#include "model/config/bs-train-options.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/runs/bs-option-row.h"

struct _BsOptionRow {
  GtkWidget parent_instance;
  const BsOptionInfo *info;
  BsTrainConfig *config; /* the form's */
  char *start; /* the value that a reset goes back to */
  char *problem; /* (nullable): why what was typed is refused */
  char **values; /* what is on show, as long as it is not refused */

  GtkLabel *title;
  GtkLabel *hint;
  GtkEntry *entry;
  GtkDropDown *choice;
  GtkWidget *reset;
  GtkLabel *refused;
};

G_DEFINE_FINAL_TYPE (BsOptionRow, bs_option_row, GTK_TYPE_WIDGET)

static guint changed_signal;

static gboolean
is_choice (BsOptionRow *self)
{
  return self->info->type == BS_OPTION_CHOICE;
}

/* The last of the choices is all of them. */
static char *
dup_text (BsOptionRow *self)
{
  if (!is_choice (self))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  guint selected = gtk_drop_down_get_selected (self->choice);
  if (selected < g_strv_length ((char **) self->info->choices))
    return g_strdup (self->info->choices[selected]);
  return g_strjoinv (",", (char **) self->info->choices);
}

static char **
try_values (BsOptionRow *self, const char *text, GError **error)
{
  g_autoptr (BsTrainConfig) scratch = bs_train_config_copy (self->config);
  g_auto (GStrv) values = bs_train_grid_split (self->info->key, text, error);
  for (char **value = values; value != NULL && *value != NULL; value++)
    if (!bs_option_set (self->info, scratch, *value, error))
      return NULL;
  return g_steal_pointer (&values);
}

static void
show_problem (BsOptionRow *self)
{
  gboolean taken = self->problem == NULL;
  if (taken)
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               taken ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  gtk_label_set_text (self->refused, taken ? "" : self->problem);
  gtk_widget_set_visible (GTK_WIDGET (self->refused), !taken);
}

/* What is typed is tried at once; what is refused leaves the configuration as it was. Of several
 * values it has the first. */
static void
value_changed_cb (BsOptionRow *self)
{
  g_autoptr (GError) error = NULL;
  if (self->config == NULL)
    return; /* being filled */
  g_autofree char *text = dup_text (self);
  g_clear_pointer (&self->values, g_strfreev);
  g_clear_pointer (&self->problem, g_free);
  self->values = try_values (self, text, &error);
  if (self->values != NULL)
    bs_option_set (self->info, self->config, self->values[0], NULL);
  else
    self->problem = g_strdup (error->message);
  show_problem (self);
  gtk_widget_set_sensitive (self->reset, bs_option_row_is_changed (self));
  g_signal_emit (self, changed_signal, 0);
}

static void
show_value (BsOptionRow *self, const char *value)
{
  if (!is_choice (self)) {
    gtk_editable_set_text (GTK_EDITABLE (self->entry), value);
    return;
  }
  guint i = 0;
  while (self->info->choices[i] != NULL && !g_str_equal (self->info->choices[i], value))
    i++;
  gtk_drop_down_set_selected (self->choice, i);
}

static char *
hint_of (const BsTrainOption *option, const char *start)
{
  if (g_str_equal (option->value, start))
    /* Translators: a setting's usual value and the one in the papers */
    return g_strdup_printf (_ ("usually %s · papers: %s"), start, _ (option->paper));
  /* Translators: a setting's value for the demo corpus, its usual one, and the papers' */
  return g_strdup_printf (_ ("demo preset %s · usually %s · papers: %s"), start, option->value,
                          _ (option->paper));
}

/**
 * bs_option_row_new:
 * @option: one of bs_train_options(); copied
 * @config: what the row sets; outlives it
 * @start: has the value that a reset goes back to
 * @text: (nullable): several values, as bs_option_row_dup_several() gave them
 *
 * Returns: (transfer floating): the row, with the value of @config or those of @text
 */
GtkWidget *
bs_option_row_new (const BsTrainOption *option, BsTrainConfig *config, const BsTrainConfig *start,
                   const char *text)
{
  BsOptionRow *self = g_object_new (BS_TYPE_OPTION_ROW, NULL);
  self->info = bs_option_find (option->key);
  self->start = bs_option_dup_value (self->info, start);
  g_autofree char *hint = hint_of (option, self->start);
  g_autofree char *now = bs_option_dup_value (self->info, config);
  g_autofree char *title = g_strdup_printf ("%s: %s", option->key, _ (option->summary));
  GtkWidget *field = is_choice (self) ? GTK_WIDGET (self->choice) : GTK_WIDGET (self->entry);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->hint, hint);
  if (is_choice (self)) {
    g_autoptr (GtkStringList) words = gtk_string_list_new (self->info->choices);
    /* Translators: each of a setting's choices, one run after the other */
    gtk_string_list_append (words, _ ("each of them"));
    gtk_drop_down_set_model (self->choice, G_LIST_MODEL (words));
  }
  gtk_widget_set_visible (field, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hint, -1);
  g_autofree char *reset = g_strdup_printf (_ ("Reset %s"), option->key);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  reset, -1);
  self->config = config;
  show_value (self, text != NULL ? text : now);
  value_changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * bs_option_row_get_key:
 * @self: a row
 *
 * Returns: (transfer none): the setting's name on the command line
 */
const char *
bs_option_row_get_key (BsOptionRow *self)
{
  return self->info->key;
}

/**
 * bs_option_row_get_problem:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): why what was typed is refused
 */
const char *
bs_option_row_get_problem (BsOptionRow *self)
{
  return self->problem;
}

/**
 * bs_option_row_dup_several:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): its values, parted by commas, where there are several
 */
char *
bs_option_row_dup_several (BsOptionRow *self)
{
  if (self->values == NULL || self->values[0] == NULL || self->values[1] == NULL)
    return NULL;
  return g_strjoinv (",", self->values);
}

/**
 * bs_option_row_is_changed:
 * @self: a row
 *
 * Returns: whether its value is another than at the start, was refused, or there are several
 */
gboolean
bs_option_row_is_changed (BsOptionRow *self)
{
  g_autofree char *value = bs_option_dup_value (self->info, self->config);
  gboolean is_one = self->values != NULL && self->values[0] != NULL && self->values[1] == NULL;
  return !is_one || !g_str_equal (value, self->start);
}

/**
 * bs_option_row_reset:
 * @self: a row
 *
 * Goes back to the value at the start.
 */
void
bs_option_row_reset (BsOptionRow *self)
{
  show_value (self, self->start);
}

static void
bs_option_row_dispose (GObject *object)
{
  BS_OPTION_ROW (object)->config = NULL;
  bs_gtk48_compat_dispose (object, BS_TYPE_OPTION_ROW);
  G_OBJECT_CLASS (bs_option_row_parent_class)->dispose (object);
}

static void
bs_option_row_finalize (GObject *object)
{
  BsOptionRow *self = BS_OPTION_ROW (object);
  g_free (self->start);
  g_free (self->problem);
  g_strfreev (self->values);
  G_OBJECT_CLASS (bs_option_row_parent_class)->finalize (object);
}

static void
bs_option_row_class_init (BsOptionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_option_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = bs_option_row_finalize;
  changed_signal = g_signal_new ("changed", BS_TYPE_OPTION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-option-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BsOptionRow, title);
  gtk_widget_class_bind_template_child (widget_class, BsOptionRow, hint);
  gtk_widget_class_bind_template_child (widget_class, BsOptionRow, entry);
  gtk_widget_class_bind_template_child (widget_class, BsOptionRow, choice);
  gtk_widget_class_bind_template_child (widget_class, BsOptionRow, reset);
  gtk_widget_class_bind_template_child (widget_class, BsOptionRow, refused);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, bs_option_row_reset);
}

static void
bs_option_row_init (BsOptionRow *self)
{
  bs_gtk48_compat_init (self);
}
