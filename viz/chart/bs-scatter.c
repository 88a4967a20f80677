/* SPDX-License-Identifier: MIT */
/* Points in a plane: view, hits, lasso and drawing of all but the points themselves, which are
 * drawn by bs-scatter-points.c. */
#include "viz/chart/bs-scatter.h"

#include <glib/gi18n.h>
#include <math.h>

/* A drag is straight that gets no further from the line between its ends, in pixels or in shares of
 * the line. */
#define STRAIGHT_PX 10.0
#define STRAIGHT_SHARE 0.15
#define LEAST_RECTANGLE_PX 16.0

#include "viz/chart/bs-scatter-private.h"

#define LEGEND_COLUMN_EM 7.6
#define MOST_ZOOM 1e4

/**
 * bs_scatter_init:
 * @self: (out caller-allocates): an empty plane
 */
void
bs_scatter_init (BsScatter *self)
{
  *self = (BsScatter){ .x_to = 1, .y_to = 1, .hover = -1, .chosen = -1 };
}

/* The range of the finite values with a margin, never empty. */
static void
range_of (const float *values, gsize n, double *from, double *to)
{
  double least = INFINITY, most = -INFINITY, margin;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i])) {
      least = MIN (least, values[i]);
      most = MAX (most, values[i]);
    }
  if (!(least <= most)) {
    least = 0;
    most = 1;
  }
  margin = most > least ? (most - least) * .04 : 1;
  *from = least - margin;
  *to = most + margin;
}

/**
 * bs_scatter_fit:
 * @self: a plane
 *
 * Brings all points into view.
 */
void
bs_scatter_fit (BsScatter *self)
{
  range_of (self->x, self->x ? self->n : 0, &self->x_from, &self->x_to);
  range_of (self->y, self->y ? self->n : 0, &self->y_from, &self->y_to);
}

/**
 * bs_scatter_legend_entry:
 * @self: a plane
 * @width: of the drawing
 * @theme: a theme
 * @group: which
 *
 * Returns: where the group stands in the legend; empty where there are too many for one
 */
BsRect
bs_scatter_legend_entry (const BsScatter *self, double width, const BsChartTheme *theme,
                         gsize group)
{
  if (self->n_groups > BS_SCATTER_MOST_LEGEND)
    return (BsRect){ 0 };
  return bs_legend_entry (group, LEGEND_COLUMN_EM, width, theme);
}

/**
 * bs_scatter_plot:
 * @self: a plane
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 *
 * Returns: the rectangle that holds the points
 */
BsRect
bs_scatter_plot (const BsScatter *self, double width, double height, const BsChartTheme *theme)
{
  gsize n = self->n_groups > BS_SCATTER_MOST_LEGEND ? 0 : self->n_groups;
  double top = bs_legend_height (n, LEGEND_COLUMN_EM, width, theme) + 8;
  double left = theme->size_px * 4;

  return (BsRect){ left, top, MAX (1, width - left - 8),
                   MAX (1, height - top - theme->size_px * 3) };
}

void
_bs_scatter_scales (const BsScatter *self, const BsRect *plot, BsScale *across, BsScale *up)
{
  *across = (BsScale){ self->x_from, self->x_to, plot->x, plot->x + plot->width };
  *up = (BsScale){ self->y_from, self->y_to, plot->y + plot->height, plot->y };
}

/**
 * bs_scatter_zoom:
 * @self: a plane
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @factor: above 1 to come closer
 * @x: the point that stays where it is
 * @y: likewise
 */
void
bs_scatter_zoom (BsScatter *self, double width, double height, const BsChartTheme *theme,
                 double factor, double x, double y)
{
  BsRect plot = bs_scatter_plot (self, width, height, theme);
  BsScale across, up;
  double centre_x, centre_y;
  BsScatter all = *self;

  bs_scatter_fit (&all);
  factor = CLAMP (factor, 1 / MOST_ZOOM, MOST_ZOOM);
  if ((self->x_to - self->x_from) / factor < (all.x_to - all.x_from) / MOST_ZOOM ||
      (self->x_to - self->x_from) / factor > (all.x_to - all.x_from) * 20)
    return;
  _bs_scatter_scales (self, &plot, &across, &up);
  centre_x = bs_scale_value (&across, x);
  centre_y = bs_scale_value (&up, y);
  self->x_from = centre_x + (self->x_from - centre_x) / factor;
  self->x_to = centre_x + (self->x_to - centre_x) / factor;
  self->y_from = centre_y + (self->y_from - centre_y) / factor;
  self->y_to = centre_y + (self->y_to - centre_y) / factor;
}

