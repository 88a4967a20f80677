/* SPDX-License-Identifier: MIT */
/* What decides a training, from defaults, presets and words of a command line. */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "model/bs-cases.h"
#include "model/bs-train.h"

static const char *const models[] = { "linear", "mlp-256", "mlp-512", NULL };
static const char *const protocols[] = { "official", "paper-000", "honest", NULL };
static const char *const keys[] = {
  "model", "encoders", "protocol", "preset",       "folds",   "epochs", "patience",
  "batch", "lr",       "seed",     "weight-decay", "threads", NULL,
};

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
  self->n_epochs = 200;
  self->patience = -1;
  self->learning_rate = 5e-6;
  self->weight_decay = 1e-3;
  self->batch_size = 32;
  self->seed = 42;
  return self;
}

static gboolean
apply_preset (BsTrainConfig *self, const char *preset, GError **error)
{
  if (strcmp (preset, "official") == 0) {
    self->n_epochs = 200;
    self->learning_rate = 5e-6;
  } else if (strcmp (preset, "demo") == 0) {
    /* The official 200 small steps over every clip, in fewer and larger ones: a first run on
     * the demo corpus within seconds. */
    self->n_epochs = 12;
    self->learning_rate = 1e-4;
  } else {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "preset: \"%s\" is neither official nor demo",
                 preset);
    return FALSE;
  }
  g_free (self->preset);
  self->preset = g_strdup (preset);
  return TRUE;
}

/**
 * bs_train_config_new_demo:
 * @corpus: a demo corpus
 *
 * A first run within seconds: the "demo" preset and mlp-256 on a fusion of every encoder that
 * the corpus has.
 *
 * Returns: (transfer full): the configuration
 */
BsTrainConfig *
bs_train_config_new_demo (BsCorpus *corpus)
{
  BsTrainConfig *self = bs_train_config_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (gsize i = 0; i < bs_corpus_n_encoders (corpus); i++)
    g_strv_builder_add (names, bs_encoder_name (bs_corpus_encoder (corpus, i)));
  g_strfreev (self->encoders);
  self->encoders = g_strv_builder_end (names);
  bs_train_config_set (self, "model", "mlp-256", NULL);
  apply_preset (self, "demo", NULL);
  return self;
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
  return keys;
}

/**
 * bs_train_models:
 *
 * Returns: (transfer none) (array zero-terminated=1): the models that can be trained
 */
const char *const *
bs_train_models (void)
{
  return models;
}

/**
 * bs_train_protocols:
 *
 * Returns: (transfer none) (array zero-terminated=1): the protocols, in the order of #BsSelect
 */
const char *const *
bs_train_protocols (void)
{
  return protocols;
}

static gboolean
set_choice (char **to, const char *key, const char *value, const char *const *choices,
            GError **error)
{
  if (!g_strv_contains (choices, value)) {
    g_autofree char *list = g_strjoinv (", ", (char **) choices);
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "%s: \"%s\" is none of %s", key, value, list);
    return FALSE;
  }
  g_free (*to);
  *to = g_strdup (value);
  return TRUE;
}

static gboolean
set_int (int *to, const char *key, const char *value, int min, int max, GError **error)
{
  gint64 number = 0;
  if (!g_ascii_string_to_signed (value, 10, min, max, &number, NULL)) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "%s: \"%s\" is no whole number from %d to %d",
                 key, value, min, max);
    return FALSE;
  }
  *to = (int) number;
  return TRUE;
}

static gboolean
set_double (double *to, const char *key, const char *value, gboolean may_be_zero, GError **error)
{
  char *end = NULL;
  double number = g_ascii_strtod (value, &end);
  if (*value == '\0' || *end != '\0' || !isfinite (number) || number < 0 || number > 10 ||
      (number == 0 && !may_be_zero)) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "%s: \"%s\" is no number %s 0 and at most 10",
                 key, value, may_be_zero ? "of at least" : "above");
    return FALSE;
  }
  *to = number;
  return TRUE;
}

static gboolean
set_seed (guint64 *to, const char *value, GError **error)
{
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, to, NULL))
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "seed: \"%s\" is no whole number from 0", value);
  return FALSE;
}

/* "0-4", "0,2", "1": the folds' bits. */
static gboolean
set_folds (guint *to, const char *value, GError **error)
{
  guint folds = 0;
  g_auto (GStrv) parts = g_strsplit (value, ",", -1);
  for (char **part = parts; *part != NULL; part++) {
    char *dash = strchr (*part, '-');
    int first = -1, last = -1;
    if (dash != NULL)
      *dash = '\0';
    if (!set_int (&first, "folds", *part, 0, BS_MAX_FOLDS - 1, error))
      return FALSE;
    last = first;
    if (dash != NULL && !set_int (&last, "folds", dash + 1, first, BS_MAX_FOLDS - 1, error))
      return FALSE;
    for (int k = first; k <= last; k++)
      folds |= 1u << k;
  }
  if (folds == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "folds: \"%s\" names none", value);
    return FALSE;
  }
  *to = folds;
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
                   "encoders: \"%s\" has an empty name or one twice", value);
      return FALSE;
    }
  }
  g_strfreev (self->encoders);
  self->encoders = g_steal_pointer (&names);
  return TRUE;
}

