/* SPDX-License-Identifier: MIT */
/* The attention-fusion paper's branches and fusions (4.2), and the official classifiers, put
 * together from layers. The modules' names are those of tests/reference/torch_networks.py. */
#include "model/network/bs-network-spec.h"

#include <glib/gi18n.h>

#include "data/base/bs-error.h"
#include "model/network/bs-layers.h"

static void
add_dropout (BsNetwork *self, double p, const char *name)
{
  if (p > 0)
    bs_network_add (self, bs_layer_dropout (self->n_out, p), name);
}

static void
add_linear (BsNetwork *self, gsize n_out, const char *name)
{
  bs_network_add (self, bs_layer_linear (self->n_out, n_out, self->n_values), name);
}

/* torch.nn.Sequential: the modules' names are their numbers. */
static void
add_mlp (BsNetwork *self, const BsNetworkSpec *spec)
{
  char name[BS_LAYER_NAME_SIZE];
#define NEXT_NAME (g_snprintf (name, sizeof name, "%u", self->n_layers), name)
  for (guint i = 0; i < spec->n_hidden; i++) {
    add_linear (self, spec->hidden[i], NEXT_NAME);
    if (spec->has_batch_norm)
      bs_network_add (self, bs_layer_batch_norm (self->n_out, self->n_values), NEXT_NAME);
    bs_network_add (self, bs_layer_relu (self->n_out), NEXT_NAME);
    add_dropout (self, spec->dropout, NEXT_NAME);
  }
  add_linear (self, spec->n_out, NEXT_NAME);
#undef NEXT_NAME
}

static void
add_encoder (BsNetwork *self, const BsNetworkSpec *spec)
{
  for (guint i = 0; i < spec->n_layers; i++) {
    char name[BS_LAYER_NAME_SIZE];
    g_snprintf (name, sizeof name, "encoder.layers.%u", i);
    bs_network_add (
      self,
      bs_layer_encoder (self->n_out, spec->n_heads, spec->n_inner, spec->dropout, self->n_values),
      name);
  }
}

static void
add_attention_pool (BsNetwork *self)
{
  bs_network_add (self, bs_layer_attention_pool (self->n_out, self->n_values), "pooling");
}

static void
add_row_dropout (BsNetwork *self, const BsNetworkSpec *spec, double temporal)
{
  double modality = spec->n_modalities > 1 ? spec->modality_dropout : 0;
  if (temporal > 0 || modality > 0)
    bs_network_add (
      self, bs_layer_row_dropout (spec->n_modalities, spec->widths, temporal, modality), "");
}

static void
add_projection (BsNetwork *self, const BsNetworkSpec *spec)
{
  if (spec->width == 0)
    return;
  add_linear (self, spec->width, "projection");
  add_dropout (self, spec->dropout, "");
}

static void
add_join (BsNetwork *self, const BsNetworkSpec *spec)
{
  bs_network_add (
    self, bs_layer_join (spec->n_modalities, spec->widths, spec->width, self->n_values), "join");
}

/* From the input to one vector a sample. */
static void
add_trunk (BsNetwork *self, const BsNetworkSpec *spec)
{
  switch (spec->kind) {
  case BS_NETWORK_MLP:
  case BS_NETWORK_STATISTICS:
    break;
  case BS_NETWORK_BILSTM:
    add_row_dropout (self, spec, spec->temporal_dropout);
    add_projection (self, spec);
    bs_network_add (self, bs_layer_bilstm (self->n_out, spec->n_inner, self->n_values), "lstm");
    add_dropout (self, spec->dropout, "");
    break;
  case BS_NETWORK_TRANSFORMER_CLS:
    add_row_dropout (self, spec, spec->temporal_dropout);
    add_projection (self, spec);
    bs_network_add (self, bs_layer_class_token (self->n_out, self->n_values), "");
    add_encoder (self, spec);
    bs_network_add (self, bs_layer_first_row (self->n_out), "");
    break;
  case BS_NETWORK_ATTENTION_POOL:
    add_row_dropout (self, spec, spec->temporal_dropout);
    add_projection (self, spec);
    add_encoder (self, spec);
    add_attention_pool (self);
    break;
  case BS_NETWORK_ATTENTION:
    add_row_dropout (self, spec, spec->temporal_dropout);
    add_join (self, spec);
    add_encoder (self, spec);
    add_attention_pool (self);
    break;
  case BS_NETWORK_CONCATENATION:
    add_row_dropout (self, spec, 0);
    bs_network_add (self, bs_layer_concat (spec->n_modalities, spec->widths), "");
    break;
  case BS_NETWORK_MIXED:
    add_row_dropout (self, spec, 0);
    add_join (self, spec);
    add_attention_pool (self);
    break;
  }
}