/**
 * bs_scatter_pan:
 * @self: a plane
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @dx: pixels by which the points move to the right
 * @dy: and down
 */
void
bs_scatter_pan (BsScatter *self, double width, double height, const BsChartTheme *theme, double dx,
                double dy)
{
  BsRect plot = bs_scatter_plot (self, width, height, theme);
  double x = dx / plot.width * (self->x_to - self->x_from);
  double y = dy / plot.height * (self->y_to - self->y_from);

  self->x_from -= x;
  self->x_to -= x;
  self->y_from += y;
  self->y_to += y;
}

/**
 * bs_scatter_point:
 * @self: a plane
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @index: which point
 * @x: (out): where it is drawn
 * @y: (out): likewise
 */
void
bs_scatter_point (const BsScatter *self, double width, double height, const BsChartTheme *theme,
                  gsize index, double *x, double *y)
{
  BsRect plot = bs_scatter_plot (self, width, height, theme);
  BsScale across, up;

  _bs_scatter_scales (self, &plot, &across, &up);
  *x = bs_scale_px (&across, self->x[index]);
  *y = bs_scale_px (&up, self->y[index]);
}

static gboolean
is_shown (const BsScatter *self, gsize index)
{
  return self->group && self->group[index] < self->n_groups &&
         !self->groups[self->group[index]].hidden && isfinite (self->x[index]) &&
         isfinite (self->y[index]);
}

/**
 * bs_scatter_hit:
 * @self: a plane
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @x: a place
 * @y: a place
 *
 * Returns: the nearest point on show within %BS_SCATTER_PICK_PX, or -1; dimmed ones only where
 *   there is no other
 */
int
bs_scatter_hit (const BsScatter *self, double width, double height, const BsChartTheme *theme,
                double x, double y)
{
  BsRect plot = bs_scatter_plot (self, width, height, theme);
  double best = BS_SCATTER_PICK_PX * BS_SCATTER_PICK_PX;
  gboolean best_is_dimmed = TRUE;
  BsScale across, up;
  int found = -1;

  if (!bs_rect_contains (&plot, x, y))
    return -1;
  _bs_scatter_scales (self, &plot, &across, &up);
  for (gsize i = 0; i < self->n; i++) {
    double dx = bs_scale_px (&across, self->x[i]) - x, dy = bs_scale_px (&up, self->y[i]) - y;
    double distance = dx * dx + dy * dy;
    gboolean dimmed = self->dimmed && self->dimmed[i];

    if (!(distance <= BS_SCATTER_PICK_PX * BS_SCATTER_PICK_PX) || !is_shown (self, i))
      continue;
    if ((best_is_dimmed && !dimmed) || (dimmed == best_is_dimmed && distance <= best)) {
      best = distance;
      best_is_dimmed = dimmed;
      found = (int) i;
    }
  }
  return found;
}

/**
 * bs_scatter_hit_legend:
 * @self: a plane
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @x: a place
 * @y: a place
 *
 * Returns: the group whose legend stands there, or -1
 */
int
bs_scatter_hit_legend (const BsScatter *self, double width, double height,
                       const BsChartTheme *theme, double x, double y)
{
  for (gsize i = 0; i < self->n_groups; i++) {
    BsRect entry = bs_scatter_legend_entry (self, width, theme, i);

    if (bs_rect_contains (&entry, x, y))
      return (int) i;
  }
  return -1;
}

/* Even-odd rule: how often a ray to the right crosses the outline. */
static gboolean
is_inside (const double (*corners)[2], gsize n, double x, double y)
{
  gboolean inside = FALSE;

  for (gsize i = 0, j = n - 1; i < n; j = i++) {
    const double *a = corners[i], *b = corners[j];

    if ((a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0])
      inside = !inside;
  }
  return inside;
}

