/* SPDX-License-Identifier: MIT */
/* Running means and variances of groups of rows, and their union. */
#include "model/numeric/bs-moments.h"

#include <string.h>

struct _BsMoments {
  gsize n_groups;
  gsize width;
  gboolean is_wide; /* some rows are */
  gsize *n; /* rows of a group */
  double *mean; /* n_groups x width */
  double *squares; /* likewise: sums of squared differences from the mean */
};

/**
 * bs_moments_new:
 * @n_groups: groups are below this
 * @width: of a row
 *
 * Returns: (transfer full): moments of no rows
 */
BsMoments *
bs_moments_new (gsize n_groups, gsize width)
{
  BsMoments *self = g_new0 (BsMoments, 1);
  self->n_groups = n_groups;
  self->width = width;
  self->n = g_new0 (gsize, n_groups);
  self->mean = g_new0 (double, n_groups *width);
  self->squares = g_new0 (double, n_groups *width);
  return self;
}

/**
 * bs_moments_free:
 * @self: (transfer full): moments
 */
void
bs_moments_free (BsMoments *self)
{
  g_free (self->n);
  g_free (self->mean);
  g_free (self->squares);
  g_free (self);
}

static inline void
add (double *mean, double *squares, double value, double share)
{
  double d = value - *mean;
  *mean += d * share;
  *squares += d * (value - *mean);
}

/**
 * bs_moments_add:
 * @self: moments
 * @group: the row's group
 * @row: (array): its values
 *
 * Welford's update (Technometrics 4, 1962): exact to rounding however large the mean.
 */
void
bs_moments_add (BsMoments *self, gsize group, const float *row)
{
  double *mean = self->mean + group * self->width;
  double *squares = self->squares + group * self->width;
  double share = 1.0 / (double) ++self->n[group];
  for (gsize c = 0; c < self->width; c++)
    add (&mean[c], &squares[c], row[c], share);
}

/**
 * bs_moments_add_wide:
 * @self: moments, whose scalers are wide from now on
 * @group: the row's group
 * @row: (array): its values
 *
 * bs_moments_add() of a wide row.
 */
void
bs_moments_add_wide (BsMoments *self, gsize group, const double *row)
{
  double *mean = self->mean + group * self->width;
  double *squares = self->squares + group * self->width;
  double share = 1.0 / (double) ++self->n[group];
  self->is_wide = TRUE;
  for (gsize c = 0; c < self->width; c++)
    add (&mean[c], &squares[c], row[c], share);
}

static void
copy_group (const BsMoments *from, gsize from_group, BsMoments *to, gsize to_group)
{
  gsize width = from->width;
  to->is_wide = from->is_wide;
  to->n[to_group] = from->n[from_group];
  memcpy (to->mean + to_group * width, from->mean + from_group * width, width * sizeof *to->mean);
  memcpy (to->squares + to_group * width, from->squares + from_group * width,
          width * sizeof *to->squares);
}

/**
 * bs_moments_save:
 * @self: moments
 * @group: one of their groups
 *
 * Returns: (transfer full): that group as it is, for bs_moments_restore()
 */
BsMoments *
bs_moments_save (const BsMoments *self, gsize group)
{
  BsMoments *saved = bs_moments_new (1, self->width);
  copy_group (self, group, saved, 0);
  return saved;
}

/**
 * bs_moments_restore:
 * @self: moments
 * @group: one of their groups
 * @saved: what bs_moments_save() gave of it
 *
 * Forgets the rows that came since.
 */
void
bs_moments_restore (BsMoments *self, gsize group, const BsMoments *saved)
{
  copy_group (saved, 0, self, group);
}

/**
 * bs_moments_to_scaler:
 * @self: moments
 * @wanted: (array): which groups
 *
 * The scaler of the rows of all the groups wanted, put together by the rule of Chan, Golub and
 * LeVeque (1979), group after group. With no rows it changes nothing.
 *
 * Returns: (transfer full): the scaler, as bs_scaler_fit() of those rows to rounding
 */
BsScaler *
bs_moments_to_scaler (const BsMoments *self, const gboolean *wanted)
{
  g_autofree double *mean = g_new0 (double, self->width);
  g_autofree double *squares = g_new0 (double, self->width);
  double n = 0;
  for (gsize g = 0; g < self->n_groups; g++) {
    if (!wanted[g] || self->n[g] == 0)
      continue;
    double n_group = (double) self->n[g], n_both = n + n_group;
    for (gsize c = 0; c < self->width; c++) {
      double d = self->mean[g * self->width + c] - mean[c];
      mean[c] += d * n_group / n_both;
      squares[c] += self->squares[g * self->width + c] + d * d * n * n_group / n_both;
    }
    n = n_both;
  }
  BsScaler *scaler = bs_scaler_new (self->width);
  scaler->is_wide = self->is_wide;
  if (n > 0)
    bs_scaler_set_moments (scaler, mean, squares, n);
  return scaler;
}
