/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "data/base/bs-error.h"
#include "model/config/bs-selection-protocol.h"
#include "model/config/bs-train-options.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-settings.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/runs/bs-option-row.h"
#include "ui/runs/bs-train-form.h"

/* What is set for a model. */
typedef struct {
  BsTrainConfig *config; /* of several values it has the first */
  GHashTable *several; /* setting -> its values as text, where there are several */
} Draft;

struct _BsTrainForm {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  GSettings *settings_kept; /* (nullable): from one day to the next */
  GHashTable *drafts; /* model -> Draft, of the models looked at with this corpus */
  Draft *draft; /* (unowned) (nullable): of the chosen model */
  gboolean following; /* the widgets are being set from the configuration */

  GtkExpander *expander;
  GtkFlowBox *encoders;
  GtkWidget *no_encoders;
  GtkDropDown *model;
  GtkLabel *description;
  GtkDropDown *protocol;
  GtkLabel *protocol_words;
  GtkSpinButton *epochs;
  GtkMenuButton *settings;
  GtkBox *options;
  GtkSwitch *all_clips;
  GtkButton *train;
  GtkLabel *reason;
};

G_DEFINE_FINAL_TYPE (BsTrainForm, bs_train_form, GTK_TYPE_WIDGET)

/* Settings that have a place of their own beside the list. */
static const char *const apart[] = { "epochs", "all-clips", NULL };

/* More than these are for a cluster, to which the command line can part them; and each is checked
 * at every key that is pressed. */
#define MOST_RUNS 200

static void
draft_free (gpointer data)
{
  Draft *draft = data;
  bs_train_config_free (draft->config);
  g_hash_table_unref (draft->several);
  g_free (draft);
}

static Draft *
draft_new (const BsTrainConfig *start)
{
  Draft *draft = g_new (Draft, 1);
  draft->config = bs_train_config_copy (start);
  draft->several = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return draft;
}

static GtkCheckButton *
encoder_check (GtkWidget *flow_child)
{
  return GTK_CHECK_BUTTON (gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (flow_child)));
}

static char **
chosen_encoders (BsTrainForm *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->encoders)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_check_button_get_active (encoder_check (child)))
      g_strv_builder_add (names, gtk_check_button_get_label (encoder_check (child)));
  return g_strv_builder_end (names);
}

static const char *
chosen_model (BsTrainForm *self)
{
  return bs_model_names ()[gtk_drop_down_get_selected (self->model)];
}

/* What the chosen model starts from: the demo corpus has a preset. */
static BsTrainConfig *
start_config (BsTrainForm *self)
{
  BsTrainConfig *config = bs_train_config_new ();
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  gboolean is_demo = corpus != NULL && bs_corpus_is_demo (corpus);
  bs_train_config_set (config, "model", chosen_model (self), NULL);
  bs_train_config_set (config, "preset", is_demo ? "demo" : "official", NULL);
  return config;
}

static char *
encoders_problem (BsTrainForm *self, guint n)
{
  guint least, most;
  const char *title = bs_model_title (self->draft->config->model);
  bs_train_config_encoder_range (self->draft->config, &least, &most);
  if (n < least && least == 1)
    return g_strdup (_ ("Choose an encoder to learn from."));
  if (n < least)
    /* Translators: a model */
    return g_strdup_printf (_ ("%s fuses encoders: choose two or more."), title);
  if (n <= most)
    return NULL;
  if (bs_train_config_is_of_rows (self->draft->config))
    return g_strdup (_ ("Every row a sample: the rows are of one encoder, so choose one."));
  /* Translators: a model */
  return g_strdup_printf (_ ("%s learns from one encoder: choose one."), title);
}

/* In the order of the list, so that runs and table are named as it is read. */
static char **
dup_settings (BsTrainForm *self)
{
  g_autoptr (GStrvBuilder) settings = g_strv_builder_new ();
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->options)); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    g_autofree char *values = bs_option_row_dup_several (BS_OPTION_ROW (row));
    if (values == NULL)
      continue;
    g_autofree char *setting =
      g_strconcat (bs_option_row_get_key (BS_OPTION_ROW (row)), "=", values, NULL);
    g_strv_builder_add (settings, setting);
  }
  return g_strv_builder_end (settings);
}

/* What "Train" means as things are. */
static BsTrainGrid *
make_grid (BsTrainForm *self, GError **error)
{
  g_auto (GStrv) settings = dup_settings (self);
  g_autoptr (BsTrainConfig) base = bs_train_config_copy (self->draft->config);
  const char *protocol =
    bs_selection_protocol_names ()[gtk_drop_down_get_selected (self->protocol)];
  g_strfreev (base->encoders);
  base->encoders = chosen_encoders (self);
  if (!bs_train_config_set (base, "protocol", protocol, error))
    return NULL;
  return bs_train_grid_new (base, (const char *const *) settings, NULL, 0, MOST_RUNS, error);
}

static char *
dup_words (const GError *error)
{
  if (!g_error_matches (error, BS_ERROR, BS_ERROR_LIMIT))
    return g_strdup (error->message);
  return g_strdup_printf (_ ("More than %d runs: the command line can part them among machines."),
                          MOST_RUNS);
}

