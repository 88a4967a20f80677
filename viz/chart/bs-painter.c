/* SPDX-License-Identifier: MIT */
/* Text and shapes that all charts share. Laying out text is what costs time in a chart, so each
 * text is laid out once in a drawing, however often it is shown (numbers in cells repeat). */
#include "data/base/bs-visible.h"
#include "viz/chart/bs-painter.h"

#include <math.h>
#include <pango/pangocairo.h>

typedef struct {
  PangoLayout *layout;
  double width, baseline, cap;
} Laid;

static void
free_laid (gpointer data)
{
  Laid *laid = data;

  g_object_unref (laid->layout);
  g_free (laid);
}

/**
 * bs_painter_new:
 * @cr: what to draw on; must outlive the painter
 * @theme: must outlive the painter
 *
 * Returns: (transfer full): a painter
 */
BsPainter *
bs_painter_new (cairo_t *cr, const BsChartTheme *theme)
{
  BsPainter *self = g_new0 (BsPainter, 1);
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoContext *context = pango_cairo_create_context (cr);

  /* The same advance widths on screen, in PNG and in vector files. */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);

  self->cr = cr;
  self->theme = theme;
  self->context = context;
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_laid);
  return self;
}

/**
 * bs_painter_free:
 * @self: (transfer full) (nullable): a painter
 */
void
bs_painter_free (BsPainter *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->layouts);
  g_object_unref (self->context);
  g_free (self);
}

/**
 * bs_painter_font:
 * @self: a painter
 * @scale: of the theme's normal text
 * @bold: heavier
 *
 * Returns: the font
 */
BsFont
bs_painter_font (const BsPainter *self, double scale, gboolean bold)
{
  return (BsFont){ self->theme->size_px * scale, bold };
}

static PangoLayout *
new_layout (BsPainter *self, BsFont font, const char *text)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *description = pango_font_description_from_string (self->theme->font);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (description, font.size_px * PANGO_SCALE);
  pango_font_description_set_weight (description,
                                     font.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_font_description (layout, description);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  g_autofree char *seen = bs_visible_dup (text);
  pango_layout_set_text (layout, seen, -1);
  pango_attr_list_unref (attributes);
  pango_font_description_free (description);
  return layout;
}

static const Laid *
lay_out (BsPainter *self, BsFont font, const char *text)
{
  g_autofree char *key =
    g_strdup_printf ("%d%c%s", (int) lround (font.size_px * 8), font.bold ? 'b' : 'n', text);
  Laid *laid = g_hash_table_lookup (self->layouts, key);
  PangoRectangle logical;

  if (laid)
    return laid;
  laid = g_new0 (Laid, 1);
  laid->layout = new_layout (self, font, text);
  pango_layout_get_extents (laid->layout, NULL, &logical);
  laid->width = (double) logical.width / PANGO_SCALE;
  laid->baseline = (double) pango_layout_get_baseline (laid->layout) / PANGO_SCALE;
  /* Capitals and digits of usual sans-serif faces are .7 em high; centring on that puts
   * numbers in the middle of discs and cells, which centring on ascent and descent does not. */
  laid->cap = font.size_px * 0.7;
  g_hash_table_insert (self->layouts, g_steal_pointer (&key), laid);
  return laid;
}

/**
 * bs_painter_text:
 * @self: a painter
 * @font: face and size
 * @color: of the text
 * @x: where
 * @y: where
 * @x_align: part of the text's width that lies left of @x
 * @y_align: 0: capitals begin at @y; .5: they are centred on it; 1: they stand on it
 * @text: one line
 */
void
bs_painter_text (BsPainter *self, BsFont font, BsColor color, double x, double y, double x_align,
                 double y_align, const char *text)
{
  bs_painter_text_rotated (self, font, color, x, y, x_align, y_align, 0, text);
}

/**
 * bs_painter_text_rotated:
 * @self: a painter
 * @font: face and size
 * @color: of the text
 * @x: the point that stays
 * @y: likewise
 * @x_align: as for bs_painter_text()
 * @y_align: likewise
 * @degrees: clockwise
 * @text: one line
 */
void
bs_painter_text_rotated (BsPainter *self, BsFont font, BsColor color, double x, double y,
                         double x_align, double y_align, double degrees, const char *text)
{
  const Laid *laid;

  if (!text || !*text || font.size_px < 1)
    return;
  laid = lay_out (self, font, text);
  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  if (degrees != 0)
    cairo_rotate (self->cr, degrees * G_PI / 180);
  bs_color_set (self->cr, color);
  cairo_move_to (self->cr, -laid->width * x_align, laid->cap * (1 - y_align) - laid->baseline);
  pango_cairo_show_layout (self->cr, laid->layout);
  cairo_restore (self->cr);
}

/**
 * bs_painter_text_width:
 * @self: a painter
 * @font: face and size
 * @text: (nullable): one line
 *
 * Returns: its width in pixels
 */
double
bs_painter_text_width (BsPainter *self, BsFont font, const char *text)
{
  return text && *text ? lay_out (self, font, text)->width : 0;
}

/**
 * bs_text_estimate:
 * @size_px: height of the text
 * @texts: (array length=n): lines
 * @n: how many
 *
 * Charts make room for names by this and not by measuring, so that what lies under a point can
 * be said without fonts. Names in usual sans-serif faces stay below .56 em a letter.
 *
 * Returns: the width that the longest of @texts needs
 */
