/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/numeric/bs-scaler.h"

G_BEGIN_DECLS

/**
 * BsMoments:
 *
 * Means and sums of squared differences of the rows of each group of clips, from which the
 * scaler of any union of groups follows without reading the rows again. Filled by one thread,
 * then immutable.
 */
typedef struct _BsMoments BsMoments;

BsMoments *bs_moments_new (gsize n_groups, gsize width);
void bs_moments_free (BsMoments *self);
void bs_moments_add (BsMoments *self, gsize group, const float *row);
void bs_moments_add_wide (BsMoments *self, gsize group, const double *row);
BsMoments *bs_moments_save (const BsMoments *self, gsize group);
void bs_moments_restore (BsMoments *self, gsize group, const BsMoments *saved);
BsScaler *bs_moments_to_scaler (const BsMoments *self, const gboolean *wanted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsMoments, bs_moments_free)

G_END_DECLS
