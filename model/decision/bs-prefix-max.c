/* SPDX-License-Identifier: MIT */
/* A binary tree over the numbers: each node knows the sum below it and the largest running sum
 * that begins at its first leaf. */
#include "model/decision/bs-prefix-max.h"

typedef struct {
  gint64 sum;
  gint64 best;
} Node;

/* Below any running sum, and far enough from the end of the range that sums can be added. */
#define NEVER (G_MININT64 / 4)

struct _BsPrefixMax {
  gsize n;
  gsize n_leaves; /* a power of two */
  Node *nodes; /* root at 1, children of k at 2k and 2k + 1 */
};

static void
pull (Node *nodes, gsize k)
{
  const Node *left = &nodes[2 * k], *right = &nodes[2 * k + 1];
  nodes[k].sum = left->sum + right->sum;
  nodes[k].best = MAX (left->best, left->sum + right->best);
}

/**
 * bs_prefix_max_new:
 * @n: how many numbers, at least 1
 *
 * Returns: (transfer full): @n noughts
 */
BsPrefixMax *
bs_prefix_max_new (gsize n)
{
  g_return_val_if_fail (n > 0, NULL);
  BsPrefixMax *self = g_new0 (BsPrefixMax, 1);
  self->n = n;
  self->n_leaves = 1;
  while (self->n_leaves < n)
    self->n_leaves *= 2;
  self->nodes = g_new (Node, 2 * self->n_leaves);
  bs_prefix_max_reset (self);
  return self;
}

/**
 * bs_prefix_max_free:
 * @self: (transfer full): numbers
 */
void
bs_prefix_max_free (BsPrefixMax *self)
{
  g_free (self->nodes);
  g_free (self);
}

/**
 * bs_prefix_max_reset:
 * @self: numbers
 *
 * Makes them nought again.
 */
void
bs_prefix_max_reset (BsPrefixMax *self)
{
  for (gsize i = 0; i < self->n_leaves; i++)
    self->nodes[self->n_leaves + i] = (Node){ 0, i < self->n ? 0 : NEVER };
  for (gsize k = self->n_leaves; k-- > 1;)
    pull (self->nodes, k);
}

/**
 * bs_prefix_max_add:
 * @self: numbers
 * @index: which one
 * @by: what to add to it, and so to all running sums from there on
 */
void
bs_prefix_max_add (BsPrefixMax *self, gsize index, gint64 by)
{
  g_return_if_fail (index < self->n);
  gsize k = self->n_leaves + index;
  self->nodes[k].sum += by;
  self->nodes[k].best += by;
  while (k > 1) {
    k /= 2;
    pull (self->nodes, k);
  }
}

/**
 * bs_prefix_max_best:
 * @self: numbers
 *
 * Returns: the largest running sum
 */
gint64
bs_prefix_max_best (const BsPrefixMax *self)
{
  return self->nodes[1].best;
}

static void
add_to_runs (GArray *runs, gsize index)
{
  if (runs->len > 0) {
    BsIndexRun *last = &g_array_index (runs, BsIndexRun, runs->len - 1);
    if (last->to == index) {
      last->to++;
      return;
    }
  }
  BsIndexRun run = { index, index + 1 };
  g_array_append_val (runs, run);
}

static void
find_below (const BsPrefixMax *self, gsize k, gsize first, gsize width, gint64 floor, GArray *runs)
{
  if (self->nodes[k].best < floor)
    return;
  if (width == 1) {
    add_to_runs (runs, first);
    return;
  }
  gsize half = width / 2;
  find_below (self, 2 * k, first, half, floor, runs);
  find_below (self, 2 * k + 1, first + half, half, floor - self->nodes[2 * k].sum, runs);
}

/**
 * bs_prefix_max_find:
 * @self: numbers
 * @floor: a sum
 * @runs: (element-type BsIndexRun): filled with all indices whose running sum is at least
 *   @floor, neighbours joined, ascending; what it held is dropped
 *
 * O(log n) an index found.
 */
void
bs_prefix_max_find (const BsPrefixMax *self, gint64 floor, GArray *runs)
{
  g_array_set_size (runs, 0);
  find_below (self, 1, 0, self->n_leaves, floor, runs);
}
