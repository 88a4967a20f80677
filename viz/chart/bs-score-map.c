/* SPDX-License-Identifier: MIT */
/* The map of the score over the two thresholds. The handle and the few marks around it are drawn
 * apart, so that dragging it costs nothing of the map's own drawing. */
#include "viz/chart/bs-score-map-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define DISC_PX 7.5
#define HANDLE_PX 12.0
#define BAR_PX 9.0
#define HATCH_PX 7.0

/**
 * bs_score_map_init:
 * @self: (out caller-allocates): an empty map
 */
void
bs_score_map_init (BsScoreMap *self)
{
  *self = (BsScoreMap){
    .alpha_to = 1,
    .beta_to = 1,
    .largest_p2 = NAN,
    .largest_d = NAN,
    .alpha = NAN,
    .beta = NAN,
    .map = BS_COLOR_MAP_VIRIDIS,
  };
}

/**
 * bs_score_map_clear:
 * @self: a map
 *
 * Frees what the map made for itself; the arrays are the caller's.
 */
void
bs_score_map_clear (BsScoreMap *self)
{
  g_clear_pointer (&self->image, cairo_surface_destroy);
}

/**
 * bs_score_map_raster_changed:
 * @self: a map
 *
 * To be called when @score, its size or @map is another than at the last drawing.
 */
void
bs_score_map_raster_changed (BsScoreMap *self)
{
  bs_score_map_clear (self);
}

static void
find_range (BsScoreMap *self)
{
  self->least = INFINITY;
  self->most = -INFINITY;
  for (gsize i = 0; i < self->n_alpha * self->n_beta; i++) {
    if (!isfinite (self->score[i]))
      continue;
    self->least = MIN (self->least, self->score[i]);
    self->most = MAX (self->most, self->score[i]);
  }
}

static double
share_of_range (const BsScoreMap *self, double score)
{
  return self->most > self->least ? (score - self->least) / (self->most - self->least) : .5;
}

/* One pixel for each value, the highest beta on top. */
static void
render_raster (BsScoreMap *self)
{
  guint8 *data;
  int stride;

  if (!self->score || self->n_alpha == 0 || self->n_beta == 0)
    return;
  find_range (self);
  self->image =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) self->n_alpha, (int) self->n_beta);
  data = cairo_image_surface_get_data (self->image);
  stride = cairo_image_surface_get_stride (self->image);
  for (gsize row = 0; row < self->n_beta; row++) {
    const double *from = self->score + (self->n_beta - 1 - row) * self->n_alpha;
    guint32 *to = (guint32 *) (gpointer) (data + row * (gsize) stride);

    for (gsize i = 0; i < self->n_alpha; i++)
      to[i] = isfinite (from[i])
                ? bs_color_to_rgb24 (bs_color_map (self->map, share_of_range (self, from[i])))
                : 0;
  }
  cairo_surface_mark_dirty (self->image);
}

/**
 * bs_score_map_plot:
 * @self: a map
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 *
 * Returns: the rectangle that the map fills
 */
BsRect
bs_score_map_plot (const BsScoreMap *self, double width, double height, const BsChartTheme *theme)
{
  double left = theme->size_px * 3.4, bottom = theme->size_px * 3, right = theme->size_px * 4.4;

  return (BsRect){ left, HANDLE_PX, MAX (1, width - left - right),
                   MAX (1, height - HANDLE_PX - bottom) };
}

static BsScale
scale_x (const BsScoreMap *self, const BsRect *plot)
{
  return (BsScale){ self->alpha_from, self->alpha_to, plot->x, plot->x + plot->width };
}

static BsScale
scale_y (const BsScoreMap *self, const BsRect *plot)
{
  return (BsScale){ self->beta_from, self->beta_to, plot->y + plot->height, plot->y };
}

/**
 * bs_score_map_point:
 * @self: a map
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @alpha: a threshold
 * @beta: the other
 * @x: (out): where the pair lies
 * @y: (out): likewise
 */
