/* SPDX-License-Identifier: MIT */
/* OpenFace writes one table a clip, a row a frame. Version 3 is what the data set's release has,
 * version 2 what its baseline used; the columns and the cleaning of version 2 are those of
 * blemore-common, openface_operations/{config_openface,openface_helpers,openface2npy}.py. */
#include "data/corpus/bs-openface.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/format/bs-csv.h"

#define N_ACTION_UNITS 8
#define HEADER_BYTES 8192
#define CONFIDENCE 0.85
#define GOOD_RATIO 0.85

static const char *const columns_2[BS_OPENFACE_2_WIDTH] = {
  "AU01_r",   "AU02_r",       "AU04_r",       "AU05_r",   "AU06_r",   "AU07_r",   "AU09_r",
  "AU10_r",   "AU12_r",       "AU14_r",       "AU15_r",   "AU17_r",   "AU20_r",   "AU23_r",
  "AU25_r",   "AU26_r",       "AU45_r",       "pose_Rx",  "pose_Ry",  "pose_Rz",  "pose_Tx",
  "pose_Ty",  "pose_Tz",      "gaze_0_x",     "gaze_0_y", "gaze_0_z", "gaze_1_x", "gaze_1_y",
  "gaze_1_z", "gaze_angle_x", "gaze_angle_y",
};

static const char *const columns_3[] = { "action_units", "emotion_index", "gaze_yaw",
                                         "gaze_pitch" };

/**
 * bs_openface_is_table:
 * @path: a CSV file
 *
 * Looks at the header alone.
 *
 * Returns: whether it names action units as OpenFace 2 or 3 does
 */
gboolean
bs_openface_is_table (const char *path)
{
  char header[HEADER_BYTES];
  FILE *file = fopen (path, "re");
  if (file == NULL)
    return FALSE;
  gsize n = fread (header, 1, sizeof header - 1, file);
  fclose (file);
  header[n] = '\0';
  header[strcspn (header, "\r\n")] = '\0';
  return strstr (header, columns_3[0]) != NULL || strstr (header, columns_2[0]) != NULL;
}

/* A frame without a face has empty cells, which count as zeros (the challenge teams' reading). */
static gboolean
read_cell (const BsCsv *csv, gsize row, int column, double empty, double *value, GError **error)
{
  *value = empty;
  return bs_csv_is_empty (csv, row, (gsize) column) ||
         bs_csv_double (csv, row, (gsize) column, value, error);
}

/* A list as Python or numpy prints it: "[0.1, 0.2]" or "[0.1 0.2]", with nan for 0. */
static gboolean
read_action_units (const BsCsv *csv, gsize row, int column, float out[N_ACTION_UNITS],
                   GError **error)
{
  if (bs_csv_is_empty (csv, row, (gsize) column))
    return TRUE;
  g_auto (GStrv) words = g_strsplit_set (bs_csv_text (csv, row, (gsize) column), "[], \t\r\n", -1);
  int n = 0;
  gboolean good = TRUE;
  for (char **word = words; *word != NULL && good; word++) {
    if (**word == '\0')
      continue;
    char *end;
    double value = g_ascii_strtod (*word, &end);
    good = n < N_ACTION_UNITS && end != *word && *end == '\0' && !isinf (value);
    if (good)
      out[n++] = isnan (value) ? 0 : (float) value;
  }
  if (!good || n != N_ACTION_UNITS)
    bs_csv_set_error (csv, row, (gsize) column, error, _ ("expected a list of %d numbers"),
                      N_ACTION_UNITS);
  return good && n == N_ACTION_UNITS;
}

static BsMatrix *
read_3 (const BsCsv *csv, GError **error)
{
  int columns[G_N_ELEMENTS (columns_3)];
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if ((columns[i] = bs_csv_need_column (csv, columns_3[i], error)) < 0)
      return NULL;
  /* No frame at all is a row of zeros, as for version 2. */
  g_autoptr (BsMatrix) out = bs_matrix_new (MAX (bs_csv_n_rows (csv), 1), BS_OPENFACE_3_WIDTH);
  for (gsize row = 0; out != NULL && row < bs_csv_n_rows (csv); row++) {
    float *values = bs_matrix_row (out, row);
    if (!read_action_units (csv, row, columns[0], values, error))
      return NULL;
    for (int i = 1; i < (int) G_N_ELEMENTS (columns); i++) {
      double value;
      if (!read_cell (csv, row, columns[i], 0, &value, error))
        return NULL;
      values[N_ACTION_UNITS + i - 1] = (float) value;
    }
  }
  return g_steal_pointer (&out);
}

/* pandas' interpolate (method="linear"): between good rows by their distance, after the last good
 * one its value; before the first there is nothing to start from. */
