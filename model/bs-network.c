/* SPDX-License-Identifier: MIT */
/* A stack of layers over one array of values, as torch.nn.Sequential. */
#include "model/bs-network.h"

#include <string.h>

#include "model/bs-huge.h"

struct _BsPass {
  gsize max_rows;
  guint n_layers;
  BsReal **outputs; /* one per layer, max_rows x n_out */
  BsReal *d_a; /* gradients between layers, taking turns */
  BsReal *d_b;
  BsReal *scratch;
};

static BsReal *
reals_new (gsize n)
{
  return bs_huge_new0 (n, sizeof (BsReal));
}

static void
add_layer (BsNetwork *self, BsLayer layer)
{
  self->layers = g_renew (BsLayer, self->layers, self->n_layers + 1);
  self->layers[self->n_layers++] = layer;
  for (guint p = 0; p < layer.n_parameters; p++)
    self->n_values += layer.parameters[p].n;
}

/**
 * bs_network_new_mlp:
 * @n_in: width of the input
 * @n_hidden: hidden units, or 0 for a single linear layer
 * @n_out: width of the output
 *
 * The official classifiers (model/model.py): Linear, or Linear-ReLU-Linear. No dropout, no
 * normalisation. All values are 0 until bs_network_init() or the caller fills them.
 *
 * Returns: (transfer full): the network
 */
BsNetwork *
bs_network_new_mlp (gsize n_in, gsize n_hidden, gsize n_out)
{
  BsNetwork *self = g_new0 (BsNetwork, 1);
  self->n_in = n_in;
  self->n_out = n_out;
  if (n_hidden > 0) {
    add_layer (self, bs_layer_linear (n_in, n_hidden, self->n_values));
    add_layer (self, bs_layer_relu (n_hidden));
    n_in = n_hidden;
  }
  add_layer (self, bs_layer_linear (n_in, n_out, self->n_values));
  self->values = reals_new (self->n_values);
  return self;
}

/**
 * bs_network_free:
 * @self: (transfer full): a network
 */
void
bs_network_free (BsNetwork *self)
{
  bs_huge_free (self->values);
  g_free (self->layers);
  g_free (self);
}

/**
 * bs_network_init:
 * @self: a network
 * @random: source of chance
 *
 * Draws starting values from PyTorch's default distributions, layer by layer.
 */
void
bs_network_init (BsNetwork *self, BsRandom *random)
{
  for (guint i = 0; i < self->n_layers; i++)
    self->layers[i].class->init (&self->layers[i], random, self->values);
}

/**
 * bs_network_foreach_parameter:
 * @self: a network
 * @func: (scope call): told each parameter in order
 * @user_data: for @func
 */
void
bs_network_foreach_parameter (const BsNetwork *self, BsParameterFunc func, gpointer user_data)
{
  for (guint i = 0; i < self->n_layers; i++)
    for (guint p = 0; p < self->layers[i].n_parameters; p++) {
      const BsParameter *parameter = &self->layers[i].parameters[p];
      g_autofree char *name = g_strdup_printf ("%u.%s", i, parameter->name);
      func (name, parameter, user_data);
    }
}

/**
 * bs_pass_new:
 * @network: a network
 * @max_rows: the largest batch
 *
 * Returns: (transfer full): room for a batch on its way through @network
 */
BsPass *
bs_pass_new (const BsNetwork *network, gsize max_rows)
{
  BsPass *self = g_new0 (BsPass, 1);
  self->max_rows = max_rows;
  self->n_layers = network->n_layers;
  self->outputs = g_new0 (BsReal *, network->n_layers);
  gsize widest = network->n_out;
  for (guint i = 0; i < network->n_layers; i++) {
    self->outputs[i] = reals_new (max_rows * network->layers[i].n_out);
    widest = MAX (widest, network->layers[i].n_out);
  }
  self->d_a = reals_new (max_rows * widest);
  self->d_b = reals_new (max_rows * widest);
  self->scratch = reals_new (BS_LAYER_SCRATCH);
  return self;
}

