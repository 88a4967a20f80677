/* SPDX-License-Identifier: MIT */
/* Charts of the command line: the window's own drawing, in the light theme. */
#include "app/cli/common/bs-cli-chart.h"

#include "data/format/bs-file.h"

/**
 * bs_cli_chart_format:
 * @path: a file to be
 * @format: (out): what its extension asks for
 *
 * Returns: whether it ends in .svg, .png or .pdf
 */
gboolean
bs_cli_chart_format (const char *path, BsChartFormat *format)
{
  static const char *const endings[] = {
    [BS_CHART_PNG] = ".png",
    [BS_CHART_SVG] = ".svg",
    [BS_CHART_PDF] = ".pdf",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (path, endings[i])) {
      *format = (BsChartFormat) i;
      return TRUE;
    }
  return FALSE;
}

/**
 * bs_cli_write_bytes:
 * @path: a file to be
 * @bytes: what it holds
 *
 * Returns: %BS_CLI_DONE, or %BS_CLI_FAILED after one line on stderr
 */
BsCliStatus
bs_cli_write_bytes (const char *path, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  return bs_file_write (path, data, size, &error) ? BS_CLI_DONE : bs_cli_fail (error);
}

/**
 * bs_cli_write_chart:
 * @path: ends in .svg, .png or .pdf
 * @draw: draws the chart
 * @user_data: for @draw
 * @width: pixels or points
 * @height: likewise
 *
 * Returns: %BS_CLI_DONE, or %BS_CLI_FAILED after one line on stderr
 */
BsCliStatus
bs_cli_write_chart (const char *path, BsChartDrawFunc draw, gpointer user_data, double width,
                    double height)
{
  BsChartFormat format = BS_CHART_SVG;
  g_return_val_if_fail (bs_cli_chart_format (path, &format), BS_CLI_FAILED);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bs_chart_export (
    draw, user_data, width, height, bs_chart_theme_get (FALSE)->background, format, &error);
  if (bytes == NULL) {
    g_prefix_error (&error, "%s: ", path);
    return bs_cli_fail (error);
  }
  return bs_cli_write_bytes (path, bytes);
}
