/* SPDX-License-Identifier: MIT */
#include <math.h>

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

/* OKLab (Ottosson 2020) of a colour as seen with one of four kinds of vision: all cones, or
 * without those for long, middle or short waves (Machado, Oliveira, Fernandes 2009). */
static void
oklab_of (BsColor color, int vision, double lab[3])
{
  static const double seen[4][3][3] = {
    { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
    { { .152286, 1.052583, -.204868 },
      { .114503, .786281, .099216 },
      { -.003882, -.048116, 1.051998 } },
    { { .367322, .860646, -.227968 },
      { .280085, .672501, .047413 },
      { -.011820, .042940, .968881 } },
    { { 1.255528, -.076749, -.178779 },
      { -.078411, .930809, .147602 },
      { .004733, .691367, .303900 } },
  };
  static const double to_lms[3][3] = { { .4122214708, .5363325363, .0514459929 },
                                       { .2119034982, .6806995451, .1073969566 },
                                       { .0883024619, .2817188376, .6299787005 } };
  static const double to_lab[3][3] = { { .2104542553, .7936177850, -.0040720468 },
                                       { 1.9779984951, -2.4285922050, .4505937099 },
                                       { .0259040371, .7827717662, -.8086757660 } };
  const double rgb[3] = { color.r, color.g, color.b };
  double linear[3], with[3] = { 0 }, lms[3] = { 0 };

  for (int i = 0; i < 3; i++)
    linear[i] = rgb[i] <= .04045 ? rgb[i] / 12.92 : pow ((rgb[i] + .055) / 1.055, 2.4);
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++)
      with[i] += seen[vision][i][j] * linear[j];
    with[i] = CLAMP (with[i], 0, 1);
  }
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++)
      lms[i] += to_lms[i][j] * with[j];
    lms[i] = cbrt (lms[i]);
  }
  for (int i = 0; i < 3; i++) {
    lab[i] = 0;
    for (int j = 0; j < 3; j++)
      lab[i] += to_lab[i][j] * lms[j];
  }
}

/* The least over all kinds of vision, or with all cones alone. */
static double
distance (BsColor a, BsColor b, int n_visions)
{
  double least = INFINITY;

  for (int vision = 0; vision < n_visions; vision++) {
    double x[3], y[3];

    oklab_of (a, vision, x);
    oklab_of (b, vision, y);
    least = MIN (least, hypot (hypot (x[0] - y[0], x[1] - y[1]), x[2] - y[2]));
  }
  return least;
}

static void
check_palette (const BsColor *colors, guint n, const BsChartTheme *theme, double apart)
{
  for (guint i = 0; i < n; i++) {
    for (guint j = 0; j < i; j++)
      g_assert_cmpfloat (distance (colors[i], colors[j], 4), >=, apart);
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      g_assert_cmpfloat (distance (colors[i], bs_emotion_color (e, theme), 1), >=, .07);
  }
}

static void
what_is_no_emotion_has_no_emotions_colour (void)
{
  for (int dark = 0; dark < 2; dark++) {
    const BsChartTheme *theme = bs_chart_theme_get (dark);
    BsColor folds[8], actors[8], series[8], kinds[7];

    for (guint i = 0; i < 8; i++) {
      folds[i] = bs_fold_color (i, theme);
      actors[i] = bs_actor_color (i, theme);
      series[i] = bs_series_color (i, theme);
      g_assert_cmpfloat (bs_color_contrast (folds[i], theme->background), >=, 3);
      g_assert_cmpfloat (bs_color_contrast (actors[i], theme->background), >=, 3);
    }
    for (guint i = 0; i < 6; i++)
      kinds[i] =
        bs_error_color (i < 3 ? BS_ERROR_FAMILY_PAIR : BS_ERROR_FAMILY_NOT_PAIR, i % 3, theme);
    kinds[6] = bs_error_color (BS_ERROR_FAMILY_REST, 1, theme);
    check_palette (folds, 8, theme, .1);
    check_palette (actors, 8, theme, .1);
    check_palette (series, 8, theme, .1);
    check_palette (kinds, 7, theme, .075);
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
  g_test_add_func ("/palette/what is no emotion has no emotion's colour",
                   what_is_no_emotion_has_no_emotions_colour);
  g_test_add_func ("/palette/a theme's texts are legible", theme_texts_are_legible);
  g_test_add_func ("/palette/text on every colour of every map is legible",
                   text_on_every_colour_of_every_map_is_legible);
  g_test_add_func ("/palette/maps rise in lightness and hold their ends",
                   maps_rise_in_lightness_and_hold_their_ends);
  g_test_add_func ("/palette/contrast is as WCAG has it", contrast_is_as_wcag_has_it);
  return g_test_run ();
}
