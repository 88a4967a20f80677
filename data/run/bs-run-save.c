/* SPDX-License-Identifier: MIT */
/* Writing a run: beside its name, and renamed when it is whole. */
#define _GNU_SOURCE /* renameat2 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "data/corpus/bs-fold-names.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-file.h"
#include "data/format/bs-json.h"
#include "data/format/bs-safetensors.h"
#include "data/format/bs-temporary.h"
#include "data/run/bs-predictions-private.h"
#include "data/run/bs-run-private.h"

static void
add_text (cJSON *object, const char *key, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, key, text);
  else
    cJSON_AddNullToObject (object, key);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b);
}

static void
add_settings (cJSON *object, GHashTable *settings)
{
  cJSON *out = cJSON_AddObjectToObject (object, "settings");
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (settings), compare_keys);
  for (GList *key = keys; key != NULL; key = key->next)
    add_text (out, key->data, g_hash_table_lookup (settings, key->data));
}

static cJSON *
describe_fold (const BsRun *self, const BsFoldResult *result)
{
  cJSON *fold = cJSON_CreateObject ();
  const char *const *names = (const char *const *) self->predictions->fold_names;
  if (result->fold != BS_FOLD_ALL_CLIPS)
    cJSON_AddNumberToObject (fold, "fold", result->fold);
  if (result->fold != BS_FOLD_ALL_CLIPS && names != NULL)
    cJSON_AddStringToObject (fold, "name", bs_fold_name (names, result->fold));
  cJSON_AddNumberToObject (fold, "best_epoch", result->best_epoch);
  bs_json_add_double (fold, "alpha", result->alpha);
  bs_json_add_double (fold, "beta", result->beta);
  if (result->cut != 0)
    bs_json_add_double (fold, "cut", result->cut);
  cJSON_AddBoolToObject (fold, "weights", result->tensors != NULL);
  cJSON_AddBoolToObject (fold, "train_predictions", result->train_predictions != NULL);
  return fold;
}

static void
add_folds (cJSON *object, const BsRun *self)
{
  cJSON *list = cJSON_AddArrayToObject (object, "folds");
  for (guint i = 0; i < self->folds->len; i++)
    cJSON_AddItemToArray (list, describe_fold (self, g_ptr_array_index (self->folds, i)));
  if (self->all != NULL)
    cJSON_AddItemToObject (object, "all_clips", describe_fold (self, self->all));
}

static gboolean
write_description (const BsRun *self, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, BS_RUN_FILE, NULL);
  g_autoptr (cJSON) object = cJSON_CreateObject ();
  cJSON_AddNumberToObject (object, "blendscope_run", BS_RUN_FORM);
  cJSON_AddStringToObject (object, "program", "blendscope " BS_VERSION);
  add_text (object, "title", self->title);
  add_text (object, "model", self->model);
  add_text (object, "protocol", self->protocol);
  bs_json_add_strings (object, "encoders", (const char *const *) self->encoders);
  add_settings (object, self->settings);
  bs_json_add_uint64 (object, "seed", self->seed);
  cJSON_AddNumberToObject (object, "n_threads", self->n_threads);
  add_text (object, "metadata_sha256", self->metadata_hash);
  add_text (object, "created", self->created);
  add_text (object, "note", self->predictions->note);
  if (self->predictions->read_as.kind != NULL)
    bs_read_as_to_json (&self->predictions->read_as, cJSON_AddObjectToObject (object, "read_as"));
  if (self->predictions->fold_names != NULL)
    bs_json_add_strings (object, "fold_names", (const char *const *) self->predictions->fold_names);
  add_folds (object, self);
  return bs_run_add_sums (self, folder, object, error) && bs_json_save (object, path, error);
}

static gboolean
write_arrays (const BsRun *self, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, BS_RUN_ARRAYS, NULL);
  g_autoptr (BsNpzWriter) writer = bs_npz_writer_new ();
  bs_predictions_to_npz (self->predictions, writer, "");
  for (guint i = 0; i < self->folds->len; i++) {
    const BsFoldResult *result = g_ptr_array_index (self->folds, i);
    g_autofree char *prefix = bs_run_train_prefix (result->fold);
    if (result->train_predictions != NULL)
      bs_predictions_to_npz (result->train_predictions, writer, prefix);
  }
  return bs_npz_writer_save (writer, path, error);
}

/* The network of all clips has no fold's name. */
static void
append_fold (GString *out, const BsRun *self, int fold)
{
  if (fold >= 0 && fold < BS_MAX_FOLDS)
    bs_csv_append_field (out,
                         bs_fold_name ((const char *const *) self->predictions->fold_names, fold));
  else
    g_string_append_printf (out, "%d", fold);
}

static gboolean
write_history (const BsRun *self, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, BS_RUN_HISTORY, NULL);
  g_autoptr (GString) out = g_string_new ("fold,epoch,train_loss,validation_loss,acc_presence,"
                                          "acc_salience,alpha,beta,loss_kl,loss_bce,loss_rank,"
                                          "learning_rate\n");
  for (guint i = 0; i < self->history->len; i++) {
    const BsEpoch *e = &g_array_index (self->history, BsEpoch, i);
    const double values[] = { e->train_loss,   e->validation_loss, e->acc_presence,
                              e->acc_salience, e->alpha,           e->beta,
                              e->loss_kl,      e->loss_bce,        e->loss_rank,
                              e->learning_rate };
    append_fold (out, self, e->fold);
    g_string_append_printf (out, ",%d", e->epoch);
    for (gsize k = 0; k < G_N_ELEMENTS (values); k++) {
      g_string_append_c (out, ',');
      bs_csv_append_double (out, values[k]);
    }
    g_string_append_c (out, '\n');
  }
  return bs_file_write (path, out->str, out->len, error);
}