/* How far a path gets from the straight line between its ends. */
static double
deviation (const double (*path)[2], gsize n)
{
  const double *from = path[0], *to = path[n - 1];
  double dx = to[0] - from[0], dy = to[1] - from[1], length = hypot (dx, dy), most = 0;

  for (gsize i = 0; i < n; i++) {
    double x = path[i][0] - from[0], y = path[i][1] - from[1];

    most = MAX (most, length > 0 ? fabs (x * dy - y * dx) / length : hypot (x, y));
  }
  return most;
}

static void
widen (double *low, double *high)
{
  double lacking = MAX (0, LEAST_RECTANGLE_PX - (*high - *low)) / 2;

  *low -= lacking;
  *high += lacking;
}

/**
 * bs_scatter_outline:
 * @path: (array length=n): where a drag went, pixels, first to last
 * @n: how many places
 *
 * What a drag encloses. One that is about straight means the rectangle between its ends, at least
 * 16 pixels wide and high, so that a line drawn along points finds them; any other is an outline of
 * its own, a lasso.
 *
 * Returns: (transfer full) (element-type double[2]): the outline's corners, closed by itself
 */
GArray *
bs_scatter_outline (const double (*path)[2], gsize n)
{
  GArray *corners = g_array_new (FALSE, FALSE, sizeof (double[2]));

  if (n < 2)
    return corners;
  const double *from = path[0], *to = path[n - 1];
  double length = hypot (to[0] - from[0], to[1] - from[1]);
  if (deviation (path, n) > MAX (STRAIGHT_PX, STRAIGHT_SHARE * length)) {
    g_array_append_vals (corners, path, (guint) n);
    return corners;
  }
  double left = MIN (from[0], to[0]), right = MAX (from[0], to[0]);
  double top = MIN (from[1], to[1]), bottom = MAX (from[1], to[1]);
  widen (&left, &right);
  widen (&top, &bottom);
  const double rectangle[][2] = {
    { left, top }, { right, top }, { right, bottom }, { left, bottom }
  };
  g_array_append_vals (corners, rectangle, G_N_ELEMENTS (rectangle));
  return corners;
}

/**
 * bs_scatter_lasso:
 * @self: a plane
 * @width: of the drawing
 * @height: of the drawing
 * @theme: a theme
 * @corners: (array length=n_corners): an outline in pixels, closed by itself
 * @n_corners: how many
 *
 * Returns: (transfer full) (element-type guint): points on show inside the outline
 */
GArray *
bs_scatter_lasso (const BsScatter *self, double width, double height, const BsChartTheme *theme,
                  const double (*corners)[2], gsize n_corners)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  BsRect plot = bs_scatter_plot (self, width, height, theme);
  BsScale across, up;

  _bs_scatter_scales (self, &plot, &across, &up);
  for (guint i = 0; n_corners >= 3 && i < self->n; i++) {
    double x = bs_scale_px (&across, self->x[i]), y = bs_scale_px (&up, self->y[i]);

    if (is_shown (self, i) && bs_rect_contains (&plot, x, y) &&
        is_inside (corners, n_corners, x, y))
      g_array_append_val (found, i);
  }
  return found;
}

static void
draw_legend (const BsScatter *self, BsPainter *painter, double width)
{
  const BsChartTheme *theme = painter->theme;
  BsFont font = bs_painter_font (painter, .92, FALSE);

  if (self->n_groups > BS_SCATTER_MOST_LEGEND)
    return;
  for (gsize i = 0; i < self->n_groups; i++) {
    const BsScatterGroup *group = &self->groups[i];
    BsRect entry = bs_scatter_legend_entry (self, width, theme, i);
    double middle = entry.y + entry.height / 2;

    if (group->hidden) {
      cairo_new_path (painter->cr);
      bs_painter_marker (painter, group->disc ? BS_MARKER_DISC : group->marker, entry.x + 7, middle,
                         4);
      bs_color_set (painter->cr, theme->dim);
      cairo_set_line_width (painter->cr, 1);
      cairo_stroke (painter->cr);
    } else {
      _bs_scatter_draw_symbol (painter, group, entry.x + 7, middle, group->disc ? 5 : 4, 1);
    }
    bs_painter_text (painter, font, group->hidden ? theme->dim : theme->text, entry.x + 17, middle,
                     0, .5, group->name);
  }
}

