/* SPDX-License-Identifier: MIT */
/* A clip's sound, probabilities and attention over time. The playhead is drawn apart, so that a
 * playing clip need not draw the curves anew for every picture. */
#include "viz/chart/bs-timeline-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* Rows of the table where there is nothing but sound: as far apart as windows are. */
#define STRETCH_S .2
#define MARGIN_PX 8.0
#define HANDLE_PX 6.0
#define SOUND_SHARE 0.32
/* In sizes of the font: a taller timeline is the curves'. */
#define MOST_SOUND 5.0
/* The curves' range ends at multiples of this, and is at least twice as much. */
#define RANGE_STEP 0.05
#define LANE_GAP_PX 2.0
#define LABEL_GAP_PX 5.0
/* Of the plot's height at most: probabilities and sound are what is read first. */
#define LANES_SHARE 0.46
/* Width of what is written at the left, in sizes of the font: names of encoders are longer. */
#define LABELS 7.0
#define LANE_LABELS 10.0
/* Likewise at the right: the curves' range, beyond the letters at their ends. */
#define RANGE_LABELS 2.8
/* Bars of the waveform, as wide as they are apart: an outline of single pixels shimmers. */
#define WAVE_STEP_PX 3.0

/**
 * bs_timeline_init:
 * @self: (out caller-allocates): an empty timeline
 */
void
bs_timeline_init (BsTimeline *self)
{
  *self = (BsTimeline){ .alpha = NAN, .loop_from_s = NAN, .loop_to_s = NAN, .playhead_s = NAN };
}

/**
 * bs_timeline_plot:
 * @self: a timeline
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 *
 * Returns: the rectangle whose width is the clip's duration
 */
BsRect
bs_timeline_plot (const BsTimeline *self, double width, double height, const BsChartTheme *theme)
{
  gboolean labels = self->sound_label || self->probability_label;
  double column = self->n_lanes > 0 ? LANE_LABELS : LABELS;
  double left = labels ? theme->size_px * column : MARGIN_PX, axis = theme->size_px * 1.6;
  double right = labels ? theme->size_px * RANGE_LABELS : 2 * MARGIN_PX;

  return (BsRect){ left, MARGIN_PX, MAX (1, width - left - right),
                   MAX (1, height - MARGIN_PX - axis) };
}

/* From one lane of attention to the next. */
static double
lane_pitch (const BsTimeline *self, const BsRect *plot)
{
  return MIN (BS_TIMELINE_LANE_PX, LANES_SHARE * plot->height / MAX (self->n_lanes, 1));
}

static BsRect
lane_rect (const BsTimeline *self, const BsRect *plot, guint lane)
{
  double pitch = lane_pitch (self, plot);

  return (BsRect){ plot->x, plot->y + plot->height - pitch * (self->n_lanes - lane), plot->width,
                   MAX (1, pitch - LANE_GAP_PX) };
}

/**
 * bs_timeline_lane_at:
 * @self: a timeline
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @y: a place
 *
 * Returns: the lane of attention there, or -1
 */
int
bs_timeline_lane_at (const BsTimeline *self, double width, double height, const BsChartTheme *theme,
                     double y)
{
  BsRect plot = bs_timeline_plot (self, width, height, theme);
  double lane = floor ((y - lane_rect (self, &plot, 0).y) / lane_pitch (self, &plot));

  return lane >= 0 && lane < self->n_lanes ? (int) lane : -1;
}

/**
 * bs_timeline_x:
 * @self: a timeline
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @time_s: seconds
 *
 * Returns: where that time lies
 */
double
bs_timeline_x (const BsTimeline *self, double width, double height, const BsChartTheme *theme,
               double time_s)
{
  BsRect plot = bs_timeline_plot (self, width, height, theme);

  return self->duration_s > 0 ? plot.x + plot.width * time_s / self->duration_s : plot.x;
}

/**
 * bs_timeline_time:
 * @self: a timeline
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @x: a place
 *
 * Returns: the time there, held between 0 and the duration
 */
double
bs_timeline_time (const BsTimeline *self, double width, double height, const BsChartTheme *theme,
                  double x)
{
  BsRect plot = bs_timeline_plot (self, width, height, theme);

  return CLAMP ((x - plot.x) / plot.width, 0, 1) * MAX (self->duration_s, 0);
}

