/* SPDX-License-Identifier: MIT */
/* Charts as files. The same chart gives the same bytes in every run and under every locale:
 * cairo numbers its SVG elements by a counter of the process and dates its PDF files, and both
 * are put right here. */
#include "viz/chart/bs-chart.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n.h>
#include <string.h>

/* Pixels of PNG for each unit, so that print does not look coarse. */
#define PNG_SCALE 2

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
new_surface (BsChartFormat format, double width, double height, GByteArray *out)
{
  cairo_surface_t *surface;

  switch (format) {
  case BS_CHART_SVG:
    surface = cairo_svg_surface_create_for_stream (append_bytes, out, width, height);
    cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
    return surface;
  case BS_CHART_PDF:
    surface = cairo_pdf_surface_create_for_stream (append_bytes, out, width, height);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                    "2000-01-01T00:00:00Z");
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Blendscope");
    return surface;
  case BS_CHART_PNG:
    break;
  }
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * PNG_SCALE),
                                        (int) (height * PNG_SCALE));
  cairo_surface_set_device_scale (surface, PNG_SCALE, PNG_SCALE);
  return surface;
}

/* Renumbers the @prefix<number> names in the order in which they first appear. A number must
 * follow a quote or a '#', so that text that merely looks alike is left as it is. */
static void
renumber (GString *svg, const char *prefix)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) out = g_string_sized_new (svg->len);
  gsize length = strlen (prefix);
  const char *at = svg->str, *found;

  while ((found = strstr (at, prefix))) {
    gsize digits = strspn (found + length, "0123456789");

    g_string_append_len (out, at, found - at);
    at = found + length + digits;
    g_string_append_len (out, found, (gssize) length);
    if (digits && found > svg->str && (found[-1] == '"' || found[-1] == '#')) {
      char *key = g_strndup (found + length, digits);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, key));

      if (!number)
        number = g_hash_table_size (numbers) + 1;
      g_hash_table_replace (numbers, key, GUINT_TO_POINTER (number));
      g_string_append_printf (out, "%u", number);
    } else {
      g_string_append_len (out, found + length, (gssize) digits);
    }
  }
  g_string_append (out, at);
  g_string_assign (svg, out->str);
}

static GBytes *
stable_svg (GByteArray *bytes)
{
  static const char *const prefixes[] = { "surface", "clip", "image", "mask", "pattern" };
  GString *svg = g_string_new_len ((const char *) bytes->data, bytes->len);

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    renumber (svg, prefixes[i]);
  return g_string_free_to_bytes (svg);
}

/**
 * bs_chart_export:
 * @draw: draws the chart
 * @user_data: for @draw
 * @width: pixels (points in PDF)
 * @height: likewise
 * @background: behind the chart
 * @format: PNG has two pixels for each unit
 * @error: return location; cairo's status where it fails
 *
 * Any thread, as far as @draw allows it. The bytes depend on nothing but the chart and the
 * installed fonts.
 *
 * Returns: (transfer full): the file
 */
GBytes *
bs_chart_export (BsChartDrawFunc draw, gpointer user_data, double width, double height,
                 BsColor background, BsChartFormat format, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  cairo_surface_t *surface = new_surface (format, width, height, out);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  bs_color_set (cr, background);
  cairo_paint (cr);
  draw (cr, width, height, user_data);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == BS_CHART_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, out);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The chart cannot be drawn: %s."),
                 cairo_status_to_string (status));
    return NULL;
  }
  if (format == BS_CHART_SVG)
    return stable_svg (out);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
