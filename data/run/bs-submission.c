/* SPDX-License-Identifier: MIT */
/* The challenge's form of decisions (blemore-common, data/submission_template.json):
 *
 *   {"predictions": {"test_0001.mov": [{"emotion": "sad", "salience": 100.0}], ...}}
 *
 * one or two emotions a clip, and the zip with that one file at its top that the server takes. */
#include <math.h>
#include <string.h>

#include "data/base/bs-named-count.h"
#include "data/format/bs-file.h"
#include "data/format/bs-json.h"
#include "data/format/bs-zip.h"
#include "data/run/bs-predictions-private.h"

#define MEMBER "submission_template.json"
#define EXTENSION ".mov"

typedef struct {
  BsPredictionsSource source;
  const BsPredictions *predictions;
} Document;

static char *
dup_place (const BsPredictionsSource *source, gsize row, int emotion)
{
  const Document *self = (const Document *) source;
  g_autofree char *excerpt = bs_error_excerpt (self->predictions->filenames[row]);
  return g_strdup_printf ("clip %" G_GSIZE_FORMAT " (%s)", row + 1, excerpt);
}

/* The official scorer takes float (salience), so that a text of digits counts as well. */
static int
read_percent (const BsJson *entry)
{
  BsJson salience;
  double value;
  if (!bs_json_get (entry, "salience", &salience, NULL))
    return -1;
  const char *text = bs_json_string (&salience, NULL);
  if (text != NULL)
    value = g_ascii_strtod (text, NULL);
  else if (!bs_json_double (&salience, &value, NULL))
    return -1;
  return value >= 0 && value <= 100 ? (int) round (value) : -1;
}

static int
read_emotion (const BsJson *entry)
{
  const char *code = bs_json_get_string (entry, "emotion", NULL);
  return code != NULL ? bs_emotion_from_code (code, -1) : -1;
}

static gboolean
read_decision (const BsJson *item, BsLabel *label, GError **error)
{
  int emotions[2] = { -1, -1 }, percents[2] = { -1, -1 };
  gsize n = cJSON_IsArray (item->node) ? bs_json_length (item) : 0;
  BsJson entry;
  if (n == 1 || n == 2)
    for (gboolean more = bs_json_first (item, &entry); more; more = bs_json_next (&entry)) {
      emotions[entry.index] = read_emotion (&entry);
      percents[entry.index] = read_percent (&entry);
    }
  *label = n == 1 && emotions[0] >= 0 && percents[0] == 100
             ? bs_label_single ((BsEmotion) emotions[0])
             : BS_LABEL_UNKNOWN;
  if (n == 2 && percents[0] + percents[1] == 100)
    bs_label_try_blend (emotions[0], emotions[1], percents[0], label);
  if (!bs_label_is_known (*label))
    bs_json_set_error (item, error,
                       "expected one emotion with salience 100, or two, neither of them neu, with "
                       "30 and 70, 50 and 50, or 70 and 30");
  return bs_label_is_known (*label);
}

static gboolean
read_items (const BsJson *items, BsPredictions *out, GError **error)
{
  BsJson item;
  for (gboolean more = bs_json_first (items, &item); more; more = bs_json_next (&item)) {
    out->filenames[item.index] = g_strndup (item.key, bs_clip_name_stem_length (item.key));
    if (!read_decision (&item, &out->decisions[item.index], error))
      return FALSE;
  }
  return TRUE;
}

/**
 * bs_predictions_read_json:
 * @text: the challenge's JSON of decisions; the outer "predictions" may be left out
 * @length: its bytes
 * @name: what messages call it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): predictions of kind decisions
 */