/**
 * bs_timeline_hit:
 * @self: a timeline
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @x: a point
 * @y: a point
 *
 * Returns: what lies there
 */
BsTimelinePart
bs_timeline_hit (const BsTimeline *self, double width, double height, const BsChartTheme *theme,
                 double x, double y)
{
  const struct {
    double time_s;
    BsTimelinePart part;
  } handles[] = {
    { self->playhead_s, BS_TIMELINE_PLAYHEAD },
    { self->loop_from_s, BS_TIMELINE_LOOP_FROM },
    { self->loop_to_s, BS_TIMELINE_LOOP_TO },
  };
  BsRect plot = bs_timeline_plot (self, width, height, theme);

  if (!(self->duration_s > 0) || y < 0 || y >= height || x < plot.x - HANDLE_PX ||
      x > plot.x + plot.width + HANDLE_PX)
    return BS_TIMELINE_NOTHING;
  for (guint i = 0; i < G_N_ELEMENTS (handles); i++)
    if (isfinite (handles[i].time_s) &&
        fabs (bs_timeline_x (self, width, height, theme, handles[i].time_s) - x) <= HANDLE_PX)
      return handles[i].part;
  return BS_TIMELINE_TIME;
}

static void
draw_sound (const BsTimeline *self, BsPainter *painter, const BsRect *lane)
{
  double middle = lane->y + lane->height / 2;
  double end = lane->x + lane->width * MIN (1, self->sound_s / self->duration_s);

  if (!self->low || !self->high || self->n_columns == 0 || !(self->sound_s > 0))
    return;
  for (double x = lane->x; x < end; x += WAVE_STEP_PX) {
    double per_px = self->duration_s / lane->width / self->sound_s * (double) self->n_columns;
    gsize from = MIN ((gsize) ((x - lane->x) * per_px), self->n_columns - 1);
    gsize to = MIN ((gsize) ((x - lane->x + WAVE_STEP_PX) * per_px), self->n_columns);
    float low = self->low[from], high = self->high[from];
    double top, bottom;

    for (gsize i = from + 1; i < to; i++) {
      low = MIN (low, self->low[i]);
      high = MAX (high, self->high[i]);
    }
    top = middle - CLAMP (high, -1, 1) * lane->height / 2;
    bottom = middle - CLAMP (low, -1, 1) * lane->height / 2;
    cairo_rectangle (painter->cr, x, top, WAVE_STEP_PX / 2, MAX (1, bottom - top));
  }
  bs_color_set_alpha (painter->cr, painter->theme->text, .55);
  cairo_fill (painter->cr);
}

static gboolean
has_track (const BsTimeline *self)
{
  return self->p && self->centre_s && self->n_windows > 0;
}

/**
 * bs_timeline_range:
 * @self: a timeline
 * @low: (out): the probability at the bottom of the curves
 * @high: (out): at their top
 *
 * The smallest range in steps of .05, within 0 to 1, that holds all probabilities and the
 * threshold; 0 to 1 where there are none.
 */
void
bs_timeline_range (const BsTimeline *self, double *low, double *high)
{
  double least = isfinite (self->alpha) ? self->alpha : INFINITY;
  double most = isfinite (self->alpha) ? self->alpha : -INFINITY;
  gboolean any = FALSE;

  for (gsize i = 0; has_track (self) && i < self->n_windows; i++)
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      if (isfinite (self->p[i][e])) {
        least = MIN (least, self->p[i][e]);
        most = MAX (most, self->p[i][e]);
        any = TRUE;
      }
  *low = 0;
  *high = 1;
  if (!any)
    return;
  /* What lies on a step stays there whatever its last digit. */
  *low = CLAMP (floor (least / RANGE_STEP + 1e-9) * RANGE_STEP, 0, 1 - 2 * RANGE_STEP);
  *high = CLAMP (ceil (most / RANGE_STEP - 1e-9) * RANGE_STEP, *low + 2 * RANGE_STEP, 1);
}

static BsScale
probability_scale (const BsTimeline *self, const BsRect *lane)
{
  BsScale up = { .from_px = lane->y + lane->height, .to_px = lane->y };

  bs_timeline_range (self, &up.from, &up.to);
  return up;
}

