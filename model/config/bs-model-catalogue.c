/* SPDX-License-Identifier: MIT */
/* Every model, in one table: whoever needs to know something about a model looks it up here. */
#include "model/config/bs-model-catalogue.h"

#include <glib/gi18n.h>
#include <string.h>

#define AGGREGATED N_ ("Dataset paper: aggregated features")
#define LATE_FUSION N_ ("Late-fusion paper")
#define ONE_ENCODER N_ ("Attention-fusion paper: one encoder")
#define SEVERAL_ENCODERS N_ ("Attention-fusion paper: several encoders")
#define OPEN_QUESTIONS N_ ("Open questions: without alpha and beta")

static const char *const no_values[] = { NULL };
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

/* The official 200 small steps over every clip, in fewer and larger ones: a first run on the demo
 * corpus within seconds. */
static const char *const official_demo[] = { "epochs=12", "lr=1e-4", NULL };

#define OFFICIAL_SETTINGS (BS_MODEL_HAS_ROWS | BS_MODEL_HAS_LOSS)
#define SEQUENCE_SETTINGS                                                                   \
  (BS_MODEL_HAS_LOSS | BS_MODEL_HAS_DROPOUT | BS_MODEL_HAS_LATENT | BS_MODEL_HAS_SEQUENCE | \
   BS_MODEL_HAS_TEMPORAL_DROPOUT)
#define FUSION_SETTINGS                                                                     \
  (BS_MODEL_HAS_LOSS | BS_MODEL_HAS_DROPOUT | BS_MODEL_HAS_LATENT | BS_MODEL_HAS_SEQUENCE | \
   BS_MODEL_HAS_MODALITY_DROPOUT | BS_MODEL_HAS_TRANSFORMER | BS_MODEL_HAS_HIDDEN |         \
   BS_MODEL_HAS_BRANCHES)