static gboolean
has_encoder (const BsNetworkSpec *spec)
{
  return spec->kind == BS_NETWORK_TRANSFORMER_CLS || spec->kind == BS_NETWORK_ATTENTION_POOL ||
         spec->kind == BS_NETWORK_ATTENTION;
}

static gboolean
is_fusion (const BsNetworkSpec *spec)
{
  return spec->kind == BS_NETWORK_ATTENTION || spec->kind == BS_NETWORK_CONCATENATION ||
         spec->kind == BS_NETWORK_MIXED;
}

static gboolean
is_share (double p)
{
  return p >= 0 && p < 1;
}

static const char *
find_fault (const BsNetworkSpec *spec)
{
  gsize width = spec->width > 0 ? spec->width : spec->widths[0];
  if (spec->n_modalities < 1 || spec->n_modalities > BS_BATCH_MAX_MODALITIES)
    return "it takes between 1 and 12 modalities";
  if (spec->n_modalities > 1 && !is_fusion (spec))
    return "only a fusion takes several modalities";
  for (guint m = 0; m < spec->n_modalities; m++)
    if (spec->widths[m] == 0)
      return "a modality has no features";
  if (spec->n_out == 0)
    return "it has no output";
  if (spec->kind == BS_NETWORK_MLP && spec->n_hidden > BS_MODEL_MAX_HIDDEN)
    return "it has more than 4 hidden layers";
  for (guint i = 0; spec->kind == BS_NETWORK_MLP && i < spec->n_hidden; i++)
    if (spec->hidden[i] == 0)
      return "a hidden layer has no units";
  if (spec->kind != BS_NETWORK_MLP && spec->n_latent == 0)
    return "the latent vector has no width";
  if ((spec->kind == BS_NETWORK_ATTENTION || spec->kind == BS_NETWORK_MIXED) && spec->width == 0)
    return "the modalities have no common width";
  if ((spec->kind == BS_NETWORK_BILSTM || has_encoder (spec)) && spec->n_inner == 0)
    return "the inner width is 0";
  if (has_encoder (spec) && (spec->n_heads == 0 || width % spec->n_heads != 0))
    return "the number of heads does not divide the width";
  if (!is_share (spec->dropout) || !is_share (spec->temporal_dropout) ||
      !is_share (spec->modality_dropout))
    return "a dropout is not between 0 and 1";
  return NULL;
}

/**
 * bs_network_new:
 * @spec: what is wanted
 * @error: %BS_ERROR_VALUE where it cannot be built
 *
 * All values are 0 until bs_network_init() or the caller fills them.
 *
 * Returns: (transfer full): the network
 */
BsNetwork *
bs_network_new (const BsNetworkSpec *spec, GError **error)
{
  const char *fault = find_fault (spec);
  if (fault != NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("the network cannot be built: %s"), fault);
    return NULL;
  }
  BsNetwork *self = bs_network_new_empty (spec->n_modalities, spec->widths);
  add_trunk (self, spec);
  if (spec->kind == BS_NETWORK_MLP) {
    add_mlp (self, spec);
  } else {
    add_linear (self, spec->n_latent, "mlp");
    bs_network_add (self, bs_layer_relu (self->n_out), "");
    add_dropout (self, spec->dropout, "");
    add_linear (self, spec->n_out, "head");
  }
  if (spec->has_temperature)
    bs_network_add (self, bs_layer_temperature (self->n_out, self->n_values), "temperature");
  bs_network_seal (self);
  return self;
}
