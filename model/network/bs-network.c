/* SPDX-License-Identifier: MIT */
/* A stack of layers over one array of values, as torch.nn.Sequential. */
#include "model/network/bs-network-private.h"

#include <math.h>
#include <string.h>

#include "model/network/bs-layers.h"
#include "model/numeric/bs-huge-page-alloc.h"

/* Memory that only grows. */
typedef struct {
  gsize n;
  BsReal *values;
} Room;

/* One layer's part of a pass. */
typedef struct {
  BsBatch y;
  Room rows;
  Room kept;
  gsize n_offsets;
  gsize *offsets;
} Step;

struct _BsPass {
  guint n_steps;
  Step *steps;
  Room scratch;
  Room d[2]; /* gradients between layers, taking turns */
  Room pieces;
  guint n_threads;
  BsRandom *random; /* of the way forward */
};

static BsReal *
reals_new (gsize n)
{
  return bs_huge_page_page_new0 (n, sizeof (BsReal));
}

static BsReal *
room_for (Room *self, gsize n)
{
  if (n > self->n) {
    bs_huge_page_page_free (self->values);
    self->values = reals_new (n);
    self->n = n;
  }
  return self->values;
}

static void
room_clear (Room *self)
{
  bs_huge_page_page_free (self->values);
  *self = (Room){ 0 };
}

/**
 * bs_network_new_empty:
 * @n_modalities: of the input, at most %BS_BATCH_MAX_MODALITIES
 * @widths: (array length=n_modalities): of a row of each
 *
 * Returns: (transfer full): a network without layers, for bs_network_add()
 */
BsNetwork *
bs_network_new_empty (guint n_modalities, const gsize *widths)
{
  g_return_val_if_fail (n_modalities >= 1 && n_modalities <= BS_BATCH_MAX_MODALITIES, NULL);
  BsNetwork *self = g_new0 (BsNetwork, 1);
  self->n_modalities = n_modalities;
  self->pooling_layer = -1;
  for (guint m = 0; m < n_modalities; m++) {
    self->widths[m] = widths[m];
    self->n_in += widths[m];
  }
  self->n_out = self->n_in;
  return self;
}

/**
 * bs_network_add:
 * @self: a network that is not sealed
 * @layer: takes what the network gives so far, its parameters beginning at n_values
 * @name: the module's in a state_dict, or ""
 */
void
bs_network_add (BsNetwork *self, BsLayer layer, const char *name)
{
  g_return_if_fail (self->values == NULL && layer.n_in == self->n_out);
  g_strlcpy (layer.name, name, sizeof layer.name);
  self->layers = g_renew (BsLayer, self->layers, self->n_layers + 1);
  self->layers[self->n_layers++] = layer;
  self->n_out = layer.n_out;
  for (guint p = 0; p < layer.n_parameters; p++)
    self->n_values += layer.parameters[p].n;
}

/**
 * bs_network_seal:
 * @self: a network with all its layers
 *
 * Makes room for the values, which are 0 until bs_network_init() or the caller fills them.
 */
void
bs_network_seal (BsNetwork *self)
{
  g_return_if_fail (self->values == NULL);
  self->values = reals_new (self->n_values);
  for (guint i = 0; i < self->n_layers; i++) {
    if (bs_layer_is_linear (&self->layers[i])) {
      self->latent_layer = i;
      self->n_latent = self->layers[i].n_in;
    }
    if (bs_layer_is_attention_pool (&self->layers[i]))
      self->pooling_layer = (int) i;
  }
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
  BsNetwork *self = bs_network_new_empty (1, &n_in);
  if (n_hidden > 0) {
    bs_network_add (self, bs_layer_linear (n_in, n_hidden, self->n_values), "0");
    bs_network_add (self, bs_layer_relu (n_hidden), "1");
  }
  bs_network_add (self, bs_layer_linear (self->n_out, n_out, self->n_values),
                  n_hidden > 0 ? "2" : "0");
  bs_network_seal (self);
  return self;
}

/**
 * bs_network_free:
 * @self: (transfer full): a network
 */
void
bs_network_free (BsNetwork *self)
{
  bs_huge_page_page_free (self->values);
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
    if (self->layers[i].class->init != NULL)
      self->layers[i].class->init (&self->layers[i], random, self->values);
}

/**
 * bs_network_foreach_parameter:
 * @self: a network
 * @func: (scope call): told each parameter and buffer in order
 * @user_data: for @func
 */
void
bs_network_foreach_parameter (const BsNetwork *self, BsParameterFunc func, gpointer user_data)
{
  for (guint i = 0; i < self->n_layers; i++) {
    const BsLayer *layer = &self->layers[i];
    for (guint p = 0; p < layer->n_parameters; p++) {
      const BsParameter *parameter = &layer->parameters[p];
      g_autofree char *name =
        g_strconcat (layer->name, *layer->name != '\0' ? "." : "", parameter->name, NULL);
      func (name, parameter, user_data);
    }
  }
}

