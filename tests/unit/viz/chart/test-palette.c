/* SPDX-License-Identifier: MIT */
#include "tests/support/bs-test-chart.h"

static void
emotions_have_their_okabe_ito_colours (void)
{
  static const guint32 expected[BS_N_EMOTIONS] = {
    0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x0072b2, 0x999999,
  };

  for (int e = 0; e < BS_N_EMOTIONS; e++) {
    BsColor color = bs_emotion_color (e, bs_chart_theme_get (FALSE));

    g_assert_cmphex (bs_color_to_rgb24 (color) & 0xffffff, ==, expected[e]);
  }
}

static void
emotions_differ_in_letter_and_shape (void)
{
  for (int a = 0; a < BS_N_EMOTIONS; a++)
    for (int b = a + 1; b < BS_N_EMOTIONS; b++) {
      g_assert_cmpstr (bs_emotion_letter (a), !=, bs_emotion_letter (b));
      g_assert_cmpint (bs_emotion_marker (a), !=, bs_emotion_marker (b));
    }
  g_assert_cmpstr (bs_emotion_letter (-1), ==, "?");
  g_assert_cmpstr (bs_emotion_letter (6), ==, "?");
}

/* 3 to 1 is what WCAG asks of graphics. */
static void
emotions_and_series_stand_out_on_both_backgrounds (void)
{
  for (int dark = 0; dark < 2; dark++) {
    const BsChartTheme *theme = bs_chart_theme_get (dark);
    double least = dark ? 3 : 2.2; /* Okabe and Ito's orange is 2.2 on white */

    for (int e = 0; e < BS_N_EMOTIONS; e++)
      g_assert_cmpfloat (bs_color_contrast (bs_emotion_color (e, theme), theme->background), >=,
                         least);
    for (guint i = 0; i < 8; i++)
      g_assert_cmpfloat (bs_color_contrast (bs_series_color (i, theme), theme->background), >=,
                         least);
  }
}

static void
theme_texts_are_legible (void)
{
  for (int dark = 0; dark < 2; dark++) {
    const BsChartTheme *t = bs_chart_theme_get (dark);
    BsColor texts[] = { t->text, t->dim, t->accent, t->good, t->bad, t->warning };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
      g_assert_cmpfloat (bs_color_contrast (texts[i], t->background), >=, 4.5);
      g_assert_cmpfloat (bs_color_contrast (texts[i], t->panel), >=, 4.5);
    }
  }
}

static void
text_on_every_colour_of_every_map_is_legible (void)
{
  for (BsColorMap map = BS_COLOR_MAP_VIRIDIS; map <= BS_COLOR_MAP_BLUES_DARK; map++)
    for (int i = 0; i <= 1000; i++) {
      BsColor color = bs_color_map (map, i / 1000.0);

      g_assert_cmpfloat (bs_color_contrast (bs_color_text_on (color), color), >=, 4.5);
    }
}

static void
maps_rise_in_lightness_and_hold_their_ends (void)
{
  for (BsColorMap map = BS_COLOR_MAP_VIRIDIS; map <= BS_COLOR_MAP_BLUES_DARK; map++) {
    double sign = map == BS_COLOR_MAP_BLUES ? -1 : 1;
    double before = sign * bs_color_luminance (bs_color_map (map, 0)) - 1e-9;

    for (int i = 0; i <= 100; i++) {
      double now = sign * bs_color_luminance (bs_color_map (map, i / 100.0));

      g_assert_cmpfloat (now, >, before);
      before = now;
    }
    g_assert_true (color_is (bs_color_map (map, -3), bs_color_map (map, 0)));
    g_assert_true (color_is (bs_color_map (map, NAN), bs_color_map (map, 0)));
    g_assert_true (color_is (bs_color_map (map, 7), bs_color_map (map, 1)));
  }
}

static void
contrast_is_as_wcag_has_it (void)
{
  BsColor white = { 1, 1, 1 }, black = { 0, 0, 0 };

  g_assert_cmpfloat_with_epsilon (bs_color_contrast (white, black), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (bs_color_contrast (bs_color_rgb (0x767676), white), 4.54, .01);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/emotions have their Okabe-Ito colours",
                   emotions_have_their_okabe_ito_colours);
  g_test_add_func ("/palette/emotions differ in letter and shape",
                   emotions_differ_in_letter_and_shape);
  g_test_add_func ("/palette/emotions and series stand out on both backgrounds",
                   emotions_and_series_stand_out_on_both_backgrounds);
  g_test_add_func ("/palette/a theme's texts are legible", theme_texts_are_legible);
  g_test_add_func ("/palette/text on every colour of every map is legible",
                   text_on_every_colour_of_every_map_is_legible);
  g_test_add_func ("/palette/maps rise in lightness and hold their ends",
                   maps_rise_in_lightness_and_hold_their_ends);
  g_test_add_func ("/palette/contrast is as WCAG has it", contrast_is_as_wcag_has_it);
  return g_test_run ();
}
