/* SPDX-License-Identifier: MIT */
/* The settings of a training as a table, so that the command line, the window, a run's folder
 * and the guide all name the same ones; and what each model starts from. */
#include "model/config/bs-train-options.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "data/format/bs-csv.h"

#define BIT(kind) (1u << (kind))
#define ALL (~0u)
#define OFFICIAL (BIT (BS_MODEL_LINEAR) | BIT (BS_MODEL_MLP))
#define HEADS (BIT (BS_MODEL_DIRECT_36) | BIT (BS_MODEL_SALIENCE))
#define TRANSFORMERS (BIT (BS_MODEL_CLS) | BIT (BS_MODEL_POOL) | BIT (BS_MODEL_ATTENTION))
#define SEQUENCES (TRANSFORMERS | BIT (BS_MODEL_BILSTM))
#define FUSIONS (BIT (BS_MODEL_CONCATENATION) | BIT (BS_MODEL_MIXED))
#define LATENT (SEQUENCES | FUSIONS | BIT (BS_MODEL_STAT))

static const char *const features_words[] = { "aggregate", "subsample", NULL };
static const char *const loss_words[] = { "kl", "ce", "combined", NULL };
static const char *const normalise_words[] = { "fold", "actor", NULL };
static const char *const join_words[] = { "mean", "concat", NULL };
static const char *const branch_words[] = { "attention-pool", "transformer-cls", "bilstm", "stat",
                                            NULL };
static const char *const yes_no[] = { "no", "yes", NULL };

#define NOT_PUBLIC N_ ("not public")
#define AT(field) offsetof (BsTrainConfig, field)
#define NUMBER(type, key, field, kinds, min, max, above, value, summary, paper) \
  {                                                                             \
    key, type, AT (field), kinds, min, max, above, NULL, value, summary, paper  \
  }
#define INT(...) NUMBER (BS_OPTION_INT, __VA_ARGS__)
#define REAL(...) NUMBER (BS_OPTION_DOUBLE, __VA_ARGS__)
#define CHOICE(key, field, kinds, words, value, summary, paper)                         \
  {                                                                                     \
    key, BS_OPTION_CHOICE, AT (field), kinds, 0, 0, FALSE, words, value, summary, paper \
  }

