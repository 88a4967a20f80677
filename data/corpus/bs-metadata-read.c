/* SPDX-License-Identifier: MIT */
/* Reads train_metadata.csv and test_metadata.csv (DOMAIN: the release's twelve columns, as pandas
 * writes them). Columns that are lacking are made up for by the clip's name where it tells. */
#include <glib/gi18n.h>
#include <string.h>

#include "data/corpus/bs-fold-names.h"
#include "data/corpus/bs-metadata-private.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-file.h"

typedef enum {
  COLUMN_FILENAME,
  COLUMN_ACTOR,
  COLUMN_GENDER,
  COLUMN_MIX,
  COLUMN_EMOTION_1,
  COLUMN_VERSION,
  COLUMN_INTENSITY,
  COLUMN_SITUATION,
  COLUMN_EMOTION_2,
  COLUMN_SALIENCE_1,
  COLUMN_SALIENCE_2,
  COLUMN_FOLD,
  N_COLUMNS,
} Column;

static const char *const column_names[N_COLUMNS] = {
  "filename",
  "video_id",
  "gender",
  "mix",
  "emotion_1",
  "version",
  "intensity_level",
  "situation",
  "emotion_2",
  "emotion_1_salience",
  "emotion_2_salience",
  "fold",
};

typedef struct {
  BsMetadata *metadata;
  const BsCsv *csv;
  gboolean is_test;
  int columns[N_COLUMNS]; /* -1 where the file lacks it */
  GArray *extras; /* of Extra */
  const BsCsv *other; /* (nullable): the file of the clips before @first */
  gsize first; /* index of this file's first clip */
  gint8 *folds; /* of each row; NULL where the file has none */
  BsReadAs *read_as;
} Reader;

typedef struct {
  gsize column;
  gsize extra;
} Extra;

static gboolean
has (const Reader *self, gsize row, Column column)
{
  int c = self->columns[column];
  return c >= 0 && !bs_csv_is_empty (self->csv, row, (gsize) c);
}

static const char *
text (const Reader *self, gsize row, Column column)
{
  return bs_csv_text (self->csv, row, (gsize) self->columns[column]);
}

/* A whole number from @min to @max; @value is left alone where the cell is empty or lacking. */
static gboolean
read_number (const Reader *self, gsize row, Column column, int min, int max, int *value,
             GError **error)
{
  if (!has (self, row, column))
    return TRUE;
  gsize c = (gsize) self->columns[column];
  int number = 0;
  if (!bs_csv_int (self->csv, row, c, &number, error))
    return FALSE;
  if (number < min || number > max) {
    bs_csv_set_error (self->csv, row, c, error, _ ("expected a number from %d to %d, not %d"), min,
                      max, number);
    return FALSE;
  }
  *value = number;
  return TRUE;
}

static int
read_emotion (const Reader *self, gsize row, Column column, GError **error)
{
  int emotion = bs_emotion_from_code (text (self, row, column), -1);
  if (emotion < 0) {
    g_autofree char *excerpt = bs_error_excerpt (text (self, row, column));
    bs_csv_set_error (self->csv, row, (gsize) self->columns[column], error,
                      _ ("expected one of ang, disg, fea, hap, sad, neu, not '%s'"), excerpt);
  }
  return emotion;
}

/* The salience of the first emotion of a blend; that of one column follows from the other. */
static gboolean
read_saliences (const Reader *self, gsize row, int *percent, GError **error)
{
  static const Column columns[2] = { COLUMN_SALIENCE_1, COLUMN_SALIENCE_2 };
  int values[2] = { -1, -1 };
  for (int i = 0; i < 2; i++) {
    if (!has (self, row, columns[i]))
      continue;
    gsize c = (gsize) self->columns[columns[i]];
    if (!bs_csv_int (self->csv, row, c, &values[i], error))
      return FALSE;
    if (values[i] != 30 && values[i] != 50 && values[i] != 70) {
      bs_csv_set_error (self->csv, row, c, error,
                        _ ("expected 30, 50 or 70 per cent of a blend, not %d"), values[i]);
      return FALSE;
    }
  }
  if (values[0] >= 0 && values[1] >= 0 && values[0] + values[1] != 100) {
    bs_csv_set_error (self->csv, row, (gsize) self->columns[COLUMN_SALIENCE_2], error,
                      _ ("expected saliences that sum to 100, not %d and %d"), values[0],
                      values[1]);
    return FALSE;
  }
  *percent = values[0] >= 0 ? values[0] : values[1] >= 0 ? 100 - values[1] : -1;
  return TRUE;
}

