/* SPDX-License-Identifier: MIT */
#include "tests/support/bs-test-chart.h"

#include "viz/chart/bs-glyph-private.h"
#include "viz/chart/bs-probability-chart-private.h"
#include "viz/chart/bs-timeline-private.h"

static const char *const names[BS_N_EMOTIONS] = {
  "anger", "disgust", "fear", "happiness", "sadness", "neutral",
};

static void
scale_and_its_inverse_agree (void)
{
  BsScale scale = { .from = -1, .to = 3, .from_px = 200, .to_px = 40 };
  BsScale empty = { .from = 2, .to = 2, .from_px = 0, .to_px = 10 };

  g_assert_cmpfloat (bs_scale_px (&scale, -1), ==, 200);
  g_assert_cmpfloat (bs_scale_px (&scale, 3), ==, 40);
  g_assert_cmpfloat_with_epsilon (bs_scale_value (&scale, bs_scale_px (&scale, .7)), .7, 1e-12);
  g_assert_cmpfloat (bs_scale_px (&empty, 2), ==, 5);
}

static void
ticks_are_round_and_inside (void)
{
  BsTicks ticks = bs_ticks_nice (0, .6, 6);

  g_assert_cmpfloat_with_epsilon (ticks.step, .1, 1e-12);
  g_assert_cmpint (ticks.n, ==, 7);
  g_assert_cmpint (ticks.decimals, ==, 1);
  ticks = bs_ticks_nice (-7, 1234, 5);
  g_assert_cmpfloat (ticks.step, ==, 500);
  g_assert_cmpfloat (ticks.first, ==, 0);
  g_assert_cmpint (ticks.n, ==, 3);
  g_assert_cmpint (bs_ticks_nice (1, 1, 5).n, ==, 0);
  g_assert_cmpint (bs_ticks_nice (2, 1, 5).n, ==, 0);
  g_assert_cmpint (bs_ticks_nice (NAN, 1, 5).n, ==, 0);
  g_assert_cmpint (bs_ticks_nice (0, INFINITY, 5).n, ==, 0);
}

static void
csv_reads_back_and_quotes (void)
{
  g_autoptr (BsTable) table = bs_table_new ();
  g_autoptr (GBytes) csv = NULL;
  g_autofree char *text = NULL;

  bs_table_add_column (table, "name", 0);
  bs_table_add_column (table, "va\"lue", 2);
  bs_table_add_text (table, "a,b\nc");
  bs_table_add_number (table, 0.1 + 0.2);
  bs_table_add_text (table, NULL);
  bs_table_add_number (table, NAN);
  csv = bs_table_to_csv (table);
  text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  g_assert_cmpstr (text, ==, "name,\"va\"\"lue\"\n\"a,b\nc\",0.30000000000000004\n,\n");
  g_assert_cmpuint (bs_table_n_rows (table), ==, 2);
  g_assert_true (bs_table_is_number (table, 1, 1));
  g_assert_false (bs_table_is_number (table, 1, 0));
}

static BsTable *
row_of (const char *text, double number)
{
  BsTable *table = bs_table_new ();
  bs_table_add_column (table, "name", 0);
  bs_table_add_column (table, "value", 0);
  bs_table_add_text (table, text);
  bs_table_add_number (table, number);
  return table;
}

static void
rows_are_the_same_where_every_cell_is (void)
{
  g_autoptr (BsTable) table = row_of ("a", 1);
  g_autoptr (BsTable) same = row_of ("a", 1);
  g_autoptr (BsTable) text = row_of ("b", 1);
  g_autoptr (BsTable) number = row_of ("a", 1 + 1e-12);
  g_autoptr (BsTable) empty = row_of ("a", NAN);
  g_autoptr (BsTable) empty_too = row_of ("a", NAN);

  g_assert_true (bs_table_row_is_same (table, 0, same, 0));
  g_assert_false (bs_table_row_is_same (table, 0, text, 0));
  g_assert_false (bs_table_row_is_same (table, 0, number, 0));
  g_assert_false (bs_table_row_is_same (table, 0, empty, 0));
  g_assert_true (bs_table_row_is_same (empty, 0, empty_too, 0));
  bs_table_add_text (text, "a");
  bs_table_add_number (text, 1);
  g_assert_true (bs_table_row_is_same (table, 0, text, 1));
}