static const BsOptionInfo infos[] = {
  INT ("epochs", n_epochs, ALL, 1, 1e6, FALSE, "200", N_ ("epochs at most"),
       N_ ("200; 300 subsampled; 500 with early stop")),
  INT ("patience", patience, ALL, -1, 1e6, FALSE, "-1",
       N_ ("epochs without a better score before a fold stops; 0 never, -1 what the protocol has"),
       N_ ("never; 15; 80")),
  INT ("batch", batch_size, ALL, 1, 65536, FALSE, "32", N_ ("samples a step"),
       N_ ("32; 512 subsampled; 64")),
  REAL ("lr", learning_rate, ALL, 0, 10, TRUE, "5e-6", N_ ("Adam's rate at the first epoch"),
        N_ ("5e-6; not public")),
  REAL ("lr-end", learning_rate_end, ALL, 0, 10, FALSE, "0",
        N_ ("rate at the last epoch, along half a cosine; 0 for a constant rate"),
        N_ ("constant; not public")),
  REAL ("weight-decay", weight_decay, ALL, 0, 10, FALSE, "1e-3", N_ ("L2 added to the gradient"),
        N_ ("1e-3; not public")),
  CHOICE ("features", features, OFFICIAL, features_words, "aggregate",
          N_ ("seven statistics a clip, or every row a sample"), N_ ("both")),
  CHOICE ("loss", loss, ~HEADS, loss_words, "kl", N_ ("what is minimised"), "kl; ce; combined"),
  REAL ("kl", kl_weight, ~HEADS, 0, 10, FALSE, "1", N_ ("coefficient of KL in the combined loss"),
        NOT_PUBLIC),
  REAL ("bce", bce_weight, ~HEADS, 0, 10, FALSE, "0.5",
        N_ ("coefficient of binary cross-entropy on presence"), NOT_PUBLIC),
  REAL ("rank", rank_weight, ~HEADS, 0, 10, FALSE, "0.5", N_ ("coefficient of margin ranking"),
        NOT_PUBLIC),
  REAL ("margin", margin, ~HEADS, 0, 1, FALSE, "0.1", N_ ("margin of the ranking"), NOT_PUBLIC),
  REAL ("smoothing", smoothing, ~HEADS, 0, 0.5, FALSE, "0",
        N_ ("share of the target moved off the present emotions"), N_ ("0; not public")),
  REAL ("dropout", dropout, LATENT | BIT (BS_MODEL_SEGMENTS), 0, 0.95, FALSE, "0.1",
        N_ ("share of activations dropped"), N_ ("0.3 for mlp-1024-512; not public")),
  REAL ("temporal-dropout", temporal_dropout, SEQUENCES, 0, 0.95, FALSE, "0.1",
        N_ ("share of positions masked in training"), NOT_PUBLIC),
  REAL ("modality-dropout", modality_dropout, FUSIONS | BIT (BS_MODEL_ATTENTION), 0, 0.95, FALSE,
        "0.1", N_ ("chance that a sample loses a modality in training"), NOT_PUBLIC),
  INT ("length", length, SEQUENCES | FUSIONS, 1, 4096, FALSE, "64",
       N_ ("L', positions of a sequence; longer ones give one row a segment"), NOT_PUBLIC),
  INT ("width", width, SEQUENCES | FUSIONS, 0, 8192, FALSE, "256",
       N_ ("of the rows inside; 0 for the encoder's own"), NOT_PUBLIC),
  INT ("ff", feed_forward, TRANSFORMERS | FUSIONS, 1, 32768, FALSE, "1024",
       N_ ("feed-forward width of a transformer layer"), NOT_PUBLIC),
  INT ("layers", n_layers, TRANSFORMERS | FUSIONS, 1, 24, FALSE, "2", N_ ("transformer layers"),
       NOT_PUBLIC),
  INT ("heads", n_heads, TRANSFORMERS | FUSIONS, 1, 64, FALSE, "4", N_ ("heads of attention"),
       NOT_PUBLIC),
  INT ("hidden", hidden, BIT (BS_MODEL_BILSTM) | FUSIONS | HEADS, 1, 8192, FALSE, "128",
       N_ ("hidden units: of an LSTM's direction, of a classifier"), NOT_PUBLIC),
  INT ("latent", latent, LATENT, 1, 8192, FALSE, "256", N_ ("width of what a branch ends in"),
       NOT_PUBLIC),
  CHOICE ("temperature", temperature, ~HEADS, yes_no, "no",
          N_ ("whether the logits are divided by a learnt scalar"), N_ ("yes in fusions")),
  INT ("layer-from", layer_from, ALL, 0, 1e4, FALSE, "0",
       N_ ("first layer averaged, of encoders that keep layers"), "6"),
  INT ("layer-to", layer_to, ALL, 0, 1e4, FALSE, "10000", N_ ("last layer averaged"), "12"),
  INT ("segments", n_segments, BIT (BS_MODEL_SEGMENTS), 1, 64, FALSE, "3",
       N_ ("pieces of a clip, seven statistics each"), "3"),
  CHOICE ("segment-join", segment_join, BIT (BS_MODEL_SEGMENTS), join_words, "mean",
          N_ ("whether the segments' statistics are averaged or set side by side"),
          N_ ("not public; 7,168 columns")),
  CHOICE ("normalise", normalise, ALL, normalise_words, "fold",
          N_ ("by the training side alone, or each actor by their own clips first (transductive)"),
          "fold"),
  CHOICE ("all-clips", all_clips, ALL, yes_no, "no",
          N_ ("whether a last network is trained on every clip, for the test part"), "yes"),
  INT (
    "all-epochs", all_epochs, ALL, 0, 1e6, FALSE, "0",
    N_ ("its epochs; 0 for 100, 300 subsampled, or the median best epoch of folds that stop early"),
    N_ ("100; 300 subsampled")),
  CHOICE ("branch", branch, FUSIONS, branch_words, "attention-pool", N_ ("unimodal branches"),
          N_ ("attention pooling")),
};

