/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/network/bs-network.h"

G_BEGIN_DECLS

#define BS_NETWORK_MAX_HIDDEN 4

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
 * The paper's unimodal branches and fusions (4.2).
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
  gsize hidden[BS_NETWORK_MAX_HIDDEN];
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