static void
numbers_are_short_exact_and_without_locale (void)
{
  char text[BS_NUMBER_SIZE];

  if (!use_comma_locale ())
    return;
  g_assert_cmpstr (bs_number_exact (text, 0.145), ==, "0.145");
  g_assert_cmpstr (bs_number_exact (text, 1.0 / 3), ==, "0.3333333333333333");
  g_assert_cmpstr (bs_number_fixed (text, 0.2716, 3), ==, "0.272");
  g_assert_cmpstr (bs_number_fixed (text, -0.0001, 2), ==, "0.00");
  g_assert_cmpstr (bs_number_fixed (text, -0.05, 1), !=, "-0.0");
  g_assert_cmpstr (bs_number_fixed (text, -1.5, 1), ==, "-1.5");
  bs_number_fixed (text, 1e300, 3);
  g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, 1e300);
  setlocale (LC_ALL, "C");
}

static void
numbers_to_be_looked_at_have_the_sign_asked_for (void)
{
  char text[BS_NUMBER_SIZE];

  g_assert_cmpstr (bs_number_for (text, 0.2716, 3, NULL), ==, "0.272");
  g_assert_cmpstr (bs_number_for (text, 0.2716, 3, ","), ==, "0,272");
  g_assert_cmpstr (bs_number_for (text, -1.5, -1, "\u066b"), ==, "-1\u066b5");
  g_assert_cmpstr (bs_number_for (text, 12, -1, ","), ==, "12");
  g_assert_cmpstr (bs_number_for (text, 1e300, 3, ","), ==, "1e+300");
}

static gboolean
axis_is_drawn_as (const char *decimal_point, cairo_surface_t *picture)
{
  BsChartTheme theme = *bs_chart_theme_get (FALSE);
  cairo_t *cr = cairo_create (picture);

  theme.decimal_point = decimal_point;
  bs_color_set (cr, theme.background);
  cairo_paint (cr);
  {
    g_autoptr (BsPainter) painter = bs_painter_new (cr, &theme);
    BsRect plot = { 20, 20, 200, 40 };
    BsScale scale = { 0, 1, plot.x, plot.x + plot.width };

    bs_axis_draw_x (painter, &plot, &scale, &(BsAxis){ .n_ticks = 5 });
  }
  cairo_destroy (cr);
  return cairo_surface_status (picture) == CAIRO_STATUS_SUCCESS;
}

static void
axes_have_the_themes_sign (void)
{
  cairo_surface_t *pictures[3];
  static const char *const points[] = { NULL, ".", "," };

  for (int i = 0; i < 3; i++) {
    pictures[i] = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 240, 90);
    g_assert_true (axis_is_drawn_as (points[i], pictures[i]));
  }
  gsize size = 90 * (gsize) cairo_image_surface_get_stride (pictures[0]);
  g_assert_cmpmem (cairo_image_surface_get_data (pictures[0]), size,
                   cairo_image_surface_get_data (pictures[1]), size);
  g_assert_cmpint (memcmp (cairo_image_surface_get_data (pictures[0]),
                           cairo_image_surface_get_data (pictures[2]), size),
                   !=, 0);
  for (int i = 0; i < 3; i++)
    cairo_surface_destroy (pictures[i]);
}

static void
table_text_has_the_columns_decimals (void)
{
  g_autoptr (BsTable) table = bs_table_new ();
  g_autofree char *fixed = NULL, *exact = NULL;

  bs_table_add_column (table, "a", 3);
  bs_table_add_column (table, "b", -1);
  bs_table_add_number (table, 2.0 / 3);
  bs_table_add_number (table, 12);
  setlocale (LC_ALL, "C");
  fixed = bs_table_dup_text (table, 0, 0);
  exact = bs_table_dup_text (table, 0, 1);
  g_assert_cmpstr (fixed, ==, "0.667");
  g_assert_cmpstr (exact, ==, "12");
}