/**
 * bs_pass_new:
 * @network: a network
 *
 * Returns: (transfer full): what a batch needs on its way through @network; its memory grows
 *   with the largest batch
 */
BsPass *
bs_pass_new (const BsNetwork *network)
{
  BsPass *self = g_new0 (BsPass, 1);
  self->n_threads = 1;
  self->n_steps = network->n_layers;
  self->steps = g_new0 (Step, network->n_layers);
  return self;
}

/**
 * bs_pass_trim:
 * @self: a pass
 *
 * Gives its memory back, where no batch is expected for a while; the next one takes it again.
 * What the last batch left is gone.
 */
void
bs_pass_trim (BsPass *self)
{
  for (guint i = 0; i < self->n_steps; i++) {
    Step *step = &self->steps[i];
    room_clear (&step->rows);
    room_clear (&step->kept);
    g_free (step->offsets);
    *step = (Step){ 0 };
  }
  room_clear (&self->scratch);
  room_clear (&self->d[0]);
  room_clear (&self->d[1]);
  room_clear (&self->pieces);
}

/**
 * bs_pass_free:
 * @self: (transfer full): a pass
 */
void
bs_pass_free (BsPass *self)
{
  bs_pass_trim (self);
  g_free (self->steps);
  g_free (self);
}

/**
 * bs_pass_set_threads:
 * @self: a pass
 * @n_threads: at least 1, which it is at first
 *
 * Lets the layers over sequences spread their work over threads. BLAS is to be held at one
 * thread meanwhile (bs_blas_hold()). The results do not depend on the number.
 */
void
bs_pass_set_threads (BsPass *self, guint n_threads)
{
  g_return_if_fail (n_threads >= 1);
  self->n_threads = n_threads;
}

/* Makes room for what @layer does with @x. */
static BsLayerContext
enter (const BsNetwork *network, const BsLayer *layer, BsPass *pass, Step *step, const BsBatch *x)
{
  BsLayerNeeds needs = { .n_y = bs_batch_n_rows (x, 0) * layer->n_out };
  if (layer->class->measure != NULL)
    layer->class->measure (layer, x, pass->random != NULL, pass->n_threads, &needs);
  if (needs.n_offsets > step->n_offsets) {
    step->offsets = g_renew (gsize, step->offsets, needs.n_offsets);
    step->n_offsets = needs.n_offsets;
  }
  return (BsLayerContext){
    .values = network->values,
    .random = pass->random,
    .y = room_for (&step->rows, needs.n_y),
    .offsets = step->offsets,
    .kept = room_for (&step->kept, needs.n_kept),
    .scratch = room_for (&pass->scratch, needs.n_scratch),
    .n_threads = pass->n_threads,
  };
}

/* Runs layer @i on @x; its output stays in the pass. */
static const BsBatch *
run_layer (const BsNetwork *self, BsPass *pass, guint i, const BsBatch *x)
{
  const BsLayer *layer = &self->layers[i];
  Step *step = &pass->steps[i];
  BsLayerContext context = enter (self, layer, pass, step, x);
  step->y = (BsBatch){
    .n_sequences = x->n_sequences,
    .n_modalities = 1,
    .modalities = { { layer->n_out, context.y, x->modalities[0].offsets } },
  };
  layer->class->forward (layer, &context, x, &step->y);
  return &step->y;
}

/**
 * bs_network_forward:
 * @self: a network
 * @pass: a pass made for it
 * @batch: of the network's modalities; each sample with a row in one of them at least
 * @random: (nullable): source of chance of a step of training; %NULL in evaluation
 *
 * Returns: (transfer none): n_sequences x n_out, valid until @pass is used again
 */
const BsReal *
bs_network_forward (const BsNetwork *self, BsPass *pass, const BsBatch *batch, BsRandom *random)
{
  g_return_val_if_fail (batch->n_modalities == self->n_modalities, NULL);
  for (guint m = 0; m < self->n_modalities; m++)
    g_return_val_if_fail (batch->modalities[m].width == self->widths[m], NULL);
  pass->random = random;
  run_layer (self, pass, 0, batch);
  return bs_network_forward_rest (self, pass, random);
}

/**
 * bs_network_first_output:
 * @self: a network that takes vectors
 * @pass: a pass made for it
 * @n: vectors
 *
 * For what runs the first layer itself, and leaves the others to bs_network_forward_rest().
 *
 * Returns: (transfer none): room for the n x n_out values of the first layer's output
 */
BsReal *
bs_network_first_output (const BsNetwork *self, BsPass *pass, gsize n)
{
  Step *step = &pass->steps[0];
  BsReal *rows = room_for (&step->rows, n * self->layers[0].n_out);
  step->y = bs_batch_of_vectors (rows, self->layers[0].n_out, n);
  return rows;
}

