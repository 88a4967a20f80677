/* SPDX-License-Identifier: MIT */
/* The best weights on a line through the simplex, exactly.
 *
 * Along weights + t x direction each fused probability is a linear function of t. What the rule
 * looks at (the two largest, where the second stands among the grid's alphas and the difference
 * among its betas) changes at a finite number of t: where two of the six lines cross, and where
 * the second or the difference passes a value of the grid. These breakpoints of all clips are
 * sorted, and a sweep keeps the totals over the grid up to date from one interval to the next.
 * Thousands of different scores are so compared at the price of a few evaluations. */
#include "model/fusion/bs-fusion-line.h"

#include <math.h>

/* Intervals of t narrower than this are passed over: rounding could miss them afterwards. */
#define NARROWEST 1e-7
#define SHORTEST 1e-9 /* of a direction */

/* A clip's state from @t on. */
typedef struct {
  double t;
  gsize clip;
  BsFusionState state;
} Event;

/* The lines of a clip's six probabilities. */
typedef struct {
  gsize clip;
  const double *from;
  const double *slope;
  int top;
  int second;
} Track;

struct _BsFusionLine {
  const BsFusionClips *clips;
  double *from; /* n x 6: fused probabilities at t = 0 */
  double *slope; /* n x 6: their change with t */
  BsFusionState *states; /* of each clip, at the t where the sweep stands */
  BsFusionBoard board;
  GArray *events;
  GArray *sorted;
  GArray *places; /* of guint32 */
  double low, high; /* the part of the line that lies in the simplex */
};

/* Where the sweep found the best total so far. */
typedef struct {
  double total;
  double t;
  double distance; /* squared, from the point that ties go to */
} Found;

/* The squared distance from that point, as a function of t. */
typedef struct {
  double constant, linear, square;
} Parabola;

/**
 * bs_fusion_line_new:
 * @clips: clips; must outlive the line
 *
 * Returns: (transfer full): room for searches on @clips
 */
BsFusionLine *
bs_fusion_line_new (const BsFusionClips *clips)
{
  BsFusionLine *self = g_new0 (BsFusionLine, 1);
  self->clips = clips;
  self->from = g_new (double, clips->n *BS_N_EMOTIONS);
  self->slope = g_new (double, clips->n *BS_N_EMOTIONS);
  self->states = g_new (BsFusionState, clips->n);
  self->events = g_array_new (FALSE, FALSE, sizeof (Event));
  self->sorted = g_array_new (FALSE, FALSE, sizeof (Event));
  self->places = g_array_new (FALSE, TRUE, sizeof (guint32));
  return self;
}

/**
 * bs_fusion_line_free:
 * @self: (transfer full): a line
 */
void
bs_fusion_line_free (BsFusionLine *self)
{
  g_free (self->from);
  g_free (self->slope);
  g_free (self->states);
  g_array_unref (self->events);
  g_array_unref (self->sorted);
  g_array_unref (self->places);
  g_free (self);
}

/* The t at which no weight is below nought; where the direction is rounding alone there is none. */
static void
find_ends (BsFusionLine *self, const double *weights, const double *direction)
{
  double longest = 0;
  self->low = -G_MAXDOUBLE;
  self->high = G_MAXDOUBLE;
  for (gsize m = 0; m < self->clips->n_members; m++) {
    longest = MAX (longest, fabs (direction[m]));
    if (direction[m] > 0)
      self->low = MAX (self->low, -weights[m] / direction[m]);
    else if (direction[m] < 0)
      self->high = MIN (self->high, weights[m] / -direction[m]);
  }
  if (longest < SHORTEST)
    self->low = self->high = 0;
}

/* The order of a clip's lines just after @t: of equals the steeper one is above. */
static gboolean
is_above (const Track *track, double t, int a, int b)
{
  double x = track->from[a] + t * track->slope[a], y = track->from[b] + t * track->slope[b];
  if (x != y)
    return x > y;
  return track->slope[a] != track->slope[b] ? track->slope[a] > track->slope[b] : a < b;
}

static void
find_top_two (Track *track, double t)
{
  track->top = 0;
  track->second = -1;
  for (int e = 1; e < BS_N_EMOTIONS; e++)
    if (is_above (track, t, e, track->top))
      track->top = e;
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    if (e != track->top && (track->second < 0 || is_above (track, t, e, track->second)))
      track->second = e;
}

