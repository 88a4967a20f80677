/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/network/bs-layer.h"

G_BEGIN_DECLS

/**
 * BsNetwork:
 * @n_in: width of the input, of all modalities together
 * @n_out: width of the output
 * @n_modalities: of the input
 * @widths: (array length=n_modalities): of a row of each modality
 * @n_latent: width of the vector that the last linear layer takes
 * @n_layers: number of layers
 * @layers: (array length=n_layers): in order
 * @n_values: number of values
 * @values: (array length=n_values): all parameters, 64-byte aligned
 *
 * Layers one after the other. Any number of threads may run it forward in evaluation as long as
 * none changes @values; each needs a #BsPass of its own. Training changes @values, which is
 * everything that a copy or a file of the network needs.
 */
typedef struct {
  gsize n_in;
  gsize n_out;
  guint n_modalities;
  gsize widths[BS_BATCH_MAX_MODALITIES];
  gsize n_latent;
  guint n_layers;
  BsLayer *layers;
  gsize n_values;
  BsReal *values;
  /*< private >*/
  guint latent_layer; /* whose input the latent vector is */
  int pooling_layer; /* the attention pooling, or -1 */
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
 * @name: as in the state_dict of the equivalent torch.nn.Module: "0.weight"
 * @parameter: the parameter
 * @user_data: what the caller gave
 */
typedef void (*BsParameterFunc) (const char *name, const BsParameter *parameter,
                                 gpointer user_data);

void bs_network_free (BsNetwork *self);
void bs_network_init (BsNetwork *self, BsRandom *random);
void bs_network_foreach_parameter (const BsNetwork *self, BsParameterFunc func, gpointer user_data);

BsPass *bs_pass_new (const BsNetwork *network);
void bs_pass_free (BsPass *self);
void bs_pass_trim (BsPass *self);
void bs_pass_set_threads (BsPass *self, guint n_threads);
const BsReal *bs_network_forward (const BsNetwork *self, BsPass *pass, const BsBatch *batch,
                                  BsRandom *random);
BsReal *bs_network_first_output (const BsNetwork *self, BsPass *pass, gsize n);
const BsReal *bs_network_forward_rest (const BsNetwork *self, BsPass *pass, BsRandom *random);
const BsReal *bs_network_backward_rest (const BsNetwork *self, BsPass *pass, const BsReal *d_out,
                                        BsGradientFunc take, gpointer user_data);
void bs_network_backward (const BsNetwork *self, BsPass *pass, const BsBatch *batch,
                          const BsReal *d_out, BsGradientFunc take, gpointer user_data);
const BsReal *bs_network_latent (const BsNetwork *self, const BsPass *pass);
double bs_network_temperature (const BsNetwork *self);
gboolean bs_network_attention (const BsNetwork *self, const BsPass *pass, BsSequences *weights);

BsNetwork *bs_network_new_empty (guint n_modalities, const gsize *widths);
void bs_network_add (BsNetwork *self, BsLayer layer, const char *name);
void bs_network_seal (BsNetwork *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsNetwork, bs_network_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsPass, bs_pass_free)

G_END_DECLS