static void
glyph_areas_are_the_saliences (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);

  for (int percent = 30; percent <= 70; percent += 20) {
    cairo_surface_t *picture = picture_new (200, 200, theme->background);
    cairo_t *cr = cairo_create (picture);
    BsPainter *painter = bs_painter_new (cr, theme);
    guint n_first = 0, n_second = 0;

    bs_glyph_draw (painter, 100, 100, 95, 0, 4, percent / 100.0);
    for (int y = 0; y < 200; y++)
      for (int x = 0; x < 200; x++) {
        n_first += color_is (picture_at (picture, x, y), bs_emotion_color (0, theme));
        n_second += color_is (picture_at (picture, x, y), bs_emotion_color (4, theme));
      }
    g_assert_cmpfloat_with_epsilon (n_first / (double) (n_first + n_second), percent / 100.0, .01);
    g_assert_true (color_is (picture_at (picture, 10, 100), bs_emotion_color (0, theme)));
    bs_painter_free (painter);
    cairo_destroy (cr);
    cairo_surface_destroy (picture);
  }
  g_assert_cmpfloat_with_epsilon (bs_glyph_chord (0), -1, 1e-6);
  g_assert_cmpfloat_with_epsilon (bs_glyph_chord (1), 1, 1e-6);
}

static void
bars_end_at_their_probabilities (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (TRUE);
  BsProbabilityChart bars = {
    .p = { .48, .23, NAN, .01, .11, 2 }, .names = names, .alpha = .9, .beta = NAN
  };
  cairo_surface_t *picture = picture_new (300, 120, theme->background);
  cairo_t *cr = cairo_create (picture);
  BsRect track = bs_probability_chart_track (&bars, 300, 120, 0);
  double middle = track.y + track.height / 2;

  bs_probability_chart_draw (&bars, cr, 300, 120, theme);
  cairo_destroy (cr);
  g_assert_true (color_is (picture_at (picture, track.x + track.width * .46, middle),
                           bs_emotion_color (0, theme)));
  g_assert_false (color_is (picture_at (picture, track.x + track.width * .50, middle),
                            bs_emotion_color (0, theme)));
  g_assert_true (color_is (picture_at (picture, track.x + track.width * .9, middle), theme->text));
  g_assert_cmpint (bs_probability_chart_hit (&bars, 300, 120, track.x, middle), ==, 0);
  g_assert_cmpint (bs_probability_chart_hit (&bars, 300, 120, 10, 119), ==, 5);
  g_assert_cmpint (bs_probability_chart_hit (&bars, 300, 120, 10, 120), ==, -1);
  cairo_surface_destroy (picture);
}

/* Whether the mark of beta is drawn below the bar of the second emotion. */
static gboolean
draws_beta (BsProbabilityChart bars, int second)
{
  const BsChartTheme *theme = bs_chart_theme_get (TRUE);
  cairo_surface_t *with = picture_new (300, 120, theme->background);
  cairo_surface_t *without = picture_new (300, 120, theme->background);
  cairo_t *cr = cairo_create (with);
  BsRect track = bs_probability_chart_track (&bars, 300, 120, second);
  double x = track.x + track.width * (bars.p[0] - bars.beta / 2);
  double y = track.y + track.height + 2;
  gboolean differ;

  bs_probability_chart_draw (&bars, cr, 300, 120, theme);
  cairo_destroy (cr);
  bars.beta = NAN;
  cr = cairo_create (without);
  bs_probability_chart_draw (&bars, cr, 300, 120, theme);
  cairo_destroy (cr);
  differ = !color_is (picture_at (with, x, y), picture_at (without, x, y));
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
  return differ;
}

static void
beta_is_drawn_only_where_it_applies (void)
{
  BsProbabilityChart bars = {
    .p = { .48, .33, .1, .05, .03, .01 }, .names = names, .alpha = .145, .beta = .11
  };

  g_assert_true (draws_beta (bars, 1));
  bars.alpha = .34; /* the second is absent */
  g_assert_false (draws_beta (bars, 1));
  bars = (BsProbabilityChart){
    .p = { .48, .1, .1, .05, .03, .33 }, .names = names, .alpha = .145, .beta = .11
  }; /* the second is neutral */
  g_assert_false (draws_beta (bars, 5));
}

