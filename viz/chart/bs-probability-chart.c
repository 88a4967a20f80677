/* SPDX-License-Identifier: MIT */
/* What the model believes of the picture: six bars in the emotions' colours, with the two
 * thresholds where they apply. */
#include "viz/chart/bs-probability-chart-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define N BS_N_EMOTIONS

/* Parts of the width. */
#define NAME_SHARE 0.30
#define VALUE_SHARE 0.14
#define BAR_SHARE 0.45 /* of a row's height */

/**
 * bs_probability_chart_track:
 * @self: bars
 * @width: of the drawing
 * @height: of the drawing
 * @emotion: which bar
 *
 * Returns: where the bar's track lies, probability 0 at its left and 1 at its right
 */
BsRect
bs_probability_chart_track (const BsProbabilityChart *self, double width, double height,
                            int emotion)
{
  double row = height / N, bar = MAX (3, row * BAR_SHARE);

  return (BsRect){ width * NAME_SHARE, row * emotion + (row - bar) / 2,
                   width * (1 - NAME_SHARE - VALUE_SHARE), bar };
}

static double
clamp_probability (double p)
{
  return p > 0 ? MIN (p, 1) : 0;
}

static void
draw_bar (const BsProbabilityChart *self, BsPainter *painter, double width, double height,
          int emotion)
{
  const BsChartTheme *theme = painter->theme;
  BsRect track = bs_probability_chart_track (self, width, height, emotion), bar = track;
  BsFont font = { MIN (theme->size_px, height / N * .72), FALSE };
  double middle = track.y + track.height / 2, p = self->p[emotion];
  char text[BS_NUMBER_SIZE];

  bs_painter_round_rect (painter, &track, track.height / 3);
  bs_color_set_alpha (painter->cr, theme->text, .16);
  cairo_fill (painter->cr);
  bar.width *= clamp_probability (p);
  cairo_save (painter->cr);
  bs_painter_round_rect (painter, &track, track.height / 3);
  cairo_clip (painter->cr);
  cairo_rectangle (painter->cr, bar.x, bar.y, bar.width, bar.height);
  bs_color_set (painter->cr, bs_emotion_color (emotion, theme));
  cairo_fill (painter->cr);
  cairo_restore (painter->cr);

  bs_painter_text (painter, font, theme->text, 0, middle, 0, .5, self->names[emotion]);
  if (!isfinite (p))
    return;
  bs_number_for (text, p, 2, theme->decimal_point);
  bs_painter_text (painter, font, theme->text, width, middle, 1, .5,
                   text[0] == '0' ? text + 1 : text);
}

static void
draw_tick (BsPainter *painter, const BsRect *track, double at, double over, double line_width,
           BsColor color)
{
  double x = track->x + track->width * clamp_probability (at);

  cairo_move_to (painter->cr, x, track->y - over);
  cairo_line_to (painter->cr, x, track->y + track->height + over);
  cairo_set_line_width (painter->cr, line_width);
  bs_color_set (painter->cr, color);
  cairo_stroke (painter->cr);
}

/* Official order decides ties, as in the rule. */
static void
find_top_two (const double *p, int *first, int *second)
{
  *first = -1;
  *second = -1;
  for (int i = 0; i < N; i++) {
    if (!isfinite (p[i]))
      continue;
    if (*first < 0 || p[i] > p[*first]) {
      *second = *first;
      *first = i;
    } else if (*second < 0 || p[i] > p[*second]) {
      *second = i;
    }
  }
}

/* Beta speaks only of two present emotions, neither of them neutral. */
static void
draw_beta (const BsProbabilityChart *self, BsPainter *painter, double width, double height)
{
  const double *p = self->ticks ? self->ticks : self->p;
  int first, second;
  BsRect band;
  double from, to;

  find_top_two (p, &first, &second);
  if (!isfinite (self->beta) || second < 0 || first == N - 1 || second == N - 1 ||
      !(p[second] >= self->alpha))
    return;
  band = bs_probability_chart_track (self, width, height, second);
  from = clamp_probability (p[first] - self->beta);
  to = clamp_probability (p[first]);
  band.x += band.width * from;
  band.width *= to - from;
  band.y += band.height + 1;
  band.height = MAX (2, band.height * .25);
  cairo_rectangle (painter->cr, band.x, band.y, band.width, band.height);
  bs_color_set_alpha (painter->cr, painter->theme->text, .75);
  cairo_fill (painter->cr);
}

/**
 * bs_probability_chart_draw:
 * @self: bars
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: over a picture, the dark one
 *
 * Transparent where nothing is drawn.
 */
void
bs_probability_chart_draw (const BsProbabilityChart *self, cairo_t *cr, double width, double height,
                           const BsChartTheme *theme)
{
  g_autoptr (BsPainter) painter = bs_painter_new (cr, theme);

  for (int i = 0; i < N; i++) {
    BsRect track = bs_probability_chart_track (self, width, height, i);

    draw_bar (self, painter, width, height, i);
    if (self->ticks && isfinite (self->ticks[i]))
      draw_tick (painter, &track, self->ticks[i], 0, 3, theme->text);
    if (isfinite (self->alpha))
      draw_tick (painter, &track, self->alpha, track.height * .3, 2, theme->text);
  }
  draw_beta (self, painter, width, height);
}

/**
 * bs_probability_chart_hit:
 * @self: bars
 * @width: of the drawing
 * @height: of the drawing
 * @x: a point
 * @y: a point
 *
 * Returns: the emotion in whose row the point lies, or -1
 */
int
bs_probability_chart_hit (const BsProbabilityChart *self, double width, double height, double x,
                          double y)
{
  BsRect all = { 0, 0, width, height };

  return bs_rect_contains (&all, x, y) ? MIN (N - 1, (int) (y / height * N)) : -1;
}

/**
 * bs_probability_chart_table:
 * @self: bars
 *
 * Returns: (transfer full): emotion, probability and, where there are ticks, the clip's
 */
BsTable *
bs_probability_chart_table (const BsProbabilityChart *self)
{
  BsTable *table = bs_table_new ();

  bs_table_add_column (table, N_ ("emotion"), 0);
  bs_table_add_column (table, N_ ("probability"), 3);
  if (self->ticks)
    bs_table_add_column (table, N_ ("probability of the clip"), 3);
  for (int i = 0; i < N; i++) {
    bs_table_add_text (table, self->names[i]);
    bs_table_add_number (table, self->p[i]);
    if (self->ticks)
      bs_table_add_number (table, self->ticks[i]);
  }
  return table;
}