void
bs_score_map_point (const BsScoreMap *self, double width, double height, const BsChartTheme *theme,
                    double alpha, double beta, double *x, double *y)
{
  BsRect plot = bs_score_map_plot (self, width, height, theme);
  BsScale across = scale_x (self, &plot), up = scale_y (self, &plot);

  *x = bs_scale_px (&across, alpha);
  *y = bs_scale_px (&up, beta);
}

/**
 * bs_score_map_hit:
 * @self: a map
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @x: a point
 * @y: a point
 * @alpha: (out): the pair there, held within the map
 * @beta: (out): likewise
 *
 * Returns: whether the point lies on the map or on the handle at its edge
 */
gboolean
bs_score_map_hit (const BsScoreMap *self, double width, double height, const BsChartTheme *theme,
                  double x, double y, double *alpha, double *beta)
{
  BsRect plot = bs_score_map_plot (self, width, height, theme);
  BsRect near = { plot.x - HANDLE_PX, plot.y - HANDLE_PX, plot.width + 2 * HANDLE_PX,
                  plot.height + 2 * HANDLE_PX };
  BsScale across = scale_x (self, &plot), up = scale_y (self, &plot);

  *alpha = CLAMP (bs_scale_value (&across, x), self->alpha_from, self->alpha_to);
  *beta = CLAMP (bs_scale_value (&up, y), self->beta_from, self->beta_to);
  return bs_rect_contains (&near, x, y);
}

/* Discs of equal optima would hide each other: a disc goes to the nearest free place around its
 * point, tried in rings. */
static void
place_disc (const BsScoreMap *self, double width, double height, const BsChartTheme *theme,
            gsize index, double (*placed)[2])
{
  double x, y;

  bs_score_map_point (self, width, height, theme, self->optima[index].alpha,
                      self->optima[index].beta, &x, &y);
  for (int attempt = 0; attempt < 48; attempt++) {
    double ring = attempt ? 2 * DISC_PX * (1 + (attempt - 1) / 8) : 0;
    double angle = (attempt - 1) * G_PI_4 - G_PI_2;
    gboolean is_free = TRUE;

    placed[index][0] = x + ring * cos (angle);
    placed[index][1] = y + ring * sin (angle);
    for (gsize i = 0; i < index && is_free; i++)
      is_free = hypot (placed[i][0] - placed[index][0], placed[i][1] - placed[index][1]) >=
                2 * DISC_PX - .5;
    if (is_free)
      return;
  }
}

static double (*place_discs (const BsScoreMap *self, double width, double height,
                             const BsChartTheme *theme))[2]
{
  double (*placed)[2] = g_malloc0_n (self->n_optima + 1, sizeof *placed);

  for (gsize i = 0; i < self->n_optima; i++)
    place_disc (self, width, height, theme, i, placed);
  return placed;
}

/**
 * bs_score_map_hit_optimum:
 * @self: a map
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @x: a point
 * @y: a point
 *
 * Returns: index of the optimum whose disc lies there, or -1
 */
int
bs_score_map_hit_optimum (const BsScoreMap *self, double width, double height,
                          const BsChartTheme *theme, double x, double y)
{
  double (*placed)[2] = place_discs (self, width, height, theme);
  int found = -1;

  for (gsize i = 0; i < self->n_optima; i++)
    if (hypot (placed[i][0] - x, placed[i][1] - y) <= DISC_PX)
      found = (int) i;
  g_free (placed);
  return found;
}

