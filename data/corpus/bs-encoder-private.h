/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-named-count.h"
#include "data/corpus/bs-encoder.h"
#include "data/corpus/bs-listing.h"
#include "data/format/bs-npz.h"

G_BEGIN_DECLS

/**
 * BsEncoderAxes:
 * @layer: which axis of an array counts the layers; -1 where there is none
 * @time: which counts the windows
 * @width: which counts the features
 *
 * What encoder.json declares of a folder's arrays.
 */
typedef struct {
  int layer;
  int time;
  int width;
} BsEncoderAxes;

/**
 * BsEncoderPart:
 * @path: a folder of per-clip files, or a static archive
 * @axes: (nullable): how its arrays are laid out; %NULL where nothing is declared
 * @npz: (nullable): the archive, for static features
 * @n_rows: number of its names
 * @x: (nullable): its array X, looked at on first use, under the encoder's lock
 *
 * The train and the test folder of one encoder are two parts of it.
 */
typedef struct {
  char *path;
  BsEncoderAxes *axes;
  BsNpz *npz;
  gsize n_rows;
  BsArray *x;
} BsEncoderPart;

/**
 * BsEncoderEntry:
 * @part: index into the parts, plus 1; 0 where the clip has no features
 * @name: (nullable): the file's name in the part's folder
 * @row: the row of X
 */
typedef struct {
  guint part;
  char *name;
  gsize row;
} BsEncoderEntry;

struct _BsEncoder {
  char *name;
  BsEncoderKind kind;
  BsMetadata *metadata;
  GPtrArray *parts; /* of BsEncoderPart */
  BsEncoderEntry *entries; /* one a clip of the metadata */
  gsize n_clips;
  BsNamedCount foreign; /* features of no clip */
  BsNamedCount twice; /* clips with features in two places, of which the first counts */
  GMutex lock; /* for what is found out on first use */
  gsize width; /* 0: not known yet */
  gsize n_layers;
};

BsEncoder *bs_encoder_new (const char *name, BsEncoderKind kind, BsMetadata *metadata);
BsEncoderPart *bs_encoder_add_part (BsEncoder *self, const char *path);
void bs_encoder_add_features (BsEncoder *self, const char *clip_name, const char *file, gsize row);

GPtrArray *bs_encoder_find_all (const BsListing *listing, BsMetadata *metadata,
                                GPtrArray *problems);
BsEncoderAxes *bs_encoder_axes_load (const char *path, GError **error);
gboolean bs_encoder_array_shape (const BsArray *array, const BsEncoderAxes *axes, gsize *n_layers,
                                 gsize *n_rows, gsize *width, GError **error);
BsMatrix *bs_encoder_array_read (const BsArray *array, const BsEncoderAxes *axes, gsize from,
                                 gsize to, GError **error);
BsArray *bs_encoder_open_plain (BsEncoder *self, gsize clip, GError **error);
char **bs_encoder_static_open (BsEncoderPart *part, GError **error);
BsArray *bs_encoder_static_x (BsEncoderPart *part, GError **error);

G_END_DECLS
