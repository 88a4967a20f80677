/* SPDX-License-Identifier: MIT */
#include "tests/support/bs-test-views.h"

#include "data/base/bs-table.h"
#include "data/base/bs-random.h"

/**
 * bs_test_click_chart:
 * @chart: a chart, laid out
 * @x: in pixels
 * @y: in pixels
 * @n_press: 2 for a double click
 *
 * A click as the chart gets it.
 */
void
bs_test_click_chart (BsChartView *chart, double x, double y, int n_press)
{
  BsChartPress press = { BS_CHART_DRAG_BEGIN, x, y, x, y, n_press, 0 };
  BS_CHART_VIEW_GET_CLASS (chart)->press (chart, &press);
  press.phase = BS_CHART_DRAG_CLICK;
  BS_CHART_VIEW_GET_CLASS (chart)->press (chart, &press);
}

/**
 * bs_test_write_predictions:
 * @workspace: with a corpus open
 * @path: file to write
 * @seed: of the noise
 *
 * Writes probabilities that follow the labels with much noise, the same in every run.
 */
void
bs_test_write_predictions (BsWorkspace *workspace, const char *path, guint64 seed)
{
  BsMetadata *metadata = bs_workspace_get_metadata (workspace);
  g_autoptr (GString) csv = g_string_new ("filename,ang,disg,fea,hap,sad,neu\n");
  BsRandom random;
  bs_random_init (&random, seed);
  for (gsize clip = 0; clip < bs_metadata_n_clips (metadata); clip++) {
    const BsClip *info = bs_metadata_clip (metadata, clip);
    float truth[BS_N_EMOTIONS];
    if (!bs_label_is_known (info->label))
      continue;
    bs_label_distribution (info->label, truth);
    g_string_append (csv, info->filename);
    for (int e = 0; e < BS_N_EMOTIONS; e++) {
      char number[BS_NUMBER_SIZE];
      g_string_append_printf (
        csv, ",%s", bs_number_exact (number, 2.5 * truth[e] + bs_random_normal (&random)));
    }
    g_string_append_c (csv, '\n');
  }
  g_assert_true (g_file_set_contents (path, csv->str, -1, NULL));
}
