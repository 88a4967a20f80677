/* SPDX-License-Identifier: MIT */
/* Which form a predictions file has is seen from its first bytes, not from its name: a table, an
 * archive of arrays, the challenge's JSON, or the zip around that. */
#include <glib/gi18n.h>
#include <string.h>

#include "data/format/bs-file.h"
#include "data/format/bs-zip.h"
#include "data/run/bs-predictions-private.h"

#define RUN_ARRAYS "probabilities.npz"

static gboolean
is_json (const char *bytes, gsize length)
{
  gsize i = length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  while (i < length && g_ascii_isspace (bytes[i]))
    i++;
  return i < length && (bytes[i] == '{' || bytes[i] == '[');
}

static gboolean
check_wanted (const char *name, BsPredictionsKind wanted, GError **error)
{
  if (wanted == BS_PREDICTIONS_AUTO || wanted == BS_PREDICTIONS_DECISIONS)
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               _ ("%s: holds decisions, from which neither logits nor probabilities can be had"),
               name);
  return FALSE;
}

/* The zip that the challenge's server takes has one member; ours and others' names for it
 * differ. */
static BsPredictions *
load_submission (const BsZip *zip, GError **error)
{
  gsize found = 0, n_found = 0;
  for (gsize i = 0; i < bs_zip_n_members (zip); i++)
    if (g_str_has_suffix (bs_zip_member (zip, i), ".json")) {
      found = i;
      n_found++;
    }
  if (n_found != 1) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 _ ("%s: expected arrays (.npy) or one .json in the archive, not %zu of .json"),
                 bs_zip_name (zip), n_found);
    return NULL;
  }
  g_autoptr (GBytes) bytes = bs_zip_read (zip, found, error);
  if (bytes == NULL)
    return NULL;
  g_autofree char *name = g_strdup_printf ("%s: %s", bs_zip_name (zip), bs_zip_member (zip, found));
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  return bs_predictions_read_json (text, length, name, error);
}

static BsPredictions *
parse_archive (GBytes *bytes, const char *name, BsPredictionsKind kind, GError **error)
{
  g_autoptr (BsByteSource) source = bs_byte_source_new (bytes, name);
  g_autoptr (BsZip) zip = bs_zip_open (source, error);
  if (zip == NULL)
    return NULL;
  for (gsize i = 0; i < bs_zip_n_members (zip); i++)
    if (g_str_has_suffix (bs_zip_member (zip, i), ".npy")) {
      g_autoptr (BsNpz) npz = bs_npz_new (source, error);
      return npz != NULL ? bs_predictions_from_npz (npz, name, "", kind, error) : NULL;
    }
  return check_wanted (name, kind, error) ? load_submission (zip, error) : NULL;
}

/**
 * bs_predictions_parse:
 * @bytes: what a file holds
 * @name: what messages call it
 * @kind: what its values are, or auto
 * @error: return location
 *
 * bs_predictions_load() of what is in memory.
 *
 * Returns: (transfer full) (nullable): the predictions
 */
BsPredictions *
bs_predictions_parse (GBytes *bytes, const char *name, BsPredictionsKind kind, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  if (length >= 2 && memcmp (data, "PK", 2) == 0)
    return parse_archive (bytes, name, kind, error);
  if (is_json (data, length))
    return check_wanted (name, kind, error) ? bs_predictions_read_json (data, length, name, error)
                                            : NULL;
  if (kind == BS_PREDICTIONS_DECISIONS) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: expected decisions, the challenge's JSON or the zip around it"), name);
    return NULL;
  }
  return bs_predictions_read_csv (data, length, name, kind, error);
}

/**
 * bs_predictions_load:
 * @path: a CSV, an NPZ, the challenge's JSON, the zip around it, or the folder of a run
 * @kind: what the file holds, or auto to tell it by the values
 * @error: return location
 *
 * Auto (DEFINITIONS, Input): a row is one of probabilities if it lies in [0, 1] and sums to 1
 * within six times half a unit of the last decimal that the file prints, at least 1e-3. If more
 * than half of the rows are, the file holds probabilities, and any other row is an error. Otherwise
 * any negative value makes it logits, of which the softmax is taken in float64. Anything else is
 * %BS_ERROR_UNCLEAR. How the file was read is kept. A run's folder holds probabilities, or
 * decisions. Values that are not finite, clips twice and malformed rows are errors that name file
 * and place. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the predictions, in the file's order
 */
BsPredictions *
bs_predictions_load (const char *path, BsPredictionsKind kind, GError **error)
{
  gboolean run = g_file_test (path, G_FILE_TEST_IS_DIR);
  g_autofree char *file = run ? g_build_filename (path, RUN_ARRAYS, NULL) : g_strdup (path);
  g_autofree char *name = g_filename_display_name (file);
  g_autoptr (GBytes) bytes = bs_file_read_bytes (file, error);
  if (run && kind == BS_PREDICTIONS_AUTO)
    kind = BS_PREDICTIONS_PROBABILITIES;
  return bytes != NULL ? bs_predictions_parse (bytes, name, kind, error) : NULL;
}
