/* SPDX-License-Identifier: MIT */
/* Colours. Emotions have the colours of Okabe and Ito (2008), told apart by people with any kind
 * of colour vision, and keep them everywhere; everything else comes from a theme, so that a
 * chart is the same code on a light window, on a dark one and on paper. */
#include "viz/chart/bs-palette.h"

#include <math.h>

/* Okabe-Ito; neutral grey. The blue alone is too dark for thin lines on a dark window and is
 * lightened there. */
static const guint32 emotion_rgb[BS_N_EMOTIONS] = {
  0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x0072b2, 0x999999,
};
static const guint32 emotion_rgb_dark[BS_N_EMOTIONS] = {
  0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x3d9bdc, 0x999999,
};

static const char *const emotion_letters[BS_N_EMOTIONS] = { "A", "D", "F", "H", "S", "N" };

static const BsMarker emotion_markers[BS_N_EMOTIONS] = {
  BS_MARKER_TRIANGLE, BS_MARKER_SQUARE,        BS_MARKER_DIAMOND,
  BS_MARKER_DISC,     BS_MARKER_TRIANGLE_DOWN, BS_MARKER_CROSS,
};

/* For series that are not emotions (folds, actors): Okabe-Ito in an order whose neighbours
 * differ in lightness too. */
static const guint32 series_rgb[] = {
  0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xd55e00, 0x7a6a00, 0x6b6b6b,
};
static const guint32 series_rgb_dark[] = {
  0x3d9bdc, 0xe69f00, 0x1bb083, 0xd98bb6, 0x7cc7f2, 0xe8701a, 0xd6c24a, 0xb0b0b0,
};

/* Samples at equal distances of the published maps: viridis (Smith, van der Walt 2015), cividis
 * (Nunez, Anderton, Renslow 2018), Blues (Brewer 2002). Between them colours are mixed. */
static const guint32 viridis_rgb[] = {
  0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c,
  0x1fa088, 0x28ae80, 0x3fbc73, 0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725,
};
static const guint32 cividis_rgb[] = {
  0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173,
  0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55, 0xfee838,
};
static const guint32 blues_rgb[] = {
  0xf7fbff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b,
};
static const guint32 blues_dark_rgb[] = {
  0x262a33, 0x2d3748, 0x35465f, 0x3d567a, 0x466896, 0x517bb0, 0x6191c9, 0x79a9de, 0x98c3f2,
};

static const struct {
  const guint32 *rgb;
  guint n;
} color_maps[] = {
  [BS_COLOR_MAP_VIRIDIS] = { viridis_rgb, G_N_ELEMENTS (viridis_rgb) },
  [BS_COLOR_MAP_CIVIDIS] = { cividis_rgb, G_N_ELEMENTS (cividis_rgb) },
  [BS_COLOR_MAP_BLUES] = { blues_rgb, G_N_ELEMENTS (blues_rgb) },
  [BS_COLOR_MAP_BLUES_DARK] = { blues_dark_rgb, G_N_ELEMENTS (blues_dark_rgb) },
};

#define RGB(value)                                                                         \
  {                                                                                        \
    ((value) >> 16 & 0xff) / 255.0, ((value) >> 8 & 0xff) / 255.0, ((value) &0xff) / 255.0 \
  }

static const BsChartTheme theme_light = {
  .dark = FALSE,
  .background = RGB (0xffffff),
  .panel = RGB (0xf1f1f4),
  .text = RGB (0x2b2b2f),
  .dim = RGB (0x636369),
  .grid = RGB (0xdcdce0),
  .accent = RGB (0x1a66c2),
  .good = RGB (0x177245),
  .bad = RGB (0xb3141f),
  .warning = RGB (0x8a5a00),
  .font = "Cantarell, Sans",
  .size_px = 12,
};
static const BsChartTheme theme_dark = {
  .dark = TRUE,
  .background = RGB (0x242424),
  .panel = RGB (0x303030),
  .text = RGB (0xeeeeee),
  .dim = RGB (0xa9a9ae),
  .grid = RGB (0x424247),
  .accent = RGB (0x78aeed),
  .good = RGB (0x6bdc95),
  .bad = RGB (0xff8a7a),
  .warning = RGB (0xf2cf63),
  .font = "Cantarell, Sans",
  .size_px = 12,
};

/**
 * bs_chart_theme_get:
 * @dark: for a dark background
 *
 * Returns: (transfer none): a theme to use, or to copy and adapt
 */
const BsChartTheme *
bs_chart_theme_get (gboolean dark)
{
  return dark ? &theme_dark : &theme_light;
}

/**
 * bs_chart_theme_text:
 * @self: a theme
 * @text: a chart's own word, marked with N_()
 *
 * Returns: (transfer none): @text in the theme's language
 */
const char *
bs_chart_theme_text (const BsChartTheme *self, const char *text)
{
  return self->translate ? self->translate (text) : text;
}

/**
 * bs_color_rgb:
 * @rgb: 0xrrggbb
 *
 * Returns: the colour
 */
BsColor
bs_color_rgb (guint32 rgb)
{
  return (BsColor) RGB (rgb);
}

/**
 * bs_color_mix:
 * @a: a colour
 * @b: another
 * @share_b: 0 gives @a, 1 gives @b
 *
 * Returns: the mixture, taken in sRGB
 */
BsColor
bs_color_mix (BsColor a, BsColor b, double share_b)
{
  return (BsColor){ a.r + (b.r - a.r) * share_b, a.g + (b.g - a.g) * share_b,
                    a.b + (b.b - a.b) * share_b };
}

