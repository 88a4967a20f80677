/* SPDX-License-Identifier: MIT */
/* Where panels stand over a picture. */
#include <string.h>

#include "ui/stage/bs-overlay-layout.h"

static const BsOverlayBox usual[] = {
  { 280, 142, BS_CORNER_BOTTOM_LEFT, TRUE, FALSE, 0, 0 },
  { 289, 96, BS_CORNER_TOP_RIGHT, TRUE, FALSE, 0, 0 },
  { 270, 74, BS_CORNER_BOTTOM_RIGHT, TRUE, FALSE, 0, 0 },
};

#define N G_N_ELEMENTS (usual)

static void
assert_apart (const BsOverlayBox *a, const BsOverlayBox *b, double scale)
{
  gboolean across = a->x + a->width * scale <= b->x || b->x + b->width * scale <= a->x;
  gboolean down = a->y + a->height * scale <= b->y || b->y + b->height * scale <= a->y;
  g_assert_true (across || down);
}

static void
assert_sound (const BsOverlayBox *boxes, double width, double height, double scale)
{
  for (gsize i = 0; i < N; i++) {
    if (!boxes[i].shown)
      continue;
    g_assert_cmpfloat (boxes[i].x, >=, 0);
    g_assert_cmpfloat (boxes[i].y, >=, 0);
    g_assert_cmpfloat (boxes[i].x + boxes[i].width * scale, <=, width);
    g_assert_cmpfloat (boxes[i].y + boxes[i].height * scale, <=, height);
    for (gsize j = 0; j < i; j++)
      if (boxes[j].shown)
        assert_apart (&boxes[i], &boxes[j], scale);
  }
}

static void
test_no_panel_leaves_the_picture_or_lies_on_another (void)
{
  for (int corners = 0; corners < 64; corners++)
    for (int width = 200; width <= 2000; width += 75)
      for (int height = 120; height <= 1100; height += 70) {
        BsOverlayBox boxes[N];
        for (gsize i = 0; i < N; i++) {
          boxes[i] = usual[i];
          boxes[i].corner = (BsCorner) (corners >> (2 * i) & 3);
        }
        double scale = bs_overlay_layout (boxes, N, width, height);
        g_assert_true (boxes[0].shown);
        assert_sound (boxes, width, height, scale);
      }
}

static void
test_panels_grow_with_the_picture_and_shrink_before_they_go (void)
{
  BsOverlayBox boxes[N];
  double before = 0;
  for (int height = 200; height <= 1000; height += 50) {
    memcpy (boxes, usual, sizeof boxes);
    double scale = bs_overlay_layout (boxes, N, height * 16 / 9.0, height);
    g_assert_cmpfloat (scale, >=, before);
    before = scale;
    if (height >= 250)
      g_assert_true (boxes[1].shown && boxes[2].shown);
  }
  g_assert_cmpfloat (before, >, 1.5);
}

static void
test_the_least_important_panel_gives_way_first (void)
{
  BsOverlayBox boxes[N];
  memcpy (boxes, usual, sizeof boxes);
  bs_overlay_layout (boxes, N, 330, 170);
  g_assert_true (boxes[0].shown);
  g_assert_false (boxes[2].shown);
}

static void
test_panels_that_are_not_wanted_take_no_room (void)
{
  BsOverlayBox boxes[N];
  memcpy (boxes, usual, sizeof boxes);
  boxes[0].wanted = boxes[1].wanted = FALSE;
  bs_overlay_layout (boxes, N, 640, 400);
  g_assert_false (boxes[0].shown || boxes[1].shown);
  g_assert_true (boxes[2].shown);
}

static void
test_arrows_lead_from_corner_to_corner (void)
{
  g_assert_cmpint (bs_corner_moved (BS_CORNER_TOP_LEFT, 1, 0), ==, BS_CORNER_TOP_RIGHT);
  g_assert_cmpint (bs_corner_moved (BS_CORNER_TOP_LEFT, 0, 1), ==, BS_CORNER_BOTTOM_LEFT);
  g_assert_cmpint (bs_corner_moved (BS_CORNER_TOP_LEFT, -1, 0), ==, BS_CORNER_TOP_LEFT);
  g_assert_cmpint (bs_corner_moved (BS_CORNER_BOTTOM_RIGHT, -1, 0), ==, BS_CORNER_BOTTOM_LEFT);
  g_assert_cmpint (bs_corner_moved (BS_CORNER_BOTTOM_RIGHT, 0, -1), ==, BS_CORNER_TOP_RIGHT);
  g_assert_cmpint (bs_overlay_corner_near (10, 390, 640, 400), ==, BS_CORNER_BOTTOM_LEFT);
  g_assert_cmpint (bs_overlay_corner_near (630, 10, 640, 400), ==, BS_CORNER_TOP_RIGHT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overlay-layout/no-panel-leaves-the-picture-or-lies-on-another",
                   test_no_panel_leaves_the_picture_or_lies_on_another);
  g_test_add_func ("/overlay-layout/panels-grow-with-the-picture-and-shrink-before-they-go",
                   test_panels_grow_with_the_picture_and_shrink_before_they_go);
  g_test_add_func ("/overlay-layout/the-least-important-panel-gives-way-first",
                   test_the_least_important_panel_gives_way_first);
  g_test_add_func ("/overlay-layout/panels-that-are-not-wanted-take-no-room",
                   test_panels_that_are_not_wanted_take_no_room);
  g_test_add_func ("/overlay-layout/arrows-lead-from-corner-to-corner",
                   test_arrows_lead_from_corner_to_corner);
  return g_test_run ();
}