/**
 * bs_timeline_has_window:
 * @self: a timeline
 * @time_s: seconds
 *
 * Returns: whether the curves reach that time; %TRUE where there are none at all, or a single
 *   window that is the whole clip
 */
gboolean
bs_timeline_has_window (const BsTimeline *self, double time_s)
{
  return !has_track (self) || self->n_windows == 1 ||
         (time_s >= self->centre_s[0] && time_s <= self->centre_s[self->n_windows - 1]);
}

/* From a time to another where no window can be centred: shaded, with the reason where there is
 * room for it. */
static void
draw_end (const BsTimeline *self, BsPainter *painter, const BsRect *lane, double from_s,
          double to_s)
{
  BsFont font = bs_painter_font (painter, .82, FALSE);
  BsRect end = { lane->x + lane->width * from_s / self->duration_s, lane->y,
                 lane->width * (to_s - from_s) / self->duration_s, lane->height };

  if (!(end.width > 1))
    return;
  cairo_rectangle (painter->cr, end.x, end.y, end.width, end.height);
  bs_color_set_alpha (painter->cr, painter->theme->text, .05);
  cairo_fill (painter->cr);
  if (self->ends_note && lane->height > font.size_px * 1.4 &&
      bs_painter_text_width (painter, font, self->ends_note) < end.width - 6)
    bs_painter_text (painter, font, painter->theme->dim, end.x + end.width / 2,
                     end.y + font.size_px * .9, .5, .5, self->ends_note);
}

/* Top and bottom of the range and the threshold, right of the curves. */
static void
draw_range (const BsTimeline *self, BsPainter *painter, const BsRect *lane, const BsScale *up)
{
  BsFont font = bs_painter_font (painter, .82, FALSE);
  const BsChartTheme *theme = painter->theme;
  double x = lane->x + lane->width + RANGE_LABELS * theme->size_px - LABEL_GAP_PX;
  char text[BS_NUMBER_SIZE];

  cairo_rectangle (painter->cr, lane->x, lane->y, lane->width, 1);
  cairo_rectangle (painter->cr, lane->x, lane->y + lane->height - 1, lane->width, 1);
  bs_color_set (painter->cr, theme->grid);
  cairo_fill (painter->cr);
  if (lane->height < font.size_px * 2.2)
    return;
  bs_number_for (text, up->to, 2, theme->decimal_point);
  bs_painter_text (painter, font, theme->dim, x, lane->y, 1, .5, text);
  bs_number_for (text, up->from, 2, theme->decimal_point);
  bs_painter_text (painter, font, theme->dim, x, lane->y + lane->height, 1, .5, text);
  if (!isfinite (self->alpha))
    return;
  double y = bs_scale_px (up, self->alpha);
  if (fabs (y - lane->y) > font.size_px && fabs (y - lane->y - lane->height) > font.size_px)
    bs_painter_text (painter, font, theme->text, x, y, 1, .5, "α");
}

static void
draw_curve (const BsTimeline *self, BsPainter *painter, const BsRect *lane, const BsScale *up,
            int emotion)
{
  cairo_t *cr = painter->cr;
  gboolean drawing = FALSE;

  cairo_new_path (cr);
  for (gsize i = 0; i < self->n_windows; i++) {
    double p = self->p[i][emotion];
    double x = lane->x + lane->width * self->centre_s[i] / self->duration_s;
    double y = bs_scale_px (up, p);

    if (!isfinite (p) || !isfinite (x)) {
      drawing = FALSE;
      continue;
    }
    if (drawing)
      cairo_line_to (cr, x, y);
    else
      cairo_move_to (cr, x, y);
    drawing = TRUE;
    /* A single window is the whole clip. */
    if (self->n_windows == 1) {
      cairo_move_to (cr, lane->x, y);
      cairo_line_to (cr, lane->x + lane->width, y);
    }
  }
  cairo_set_line_width (cr, 1.75);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  bs_color_set (cr, bs_emotion_color (emotion, painter->theme));
  cairo_stroke (cr);
}

/* Letters at the right end name the two curves that end highest: colour is not the only sign, and
 * more letters would lie on one another. */