/**
 * bs_scatter_draw:
 * @self: a plane
 * @cr: what to draw on; vector surfaces get shapes, or an image of more than 20,000 points
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 *
 * Draws all but the rings.
 */
void
bs_scatter_draw (const BsScatter *self, cairo_t *cr, double width, double height,
                 const BsChartTheme *theme)
{
  g_autoptr (BsPainter) painter = bs_painter_new (cr, theme);
  BsRect plot = bs_scatter_plot (self, width, height, theme);
  BsAxis axis_x = { .title = self->x_title,
                    .n_ticks = MAX (2, (int) (plot.width / 70)),
                    .grid = TRUE };
  BsAxis axis_y = { .title = self->y_title,
                    .n_ticks = MAX (2, (int) (plot.height / 50)),
                    .grid = TRUE };
  BsScale across, up;

  _bs_scatter_scales (self, &plot, &across, &up);
  bs_axis_draw_x (painter, &plot, &across, &axis_x);
  bs_axis_draw_y (painter, &plot, &up, &axis_y);
  draw_legend (self, painter, width);
  if (self->n > 0 && self->x && self->y && self->group)
    _bs_scatter_draw_points (self, painter, &plot);
}

static void
draw_ring (const BsScatter *self, cairo_t *cr, double width, double height,
           const BsChartTheme *theme, int index, double radius, BsColor color)
{
  BsRect plot = bs_scatter_plot (self, width, height, theme);
  double x, y;

  if (index < 0 || (gsize) index >= self->n)
    return;
  bs_scatter_point (self, width, height, theme, (gsize) index, &x, &y);
  if (!bs_rect_contains (&plot, x, y))
    return;
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  bs_color_set (cr, theme->background);
  cairo_set_line_width (cr, 4);
  cairo_stroke_preserve (cr);
  bs_color_set (cr, color);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

/**
 * bs_scatter_draw_marks:
 * @self: a plane
 * @cr: what to draw on
 * @width: pixels
 * @height: pixels
 * @theme: a theme
 *
 * Draws the rings around the chosen point and the one under the pointer.
 */
void
bs_scatter_draw_marks (const BsScatter *self, cairo_t *cr, double width, double height,
                       const BsChartTheme *theme)
{
  draw_ring (self, cr, width, height, theme, self->chosen, 8, theme->accent);
  draw_ring (self, cr, width, height, theme, self->hover, 6.5, theme->text);
}

/**
 * bs_scatter_draw_lasso:
 * @cr: what to draw on
 * @theme: a theme
 * @corners: (array length=n_corners): the outline so far, pixels
 * @n_corners: how many
 */
void
bs_scatter_draw_lasso (cairo_t *cr, const BsChartTheme *theme, const double (*corners)[2],
                       gsize n_corners)
{
  static const double dashes[] = { 4, 3 };

  cairo_new_path (cr);
  for (gsize i = 0; i < n_corners; i++)
    cairo_line_to (cr, corners[i][0], corners[i][1]);
  cairo_close_path (cr);
  bs_color_set_alpha (cr, theme->accent, .15);
  cairo_fill_preserve (cr);
  bs_color_set (cr, theme->accent);
  cairo_set_line_width (cr, 1.5);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/**
 * bs_scatter_table:
 * @self: a plane
 *
 * Returns: (transfer full): name, both coordinates and group of every point
 */
BsTable *
bs_scatter_table (const BsScatter *self)
{
  BsTable *table = bs_table_new ();

  bs_table_add_column (table, N_ ("name"), 0);
  bs_table_add_column (table, self->x_title ? self->x_title : "x", 3);
  bs_table_add_column (table, self->y_title ? self->y_title : "y", 3);
  bs_table_add_column (table, N_ ("group"), 0);
  for (gsize i = 0; i < self->n; i++) {
    bs_table_add_text (table, self->names ? self->names[i] : NULL);
    bs_table_add_number (table, self->x[i]);
    bs_table_add_number (table, self->y[i]);
    bs_table_add_text (table,
                       self->group[i] < self->n_groups ? self->groups[self->group[i]].name : NULL);
  }
  return table;
}