/* Where line @b, below line @a now, comes above it. */
static double
crossing (const Track *track, int a, int b)
{
  double approach = track->slope[b] - track->slope[a];
  return approach > 0 ? (track->from[a] - track->from[b]) / approach : G_MAXDOUBLE;
}

/* Where the two top emotions are next others, which they are then. Two lines cross only once, so
 * that this happens at most fifteen times along a line. */
static double
pass_crossing (Track *track)
{
  int top = track->top, up = -1;
  double swap = crossing (track, top, track->second), t = swap;
  for (int e = 0; e < BS_N_EMOTIONS; e++) {
    double at = e != top && e != track->second ? crossing (track, track->second, e) : G_MAXDOUBLE;
    if (at < t) {
      t = at;
      up = e;
    }
  }
  if (up >= 0) {
    track->second = up;
  } else {
    track->top = track->second;
    track->second = top;
  }
  return t;
}

/* When a linear function next leaves its place among the grid's values. @n is how many of them lie
 * below it. */
static double
next_passing (const double *grid, double from, double slope, int n, double after)
{
  double t = G_MAXDOUBLE;
  if (slope > 0 && n < BS_GRID_STEPS)
    t = (grid[n] - from) / slope;
  else if (slope < 0 && n > 0)
    t = (grid[n - 1] - from) / slope;
  return MAX (t, after);
}

static BsFusionState
state_at (const BsFusionClips *clips, const Track *track, double t)
{
  int top = track->top, second = track->second;
  BsFusionState state = { bs_fusion_clips_gain (clips, track->clip, top, second), 0, 0 };
  if (bs_fusion_gain_ignores_thresholds (state.gain))
    return state;
  double p2 = track->from[second] + t * track->slope[second];
  double p1 = track->from[top] + t * track->slope[top];
  state.n_present = (guint8) bs_fusion_count_up_to (clips->grid, p2, FALSE);
  state.first_equal = (guint8) bs_fusion_count_up_to (clips->grid, p1 - p2, TRUE);
  return state;
}

static void
add_event (BsFusionLine *self, double t, gsize clip, BsFusionState state)
{
  Event event = { t, clip, state };
  g_array_append_val (self->events, event);
}

/* Breakpoints of the thresholds in [t, end), where the two top emotions stay. */
static void
add_passings (BsFusionLine *self, const Track *track, BsFusionState state, double t, double end)
{
  const double *grid = self->clips->grid;
  double p2 = track->from[track->second], p2_slope = track->slope[track->second];
  double d = track->from[track->top] - p2, d_slope = track->slope[track->top] - p2_slope;
  gboolean heeds_beta = state.gain->equal != state.gain->unequal;
  if (bs_fusion_gain_ignores_thresholds (state.gain))
    return;
  for (;;) {
    double alpha = next_passing (grid, p2, p2_slope, state.n_present, t);
    double beta = heeds_beta ? next_passing (grid, d, d_slope, state.first_equal, t) : G_MAXDOUBLE;
    t = MIN (alpha, beta);
    if (t >= end)
      return;
    if (alpha <= beta)
      state.n_present = (guint8) (state.n_present + (p2_slope > 0 ? 1 : -1));
    else
      state.first_equal = (guint8) (state.first_equal + (d_slope > 0 ? 1 : -1));
    add_event (self, t, track->clip, state);
  }
}

/* Enters a clip as it stands at the low end, and all its breakpoints. */
static void
trace_clip (BsFusionLine *self, gsize clip)
{
  Track track = { .clip = clip,
                  .from = self->from + clip * BS_N_EMOTIONS,
                  .slope = self->slope + clip * BS_N_EMOTIONS };
  double t = self->low;
  find_top_two (&track, t);
  BsFusionState state = state_at (self->clips, &track, t);
  self->states[clip] = state;
  bs_fusion_board_add (&self->board, state);
  for (;;) {
    const Track before = track;
    double end = pass_crossing (&track);
    end = MAX (end, t);
    add_passings (self, &before, state, t, MIN (end, self->high));
    if (end >= self->high)
      return;
    BsFusionState next = state_at (self->clips, &track, end);
    if (!bs_fusion_gain_ignores_thresholds (state.gain) ||
        !bs_fusion_gain_ignores_thresholds (next.gain) || state.gain->single != next.gain->single)
      add_event (self, end, clip, next);
    state = next;
    t = end;
  }
}

/* By t, those of a clip in their order: into as many equal drawers as there are events, then by
 * insertion, which finds little left to do. */