/* Why nothing can be trained as things are. */
static char *
dup_problem (BsTrainForm *self, guint *n_runs)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) encoders = chosen_encoders (self);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->options)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (bs_option_row_get_problem (BS_OPTION_ROW (row)) != NULL)
      /* Translators: what is wrong with it, naming the setting */
      return g_strdup_printf (_ ("A setting is refused. %s"),
                              bs_option_row_get_problem (BS_OPTION_ROW (row)));
  char *problem = encoders_problem (self, g_strv_length (encoders));
  if (problem != NULL)
    return problem;
  g_autoptr (BsTrainGrid) grid = make_grid (self, &error);
  if (grid == NULL)
    return dup_words (error);
  *n_runs = grid->points->len;
  return NULL;
}

static guint
n_changed (BsTrainForm *self)
{
  guint n = 0;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->options)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n += bs_option_row_is_changed (BS_OPTION_ROW (row)) != 0;
  return n;
}

static void
update (BsTrainForm *self)
{
  gboolean has_encoders = gtk_widget_get_first_child (GTK_WIDGET (self->encoders)) != NULL;
  guint n_runs = 1, n = n_changed (self);
  g_autofree char *problem = has_encoders ? dup_problem (self, &n_runs) : NULL;
  g_autofree char *train =
    g_strdup_printf (ngettext ("_Train %u Run", "_Train %u Runs", n_runs), n_runs);
  /* Translators: how many are changed */
  g_autofree char *settings = g_strdup_printf (_ ("_Settings (%u)…"), n);
  g_autofree char *changed =
    g_strdup_printf (ngettext ("%u setting is changed", "%u settings are changed", n), n);
  gtk_menu_button_set_label (self->settings, n > 0 ? settings : _ ("_Settings…"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->settings), n > 0 ? changed : NULL);
  gtk_button_set_label (self->train, n_runs > 1 ? train : _ ("_Train"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->train), has_encoders && problem == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), problem != NULL);
  gtk_label_set_text (self->reason, problem != NULL ? problem : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->train), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  problem != NULL ? problem : "", -1);
}

static void
row_changed_cb (BsTrainForm *self, BsOptionRow *row)
{
  const char *key = bs_option_row_get_key (row);
  char *values = bs_option_row_dup_several (row);
  if (values != NULL)
    g_hash_table_insert (self->draft->several, g_strdup (key), values);
  else
    g_hash_table_remove (self->draft->several, key);
  update (self);
}

static void
add_option (BsTrainForm *self, const BsTrainOption *option, const BsTrainConfig *start)
{
  GtkWidget *row = bs_option_row_new (option, self->draft->config, start,
                                      g_hash_table_lookup (self->draft->several, option->key));
  g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->options, row);
}

static void
fill_options (BsTrainForm *self, const BsTrainConfig *start)
{
  GtkWidget *row;
  const BsOptionInfo *seed = bs_option_find (BS_OPTION_SEED_KEY);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->options))) != NULL)
    gtk_box_remove (self->options, row);
  add_option (self, &(BsTrainOption){ seed->key, seed->summary, seed->paper, (char *) seed->value },
              start);
  g_autoptr (GArray) options = bs_train_options (self->draft->config->model);
  for (guint i = 0; i < options->len; i++) {
    const BsTrainOption *option = &g_array_index (options, BsTrainOption, i);
    if (!g_strv_contains (apart, option->key))
      add_option (self, option, start);
  }
}

/* Each model keeps what was set for it while the corpus is open. */
static void
show_model (BsTrainForm *self)
{
  const char *model = chosen_model (self);
  g_autoptr (BsTrainConfig) start = start_config (self);
  gboolean is_demo = g_str_equal (start->preset, "demo");
  g_autofree char *description =
    g_strjoin (" ", _ (bs_model_find (model)->text),
               is_demo ? _ ("Starts from the demo preset: small and quick.") : NULL, NULL);
  self->draft = g_hash_table_lookup (self->drafts, model);
  if (self->draft == NULL) {
    self->draft = draft_new (start);
    g_hash_table_insert (self->drafts, self->draft->config->model, self->draft);
  }
  self->following = TRUE;
  gtk_label_set_text (self->description, description);
  gtk_spin_button_set_value (self->epochs, self->draft->config->n_epochs);
  gtk_switch_set_active (self->all_clips, self->draft->config->all_clips);
  fill_options (self, start);
  self->following = FALSE;
  update (self);
}

static void
model_selected_cb (BsTrainForm *self)
{
  if (self->workspace != NULL)
    show_model (self);
}

static void
protocol_selected_cb (BsTrainForm *self)
{
  guint selected = gtk_drop_down_get_selected (self->protocol);
  if (selected == GTK_INVALID_LIST_POSITION)
    return;
  const BsSelectionProtocolInfo *protocol =
    bs_selection_protocol_info ((BsSelectionProtocol) selected);
  gtk_label_set_text (self->protocol_words, _ (protocol->text));
}

