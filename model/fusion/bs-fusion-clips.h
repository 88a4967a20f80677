/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-grid.h"

G_BEGIN_DECLS

#define BS_FUSION_N_PAIRS (BS_N_EMOTIONS * BS_N_EMOTIONS)

/**
 * BsFusionGain:
 * @single: what the clip adds to the total where its top emotion stands alone
 * @equal: what it adds as a blend of 50/50
 * @unequal: what it adds as a blend of 70/30
 *
 * What a clip's three answers are worth. Whole numbers, so that sums are exact in any order.
 */
typedef struct {
  double single;
  double equal;
  double unequal;
} BsFusionGain;

/**
 * BsFusionClips:
 * @n: clips
 * @n_members: members
 * @p: (array length=n_members): each n x 6 probabilities
 * @kind: (array length=n): which label the clip has, of those that occur
 * @gains: (array): kinds x (top emotion x second emotion)
 * @full_total: the total of a perfect set of decisions; the score is total / full_total
 * @grid: the official grid's values
 *
 * The clips that weights are chosen on, as the search reads them. Immutable.
 */
typedef struct {
  gsize n;
  gsize n_members;
  double **p;
  guint8 *kind;
  BsFusionGain *gains;
  double full_total;
  double grid[BS_GRID_STEPS];
} BsFusionClips;

/**
 * BsFusionState:
 * @gain: what the clip's answers are worth
 * @n_present: for so many alphas of the grid, the lowest ones, it is a blend
 * @first_equal: from this beta of the grid on it is one of 50/50
 *
 * How a clip stands at some weights, as far as the grid of thresholds tells.
 */
typedef struct {
  const BsFusionGain *gain;
  guint8 n_present;
  guint8 first_equal;
} BsFusionState;

/**
 * BsFusionBoard:
 * @everywhere: part of the total that no threshold changes
 * @cells: the rest at each alpha and beta of the grid
 * @column: the largest of each alpha's cells
 *
 * Totals over the grid of thresholds, kept up to date while clips change their state.
 */
typedef struct {
  double everywhere;
  double cells[BS_GRID_STEPS][BS_GRID_STEPS];
  double column[BS_GRID_STEPS];
} BsFusionBoard;

BsFusionClips *bs_fusion_clips_new (const double (*const *p)[BS_N_EMOTIONS], gsize n_members,
                                    const BsLabel *truth, const gsize *index, gsize n);
void bs_fusion_clips_free (BsFusionClips *self);
double bs_fusion_clips_total (const BsFusionClips *self, const double *weights, double *scratch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFusionClips, bs_fusion_clips_free)

void bs_fusion_mix (const double *const *p, const double *weights, gsize n_members, gsize n_values,
                    double *mixed);

void bs_fusion_board_clear (BsFusionBoard *self);
void bs_fusion_board_add (BsFusionBoard *self, BsFusionState state);
void bs_fusion_board_settle (BsFusionBoard *self);
void bs_fusion_board_change (BsFusionBoard *self, BsFusionState from, BsFusionState to);
double bs_fusion_board_best (const BsFusionBoard *self);

/**
 * bs_fusion_clips_gain:
 * @self: clips
 * @clip: one of them
 * @top: its most probable emotion
 * @second: the next one
 *
 * Returns: (transfer none): what its answers are worth then
 */
static inline const BsFusionGain *
bs_fusion_clips_gain (const BsFusionClips *self, gsize clip, int top, int second)
{
  return &self->gains[(gsize) self->kind[clip] * BS_FUSION_N_PAIRS +
                      (gsize) (top * BS_N_EMOTIONS + second)];
}

/**
 * bs_fusion_gain_ignores_thresholds:
 * @gain: what answers are worth
 *
 * Returns: whether all three are worth the same
 */
static inline gboolean
bs_fusion_gain_ignores_thresholds (const BsFusionGain *gain)
{
  return gain->single == gain->equal && gain->single == gain->unequal;
}

/**
 * bs_fusion_count_up_to:
 * @grid: (array): the official grid, ascending
 * @x: a number
 * @strictly: whether a value equal to @x is left out
 *
 * Returns: how many values of the grid are at most @x
 */
static inline int
bs_fusion_count_up_to (const double grid[BS_GRID_STEPS], double x, gboolean strictly)
{
  double place = (x - grid[0]) * ((BS_GRID_STEPS - 1) / (grid[BS_GRID_STEPS - 1] - grid[0])) + 1;
  int n = (int) CLAMP (place, 0.0, (double) BS_GRID_STEPS);
  while (n > 0 && (strictly ? grid[n - 1] >= x : grid[n - 1] > x))
    n--;
  while (n < BS_GRID_STEPS && (strictly ? grid[n] < x : grid[n] <= x))
    n++;
  return n;
}

G_END_DECLS