BsPredictions *
bs_predictions_read_json (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (cJSON) root = bs_json_parse (text, length, name, error);
  if (root == NULL)
    return NULL;
  BsJson top = bs_json_root (root, name), items = top;
  if (!bs_json_is_object (&top, error) ||
      (bs_json_has (&top, "predictions") &&
       !bs_json_get_object (&top, "predictions", &items, error)))
    return NULL;
  g_autoptr (BsPredictions) self = bs_predictions_new (bs_json_length (&items));
  self->kind = BS_PREDICTIONS_DECISIONS;
  self->decisions = g_new (BsLabel, MAX (self->n, 1));
  self->note =
    g_strdup ("read as decisions: there are no probabilities, so thresholds change nothing");
  Document document = { { name, dup_place }, self };
  if (!read_items (&items, self, error) ||
      !bs_predictions_check_names (self, &document.source, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
add_entry (cJSON *list, int emotion, int percent)
{
  g_autofree char *salience = g_strdup_printf ("%d.0", percent);
  cJSON *entry = cJSON_CreateObject ();
  cJSON_AddStringToObject (entry, "emotion", bs_emotion_code ((BsEmotion) emotion));
  cJSON_AddRawToObject (entry, "salience", salience);
  cJSON_AddItemToArray (list, entry);
}

static char *
dup_json (const char *const *filenames, const BsLabel *decisions, gsize n)
{
  g_autoptr (cJSON) document = cJSON_CreateObject ();
  cJSON *predictions = cJSON_AddObjectToObject (document, "predictions");
  for (gsize i = 0; i < n; i++) {
    int stem = (int) bs_clip_name_stem_length (filenames[i]);
    g_autofree char *clip = g_strdup_printf ("%.*s" EXTENSION, stem, filenames[i]);
    cJSON *list = cJSON_AddArrayToObject (predictions, clip);
    add_entry (list, decisions[i].first, decisions[i].first_percent);
    if (bs_label_is_blend (decisions[i]))
      add_entry (list, decisions[i].second, 100 - decisions[i].first_percent);
  }
  return bs_json_to_text (document);
}

static gboolean
check_decisions (const char *const *filenames, const BsLabel *decisions, gsize n, const char *name,
                 GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < n; i++) {
    gboolean known = bs_label_is_known (decisions[i]);
    if (known &&
        g_hash_table_add (seen, g_strndup (filenames[i], bs_clip_name_stem_length (filenames[i]))))
      continue;
    g_autofree char *excerpt = bs_error_excerpt (filenames[i]);
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "%s: not written: %s of clip '%s'", name,
                 known ? "there are two decisions" : "there is no decision", excerpt);
    return FALSE;
  }
  return TRUE;
}

/**
 * bs_predictions_save_decisions:
 * @filenames: (array length=n): clips, with or without extension
 * @decisions: (array length=n): what was decided of each
 * @n: how many
 * @path: ends in .json, or in .zip for what the challenge's server takes
 * @error: return location
 *
 * Writes the challenge's JSON: names with .mov, saliences as 100.0, 70.0, 50.0, 30.0. The zip
 * holds it alone, as submission_template.json. Whole or not at all. Whether all test clips are there
 * is bs_predictions_check_test_clips()'s to say. Blocks; any thread.
 *
 * Returns: whether it was written; a clip twice or without decision is an error
 */
gboolean
bs_predictions_save_decisions (const char *const *filenames, const BsLabel *decisions, gsize n,
                               const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *lower = g_ascii_strdown (path, -1);
  if (!check_decisions (filenames, decisions, n, name, error))
    return FALSE;
  char *text = dup_json (filenames, decisions, n);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  if (g_str_has_suffix (lower, ".json"))
    return bs_file_write (path, text, strlen (text), error);
  if (g_str_has_suffix (lower, ".zip")) {
    g_autoptr (BsZipWriter) zip = bs_zip_writer_new (path, error);
    return zip != NULL && bs_zip_writer_add (zip, MEMBER, bytes, error) &&
           bs_zip_writer_commit (zip, error);
  }
  g_set_error (error, BS_ERROR, BS_ERROR_UNSUPPORTED, "%s: expected a name in .json or .zip", name);
  return FALSE;
}

/**
 * bs_predictions_check_test_clips:
 * @filenames: (array length=n): clips of which there are decisions, each once
 * @n: how many
 * @metadata: with its test part
 * @error: return location
 *
 * The challenge's server takes all test clips or nothing.
 *
 * Returns: whether @filenames are the test clips, all of them and no others
 */
gboolean
bs_predictions_check_test_clips (const char *const *filenames, gsize n, const BsMetadata *metadata,
                                 GError **error)
{
  gsize n_clips = bs_metadata_n_clips (metadata), n_test = 0;
  g_autofree gboolean *there = g_new0 (gboolean, MAX (n_clips, 1));
  BsNamedCount missing = { 0, NULL }, others = { 0, NULL };
  for (gsize i = 0; i < n; i++) {
    int clip = bs_metadata_find (metadata, filenames[i]);
    if (clip >= 0 && bs_metadata_clip (metadata, (gsize) clip)->is_test)
      there[clip] = TRUE;
    else
      bs_named_count_add (&others, filenames[i]);
  }
  for (gsize clip = 0; clip < n_clips; clip++) {
    const BsClip *info = bs_metadata_clip (metadata, clip);
    n_test += info->is_test;
    if (info->is_test && !there[clip])
      bs_named_count_add (&missing, info->filename);
  }
  if (n_test == 0)
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 "the corpus has no test clips: expected a test_metadata.csv");
  else if (missing.n > 0)
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 "%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                 " test clips have no decision, first %s: the challenge takes all or nothing",
                 missing.n, n_test, missing.first);
  else if (others.n > 0)
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 "%" G_GSIZE_FORMAT " decisions are not of test clips, first %s", others.n,
                 others.first);
  gboolean good = n_test > 0 && missing.n == 0 && others.n == 0;
  bs_named_count_clear (&missing);
  bs_named_count_clear (&others);
  return good;
}
