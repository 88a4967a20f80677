/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsHead:
 * @BS_HEAD_EMOTIONS: six logits, whose softmax is turned into a decision by alpha and beta
 * @BS_HEAD_LABELS: 36 logits, one a label with its salience; the largest decides
 * @BS_HEAD_SALIENCE: 16 logits, one a set of emotions, of which the largest decides, and one more
 *   whose sigmoid is the share of a blend's first emotion
 *
 * What the outputs of a network mean.
 */
typedef enum {
  BS_HEAD_EMOTIONS,
  BS_HEAD_LABELS,
  BS_HEAD_SALIENCE,
} BsHead;

/**
 * BsSamplesForm:
 * @BS_SAMPLES_VECTORS: one vector a clip: all encoders side by side, or one a branch
 * @BS_SAMPLES_ROWS: every row of a clip is a sample of its own (the official subsamples)
 * @BS_SAMPLES_SEQUENCES: one sequence a clip and encoder, of at most the setting's length
 *
 * What a network sees of a clip.
 */
typedef enum {
  BS_SAMPLES_VECTORS,
  BS_SAMPLES_ROWS,
  BS_SAMPLES_SEQUENCES,
} BsSamplesForm;

/**
 * BsNetworkKind:
 * @BS_NETWORK_MLP: vectors; linear layers with ReLU between them, as the official classifiers
 * @BS_NETWORK_STATISTICS: vectors (seven statistics of each feature)
 * @BS_NETWORK_BILSTM: sequences; last states of an LSTM in both directions
 * @BS_NETWORK_TRANSFORMER_CLS: sequences; transformer encoder, output at a class token
 * @BS_NETWORK_ATTENTION_POOL: sequences; transformer encoder, attention pooling
 * @BS_NETWORK_ATTENTION: sequences of k modalities, joined in time, then as before
 * @BS_NETWORK_CONCATENATION: latent vectors of k branches, one after the other
 * @BS_NETWORK_MIXED: latent vectors of k branches, attention pooling over the branches
 *
 * The attention-fusion paper's unimodal branches and fusions (4.2), and the classifiers.
 */
typedef enum {
  BS_NETWORK_MLP,
  BS_NETWORK_STATISTICS,
  BS_NETWORK_BILSTM,
  BS_NETWORK_TRANSFORMER_CLS,
  BS_NETWORK_ATTENTION_POOL,
  BS_NETWORK_ATTENTION,
  BS_NETWORK_CONCATENATION,
  BS_NETWORK_MIXED,
} BsNetworkKind;

/**
 * BsModelSettings:
 * @BS_MODEL_HAS_ROWS: may learn from single rows instead of a clip's statistics
 * @BS_MODEL_HAS_LOSS: a choice of losses over six logits
 * @BS_MODEL_HAS_DROPOUT: layer dropout
 * @BS_MODEL_HAS_TEMPORAL_DROPOUT: dropout of positions
 * @BS_MODEL_HAS_MODALITY_DROPOUT: dropout of encoders
 * @BS_MODEL_HAS_SEQUENCE: reads sequences, itself or in its branches: their length and width
 * @BS_MODEL_HAS_TRANSFORMER: transformer layers, itself or in its branches
 * @BS_MODEL_HAS_HIDDEN: a number of hidden units that can be set
 * @BS_MODEL_HAS_LATENT: a latent vector
 * @BS_MODEL_HAS_SEGMENTS: statistics of segments of a clip
 * @BS_MODEL_HAS_BRANCHES: learns from frozen branches, which are trained first
 *
 * Groups of settings; a model has those of its groups and those that belong to none.
 */
typedef enum {
  BS_MODEL_HAS_ROWS = 1 << 0,
  BS_MODEL_HAS_LOSS = 1 << 1,
  BS_MODEL_HAS_DROPOUT = 1 << 2,
  BS_MODEL_HAS_TEMPORAL_DROPOUT = 1 << 3,
  BS_MODEL_HAS_MODALITY_DROPOUT = 1 << 4,
  BS_MODEL_HAS_SEQUENCE = 1 << 5,
  BS_MODEL_HAS_TRANSFORMER = 1 << 6,
  BS_MODEL_HAS_HIDDEN = 1 << 7,
  BS_MODEL_HAS_LATENT = 1 << 8,
  BS_MODEL_HAS_SEGMENTS = 1 << 9,
  BS_MODEL_HAS_BRANCHES = 1 << 10,
} BsModelSettings;

#define BS_MODEL_MAX_HIDDEN 4
#define BS_MODEL_HIDDEN_IS_SET 0 /* a width in @hidden that the setting "hidden" gives */

/**
 * BsModelInfo:
 * @name: on the command line and in a run's folder
 * @paper: the paper and the kind that it belongs to, a heading; models of one follow each other
 * @title: its name for people
 * @text: what it is, a sentence
 * @head: what its outputs mean
 * @form: what it sees of a clip; %BS_MODEL_HAS_ROWS leaves the choice of rows to the setting
 * @network: its architecture
 * @n_hidden: hidden layers of a %BS_NETWORK_MLP
 * @hidden: (array length=n_hidden): their widths
 * @has_batch_norm: whether batch normalisation follows each of them
 * @least_encoders: encoders that it needs
 * @most_encoders: encoders that it can take, %G_MAXUINT for any number
 * @joint_branch: (nullable): a branch over all encoders, beside one an encoder
 * @settings: its groups of settings, of #BsModelSettings
 * @defaults: (array zero-terminated=1): "key=value" where it starts from others than the official
 *   code's values
 * @demo: (array zero-terminated=1): "key=value" of the demo preset, besides the sizes that all
 *   models share there
 *
 * A model that can be trained. @paper, @title and @text are in English, for gettext().
 */
typedef struct {
  const char *name;
  const char *paper;
  const char *title;
  const char *text;
  BsHead head;
  BsSamplesForm form;
  BsNetworkKind network;
  guint n_hidden;
  gsize hidden[BS_MODEL_MAX_HIDDEN];
  gboolean has_batch_norm;
  guint least_encoders;
  guint most_encoders;
  const char *joint_branch;
  guint settings;
  const char *const *defaults;
  const char *const *demo;
} BsModelInfo;

const BsModelInfo *bs_model_infos (gsize *n);
const BsModelInfo *bs_model_find (const char *name);
const char *bs_model_title (const char *name);
const char *const *bs_model_names (void);
extern const char *const bs_model_branches[];

G_END_DECLS
