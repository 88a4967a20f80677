/* SPDX-License-Identifier: MIT */
/* Drawing takes twice as long as encoding, and somebody waits for the clip: so two threads draw. */
#include "data/demo/bs-demo-frames.h"

#include <string.h>

struct _BsDemoFrames {
  const BsDemoLook *look;
  const BsDemoScore *score;
  cairo_surface_t *backdrop; /* only read once it is drawn */
  gsize next;
  GThread *helper;
  GAsyncQueue *wanted; /* of BsDemoMovement: what the helper is to draw */
  GAsyncQueue *drawn; /* of pixels */
};

static const BsDemoMovement the_end;

static guint8 *
draw (const BsDemoFrames *self, const BsDemoMovement *move)
{
  guint8 *pixels = g_malloc (BS_DEMO_FRAME_BYTES);
  memcpy (pixels, cairo_image_surface_get_data (self->backdrop), BS_DEMO_FRAME_BYTES);
  cairo_surface_t *surface =
    cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_RGB24, BS_DEMO_FRAME_WIDTH_PX,
                                         BS_DEMO_FRAME_HEIGHT_PX, BS_DEMO_FRAME_WIDTH_PX * 4);
  cairo_t *cr = cairo_create (surface);
  bs_demo_face_draw (self->look, move, cr, BS_DEMO_FRAME_WIDTH_PX, BS_DEMO_FRAME_HEIGHT_PX);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return pixels;
}

static gpointer
help (gpointer user_data)
{
  BsDemoFrames *self = user_data;
  for (const BsDemoMovement *move; (move = g_async_queue_pop (self->wanted)) != &the_end;)
    g_async_queue_push (self->drawn, draw (self, move));
  return NULL;
}

/**
 * bs_demo_frames_new:
 * @look: who; borrowed
 * @score: what is done; borrowed
 *
 * Returns: (transfer full): the pictures, before the first
 */
BsDemoFrames *
bs_demo_frames_new (const BsDemoLook *look, const BsDemoScore *score)
{
  BsDemoFrames *self = g_new0 (BsDemoFrames, 1);
  self->look = look;
  self->score = score;
  self->backdrop = cairo_image_surface_create (CAIRO_FORMAT_RGB24, BS_DEMO_FRAME_WIDTH_PX,
                                               BS_DEMO_FRAME_HEIGHT_PX);
  cairo_t *cr = cairo_create (self->backdrop);
  bs_demo_face_draw_backdrop (look, cr, BS_DEMO_FRAME_WIDTH_PX, BS_DEMO_FRAME_HEIGHT_PX);
  cairo_destroy (cr);
  cairo_surface_flush (self->backdrop);
  self->wanted = g_async_queue_new ();
  self->drawn = g_async_queue_new_full (g_free);
  self->helper = g_thread_new ("bs-draw", help, self);
  return self;
}

/**
 * bs_demo_frames_free:
 * @self: (transfer full): the pictures, at any place
 */
void
bs_demo_frames_free (BsDemoFrames *self)
{
  g_async_queue_push (self->wanted, (gpointer) &the_end);
  g_thread_join (self->helper);
  g_async_queue_unref (self->wanted);
  g_async_queue_unref (self->drawn);
  cairo_surface_destroy (self->backdrop);
  g_free (self);
}

/**
 * bs_demo_frames_next:
 * @self: the pictures, with one left
 *
 * Returns: (transfer full): BS_DEMO_FRAME_BYTES of BGRx
 */
guint8 *
bs_demo_frames_next (BsDemoFrames *self)
{
  gsize i = self->next++;
  g_return_val_if_fail (i < self->score->n_frames, NULL);
  if (i % 2 == 1)
    return g_async_queue_pop (self->drawn);
  if (i + 1 < self->score->n_frames)
    g_async_queue_push (self->wanted, &self->score->frames[i + 1]);
  return draw (self, &self->score->frames[i]);
}
