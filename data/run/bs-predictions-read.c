/* SPDX-License-Identifier: MIT */
/* Predictions as tables (CSV) and as arrays (NPZ). */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/corpus/bs-fold-names.h"
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
  int columns[BS_N_EMOTIONS]; /* of each emotion */
} Arrays;

static char *
dup_table_place (const BsPredictionsSource *source, gsize row, int emotion)
{
  const Table *self = (const Table *) source;
  gsize number = bs_csv_row_number (self->csv, row);
  if (emotion < 0)
    return g_strdup_printf (_ ("row %zu"), number);
  return g_strdup_printf (_ ("row %zu, column '%s'"), number,
                          bs_emotion_code ((BsEmotion) emotion));
}

static char *
dup_arrays_place (const BsPredictionsSource *source, gsize row, int emotion)
{
  const Arrays *self = (const Arrays *) source;
  if (emotion < 0)
    return g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", self->member, row);
  return g_strdup_printf ("%s[%" G_GSIZE_FORMAT ", %d]", self->member, row, self->columns[emotion]);
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

/* With how many decimals the file prints what decides: small numbers may come with more. */
static void
note_decimals (const Table *self, gsize row, int emotion, BsPredictions *out)
{
  if (fabs (out->probabilities[row][emotion]) < 0.1)
    return;
  int n = bs_csv_n_decimals (self->csv, row, (gsize) self->emotions[emotion]);
  out->read_as.n_decimals = MAX (out->read_as.n_decimals, n);
}

static gboolean
read_row (const Table *self, gsize row, BsPredictions *out, GError **error)
{
  for (int k = 0; k < BS_N_EMOTIONS; k++) {
    if (!bs_csv_double (self->csv, row, (gsize) self->emotions[k], &out->probabilities[row][k],
                        error))
      return FALSE;
    note_decimals (self, row, k, out);
  }
  const char *written = bs_csv_text (self->csv, row, (gsize) self->filename);
  out->filenames[row] = bs_clip_name_clean (written);
  if (bs_csv_is_empty (self->csv, row, (gsize) self->filename) || *out->filenames[row] == '\0') {
    bs_csv_set_error (self->csv, row, (gsize) self->filename, error, _ ("expected a clip's name"));
    return FALSE;
  }
  bs_read_as_note_name (&out->read_as, written, out->filenames[row]);
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
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: %s: '%s' is there already, in %s"),
                 source->name, here, excerpt, there);
    return FALSE;
  }
  if (self->n == 0)
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: expected at least one prediction"),
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
 * Fields may be separated by semicolons or tabs (bs_csv_parse()); names lose folder and extension
 * (bs_clip_name_clean()); folds keep the names they have. Further columns are not looked at.
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
  self->read_as.form = *bs_csv_form (csv);
  if (table.fold >= 0 &&
      !bs_fold_names_from_csv (csv, (gsize) table.fold, self->folds, &self->fold_names, error))
    return NULL;
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
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: expected an array '%s'"), self->file,
                 name);
    return NULL;
  }
  g_autoptr (BsArray) array = bs_npz_get (self->npz, name, error);
  if (array == NULL)
    return NULL;
  if (n_columns == 0 || (array->n_axes == (n_columns == 1 ? 1 : 2) && array->shape[0] == n_rows &&
                         (n_columns == 1 || array->shape[1] == n_columns)))
    return g_steal_pointer (&array);
  g_autofree char *shape = bs_array_dup_shape (array);
  if (n_columns == 1)
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: expected %zu numbers, one for each of 'filenames', not the shape %s"),
                 array->name, n_rows, shape);
  else
    g_set_error (
      error, BS_ERROR, BS_ERROR_VALUE,
      _ ("%s: expected %zu rows of %zu numbers, one for each of 'filenames', not the shape %s"),
      array->name, n_rows, n_columns, shape);
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
is_text (const BsArray *array)
{
  return array->kind == 'U' || array->kind == 'S';
}

/* The cells of an array of folds, of numbers or of texts. */
static char **
dup_fold_cells (const Archive *self, gsize n, GError **error)
{
  g_autoptr (BsArray) array = need_array (self, "fold", n, 1, error);
  if (array == NULL)
    return NULL;
  if (is_text (array))
    return bs_array_to_strings (array, error);
  g_autofree double *values = bs_array_to_doubles (array, error);
  if (values == NULL)
    return NULL;
  g_auto (GStrv) cells = g_new0 (char *, n + 1);
  for (gsize row = 0; row < n; row++) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    cells[row] =
      g_strdup (isnan (values[row]) ? "" : g_ascii_dtostr (text, sizeof text, values[row]));
  }
  return g_steal_pointer (&cells);
}

static gboolean
read_folds (const Archive *self, BsPredictions *out, GError **error)
{
  if (!has_array (self, "fold"))
    return TRUE;
  g_auto (GStrv) cells = dup_fold_cells (self, out->n, error);
  g_autofree char *expected = NULL;
  gsize wrong;
  if (cells == NULL)
    return FALSE;
  if (bs_fold_names_assign ((const char *const *) cells, out->n, out->folds, &out->fold_names,
                            &wrong, &expected))
    return TRUE;
  g_autofree char *excerpt = bs_error_excerpt (cells[wrong]);
  g_autofree char *name = g_strconcat (self->prefix, "fold", NULL);
  /* Translators: a file, an array and the place in it, "expected at most 20 folds", what is
   * there */
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: %s[%zu]: %s, not '%s'"), self->file, name,
               wrong, expected, excerpt);
  return FALSE;
}