/* Beside the table, since a run keeps it beside its settings. */
static const BsOptionInfo seed_info = {
  .key = BS_OPTION_SEED_KEY,
  .type = BS_OPTION_SEED,
  .offset = AT (seed),
  .kinds = ALL,
  .value = "42",
  .summary = N_ ("of everything random"),
  .paper = NOT_PUBLIC,
};

/* What a model starts from, where it differs from the official values above. */
static const char *const stat_values[] = {
  "batch=64",       "epochs=500",    "patience=15",    "lr=1e-3",     "lr-end=1e-5",
  "weight-decay=0", "loss=combined", "smoothing=0.05", "dropout=0.3", NULL,
};
static const char *const sequence_values[] = {
  "batch=64",       "epochs=500",    "patience=15",    "lr=3e-4", "lr-end=3e-6",
  "weight-decay=0", "loss=combined", "smoothing=0.05", NULL,
};
static const char *const fusion_values[] = {
  "batch=64",       "epochs=500",    "patience=15",    "lr=3e-4",         "lr-end=3e-6",
  "weight-decay=0", "loss=combined", "smoothing=0.05", "temperature=yes", NULL,
};
static const char *const segments_values[] = {
  "epochs=500", "patience=80", "lr=1e-4", "dropout=0.3", "layer-from=6", "layer-to=12", NULL,
};
static const char *const head_values[] = { "lr=1e-4", "epochs=60", "hidden=512", NULL };
static const char *const no_values[] = { NULL };

static const struct {
  const char *name;
  BsModelKind kind;
  const char *const *values;
} models[] = {
  { "linear", BS_MODEL_LINEAR, no_values },
  { "mlp-256", BS_MODEL_MLP, no_values },
  { "mlp-512", BS_MODEL_MLP, no_values },
  { "mlp-1024-512", BS_MODEL_SEGMENTS, segments_values },
  { "stat", BS_MODEL_STAT, stat_values },
  { "bilstm", BS_MODEL_BILSTM, sequence_values },
  { "transformer-cls", BS_MODEL_CLS, sequence_values },
  { "attention-pool", BS_MODEL_POOL, sequence_values },
  { "concatenation", BS_MODEL_CONCATENATION, fusion_values },
  { "attention", BS_MODEL_ATTENTION, fusion_values },
  { "mixed", BS_MODEL_MIXED, fusion_values },
  { "direct-36", BS_MODEL_DIRECT_36, head_values },
  { "salience-regression", BS_MODEL_SALIENCE, head_values },
};

/**
 * bs_train_models:
 *
 * Returns: (transfer none) (array zero-terminated=1): the models that can be trained
 */
const char *const *
bs_train_models (void)
{
  static const char *names[G_N_ELEMENTS (models) + 1];
  static gsize once;
  if (g_once_init_enter (&once)) {
    for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
      names[i] = models[i].name;
    g_once_init_leave (&once, 1);
  }
  return names;
}

/**
 * bs_train_branches:
 *
 * Returns: (transfer none) (array zero-terminated=1): models that a fusion can be made of
 */
const char *const *
bs_train_branches (void)
{
  return branch_words;
}

/**
 * bs_model_find:
 * @name: a model's name
 * @kind: (out) (optional): what it is
 * @defaults: (out) (optional) (transfer none): "key=value" where it differs from the official
 *
 * Returns: its place in bs_train_models(), -1 where there is none
 */
int
bs_model_find (const char *name, BsModelKind *kind, const char *const **defaults)
{
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++) {
    if (strcmp (models[i].name, name) != 0)
      continue;
    if (kind != NULL)
      *kind = models[i].kind;
    if (defaults != NULL)
      *defaults = models[i].values;
    return (int) i;
  }
  return -1;
}

/**
 * bs_option_infos:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the settings of the table
 */
const BsOptionInfo *
bs_option_infos (gsize *n)
{
  *n = G_N_ELEMENTS (infos);
  return infos;
}