double
bs_text_estimate (double size_px, const char *const *texts, gsize n)
{
  glong letters = 0;

  for (gsize i = 0; i < n; i++)
    letters = MAX (letters, g_utf8_strlen (texts[i], -1));
  return (double) letters * .56 * size_px;
}

/**
 * bs_painter_round_rect:
 * @self: a painter
 * @rect: where
 * @radius: of the corners; as much as fits
 *
 * Adds the outline to the path.
 */
void
bs_painter_round_rect (BsPainter *self, const BsRect *rect, double radius)
{
  cairo_t *cr = self->cr;
  double x = rect->x, y = rect->y, w = rect->width, h = rect->height;
  double r = MAX (0, MIN (radius, MIN (w, h) / 2));

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + w - r, y + r, r, -G_PI_2, 0);
  cairo_arc (cr, x + w - r, y + h - r, r, 0, G_PI_2);
  cairo_arc (cr, x + r, y + h - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

/**
 * bs_painter_hatch:
 * @self: a painter
 * @bounds: what to cover
 * @spacing: between lines, pixels
 * @color: of the lines
 * @alpha: their opacity
 *
 * Draws rising lines within the current path, which it uses up.
 */
void
bs_painter_hatch (BsPainter *self, const BsRect *bounds, double spacing, BsColor color,
                  double alpha)
{
  cairo_t *cr = self->cr;

  cairo_save (cr);
  cairo_clip (cr);
  for (double at = -bounds->height; at < bounds->width; at += spacing) {
    cairo_move_to (cr, bounds->x + at, bounds->y + bounds->height);
    cairo_line_to (cr, bounds->x + at + bounds->height, bounds->y);
  }
  bs_color_set_alpha (cr, color, alpha);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/**
 * bs_painter_marker:
 * @self: a painter
 * @marker: shape
 * @x: centre
 * @y: centre
 * @radius: half the width of the disc; the others cover the same area
 *
 * Adds the shape to the path, to be filled.
 */
void
bs_painter_marker (BsPainter *self, BsMarker marker, double x, double y, double radius)
{
  static const double shapes[BS_N_MARKERS][13][2] = {
    [BS_MARKER_SQUARE] = { { 4 }, { -.89, -.89 }, { .89, -.89 }, { .89, .89 }, { -.89, .89 } },
    [BS_MARKER_TRIANGLE] = { { 3 }, { 0, -1.35 }, { 1.25, .85 }, { -1.25, .85 } },
    [BS_MARKER_DIAMOND] = { { 4 }, { 0, -1.3 }, { 1.3, 0 }, { 0, 1.3 }, { -1.3, 0 } },
    [BS_MARKER_CROSS] = { { 12 },
                          { -.4, -1.2 },
                          { .4, -1.2 },
                          { .4, -.4 },
                          { 1.2, -.4 },
                          { 1.2, .4 },
                          { .4, .4 },
                          { .4, 1.2 },
                          { -.4, 1.2 },
                          { -.4, .4 },
                          { -1.2, .4 },
                          { -1.2, -.4 },
                          { -.4, -.4 } },
    [BS_MARKER_TRIANGLE_DOWN] = { { 3 }, { 0, 1.35 }, { 1.25, -.85 }, { -1.25, -.85 } },
  };
  const double (*corner)[2] = shapes[marker];

  cairo_new_sub_path (self->cr);
  if (marker == BS_MARKER_DISC)
    cairo_arc (self->cr, x, y, radius, 0, 2 * G_PI);
  for (int i = 1; i <= (int) corner[0][0]; i++)
    cairo_line_to (self->cr, x + corner[i][0] * radius, y + corner[i][1] * radius);
  cairo_close_path (self->cr);
}

/**
 * bs_painter_bubble:
 * @self: a painter
 * @width: of the drawing
 * @height: of the drawing
 * @x: what is spoken of
 * @y: likewise
 * @text: one line or several; the first stands out
 *
 * Draws a box with words beside a point, inside the drawing and not on the point.
 */
void
bs_painter_bubble (BsPainter *self, double width, double height, double x, double y,
                   const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  BsFont font = bs_painter_font (self, .95, FALSE);
  double row = font.size_px * 1.5;
  BsRect box = { x + 14, y + 14, 0, row * g_strv_length (lines) + 10 };

  for (guint i = 0; lines[i]; i++) {
    font.bold = i == 0;
    box.width = MAX (box.width, bs_painter_text_width (self, font, lines[i]) + 20);
  }
  if (box.x + box.width > width)
    box.x = MAX (0, x - 14 - box.width);
  if (box.y + box.height > height)
    box.y = MAX (0, y - 14 - box.height);
  bs_painter_round_rect (self, &box, 6);
  bs_color_set_alpha (self->cr, self->theme->panel, .96);
  cairo_fill_preserve (self->cr);
  bs_color_set (self->cr, self->theme->grid);
  cairo_set_line_width (self->cr, 1);
  cairo_stroke (self->cr);
  for (guint i = 0; lines[i]; i++) {
    font.bold = i == 0;
    bs_painter_text (self, font, i ? self->theme->dim : self->theme->text, box.x + 10,
                     box.y + 5 + row * (i + .5), 0, .5, lines[i]);
  }
}