static BsTimeline
some_timeline (void)
{
  static const float low[] = { -.1f, -.9f, -.2f, -.1f }, high[] = { .1f, .9f, .2f, .1f };
  static const double centre_s[] = { 1, 2, 3 };
  static const double p[][BS_N_EMOTIONS] = {
    { .1, .1, .6, .1, .05, .05 },
    { .1, NAN, .6, .1, .05, .05 },
    { .1, .1, .6, .1, .05, .05 },
  };
  BsTimeline timeline;

  bs_timeline_init (&timeline);
  timeline.duration_s = 4;
  timeline.n_columns = 4;
  timeline.low = low;
  timeline.high = high;
  timeline.sound_s = 4;
  timeline.n_windows = 3;
  timeline.centre_s = centre_s;
  timeline.p = p;
  timeline.alpha = .145;
  timeline.playhead_s = 2.5;
  timeline.sound_label = "sound";
  timeline.probability_label = "probabilities";
  return timeline;
}

static void
playhead_lies_at_its_time_and_can_be_hit (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsTimeline timeline = some_timeline ();
  cairo_surface_t *picture = picture_new (500, 140, theme->background);
  cairo_t *cr = cairo_create (picture);
  double x = bs_timeline_x (&timeline, 500, 140, theme, 2.5);

  bs_timeline_draw (&timeline, cr, 500, 140, theme);
  bs_timeline_draw_playhead (&timeline, cr, 500, 140, theme);
  cairo_destroy (cr);
  g_assert_true (picture_has (picture, (BsRect){ x - 2, 60, 4, 4 }, theme->bad));
  g_assert_true (
    picture_has (picture, (BsRect){ bs_timeline_x (&timeline, 500, 140, theme, 1.5), 0, 2, 120 },
                 bs_emotion_color (2, theme)));
  g_assert_cmpfloat_with_epsilon (bs_timeline_time (&timeline, 500, 140, theme, x), 2.5, 1e-9);
  g_assert_cmpfloat (bs_timeline_time (&timeline, 500, 140, theme, -50), ==, 0);
  g_assert_cmpfloat (bs_timeline_time (&timeline, 500, 140, theme, 900), ==, 4);
  g_assert_cmpint (bs_timeline_hit (&timeline, 500, 140, theme, x + 3, 50), ==,
                   BS_TIMELINE_PLAYHEAD);
  g_assert_cmpint (bs_timeline_hit (&timeline, 500, 140, theme, x + 30, 50), ==, BS_TIMELINE_TIME);
  timeline.loop_from_s = 1;
  timeline.loop_to_s = 2;
  g_assert_cmpint (bs_timeline_hit (&timeline, 500, 140, theme,
                                    bs_timeline_x (&timeline, 500, 140, theme, 2) - 2, 50),
                   ==, BS_TIMELINE_LOOP_TO);
  g_assert_cmpint (bs_timeline_hit (&timeline, 500, 140, theme, 5, 50), ==, BS_TIMELINE_NOTHING);
  cairo_surface_destroy (picture);
}

/* Lines between two rows of pixels are mixed with what is behind them. */
static gboolean
nearly_has (cairo_surface_t *picture, BsRect rect, BsColor color)
{
  for (int y = (int) rect.y; y < (int) (rect.y + rect.height); y++)
    for (int x = (int) rect.x; x < (int) (rect.x + rect.width); x++) {
      BsColor at = picture_at (picture, x, y);

      if (fabs (at.r - color.r) + fabs (at.g - color.g) + fabs (at.b - color.b) < .3)
        return TRUE;
    }
  return FALSE;
}

static void
curves_use_the_height_they_get (void)
{
  static const double centre_s[] = { 1, 2, 3 };
  static const double p[][BS_N_EMOTIONS] = {
    { .12, .16, .21, .31, .12, .11 },
    { .12, NAN, .21, .31, .12, .11 },
    { .12, .16, .21, .31, .12, .11 },
  };
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsTimeline timeline = some_timeline ();
  double low, high;

  timeline.centre_s = centre_s;
  timeline.p = p;
  timeline.ends_note = "none";
  bs_timeline_range (&timeline, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, .1, 1e-9);
  g_assert_cmpfloat_with_epsilon (high, .35, 1e-9);
  timeline.alpha = .42; /* stays in sight */
  bs_timeline_range (&timeline, &low, &high);
  g_assert_cmpfloat_with_epsilon (high, .45, 1e-9);
  timeline.alpha = NAN;
  bs_timeline_range (&timeline, &low, &high);
  g_assert_cmpfloat_with_epsilon (high, .35, 1e-9);

  /* The highest curve lies in the upper third of its lane, whatever the height. */
  for (int height = 140; height <= 420; height += 140) {
    BsRect plot = bs_timeline_plot (&timeline, 500, height, theme);
    double sound = MIN (plot.height * .32, 5 * theme->size_px), from = plot.y + sound + 6;
    BsRect upper = { bs_timeline_x (&timeline, 500, height, theme, 1.5), from, 3,
                     (plot.y + plot.height - from) / 3 };
    BsRect lower = { upper.x, from + upper.height, 3, 2 * upper.height };
    cairo_surface_t *picture = picture_new (500, height, theme->background);
    cairo_t *cr = cairo_create (picture);

    bs_timeline_draw (&timeline, cr, 500, height, theme);
    cairo_destroy (cr);
    g_assert_true (nearly_has (picture, upper, bs_emotion_color (3, theme)));
    g_assert_false (nearly_has (picture, lower, bs_emotion_color (3, theme)));
    cairo_surface_destroy (picture);
  }
}

