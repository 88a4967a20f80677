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

/* For what is no emotion. Chosen by search for the largest least distance (OKLab) between any two,
 * as seen with normal vision and with protanopia, deuteranopia and tritanopia (Machado, Oliveira,
 * Fernandes 2009), at 3 to 1 against the background or more and at least .075 from any emotion. */
static const guint32 fold_rgb[] = {
  0x5b69c5, 0x713404, 0x129eb0, 0xad8b0a, 0xb34a3f, 0x051369, 0x460f28, 0x074e7a,
};
static const guint32 fold_rgb_dark[] = {
  0x6bc0fd, 0xe8bfa1, 0xbd548d, 0xe3f78b, 0x7285e4, 0xb0a93d, 0x50fdfe, 0x4b800a,
};
static const guint32 actor_rgb[] = {
  0x723356, 0x0f9ed8, 0x766c86, 0x144d9b, 0xb88806, 0x310451, 0xa24e0d, 0x540404,
};
static const guint32 actor_rgb_dark[] = {
  0xa187e6, 0xeeea76, 0x5bcefe, 0xb04d5e, 0xf3aa98, 0x496fb5, 0xb88806, 0xb4f8f6,
};

/* Slate, tan and grey, each from the strongest step to the weakest. */
static const guint32 error_rgb[][BS_N_ERROR_STEPS] = {
  [BS_ERROR_FAMILY_PAIR] = { 0x1f3a5c, 0x5a80b4, 0x9fbadd },
  [BS_ERROR_FAMILY_NOT_PAIR] = { 0x7d4a22, 0xb98a5a, 0xe0c49c },
  [BS_ERROR_FAMILY_REST] = { 0x4a4d52, 0x75797f, 0xb9bec6 },
};
static const guint32 error_rgb_dark[][BS_N_ERROR_STEPS] = {
  [BS_ERROR_FAMILY_PAIR] = { 0xb8d4f6, 0x8a9ad8, 0x45648c },
  [BS_ERROR_FAMILY_NOT_PAIR] = { 0xe6c293, 0xa97c4a, 0x684a2b },
  [BS_ERROR_FAMILY_REST] = { 0xf0f2f4, 0x75797f, 0x565a60 },
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
 * bs_fold_color:
 * @fold: its number; colours come again after eight
 * @theme: a theme
 *
 * Returns: the colour of a fold, in projections and of its learning curve
 */
BsColor
bs_fold_color (guint fold, const BsChartTheme *theme)
{
  return bs_color_rgb ((theme->dark ? fold_rgb_dark : fold_rgb)[fold % G_N_ELEMENTS (fold_rgb)]);
}

/**
 * bs_actor_color:
 * @actor: its number; colours come again after eight
 * @theme: a theme
 *
 * Returns: the colour of an actor
 */
BsColor
bs_actor_color (guint actor, const BsChartTheme *theme)
{
  return bs_color_rgb (
    (theme->dark ? actor_rgb_dark : actor_rgb)[actor % G_N_ELEMENTS (actor_rgb)]);
}

/**
 * bs_series_color:
 * @index: number of a series that is neither of emotions nor of folds or actors: encoders, learning
 *   curves of several runs, parts of bars; colours come again after eight
 * @theme: a theme
 *
 * Returns: its colour
 */
BsColor
bs_series_color (guint index, const BsChartTheme *theme)
{
  return bs_fold_color (index, theme);
}

/**
 * bs_error_color:
 * @family: what was right of the decision
 * @step: 0 for the strongest, below %BS_N_ERROR_STEPS
 * @theme: a theme
 *
 * Returns: the colour of an outcome or a kind of error; always with a sign or a name
 */
BsColor
bs_error_color (BsErrorFamily family, guint step, const BsChartTheme *theme)
{
  step = MIN (step, BS_N_ERROR_STEPS - 1);
  return bs_color_rgb ((theme->dark ? error_rgb_dark : error_rgb)[family][step]);
}
