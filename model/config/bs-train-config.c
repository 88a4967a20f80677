/* SPDX-License-Identifier: MIT */
/* What decides a training, from defaults, presets and words of a command line. */
#include "model/config/bs-train-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/config/bs-selection-protocol.h"
#include "model/config/bs-train-options.h"
#include "model/config/bs-train-preset.h"
#include "model/decision/bs-evaluation-set.h"

#define CHECKPOINT_EVERY_S 30

/* Settings that are no single number or word; "preset" sets several. */
static const char *const named_keys[] = { "model", "encoders",         "protocol", "preset",
                                          "folds", BS_OPTION_SEED_KEY, "threads" };

/**
 * bs_train_config_model:
 * @self: a configuration
 *
 * Returns: (transfer none): its model
 */
const BsModelInfo *
bs_train_config_model (const BsTrainConfig *self)
{
  return bs_model_find (self->model);
}

/**
 * bs_train_config_is_fusion:
 * @self: a configuration
 *
 * Returns: whether its model learns from frozen branches that are trained first
 */
gboolean
bs_train_config_is_fusion (const BsTrainConfig *self)
{
  return (bs_train_config_model (self)->settings & BS_MODEL_HAS_BRANCHES) != 0;
}

/**
 * bs_train_config_patience:
 * @self: a configuration
 *
 * Returns: epochs without a better score after which a fold stops, 0 for never
 */
int
bs_train_config_patience (const BsTrainConfig *self)
{
  if (self->patience >= 0)
    return self->patience;
  BsSelectionProtocol protocol = BS_SELECTION_PROTOCOL_OFFICIAL;
  bs_selection_protocol_find (self->protocol, &protocol);
  return bs_selection_protocol_info (protocol)->patience;
}

/**
 * bs_train_config_new:
 *
 * Returns: (transfer full): the official code's values (blemore-common, main.py), no encoders
 */
BsTrainConfig *
bs_train_config_new (void)
{
  BsTrainConfig *self = g_new0 (BsTrainConfig, 1);
  self->model = g_strdup ("mlp-512");
  self->encoders = g_new0 (char *, 1);
  self->protocol = g_strdup ("official");
  self->preset = g_strdup ("official");
  self->checkpoint_every_s = CHECKPOINT_EVERY_S;
  const BsOptionInfo *seed = bs_option_find (BS_OPTION_SEED_KEY);
  bs_option_set (seed, self, seed->value, NULL);
  bs_train_config_reset (self);
  return self;
}

/* @value may be the very text that is replaced. */
static void
replace_word (char **to, const char *value)
{
  char *copy = g_strdup (value);
  g_free (*to);
  *to = copy;
}

/**
 * bs_train_config_copy:
 * @self: a configuration
 *
 * Returns: (transfer full): a copy
 */
BsTrainConfig *
bs_train_config_copy (const BsTrainConfig *self)
{
  BsTrainConfig *copy = g_memdup2 (self, sizeof *self);
  copy->model = g_strdup (self->model);
  copy->encoders = g_strdupv (self->encoders);
  copy->protocol = g_strdup (self->protocol);
  copy->preset = g_strdup (self->preset);
  copy->folds = g_strdup (self->folds);
  copy->branch_folder = g_strdup (self->branch_folder);
  copy->partial_folder = g_strdup (self->partial_folder);
  return copy;
}

/**
 * bs_train_config_free:
 * @self: (transfer full): a configuration
 */
void
bs_train_config_free (BsTrainConfig *self)
{
  g_free (self->model);
  g_strfreev (self->encoders);
  g_free (self->protocol);
  g_free (self->preset);
  g_free (self->folds);
  g_free (self->branch_folder);
  g_free (self->partial_folder);
  g_free (self);
}

/**
 * bs_train_config_keys:
 *
 * Returns: (transfer none) (array zero-terminated=1): the keys of bs_train_config_set()
 */
const char *const *
bs_train_config_keys (void)
{
  static const char **keys;
  if (g_once_init_enter (&keys)) {
    gsize n_infos = 0, n = 0;
    const BsOptionInfo *infos = bs_option_infos (&n_infos);
    const char **all = g_new0 (const char *, G_N_ELEMENTS (named_keys) + n_infos + 1);
    for (gsize i = 0; i < G_N_ELEMENTS (named_keys); i++)
      all[n++] = named_keys[i];
    for (gsize i = 0; i < n_infos; i++)
      all[n++] = infos[i].key;
    g_once_init_leave (&keys, all);
  }
  return keys;
}