static double
to_linear (double part)
{
  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

/**
 * bs_color_luminance:
 * @color: a colour
 *
 * Returns: relative luminance (WCAG 2.1), 0 for black to 1 for white
 */
double
bs_color_luminance (BsColor color)
{
  return 0.2126 * to_linear (color.r) + 0.7152 * to_linear (color.g) + 0.0722 * to_linear (color.b);
}

/**
 * bs_color_contrast:
 * @a: a colour
 * @b: another
 *
 * Returns: their contrast ratio (WCAG 2.1), 1 to 21
 */
double
bs_color_contrast (BsColor a, BsColor b)
{
  double la = bs_color_luminance (a) + 0.05, lb = bs_color_luminance (b) + 0.05;

  return la > lb ? la / lb : lb / la;
}

/**
 * bs_color_text_on:
 * @background: what the text stands on
 *
 * Black and white meet at a contrast of 4.58 to 1, so that the better of the two is legible
 * (4.5) on every colour.
 *
 * Returns: black or white
 */
BsColor
bs_color_text_on (BsColor background)
{
  BsColor white = { 1, 1, 1 }, black = { 0, 0, 0 };

  return bs_color_contrast (white, background) >= bs_color_contrast (black, background) ? white
                                                                                        : black;
}

/**
 * bs_color_to_rgb24:
 * @color: a colour
 *
 * Returns: an opaque pixel of a cairo RGB24 or ARGB32 image
 */
guint32
bs_color_to_rgb24 (BsColor color)
{
  return 0xff000000u | (guint32) lround (CLAMP (color.r, 0, 1) * 255) << 16 |
         (guint32) lround (CLAMP (color.g, 0, 1) * 255) << 8 |
         (guint32) lround (CLAMP (color.b, 0, 1) * 255);
}

/**
 * bs_color_set:
 * @cr: a context
 * @color: its next source
 */
void
bs_color_set (cairo_t *cr, BsColor color)
{
  cairo_set_source_rgb (cr, color.r, color.g, color.b);
}

/**
 * bs_color_set_alpha:
 * @cr: a context
 * @color: its next source
 * @alpha: opacity
 */
void
bs_color_set_alpha (cairo_t *cr, BsColor color, double alpha)
{
  cairo_set_source_rgba (cr, color.r, color.g, color.b, alpha);
}

/**
 * bs_color_map:
 * @map: which
 * @t: 0 to 1; held there where outside, NaN counts as 0
 *
 * Returns: the colour
 */
BsColor
bs_color_map (BsColorMap map, double t)
{
  const guint32 *rgb = color_maps[map].rgb;
  guint last = color_maps[map].n - 1;
  double at = t > 0 ? MIN (t, 1) * last : 0;
  guint index = MIN ((guint) at, last - 1);

  return bs_color_mix (bs_color_rgb (rgb[index]), bs_color_rgb (rgb[index + 1]), at - index);
}

/**
 * bs_color_map_blues:
 * @theme: a theme
 *
 * Returns: the map for counts whose zero lies close to the theme's background
 */
BsColorMap
bs_color_map_blues (const BsChartTheme *theme)
{
  return theme->dark ? BS_COLOR_MAP_BLUES_DARK : BS_COLOR_MAP_BLUES;
}

/**
 * bs_emotion_color:
 * @emotion: number in the official order; neutral's grey where there is no such emotion
 * @theme: a theme
 *
 * Returns: the emotion's colour, the same in every view
 */
BsColor
bs_emotion_color (int emotion, const BsChartTheme *theme)
{
  const guint32 *rgb = theme->dark ? emotion_rgb_dark : emotion_rgb;

  if (emotion < 0 || emotion >= BS_N_EMOTIONS)
    emotion = BS_N_EMOTIONS - 1;
  return bs_color_rgb (rgb[emotion]);
}

/**
 * bs_emotion_letter:
 * @emotion: number in the official order
 *
 * Returns: (transfer none): the letter that stands with the colour, "?" for an unknown one
 */
const char *
bs_emotion_letter (int emotion)
{
  return emotion >= 0 && emotion < BS_N_EMOTIONS ? emotion_letters[emotion] : "?";
}

/**
 * bs_emotion_marker:
 * @emotion: number in the official order
 *
 * Returns: the shape that stands with the colour
 */
BsMarker
bs_emotion_marker (int emotion)
{
  return emotion >= 0 && emotion < BS_N_EMOTIONS ? emotion_markers[emotion] : BS_MARKER_DISC;
}

/**
 * bs_blend_marker:
 * @first_percent: salience of the first emotion: 30, 50 or 70
 *
 * Returns: the shape of a blend's points: a triangle that points up where the first emotion is
 *   the stronger, down where the second is, a diamond where they are equal
 */
BsMarker
bs_blend_marker (int first_percent)
{
  if (first_percent == 50)
    return BS_MARKER_DIAMOND;
  return first_percent > 50 ? BS_MARKER_TRIANGLE : BS_MARKER_TRIANGLE_DOWN;
}

/**
 * bs_series_color:
 * @index: number of a series that is not an emotion; colours come again after eight
 * @theme: a theme
 *
 * Returns: its colour
 */
BsColor
bs_series_color (guint index, const BsChartTheme *theme)
{
  const guint32 *rgb = theme->dark ? series_rgb_dark : series_rgb;

  return bs_color_rgb (rgb[index % G_N_ELEMENTS (series_rgb)]);
}
