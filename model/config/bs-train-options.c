/* SPDX-License-Identifier: MIT */
/* The settings of a training as a table, so that the command line, the window, a run's folder
 * and the guide all name the same ones. */
#include "model/config/bs-train-options.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "data/format/bs-csv.h"

#define ALL 0

static const char *const features_words[] = { "aggregate", "subsample", NULL };
static const char *const loss_words[] = { "kl", "ce", "combined", NULL };
static const char *const normalise_words[] = { "fold", "actor", NULL };
static const char *const join_words[] = { "mean", "concat", NULL };
static const char *const yes_no[] = { "no", "yes", NULL };

#define NOT_PUBLIC N_ ("not public")
#define AT(field) offsetof (BsTrainConfig, field)
#define NUMBER(type, key, field, group, min, max, above, value, summary, paper) \
  {                                                                             \
    key, type, AT (field), group, min, max, above, NULL, value, summary, paper  \
  }
#define INT(...) NUMBER (BS_OPTION_INT, __VA_ARGS__)
#define REAL(...) NUMBER (BS_OPTION_DOUBLE, __VA_ARGS__)
#define CHOICE(key, field, group, words, value, summary, paper)                         \
  {                                                                                     \
    key, BS_OPTION_CHOICE, AT (field), group, 0, 0, FALSE, words, value, summary, paper \
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
  CHOICE ("features", features, BS_MODEL_HAS_ROWS, features_words, "aggregate",
          N_ ("seven statistics a clip, or every row a sample"), N_ ("both")),
  CHOICE ("loss", loss, BS_MODEL_HAS_LOSS, loss_words, "kl", N_ ("what is minimised"),
          "kl; ce; combined"),
  REAL ("kl", kl_weight, BS_MODEL_HAS_LOSS, 0, 10, FALSE, "1",
        N_ ("coefficient of KL in the combined loss"), NOT_PUBLIC),
  REAL ("bce", bce_weight, BS_MODEL_HAS_LOSS, 0, 10, FALSE, "0.5",
        N_ ("coefficient of binary cross-entropy on presence"), NOT_PUBLIC),
  REAL ("rank", rank_weight, BS_MODEL_HAS_LOSS, 0, 10, FALSE, "0.5",
        N_ ("coefficient of margin ranking"), NOT_PUBLIC),
  REAL ("margin", margin, BS_MODEL_HAS_LOSS, 0, 1, FALSE, "0.1", N_ ("margin of the ranking"),
        NOT_PUBLIC),
  REAL ("smoothing", smoothing, BS_MODEL_HAS_LOSS, 0, 0.5, FALSE, "0",
        N_ ("share of the target moved off the present emotions"), N_ ("0; not public")),
  REAL ("dropout", dropout, BS_MODEL_HAS_DROPOUT, 0, 0.95, FALSE, "0.1",
        N_ ("share of activations dropped"), N_ ("0.3 for mlp-1024-512; not public")),
  REAL ("temporal-dropout", temporal_dropout, BS_MODEL_HAS_TEMPORAL_DROPOUT, 0, 0.95, FALSE, "0.1",
        N_ ("share of positions masked in training"), NOT_PUBLIC),
  REAL ("modality-dropout", modality_dropout, BS_MODEL_HAS_MODALITY_DROPOUT, 0, 0.95, FALSE, "0.1",
        N_ ("chance that a sample loses a modality in training"), NOT_PUBLIC),
  INT ("length", length, BS_MODEL_HAS_SEQUENCE, 1, 4096, FALSE, "64",
       N_ ("L', positions of a sequence; longer ones give one row a segment"), NOT_PUBLIC),
  INT ("width", width, BS_MODEL_HAS_SEQUENCE, 0, 8192, FALSE, "256",
       N_ ("of the rows inside; 0 for the encoder's own"), NOT_PUBLIC),
  INT ("ff", feed_forward, BS_MODEL_HAS_TRANSFORMER, 1, 32768, FALSE, "1024",
       N_ ("feed-forward width of a transformer layer"), NOT_PUBLIC),
  INT ("layers", n_layers, BS_MODEL_HAS_TRANSFORMER, 1, 24, FALSE, "2", N_ ("transformer layers"),
       NOT_PUBLIC),
  INT ("heads", n_heads, BS_MODEL_HAS_TRANSFORMER, 1, 64, FALSE, "4", N_ ("heads of attention"),
       NOT_PUBLIC),
  INT ("hidden", hidden, BS_MODEL_HAS_HIDDEN, 1, 8192, FALSE, "128",
       N_ ("hidden units: of an LSTM's direction, of a classifier"), NOT_PUBLIC),
  INT ("latent", latent, BS_MODEL_HAS_LATENT, 1, 8192, FALSE, "256",
       N_ ("width of what a branch ends in"), NOT_PUBLIC),
  CHOICE ("temperature", temperature, BS_MODEL_HAS_LOSS, yes_no, "no",
          N_ ("whether the logits are divided by a learnt scalar"), N_ ("yes in fusions")),
  INT ("layer-from", layer_from, ALL, 0, 1e4, FALSE, "0",
       N_ ("first layer averaged, of encoders that keep layers"), "6"),
  INT ("layer-to", layer_to, ALL, 0, 1e4, FALSE, "10000", N_ ("last layer averaged"), "12"),
  INT ("segments", n_segments, BS_MODEL_HAS_SEGMENTS, 1, 64, FALSE, "3",
       N_ ("pieces of a clip, seven statistics each"), "3"),
  CHOICE ("segment-join", segment_join, BS_MODEL_HAS_SEGMENTS, join_words, "mean",
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
  CHOICE ("branch", branch, BS_MODEL_HAS_BRANCHES, bs_model_branches, "attention-pool",
          N_ ("unimodal branches"), N_ ("attention pooling")),
};

/* Beside the table, since a run keeps it beside its settings. */
static const BsOptionInfo seed_info = {
  .key = BS_OPTION_SEED_KEY,
  .type = BS_OPTION_SEED,
  .offset = AT (seed),
  .group = ALL,
  .value = "42",
  .summary = N_ ("of everything random"),
  .paper = NOT_PUBLIC,
};

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
 * bs_option_bit:
 * @self: a setting of bs_option_infos(), or the seed
 *
 * Returns: its bit in the @given of #BsTrainConfig; 0 of the seed, which no preset sets
 */
guint64
bs_option_bit (const BsOptionInfo *self)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (infos) <= 64);
  return self != &seed_info ? G_GUINT64_CONSTANT (1) << (self - infos) : 0;
}

