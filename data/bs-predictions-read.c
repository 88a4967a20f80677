/* SPDX-License-Identifier: MIT */
/* Predictions as tables (CSV) and as arrays (NPZ). */
#include <string.h>

#include "data/bs-csv.h"
#include "data/bs-npz.h"
#include "data/bs-predictions-private.h"

typedef struct {
  BsPredictionsSource source;
  const BsCsv *csv;
  int filename;
  int fold; /* -1 where the table has none */
  int emotions[BS_N_EMOTIONS];
} Table;

typedef struct {
  BsPredictionsSource source;
  const char *member;
} Arrays;

static char *
dup_table_place (const BsPredictionsSource *source, gsize row, int emotion)
{
  const Table *self = (const Table *) source;
  gsize number = bs_csv_row_number (self->csv, row);
  if (emotion < 0)
    return g_strdup_printf ("row %" G_GSIZE_FORMAT, number);
  return g_strdup_printf ("row %" G_GSIZE_FORMAT ", column '%s'", number,
                          bs_emotion_code ((BsEmotion) emotion));
}

static char *
dup_arrays_place (const BsPredictionsSource *source, gsize row, int emotion)
{
  const Arrays *self = (const Arrays *) source;
  if (emotion < 0)
    return g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", self->member, row);
  return g_strdup_printf ("%s[%" G_GSIZE_FORMAT ", %d]", self->member, row, emotion);
}

static gboolean
find_columns (Table *self, GError **error)
{
  self->filename = bs_csv_need_column (self->csv, "filename", error);
  if (self->filename < 0)
    return FALSE;
  self->fold = bs_csv_find_column (self->csv, "fold");
  for (int k = 0; k < BS_N_EMOTIONS; k++) {
    self->emotions[k] = bs_csv_need_column (self->csv, bs_emotion_code ((BsEmotion) k), error);
    if (self->emotions[k] < 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_row (const Table *self, gsize row, BsPredictions *out, GError **error)
{
  if (self->fold >= 0 && !bs_csv_is_empty (self->csv, row, (gsize) self->fold)) {
    int fold;
    if (!bs_csv_int (self->csv, row, (gsize) self->fold, &fold, error))
      return FALSE;
    if (fold < -1 || fold >= BS_MAX_FOLDS) {
      bs_csv_set_error (self->csv, row, (gsize) self->fold, error,
                        "expected a fold from 0 to %d, not %d", BS_MAX_FOLDS - 1, fold);
      return FALSE;
    }
    out->folds[row] = (gint8) fold;
  }
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    if (!bs_csv_double (self->csv, row, (gsize) self->emotions[k], &out->probabilities[row][k],
                        error))
      return FALSE;
  const char *name = bs_csv_text (self->csv, row, (gsize) self->filename);
  if (bs_csv_is_empty (self->csv, row, (gsize) self->filename)) {
    bs_csv_set_error (self->csv, row, (gsize) self->filename, error, "expected a clip's name");
    return FALSE;
  }
  out->filenames[row] = g_strndup (name, bs_clip_name_stem_length (name));
  return TRUE;
}

/**
 * bs_predictions_check_names:
 * @self: predictions with names
 * @source: where they come from, for messages
 * @error: return location
 *
 * Returns: whether every clip is there once; otherwise @error names both places
 */
gboolean
bs_predictions_check_names (const BsPredictions *self, const BsPredictionsSource *source,
                            GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize row = 0; row < self->n; row++) {
    gpointer before = g_hash_table_lookup (seen, self->filenames[row]);
    if (before == NULL) {
      g_hash_table_insert (seen, self->filenames[row], GSIZE_TO_POINTER (row + 1));
      continue;
    }
    g_autofree char *here = source->dup_place (source, row, -1);
    g_autofree char *there = source->dup_place (source, GPOINTER_TO_SIZE (before) - 1, -1);
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "%s: %s: '%s' is there already, in %s",
                 source->name, here, self->filenames[row], there);
    return FALSE;
  }
  if (self->n == 0)
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, "%s: expected at least one prediction",
                 source->name);
  return self->n > 0;
}

/**
 * bs_predictions_read_csv:
 * @text: a table with `filename`, optional `fold`, and the six emotions' columns in any order
 * @length: its bytes
 * @name: what messages call it
 * @kind: what the values are, or auto
 * @error: return location
 *
 * Further columns are not looked at.
 *
 * Returns: (transfer full) (nullable): the predictions
 */
BsPredictions *
bs_predictions_read_csv (const char *text, gsize length, const char *name, BsPredictionsKind kind,
                         GError **error)
{
  g_autoptr (BsCsv) csv = bs_csv_parse (text, length, name, error);
  if (csv == NULL)
    return NULL;
  Table table = { .source = { bs_csv_name (csv), dup_table_place }, .csv = csv };
  if (!find_columns (&table, error))
    return NULL;
  g_autoptr (BsPredictions) self = bs_predictions_new (bs_csv_n_rows (csv));
  for (gsize row = 0; row < self->n; row++)
    if (!read_row (&table, row, self, error))
      return NULL;
  if (!bs_predictions_check_names (self, &table.source, error) ||
      !bs_predictions_settle (self, kind, &table.source, error))
    return NULL;
  return g_steal_pointer (&self);
}

static BsArray *
need_array (BsNpz *npz, const char *path, const char *member, GError **error)
{
  if (bs_npz_has (npz, member))
    return bs_npz_get (npz, member, error);
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING, "%s: expected an array '%s'", path, member);
  return NULL;
}

