/* SPDX-License-Identifier: MIT */
/* Writing the challenge's form of decisions (blemore-common, data/submission_template.json):
 *
 *   {"predictions": {"test_0001.mov": [{"emotion": "sad", "salience": 100.0}], ...}}
 *
 * one or two emotions a clip, and the zip with that one file at its top that the server takes. */
#include <glib/gi18n.h>
#include <string.h>

#include "data/base/bs-named-count.h"
#include "data/format/bs-file.h"
#include "data/format/bs-json.h"
#include "data/format/bs-zip.h"
#include "data/run/bs-predictions-private.h"

#define MEMBER "submission_template.json"
#define EXTENSION ".mov"

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
    gboolean known = bs_label_salience_class (decisions[i]) >= 0;
    if (known &&
        g_hash_table_add (seen, g_strndup (filenames[i], bs_clip_name_stem_length (filenames[i]))))
      continue;
    g_autofree char *excerpt = bs_error_excerpt (filenames[i]);
    g_set_error (
      error, BS_ERROR, BS_ERROR_VALUE,
      known ? _ ("%s: not written: there are two decisions of clip '%s'")
            : _ ("%s: not written: there is no decision of the challenge's form of clip '%s'"),
      name, excerpt);
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
 * holds it alone, as submission_template.json. Whole or not at all. Whether all test clips are
 * there is bs_predictions_check_test_clips()'s to say. Blocks; any thread.
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
  g_set_error (error, BS_ERROR, BS_ERROR_UNSUPPORTED, _ ("%s: expected a name in .json or .zip"),
               name);
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
                 _ ("the corpus has no test clips: expected a test_metadata.csv"));
  else if (missing.n > 0)
    g_set_error (
      error, BS_ERROR, BS_ERROR_MISSING,
      _ ("%zu of %zu test clips have no decision, first %s: the challenge takes all or nothing"),
      missing.n, n_test, missing.first);
  else if (others.n > 0)
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%zu decisions are not of test clips, first %s"), others.n, others.first);
  gboolean good = n_test > 0 && missing.n == 0 && others.n == 0;
  bs_named_count_clear (&missing);
  bs_named_count_clear (&others);
  return good;
}
