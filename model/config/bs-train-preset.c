/* SPDX-License-Identifier: MIT */
/* What a training starts from: the defaults of its model, the official ones of its kind of sample,
 * and the sizes for the demo corpus. */
#include "model/config/bs-train-preset.h"

#include <glib/gi18n.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "model/config/bs-train-options.h"

/* Sizes for the demo corpus' few clips and narrow features, of the models that have them. */
static const char *const demo_sizes[][2] = {
  { "length", "32" }, { "width", "64" }, { "ff", "256" }, { "layers", "1" }, { "latent", "64" },
};

/* Settings whose official value depends on what a sample is (main.py, main_subsampling.py). */
static const struct {
  const char *key;
  const char *aggregate;
  const char *subsample;
} of_features[] = {
  { "batch", "32", "512" },
  { "epochs", "200", "300" },
};

static void
set_pairs (BsTrainConfig *self, const char *const *pairs)
{
  for (; *pairs != NULL; pairs++) {
    const char *equals = strchr (*pairs, '=');
    g_autofree char *key = g_strndup (*pairs, (gsize) (equals - *pairs));
    bs_option_set (bs_option_find (key), self, equals + 1, NULL);
  }
}

/**
 * bs_train_config_reset:
 * @self: a configuration with a model
 *
 * Gives every setting the model's default.
 */
void
bs_train_config_reset (BsTrainConfig *self)
{
  gsize n = 0;
  const BsOptionInfo *infos = bs_option_infos (&n);
  for (gsize i = 0; i < n; i++)
    bs_option_set (&infos[i], self, infos[i].value, NULL);
  set_pairs (self, bs_train_config_model (self)->defaults);
  self->given = 0;
}

static void
apply_demo (BsTrainConfig *self)
{
  const BsModelInfo *model = bs_train_config_model (self);
  bs_train_config_reset (self);
  for (gsize i = 0; i < G_N_ELEMENTS (demo_sizes); i++) {
    const BsOptionInfo *info = bs_option_find (demo_sizes[i][0]);
    if (bs_option_is_of (info, model))
      bs_option_set (info, self, demo_sizes[i][1], NULL);
  }
  set_pairs (self, model->demo);
}

/**
 * bs_train_config_apply_preset:
 * @self: a configuration with a model
 * @preset: "official" or "demo"
 * @error: %BS_ERROR_VALUE where it is neither
 *
 * Gives every setting the preset's value.
 *
 * Returns: whether there is such a preset; nothing is changed otherwise
 */
gboolean
bs_train_config_apply_preset (BsTrainConfig *self, const char *preset, GError **error)
{
  if (strcmp (preset, "official") == 0) {
    bs_train_config_reset (self);
  } else if (strcmp (preset, "demo") == 0) {
    apply_demo (self);
  } else {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("preset: \"%s\" is neither official nor demo"),
                 preset);
    return FALSE;
  }
  char *copy = g_strdup (preset); /* it may be the very text that is replaced */
  g_free (self->preset);
  self->preset = copy;
  return TRUE;
}

/**
 * bs_train_config_follow_features:
 * @self: a configuration
 *
 * Gives the settings that depend on what a sample is, and that nobody has set, the official values
 * for it. The demo preset has numbers of its own for either kind.
 */
void
bs_train_config_follow_features (BsTrainConfig *self)
{
  if (g_strcmp0 (self->preset, "official") != 0 ||
      !bs_option_is_of (bs_option_find ("features"), bs_train_config_model (self)))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (of_features); i++) {
    const BsOptionInfo *info = bs_option_find (of_features[i].key);
    gboolean is_subsample = self->features == BS_FEATURES_SUBSAMPLE;
    if (!(self->given & bs_option_bit (info)))
      bs_option_set (info, self, is_subsample ? of_features[i].subsample : of_features[i].aggregate,
                     NULL);
  }
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
  bs_train_config_apply_preset (self, "demo", NULL);
  return self;
}