/**
 * bs_pass_free:
 * @self: (transfer full): a pass
 */
void
bs_pass_free (BsPass *self)
{
  for (guint i = 0; i < self->n_layers; i++)
    bs_huge_free (self->outputs[i]);
  g_free (self->outputs);
  bs_huge_free (self->d_a);
  bs_huge_free (self->d_b);
  bs_huge_free (self->scratch);
  g_free (self);
}

/**
 * bs_pass_first_output:
 * @self: a pass
 *
 * Returns: (transfer none): max_rows x the first layer's n_out, for what runs that layer itself
 *   and leaves the others to bs_network_forward_rest()
 */
BsReal *
bs_pass_first_output (BsPass *self)
{
  return self->outputs[0];
}

/**
 * bs_network_forward_rest:
 * @self: a network
 * @pass: a pass made for it, with the first layer's output in bs_pass_first_output()
 * @n: rows, at most the pass's max_rows
 *
 * Runs the layers after the first.
 *
 * Returns: (transfer none): n x n_out, valid until @pass is used again
 */
const BsReal *
bs_network_forward_rest (const BsNetwork *self, BsPass *pass, gsize n)
{
  g_return_val_if_fail (n <= pass->max_rows, NULL);
  const BsReal *x = pass->outputs[0];
  for (guint i = 1; i < self->n_layers; i++) {
    self->layers[i].class->forward (&self->layers[i], self->values, x, n, pass->outputs[i]);
    x = pass->outputs[i];
  }
  return x;
}

/**
 * bs_network_forward:
 * @self: a network
 * @pass: a pass made for it
 * @x: n x n_in
 * @n: rows, at most the pass's max_rows
 *
 * Returns: (transfer none): n x n_out, valid until @pass is used again
 */
const BsReal *
bs_network_forward (const BsNetwork *self, BsPass *pass, const BsReal *x, gsize n)
{
  g_return_val_if_fail (n <= pass->max_rows, NULL);
  self->layers[0].class->forward (&self->layers[0], self->values, x, n, pass->outputs[0]);
  return bs_network_forward_rest (self, pass, n);
}

/**
 * bs_network_backward_rest:
 * @self: a network
 * @pass: as bs_network_forward_rest() left it
 * @d_out: n x n_out: the loss by the output
 * @n: rows
 * @take: (scope call): given every piece of the gradient of the layers after the first
 * @user_data: for @take
 *
 * Returns: (transfer none): n x the first layer's n_out: the loss by its output
 */
const BsReal *
bs_network_backward_rest (const BsNetwork *self, BsPass *pass, const BsReal *d_out, gsize n,
                          BsGradientFunc take, gpointer user_data)
{
  BsReal *next = pass->d_a, *other = pass->d_b;
  for (guint i = self->n_layers; i-- > 1;) {
    const BsLayer *layer = &self->layers[i];
    layer->class->backward (layer, self->values, pass->outputs[i - 1], pass->outputs[i], d_out, n,
                            next, pass->scratch, take, user_data);
    d_out = next;
    BsReal *swap = next;
    next = other;
    other = swap;
  }
  return d_out;
}

/**
 * bs_network_backward:
 * @self: a network
 * @pass: as bs_network_forward() of the same @x left it
 * @x: n x n_in
 * @d_out: n x n_out: the loss by the output
 * @n: rows
 * @take: (scope call): given every piece of the gradient once; may change the values at the
 *   piece's place at once
 * @user_data: for @take
 */
void
bs_network_backward (const BsNetwork *self, BsPass *pass, const BsReal *x, const BsReal *d_out,
                     gsize n, BsGradientFunc take, gpointer user_data)
{
  const BsLayer *first = &self->layers[0];
  const BsReal *d_first = bs_network_backward_rest (self, pass, d_out, n, take, user_data);
  first->class->backward (first, self->values, x, pass->outputs[0], d_first, n, NULL, pass->scratch,
                          take, user_data);
}
