/* SPDX-License-Identifier: MIT */
/* How a frame gets onto the screen. Under the Cairo renderer a texture would be converted and
 * scaled on the main thread for every frame, which costs 1080p at 50 frames a second most of its
 * pictures; a Cairo surface over the decoder's own pixels, painted without blending and, where
 * the pipeline scaled it, pixel for pixel, costs a copy. The other renderers upload a texture. */
#include <math.h>

#include "ui/stage/bs-frame-painter.h"

/* The render tree of the frame before is kept until the next one was drawn, and a Cairo surface
 * that ends before the tree that shows it is copied first. */
#define N_KEPT 3

struct _BsFramePainter {
  BsFrame *frame;
  gboolean textures;
  GdkTexture *texture;
  cairo_surface_t *kept[N_KEPT]; /* newest first */
};

/**
 * bs_frame_painter_new:
 *
 * Returns: (transfer full): a painter without a frame
 */
BsFramePainter *
bs_frame_painter_new (void)
{
  return g_new0 (BsFramePainter, 1);
}

/**
 * bs_frame_painter_free:
 * @self: (transfer full): a painter
 */
void
bs_frame_painter_free (BsFramePainter *self)
{
  for (int i = 0; i < N_KEPT; i++)
    g_clear_pointer (&self->kept[i], cairo_surface_destroy);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->frame, bs_frame_unref);
  g_free (self);
}

static GdkTexture *
make_texture (BsFrame *frame)
{
  g_autoptr (GBytes) bytes =
    g_bytes_new_with_free_func (frame->pixels, (gsize) frame->stride * frame->height_px,
                                (GDestroyNotify) bs_frame_unref, bs_frame_ref (frame));
  /* The fourth byte is undefined; over black, premultiplied, it makes no difference. */
  return gdk_memory_texture_new (frame->width_px, frame->height_px,
                                 GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, frame->stride);
}

static cairo_surface_t *
make_grid (BsFrame *frame)
{
  static const cairo_user_data_key_t key;
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
    (guint8 *) frame->pixels, CAIRO_FORMAT_RGB24, frame->width_px, frame->height_px, frame->stride);
  cairo_surface_set_user_data (surface, &key, bs_frame_ref (frame),
                               (cairo_destroy_func_t) bs_frame_unref);
  return surface;
}

static void
keep_grid (BsFramePainter *self, cairo_surface_t *surface)
{
  g_clear_pointer (&self->kept[N_KEPT - 1], cairo_surface_destroy);
  memmove (self->kept + 1, self->kept, (N_KEPT - 1) * sizeof *self->kept);
  self->kept[0] = surface;
}

static void
prepare (BsFramePainter *self)
{
  g_clear_object (&self->texture);
  if (self->textures)
    self->texture = self->frame ? make_texture (self->frame) : NULL;
  else
    keep_grid (self, self->frame ? make_grid (self->frame) : NULL);
}

/**
 * bs_frame_painter_set_frame:
 * @self: a painter
 * @frame: (nullable) (transfer none): the picture to show
 */
void
bs_frame_painter_set_frame (BsFramePainter *self, BsFrame *frame)
{
  if (self->frame == frame)
    return;
  g_clear_pointer (&self->frame, bs_frame_unref);
  self->frame = frame ? bs_frame_ref (frame) : NULL;
  prepare (self);
}

/**
 * bs_frame_painter_get_frame:
 * @self: a painter
 *
 * Returns: (transfer none) (nullable): the picture on show
 */
BsFrame *
bs_frame_painter_get_frame (BsFramePainter *self)
{
  return self->frame;
}

/**
 * bs_frame_painter_set_textures:
 * @self: a painter
 * @textures: whether the renderer draws textures without help from the processor
 */
void
bs_frame_painter_set_textures (BsFramePainter *self, gboolean textures)
{
  if (self->textures == textures)
    return;
  self->textures = textures;
  prepare (self);
}

/* The largest rectangle of the frame's shape in the area, on whole device pixels. A frame that
 * the pipeline scaled for this area, give or take its rounding, is left as it is. */
static gboolean
fit (const BsFrame *frame, int width, int height, int scale, cairo_rectangle_t *to)
{
  double area_w = (double) width * scale, area_h = (double) height * scale;
  double shape =
    (double) frame->width_px * frame->par_n / ((double) frame->height_px * frame->par_d);
  double w = round (MIN (area_w, area_h * shape)), h = round (MIN (area_h, area_w / shape));
  gboolean exact = fabs (w - frame->width_px) <= 2 && fabs (h - frame->height_px) <= 2 &&
                   frame->width_px <= area_w && frame->height_px <= area_h;

  if (exact) {
    w = frame->width_px;
    h = frame->height_px;
  }
  *to = (cairo_rectangle_t){ floor ((area_w - w) / 2) / scale, floor ((area_h - h) / 2) / scale,
                             w / scale, h / scale };
  return exact;
}