/* A single's salience is left empty in the release; 100 beside it, and 0, say the same. */
static gboolean
read_single (const Reader *self, gsize row, int emotion, BsLabel *label, GError **error)
{
  static const Column columns[2] = { COLUMN_SALIENCE_1, COLUMN_SALIENCE_2 };
  for (int i = 0; i < 2; i++) {
    int wanted = i == 0 ? 100 : 0, value = wanted;
    if (has (self, row, columns[i]) &&
        !bs_csv_int (self->csv, row, (gsize) self->columns[columns[i]], &value, error))
      return FALSE;
    if (value != wanted) {
      bs_csv_set_error (self->csv, row, (gsize) self->columns[columns[i]], error,
                        _ ("expected no salience beside a single emotion, or %d, not %d"), wanted,
                        value);
      return FALSE;
    }
  }
  *label = bs_label_single ((BsEmotion) emotion);
  return TRUE;
}

/* @label holds what the clip's name says, which decides where the table has no saliences. */
static gboolean
read_blend (const Reader *self, gsize row, int a, BsLabel *label, GError **error)
{
  gsize c = (gsize) self->columns[COLUMN_EMOTION_2];
  int b = read_emotion (self, row, COLUMN_EMOTION_2, error), percent = -1;
  if (b < 0)
    return FALSE;
  if (a == b || a == BS_EMOTION_NEU || b == BS_EMOTION_NEU) {
    bs_csv_set_error (self->csv, row, c, error,
                      a == b ? _ ("expected two different emotions, not %s and %s")
                             : _ ("expected no blend with neutral, not %s and %s"),
                      bs_emotion_code ((BsEmotion) a), bs_emotion_code ((BsEmotion) b));
    return FALSE;
  }
  if (!read_saliences (self, row, &percent, error))
    return FALSE;
  if (percent < 0 && bs_label_same_set (*label, bs_label_blend ((BsEmotion) a, (BsEmotion) b, 50)))
    return TRUE;
  if (bs_label_try_blend (a, b, percent, label))
    return TRUE;
  int salience = self->columns[COLUMN_SALIENCE_1];
  bs_csv_set_error (self->csv, row, salience >= 0 ? (gsize) salience : c, error,
                    _ ("expected a blend's salience: 30, 50 or 70"));
  return FALSE;
}

static gboolean
check_mix (const Reader *self, gsize row, gboolean blend, gboolean *named, GError **error)
{
  int mix = -1;
  if (!read_number (self, row, COLUMN_MIX, 0, 1, &mix, error))
    return FALSE;
  *named = *named && self->columns[COLUMN_EMOTION_2] < 0 && mix != 0;
  if (mix < 0 || (mix == 1) == (blend || *named))
    return TRUE;
  bs_csv_set_error (self->csv, row, (gsize) self->columns[COLUMN_MIX], error,
                    mix == 1 ? _ ("expected an emotion_2 where mix is 1")
                             : _ ("expected no emotion_2 where mix is 0"));
  return FALSE;
}

/* @label comes with what the clip's name says, and keeps it where the columns do not tell. */
static gboolean
read_label (const Reader *self, gsize row, BsLabel *label, GError **error)
{
  gboolean blend = has (self, row, COLUMN_EMOTION_2), named = bs_label_is_blend (*label);
  if (!has (self, row, COLUMN_EMOTION_1)) {
    if (blend)
      bs_csv_set_error (self->csv, row, (gsize) self->columns[COLUMN_EMOTION_2], error,
                        _ ("expected an emotion_1 beside it"));
    return !blend;
  }
  int emotion = read_emotion (self, row, COLUMN_EMOTION_1, error);
  if (emotion < 0 || !check_mix (self, row, blend, &named, error))
    return FALSE;
  if (named)
    return TRUE;
  return blend ? read_blend (self, row, emotion, label, error)
               : read_single (self, row, emotion, label, error);
}

/* Names become parts of paths and lines of text, so what would break either is refused. */
static gboolean
check_name (const Reader *self, gsize row, const char *name, GError **error)
{
  gsize c = (gsize) self->columns[COLUMN_FILENAME];
  gboolean good = has (self, row, COLUMN_FILENAME) && name[0] != '\0' && name[0] != '.';
  for (const char *p = name; good && *p != '\0'; p++)
    good = !g_ascii_iscntrl (*p);
  if (!good) {
    bs_csv_set_error (self->csv, row, c, error,
                      _ ("expected a clip's name, as A102_ang_int1_ver1"));
    return FALSE;
  }
  int before = bs_metadata_find (self->metadata, name);
  if (before < 0)
    return TRUE;
  gboolean here = (gsize) before >= self->first;
  const BsCsv *csv = here ? self->csv : self->other;
  gsize other_row = bs_csv_row_number (csv, (gsize) before - (here ? self->first : 0));
  g_autofree char *excerpt = bs_error_excerpt (name);
  if (here)
    bs_csv_set_error (self->csv, row, c, error, _ ("'%s' is there already, in row %zu"), excerpt,
                      other_row);
  else
    bs_csv_set_error (self->csv, row, c, error, _ ("'%s' is there already, in row %zu of %s"),
                      excerpt, other_row, bs_csv_name (csv));
  return FALSE;
}