static void
epochs_changed_cb (BsTrainForm *self)
{
  if (!self->following)
    self->draft->config->n_epochs = gtk_spin_button_get_value_as_int (self->epochs);
}

static void
all_clips_cb (BsTrainForm *self)
{
  if (!self->following)
    self->draft->config->all_clips = gtk_switch_get_active (self->all_clips);
}

static void
reset_all_cb (BsTrainForm *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->options)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    bs_option_row_reset (BS_OPTION_ROW (row));
}

static void
train_cb (BsTrainForm *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsTrainGrid) grid = make_grid (self, &error);
  if (grid == NULL)
    bs_job_queue_say (bs_workspace_get_jobs (self->workspace), "%s", error->message);
  else if (grid->points->len > 1)
    bs_training_queue_train_grid (bs_workspace_get_training_queue (self->workspace), grid);
  else
    bs_training_queue_train (bs_workspace_get_training_queue (self->workspace),
                             ((const BsTrainPoint *) g_ptr_array_index (grid->points, 0))->config);
}

static void
fill (BsTrainForm *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->encoders))) != NULL)
    gtk_flow_box_remove (self->encoders, child);
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  gsize n = corpus != NULL ? bs_corpus_n_encoders (corpus) : 0;
  for (gsize i = 0; i < n; i++) {
    GtkWidget *check =
      gtk_check_button_new_with_label (bs_encoder_name (bs_corpus_encoder (corpus, i)));
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), i < 2);
    g_signal_connect_object (check, "toggled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    gtk_flow_box_append (self->encoders, check);
    gtk_widget_set_focusable (gtk_widget_get_parent (check), FALSE);
  }
  gtk_widget_set_visible (self->no_encoders, n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->encoders), n > 0);
}

static void
corpus_changed_cb (BsTrainForm *self)
{
  GHashTable *before = self->drafts;
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, draft_free);
  fill (self);
  show_model (self);
  g_hash_table_unref (before); /* now that no row sets them any more */
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsTrainForm *self = BS_TRAIN_FORM (widget);
  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "notify::corpus", G_CALLBACK (corpus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  corpus_changed_cb (self);
}

/* A model in the open list, under its group's name where it is the group's first. */
static void
setup_model_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *group = gtk_label_new (NULL), *title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (group), 0);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (group, "caption-heading");
  gtk_widget_add_css_class (group, "dim-label");
  gtk_widget_set_margin_start (title, 12);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), title);
  gtk_list_item_set_child (item, box);
}

static void
bind_model_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  guint i = gtk_list_item_get_position (item);
  gsize n_models = 0;
  const BsModelInfo *models = bs_model_infos (&n_models);
  GtkWidget *group = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  gtk_label_set_text (GTK_LABEL (group), _ (models[i].paper));
  gtk_widget_set_visible (group, i == 0 || !g_str_equal (models[i].paper, models[i - 1].paper));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (group)), _ (models[i].title));
}

static void
bs_train_form_dispose (GObject *object)
{
  BsTrainForm *self = BS_TRAIN_FORM (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_TRAIN_FORM);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings_kept);
  G_OBJECT_CLASS (bs_train_form_parent_class)->dispose (object);
}

static void
bs_train_form_class_init (BsTrainFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_train_form_dispose;
  bs_workspace_property_install (G_OBJECT_CLASS (klass), take_workspace);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-train-form.ui");
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, expander);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, encoders);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, no_encoders);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, model);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, description);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, protocol);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, protocol_words);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, epochs);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, settings);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, options);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, all_clips);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, train);
  gtk_widget_class_bind_template_child (widget_class, BsTrainForm, reason);
  gtk_widget_class_bind_template_callback (widget_class, model_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, protocol_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, epochs_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_clips_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, train_cb);
}

static void
fill_models (BsTrainForm *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (BsTrainConfig) usual = bs_train_config_new ();
  const char *const *models = bs_model_names ();
  guint selected = 0;
  for (guint i = 0; models[i] != NULL; i++) {
    gtk_string_list_append (titles, bs_model_title (models[i]));
    if (g_str_equal (models[i], usual->model))
      selected = i;
  }
  g_signal_connect (factory, "setup", G_CALLBACK (setup_model_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_model_cb), NULL);
  gtk_drop_down_set_model (self->model, G_LIST_MODEL (titles));
  gtk_drop_down_set_list_factory (self->model, factory);
  gtk_drop_down_set_selected (self->model, selected);
}

static void
bs_train_form_init (BsTrainForm *self)
{
  g_autoptr (GtkStringList) protocols = gtk_string_list_new (bs_selection_protocol_names ());
  self->following = TRUE; /* nothing, until there is a workspace */
  bs_gtk48_compat_init (self);
  self->drafts = g_hash_table_new (g_str_hash, g_str_equal);
  self->settings_kept = bs_settings_new ();
  if (self->settings_kept != NULL)
    g_settings_bind (self->settings_kept, "train-form-open", self->expander, "expanded",
                     G_SETTINGS_BIND_DEFAULT);
  gtk_drop_down_set_model (self->protocol, G_LIST_MODEL (protocols));
  fill_models (self);
  protocol_selected_cb (self);
}
