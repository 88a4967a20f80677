/* SPDX-License-Identifier: MIT */
/* The layers of the attention-fusion paper's networks (4.2). */
#pragma once

#include "model/network/bs-layer.h"

G_BEGIN_DECLS

BsLayer bs_layer_attention_pool (gsize width, gsize offset);
BsLayer bs_layer_batch_norm (gsize width, gsize offset);
BsLayer bs_layer_bilstm (gsize n_in, gsize n_state, gsize offset);
BsLayer bs_layer_class_token (gsize width, gsize offset);
BsLayer bs_layer_concat (guint n_modalities, const gsize *widths);
BsLayer bs_layer_dropout (gsize width, double p);
BsLayer bs_layer_encoder (gsize width, gsize n_heads, gsize n_inner, double dropout, gsize offset);
BsLayer bs_layer_first_row (gsize width);
BsLayer bs_layer_join (guint n_modalities, const gsize *widths, gsize width, gsize offset);
BsLayer bs_layer_row_dropout (guint n_modalities, const gsize *widths, double temporal,
                              double modality);
BsLayer bs_layer_temperature (gsize width, gsize offset);

gboolean bs_layer_is_attention_pool (const BsLayer *self);
gboolean bs_layer_is_temperature (const BsLayer *self);

G_END_DECLS
