/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/format/bs-matrix.h"

G_BEGIN_DECLS

/**
 * BsPca:
 * @n: rows
 * @n_components: columns of @scores
 * @scores: n x n_components, projected rows
 * @explained: (array length=n_components): share of the variance
 *
 * A projection onto the first principal components.
 */
typedef struct {
  gsize n;
  gsize n_components;
  BsMatrix *scores;
  double *explained;
} BsPca;

BsPca *bs_pca_new (const BsMatrix *rows, gsize n_components, gboolean whiten,
                   GCancellable *cancellable, GError **error);
void bs_pca_free (BsPca *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsPca, bs_pca_free)

G_END_DECLS