static void
draw_curve_letters (const BsTimeline *self, BsPainter *painter, const BsRect *lane,
                    const BsScale *up)
{
  BsFont font = bs_painter_font (painter, .8, TRUE);
  const double *last = self->p[self->n_windows - 1];
  double x = lane->x + lane->width * self->centre_s[self->n_windows - 1] / self->duration_s + 4;
  double taken = -1;

  for (int round = 0, done = -1; round < 2; round++) {
    int best = -1;

    for (int e = 0; e < BS_N_EMOTIONS; e++)
      if (e != done && isfinite (last[e]) && (best < 0 || last[e] > last[best]))
        best = e;
    if (best < 0)
      return;
    done = best;
    double y = bs_scale_px (up, last[best]);

    if (taken >= 0 && fabs (taken - y) < font.size_px)
      return;
    taken = y;
    bs_painter_text (painter, font, painter->theme->text, x, y, 0, .5, bs_emotion_letter (best));
  }
}

static void
draw_probabilities (const BsTimeline *self, BsPainter *painter, const BsRect *lane)
{
  static const double dashes[] = { 4, 3 };
  cairo_t *cr = painter->cr;

  if (!has_track (self))
    return;
  BsScale up = probability_scale (self, lane);
  if (self->n_windows > 1) {
    draw_end (self, painter, lane, 0, self->centre_s[0]);
    draw_end (self, painter, lane, self->centre_s[self->n_windows - 1], self->duration_s);
  }
  draw_range (self, painter, lane, &up);
  for (int emotion = BS_N_EMOTIONS - 1; emotion >= 0; emotion--)
    draw_curve (self, painter, lane, &up, emotion);
  draw_curve_letters (self, painter, lane, &up);
  if (isfinite (self->alpha)) {
    double y = bs_scale_px (&up, self->alpha);

    cairo_move_to (cr, lane->x, y);
    cairo_line_to (cr, lane->x + lane->width, y);
    cairo_set_dash (cr, dashes, 2, 0);
    cairo_set_line_width (cr, 1);
    bs_color_set (cr, painter->theme->text);
    cairo_stroke (cr);
    cairo_set_dash (cr, NULL, 0, 0);
  }
}

/* Half way to the neighbours, and to the clip's ends. */
static double
lane_edge (const BsTimeline *self, const BsTimelineLane *lane, gsize i)
{
  if (i == 0)
    return 0;
  return i < lane->n ? (lane->time_s[i - 1] + lane->time_s[i]) / 2 : self->duration_s;
}

static void
draw_lane (const BsTimeline *self, BsPainter *painter, const BsRect *rect,
           const BsTimelineLane *lane)
{
  cairo_t *cr = painter->cr;

  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  bs_color_set_alpha (cr, painter->theme->text, .06);
  cairo_fill (cr);
  if (lane->n == 0 && isfinite (lane->share))
    cairo_rectangle (cr, rect->x, rect->y + rect->height * (1 - lane->share), rect->width,
                     rect->height * lane->share);
  for (gsize i = 0; i < lane->n && lane->full > 0; i++) {
    double from = rect->x + rect->width * lane_edge (self, lane, i) / self->duration_s;
    double to = rect->x + rect->width * lane_edge (self, lane, i + 1) / self->duration_s;
    double height = rect->height * CLAMP (lane->weight[i] / lane->full, 0, 1);

    cairo_rectangle (cr, from, rect->y + rect->height - height, to - from, height);
  }
  bs_color_set (cr, bs_series_color (lane->series, painter->theme));
  cairo_fill (cr);
}

/* A name is cut where the lane's share begins. */
static void
draw_name (BsPainter *painter, BsFont font, double y, double width, const char *name)
{
  g_autoptr (GString) text = g_string_new (name);

  while (bs_painter_text_width (painter, font, text->str) > width && text->len > 0) {
    const char *end = text->str + text->len;

    if (g_str_has_suffix (text->str, "…"))
      end = g_utf8_prev_char (end);
    if (end == text->str)
      break;
    g_string_truncate (text, (gsize) (g_utf8_prev_char (end) - text->str));
    g_string_append (text, "…");
  }
  bs_painter_text (painter, font, painter->theme->dim, MARGIN_PX, y, 0, .5, text->str);
}

