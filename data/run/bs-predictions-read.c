/* SPDX-License-Identifier: MIT */
/* Predictions as tables (CSV) and as arrays (NPZ). */
#include <string.h>

#include "data/format/bs-csv.h"
#include "data/format/bs-npz.h"
#include "data/run/bs-predictions-private.h"

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
    g_autofree char *excerpt = bs_error_excerpt (self->filenames[row]);
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "%s: %s: '%s' is there already, in %s",
                 source->name, here, excerpt, there);
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

/* One of an archive's arrays, with the prefix of its predictions before its name. */
typedef struct {
  BsNpz *npz;
  const char *file;
  const char *prefix;
} Archive;

static gboolean
has_array (const Archive *self, const char *member)
{
  g_autofree char *name = g_strconcat (self->prefix, member, NULL);
  return bs_npz_has (self->npz, name);
}

/* @n_columns: 1 for an array of one axis, 0 for whatever there is */
static BsArray *
need_array (const Archive *self, const char *member, gsize n_rows, gsize n_columns, GError **error)
{
  g_autofree char *name = g_strconcat (self->prefix, member, NULL);
  if (!bs_npz_has (self->npz, name)) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, "%s: expected an array '%s'", self->file, name);
    return NULL;
  }
  g_autoptr (BsArray) array = bs_npz_get (self->npz, name, error);
  if (array == NULL)
    return NULL;
  if (n_columns == 0 || (array->n_axes == (n_columns == 1 ? 1 : 2) && array->shape[0] == n_rows &&
                         (n_columns == 1 || array->shape[1] == n_columns)))
    return g_steal_pointer (&array);
  g_autofree char *shape = bs_array_dup_shape (array);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               "%s: expected %" G_GSIZE_FORMAT
               " rows, one for each of 'filenames', of %" G_GSIZE_FORMAT " %s, not the shape %s",
               array->name, n_rows, n_columns, n_columns == 1 ? "number" : "numbers", shape);
  return NULL;
}

static double *
need_numbers (const Archive *self, const char *member, gsize n_rows, gsize n_columns,
              GError **error)
{
  g_autoptr (BsArray) array = need_array (self, member, n_rows, n_columns, error);
  return array != NULL ? bs_array_to_doubles (array, error) : NULL;
}

static gboolean
read_folds (const Archive *self, BsPredictions *out, GError **error)
{
  if (!has_array (self, "fold"))
    return TRUE;
  g_autofree double *values = need_numbers (self, "fold", out->n, 1, error);
  for (gsize row = 0; values != NULL && row < out->n; row++) {
    int fold = values[row] >= -1 && values[row] < BS_MAX_FOLDS ? (int) values[row] : -2;
    if (fold != values[row]) {
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   "%s: %sfold[%" G_GSIZE_FORMAT "]: expected a fold from 0 to %d, or -1 for none",
                   self->file, self->prefix, row, BS_MAX_FOLDS - 1);
      return FALSE;
    }
    out->folds[row] = (gint8) fold;
  }
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
read_decisions (const Archive *self, BsPredictions *out, GError **error)
{
  g_autofree double *numbers = need_numbers (self, "decisions", out->n, 3, error);
  if (numbers == NULL)
    return FALSE;
  out->kind = BS_PREDICTIONS_DECISIONS;
  out->decisions = g_new (BsLabel, out->n);
  for (gsize i = 0; i < out->n; i++)
    if (!decision_from_numbers (numbers + 3 * i, &out->decisions[i])) {
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   "%s: %sdecisions[%" G_GSIZE_FORMAT "]: expected an emotion and 100, or two in "
                   "order and 30, 50 or 70",
                   self->file, self->prefix, i);
      return FALSE;
    }
  return TRUE;
}

static BsPredictions *
read_names (const Archive *self, GError **error)
{
  g_autoptr (BsArray) array = need_array (self, "filenames", 0, 0, error);
  g_auto (GStrv) names = array != NULL ? bs_array_to_strings (array, error) : NULL;
  if (names == NULL)
    return NULL;
  BsPredictions *out = bs_predictions_new (g_strv_length (names));
  for (gsize i = 0; i < out->n; i++)
    out->filenames[i] = g_strndup (names[i], bs_clip_name_stem_length (names[i]));
  return out;
}

static gboolean
read_values (const Archive *self, const char *member, BsPredictionsKind kind, BsPredictions *out,
             const BsPredictionsSource *source, GError **error)
{
  g_autofree double *values = need_numbers (self, member, out->n, BS_N_EMOTIONS, error);
  if (values == NULL)
    return FALSE;
  memcpy (out->probabilities, values, out->n * sizeof *out->probabilities);
  return bs_predictions_settle (out, kind, source, error);
}

/* The marginals beside decisions. Zeros are those of a run that was saved without any. */
static gboolean
read_marginals (const Archive *self, BsPredictions *out, const BsPredictionsSource *source,
                GError **error)
{
  gboolean any = FALSE;
  if (!has_array (self, "probabilities"))
    return TRUE;
  g_autofree double *values = need_numbers (self, "probabilities", out->n, BS_N_EMOTIONS, error);
  if (values == NULL)
    return FALSE;
  for (gsize i = 0; i < out->n * BS_N_EMOTIONS; i++)
    any |= values[i] != 0;
  if (!any)
    return TRUE;
  memcpy (out->probabilities, values, out->n * sizeof *out->probabilities);
  if (!bs_predictions_settle (out, BS_PREDICTIONS_PROBABILITIES, source, error))
    return FALSE;
  out->kind = BS_PREDICTIONS_DECISIONS;
  return TRUE;
}

/**
 * bs_predictions_from_npz:
 * @npz: an archive with `filenames` (N), `probabilities` or `logits` (N x 6, official order),
 *   optional `fold` (N), and `decisions` (N x 3) in a run of decisions, whose probabilities are
 *   marginals, or zeros
 * @name: what messages call it
 * @prefix: goes before the members' names
 * @kind: what the values are, or auto
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the predictions
 */
BsPredictions *
bs_predictions_from_npz (BsNpz *npz, const char *name, const char *prefix, BsPredictionsKind kind,
                         GError **error)
{
  const Archive archive = { npz, name, prefix };
  g_autoptr (BsPredictions) self = read_names (&archive, error);
  if (self == NULL)
    return NULL;
  gboolean logits = !has_array (&archive, "probabilities") && has_array (&archive, "logits");
  g_autofree char *member = g_strconcat (prefix, logits ? "logits" : "probabilities", NULL);
  const Arrays arrays = { { name, dup_arrays_place }, member };
  if (!read_folds (&archive, self, error) ||
      !bs_predictions_check_names (self, &arrays.source, error))
    return NULL;
  if (has_array (&archive, "decisions"))
    return read_decisions (&archive, self, error) &&
               read_marginals (&archive, self, &arrays.source, error)
             ? g_steal_pointer (&self)
             : NULL;
  if (logits && kind == BS_PREDICTIONS_AUTO) {
    kind = BS_PREDICTIONS_LOGITS;
    self->note = g_strdup ("read as logits, because the array is named so");
  }
  return read_values (&archive, logits ? "logits" : "probabilities", kind, self, &arrays.source,
                      error)
           ? g_steal_pointer (&self)
           : NULL;
}
