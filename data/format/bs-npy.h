/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/format/bs-array.h"

G_BEGIN_DECLS

BsArray *bs_npy_new (BsByteSource *source, GError **error);
BsArray *bs_npy_load (const char *path, GError **error);

GBytes *bs_npy_from_floats (const float *data, const gsize *shape, guint n_axes);
GBytes *bs_npy_from_halves (const float *data, const gsize *shape, guint n_axes);
GBytes *bs_npy_from_doubles (const double *data, const gsize *shape, guint n_axes);
GBytes *bs_npy_from_ints (const gint64 *data, const gsize *shape, guint n_axes);
GBytes *bs_npy_from_strings (const char *const *strings, gsize n);

G_END_DECLS