static void
range_holds_whatever_there_is (void)
{
  static const double centre_s[] = { 2 };
  static const double none[][BS_N_EMOTIONS] = { { NAN, NAN, NAN, NAN, NAN, NAN } };
  static const double flat[][BS_N_EMOTIONS] = { { 1, 0, 0, 0, 0, 0 } };
  static const double odd[][BS_N_EMOTIONS] = { { 1e300, -1e300, INFINITY, 0, 0, 0 } };
  BsTimeline timeline = some_timeline ();
  double low, high;

  timeline.n_windows = 1;
  timeline.centre_s = centre_s;
  timeline.p = none;
  bs_timeline_range (&timeline, &low, &high);
  g_assert_true (low == 0 && high == 1);
  timeline.p = odd;
  bs_timeline_range (&timeline, &low, &high);
  g_assert_true (low == 0 && high == 1);
  timeline.p = flat;
  bs_timeline_range (&timeline, &low, &high);
  g_assert_true (low == 0 && high == 1);
  timeline.alpha = 1;
  timeline.n_windows = 0;
  bs_timeline_range (&timeline, &low, &high);
  g_assert_true (low == 0 && high == 1);
}

static void
the_clips_ends_have_no_window (void)
{
  BsTimeline timeline = some_timeline ();

  g_assert_false (bs_timeline_has_window (&timeline, .9));
  g_assert_true (bs_timeline_has_window (&timeline, 1));
  g_assert_true (bs_timeline_has_window (&timeline, 3));
  g_assert_false (bs_timeline_has_window (&timeline, 3.1));
  timeline.n_windows = 1; /* the whole clip */
  g_assert_true (bs_timeline_has_window (&timeline, 0));
  timeline.n_windows = 0;
  g_assert_true (bs_timeline_has_window (&timeline, 0));
}

static void
timeline_table_has_every_window (void)
{
  BsTimeline timeline = some_timeline ();
  g_autoptr (BsTable) table = bs_timeline_table (&timeline);

  g_assert_cmpuint (bs_table_n_rows (table), ==, 3);
  g_assert_cmpuint (bs_table_n_columns (table), ==, 8);
  g_assert_cmpfloat (bs_table_number (table, 2, 0), ==, 3);
  g_assert_cmpfloat (bs_table_number (table, 2, 4), ==, .6);
  g_assert_true (isnan (bs_table_number (table, 1, 3)));
}