static gboolean
write_fold_weights (const BsFoldResult *result, const char *folder, GError **error)
{
  g_autofree char *name = bs_run_weights_name (result->fold);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return result->tensors == NULL || bs_safetensors_save (result->tensors, path, error);
}

static gboolean
write_weights (const BsRun *self, const char *folder, GError **error)
{
  for (guint i = 0; i < self->folds->len; i++)
    if (!write_fold_weights (g_ptr_array_index (self->folds, i), folder, error))
      return FALSE;
  return self->all == NULL || write_fold_weights (self->all, folder, error);
}

static gboolean
refuse (const char *folder, const char *why, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  g_set_error (error, BS_ERROR, BS_ERROR_FILE, _ ("%s: the run was not written: %s"), name, why);
  return FALSE;
}

/* A run that is written, beside its place. */
typedef struct {
  char *folder;
  int fd; /* holds the lock by which nobody takes it for a left-over */
} Passing;

/* Frees what is known of it; takes away what is there. */
static void
passing_drop (Passing *self)
{
  bs_temporary_folder_remove (self->folder);
  g_free (self->folder);
  close (self->fd);
}

static gboolean
write_passing (BsRun *self, const char *path, Passing *passing, GError **error)
{
  if (!bs_run_load_weights (self, -1, error))
    return FALSE;
  passing->fd = bs_temporary_folder_new (path, &passing->folder);
  if (passing->fd < 0)
    return refuse (path, g_strerror (errno), error);
  const char *folder = passing->folder;
  /* The description last: it says what the other files hold. */
  if (write_arrays (self, folder, error) && write_history (self, folder, error) &&
      write_weights (self, folder, error) && write_description (self, folder, error))
    return TRUE;
  passing_drop (passing);
  return FALSE;
}

/* Where the run lies in the end: a symbolic link is no folder of its own. */
static char *
dup_place (const char *folder)
{
  g_autofree char *path = g_canonicalize_filename (folder, NULL);
  return bs_file_dup_target (path);
}

/**
 * bs_run_save:
 * @self: a run with predictions; its folder is set where this succeeds
 * @folder: the folder to be, in a folder that exists
 * @error: return location
 *
 * Writes run.json, probabilities.npz (`filenames`, `fold`, `probabilities`, and the same with
 * `train<k>_` before them for the network of fold k on its own training clips), history.csv and
 * fold<k>.safetensors (and all.safetensors) into a passing folder beside, which then takes the
 * name. What is there already is never overwritten. Blocks; any thread.
 *
 * Returns: whether the run is there, whole; where not, nothing is
 */
gboolean
bs_run_save (BsRun *self, const char *folder, GError **error)
{
  g_return_val_if_fail (self->predictions != NULL, FALSE);
  g_autofree char *path = dup_place (folder);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return refuse (path, _ ("there is something of that name already"), error);
  Passing passing;
  if (!write_passing (self, path, &passing, error))
    return FALSE;
  if (g_rename (passing.folder, path) != 0) {
    refuse (path, g_strerror (errno), error);
    passing_drop (&passing);
    return FALSE;
  }
  g_free (passing.folder);
  close (passing.fd);
  g_free (self->folder);
  self->folder = g_steal_pointer (&path);
  return TRUE;
}

/* Two names for each other's folder; on a file system that cannot, by a third name. */
static gboolean
exchange (const char *a, const char *b)
{
  if (renameat2 (AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  g_autofree char *aside = g_strconcat (a, ".old", NULL);
  return g_rename (b, aside) == 0 && g_rename (a, b) == 0 && g_rename (aside, a) == 0;
}

/**
 * bs_run_replace:
 * @self: a run with predictions; its folder is set where this succeeds
 * @folder: a run's folder
 * @error: return location
 *
 * As bs_run_save() in the place of the run that is there. Where the file system can exchange two
 * folders this is one step: at any time there is the whole old run or the whole new one. Blocks;
 * any thread.
 *
 * Returns: whether the new run is there; where not, the old one is
 */
gboolean
bs_run_replace (BsRun *self, const char *folder, GError **error)
{
  g_return_val_if_fail (self->predictions != NULL, FALSE);
  g_autofree char *path = dup_place (folder);
  g_autofree char *description = g_build_filename (path, BS_RUN_FILE, NULL);
  if (!g_file_test (description, G_FILE_TEST_EXISTS))
    return refuse (path, _ ("there is no run to replace"), error);
  Passing passing;
  if (!write_passing (self, path, &passing, error))
    return FALSE;
  gboolean done = exchange (passing.folder, path);
  if (!done)
    refuse (path, g_strerror (errno), error);
  passing_drop (&passing);
  if (!done)
    return FALSE;
  g_free (self->folder);
  self->folder = g_steal_pointer (&path);
  return TRUE;
}
