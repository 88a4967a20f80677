/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-random.h"
#include "model/features/bs-batch.h"

G_BEGIN_DECLS

/**
 * BsParameter:
 * @name: as PyTorch has it within the layer: "weight"
 * @n_axes: 1 or 2
 * @shape: lengths of the axes; a weight is out x in
 * @offset: where it begins among the network's values
 * @n: product of @shape
 * @is_buffer: not learnt but gathered: the running statistics of batch norm. It has no gradient
 *
 * One tensor of a layer. All tensors of a network lie in one array.
 */
typedef struct {
  const char *name;
  guint n_axes;
  gsize shape[2];
  gsize offset;
  gsize n;
  gboolean is_buffer;
} BsParameter;

/**
 * BsGradientPiece:
 * @offset: index of the piece's first value among the network's values
 * @n_rows: rows of the piece
 * @n_cols: values of a row
 * @stride: from one row to the next among the network's values
 * @gradient: n_rows x n_cols, without gaps
 *
 * A finished rectangle of the gradient. Layers give their gradient away in pieces that fit in
 * the cache, each value once a step, so that an optimiser updates the weights while piece and
 * weights are at hand and no whole gradient is ever stored.
 */
typedef struct {
  gsize offset;
  gsize n_rows;
  gsize n_cols;
  gsize stride;
  const BsReal *gradient;
} BsGradientPiece;

typedef void (*BsGradientFunc) (const BsGradientPiece *piece, gpointer user_data);

typedef struct _BsLayer BsLayer;

/* Values of a piece of the gradient: it stays in a core's own cache together with the weights
 * and moments it changes. */
#define BS_LAYER_PIECE (64 * 1024)

/**
 * BsLayerNeeds:
 * @n_y: values of the output
 * @n_offsets: numbers for the output's offsets, where the layer changes the grouping
 * @n_kept: values that forward leaves for backward
 * @n_scratch: values that forward and backward may use while they run
 *
 * Memory that a layer wants for one batch.
 */
typedef struct {
  gsize n_y;
  gsize n_offsets;
  gsize n_kept;
  gsize n_scratch;
} BsLayerNeeds;

/**
 * BsLayerContext:
 * @values: all values of the network; written by backward's @take and, in training, by layers
 *   that have buffers
 * @random: source of chance in training; %NULL in evaluation, which never uses chance
 * @y: (array length=n_y): room for the output's rows
 * @offsets: (array length=n_offsets): room for the output's offsets
 * @kept: (array length=n_kept): from forward to backward
 * @scratch: (array length=n_scratch): holds nothing between calls
 * @n_threads: that the layer may use
 * @piece: (array): BS_LAYER_PIECE values for each thread, for pieces of the gradient
 * @take: given the gradient's pieces in backward, by any of the threads
 * @take_data: for @take
 *
 * What a layer runs in.
 */
typedef struct {
  BsReal *values;
  BsRandom *random;
  BsReal *y;
  gsize *offsets;
  BsReal *kept;
  BsReal *scratch;
  guint n_threads;
  BsReal *piece;
  BsGradientFunc take;
  gpointer take_data;
} BsLayerContext;

/**
 * BsLayerClass:
 * @measure: (nullable): states what is needed for the batch @x on @n_threads; on entry @needs
 *   asks for an output row for each row of @x and nothing else
 * @init: (nullable): draws the starting values as PyTorch's reset_parameters() does
 * @forward: from @x to @y; on entry @y is one modality in the room of the context, grouped as
 *   the first of @x
 * @backward: once after each forward in training, and free to overwrite what was kept: from the
 *   loss by the output to the loss by the input and by the parameters; the parameters may change
 *   as soon as a piece was given away. @dx is %NULL where nothing before the layer is learnt,
 *   which holds for every layer that takes several modalities
 */
typedef struct {
  void (*measure) (const BsLayer *self, const BsBatch *x, gboolean is_training, guint n_threads,
                   BsLayerNeeds *needs);
  void (*init) (const BsLayer *self, BsRandom *random, BsReal *values);
  void (*forward) (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
                   BsBatch *y);
  void (*backward) (const BsLayer *self, const BsLayerContext *context, const BsBatch *x,
                    const BsBatch *y, const BsReal *dy, BsReal *dx);
} BsLayerClass;

/* A linear map of two for each modality and their embedding. */
#define BS_LAYER_MAX_PARAMETERS (2 * BS_BATCH_MAX_MODALITIES + 1)
#define BS_LAYER_NAME_SIZE 32

/**
 * BsLayer:
 * @class: the kind
 * @name: of the module in the state_dict of the equivalent torch.nn.Module, or ""
 * @n_in: width of the input's rows; of all modalities together where there are several
 * @n_out: width of the output's rows
 * @n_modalities: of the input
 * @widths: (array length=n_modalities): of a layer that takes several modalities
 * @n_heads: of attention
 * @n_inner: width of the feed-forward part; of an LSTM's state
 * @dropout: share that is dropped in training
 * @modality_dropout: share of modalities dropped in training
 * @n_parameters: how many
 * @parameters: (array length=n_parameters): where its values lie
 *
 * A step of a network: its kind, widths, and where its parameters lie. Holds no values.
 */
struct _BsLayer {
  const BsLayerClass *class;
  char name[BS_LAYER_NAME_SIZE];
  gsize n_in;
  gsize n_out;
  guint n_modalities;
  gsize widths[BS_BATCH_MAX_MODALITIES];
  gsize n_heads;
  gsize n_inner;
  double dropout;
  double modality_dropout;
  guint n_parameters;
  BsParameter parameters[BS_LAYER_MAX_PARAMETERS];
};

gsize bs_layer_add_parameter (BsLayer *self, const char *name, guint n_axes, gsize n_first,
                              gsize n_second, gsize offset);
void bs_layer_give (const BsLayerContext *context, const BsParameter *parameter,
                    const BsReal *gradient);

BsLayer bs_layer_linear (gsize n_in, gsize n_out, gsize offset);
BsLayer bs_layer_relu (gsize n);

gboolean bs_layer_is_linear (const BsLayer *self);

G_END_DECLS