static void
attention_has_its_lanes (void)
{
  static const double times[] = { .5, 1.5, 2.5, 3.5 }, weights[] = { .1, .4, .2, .1 };
  static const double other[] = { .5, 3 }, less[] = { .15, .05 };
  const BsTimelineLane lanes[] = {
    { "Face", "Face", .8, G_N_ELEMENTS (times), times, weights, .4, 0 },
    { "Voice", "Voice", .2, G_N_ELEMENTS (other), other, less, .4, 1 },
  };
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  BsTimeline timeline = some_timeline ();
  g_assert_cmpint (bs_timeline_lane_at (&timeline, 500, 140, theme, 110), ==, -1);
  timeline.lanes = lanes;
  timeline.n_lanes = G_N_ELEMENTS (lanes);
  BsRect plot = bs_timeline_plot (&timeline, 500, 140, theme);
  double bottom = plot.y + plot.height, face = bottom - 2 * BS_TIMELINE_LANE_PX;
  cairo_surface_t *picture = picture_new (500, 140, theme->background);
  cairo_t *cr = cairo_create (picture);
  bs_timeline_draw (&timeline, cr, 500, 140, theme);
  cairo_destroy (cr);
  /* The largest weight fills its lane, from half way to the time before to half way to the next. */
  double x = bs_timeline_x (&timeline, 500, 140, theme, 1.1);
  g_assert_true (picture_has (picture, (BsRect){ x, face + 1, 2, 2 }, bs_series_color (0, theme)));
  x = bs_timeline_x (&timeline, 500, 140, theme, 2.1);
  g_assert_false (picture_has (picture, (BsRect){ x, face + 1, 2, 2 }, bs_series_color (0, theme)));
  g_assert_true (picture_has (picture, (BsRect){ x, face + 7, 2, 2 }, bs_series_color (0, theme)));
  cairo_surface_destroy (picture);
  g_assert_cmpint (bs_timeline_lane_at (&timeline, 500, 140, theme, face + 3), ==, 0);
  g_assert_cmpint (bs_timeline_lane_at (&timeline, 500, 140, theme, bottom - 3), ==, 1);
  g_assert_cmpint (bs_timeline_lane_at (&timeline, 500, 140, theme, bottom + 3), ==, -1);
  g_assert_cmpint (bs_timeline_lane_at (&timeline, 500, 140, theme, face - 3), ==, -1);
  /* Three windows, and five times at which something has weight. */
  g_autoptr (BsTable) table = bs_timeline_table (&timeline);
  g_assert_cmpuint (bs_table_n_columns (table), ==, 10);
  g_assert_cmpuint (bs_table_n_rows (table), ==, 8);
  g_assert_true (isnan (bs_table_number (table, 0, 8)));
  g_assert_cmpfloat (bs_table_number (table, 3, 0), ==, .5);
  g_assert_cmpfloat (bs_table_number (table, 3, 8), ==, .1);
  g_assert_cmpfloat (bs_table_number (table, 3, 9), ==, .15);
  g_assert_cmpfloat (bs_table_number (table, 6, 9), ==, .05);
  g_assert_true (isnan (bs_table_number (table, 6, 8)));
}

static void
timeline_table_tells_how_loud_it_is (void)
{
  static const float low[] = { 0, -.5f, 0, 0 }, high[] = { 0, .25f, .75f, 0 };
  BsTimeline timeline = some_timeline ();
  timeline.low = low;
  timeline.high = high;
  timeline.n_columns = G_N_ELEMENTS (low);
  timeline.sound_s = .8;
  timeline.n_windows = 0;
  g_autoptr (BsTable) sound = bs_timeline_table (&timeline);
  g_assert_cmpuint (bs_table_n_rows (sound), ==, 4);
  g_assert_cmpuint (bs_table_n_columns (sound), ==, 2);
  g_assert_cmpfloat (bs_table_number (sound, 0, 0), ==, .1);
  g_assert_cmpfloat (bs_table_number (sound, 0, 1), ==, 0);
  g_assert_cmpfloat (bs_table_number (sound, 1, 1), ==, .5);
  g_assert_cmpfloat (bs_table_number (sound, 2, 1), ==, .75);

  /* The windows are a second apart: the first hears what comes after half a second, the last
   * none. */
  timeline.n_windows = 3;
  g_autoptr (BsTable) both = bs_timeline_table (&timeline);
  g_assert_cmpfloat (bs_table_number (both, 0, 1), ==, .75);
  g_assert_true (isnan (bs_table_number (both, 2, 1)));
  timeline.low = NULL;
  g_autoptr (BsTable) silent = bs_timeline_table (&timeline);
  g_assert_true (isnan (bs_table_number (silent, 0, 1)));
}

static void
draw_timeline_cb (cairo_t *cr, double width, double height, gpointer user_data)
{
  bs_timeline_draw (user_data, cr, width, height, bs_chart_theme_get (FALSE));
}