/* Sets the column of each emotion by what an array calls the columns. */
static gboolean
read_order (const Archive *self, const char *member, BsPredictions *out, int columns[BS_N_EMOTIONS],
            GError **error)
{
  g_autoptr (BsArray) array = need_array (self, member, BS_N_EMOTIONS, 0, error);
  if (array == NULL)
    return FALSE;
  g_auto (GStrv) names = is_text (array) ? bs_array_to_strings (array, error) : NULL;
  guint seen = 0;
  for (int c = 0; names != NULL && g_strv_length (names) == BS_N_EMOTIONS && c < BS_N_EMOTIONS;
       c++) {
    g_autofree char *code = g_strstrip (g_ascii_strdown (names[c], -1));
    int emotion = bs_emotion_from_code (code, -1);
    if (emotion < 0)
      break;
    columns[emotion] = c;
    seen |= 1u << emotion;
  }
  if (seen != (1u << BS_N_EMOTIONS) - 1) {
    g_clear_error (error);
    g_autofree char *name = g_strconcat (self->prefix, member, NULL);
    /* Translators: a file and an array in it */
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: %s: expected the six of ang, disg, fea, hap, sad, neu, each once, in the "
                    "order of the columns"),
                 self->file, name);
    return FALSE;
  }
  for (int c = 0; c < BS_N_EMOTIONS; c++)
    if (columns[c] != c && out->read_as.columns == NULL) {
      g_autofree char *joined = g_strjoinv (",", names);
      out->read_as.columns = g_ascii_strdown (joined, -1);
    }
  return TRUE;
}

/* Without a word on it the columns stand in the official order. */
static gboolean
find_order (const Archive *self, BsPredictions *out, int columns[BS_N_EMOTIONS], GError **error)
{
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    columns[k] = k;
  if (has_array (self, "classes"))
    return read_order (self, "classes", out, columns, error);
  return !has_array (self, "emotions") || read_order (self, "emotions", out, columns, error);
}

static void
take_columns (const double *values, const int columns[BS_N_EMOTIONS], BsPredictions *out)
{
  for (gsize row = 0; row < out->n; row++)
    for (int k = 0; k < BS_N_EMOTIONS; k++)
      out->probabilities[row][k] = values[row * BS_N_EMOTIONS + (gsize) columns[k]];
}

/* As bs_predictions_to_npz() writes a label: emotions, -1 for none, and the first's per cent. */
static gboolean
label_from_numbers (const double numbers[3], BsLabel *label)
{
  int v[3];
  for (int i = 0; i < 3; i++) {
    v[i] = numbers[i] >= -1 && numbers[i] <= 100 ? (int) numbers[i] : -2;
    if (v[i] != numbers[i])
      return FALSE;
  }
  *label = (BsLabel){ (gint8) v[0], (gint8) v[1], (gint8) v[2] };
  if (v[0] < 0)
    return v[1] < 0 && v[2] == 0;
  if (v[1] < 0)
    return v[0] < BS_N_EMOTIONS && v[2] == 100;
  return v[0] < v[1] && v[1] < BS_N_EMOTIONS;
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
    if (!label_from_numbers (numbers + 3 * i, &out->decisions[i])) {
      g_autofree char *name = g_strconcat (self->prefix, "decisions", NULL);
      /* Translators: a file, an array in it and the place */
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   _ ("%s: %s[%zu]: expected an emotion and 100, or two in "
                      "order and the first's per cent"),
                   self->file, name, i);
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
  for (gsize i = 0; i < out->n; i++) {
    out->filenames[i] = bs_clip_name_clean (names[i]);
    bs_read_as_note_name (&out->read_as, names[i], out->filenames[i]);
  }
  return out;
}

static gboolean
read_values (const Archive *self, const Arrays *arrays, const char *member, BsPredictionsKind kind,
             BsPredictions *out, GError **error)
{
  g_autofree double *values = need_numbers (self, member, out->n, BS_N_EMOTIONS, error);
  if (values == NULL)
    return FALSE;
  take_columns (values, arrays->columns, out);
  return bs_predictions_settle (out, kind, &arrays->source, error);
}

/* The marginals beside decisions. Zeros are those of a run that was saved without any. */
static gboolean
read_marginals (const Archive *self, const Arrays *arrays, BsPredictions *out, GError **error)
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
  take_columns (values, arrays->columns, out);
  if (!bs_predictions_settle (out, BS_PREDICTIONS_PROBABILITIES, &arrays->source, error))
    return FALSE;
  out->kind = BS_PREDICTIONS_DECISIONS;
  return TRUE;
}

/**
 * bs_predictions_from_npz:
 * @npz: an archive with `filenames` (N), `probabilities` or `logits` (N x 6, official order),
 *   unless `classes` or `emotions` (6 codes) gives another), optional `fold` (N), and `decisions`
 *   (N x 3) in a run of decisions, whose probabilities are marginals, or zeros
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
  Arrays arrays = { .source = { name, dup_arrays_place }, .member = member };
  if (!read_folds (&archive, self, error) ||
      !bs_predictions_check_names (self, &arrays.source, error) ||
      !find_order (&archive, self, arrays.columns, error))
    return NULL;
  if (has_array (&archive, "decisions")) {
    if (!read_decisions (&archive, self, error) || !read_marginals (&archive, &arrays, self, error))
      return NULL;
    g_clear_pointer (&self->read_as.kind_reason, g_free);
    g_free (self->read_as.kind);
    self->read_as.kind = g_strdup ("decisions");
    return g_steal_pointer (&self);
  }
  if (logits && kind == BS_PREDICTIONS_AUTO) {
    kind = BS_PREDICTIONS_LOGITS;
    self->read_as.kind_reason = g_strdup ("named");
  }
  return read_values (&archive, &arrays, logits ? "logits" : "probabilities", kind, self, error)
           ? g_steal_pointer (&self)
           : NULL;
}
