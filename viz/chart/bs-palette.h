/* SPDX-License-Identifier: MIT */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "data/base/bs-labels.h"

G_BEGIN_DECLS

/**
 * BsColor:
 *
 * An sRGB colour, each part 0 to 1.
 */
typedef struct {
  double r, g, b;
} BsColor;

/**
 * BsColorMap:
 * @BS_COLOR_MAP_VIRIDIS: for scores
 * @BS_COLOR_MAP_CIVIDIS: the same for those to whom viridis' greens and blues look alike
 * @BS_COLOR_MAP_BLUES: for counts on a light background
 * @BS_COLOR_MAP_BLUES_DARK: for counts on a dark background
 */
typedef enum {
  BS_COLOR_MAP_VIRIDIS,
  BS_COLOR_MAP_CIVIDIS,
  BS_COLOR_MAP_BLUES,
  BS_COLOR_MAP_BLUES_DARK,
} BsColorMap;

/**
 * BsMarker:
 *
 * Shapes of points, so that colour is never the only sign.
 */
typedef enum {
  BS_MARKER_DISC,
  BS_MARKER_SQUARE,
  BS_MARKER_TRIANGLE,
  BS_MARKER_DIAMOND,
  BS_MARKER_CROSS,
  BS_MARKER_TRIANGLE_DOWN,
  BS_N_MARKERS,
} BsMarker;

/**
 * BsErrorFamily:
 * @BS_ERROR_FAMILY_PAIR: the right emotions were decided: slate
 * @BS_ERROR_FAMILY_NOT_PAIR: some were wrong or missing: tan
 * @BS_ERROR_FAMILY_REST: whatever else: grey
 *
 * Families of colours for outcomes and kinds of error.
 */
typedef enum {
  BS_ERROR_FAMILY_PAIR,
  BS_ERROR_FAMILY_NOT_PAIR,
  BS_ERROR_FAMILY_REST,
} BsErrorFamily;

#define BS_N_ERROR_STEPS 3

/**
 * BsChartTheme:
 * @dark: on a dark background
 * @background: behind charts where nothing else is (exports)
 * @panel: of boxes on the background
 * @text: what is read
 * @dim: captions and axes, still legible
 * @grid: lines behind data
 * @accent: what is chosen or can be moved
 * @good: right; always with a sign
 * @bad: wrong; always with a sign
 * @warning: partly right
 * @font: Pango family list
 * @size_px: height of normal text
 * @translate: (nullable): gives the text for people of a chart's own (English) word
 * @decimal_point: (nullable): the sign in numbers; %NULL is a point, as in files
 *
 * Everything a chart takes from its surroundings.
 */
typedef struct {
  gboolean dark;
  BsColor background, panel;
  BsColor text, dim, grid;
  BsColor accent, good, bad, warning;
  const char *font;
  double size_px;
  const char *(*translate) (const char *text);
  const char *decimal_point;
} BsChartTheme;

const BsChartTheme *bs_chart_theme_get (gboolean dark);
const char *bs_chart_theme_text (const BsChartTheme *self, const char *text);

BsColor bs_color_rgb (guint32 rgb);
BsColor bs_color_mix (BsColor a, BsColor b, double share_b);
double bs_color_luminance (BsColor color);
double bs_color_contrast (BsColor a, BsColor b);
BsColor bs_color_text_on (BsColor background);
guint32 bs_color_to_rgb24 (BsColor color);
void bs_color_set (cairo_t *cr, BsColor color);
void bs_color_set_alpha (cairo_t *cr, BsColor color, double alpha);

BsColor bs_color_map (BsColorMap map, double t);
BsColorMap bs_color_map_blues (const BsChartTheme *theme);

BsColor bs_emotion_color (int emotion, const BsChartTheme *theme);
const char *bs_emotion_letter (int emotion);
BsMarker bs_emotion_marker (int emotion);
BsColor bs_fold_color (guint fold, const BsChartTheme *theme);
BsColor bs_actor_color (guint actor, const BsChartTheme *theme);
BsColor bs_series_color (guint index, const BsChartTheme *theme);
BsColor bs_error_color (BsErrorFamily family, guint step, const BsChartTheme *theme);

G_END_DECLS