static void
sort_events (BsFusionLine *self)
{
  guint n = self->events->len;
  const Event *events = (const Event *) self->events->data;
  double scale = n / (self->high - self->low);
  g_array_set_size (self->sorted, n);
  g_array_set_size (self->places, 0);
  g_array_set_size (self->places, n + 1);
  Event *sorted = (Event *) self->sorted->data;
  guint32 *places = (guint32 *) self->places->data;
  for (guint i = 0; i < n; i++)
    places[MIN ((guint) ((events[i].t - self->low) * scale), n - 1) + 1]++;
  for (guint i = 1; i < n; i++)
    places[i] += places[i - 1];
  for (guint i = 0; i < n; i++)
    sorted[places[MIN ((guint) ((events[i].t - self->low) * scale), n - 1)]++] = events[i];
  for (guint i = 1; i < n; i++) {
    Event event = sorted[i];
    guint k = i;
    for (; k > 0 && sorted[k - 1].t > event.t; k--)
      sorted[k] = sorted[k - 1];
    sorted[k] = event;
  }
}

/* Looks at the interval between two breakpoints; its middle stands for it. */
static void
consider (const BsFusionLine *self, const Parabola *distance, double from, double to, Found *found)
{
  double total = bs_fusion_board_best (&self->board);
  if (to - from < NARROWEST || total < found->total)
    return;
  double t = from + (to - from) / 2;
  double d = distance->constant + t * (distance->linear + t * distance->square);
  if (total > found->total || d < found->distance)
    *found = (Found){ total, t, d };
}

static Found
sweep (BsFusionLine *self, const Parabola *distance)
{
  Found found = { .total = -1 };
  double t = self->low;
  bs_fusion_board_settle (&self->board);
  for (guint i = 0; i < self->sorted->len; i++) {
    const Event *event = &g_array_index (self->sorted, Event, i);
    consider (self, distance, t, event->t, &found);
    bs_fusion_board_change (&self->board, self->states[event->clip], event->state);
    self->states[event->clip] = event->state;
    t = event->t;
  }
  consider (self, distance, t, self->high, &found);
  return found;
}

/* What a step along the line gives, put back onto the simplex where rounding left it. */
static void
step_along (const double *weights, const double *direction, gsize n, double t, double *to)
{
  double sum = 0;
  for (gsize m = 0; m < n; m++) {
    to[m] = MAX (weights[m] + t * direction[m], 0);
    sum += to[m];
  }
  for (gsize m = 0; m < n; m++)
    to[m] /= sum;
}

/**
 * bs_fusion_line_search:
 * @self: a line
 * @weights: (array): a point on the simplex
 * @direction: (array): sums to 0 and is not 0
 * @nearest_to: (array): of equally good intervals that with the middle nearest to this point wins
 * @best_weights: (out) (array): the middle of the best interval
 *
 * Searches all weights + t x @direction on the simplex. What holds at single points only, where
 * probabilities are exactly equal or exactly on the grid, is not looked at. O(n log n) at most,
 * and n in practice.
 *
 * Returns: the total there, at the best pair of the official grid; below 0 where the line is too
 *   short to have an interval
 */
double
bs_fusion_line_search (BsFusionLine *self, const double *weights, const double *direction,
                       const double *nearest_to, double *best_weights)
{
  const BsFusionClips *clips = self->clips;
  gsize n_values = clips->n * BS_N_EMOTIONS;
  Parabola distance = { 0 };
  find_ends (self, weights, direction);
  if (!(self->high - self->low >= NARROWEST))
    return -1;
  bs_fusion_mix ((const double *const *) clips->p, weights, clips->n_members, n_values, self->from);
  bs_fusion_mix ((const double *const *) clips->p, direction, clips->n_members, n_values,
                 self->slope);
  g_array_set_size (self->events, 0);
  bs_fusion_board_clear (&self->board);
  for (gsize i = 0; i < clips->n; i++)
    trace_clip (self, i);
  sort_events (self);
  for (gsize m = 0; m < clips->n_members; m++) {
    double away = weights[m] - nearest_to[m];
    distance.constant += away * away;
    distance.linear += 2 * away * direction[m];
    distance.square += direction[m] * direction[m];
  }
  Found found = sweep (self, &distance);
  if (found.total >= 0)
    step_along (weights, direction, clips->n_members, found.t, best_weights);
  return found.total;
}