static gboolean
set_word (char **to, const char *key, const char *value, const char *const *choices, GError **error)
{
  if (!g_strv_contains (choices, value)) {
    g_autofree char *list = g_strjoinv (", ", (char **) choices);
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 /* Translators: a setting, what was given for it, and what it takes: "on, off" */
                 _ ("%s: \"%s\" is none of %s"), key, value, list);
    return FALSE;
  }
  replace_word (to, value);
  return TRUE;
}

static gboolean
set_model (BsTrainConfig *self, const char *value, GError **error)
{
  if (!set_word (&self->model, "model", value, bs_model_names (), error))
    return FALSE;
  bs_train_config_reset (self);
  return TRUE;
}

static gboolean
set_int (int *to, const char *key, const char *value, int min, int max, GError **error)
{
  gint64 number = 0;
  if (!g_ascii_string_to_signed (value, 10, min, max, &number, NULL)) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: \"%s\" is no whole number from %d to %d"),
                 key, value, min, max);
    return FALSE;
  }
  *to = (int) number;
  return TRUE;
}

/* Which folds there are is the corpus's to say. */
static gboolean
set_folds (BsTrainConfig *self, const char *value, GError **error)
{
  if (value[strspn (value, " ,")] == '\0') {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("folds: \"%s\" names none"), value);
    return FALSE;
  }
  replace_word (&self->folds, value);
  return TRUE;
}

static gboolean
set_encoders (BsTrainConfig *self, const char *value, GError **error)
{
  g_auto (GStrv) names = g_strsplit (value, ",", -1);
  for (char **name = names; *name != NULL; name++) {
    g_strstrip (*name);
    gboolean is_twice = FALSE;
    for (char **before = names; before < name; before++)
      is_twice |= strcmp (*before, *name) == 0;
    if (**name == '\0' || is_twice) {
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   _ ("encoders: \"%s\" has an empty name or one twice"), value);
      return FALSE;
    }
  }
  g_strfreev (self->encoders);
  self->encoders = g_steal_pointer (&names);
  return TRUE;
}

static gboolean
set_option (BsTrainConfig *self, const char *key, const char *value, GError **error)
{
  const BsOptionInfo *info = bs_option_find (key);
  if (info == NULL) {
    g_autofree char *list = g_strjoinv (", ", (char **) bs_train_config_keys ());
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("\"%s\" is no setting; there are %s"), key,
                 list);
    return FALSE;
  }
  if (!bs_option_is_of (info, bs_train_config_model (self))) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: the model %s has no such setting"), key,
                 self->model);
    return FALSE;
  }
  if (!bs_option_set (info, self, value, error))
    return FALSE;
  self->given |= bs_option_bit (info);
  if (strcmp (key, "features") == 0)
    bs_train_config_follow_features (self);
  return TRUE;
}

/**
 * bs_train_config_set:
 * @self: a configuration
 * @key: one of bs_train_config_keys()
 * @value: as text, numbers with a point: "5e-6", "0-4", "ImageBind,WavLM_large"
 * @error: %BS_ERROR_VALUE naming key, value and what was expected
 *
 * Sets one value. "model" comes first: it sets all of the model's defaults, and other models'
 * settings are refused; "preset" sets several. "features" brings the official batch and epochs of
 * its kind of sample (main_subsampling.py) with it, as long as nobody has set these.
 *
 * Returns: whether it was set; nothing is changed otherwise
 */
gboolean
bs_train_config_set (BsTrainConfig *self, const char *key, const char *value, GError **error)
{
  g_return_val_if_fail (self != NULL && key != NULL && value != NULL, FALSE);
  if (strcmp (key, "model") == 0)
    return set_model (self, value, error);
  if (strcmp (key, "protocol") == 0)
    return set_word (&self->protocol, key, value, bs_selection_protocol_names (), error);
  if (strcmp (key, "encoders") == 0)
    return set_encoders (self, value, error);
  if (strcmp (key, "preset") == 0)
    return bs_train_config_apply_preset (self, value, error);
  if (strcmp (key, "folds") == 0)
    return set_folds (self, value, error);
  if (strcmp (key, "threads") == 0)
    return set_int (&self->n_threads, key, value, 0, 1024, error);
  return set_option (self, key, value, error);
}

/**
 * bs_train_config_is_of_rows:
 * @self: a configuration
 *
 * Returns: whether every row of an encoder is a sample of its own
 */
gboolean
bs_train_config_is_of_rows (const BsTrainConfig *self)
{
  gboolean has_choice = (bs_train_config_model (self)->settings & BS_MODEL_HAS_ROWS) != 0;
  return has_choice && self->features == BS_FEATURES_SUBSAMPLE;
}