static void
rounded_path (cairo_t *cr, double width, double height, double radius)
{
  double r = MIN (radius, MIN (width, height) / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, width - r, r, r, -G_PI_2, 0);
  cairo_arc (cr, width - r, height - r, r, 0, G_PI_2);
  cairo_arc (cr, r, height - r, r, G_PI_2, G_PI);
  cairo_arc (cr, r, r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

/* Rows from..to of the area, as far as the picture covers them. */
static void
paint_rows (cairo_t *cr, cairo_pattern_t *pattern, const cairo_rectangle_t *picture, double from,
            double to)
{
  double top = MAX (from, picture->y), bottom = MIN (to, picture->y + picture->height);

  if (bottom <= top)
    return;
  cairo_rectangle (cr, picture->x, top, picture->width, bottom - top);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
}

static void
paint_bars (cairo_t *cr, const cairo_rectangle_t *picture, double width, double height)
{
  double right = picture->x + picture->width, bottom = picture->y + picture->height;

  cairo_rectangle (cr, 0, 0, width, picture->y);
  cairo_rectangle (cr, 0, bottom, width, height - bottom);
  cairo_rectangle (cr, 0, picture->y, picture->x, picture->height);
  cairo_rectangle (cr, right, picture->y, width - right, picture->height);
  cairo_fill (cr);
}

/* Only the rows with round corners go through a clip; the many between are copied. */
static void
snapshot_cairo (BsFramePainter *self, GtkSnapshot *snapshot, int width, int height, int scale,
                double radius, const GdkRGBA *backdrop)
{
  const BsFrame *frame = self->frame;
  cairo_rectangle_t picture;
  gboolean exact = fit (frame, width, height, scale, &picture);
  cairo_matrix_t matrix;
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (self->kept[0]);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  double edge = ceil (radius);

  cairo_matrix_init_scale (&matrix, frame->width_px / picture.width,
                           frame->height_px / picture.height);
  cairo_matrix_translate (&matrix, -picture.x, -picture.y);
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (pattern, exact ? CAIRO_FILTER_FAST : CAIRO_FILTER_BILINEAR);

  cairo_save (cr);
  rounded_path (cr, width, height, radius);
  cairo_clip (cr);
  gdk_cairo_set_source_rgba (cr, backdrop);
  paint_bars (cr, &picture, width, height);
  paint_rows (cr, pattern, &picture, 0, edge);
  paint_rows (cr, pattern, &picture, height - edge, height);
  cairo_restore (cr);

  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  paint_rows (cr, pattern, &picture, edge, height - edge);
  cairo_pattern_destroy (pattern);
  cairo_destroy (cr);
}

static void
snapshot_texture (BsFramePainter *self, GtkSnapshot *snapshot, int width, int height, int scale,
                  double radius, const GdkRGBA *backdrop)
{
  const graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, width, height);
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, &area, (float) radius);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, backdrop, &area);
  if (self->texture) {
    cairo_rectangle_t to;

    fit (self->frame, width, height, scale, &to);
    const graphene_rect_t picture = GRAPHENE_RECT_INIT (to.x, to.y, to.width, to.height);
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0, 0, 0, 1 }, &picture);
    gtk_snapshot_append_texture (snapshot, self->texture, &picture);
  }
  gtk_snapshot_pop (snapshot);
}

/**
 * bs_frame_painter_snapshot:
 * @self: a painter
 * @snapshot: where to
 * @width: of the area, in units of widgets
 * @height: likewise
 * @scale: device pixels per unit
 * @radius: of the area's corners
 * @backdrop: colour of the area around the picture
 *
 * Appends the area with the frame, if there is one, in its middle: as large as fits, in its
 * shape (pixel aspect ratio included).
 */
void
bs_frame_painter_snapshot (BsFramePainter *self, GtkSnapshot *snapshot, int width, int height,
                           int scale, double radius, const GdkRGBA *backdrop)
{
  if (width < 1 || height < 1)
    return;
  if (self->frame && !self->textures)
    snapshot_cairo (self, snapshot, width, height, scale, radius, backdrop);
  else
    snapshot_texture (self, snapshot, width, height, scale, radius, backdrop);
}
