/* SPDX-License-Identifier: MIT */
/* One frame of one person, painted from back to front. */
#include "data/demo/face/bs-demo-face.h"

#include "data/demo/face/bs-demo-head.h"

/**
 * bs_demo_face_draw_backdrop:
 * @look: who
 * @cr: a context
 * @width: of the picture, in pixels
 * @height: likewise
 *
 * Paints what stands still behind the person, once for a whole clip.
 */
void
bs_demo_face_draw_backdrop (const BsDemoLook *look, cairo_t *cr, int width, int height)
{
  static const BsDemoMovement rest;
  BsDemoHead head;
  bs_demo_head_init (&head, look, &rest, width, height);
  bs_demo_body_draw_backdrop (&head, cr, width, height);
}

/**
 * bs_demo_face_draw:
 * @look: who
 * @move: what is done in this frame
 * @cr: a context, its backdrop already painted
 * @width: of the picture, in pixels
 * @height: likewise
 *
 * Paints the person.
 */
void
bs_demo_face_draw (const BsDemoLook *look, const BsDemoMovement *move, cairo_t *cr, int width,
                   int height)
{
  BsDemoHead head;
  bs_demo_head_init (&head, look, move, width, height);
  bs_demo_hair_draw_back (&head, cr);
  bs_demo_body_draw (&head, cr);
  bs_demo_hair_draw_locks (&head, cr);
  bs_demo_skin_draw (&head, cr);
  bs_demo_beard_draw (&head, cr);
  bs_demo_folds_draw (&head, cr);
  bs_demo_nose_draw (&head, cr);
  bs_demo_mouth_draw (&head, cr);
  bs_demo_eyes_draw (&head, cr);
  bs_demo_hair_draw_front (&head, cr);
  bs_demo_brows_draw (&head, cr);
  bs_demo_glasses_draw (&head, cr);
}