static void
draw_raster (BsScoreMap *self, BsPainter *painter, const BsRect *plot)
{
  cairo_t *cr = painter->cr;
  if (!self->image)
    render_raster (self);
  if (!self->image)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, plot->x, plot->y, plot->width, plot->height);
  cairo_clip (cr);
  cairo_translate (cr, plot->x, plot->y);
  cairo_scale (cr, plot->width / (double) self->n_alpha, plot->height / (double) self->n_beta);
  cairo_set_source_surface (cr, self->image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* Outline of what can change no decision: right of the largest alpha that any second
 * probability reaches, and above the least of 1 - 2 alpha and @largest_d. */
static void
trace_dead_zone (const BsScoreMap *self, cairo_t *cr, const BsRect *plot, double largest_p2,
                 double largest_d)
{
  BsScale across = scale_x (self, plot), up = scale_y (self, plot);
  double right = plot->x + plot->width, bottom = plot->y + plot->height;
  double knee = CLAMP ((1 - largest_d) / 2, self->alpha_from, largest_p2);

  cairo_move_to (cr, plot->x, plot->y);
  cairo_line_to (cr, plot->x, bs_scale_px (&up, MIN (largest_d, 1 - 2 * self->alpha_from)));
  cairo_line_to (cr, bs_scale_px (&across, knee), bs_scale_px (&up, MIN (largest_d, 1 - 2 * knee)));
  cairo_line_to (cr, bs_scale_px (&across, largest_p2),
                 bs_scale_px (&up, MIN (largest_d, 1 - 2 * largest_p2)));
  cairo_line_to (cr, bs_scale_px (&across, largest_p2), bottom);
  cairo_line_to (cr, right, bottom);
  cairo_line_to (cr, right, plot->y);
  cairo_close_path (cr);
}

static void
draw_dead_zone (const BsScoreMap *self, BsPainter *painter, const BsRect *plot)
{
  BsColor white = { 1, 1, 1 };
  double largest_p2 = isfinite (self->largest_p2) ? MIN (self->largest_p2, .5) : .5;
  double largest_d = isfinite (self->largest_d) ? MIN (self->largest_d, 1) : 1;

  cairo_save (painter->cr);
  cairo_rectangle (painter->cr, plot->x, plot->y, plot->width, plot->height);
  cairo_clip (painter->cr);
  trace_dead_zone (self, painter->cr, plot, largest_p2, largest_d);
  bs_color_set_alpha (painter->cr, white, .14);
  cairo_fill_preserve (painter->cr);
  bs_painter_hatch (painter, plot, HATCH_PX, white, .42);
  /* Where the rule itself ends, whatever the data. */
  trace_dead_zone (self, painter->cr, plot, .5, 1);
  bs_color_set_alpha (painter->cr, white, .55);
  cairo_set_line_width (painter->cr, 1);
  cairo_stroke (painter->cr);
  cairo_restore (painter->cr);
}

static void
stroke_twice (cairo_t *cr, double line_width, BsColor color)
{
  BsColor black = { 0, 0, 0 };

  bs_color_set_alpha (cr, black, .45);
  cairo_set_line_width (cr, line_width + 2);
  cairo_stroke_preserve (cr);
  bs_color_set (cr, color);
  cairo_set_line_width (cr, line_width);
  cairo_stroke (cr);
}

static void
draw_regions (const BsScoreMap *self, BsPainter *painter, const BsRect *plot)
{
  BsScale across = scale_x (self, plot), up = scale_y (self, plot);
  BsColor white = { 1, 1, 1 };

  cairo_save (painter->cr);
  cairo_rectangle (painter->cr, plot->x, plot->y, plot->width, plot->height);
  cairo_clip (painter->cr);
  for (gsize i = 0; i < self->n_regions; i++) {
    const BsMapRegion *region = &self->regions[i];
    double x0 = bs_scale_px (&across, region->alpha_from);
    double x1 = bs_scale_px (&across, region->alpha_to);
    double y0 = bs_scale_px (&up, region->beta_to), y1 = bs_scale_px (&up, region->beta_from);

    /* Most are smaller than a pixel: they are shown as small boxes all the same. */
    cairo_rectangle (painter->cr, (x0 + x1) / 2 - MAX (x1 - x0, 3) / 2,
                     (y0 + y1) / 2 - MAX (y1 - y0, 3) / 2, MAX (x1 - x0, 3), MAX (y1 - y0, 3));
    stroke_twice (painter->cr, 1, white);
  }
  cairo_restore (painter->cr);
}

/* A disc, drawn out for a name that is wider than it. */
static void
pill (cairo_t *cr, double x, double y, double text_width)
{
  double radius = DISC_PX - .5, half = MAX (text_width / 2 - radius + 3, 0);
  cairo_new_path (cr);
  cairo_arc (cr, x + half, y, radius, -G_PI_2, G_PI_2);
  cairo_arc (cr, x - half, y, radius, G_PI_2, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
draw_optima (const BsScoreMap *self, BsPainter *painter, double width, double height)
{
  cairo_t *cr = painter->cr;
  double (*placed)[2] = place_discs (self, width, height, painter->theme);
  BsColor white = { 1, 1, 1 }, black = { 0, 0, 0 };
  BsFont font = { DISC_PX * 1.4, TRUE };
  char text[BS_NUMBER_SIZE];

  for (gsize i = 0; i < self->n_optima; i++) {
    double x, y;

    bs_score_map_point (self, width, height, painter->theme, self->optima[i].alpha,
                        self->optima[i].beta, &x, &y);
    if (hypot (x - placed[i][0], y - placed[i][1]) > 1) {
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, placed[i][0], placed[i][1]);
      stroke_twice (cr, 1.2, white);
    }
  }
  for (gsize i = 0; i < self->n_optima; i++) {
    const char *name = self->optima[i].name;
    if (name == NULL)
      name = bs_number_fixed (text, self->optima[i].fold, 0);
    pill (cr, placed[i][0], placed[i][1], bs_painter_text_width (painter, font, name));
    bs_color_set (cr, white);
    cairo_fill_preserve (cr);
    bs_color_set_alpha (cr, black, .7);
    cairo_set_line_width (cr, 1);
    cairo_stroke (cr);
    bs_painter_text (painter, font, black, placed[i][0], placed[i][1], .5, .5, name);
  }
  g_free (placed);
}

static void
draw_color_bar (const BsScoreMap *self, BsPainter *painter, const BsRect *plot)
{
  cairo_t *cr = painter->cr;
  BsRect bar = { plot->x + plot->width + 10, plot->y, BAR_PX, plot->height };
  BsScale scale = { self->least, self->most, bar.y + bar.height, bar.y };
  BsTicks ticks = bs_ticks_nice (self->least, self->most, MAX (2, (int) (bar.height / 50)));
  BsFont font = bs_painter_font (painter, .82, FALSE);
  cairo_pattern_t *gradient = cairo_pattern_create_linear (0, bar.y + bar.height, 0, bar.y);
  char text[BS_NUMBER_SIZE];

  for (int i = 0; i <= 16; i++) {
    BsColor color = bs_color_map (self->map, i / 16.0);

    cairo_pattern_add_color_stop_rgb (gradient, i / 16.0, color.r, color.g, color.b);
  }
  cairo_rectangle (cr, bar.x, bar.y, bar.width, bar.height);
  cairo_set_source (cr, gradient);
  cairo_fill (cr);
  cairo_pattern_destroy (gradient);
  for (int i = 0; i < ticks.n; i++) {
    double value = ticks.first + i * ticks.step;

    bs_number_for (text, value, ticks.decimals, painter->theme->decimal_point);
    bs_painter_text (painter, font, painter->theme->dim, bar.x + bar.width + 4,
                     bs_scale_px (&scale, value), 0, .5, text);
  }
}

/**
 * bs_score_map_draw:
 * @self: a map
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 *
 * Draws all but the optima and the handle.
 */
void
bs_score_map_draw (BsScoreMap *self, cairo_t *cr, double width, double height,
                   const BsChartTheme *theme)
{
  g_autoptr (BsPainter) painter = bs_painter_new (cr, theme);
  BsRect plot = bs_score_map_plot (self, width, height, theme);
  BsScale across = scale_x (self, &plot), up = scale_y (self, &plot);
  BsAxis axis_x = { .title = "α", .n_ticks = MAX (2, (int) (plot.width / 55)) };
  BsAxis axis_y = { .title = "β", .n_ticks = MAX (2, (int) (plot.height / 45)) };

  draw_raster (self, painter, &plot);
  if (self->image) {
    draw_dead_zone (self, painter, &plot);
    draw_color_bar (self, painter, &plot);
  }
  draw_regions (self, painter, &plot);
  bs_axis_draw_x (painter, &plot, &across, &axis_x);
  bs_axis_draw_y (painter, &plot, &up, &axis_y);
}

static void
draw_crosshair (const BsRect *plot, cairo_t *cr, double x, double y)
{
  BsColor white = { 1, 1, 1 };

  cairo_new_path (cr);
  cairo_move_to (cr, x, plot->y);
  cairo_line_to (cr, x, y - HANDLE_PX);
  cairo_move_to (cr, x, y + HANDLE_PX);
  cairo_line_to (cr, x, plot->y + plot->height);
  cairo_move_to (cr, plot->x, y);
  cairo_line_to (cr, x - HANDLE_PX, y);
  cairo_move_to (cr, x + HANDLE_PX, y);
  cairo_line_to (cr, plot->x + plot->width, y);
  stroke_twice (cr, 1.5, white);
}

static void
draw_ring (cairo_t *cr, double x, double y)
{
  BsColor white = { 1, 1, 1 };

  cairo_new_path (cr);
  cairo_arc (cr, x, y, HANDLE_PX - 1, 0, 2 * G_PI);
  bs_color_set (cr, white);
  cairo_set_line_width (cr, 5);
  cairo_stroke_preserve (cr);
  bs_color_set (cr, bs_chart_theme_get (FALSE)->accent);
  cairo_set_line_width (cr, 3);
  cairo_stroke (cr);
}

/**
 * bs_score_map_draw_marks:
 * @self: a map
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 *
 * Draws crosshair, optima and handle, one over the other. A pair outside the map is shown at
 * its edge.
 */
void
bs_score_map_draw_marks (const BsScoreMap *self, cairo_t *cr, double width, double height,
                         const BsChartTheme *theme)
{
  g_autoptr (BsPainter) painter = bs_painter_new (cr, theme);
  BsRect plot = bs_score_map_plot (self, width, height, theme);
  gboolean has_handle = isfinite (self->alpha) && isfinite (self->beta);
  double x, y;

  bs_score_map_point (self, width, height, theme,
                      CLAMP (self->alpha, self->alpha_from, self->alpha_to),
                      CLAMP (self->beta, self->beta_from, self->beta_to), &x, &y);
  if (has_handle)
    draw_crosshair (&plot, cr, x, y);
  draw_optima (self, painter, width, height);
  if (has_handle)
    draw_ring (cr, x, y);
}

/**
 * bs_score_map_value:
 * @self: a map
 * @alpha: a threshold
 * @beta: the other
 *
 * Returns: the value of the cell that holds the pair; NaN outside the map
 */
double
bs_score_map_value (const BsScoreMap *self, double alpha, double beta)
{
  double column =
    (alpha - self->alpha_from) / (self->alpha_to - self->alpha_from) * (double) self->n_alpha;
  double row = (beta - self->beta_from) / (self->beta_to - self->beta_from) * (double) self->n_beta;

  if (!self->score || !(column >= 0 && row >= 0) || alpha > self->alpha_to || beta > self->beta_to)
    return NAN;
  return self->score[MIN ((gsize) row, self->n_beta - 1) * self->n_alpha +
                     MIN ((gsize) column, self->n_alpha - 1)];
}

/**
 * bs_score_map_table:
 * @self: a map
 *
 * Returns: (transfer full): alpha, beta and score of every value of the raster
 */
BsTable *
bs_score_map_table (const BsScoreMap *self)
{
  BsTable *table = bs_table_new ();

  bs_table_add_column (table, N_ ("alpha"), 3);
  bs_table_add_column (table, N_ ("beta"), 3);
  bs_table_add_column (table, N_ ("score"), 4);
  for (gsize row = 0; self->score && row < self->n_beta; row++)
    for (gsize i = 0; i < self->n_alpha; i++) {
      BsScale alpha = { self->alpha_from, self->alpha_to, 0, (double) self->n_alpha };
      BsScale beta = { self->beta_from, self->beta_to, 0, (double) self->n_beta };

      bs_table_add_number (table, bs_scale_value (&alpha, (double) i + .5));
      bs_table_add_number (table, bs_scale_value (&beta, (double) row + .5));
      bs_table_add_number (table, self->score[row * self->n_alpha + i]);
    }
  return table;
}
