/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/bs-layer.h"

G_BEGIN_DECLS

/**
 * BsNetwork:
 * @n_in: width of the input
 * @n_out: width of the output
 * @n_layers: number of layers
 * @layers: (array length=n_layers): in order
 * @n_values: number of learnt values
 * @values: (array length=n_values): all parameters, 64-byte aligned
 *
 * Layers one after the other. Any number of threads may run it forward as long as none
 * changes @values; each needs a #BsPass of its own.
 */
typedef struct {
  gsize n_in;
  gsize n_out;
  guint n_layers;
  BsLayer *layers;
  gsize n_values;
  BsReal *values;
} BsNetwork;

/**
 * BsPass:
 *
 * What a network leaves behind on its way forward and needs on its way back. Used by one
 * thread at a time.
 */
typedef struct _BsPass BsPass;

/**
 * BsParameterFunc:
 * @name: as in the state_dict of torch.nn.Sequential: "0.weight"
 * @parameter: the parameter
 * @user_data: what the caller gave
 */
typedef void (*BsParameterFunc) (const char *name, const BsParameter *parameter,
                                 gpointer user_data);

BsNetwork *bs_network_new_mlp (gsize n_in, gsize n_hidden, gsize n_out);
void bs_network_free (BsNetwork *self);
void bs_network_init (BsNetwork *self, BsRandom *random);
void bs_network_foreach_parameter (const BsNetwork *self, BsParameterFunc func, gpointer user_data);

BsPass *bs_pass_new (const BsNetwork *network, gsize max_rows);
void bs_pass_free (BsPass *self);
const BsReal *bs_network_forward (const BsNetwork *self, BsPass *pass, const BsReal *x, gsize n);
BsReal *bs_pass_first_output (BsPass *self);
const BsReal *bs_network_forward_rest (const BsNetwork *self, BsPass *pass, gsize n);
const BsReal *bs_network_backward_rest (const BsNetwork *self, BsPass *pass, const BsReal *d_out,
                                        gsize n, BsGradientFunc take, gpointer user_data);
void bs_network_backward (const BsNetwork *self, BsPass *pass, const BsReal *x, const BsReal *d_out,
                          gsize n, BsGradientFunc take, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsNetwork, bs_network_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsPass, bs_pass_free)

G_END_DECLS