static gboolean
read_levels (const Reader *self, gsize row, BsClip *clip, GError **error)
{
  int intensity = clip->intensity, situation = clip->situation;
  if (!read_number (self, row, COLUMN_INTENSITY, 1, BS_MAX_LEVEL, &intensity, error) ||
      !read_number (self, row, COLUMN_SITUATION, 1, BS_MAX_LEVEL, &situation, error) ||
      !read_number (self, row, COLUMN_VERSION, 0, G_MAXINT, &clip->version, error))
    return FALSE;
  clip->intensity = (gint8) intensity;
  clip->situation = (gint8) situation;
  clip->fold = self->folds != NULL ? self->folds[row] : -1;
  return TRUE;
}

static void
add_extras (const Reader *self, gsize row)
{
  gsize n_clips = self->metadata->clips->len;
  for (guint i = 0; i < self->extras->len; i++) {
    const Extra *extra = &g_array_index (self->extras, Extra, i);
    GPtrArray *values = g_ptr_array_index (self->metadata->extra_values, extra->extra);
    gboolean empty = bs_csv_is_empty (self->csv, row, extra->column);
    const char *value = empty ? "" : bs_csv_text (self->csv, row, extra->column);
    g_ptr_array_set_size (values, (int) n_clips);
    values->pdata[n_clips - 1] = g_string_chunk_insert_const (self->metadata->strings, value);
  }
}

static gboolean
read_row (const Reader *self, gsize row, GError **error)
{
  const char *written = text (self, row, COLUMN_FILENAME);
  g_autofree char *name = bs_clip_name_clean (written);
  if (!check_name (self, row, name, error))
    return FALSE;
  BsClip clip;
  g_autofree char *actor = NULL;
  bs_clip_name_parse (name, &clip, &actor);
  clip.is_test = self->is_test;
  if (self->is_test)
    clip.label = BS_LABEL_UNKNOWN;
  else if (!read_label (self, row, &clip.label, error))
    return FALSE;
  if (!read_levels (self, row, &clip, error))
    return FALSE;
  if (has (self, row, COLUMN_GENDER)) {
    char letter = text (self, row, COLUMN_GENDER)[0];
    clip.gender = g_ascii_isalpha (letter) ? g_ascii_tolower (letter) : 0;
  }
  bs_metadata_add (self->metadata, &clip, name,
                   has (self, row, COLUMN_ACTOR) ? text (self, row, COLUMN_ACTOR) : actor);
  add_extras (self, row);
  bs_read_as_note_name (self->read_as, written, name);
  return TRUE;
}

static gsize
extra_index (BsMetadata *metadata, const char *name)
{
  for (guint i = 0; i < metadata->extra_names->len; i++)
    if (strcmp (g_ptr_array_index (metadata->extra_names, i), name) == 0)
      return i;
  g_ptr_array_add (metadata->extra_names, g_string_chunk_insert (metadata->strings, name));
  g_ptr_array_add (metadata->extra_values, g_ptr_array_new ());
  return metadata->extra_names->len - 1;
}

/* The labels of a test part, where somebody has them, are not for the program to know. */
static gboolean
is_hidden (const Reader *self, int column)
{
  return self->is_test &&
         (column == COLUMN_MIX || column == COLUMN_EMOTION_1 || column == COLUMN_EMOTION_2 ||
          column == COLUMN_SALIENCE_1 || column == COLUMN_SALIENCE_2 || column == COLUMN_FOLD);
}

static gboolean
find_columns (Reader *self, GError **error)
{
  for (int i = 0; i < N_COLUMNS; i++)
    self->columns[i] = is_hidden (self, i) ? -1 : bs_csv_find_column (self->csv, column_names[i]);
  if (bs_csv_need_column (self->csv, column_names[COLUMN_FILENAME], error) < 0)
    return FALSE;
  for (gsize c = 0; c < bs_csv_n_columns (self->csv); c++) {
    const char *header = bs_csv_header (self->csv, c);
    gboolean known = *header == '\0';
    for (int i = 0; i < N_COLUMNS && !known; i++)
      known = strcmp (header, column_names[i]) == 0;
    if (known)
      continue;
    Extra extra = { c, extra_index (self->metadata, header) };
    g_array_append_val (self->extras, extra);
  }
  return TRUE;
}

