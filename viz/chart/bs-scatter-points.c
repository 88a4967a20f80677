/* SPDX-License-Identifier: MIT */
/* Draws the points of a scatter chart. A path for each of 100,000 points takes cairo half a
 * second, so on screen each group's shape is drawn once, as a stamp, and pressed into an image
 * by an own loop over pixels. Vector files get real shapes as long as they stay small. */
#include <math.h>

#include "viz/chart/bs-glyph.h"
#include "viz/chart/bs-scatter-private.h"

#define MOST_VECTOR_POINTS 20000
#define STAMP_SIZE 32
#define DIM_ALPHA .13

typedef struct {
  int size, centre;
  /* Premultiplied ARGB. */
  guint32 pixels[STAMP_SIZE * STAMP_SIZE];
} Stamp;

typedef struct {
  guint8 *data;
  int stride, width, height;
} Image;

/* Discs of lists, 10 pixels wide; in crowds as small as other points. */
#define DISC_PX 5.0
#define MOST_DISCS 4000

static double
radius_for (const BsScatter *self, const BsScatterGroup *group)
{
  double n = (double) self->n;

  if (group->disc && self->n <= MOST_DISCS)
    return DISC_PX;
  return CLAMP (4.2 - log10 (MAX (1, n) / 300) * 1.05, 1.6, 4.2);
}

/* A group's sign: a disc without letter, or a marker. */
void
_bs_scatter_draw_symbol (BsPainter *painter, const BsScatterGroup *group, double x, double y,
                         double radius, double alpha)
{
  cairo_new_path (painter->cr);
  if (group->disc && group->second >= 0) {
    cairo_push_group (painter->cr);
    bs_glyph_draw (painter, x, y, radius, group->first, group->second, group->first_share);
    cairo_pop_group_to_source (painter->cr);
    cairo_paint_with_alpha (painter->cr, alpha);
    return;
  }
  bs_painter_marker (painter, group->disc ? BS_MARKER_DISC : group->marker, x, y, radius);
  bs_color_set_alpha (painter->cr,
                      group->disc ? bs_emotion_color (group->first, painter->theme) : group->color,
                      alpha);
  cairo_fill (painter->cr);
}