static void
interpolate (double *values, gsize n_rows, gsize stride)
{
  gsize last = n_rows;
  for (gsize row = 0; row < n_rows; row++) {
    if (isnan (values[row * stride]))
      continue;
    for (gsize r = last + 1; last < n_rows && r < row; r++) {
      double share = (double) (r - last) / (double) (row - last);
      values[r * stride] =
        values[last * stride] + share * (values[row * stride] - values[last * stride]);
    }
    last = row;
  }
  for (gsize r = last + 1; last < n_rows && r < n_rows; r++)
    values[r * stride] = values[last * stride];
}

/* Frames that the tracker is not sure of are filled from their neighbours, unless there are so
 * many that the official code leaves the table as it is. Returns the first row to be kept. */
static gsize
clean (double *values, gsize n_rows, const double *success, const double *confidence)
{
  gsize n_success = 0, n_confident = 0, first = 0;
  for (gsize row = 0; row < n_rows; row++) {
    n_success += success[row] == 1;
    n_confident += confidence[row] >= CONFIDENCE;
  }
  double s = (double) n_success / (double) n_rows, c = (double) n_confident / (double) n_rows;
  if (!(s >= GOOD_RATIO && s < 1) && !(c >= GOOD_RATIO && c < 1))
    return 0;
  for (gsize row = 0; row < n_rows; row++)
    for (gsize i = 0;
         i < BS_OPENFACE_2_WIDTH && (success[row] != 1 || confidence[row] < CONFIDENCE); i++)
      values[row * BS_OPENFACE_2_WIDTH + i] = NAN;
  for (gsize i = 0; i < BS_OPENFACE_2_WIDTH; i++) {
    interpolate (values + i, n_rows, BS_OPENFACE_2_WIDTH);
    while (first < n_rows && isnan (values[first * BS_OPENFACE_2_WIDTH + i]))
      first++;
  }
  return first;
}

static gboolean
read_columns_2 (const BsCsv *csv, double *values, double *success, double *confidence,
                GError **error)
{
  int columns[BS_OPENFACE_2_WIDTH];
  int s = bs_csv_need_column (csv, "success", error);
  int c = s < 0 ? -1 : bs_csv_need_column (csv, "confidence", error);
  if (c < 0)
    return FALSE;
  for (int i = 0; i < BS_OPENFACE_2_WIDTH; i++)
    if ((columns[i] = bs_csv_need_column (csv, columns_2[i], error)) < 0)
      return FALSE;
  for (gsize row = 0; row < bs_csv_n_rows (csv); row++) {
    double *out = values + row * BS_OPENFACE_2_WIDTH;
    if (!read_cell (csv, row, s, NAN, &success[row], error) ||
        !read_cell (csv, row, c, NAN, &confidence[row], error))
      return FALSE;
    for (int i = 0; i < BS_OPENFACE_2_WIDTH; i++)
      if (!read_cell (csv, row, columns[i], NAN, &out[i], error))
        return FALSE;
  }
  return TRUE;
}

static BsMatrix *
read_2 (const BsCsv *csv, GError **error)
{
  gsize n_rows = bs_csv_n_rows (csv);
  g_autofree double *values = g_new0 (double, MAX (n_rows, 1) * BS_OPENFACE_2_WIDTH);
  g_autofree double *success = g_new0 (double, n_rows), *confidence = g_new0 (double, n_rows);
  if (!read_columns_2 (csv, values, success, confidence, error))
    return NULL;
  gsize first = n_rows > 0 ? clean (values, n_rows, success, confidence) : 0;
  /* Nothing left is one row of zeros, as openface2npy.py has it. */
  BsMatrix *out = bs_matrix_new (MAX (n_rows - first, 1), BS_OPENFACE_2_WIDTH);
  for (gsize i = 0; out != NULL && i < (n_rows - first) * BS_OPENFACE_2_WIDTH; i++)
    out->data[i] = (float) values[first * BS_OPENFACE_2_WIDTH + i];
  return out;
}

/**
 * bs_openface_load:
 * @path: a table of OpenFace 3 (eight action units as a list in a text, index of the emotion, gaze
 *   yaw and pitch) or 2 (17 action units, 6 of pose, 8 of gaze, with success and confidence)
 * @error: return location
 *
 * Version 2 is cleaned as the official baseline does: where the share of frames with success, or
 * that of frames with confidence of at least .85, is at least .85 but not 1, bad frames are
 * interpolated linearly and those before the first good one dropped; otherwise all stay as they
 * are. A clip without frames is one row of zeros. Cells that are empty stay NaN in version 2 and
 * are zeros in version 3.
 *
 * Returns: (transfer full) (nullable): frames x 11 or 31
 */
BsMatrix *
bs_openface_load (const char *path, GError **error)
{
  g_autoptr (BsCsv) csv = bs_csv_load (path, error);
  if (csv == NULL)
    return NULL;
  gboolean version_3 = bs_csv_find_column (csv, columns_3[0]) >= 0;
  BsMatrix *out = version_3 ? read_3 (csv, error) : read_2 (csv, error);
  if (out == NULL && error != NULL && *error == NULL)
    g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("%s: too large to be held"),
                 bs_csv_name (csv));
  return out;
}