/**
 * bs_train_config_encoder_range:
 * @self: a configuration
 * @least: (out): encoders that its model needs
 * @most: (out): encoders that it can take, %G_MAXUINT for any number
 */
void
bs_train_config_encoder_range (const BsTrainConfig *self, guint *least, guint *most)
{
  const BsModelInfo *model = bs_train_config_model (self);
  *least = model->least_encoders;
  *most = bs_train_config_is_of_rows (self) ? 1 : model->most_encoders;
}

static gboolean
check_together (const BsTrainConfig *self, GError **error)
{
  const BsModelInfo *model = bs_train_config_model (self);
  guint n = g_strv_length (self->encoders);
  if (n == 0)
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("encoders: none is named"));
  else if (n > model->most_encoders)
    g_set_error (
      error, BS_ERROR, BS_ERROR_VALUE,
      _ ("encoders: %s learns from one encoder; concatenation, attention and mixed fuse"),
      self->model);
  else if (n < model->least_encoders)
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("encoders: %s fuses two or more"),
                 self->model);
  else if (self->layer_to < self->layer_from)
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("layer-to: %d lies below layer-from %d"),
                 self->layer_to, self->layer_from);
  else if (self->width > 0 && self->width % self->n_heads != 0)
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("heads: %d do not divide the width %d"),
                 self->n_heads, self->width);
  else
    return TRUE;
  return FALSE;
}

/**
 * bs_train_config_check:
 * @self: a configuration whose fields may have been set by hand
 * @error: %BS_ERROR_VALUE
 *
 * Returns: whether every value is one that bs_train_config_set() would take, and they go
 *   together
 */
gboolean
bs_train_config_check (const BsTrainConfig *self, GError **error)
{
  if (self->encoders == NULL || self->encoders[0] == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("encoders: none is named"));
    return FALSE;
  }
  g_autoptr (BsTrainConfig) copy = bs_train_config_copy (self);
  g_autofree char *encoders = g_strjoinv (",", self->encoders);
  if (!bs_train_config_set (copy, "model", self->model, error) ||
      !bs_train_config_set (copy, "protocol", self->protocol, error) ||
      !bs_train_config_set (copy, "encoders", encoders, error))
    return FALSE;
  gsize n = 0;
  const BsOptionInfo *infos = bs_option_infos (&n);
  for (gsize i = 0; i < n; i++) {
    g_autofree char *value = bs_option_dup_value (&infos[i], self);
    if (!bs_option_set (&infos[i], copy, value, error))
      return FALSE;
  }
  return check_together (self, error);
}

/**
 * bs_train_config_to_settings:
 * @self: a configuration
 *
 * Returns: (transfer full) (element-type utf8 utf8): the values that a run keeps among its
 *   settings: those that its model has; the model, the protocol, the encoders, the seed and
 *   the threads have fields of their own
 */
GHashTable *
bs_train_config_to_settings (const BsTrainConfig *self)
{
  GHashTable *settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const BsModelInfo *model = bs_train_config_model (self);
  gsize n = 0;
  const BsOptionInfo *infos = bs_option_infos (&n);
  if (self->preset != NULL)
    g_hash_table_insert (settings, g_strdup ("preset"), g_strdup (self->preset));
  for (gsize i = 0; i < n; i++)
    if (bs_option_is_of (&infos[i], model))
      g_hash_table_insert (settings, g_strdup (infos[i].key),
                           bs_option_dup_value (&infos[i], self));
  return settings;
}

static void
train_option_clear (gpointer data)
{
  BsTrainOption *option = data;
  g_free (option->value);
}

/**
 * bs_train_options:
 * @model: a model
 *
 * Returns: (transfer full) (element-type BsTrainOption): the settings that it has, with what it
 *   starts from
 */
GArray *
bs_train_options (const char *model)
{
  GArray *options = g_array_new (FALSE, FALSE, sizeof (BsTrainOption));
  g_array_set_clear_func (options, train_option_clear);
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  if (!bs_train_config_set (config, "model", model, NULL))
    return options;
  gsize n = 0;
  const BsOptionInfo *infos = bs_option_infos (&n);
  for (gsize i = 0; i < n; i++) {
    if (!bs_option_is_of (&infos[i], bs_train_config_model (config)))
      continue;
    BsTrainOption option = { infos[i].key, infos[i].summary, infos[i].paper,
                             bs_option_dup_value (&infos[i], config) };
    g_array_append_val (options, option);
  }
  return options;
}
