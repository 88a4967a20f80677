/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/config/bs-model-catalogue.h"
#include "model/network/bs-network.h"

G_BEGIN_DECLS

/**
 * BsNetworkSpec:
 * @kind: the architecture
 * @n_modalities: 1, or the number of modalities or branches of a fusion
 * @widths: (array length=n_modalities): of a row of each
 * @n_hidden: hidden layers of an MLP
 * @hidden: (array length=n_hidden): their widths
 * @has_batch_norm: whether an MLP has batch normalisation after each hidden linear layer
 * @width: of the sequences within the network: the common one of joined modalities, or that of
 *   a linear projection before the encoder; 0 for none, the feature's own width
 * @n_inner: width of a transformer layer's feed-forward part; of an LSTM's state
 * @n_layers: transformer layers
 * @n_heads: of a transformer layer
 * @n_latent: width of the vector before the classification head
 * @dropout: layer dropout: transformer layers, LSTM's output, MLP
 * @temporal_dropout: share of a sequence's positions removed in training
 * @modality_dropout: probability with which a sample loses a modality in training
 * @has_temperature: whether the logits are divided by a learnt temperature
 * @n_out: logits
 *
 * What decides a network's architecture.
 */
typedef struct {
  BsNetworkKind kind;
  guint n_modalities;
  gsize widths[BS_BATCH_MAX_MODALITIES];
  guint n_hidden;
  gsize hidden[BS_MODEL_MAX_HIDDEN];
  gboolean has_batch_norm;
  gsize width;
  gsize n_inner;
  guint n_layers;
  gsize n_heads;
  gsize n_latent;
  double dropout;
  double temporal_dropout;
  double modality_dropout;
  gboolean has_temperature;
  gsize n_out;
} BsNetworkSpec;

BsNetwork *bs_network_new (const BsNetworkSpec *spec, GError **error);

G_END_DECLS