/**
 * bs_train_config_set:
 * @self: a configuration
 * @key: one of bs_train_config_keys()
 * @value: as text, numbers with a point: "5e-6", "0-4", "ImageBind,WavLM_large"
 * @error: %BS_ERROR_VALUE naming key, value and what was expected
 *
 * Sets one value. "preset" sets the epochs and the learning rate together.
 *
 * Returns: whether it was set; nothing is changed otherwise
 */
gboolean
bs_train_config_set (BsTrainConfig *self, const char *key, const char *value, GError **error)
{
  g_return_val_if_fail (self != NULL && key != NULL && value != NULL, FALSE);
  if (strcmp (key, "model") == 0)
    return set_choice (&self->model, key, value, models, error);
  if (strcmp (key, "protocol") == 0)
    return set_choice (&self->protocol, key, value, protocols, error);
  if (strcmp (key, "encoders") == 0)
    return set_encoders (self, value, error);
  if (strcmp (key, "preset") == 0)
    return apply_preset (self, value, error);
  if (strcmp (key, "folds") == 0)
    return set_folds (&self->folds, value, error);
  if (strcmp (key, "epochs") == 0)
    return set_int (&self->n_epochs, key, value, 1, 1000000, error);
  if (strcmp (key, "patience") == 0)
    return set_int (&self->patience, key, value, -1, 1000000, error);
  if (strcmp (key, "batch") == 0)
    return set_int (&self->batch_size, key, value, 1, 65536, error);
  if (strcmp (key, "threads") == 0)
    return set_int (&self->n_threads, key, value, 0, 1024, error);
  if (strcmp (key, "lr") == 0)
    return set_double (&self->learning_rate, key, value, FALSE, error);
  if (strcmp (key, "weight-decay") == 0)
    return set_double (&self->weight_decay, key, value, TRUE, error);
  if (strcmp (key, "seed") == 0)
    return set_seed (&self->seed, value, error);
  g_autofree char *list = g_strjoinv (", ", (char **) keys);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "\"%s\" is no setting; there are %s", key, list);
  return FALSE;
}

/**
 * bs_train_config_check:
 * @self: a configuration whose fields may have been set by hand
 * @error: %BS_ERROR_VALUE
 *
 * Returns: whether every value is one that bs_train_config_set() would take, and an encoder is
 *   named
 */
gboolean
bs_train_config_check (const BsTrainConfig *self, GError **error)
{
  if (self->encoders == NULL || self->encoders[0] == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "encoders: none is named");
    return FALSE;
  }
  g_autoptr (BsTrainConfig) copy = bs_train_config_copy (self);
  g_autoptr (GHashTable) settings = bs_train_config_to_settings (self);
  GHashTableIter iter;
  gpointer key = NULL, value = NULL;
  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!bs_train_config_set (copy, key, value, error))
      return FALSE;
  g_autofree char *encoders = g_strjoinv (",", self->encoders);
  return bs_train_config_set (copy, "model", self->model, error) &&
         bs_train_config_set (copy, "protocol", self->protocol, error) &&
         bs_train_config_set (copy, "encoders", encoders, error);
}

static void
add_double (GHashTable *settings, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_dtostr (text, sizeof text, value);
  g_hash_table_insert (settings, g_strdup (key), g_strdup (text));
}

static void
add_int (GHashTable *settings, const char *key, int value)
{
  g_hash_table_insert (settings, g_strdup (key), g_strdup_printf ("%d", value));
}

/**
 * bs_train_config_to_settings:
 * @self: a configuration
 *
 * Returns: (transfer full) (element-type utf8 utf8): the values that a run keeps among its
 *   settings; the model, the protocol, the encoders, the seed and the threads have fields of
 *   their own
 */
GHashTable *
bs_train_config_to_settings (const BsTrainConfig *self)
{
  GHashTable *settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (self->preset != NULL)
    g_hash_table_insert (settings, g_strdup ("preset"), g_strdup (self->preset));
  add_int (settings, "epochs", self->n_epochs);
  add_int (settings, "patience", self->patience);
  add_int (settings, "batch", self->batch_size);
  add_double (settings, "lr", self->learning_rate);
  add_double (settings, "weight-decay", self->weight_decay);
  return settings;
}
