/* SPDX-License-Identifier: MIT */
/* From the settings of a training to the network and the loss they mean. */
#include "model/training/bs-model.h"

#include <string.h>

#include "data/base/bs-error.h"
#include "model/config/bs-train-options.h"

static void
set_hidden (BsNetworkSpec *spec, const BsTrainConfig *config, const BsModelInfo *model)
{
  spec->n_hidden = model->n_hidden;
  for (guint i = 0; i < model->n_hidden; i++)
    spec->hidden[i] =
      model->hidden[i] == BS_MODEL_HIDDEN_IS_SET ? (gsize) config->hidden : model->hidden[i];
  spec->has_batch_norm = model->has_batch_norm;
}

/**
 * bs_model_spec:
 * @config: a configuration that was checked
 * @n_modalities: of the samples
 * @widths: (array length=n_modalities): of a row of each
 *
 * Returns: the architecture that the settings mean for features of these widths
 */
BsNetworkSpec
bs_model_spec (const BsTrainConfig *config, guint n_modalities, const gsize *widths)
{
  const BsModelInfo *model = bs_train_config_model (config);
  BsNetworkSpec spec = {
    .kind = model->network,
    .n_modalities = n_modalities,
    .width = (gsize) config->width,
    .n_inner =
      (gsize) (model->network == BS_NETWORK_BILSTM ? config->hidden : config->feed_forward),
    .n_layers = (guint) config->n_layers,
    .n_heads = (gsize) config->n_heads,
    .n_latent = (gsize) config->latent,
    .dropout = (model->settings & BS_MODEL_HAS_DROPOUT) != 0 ? config->dropout : 0,
    .temporal_dropout = config->temporal_dropout,
    .modality_dropout = config->modality_dropout,
    .has_temperature = config->temperature != 0,
    .n_out = bs_head_n_out (model->head),
  };
  memcpy (spec.widths, widths, n_modalities * sizeof (gsize));
  set_hidden (&spec, config, model);
  return spec;
}

/**
 * bs_model_objective:
 * @config: a configuration
 *
 * Returns: what is minimised
 */
BsObjective
bs_model_objective (const BsTrainConfig *config)
{
  gboolean is_combined = config->loss == BS_LOSS_COMBINED;
  return (BsObjective){
    .is_ce = config->loss == BS_LOSS_CE,
    .blend = {
      .kl_weight = is_combined ? config->kl_weight : 1,
      .bce_weight = is_combined ? config->bce_weight : 0,
      .rank_weight = is_combined ? config->rank_weight : 0,
      .smoothing = config->smoothing,
      .margin = config->margin,
    },
  };
}
