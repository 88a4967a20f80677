/* SPDX-License-Identifier: MIT */
/* The best weights on the simplex. The score is constant on small pieces of it, so that there is no
 * slope to follow; but along a line it can be searched exactly (bs-fusion-line). A climb goes along
 * lines between two members, from the point to a member and in random directions as long as one of
 * them leads higher, or as high and nearer to equal weights. Climbs start from equal weights, from
 * the best member, and then from random points, most of them near the best point so far. The
 * triangle of three members is small enough to be searched row by row. */
#include "model/fusion/bs-fusion-search.h"

#include <math.h>
#include <string.h>

#include "data/base/bs-random.h"
#include "model/fusion/bs-fusion-line.h"

#define LINES_PER_TRIANGLE 400
#define LEAST_LINES 200
#define MOST_WORK 1000000 /* lines x clips */
#define LINE_1_2_OF_3 2 /* the last of three pairs */
#define N_ROWS 200 /* of three members' triangle */
#define N_NEAR_STARTS 4
#define NEAREST_STEP 1e-9 /* of the squared distance: less is no way nearer */

typedef struct {
  double *weights;
  double total;
  double distance; /* squared, from equal weights */
} Point;

typedef struct {
  const BsFusionClips *clips;
  const BsFusionSearch *search;
  BsFusionLine *line;
  BsRandom random;
  gsize n; /* members with a share */
  gsize *members; /* which */
  double *equal;
  double *direction;
  double *scratch;
  double *target;
  guint32 *order;
  guint n_left;
  Point best;
  Point tried;
} Climber;

static void
climber_init (Climber *self, const BsFusionClips *clips, const BsFusionSearch *search)
{
  gsize n = clips->n_members;
  *self = (Climber){ .clips = clips, .search = search, .line = bs_fusion_line_new (clips) };
  bs_random_init_named (&self->random, search->seed, "fusion");
  self->members = g_new (gsize, n);
  self->equal = g_new0 (double, n);
  self->direction = g_new (double, n);
  self->target = g_new (double, n);
  self->best.weights = g_new0 (double, n);
  self->tried.weights = g_new0 (double, n);
  self->scratch = g_new (double, clips->n *BS_N_EMOTIONS);
  for (gsize m = 0; m < n; m++)
    if ((int) m != search->without)
      self->members[self->n++] = m;
  for (gsize i = 0; i < self->n; i++)
    self->equal[self->members[i]] = 1.0 / (double) self->n;
  self->order = g_new (guint32, self->n * (self->n - 1) / 2 + 2 * self->n);
  self->best.total = -1;
  gsize n_triangles = self->n > 2 ? (self->n - 1) * (self->n - 2) / 2 : 0;
  gsize most = MAX (MOST_WORK / clips->n, LEAST_LINES);
  gsize n_lines = MIN (LINES_PER_TRIANGLE * n_triangles + 2, most);
  self->n_left = search->n_lines > 0 ? search->n_lines : (guint) n_lines;
}

static void
climber_clear (Climber *self)
{
  bs_fusion_line_free (self->line);
  g_free (self->members);
  g_free (self->equal);
  g_free (self->direction);
  g_free (self->target);
  g_free (self->scratch);
  g_free (self->order);
  g_free (self->best.weights);
  g_free (self->tried.weights);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Climber, climber_clear)

/* Judges a point by the rule itself. */
static void
judge (Climber *self, Point *point)
{
  point->total = bs_fusion_clips_total (self->clips, point->weights, self->scratch);
  point->distance = 0;
  for (gsize m = 0; m < self->clips->n_members; m++) {
    double away = point->weights[m] - self->equal[m];
    point->distance += away * away;
  }
}

static gboolean
is_better (const Point *a, const Point *b)
{
  if (a->total != b->total)
    return a->total > b->total;
  return a->distance < b->distance - NEAREST_STEP;
}

static void
copy_point (const Climber *self, const Point *from, Point *to)
{
  double *weights = to->weights;
  *to = *from;
  to->weights = weights;
  memcpy (weights, from->weights, self->clips->n_members * sizeof *weights);
}

static void
keep_best (Climber *self, const Point *point)
{
  if (is_better (point, &self->best))
    copy_point (self, point, &self->best);
}

static gboolean
is_over (Climber *self)
{
  return self->n_left == 0 || g_cancellable_is_cancelled (self->search->cancellable);
}

/* Evenly over the simplex. */
static void
draw_point (Climber *self, double *weights)
{
  double sum = 0;
  memset (weights, 0, self->clips->n_members * sizeof *weights);
  for (gsize i = 0; i < self->n; i++) {
    double share = -log (1 - bs_random_double (&self->random));
    weights[self->members[i]] = share;
    sum += share;
  }
  for (gsize i = 0; i < self->n; i++)
    weights[self->members[i]] /= sum;
}