static void
make_stamp (Stamp *stamp, const BsChartTheme *theme, const BsScatterGroup *group, double radius,
            double alpha)
{
  cairo_surface_t *surface;
  BsPainter painter = { .theme = theme };

  stamp->size = MIN (STAMP_SIZE, 2 * (int) ceil (radius * 1.4 + 1) + 1);
  stamp->centre = stamp->size / 2;
  surface = cairo_image_surface_create_for_data ((guint8 *) stamp->pixels, CAIRO_FORMAT_ARGB32,
                                                 stamp->size, stamp->size, stamp->size * 4);
  painter.cr = cairo_create (surface);
  cairo_set_operator (painter.cr, CAIRO_OPERATOR_CLEAR);
  cairo_paint (painter.cr);
  cairo_set_operator (painter.cr, CAIRO_OPERATOR_OVER);
  _bs_scatter_draw_symbol (&painter, group, stamp->centre + .5, stamp->centre + .5, radius, alpha);
  cairo_destroy (painter.cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
}

/* Two channels at a time: source over destination, premultiplied, rounded as pixman does. */
static inline guint32
blend (guint32 source, guint32 destination)
{
  guint32 rest = 255 - (source >> 24);
  guint32 rb = (destination & 0x00ff00ff) * rest + 0x00800080;
  guint32 ag = (destination >> 8 & 0x00ff00ff) * rest + 0x00800080;

  rb = (rb + (rb >> 8 & 0x00ff00ff)) >> 8 & 0x00ff00ff;
  ag = (ag + (ag >> 8 & 0x00ff00ff)) & 0xff00ff00;
  return source + (rb | ag);
}

static void
press (const Image *image, const Stamp *stamp, int x, int y)
{
  int left = x - stamp->centre, top = y - stamp->centre;
  int from_x = MAX (0, -left), to_x = MIN (stamp->size, image->width - left);
  int from_y = MAX (0, -top), to_y = MIN (stamp->size, image->height - top);

  for (int row = from_y; row < to_y; row++) {
    guint32 *to =
      (guint32 *) (gpointer) (image->data + (gsize) (top + row) * (gsize) image->stride);
    const guint32 *from = stamp->pixels + row * stamp->size;

    for (int i = from_x; i < to_x; i++)
      if (from[i])
        to[left + i] = blend (from[i], to[left + i]);
  }
}

/* What is hinted at lies below what is meant. */
static void
press_points (const BsScatter *self, const BsRect *plot, const Image *image, const Stamp *stamps,
              gboolean dimmed, double scale)
{
  BsRect device = { 0, 0, plot->width * scale, plot->height * scale };
  BsScale across, up;

  _bs_scatter_scales (self, &device, &across, &up);
  for (gsize i = 0; i < self->n; i++) {
    double x, y;

    if (self->group[i] >= self->n_groups || self->groups[self->group[i]].hidden ||
        (self->dimmed && self->dimmed[i]) != dimmed)
      continue;
    x = bs_scale_px (&across, self->x[i]);
    y = bs_scale_px (&up, self->y[i]);
    if (x > -STAMP_SIZE && x < image->width + STAMP_SIZE && y > -STAMP_SIZE &&
        y < image->height + STAMP_SIZE)
      press (image, &stamps[self->group[i]], (int) floor (x), (int) floor (y));
  }
}

static void
draw_pixels (const BsScatter *self, BsPainter *painter, const BsRect *plot, double scale)
{
  cairo_surface_t *surface;
  Stamp *stamps = g_new (Stamp, self->n_groups + 1);
  Image image;

  image.width = (int) ceil (plot->width * scale);
  image.height = (int) ceil (plot->height * scale);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, image.width, image.height);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS) {
    image.data = cairo_image_surface_get_data (surface);
    image.stride = cairo_image_surface_get_stride (surface);
    for (int dimmed = self->dimmed ? 1 : 0; dimmed >= 0; dimmed--) {
      for (gsize i = 0; i < self->n_groups; i++)
        make_stamp (&stamps[i], painter->theme, &self->groups[i],
                    MIN (radius_for (self, &self->groups[i]) * scale, 10),
                    dimmed ? DIM_ALPHA : .88);
      press_points (self, plot, &image, stamps, dimmed, scale);
    }
    cairo_surface_mark_dirty (surface);
    cairo_save (painter->cr);
    cairo_translate (painter->cr, plot->x, plot->y);
    cairo_scale (painter->cr, 1 / scale, 1 / scale);
    cairo_set_source_surface (painter->cr, surface, 0, 0);
    cairo_paint (painter->cr);
    cairo_restore (painter->cr);
  }
  cairo_surface_destroy (surface);
  g_free (stamps);
}

static void
draw_shapes (const BsScatter *self, BsPainter *painter, const BsRect *plot)
{
  BsScale across, up;

  _bs_scatter_scales (self, plot, &across, &up);
  cairo_save (painter->cr);
  cairo_rectangle (painter->cr, plot->x, plot->y, plot->width, plot->height);
  cairo_clip (painter->cr);
  for (int dimmed = self->dimmed ? 1 : 0; dimmed >= 0; dimmed--)
    for (gsize i = 0; i < self->n; i++) {
      const BsScatterGroup *group;

      if (self->group[i] >= self->n_groups || !isfinite (self->x[i]) || !isfinite (self->y[i]) ||
          (self->dimmed && self->dimmed[i]) != dimmed)
        continue;
      group = &self->groups[self->group[i]];
      if (group->hidden)
        continue;
      _bs_scatter_draw_symbol (painter, group, bs_scale_px (&across, self->x[i]),
                               bs_scale_px (&up, self->y[i]), radius_for (self, group),
                               dimmed ? DIM_ALPHA : .88);
    }
  cairo_restore (painter->cr);
}

void
_bs_scatter_draw_points (const BsScatter *self, BsPainter *painter, const BsRect *plot)
{
  cairo_surface_t *target = cairo_get_target (painter->cr);
  cairo_surface_type_t type = cairo_surface_get_type (target);
  gboolean vector = type == CAIRO_SURFACE_TYPE_SVG || type == CAIRO_SURFACE_TYPE_PDF;
  double scale = 2, ignored;

  if (vector && self->n <= MOST_VECTOR_POINTS) {
    draw_shapes (self, painter, plot);
    return;
  }
  if (!vector)
    cairo_surface_get_device_scale (target, &scale, &ignored);
  draw_pixels (self, painter, plot, scale);
}