/**
 * bs_network_forward_rest:
 * @self: a network
 * @pass: a pass with the first layer's output
 * @random: as in bs_network_forward()
 *
 * Runs the layers after the first.
 *
 * Returns: (transfer none): as bs_network_forward()
 */
const BsReal *
bs_network_forward_rest (const BsNetwork *self, BsPass *pass, BsRandom *random)
{
  const BsBatch *batch = &pass->steps[0].y;
  pass->random = random;
  for (guint i = 1; i < self->n_layers; i++)
    batch = run_layer (self, pass, i, batch);
  return batch->modalities[0].rows;
}

/* Runs layer @i back; returns the loss by its input, which is computed where it is @wanted. */
static const BsReal *
run_layer_back (const BsNetwork *self, BsPass *pass, guint i, const BsBatch *x, const BsReal *dy,
                gboolean wanted, BsGradientFunc take, gpointer user_data)
{
  const BsLayer *layer = &self->layers[i];
  BsLayerContext context = enter (self, layer, pass, &pass->steps[i], x);
  context.piece = room_for (&pass->pieces, pass->n_threads * BS_LAYER_PIECE);
  context.take = take;
  context.take_data = user_data;
  gsize n_dx = bs_batch_n_rows (x, 0) * layer->n_in;
  BsReal *dx = wanted ? room_for (&pass->d[i % 2], n_dx) : NULL;
  layer->class->backward (layer, &context, x, &pass->steps[i].y, dy, dx);
  return dx;
}

/* The layers before the first one that learns have no gradient. */
static guint
first_learning (const BsNetwork *self)
{
  guint first = 0;
  while (first < self->n_layers && self->layers[first].n_parameters == 0)
    first++;
  return first;
}

/**
 * bs_network_backward_rest:
 * @self: a network
 * @pass: as bs_network_forward_rest() left it in training
 * @d_out: n_sequences x n_out: the loss by the output
 * @take: (scope call): as in bs_network_backward(), for the layers after the first
 * @user_data: for @take
 *
 * Returns: (transfer none): the loss by the first layer's output
 */
const BsReal *
bs_network_backward_rest (const BsNetwork *self, BsPass *pass, const BsReal *d_out,
                          BsGradientFunc take, gpointer user_data)
{
  g_return_val_if_fail (pass->random != NULL, NULL);
  guint first = first_learning (self);
  for (guint i = self->n_layers; i-- > MAX (first, 1);)
    d_out =
      run_layer_back (self, pass, i, &pass->steps[i - 1].y, d_out, i > first, take, user_data);
  return d_out;
}

/**
 * bs_network_backward:
 * @self: a network
 * @pass: as bs_network_forward() of the same @batch left it in training
 * @batch: as it was
 * @d_out: n_sequences x n_out: the loss by the output
 * @take: (scope call): given every piece of the gradient once, from the pass's threads; may
 *   change the values at the piece's place at once
 * @user_data: for @take
 */
void
bs_network_backward (const BsNetwork *self, BsPass *pass, const BsBatch *batch, const BsReal *d_out,
                     BsGradientFunc take, gpointer user_data)
{
  const BsReal *d_first = bs_network_backward_rest (self, pass, d_out, take, user_data);
  if (first_learning (self) == 0)
    run_layer_back (self, pass, 0, batch, d_first, FALSE, take, user_data);
}

/**
 * bs_network_latent:
 * @self: a network
 * @pass: as bs_network_forward() left it
 *
 * Returns: (transfer none): n_sequences x n_latent: what the last linear layer took
 */
const BsReal *
bs_network_latent (const BsNetwork *self, const BsPass *pass)
{
  g_return_val_if_fail (self->latent_layer > 0, NULL);
  return pass->steps[self->latent_layer - 1].y.modalities[0].rows;
}

/**
 * bs_network_attention:
 * @self: a network
 * @pass: as bs_network_forward() left it
 * @weights: (out caller-allocates): one number a row, which sum to 1 over a sequence; borrowed
 *   from @pass. A sample's modalities follow each other
 *
 * Returns: whether the network pools by attention, and so has weights
 */
gboolean
bs_network_attention (const BsNetwork *self, const BsPass *pass, BsSequences *weights)
{
  if (self->pooling_layer < 0)
    return FALSE;
  guint i = (guint) self->pooling_layer;
  g_return_val_if_fail (i > 0, FALSE);
  *weights =
    (BsSequences){ 1, pass->steps[i].kept.values, pass->steps[i - 1].y.modalities[0].offsets };
  return TRUE;
}

/**
 * bs_network_temperature:
 * @self: a network
 *
 * Returns: what it divides its logits by at the end; NaN where it does not
 */
double
bs_network_temperature (const BsNetwork *self)
{
  const BsLayer *last = &self->layers[self->n_layers - 1];
  if (!bs_layer_is_temperature (last))
    return NAN;
  return exp ((double) self->values[last->parameters[0].offset]);
}