/**
 * bs_option_is_of:
 * @self: a setting
 * @model: a model
 *
 * Returns: whether it has the setting
 */
gboolean
bs_option_is_of (const BsOptionInfo *self, const BsModelInfo *model)
{
  return self->group == ALL || (self->group & model->settings) != 0;
}

static gboolean
set_int (const BsOptionInfo *self, int *to, const char *value, GError **error)
{
  gint64 number = 0, min = (gint64) self->min, max = (gint64) self->max;
  if (!g_ascii_string_to_signed (value, 10, min, max, &number, NULL)) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: \"%s\" is no whole number from %jd to %jd"), self->key, value,
                 (intmax_t) min, (intmax_t) max);
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
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 self->above_min ? _ ("%s: \"%s\" is no number above %d and at most %s")
                                 : _ ("%s: \"%s\" is no number of at least %d and at most %s"),
                 self->key, value, (int) self->min, max);
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
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               /* Translators: a setting, what was given for it, and what it takes: "on, off" */
               _ ("%s: \"%s\" is none of %s"), self->key, value, list);
  return FALSE;
}

static gboolean
set_seed (const BsOptionInfo *self, guint64 *to, const char *value, GError **error)
{
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, to, NULL))
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: \"%s\" is no whole number from 0"),
               self->key, value);
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