static const BsModelInfo models[] = {
  {
    .name = "linear",
    .paper = AGGREGATED,
    .title = N_ ("Linear"),
    .text = N_ ("One linear layer on seven statistics of each clip, or on every row of its "
                "features."),
    .network = BS_NETWORK_MLP,
    .least_encoders = 1,
    .most_encoders = G_MAXUINT,
    .settings = OFFICIAL_SETTINGS,
    .defaults = no_values,
    .demo = official_demo,
  },
  {
    .name = "mlp-256",
    .paper = AGGREGATED,
    .title = N_ ("MLP 256"),
    .text = N_ ("One hidden layer of 256 on seven statistics of each clip, or on every row."),
    .network = BS_NETWORK_MLP,
    .n_hidden = 1,
    .hidden = { 256 },
    .least_encoders = 1,
    .most_encoders = G_MAXUINT,
    .settings = OFFICIAL_SETTINGS,
    .defaults = no_values,
    .demo = official_demo,
  },
  {
    .name = "mlp-512",
    .paper = AGGREGATED,
    .title = N_ ("MLP 512"),
    .text = N_ ("One hidden layer of 512 on seven statistics of each clip, or on every row."),
    .network = BS_NETWORK_MLP,
    .n_hidden = 1,
    .hidden = { 512 },
    .least_encoders = 1,
    .most_encoders = G_MAXUINT,
    .settings = OFFICIAL_SETTINGS,
    .defaults = no_values,
    .demo = official_demo,
  },
  {
    .name = "mlp-1024-512",
    .paper = LATE_FUSION,
    .title = N_ ("MLP 1024-512"),
    .text = N_ ("Two hidden layers with batch normalisation, on the statistics of three "
                "segments."),
    .network = BS_NETWORK_MLP,
    .n_hidden = 2,
    .hidden = { 1024, 512 },
    .has_batch_norm = TRUE,
    .least_encoders = 1,
    .most_encoders = G_MAXUINT,
    .settings = BS_MODEL_HAS_LOSS | BS_MODEL_HAS_DROPOUT | BS_MODEL_HAS_SEGMENTS,
    .defaults = segments_values,
    .demo = no_values,
  },
  {
    .name = "stat",
    .paper = ONE_ENCODER,
    .title = N_ ("Statistics"),
    .text = N_ ("Statistics over all rows, then an MLP to a latent of fixed width. Takes one "
                "encoder."),
    .network = BS_NETWORK_STATISTICS,
    .least_encoders = 1,
    .most_encoders = 1,
    .settings = BS_MODEL_HAS_LOSS | BS_MODEL_HAS_DROPOUT | BS_MODEL_HAS_LATENT,
    .defaults = stat_values,
    .demo = no_values,
  },
  {
    .name = "bilstm",
    .paper = ONE_ENCODER,
    .title = N_ ("Bidirectional LSTM"),
    .text = N_ ("Reads the sequence forwards and backwards. Takes one encoder."),
    .form = BS_SAMPLES_SEQUENCES,
    .network = BS_NETWORK_BILSTM,
    .least_encoders = 1,
    .most_encoders = 1,
    .settings = SEQUENCE_SETTINGS | BS_MODEL_HAS_HIDDEN,
    .defaults = sequence_values,
    .demo = no_values,
  },
  {
    .name = "transformer-cls",
    .paper = ONE_ENCODER,
    .title = N_ ("Transformer, CLS token"),
    .text = N_ ("Attention over the sequence, gathered in a token of its own. Takes one "
                "encoder."),
    .form = BS_SAMPLES_SEQUENCES,
    .network = BS_NETWORK_TRANSFORMER_CLS,
    .least_encoders = 1,
    .most_encoders = 1,
    .settings = SEQUENCE_SETTINGS | BS_MODEL_HAS_TRANSFORMER,
    .defaults = sequence_values,
    .demo = no_values,
  },
  {
    .name = "attention-pool",
    .paper = ONE_ENCODER,
    .title = N_ ("Transformer, attention pooling"),
    .text = N_ ("Attention over the sequence, pooled by learnt weights. Takes one encoder."),
    .form = BS_SAMPLES_SEQUENCES,
    .network = BS_NETWORK_ATTENTION_POOL,
    .least_encoders = 1,
    .most_encoders = 1,
    .settings = SEQUENCE_SETTINGS | BS_MODEL_HAS_TRANSFORMER,
    .defaults = sequence_values,
    .demo = no_values,
  },
  {
    .name = "concatenation",
    .paper = SEVERAL_ENCODERS,
    .title = N_ ("Concatenation"),
    .text = N_ ("One trained and frozen branch an encoder, side by side. Takes two encoders or "
                "more."),
    .network = BS_NETWORK_CONCATENATION,
    .least_encoders = 2,
    .most_encoders = G_MAXUINT,
    .settings = FUSION_SETTINGS,
    .defaults = fusion_values,
    .demo = no_values,
  },
  {
    .name = "attention",
    .paper = SEVERAL_ENCODERS,
    .title = N_ ("Attention"),
    .text = N_ ("The encoders' sequences joined in time under one transformer."),
    .form = BS_SAMPLES_SEQUENCES,
    .network = BS_NETWORK_ATTENTION,
    .least_encoders = 1,
    .most_encoders = G_MAXUINT,
    .settings = SEQUENCE_SETTINGS | BS_MODEL_HAS_TRANSFORMER | BS_MODEL_HAS_MODALITY_DROPOUT,
    .defaults = fusion_values,
    .demo = no_values,
  },
  {
    .name = "mixed",
    .paper = SEVERAL_ENCODERS,
    .title = N_ ("Mixed"),
    .text = N_ ("Frozen branches of both kinds with attention over them. Takes two encoders or "
                "more."),
    .network = BS_NETWORK_MIXED,
    .least_encoders = 2,
    .most_encoders = G_MAXUINT,
    .joint_branch = "attention",
    .settings = FUSION_SETTINGS,
    .defaults = fusion_values,
    .demo = no_values,
  },
  {
    .name = "direct-36",
    .paper = OPEN_QUESTIONS,
    .title = N_ ("36 labels"),
    .text = N_ ("A classifier of the 36 labels, instead of six emotions and two thresholds."),
    .head = BS_HEAD_LABELS,
    .network = BS_NETWORK_MLP,
    .n_hidden = 1,
    .hidden = { BS_MODEL_HIDDEN_IS_SET },
    .least_encoders = 1,
    .most_encoders = G_MAXUINT,
    .settings = BS_MODEL_HAS_HIDDEN,
    .defaults = head_values,
    .demo = no_values,
  },
  {
    .name = "salience-regression",
    .paper = OPEN_QUESTIONS,
    .title = N_ ("Salience regression"),
    .text = N_ ("A classifier of the emotions, and a regressed share with a cut of its own."),
    .head = BS_HEAD_SALIENCE,
    .network = BS_NETWORK_MLP,
    .n_hidden = 1,
    .hidden = { BS_MODEL_HIDDEN_IS_SET },
    .least_encoders = 1,
    .most_encoders = G_MAXUINT,
    .settings = BS_MODEL_HAS_HIDDEN,
    .defaults = head_values,
    .demo = no_values,
  },
};

/**
 * bs_model_branches:
 *
 * (array zero-terminated=1): names of the models that can be an encoder's branch of a fusion, the
 * usual one first.
 */
const char *const bs_model_branches[] = { "attention-pool", "transformer-cls", "bilstm", "stat",
                                          NULL };

/**
 * bs_model_infos:
 * @n: (out): how many
 *
 * Any thread, as all functions of this file.
 *
 * Returns: (transfer none) (array length=n): the models that can be trained
 */
const BsModelInfo *
bs_model_infos (gsize *n)
{
  *n = G_N_ELEMENTS (models);
  return models;
}

/**
 * bs_model_find:
 * @name: (nullable): a model's name
 *
 * Returns: (nullable) (transfer none): the model; %NULL where there is none of that name
 */
const BsModelInfo *
bs_model_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    if (g_strcmp0 (models[i].name, name) == 0)
      return &models[i];
  return NULL;
}

/**
 * bs_model_title:
 * @name: a model's name, as a run has it
 *
 * Returns: (transfer none): its name for people, translated; @name where the catalogue has none
 */
const char *
bs_model_title (const char *name)
{
  const BsModelInfo *info = bs_model_find (name);
  return info != NULL ? _ (info->title) : name;
}

/**
 * bs_model_names:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of bs_model_infos()
 */
const char *const *
bs_model_names (void)
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
