/* SPDX-License-Identifier: MIT */
/* From the settings of a training to the network and the loss they mean. */
#include "model/training/bs-model.h"

#include <string.h>

#include "data/base/bs-error.h"
#include "model/config/bs-train-options.h"

static BsNetworkKind
network_kind (BsModelKind kind)
{
  switch (kind) {
  case BS_MODEL_STAT:
    return BS_NETWORK_STATISTICS;
  case BS_MODEL_BILSTM:
    return BS_NETWORK_BILSTM;
  case BS_MODEL_CLS:
    return BS_NETWORK_TRANSFORMER_CLS;
  case BS_MODEL_POOL:
    return BS_NETWORK_ATTENTION_POOL;
  case BS_MODEL_ATTENTION:
    return BS_NETWORK_ATTENTION;
  case BS_MODEL_CONCATENATION:
    return BS_NETWORK_CONCATENATION;
  case BS_MODEL_MIXED:
    return BS_NETWORK_MIXED;
  default:
    return BS_NETWORK_MLP;
  }
}

static void
set_hidden (BsNetworkSpec *spec, const BsTrainConfig *config, BsModelKind kind)
{
  if (kind == BS_MODEL_MLP)
    spec->hidden[spec->n_hidden++] = (gsize) g_ascii_strtoull (config->model + 4, NULL, 10);
  else if (kind == BS_MODEL_DIRECT_36 || kind == BS_MODEL_SALIENCE)
    spec->hidden[spec->n_hidden++] = (gsize) config->hidden;
  else if (kind == BS_MODEL_SEGMENTS) {
    spec->hidden[spec->n_hidden++] = 1024;
    spec->hidden[spec->n_hidden++] = 512;
    spec->has_batch_norm = TRUE;
  }
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
  BsModelKind kind = bs_train_config_kind (config);
  BsNetworkSpec spec = {
    .kind = network_kind (kind),
    .n_modalities = n_modalities,
    .width = (gsize) config->width,
    .n_inner = (gsize) (kind == BS_MODEL_BILSTM ? config->hidden : config->feed_forward),
    .n_layers = (guint) config->n_layers,
    .n_heads = (gsize) config->n_heads,
    .n_latent = (gsize) config->latent,
    .dropout = config->dropout,
    .temporal_dropout = config->temporal_dropout,
    .modality_dropout = config->modality_dropout,
    .has_temperature = config->temperature != 0,
    .n_out = bs_head_n_out (bs_head_of (kind)),
  };
  memcpy (spec.widths, widths, n_modalities * sizeof (gsize));
  set_hidden (&spec, config, kind);
  if (spec.kind == BS_NETWORK_MLP && kind != BS_MODEL_SEGMENTS)
    spec.dropout = 0;
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

/**
 * bs_model_config_of_run:
 * @run: a run that was trained
 * @error: %BS_ERROR_MISSING where it was not, %BS_ERROR_VALUE for a setting of another version
 *
 * Returns: (transfer full): what it was trained with, apart from folds and threads
 */
BsTrainConfig *
bs_model_config_of_run (const BsRun *run, GError **error)
{
  if (run->model == NULL || bs_model_find (run->model, NULL, NULL) < 0 || run->encoders == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, "has no networks that could be run");
    return NULL;
  }
  g_autoptr (BsTrainConfig) self = bs_train_config_new ();
  bs_train_config_set (self, "model", run->model, NULL);
  g_strfreev (self->encoders);
  self->encoders = g_strdupv (run->encoders);
  self->seed = run->seed;
  if (run->protocol != NULL && !bs_train_config_set (self, "protocol", run->protocol, error))
    return NULL;
  gsize n = 0;
  const BsOptionInfo *infos = bs_option_infos (&n);
  for (gsize i = 0; i < n; i++) {
    const char *value = g_hash_table_lookup (run->settings, infos[i].key);
    if (value == NULL)
      continue;
    if (!bs_option_set (&infos[i], self, value, error))
      return NULL;
  }
  return g_steal_pointer (&self);
}