static void
draw_lanes (const BsTimeline *self, BsPainter *painter, const BsRect *plot)
{
  double size_px = painter->theme->size_px;
  BsFont font =
    bs_painter_font (painter, MIN (.78, lane_pitch (self, plot) * .95 / size_px), FALSE);
  double share_px = bs_painter_text_width (painter, font, "100 %");

  for (guint i = 0; i < self->n_lanes; i++) {
    BsRect rect = lane_rect (self, plot, i);
    double middle = rect.y + rect.height / 2, end = plot->x - LABEL_GAP_PX;
    g_autofree char *share = g_strdup_printf ("%.0f %%", self->lanes[i].share * 100);

    draw_lane (self, painter, &rect, &self->lanes[i]);
    if (isfinite (self->lanes[i].share))
      bs_painter_text (painter, font, painter->theme->dim, end, middle, 1, .5, share);
    draw_name (painter, font, middle, end - share_px - LABEL_GAP_PX - MARGIN_PX,
               self->lanes[i].name);
  }
}

static void
draw_loop (const BsTimeline *self, BsPainter *painter, const BsRect *plot)
{
  cairo_t *cr = painter->cr;
  double times[2] = { self->loop_from_s, self->loop_to_s }, x[2];

  for (int i = 0; i < 2; i++) {
    if (!isfinite (times[i]))
      return;
    x[i] = plot->x + plot->width * CLAMP (times[i] / self->duration_s, 0, 1);
  }
  cairo_rectangle (cr, x[0], plot->y, x[1] - x[0], plot->height);
  bs_color_set_alpha (cr, painter->theme->accent, .18);
  cairo_fill (cr);
  for (int i = 0; i < 2; i++)
    cairo_rectangle (cr, x[i] - 1, plot->y - 4, 2, plot->height + 8);
  bs_color_set (cr, painter->theme->accent);
  cairo_fill (cr);
}

static void
draw_labels (const BsTimeline *self, BsPainter *painter, const BsRect *sound, const BsRect *curves)
{
  BsFont font = bs_painter_font (painter, .92, FALSE);
  BsColor dim = painter->theme->dim;

  bs_painter_text (painter, font, dim, MARGIN_PX, sound->y + sound->height / 2, 0, .5,
                   self->sound_label);
  bs_painter_text (painter, font, dim, MARGIN_PX, curves->y + 2, 0, 0, self->probability_label);
  bs_painter_text (painter, bs_painter_font (painter, .82, FALSE), dim, MARGIN_PX,
                   curves->y + 2 + font.size_px * 1.25, 0, 0, self->probability_note);
}

/**
 * bs_timeline_draw:
 * @self: a timeline
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 *
 * Draws all but the playhead.
 */
void
bs_timeline_draw (const BsTimeline *self, cairo_t *cr, double width, double height,
                  const BsChartTheme *theme)
{
  g_autoptr (BsPainter) painter = bs_painter_new (cr, theme);
  BsRect plot = bs_timeline_plot (self, width, height, theme), sound = plot, curves = plot;
  BsScale scale = { 0, self->duration_s, plot.x, plot.x + plot.width };
  BsAxis axis = { .n_ticks = MAX (2, (int) (plot.width / 60)) };

  if (!(self->duration_s > 0) || !isfinite (self->duration_s))
    return;
  double above = lane_rect (self, &plot, 0).y - plot.y - (self->n_lanes > 0 ? LANE_GAP_PX : 0);
  sound.height = MIN (above * SOUND_SHARE, MOST_SOUND * theme->size_px);
  curves.y = sound.y + sound.height + 6;
  curves.height = MAX (1, plot.y + above - curves.y - 2);
  draw_loop (self, painter, &plot);
  bs_axis_draw_x (painter, &plot, &scale, &axis);
  draw_sound (self, painter, &sound);
  draw_probabilities (self, painter, &curves);
  draw_lanes (self, painter, &plot);
  draw_labels (self, painter, &sound, &curves);
}

