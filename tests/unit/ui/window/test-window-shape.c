/* SPDX-License-Identifier: MIT */
/* What gives way as the window becomes narrower, and in which order. */
#include "ui/window/bs-window-shape.h"

static void
test_things_give_way_in_order (void)
{
  for (int layout = 0; layout < BS_N_LAYOUTS; layout++)
    for (int split = 0; split < 2; split++)
      for (int width = 300; width < 4000; width++) {
        BsWindowShape small = bs_window_shape_at (width, 1, (BsLayout) layout, split);
        BsWindowShape large = bs_window_shape_at (width + 1, 1, (BsLayout) layout, split);
        g_assert_true (!small.may_split || large.may_split);
        g_assert_true (small.is_list_folded || !large.is_list_folded);
        g_assert_true (small.is_narrow || !large.is_narrow);
        /* A clip without a column of its own leaves no column to the list. */
        g_assert_true (!small.is_narrow || small.is_list_folded);
        g_assert_true ((small.clip_width_px < 0) != (small.views_width_px < 0));
      }
}

static void
test_known_sizes (void)
{
  BsWindowShape shape = bs_window_shape_at (900, 1, BS_LAYOUT_SPLIT, FALSE);
  g_assert_true (shape.is_narrow);
  shape = bs_window_shape_at (1280, 1, BS_LAYOUT_SPLIT, TRUE);
  g_assert_false (shape.is_narrow || shape.is_list_folded || shape.may_split);
  shape = bs_window_shape_at (1280, 1, BS_LAYOUT_ANALYSIS, TRUE);
  g_assert_true (shape.may_split && shape.is_list_folded);
  g_assert_cmpint (shape.clip_width_px, ==, 320);
  shape = bs_window_shape_at (1600, 1, BS_LAYOUT_SPLIT, TRUE);
  g_assert_true (shape.may_split && !shape.is_list_folded);
}

static void
test_larger_text_is_a_narrower_window (void)
{
  for (int layout = 0; layout < BS_N_LAYOUTS; layout++) {
    BsWindowShape one = bs_window_shape_at (1000, 1, (BsLayout) layout, FALSE);
    BsWindowShape two = bs_window_shape_at (2000, 2, (BsLayout) layout, FALSE);
    g_assert_cmpint (one.is_narrow, ==, two.is_narrow);
    g_assert_cmpint (one.is_list_folded, ==, two.is_list_folded);
    if (one.clip_width_px >= 0)
      g_assert_cmpint (2 * one.clip_width_px, ==, two.clip_width_px);
    else
      g_assert_cmpint (2 * one.views_width_px, ==, two.views_width_px);
  }
}

static void
test_names (void)
{
  BsLayout layout;
  for (int i = 0; i < BS_N_LAYOUTS; i++) {
    g_assert_true (bs_layout_from_name (bs_layout_name ((BsLayout) i), &layout));
    g_assert_cmpint (layout, ==, i);
  }
  g_assert_false (bs_layout_from_name ("none", &layout));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-shape/things give way in order", test_things_give_way_in_order);
  g_test_add_func ("/window-shape/known sizes", test_known_sizes);
  g_test_add_func ("/window-shape/larger text is a narrower window",
                   test_larger_text_is_a_narrower_window);
  g_test_add_func ("/window-shape/names", test_names);
  return g_test_run ();
}
