/* SPDX-License-Identifier: MIT */
/* What people are told of the models and protocols that the command line names by a word. */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/session/bs-model-words.h"

static const char aggregated[] = N_ ("Dataset paper: aggregated features");
static const char late_fusion[] = N_ ("Late-fusion paper");
static const char one_encoder[] = N_ ("Attention-fusion paper: one encoder");
static const char encoders[] = N_ ("Attention-fusion paper: several encoders");
static const char open_questions[] = N_ ("Open questions: without alpha and beta");

static const struct {
  const char *model;
  const char *group;
  const char *title;
  const char *description;
} words[] = {
  { "linear", aggregated, N_ ("Linear"),
    N_ ("One linear layer on seven statistics of each clip, or on every row of its features.") },
  { "mlp-256", aggregated, N_ ("MLP 256"),
    N_ ("One hidden layer of 256 on seven statistics of each clip, or on every row.") },
  { "mlp-512", aggregated, N_ ("MLP 512"),
    N_ ("One hidden layer of 512 on seven statistics of each clip, or on every row.") },
  { "mlp-1024-512", late_fusion, N_ ("MLP 1024-512"),
    N_ ("Two hidden layers with batch normalisation, on the statistics of three segments.") },
  { "stat", one_encoder, N_ ("Statistics"),
    N_ ("Statistics over all rows, then an MLP to a latent of fixed width. Takes one encoder.") },
  { "bilstm", one_encoder, N_ ("Bidirectional LSTM"),
    N_ ("Reads the sequence forwards and backwards. Takes one encoder.") },
  { "transformer-cls", one_encoder, N_ ("Transformer, CLS token"),
    N_ ("Attention over the sequence, gathered in a token of its own. Takes one encoder.") },
  { "attention-pool", one_encoder, N_ ("Transformer, attention pooling"),
    N_ ("Attention over the sequence, pooled by learnt weights. Takes one encoder.") },
  { "concatenation", encoders, N_ ("Concatenation"),
    N_ ("One trained and frozen branch an encoder, side by side. Takes two encoders or more.") },
  { "attention", encoders, N_ ("Attention"),
    N_ ("The encoders' sequences joined in time under one transformer.") },
  { "mixed", encoders, N_ ("Mixed"),
    N_ ("Frozen branches of both kinds with attention over them. Takes two encoders or more.") },
  { "direct-36", open_questions, N_ ("36 labels"),
    N_ ("A classifier of the 36 labels, instead of six emotions and two thresholds.") },
  { "salience-regression", open_questions, N_ ("Salience regression"),
    N_ ("A classifier of the emotions, and a regressed share with a cut of its own.") },
};

static const struct {
  const char *protocol;
  const char *words;
} protocols[] = {
  { "official", N_ ("Epoch and thresholds are chosen on the fold reported: tuned here.") },
  { "paper-000", N_ ("As official, and a fold stops when its score gets no better: tuned here.") },
  { "honest",
    N_ ("Nothing is chosen with the fold reported: tuned elsewhere. Takes twice as long.") },
};

static gsize
find (const char *model)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].model, model) == 0)
      return i;
  return G_N_ELEMENTS (words);
}

/**
 * bs_model_group:
 * @model: one of bs_train_models()
 *
 * Returns: (transfer none): the paper and kind that it belongs to, translated; models of a group
 *   follow each other
 */
const char *
bs_model_group (const char *model)
{
  gsize i = find (model);
  return i < G_N_ELEMENTS (words) ? _ (words[i].group) : "";
}

/**
 * bs_model_title:
 * @model: a model's name, as a run has it
 *
 * Returns: (transfer none): its name for people, translated; @model where it is none of ours
 */
const char *
bs_model_title (const char *model)
{
  gsize i = find (model);
  return i < G_N_ELEMENTS (words) ? _ (words[i].title) : model;
}

/**
 * bs_model_description:
 * @model: one of bs_train_models()
 *
 * Returns: (transfer none): what it is, a translated sentence
 */
const char *
bs_model_description (const char *model)
{
  gsize i = find (model);
  return i < G_N_ELEMENTS (words) ? _ (words[i].description) : "";
}

/**
 * bs_model_protocol_words:
 * @protocol: one of bs_train_protocols()
 *
 * Returns: (transfer none): what it is, a translated sentence
 */
const char *
bs_model_protocol_words (const char *protocol)
{
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (strcmp (protocols[i].protocol, protocol) == 0)
      return _ (protocols[i].words);
  return "";
}