/* The line of a number below n (n - 1) / 2 + 2 n: the pairs, then each member, then random ones. */
static void
choose_direction (Climber *self, const Point *point, gsize number)
{
  gsize n_pairs = self->n * (self->n - 1) / 2;
  memset (self->direction, 0, self->clips->n_members * sizeof *self->direction);
  if (number < n_pairs) {
    gsize a = 0;
    for (; number >= self->n - 1 - a; a++)
      number -= self->n - 1 - a;
    self->direction[self->members[a]] = -1;
    self->direction[self->members[a + 1 + number]] = 1;
    return;
  }
  if (number < n_pairs + self->n) {
    self->direction[self->members[number - n_pairs]] = 1;
  } else {
    draw_point (self, self->target);
    memcpy (self->direction, self->target, self->clips->n_members * sizeof *self->direction);
  }
  for (gsize m = 0; m < self->clips->n_members; m++)
    self->direction[m] -= point->weights[m];
}

/* Whether the line led to a better point, which is @point then. The line's total is a promise that
 * the rule itself has to confirm. */
static gboolean
try_line (Climber *self, Point *point, gsize number)
{
  choose_direction (self, point, number);
  self->n_left--;
  double total = bs_fusion_line_search (self->line, point->weights, self->direction, self->equal,
                                        self->tried.weights);
  if (total < point->total)
    return FALSE;
  judge (self, &self->tried);
  if (!is_better (&self->tried, point))
    return FALSE;
  copy_point (self, &self->tried, point);
  return TRUE;
}

/* Between two members the whole simplex is one line. */
static void
climb (Climber *self, Point *point)
{
  guint32 n_lines = (guint32) (self->n * (self->n - 1) / 2 + 2 * self->n);
  guint since_better = 0;
  judge (self, point);
  for (guint32 i = 0; i < n_lines; i++)
    self->order[i] = i;
  for (guint32 i = n_lines; since_better < n_lines && !is_over (self); i++) {
    if (i == n_lines) {
      bs_random_shuffle (&self->random, self->order, n_lines);
      i = 0;
    }
    since_better = try_line (self, point, self->order[i]) ? 0 : since_better + 1;
  }
  keep_best (self, point);
}

/* A random point, mostly drawn near the best. */
static void
draw_start (Climber *self, guint number, Point *point)
{
  draw_point (self, point->weights);
  double closeness = bs_random_double (&self->random);
  double share = number % N_NEAR_STARTS > 0 ? 0.5 * closeness * closeness : 1;
  for (gsize m = 0; m < self->clips->n_members; m++)
    point->weights[m] = share * point->weights[m] + (1 - share) * self->best.weights[m];
}

/* Rows of the triangle in which the first member's weight is the same. */
static void
search_rows (Climber *self, Point *point)
{
  for (int row = 0; row < N_ROWS && !is_over (self); row++) {
    memset (point->weights, 0, self->clips->n_members * sizeof *point->weights);
    point->weights[self->members[0]] = (double) row / N_ROWS;
    point->weights[self->members[1]] = 1 - point->weights[self->members[0]];
    judge (self, point);
    try_line (self, point, LINE_1_2_OF_3);
    keep_best (self, point);
  }
  copy_point (self, &self->best, point);
  climb (self, point);
}

static void
climb_from_given (Climber *self, Point *point)
{
  double sum = 0;
  for (gsize i = 0; i < self->n; i++)
    sum += self->search->start[self->members[i]];
  if (!(sum > 0))
    return;
  memset (point->weights, 0, self->clips->n_members * sizeof *point->weights);
  for (gsize i = 0; i < self->n; i++)
    point->weights[self->members[i]] = self->search->start[self->members[i]] / sum;
  climb (self, point);
}

/**
 * bs_fusion_search:
 * @clips: what weights are chosen on; with at least one member besides search->without
 * @search: how
 * @weights: (out) (array): at least 0, summing to 1
 *
 * Makes the score at the best pair of the official grid largest. Never below any member alone,
 * equal weights or search->start. Of equal scores the weights nearest to equal ones are kept, of
 * those that were looked at. The same search gives the same weights. Where it is cancelled the
 * best so far is given. Any thread.
 *
 * Returns: the score at @weights
 */
double
bs_fusion_search (const BsFusionClips *clips, const BsFusionSearch *search, double *weights)
{
  gsize size = clips->n_members * sizeof *weights;
  g_auto (Climber) self = { 0 };
  g_autofree double *at = g_malloc0 (size);
  Point point = { .weights = at };
  climber_init (&self, clips, search);
  memcpy (at, self.equal, size);
  judge (&self, &point);
  keep_best (&self, &point);
  for (gsize i = 0; i < self.n; i++) {
    memset (at, 0, size);
    at[self.members[i]] = 1;
    judge (&self, &point);
    keep_best (&self, &point);
  }
  copy_point (&self, &self.best, &point);
  climb (&self, &point);
  memcpy (at, self.equal, size);
  climb (&self, &point);
  if (search->start != NULL)
    climb_from_given (&self, &point);
  if (self.n == 3)
    search_rows (&self, &point);
  for (guint number = 0; self.n > 2 && !is_over (&self); number++) {
    draw_start (&self, number, &point);
    climb (&self, &point);
  }
  memcpy (weights, self.best.weights, size);
  return self.best.total / clips->full_total;
}