/**
 * bs_timeline_draw_playhead:
 * @self: a timeline
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 */
void
bs_timeline_draw_playhead (const BsTimeline *self, cairo_t *cr, double width, double height,
                           const BsChartTheme *theme)
{
  BsRect plot = bs_timeline_plot (self, width, height, theme);
  double x;

  if (!(self->duration_s > 0) || !isfinite (self->playhead_s))
    return;
  x = bs_timeline_x (self, width, height, theme, CLAMP (self->playhead_s, 0, self->duration_s));
  cairo_rectangle (cr, x - 1, plot.y - 4, 2, plot.height + 8);
  bs_color_set (cr, theme->bad);
  cairo_fill (cr);
  cairo_arc (cr, x, plot.y - 3, 4, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* The loudest sample between two times, NaN where there is no sound. */
static double
peak_between (const BsTimeline *self, double from_s, double to_s)
{
  double peak = NAN;

  if (!self->low || !self->high || !(self->sound_s > 0))
    return NAN;
  double columns_per_s = (double) self->n_columns / self->sound_s;
  double from = MAX (0, floor (from_s * columns_per_s));
  double to = MIN ((double) self->n_columns, MAX (ceil (to_s * columns_per_s), from + 1));
  for (gsize i = (gsize) from; (double) i < to; i++)
    peak = fmax (peak, fmax (-(double) self->low[i], self->high[i]));
  return peak;
}

static void
add_nothing (BsTable *table, guint n)
{
  for (guint i = 0; i < n; i++)
    bs_table_add_number (table, NAN);
}

static gint
compare_times (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static double
weight_at (const BsTimelineLane *lane, double time_s)
{
  for (gsize i = 0; i < lane->n; i++)
    if (lane->time_s[i] == time_s)
      return lane->weight[i];
  return NAN;
}

/* A row for each time at which some modality has a weight. */
static void
add_weights (const BsTimeline *self, BsTable *table, guint n_before)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < self->n_lanes; i++)
    g_array_append_vals (times, self->lanes[i].time_s, (guint) self->lanes[i].n);
  g_array_sort (times, compare_times);
  for (guint t = 0; t < times->len; t++) {
    double time_s = g_array_index (times, double, t);

    if (t > 0 && time_s == g_array_index (times, double, t - 1))
      continue;
    bs_table_add_number (table, time_s);
    add_nothing (table, n_before);
    for (guint i = 0; i < self->n_lanes; i++)
      bs_table_add_number (table, weight_at (&self->lanes[i], time_s));
  }
}

static void
add_windows (const BsTimeline *self, BsTable *table)
{
  double half_s =
    (self->n_windows > 1 ? self->centre_s[1] - self->centre_s[0] : self->duration_s) / 2;

  for (gsize i = 0; i < self->n_windows; i++) {
    double time_s = self->centre_s[i];

    bs_table_add_number (table, time_s);
    bs_table_add_number (table, peak_between (self, time_s - half_s, time_s + half_s));
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      bs_table_add_number (table, self->p[i][e]);
    add_nothing (table, self->n_lanes);
  }
}

static void
add_stretches (const BsTimeline *self, BsTable *table)
{
  for (double from_s = 0; self->low && from_s < self->sound_s; from_s += STRETCH_S) {
    bs_table_add_number (table, from_s + STRETCH_S / 2);
    bs_table_add_number (table, peak_between (self, from_s, from_s + STRETCH_S));
    add_nothing (table, self->n_lanes);
  }
}

/**
 * bs_timeline_table:
 * @self: a timeline
 *
 * Returns: (transfer full): one row for each window, with the loudest sample from
 *   half way to the window before to half way to the next; without windows one for every 0.2 s of
 *   the sound. Below them one row for each time at which a modality has weight, with the weights
 */
BsTable *
bs_timeline_table (const BsTimeline *self)
{
  static const char *const headers[BS_N_EMOTIONS] = {
    N_ ("anger"), N_ ("disgust"), N_ ("fear"), N_ ("happiness"), N_ ("sadness"), N_ ("neutral"),
  };
  BsTable *table = bs_table_new ();
  gboolean with_track = has_track (self);

  bs_table_add_column (table, N_ ("time (s)"), 2);
  bs_table_add_column (table, N_ ("loudest sample"), 3);
  for (int e = 0; with_track && e < BS_N_EMOTIONS; e++)
    bs_table_add_column (table, headers[e], 3);
  for (guint i = 0; i < self->n_lanes; i++)
    bs_table_add_column (table, self->lanes[i].header, 4);
  if (with_track)
    add_windows (self, table);
  else
    add_stretches (self, table);
  add_weights (self, table, with_track ? 1 + BS_N_EMOTIONS : 1);
  return table;
}
