/* SPDX-License-Identifier: MIT */
/* The clips that fusion weights are chosen on, and the totals over the official grid of
 * thresholds. A score is a whole number here, presence times the number of blends plus salience
 * times the number of clips, so that it does not depend on the order of adding and equal scores
 * are equal. */
#include "model/fusion/bs-fusion-clips.h"

#include <string.h>

static double
worth_of (BsLabel truth, BsLabel answer, double presence, double salience)
{
  double worth = bs_label_same_set (truth, answer) ? presence : 0;
  if (bs_label_is_blend (truth) && bs_label_equal (truth, answer))
    worth += salience;
  return worth;
}

static BsFusionGain
gain_of (BsLabel truth, BsTopTwo two, double presence, double salience)
{
  BsLabel single = bs_rule_answer (two, BS_RULE_ONE_PRESENT);
  BsLabel equal = single, unequal = single;
  if (!bs_rule_neutral_vetoes (two)) {
    equal = bs_rule_answer (two, BS_RULE_EQUAL);
    unequal = bs_rule_answer (two, BS_RULE_UNEQUAL);
  }
  return (BsFusionGain){ worth_of (truth, single, presence, salience),
                         worth_of (truth, equal, presence, salience),
                         worth_of (truth, unequal, presence, salience) };
}

static void
make_gains (BsFusionClips *self, const BsLabel *kinds, gsize n_kinds, gsize n_blends)
{
  double presence = n_blends > 0 ? (double) n_blends : 1, salience = (double) self->n;
  self->full_total = 2 * presence * salience;
  self->gains = g_new0 (BsFusionGain, n_kinds * BS_FUSION_N_PAIRS);
  for (gsize kind = 0; kind < n_kinds; kind++)
    for (int top = 0; top < BS_N_EMOTIONS; top++)
      for (int second = 0; second < BS_N_EMOTIONS; second++)
        if (top != second)
          self->gains[kind * BS_FUSION_N_PAIRS + (gsize) (top * BS_N_EMOTIONS + second)] = gain_of (
            kinds[kind], (BsTopTwo){ (gint8) top, (gint8) second, 0, 0 }, presence, salience);
}

/* Labels that occur; there are fewer than a hundred. */
static void
take_labels (BsFusionClips *self, const BsLabel *truth, const gsize *index)
{
  BsLabel kinds[G_MAXUINT8 + 1];
  gsize n_kinds = 0, n_blends = 0;
  self->kind = g_new (guint8, self->n);
  for (gsize i = 0; i < self->n; i++) {
    BsLabel label = truth[index[i]];
    gsize kind = 0;
    while (kind < n_kinds && !bs_label_equal (kinds[kind], label))
      kind++;
    g_assert (kind < G_N_ELEMENTS (kinds));
    if (kind == n_kinds)
      kinds[n_kinds++] = label;
    self->kind[i] = (guint8) kind;
    n_blends += bs_label_is_blend (label);
  }
  make_gains (self, kinds, n_kinds, n_blends);
}

/**
 * bs_fusion_clips_new:
 * @p: (array length=n_members): each member's probabilities, official order, finite
 * @n_members: at least 1
 * @truth: (array): known labels
 * @index: (array length=n): which rows of @p and @truth to take
 * @n: at least 1
 *
 * Copies what it needs. Any thread.
 *
 * Returns: (transfer full): the clips
 */
BsFusionClips *
bs_fusion_clips_new (const double (*const *p)[BS_N_EMOTIONS], gsize n_members, const BsLabel *truth,
                     const gsize *index, gsize n)
{
  g_return_val_if_fail (n_members > 0 && n > 0, NULL);
  BsFusionClips *self = g_new0 (BsFusionClips, 1);
  self->n = n;
  self->n_members = n_members;
  self->p = g_new (double *, n_members);
  for (gsize m = 0; m < n_members; m++) {
    self->p[m] = g_malloc_n (n, BS_N_EMOTIONS * sizeof (double));
    for (gsize i = 0; i < n; i++)
      memcpy (self->p[m] + i * BS_N_EMOTIONS, p[m][index[i]], sizeof *p[m]);
  }
  for (int step = 0; step < BS_GRID_STEPS; step++)
    self->grid[step] = bs_grid_value (step, BS_GRID_STEPS);
  take_labels (self, truth, index);
  return self;
}

/**
 * bs_fusion_clips_free:
 * @self: (transfer full): clips
 */
void
bs_fusion_clips_free (BsFusionClips *self)
{
  for (gsize m = 0; m < self->n_members; m++)
    g_free (self->p[m]);
  g_free (self->p);
  g_free (self->kind);
  g_free (self->gains);
  g_free (self);
}

/**
 * bs_fusion_mix:
 * @p: (array length=n_members): each member's values
 * @weights: (array length=n_members): what each counts
 * @n_members: members
 * @n_values: values of each
 * @mixed: (out) (array length=n_values): their weighted sum
 *
 * The fused probabilities (Foundation Model Embeddings Meet Blended Emotions, II-F). Search and
 * result both come from here, so that they agree to the last bit. Any thread.
 */
void
bs_fusion_mix (const double *const *p, const double *weights, gsize n_members, gsize n_values,
               double *mixed)
{
  memset (mixed, 0, n_values * sizeof *mixed);
  for (gsize m = 0; m < n_members; m++) {
    const double *from = p[m];
    double weight = weights[m];
    for (gsize i = 0; weight != 0 && i < n_values; i++)
      mixed[i] += weight * from[i];
  }
}