static gboolean
read_folds (Reader *self, GError **error)
{
  int column = self->columns[COLUMN_FOLD];
  if (column < 0)
    return TRUE;
  self->folds = g_new (gint8, MAX (bs_csv_n_rows (self->csv), 1));
  return bs_fold_names_from_csv (self->csv, (gsize) column, self->folds,
                                 &self->metadata->fold_names, error);
}

static gboolean
read_rows (Reader *self, GError **error)
{
  gboolean done = find_columns (self, error) && read_folds (self, error);
  for (gsize row = 0; done && row < bs_csv_n_rows (self->csv); row++)
    done = read_row (self, row, error);
  return done;
}

/* @other: (nullable): the file of the clips that are in @metadata already */
static BsCsv *
read_table (BsMetadata *metadata, GBytes *bytes, const char *name, gboolean is_test,
            const BsCsv *other, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (BsCsv) csv = bs_csv_parse (text, length, name, error);
  if (csv == NULL)
    return NULL;
  if (other == NULL) {
    g_free (metadata->hash);
    metadata->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  }
  g_autoptr (GArray) extras = g_array_new (FALSE, FALSE, sizeof (Extra));
  BsReadAs read_as = { .form = *bs_csv_form (csv) };
  Reader reader = {
    .metadata = metadata,
    .csv = csv,
    .is_test = is_test,
    .extras = extras,
    .other = other,
    .first = metadata->clips->len,
    .read_as = &read_as,
  };
  gboolean done = read_rows (&reader, error);
  g_free (reader.folds);
  if (other == NULL) {
    bs_read_as_clear (&metadata->read_as);
    metadata->read_as = read_as;
  } else {
    bs_read_as_clear (&read_as);
  }
  return done ? g_steal_pointer (&csv) : NULL;
}

/**
 * bs_metadata_parse:
 * @train: (nullable): the bytes of train_metadata.csv
 * @train_name: what messages call it
 * @test: (nullable): the bytes of test_metadata.csv; one of the two is needed
 * @test_name: what messages call it
 * @error: return location
 *
 * bs_metadata_load() of what is in memory.
 *
 * Returns: (transfer full) (nullable): the metadata, training part first
 */
BsMetadata *
bs_metadata_parse (GBytes *train, const char *train_name, GBytes *test, const char *test_name,
                   GError **error)
{
  g_return_val_if_fail (train != NULL || test != NULL, NULL);
  g_autoptr (BsMetadata) self = bs_metadata_new ();
  g_autoptr (BsCsv) train_table = NULL;
  g_autoptr (BsCsv) test_table = NULL;
  if (train != NULL &&
      (train_table = read_table (self, train, train_name, FALSE, NULL, error)) == NULL)
    return NULL;
  if (test != NULL &&
      (test_table = read_table (self, test, test_name, TRUE, train_table, error)) == NULL)
    return NULL;
  if (self->clips->len == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: expected at least one clip"),
                 bs_csv_name (train_table != NULL ? train_table : test_table));
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * bs_metadata_load:
 * @train_path: (nullable): train_metadata.csv
 * @test_path: (nullable): test_metadata.csv; one of the two is needed
 * @error: return location
 *
 * Reads the release's tables: twelve columns in any order, of which only `filename` must be
 * there, and any further ones (kept as extras). Saliences are per cent; a blend's emotions are
 * put in official order with their saliences. What a lacking or empty label column does not say is
 * read from the clip's name. Labels and folds of the test part stay unknown whatever its columns.
 * Names lose folder and extension (bs_clip_name_clean()), folds keep the names they are given
 * (bs_fold_names_assign()).
 *
 * Errors name file, row and column: impossible labels and folds, a clip twice. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the metadata, training part first
 */
BsMetadata *
bs_metadata_load (const char *train_path, const char *test_path, GError **error)
{
  g_return_val_if_fail (train_path != NULL || test_path != NULL, NULL);
  g_autoptr (GBytes) train = NULL;
  g_autoptr (GBytes) test = NULL;
  if (train_path != NULL && (train = bs_file_read_bytes (train_path, error)) == NULL)
    return NULL;
  if (test_path != NULL && (test = bs_file_read_bytes (test_path, error)) == NULL)
    return NULL;
  g_autofree char *train_name = train != NULL ? g_filename_display_name (train_path) : NULL;
  g_autofree char *test_name = test != NULL ? g_filename_display_name (test_path) : NULL;
  return bs_metadata_parse (train, train_name, test, test_name, error);
}
