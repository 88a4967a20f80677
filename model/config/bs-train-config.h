/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-corpus.h"
#include "model/config/bs-model-catalogue.h"

G_BEGIN_DECLS

typedef enum {
  BS_FEATURES_AGGREGATE, /* seven statistics a clip */
  BS_FEATURES_SUBSAMPLE, /* each row a training sample; a clip's logits are averaged */
} BsFeaturesMode;

typedef enum {
  BS_LOSS_KL,
  BS_LOSS_CE,
  BS_LOSS_COMBINED, /* KL + BCE + margin ranking */
} BsLossMode;

typedef enum {
  BS_NORMALISE_FOLD, /* the training side's mean and scale */
  BS_NORMALISE_ACTOR, /* first each actor's own: transductive, though without labels */
} BsNormalise;

typedef enum {
  BS_SEGMENTS_MEAN,
  BS_SEGMENTS_CONCAT,
} BsSegmentJoin;

/**
 * BsTrainConfig:
 * @model: one of bs_model_names()
 * @encoders: (array zero-terminated=1): what is learnt from, in this order
 * @protocol: one of bs_selection_protocol_names()
 * @preset: (nullable): where the other values came from: "official", "demo"
 * @folds: (nullable): names of the folds that are trained and reported, as bs_fold_choice_parse()
 *   takes them; %NULL means all
 * @n_epochs: epochs to train
 * @patience: epochs without a better score after which a fold stops, 0 for never, -1 for what
 *   the protocol has (15 for paper-000, never for the others)
 * @learning_rate: Adam's step at the start
 * @learning_rate_end: at the last epoch; equal to @learning_rate or 0 for a constant rate
 * @weight_decay: L2 added to the gradient
 * @batch_size: samples per step
 * @features: of `linear` and `mlp-*`
 * @loss: what is minimised
 * @kl_weight: coefficient of KL in the combined loss
 * @bce_weight: of binary cross-entropy
 * @rank_weight: of margin ranking
 * @margin: of the ranking
 * @smoothing: share moved off the present emotions in KL's target
 * @dropout: share of activations dropped
 * @temporal_dropout: share of a sequence's positions masked in training
 * @modality_dropout: chance that a modality of a sample is left out in training
 * @length: L', positions of a sequence; longer ones are cut into as many segments
 * @width: of a transformer's rows; 0 for the encoder's own
 * @feed_forward: of a transformer layer
 * @n_layers: transformer or LSTM layers
 * @n_heads: of attention
 * @hidden: LSTM's state in each direction
 * @latent: width of what a branch ends in
 * @temperature: whether the logits are divided by a learnt one
 * @layer_from: first layer of a layered encoder that is averaged
 * @layer_to: last one
 * @n_segments: of `mlp-1024-512`
 * @segment_join: how the segments' statistics come together
 * @normalise: how features are standardised
 * @branch: unimodal branch of a fusion, one of bs_model_branches()
 * @all_clips: whether a last network is trained on every clip (the official test protocol)
 * @all_epochs: its epochs, 0 for what the protocol has
 * @seed: of everything random
 * @n_threads: folds trained side by side; 0 for as many as BLAS has threads
 * @branch_folder: (nullable): where runs of a fusion's branches are looked for and kept; no
 *   setting, since it does not change the result
 * @partial_folder: (nullable): where the folds leave checkpoints, and look for those of a training
 *   that was stopped, to go on with the same bits; no setting either, like the next two
 * @checkpoint_every_s: seconds from one of a fold's checkpoints to the next; one is due after an
 *   epoch
 * @any_threads: whether checkpoints of a training with another number of threads are continued
 * @given: bits of bs_option_bit(): settings that bs_train_config_set() was called for after the
 *   model and the preset; the others follow these
 *
 * All that decides a training. bs_train_config_new() gives the official defaults.
 */
typedef struct {
  char *model;
  char **encoders;
  char *protocol;
  char *preset;
  char *folds;
  int n_epochs;
  int patience;
  double learning_rate;
  double learning_rate_end;
  double weight_decay;
  int batch_size;
  int features; /* BsFeaturesMode */
  int loss; /* BsLossMode */
  double kl_weight;
  double bce_weight;
  double rank_weight;
  double margin;
  double smoothing;
  double dropout;
  double temporal_dropout;
  double modality_dropout;
  int length;
  int width;
  int feed_forward;
  int n_layers;
  int n_heads;
  int hidden;
  int latent;
  int temperature;
  int layer_from;
  int layer_to;
  int n_segments;
  int segment_join; /* BsSegmentJoin */
  int normalise; /* BsNormalise */
  int branch; /* index into bs_model_branches() */
  int all_clips;
  int all_epochs;
  guint64 seed;
  int n_threads;
  char *branch_folder;
  char *partial_folder;
  double checkpoint_every_s;
  gboolean any_threads;
  guint64 given;
} BsTrainConfig;

BsTrainConfig *bs_train_config_new (void);
BsTrainConfig *bs_train_config_new_demo (BsCorpus *corpus);
BsTrainConfig *bs_train_config_copy (const BsTrainConfig *self);
void bs_train_config_free (BsTrainConfig *self);
gboolean bs_train_config_set (BsTrainConfig *self, const char *key, const char *value,
                              GError **error);
gboolean bs_train_config_check (const BsTrainConfig *self, GError **error);
GHashTable *bs_train_config_to_settings (const BsTrainConfig *self);
const BsModelInfo *bs_train_config_model (const BsTrainConfig *self);
gboolean bs_train_config_is_fusion (const BsTrainConfig *self);
gboolean bs_train_config_is_of_rows (const BsTrainConfig *self);
int bs_train_config_patience (const BsTrainConfig *self);
void bs_train_config_encoder_range (const BsTrainConfig *self, guint *least, guint *most);
const char *const *bs_train_config_keys (void);

/**
 * BsTrainOption:
 * @key: as in bs_train_config_set()
 * @summary: what it is, for people
 * @paper: the value in the paper or the official code, or "not public"
 * @value: here, for the model asked about
 *
 * One line of the guide's table of settings.
 */
typedef struct {
  const char *key;
  const char *summary;
  const char *paper;
  char *value;
} BsTrainOption;

GArray *bs_train_options (const char *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTrainConfig, bs_train_config_free)

G_END_DECLS
