/* SPDX-License-Identifier: MIT */
/* Whether the files of a run are those that it was saved with. Each is read by somebody else; here
 * their bytes are summed, into run.json when it is written and beside run.json when it is read. */
#include <glib/gi18n.h>

#include "data/base/bs-error.h"
#include "data/format/bs-file.h"
#include "data/run/bs-run-private.h"

static char *
dup_sum (const char *path, GError **error)
{
  gsize length = 0;
  g_autofree char *text = bs_file_read (path, &length, error);
  return text != NULL
           ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length)
           : NULL;
}

static gboolean
add_sum (cJSON *files, const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *sum = dup_sum (path, error);
  if (sum != NULL)
    cJSON_AddStringToObject (files, name, sum);
  return sum != NULL;
}

static gboolean
add_weights (cJSON *files, const char *folder, const BsFoldResult *result, GError **error)
{
  g_autofree char *name = bs_run_weights_name (result->fold);
  return result->tensors == NULL || add_sum (files, folder, name, error);
}

/**
 * bs_run_add_sums:
 * @self: a run
 * @folder: where all its files but run.json have been written
 * @object: gets "files": names, and the SHA-256 of each in hexadecimal digits
 * @error: return location
 *
 * Returns: whether all could be read
 */
gboolean
bs_run_add_sums (const BsRun *self, const char *folder, cJSON *object, GError **error)
{
  cJSON *files = cJSON_AddObjectToObject (object, "files");
  if (!add_sum (files, folder, BS_RUN_ARRAYS, error) ||
      !add_sum (files, folder, BS_RUN_HISTORY, error))
    return FALSE;
  for (guint i = 0; i < self->folds->len; i++)
    if (!add_weights (files, folder, g_ptr_array_index (self->folds, i), error))
      return FALSE;
  return self->all == NULL || add_weights (files, folder, self->all, error);
}

/**
 * bs_run_read_sums:
 * @self: a run
 * @root: run.json
 * @error: return location
 *
 * Runs of earlier versions have none, and nothing of them is checked.
 *
 * Returns: whether what there is can be read
 */
gboolean
bs_run_read_sums (BsRun *self, const BsJson *root, GError **error)
{
  BsJson files, file;
  if (!bs_json_has (root, "files"))
    return TRUE;
  if (!bs_json_get_object (root, "files", &files, error))
    return FALSE;
  self->sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gboolean more = bs_json_first (&files, &file); more; more = bs_json_next (&file)) {
    const char *sum = bs_json_string (&file, error);
    if (sum == NULL)
      return FALSE;
    g_hash_table_insert (self->sums, g_strdup (file.key), g_strdup (sum));
  }
  return TRUE;
}

/**
 * bs_run_check_sum:
 * @self: a run that was loaded
 * @name: of a file in its folder
 * @error: %BS_ERROR_VALUE where it is another one, and the reader's
 *
 * Blocks; any thread.
 *
 * Returns: whether it is the file that the run was saved with, as far as the run says
 */
gboolean
bs_run_check_sum (const BsRun *self, const char *name, GError **error)
{
  if (self->sums == NULL)
    return TRUE;
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *sum = dup_sum (path, error);
  if (sum == NULL)
    return FALSE;
  if (g_strcmp0 (sum, g_hash_table_lookup (self->sums, name)) == 0)
    return TRUE;
  g_autofree char *shown = g_filename_display_name (path);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               _ ("%s: is not the file that the run was saved with: its SHA-256 is %s"), shown,
               sum);
  return FALSE;
}