/**
 * bs_option_find:
 * @key: a name
 *
 * Returns: (nullable) (transfer none): the setting of that name, the seed among them
 */
const BsOptionInfo *
bs_option_find (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (infos); i++)
    if (strcmp (infos[i].key, key) == 0)
      return &infos[i];
  return strcmp (key, seed_info.key) == 0 ? &seed_info : NULL;
}

/**
 * bs_option_is_of:
 * @self: a setting
 * @kind: what a model is
 *
 * Returns: whether such models have it
 */
gboolean
bs_option_is_of (const BsOptionInfo *self, BsModelKind kind)
{
  return (self->kinds & BIT (kind)) != 0;
}

static gboolean
set_int (const BsOptionInfo *self, int *to, const char *value, GError **error)
{
  gint64 number = 0, min = (gint64) self->min, max = (gint64) self->max;
  if (!g_ascii_string_to_signed (value, 10, min, max, &number, NULL)) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 "%s: \"%s\" is no whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                 self->key, value, min, max);
    return FALSE;
  }
  *to = (int) number;
  return TRUE;
}

static gboolean
set_double (const BsOptionInfo *self, double *to, const char *value, GError **error)
{
  char *end = NULL, max[G_ASCII_DTOSTR_BUF_SIZE];
  double number = g_ascii_strtod (value, &end);
  if (*value == '\0' || *end != '\0' || !isfinite (number) || number < self->min ||
      number > self->max || (number == self->min && self->above_min)) {
    g_ascii_dtostr (max, sizeof max, self->max);
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "%s: \"%s\" is no number %s %d and at most %s",
                 self->key, value, self->above_min ? "above" : "of at least", (int) self->min, max);
    return FALSE;
  }
  *to = number;
  return TRUE;
}

static gboolean
set_choice (const BsOptionInfo *self, int *to, const char *value, GError **error)
{
  for (int i = 0; self->choices[i] != NULL; i++)
    if (strcmp (self->choices[i], value) == 0) {
      *to = i;
      return TRUE;
    }
  g_autofree char *list = g_strjoinv (", ", (char **) self->choices);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "%s: \"%s\" is none of %s", self->key, value, list);
  return FALSE;
}

static gboolean
set_seed (const BsOptionInfo *self, guint64 *to, const char *value, GError **error)
{
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, to, NULL))
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "%s: \"%s\" is no whole number from 0", self->key,
               value);
  return FALSE;
}

/**
 * bs_option_set:
 * @self: a setting
 * @config: the configuration to change
 * @value: as text, with a decimal point
 * @error: %BS_ERROR_VALUE naming the key, the value and what was expected
 *
 * Returns: whether it was set
 */
gboolean
bs_option_set (const BsOptionInfo *self, BsTrainConfig *config, const char *value, GError **error)
{
  gpointer at = (char *) config + self->offset;
  switch (self->type) {
  case BS_OPTION_INT:
    return set_int (self, at, value, error);
  case BS_OPTION_DOUBLE:
    return set_double (self, at, value, error);
  case BS_OPTION_CHOICE:
    return set_choice (self, at, value, error);
  case BS_OPTION_SEED:
    return set_seed (self, at, value, error);
  }
  g_return_val_if_reached (FALSE);
}

/**
 * bs_option_dup_value:
 * @self: a setting
 * @config: a configuration
 *
 * Returns: (transfer full): its value as bs_option_set() takes it, in as few digits as read back
 *   to the same
 */
char *
bs_option_dup_value (const BsOptionInfo *self, const BsTrainConfig *config)
{
  gconstpointer at = (const char *) config + self->offset;
  if (self->type == BS_OPTION_INT)
    return g_strdup_printf ("%d", *(const int *) at);
  if (self->type == BS_OPTION_SEED)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, *(const guint64 *) at);
  if (self->type == BS_OPTION_CHOICE)
    return g_strdup (self->choices[*(const int *) at]);
  GString *text = g_string_new (NULL);
  bs_csv_append_double (text, *(const double *) at);
  return g_string_free (text, FALSE);
}
