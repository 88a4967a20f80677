/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-error.h"
#include "data/format/bs-byte-source.h"
#include "data/format/bs-matrix.h"

G_BEGIN_DECLS

#define BS_ARRAY_MAX_AXES 8

/**
 * BsArray:
 * @kind: 'f' float, 'i' signed integer, 'u' unsigned, 'b' bool, 'U' or 'S' text
 * @item_size: bytes of one element
 * @swapped: the elements' bytes are in the other order than this machine's
 * @fortran: the first axis varies fastest
 * @n_axes: number of axes, 0 for a scalar
 * @shape: lengths of the axes
 * @n_items: product of @shape
 *
 * An array as NumPy stores it, whose elements stay where they are, most often in a file, until they
 * are asked for. Immutable; any thread may read it.
 */
typedef struct {
  char kind;
  guint item_size;
  gboolean swapped;
  gboolean fortran;
  guint n_axes;
  gsize shape[BS_ARRAY_MAX_AXES];
  gsize n_items;
  /*< private >*/
  BsByteSource *source; /* header and elements */
  guint64 start; /* of the elements, at any alignment */
  char *name; /* for messages: file, or file and member */
} BsArray;

BsArray *bs_array_ref (BsArray *self);
void bs_array_unref (BsArray *self);
char *bs_array_dup_shape (const BsArray *self);
gsize bs_array_n_rows (const BsArray *self);
gsize bs_array_row_length (const BsArray *self);
gboolean bs_array_is_wide (const BsArray *self);
void bs_array_release_descriptor (BsArray *self);

BsMatrix *bs_array_to_matrix (const BsArray *self, GError **error);
gboolean bs_array_read_row (const BsArray *self, gsize row, float *out, GError **error);
gboolean bs_array_read_rows (const BsArray *self, const gsize *rows, gsize n, float *out,
                             GError **error);
gboolean bs_array_read_wide_rows (const BsArray *self, const gsize *rows, gsize n, double *out,
                                  GError **error);
double *bs_array_to_doubles (const BsArray *self, GError **error);
char **bs_array_to_strings (const BsArray *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsArray, bs_array_unref)

G_END_DECLS
