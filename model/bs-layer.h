/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/bs-random.h"
#include "model/bs-real.h"

G_BEGIN_DECLS

/**
 * BsParameter:
 * @name: as PyTorch has it within the layer: "weight"
 * @n_axes: 1 or 2
 * @shape: lengths of the axes; a weight is out x in
 * @offset: where it begins among the network's values
 * @n: product of @shape
 *
 * One tensor that is learnt. All tensors of a network lie in one array.
 */
typedef struct {
  const char *name;
  guint n_axes;
  gsize shape[2];
  gsize offset;
  gsize n;
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

/**
 * BsLayerClass:
 * @init: draws the starting values as PyTorch's reset_parameters() does
 * @forward: from n x n_in to n x n_out
 * @backward: from the loss by the output to the loss by the input (where @dx is not %NULL) and
 *   by the parameters; the parameters may change as soon as a piece was given away
 */
typedef struct {
  void (*init) (const BsLayer *self, BsRandom *random, BsReal *values);
  void (*forward) (const BsLayer *self, const BsReal *values, const BsReal *x, gsize n, BsReal *y);
  void (*backward) (const BsLayer *self, const BsReal *values, const BsReal *x, const BsReal *y,
                    const BsReal *dy, gsize n, BsReal *dx, BsReal *scratch, BsGradientFunc take,
                    gpointer user_data);
} BsLayerClass;

#define BS_LAYER_MAX_PARAMETERS 2

/* Values of scratch that a layer's backward pass may use: a piece of the gradient that stays
 * in a core's own cache together with the weights and moments it changes. */
#define BS_LAYER_SCRATCH (64 * 1024)

/**
 * BsLayer:
 *
 * A step of a network: its kind, widths, and where its parameters lie. Holds no values.
 */
struct _BsLayer {
  const BsLayerClass *class;
  gsize n_in;
  gsize n_out;
  guint n_parameters;
  BsParameter parameters[BS_LAYER_MAX_PARAMETERS];
};

BsLayer bs_layer_linear (gsize n_in, gsize n_out, gsize offset);
BsLayer bs_layer_relu (gsize n);
gboolean bs_layer_is_linear (const BsLayer *self);

G_END_DECLS