static gboolean
check_shape (const BsArray *array, const char *path, const char *member, gsize n_rows,
             gsize n_columns, GError **error)
{
  gboolean good = array->n_axes == (n_columns == 1 ? 1 : 2) && array->shape[0] == n_rows &&
                  (n_columns == 1 || array->shape[1] == n_columns);
  if (!good)
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 "%s: %s: expected %" G_GSIZE_FORMAT
                 " rows, one for each of 'filenames', of %" G_GSIZE_FORMAT " %s",
                 path, member, n_rows, n_columns, n_columns == 1 ? "number" : "numbers");
  return good;
}

static gboolean
read_names (BsNpz *npz, const char *path, char ***names, gsize *n, GError **error)
{
  g_autoptr (BsArray) array = need_array (npz, path, "filenames", error);
  if (array == NULL)
    return FALSE;
  *names = bs_array_to_strings (array, error);
  *n = *names != NULL ? g_strv_length (*names) : 0;
  return *names != NULL;
}

static gboolean
read_folds (BsNpz *npz, const char *path, BsPredictions *out, GError **error)
{
  if (!bs_npz_has (npz, "fold"))
    return TRUE;
  g_autoptr (BsArray) array = bs_npz_get (npz, "fold", error);
  if (array == NULL || !check_shape (array, path, "fold", out->n, 1, error))
    return FALSE;
  g_autofree double *values = bs_array_to_doubles (array, error);
  for (gsize row = 0; values != NULL && row < out->n; row++) {
    int fold = values[row] >= -1 && values[row] < BS_MAX_FOLDS ? (int) values[row] : -2;
    if (fold != values[row]) {
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   "%s: fold[%" G_GSIZE_FORMAT "]: expected a fold from 0 to %d, or -1 for none",
                   path, row, BS_MAX_FOLDS - 1);
      return FALSE;
    }
    out->folds[row] = (gint8) fold;
  }
  return values != NULL;
}

static gboolean
read_values (BsNpz *npz, const char *path, const char *member, BsPredictions *out, GError **error)
{
  g_autoptr (BsArray) array = need_array (npz, path, member, error);
  if (array == NULL || !check_shape (array, path, member, out->n, BS_N_EMOTIONS, error))
    return FALSE;
  g_autofree double *values = bs_array_to_doubles (array, error);
  if (values != NULL && out->n > 0)
    memcpy (out->probabilities, values, out->n * sizeof *out->probabilities);
  return values != NULL;
}

static gboolean
decision_from_numbers (const double numbers[3], BsLabel *label)
{
  int values[3];
  for (int i = 0; i < 3; i++) {
    values[i] = numbers[i] >= -1 && numbers[i] <= 100 ? (int) numbers[i] : -2;
    if (values[i] != numbers[i])
      return FALSE;
  }
  if (values[1] >= 0)
    return bs_label_try_blend (values[0], values[1], values[2], label);
  *label = values[0] >= 0 && values[0] < BS_N_EMOTIONS ? bs_label_single ((BsEmotion) values[0])
                                                       : BS_LABEL_UNKNOWN;
  return bs_label_is_known (*label) && values[2] == 100;
}

static gboolean
read_decisions (BsNpz *npz, const char *name, BsPredictions *out, GError **error)
{
  g_autoptr (BsArray) array = bs_npz_get (npz, "decisions", error);
  if (array == NULL || !check_shape (array, name, "decisions", out->n, 3, error))
    return FALSE;
  g_autofree double *numbers = bs_array_to_doubles (array, error);
  if (numbers == NULL)
    return FALSE;
  out->kind = BS_PREDICTIONS_DECISIONS;
  out->decisions = g_new (BsLabel, out->n);
  for (gsize i = 0; i < out->n; i++)
    if (!decision_from_numbers (numbers + 3 * i, &out->decisions[i])) {
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   "%s: decisions[%" G_GSIZE_FORMAT "]: expected an emotion and 100, or two in "
                   "order and 30, 50 or 70",
                   name, i);
      return FALSE;
    }
  return TRUE;
}

/**
 * bs_predictions_read_npz:
 * @bytes: an archive with `filenames` (N), `probabilities` or `logits` (N x 6, official order),
 *   optional `fold` (N), and `decisions` (N x 3) in a run of decisions
 * @name: what messages call it
 * @kind: what the values are, or auto
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the predictions
 */
BsPredictions *
bs_predictions_read_npz (GBytes *bytes, const char *name, BsPredictionsKind kind, GError **error)
{
  g_autoptr (BsNpz) npz = bs_npz_parse (bytes, name, error);
  g_auto (GStrv) names = NULL;
  gsize n = 0;
  if (npz == NULL || !read_names (npz, name, &names, &n, error))
    return NULL;
  gboolean logits = !bs_npz_has (npz, "probabilities") && bs_npz_has (npz, "logits");
  Arrays arrays = { { name, dup_arrays_place }, logits ? "logits" : "probabilities" };
  g_autoptr (BsPredictions) self = bs_predictions_new (n);
  for (gsize i = 0; i < n; i++)
    self->filenames[i] = g_strndup (names[i], bs_clip_name_stem_length (names[i]));
  if (!read_folds (npz, name, self, error) ||
      !bs_predictions_check_names (self, &arrays.source, error))
    return NULL;
  if (bs_npz_has (npz, "decisions"))
    return read_decisions (npz, name, self, error) ? g_steal_pointer (&self) : NULL;
  if (logits && kind == BS_PREDICTIONS_AUTO) {
    kind = BS_PREDICTIONS_LOGITS;
    self->note = g_strdup ("read as logits, because the array is named so");
  }
  if (!read_values (npz, name, arrays.member, self, error) ||
      !bs_predictions_settle (self, kind, &arrays.source, error))
    return NULL;
  return g_steal_pointer (&self);
}