static void
find_column_best (BsFusionBoard *self, int alpha)
{
  const double *cells = self->cells[alpha];
  double best[2] = { cells[0], cells[1] };
  for (int b = 2; b < BS_GRID_STEPS; b += 2) {
    best[0] = MAX (best[0], cells[b]);
    best[1] = MAX (best[1], cells[b + 1]);
  }
  self->column[alpha] = MAX (best[0], best[1]);
}

/* Adds the state of one clip @times times to the cells of the alphas [from, to), in all of which
 * it is a blend. */
static void
add_blend (BsFusionBoard *self, BsFusionState state, int from, int to, double times)
{
  double unequal = times * (state.gain->unequal - state.gain->single);
  double equal = times * (state.gain->equal - state.gain->single);
  for (int a = from; a < to; a++) {
    double *cells = self->cells[a];
    for (int b = 0; b < state.first_equal; b++)
      cells[b] += unequal;
    for (int b = state.first_equal; b < BS_GRID_STEPS; b++)
      cells[b] += equal;
  }
}

/**
 * bs_fusion_board_clear:
 * @self: a board
 *
 * Makes it that of no clip.
 */
void
bs_fusion_board_clear (BsFusionBoard *self)
{
  memset (self, 0, sizeof *self);
}

/**
 * bs_fusion_board_add:
 * @self: a board
 * @state: of a clip
 *
 * Enters a clip. bs_fusion_board_settle() has to follow before anything is asked or changed.
 */
void
bs_fusion_board_add (BsFusionBoard *self, BsFusionState state)
{
  self->everywhere += state.gain->single;
  if (!bs_fusion_gain_ignores_thresholds (state.gain))
    add_blend (self, state, 0, state.n_present, 1);
}

static void
move_alpha (BsFusionBoard *self, BsFusionState state, int n_present)
{
  int from = MIN (state.n_present, n_present), to = MAX (state.n_present, n_present);
  add_blend (self, state, from, to, n_present > state.n_present ? 1 : -1);
  for (int a = from; a < to; a++)
    find_column_best (self, a);
}

static void
move_beta (BsFusionBoard *self, BsFusionState state, int first_equal)
{
  int from = MIN (state.first_equal, first_equal), to = MAX (state.first_equal, first_equal);
  double by = state.gain->equal - state.gain->unequal;
  if (first_equal > state.first_equal)
    by = -by;
  for (int a = 0; a < state.n_present; a++) {
    for (int b = from; b < to; b++)
      self->cells[a][b] += by;
    find_column_best (self, a);
  }
}

/**
 * bs_fusion_board_change:
 * @self: a board, with the largest of each alpha's cells known
 * @from: how a clip stood
 * @to: how it stands now
 *
 * Costs what changes: one column or row of the grid where the two top emotions stay.
 */
void
bs_fusion_board_change (BsFusionBoard *self, BsFusionState from, BsFusionState to)
{
  if (from.gain == to.gain) {
    move_alpha (self, from, to.n_present);
    from.n_present = to.n_present;
    if (from.first_equal != to.first_equal)
      move_beta (self, from, to.first_equal);
    return;
  }
  int n = 0;
  self->everywhere += to.gain->single - from.gain->single;
  if (!bs_fusion_gain_ignores_thresholds (from.gain)) {
    add_blend (self, from, 0, from.n_present, -1);
    n = from.n_present;
  }
  if (!bs_fusion_gain_ignores_thresholds (to.gain)) {
    add_blend (self, to, 0, to.n_present, 1);
    n = MAX (n, to.n_present);
  }
  for (int a = 0; a < n; a++)
    find_column_best (self, a);
}

/**
 * bs_fusion_board_settle:
 * @self: a board to which clips were added
 *
 * Finds the largest of each alpha's cells, which changes then keep up to date.
 */
void
bs_fusion_board_settle (BsFusionBoard *self)
{
  for (int a = 0; a < BS_GRID_STEPS; a++)
    find_column_best (self, a);
}

/**
 * bs_fusion_board_best:
 * @self: a settled board
 *
 * Returns: the total at the best pair of the grid
 */
double
bs_fusion_board_best (const BsFusionBoard *self)
{
  double best[2] = { self->column[0], self->column[1] };
  for (int a = 2; a < BS_GRID_STEPS; a += 2) {
    best[0] = MAX (best[0], self->column[a]);
    best[1] = MAX (best[1], self->column[a + 1]);
  }
  return self->everywhere + MAX (best[0], best[1]);
}

/**
 * bs_fusion_clips_total:
 * @self: clips
 * @weights: (array): of the members
 * @scratch: (array): room for n x 6 numbers
 *
 * Judges the fused probabilities by the rule itself, as every other figure is made. Any thread.
 *
 * Returns: the total at the best pair of the official grid; divided by @self's full_total it is the
 *   score
 */
double
bs_fusion_clips_total (const BsFusionClips *self, const double *weights, double *scratch)
{
  BsFusionBoard board;
  bs_fusion_board_clear (&board);
  bs_fusion_mix ((const double *const *) self->p, weights, self->n_members, self->n * BS_N_EMOTIONS,
                 scratch);
  for (gsize i = 0; i < self->n; i++) {
    BsTopTwo two = bs_rule_top_two (scratch + i * BS_N_EMOTIONS);
    int n_present = bs_fusion_count_up_to (self->grid, two.p2, FALSE);
    int first_equal = bs_fusion_count_up_to (self->grid, two.p1 - two.p2, TRUE);
    bs_fusion_board_add (&board,
                         (BsFusionState){ bs_fusion_clips_gain (self, i, two.top, two.second),
                                          (guint8) n_present, (guint8) first_equal });
  }
  bs_fusion_board_settle (&board);
  return bs_fusion_board_best (&board);
}
