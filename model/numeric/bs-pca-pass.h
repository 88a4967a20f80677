/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/numeric/bs-pca-private.h"

G_BEGIN_DECLS

/**
 * BsPcaPass:
 *
 * What repeated products with one problem's scatter matrix need.
 */
typedef struct _BsPcaPass BsPcaPass;

BsPcaPass *bs_pca_pass_new (const BsPcaProblem *problem, gsize max_width);
void bs_pca_pass_free (BsPcaPass *self);
void bs_pca_pass_run (BsPcaPass *self, const double *vectors, gsize width, double *scores,
                      double *products);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsPcaPass, bs_pca_pass_free)

G_END_DECLS