static void
empty_and_tiny_charts_are_drawn_without_a_crash (void)
{
  const BsChartTheme *theme = bs_chart_theme_get (FALSE);
  cairo_surface_t *picture = picture_new (100, 100, theme->background);
  cairo_t *cr = cairo_create (picture);
  BsProbabilityChart bars = {
    .p = { NAN, NAN, NAN, NAN, NAN, NAN }, .names = names, .alpha = NAN, .beta = .1
  };
  BsTimeline timeline;
  g_autoptr (BsTable) table = NULL;

  bs_timeline_init (&timeline);
  bs_timeline_draw (&timeline, cr, 100, 100, theme);
  bs_timeline_draw_playhead (&timeline, cr, 100, 100, theme);
  timeline = some_timeline ();
  for (int size = 0; size < 60; size += 7) {
    bs_timeline_draw (&timeline, cr, size, size, theme);
    bs_probability_chart_draw (&bars, cr, size, size, theme);
  }
  timeline.n_windows = 0;
  timeline.low = NULL;
  bs_timeline_draw (&timeline, cr, 100, 100, theme);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  table = bs_timeline_table (&timeline);
  g_assert_cmpuint (bs_table_n_rows (table), ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (picture);
}

static gboolean
holds (GBytes *bytes, const char *text)
{
  gsize size, length = strlen (text);
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (data + i, text, length) == 0)
      return TRUE;
  return FALSE;
}

static void
files_are_the_same_every_time_and_under_a_comma_locale (void)
{
  BsTimeline timeline = some_timeline ();
  BsColor white = { 1, 1, 1 };

  if (!use_comma_locale ())
    return;
  for (BsChartFormat format = BS_CHART_PNG; format <= BS_CHART_PDF; format++) {
    g_autoptr (GBytes) comma =
      bs_chart_export (draw_timeline_cb, &timeline, 400, 160, white, format, NULL);
    g_autoptr (GBytes) point = NULL;

    setlocale (LC_ALL, "C");
    point = bs_chart_export (draw_timeline_cb, &timeline, 400, 160, white, format, NULL);
    setlocale (LC_ALL, "de_DE.UTF-8");
    g_assert_nonnull (comma);
    g_assert_cmpuint (g_bytes_get_size (comma), >, 1000);
    g_assert_true (g_bytes_equal (comma, point));
    /* The day on which it is made would make it another file. */
    if (format == BS_CHART_PDF)
      g_assert_true (holds (comma, "CreationDate (20000101"));
  }
  setlocale (LC_ALL, "C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/a scale and its inverse agree", scale_and_its_inverse_agree);
  g_test_add_func ("/chart/ticks are round and inside", ticks_are_round_and_inside);
  g_test_add_func ("/chart/CSV reads back and quotes", csv_reads_back_and_quotes);
  g_test_add_func ("/chart/rows are the same where every cell is",
                   rows_are_the_same_where_every_cell_is);
  g_test_add_func ("/chart/numbers are short, exact and without locale",
                   numbers_are_short_exact_and_without_locale);
  g_test_add_func ("/chart/numbers to be looked at have the sign asked for",
                   numbers_to_be_looked_at_have_the_sign_asked_for);
  g_test_add_func ("/chart/axes have the theme's sign", axes_have_the_themes_sign);
  g_test_add_func ("/chart/a table's text has the column's decimals",
                   table_text_has_the_columns_decimals);
  g_test_add_func ("/chart/a glyph's areas are the saliences", glyph_areas_are_the_saliences);
  g_test_add_func ("/chart/bars end at their probabilities", bars_end_at_their_probabilities);
  g_test_add_func ("/chart/beta is drawn only where it applies",
                   beta_is_drawn_only_where_it_applies);
  g_test_add_func ("/chart/the playhead lies at its time and can be hit",
                   playhead_lies_at_its_time_and_can_be_hit);
  g_test_add_func ("/chart/curves use the height they get", curves_use_the_height_they_get);
  g_test_add_func ("/chart/the range holds whatever there is", range_holds_whatever_there_is);
  g_test_add_func ("/chart/the clip's ends have no window", the_clips_ends_have_no_window);
  g_test_add_func ("/chart/a timeline's table has every window", timeline_table_has_every_window);
  g_test_add_func ("/chart/attention has its lanes below the probabilities",
                   attention_has_its_lanes);
  g_test_add_func ("/chart/a timeline's table tells how loud it is",
                   timeline_table_tells_how_loud_it_is);
  g_test_add_func ("/chart/empty and tiny charts are drawn without a crash",
                   empty_and_tiny_charts_are_drawn_without_a_crash);
  g_test_add_func ("/chart/files are the same every time and under a comma locale",
                   files_are_the_same_every_time_and_under_a_comma_locale);
  return g_test_run ();
}
