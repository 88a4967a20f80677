/* SPDX-License-Identifier: MIT */
/* Reading a run's folder. The weights, which may be large, are left on disk until they are asked
 * for, so that a list of runs costs little. */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "data/corpus/bs-fold-names.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-json.h"
#include "data/format/bs-safetensors.h"
#include "data/run/bs-predictions-private.h"
#include "data/run/bs-run-private.h"

/* Texts that a run can do without: null, or not there. */
static gboolean
read_text (const BsJson *root, const char *key, char **text, GError **error)
{
  if (!bs_json_has (root, key))
    return TRUE;
  *text = g_strdup (bs_json_get_string (root, key, error));
  return *text != NULL;
}

static gboolean
read_number (const BsJson *object, const char *key, double *value, GError **error)
{
  *value = NAN;
  return !bs_json_has (object, key) || bs_json_get_double (object, key, value, error);
}

static gboolean
read_settings (BsRun *self, const BsJson *root, GError **error)
{
  BsJson settings, setting;
  if (!bs_json_get_object (root, "settings", &settings, error))
    return FALSE;
  for (gboolean more = bs_json_first (&settings, &setting); more; more = bs_json_next (&setting)) {
    const char *text = bs_json_string (&setting, error);
    if (text == NULL)
      return FALSE;
    g_hash_table_insert (self->settings, g_strdup (setting.key), g_strdup (text));
  }
  return TRUE;
}

/* @train is whether the arrays hold the network's word on its own training clips. */
static BsFoldResult *
read_fold (const BsRun *self, const BsJson *object, int fold, gboolean *train, GError **error)
{
  int best_epoch;
  double alpha, beta, cut = 0;
  gboolean weights;
  if ((fold != BS_FOLD_ALL_CLIPS && !bs_json_get_int (object, "fold", &fold, error)) ||
      !bs_json_get_int (object, "best_epoch", &best_epoch, error) ||
      !read_number (object, "alpha", &alpha, error) ||
      !read_number (object, "beta", &beta, error) ||
      (bs_json_has (object, "cut") && !bs_json_get_double (object, "cut", &cut, error)) ||
      !bs_json_get_boolean (object, "weights", &weights, error) ||
      !bs_json_get_boolean (object, "train_predictions", train, error))
    return NULL;
  if (fold != BS_FOLD_ALL_CLIPS &&
      (fold < 0 || fold >= BS_MAX_FOLDS || bs_run_fold (self, fold) != NULL)) {
    bs_json_set_error (object, error, _ ("expected each fold from 0 to %d at most once, not %d"),
                       BS_MAX_FOLDS - 1, fold);
    return NULL;
  }
  BsFoldResult *result = g_new0 (BsFoldResult, 1);
  *result = (BsFoldResult){ fold, best_epoch, alpha, beta, cut, NULL, NULL, weights };
  return result;
}

static gboolean
read_folds (BsRun *self, const BsJson *root, BsNpz *npz, const char *arrays, GError **error)
{
  BsJson list, object;
  if (!bs_json_get_array (root, "folds", &list, error))
    return FALSE;
  for (gboolean more = bs_json_first (&list, &object); more; more = bs_json_next (&object)) {
    gboolean train;
    BsFoldResult *result = read_fold (self, &object, 0, &train, error);
    if (result == NULL)
      return FALSE;
    g_ptr_array_add (self->folds, result);
    g_autofree char *prefix = bs_run_train_prefix (result->fold);
    if (train)
      result->train_predictions =
        bs_predictions_from_npz (npz, arrays, prefix, BS_PREDICTIONS_PROBABILITIES, error);
    if (train && result->train_predictions == NULL)
      return FALSE;
  }
  gboolean train;
  if (!bs_json_has (root, "all_clips"))
    return TRUE;
  if (!bs_json_get_object (root, "all_clips", &object, error))
    return FALSE;
  self->all = read_fold (self, &object, BS_FOLD_ALL_CLIPS, &train, error);
  return self->all != NULL;
}

static gboolean
read_description (BsRun *self, const BsJson *root, GError **error)
{
  int form;
  if (!bs_json_get_int (root, "blendscope_run", &form, error))
    return FALSE;
  if (form > BS_RUN_FORM) {
    g_set_error (error, BS_ERROR, BS_ERROR_UNSUPPORTED,
                 _ ("%s: made by a later program, in form %d; expected at most %d"), root->name,
                 form, BS_RUN_FORM);
    return FALSE;
  }
  g_strfreev (self->encoders);
  self->encoders = bs_json_get_strings (root, "encoders", error);
  return self->encoders != NULL && read_text (root, "title", &self->title, error) &&
         read_text (root, "protocol", &self->protocol, error) &&
         read_text (root, "metadata_sha256", &self->metadata_hash, error) &&
         read_text (root, "created", &self->created, error) &&
         (self->model = g_strdup (bs_json_get_string (root, "model", error))) != NULL &&
         bs_json_get_uint64 (root, "seed", &self->seed, error) &&
         bs_json_get_int (root, "n_threads", &self->n_threads, error) &&
         read_settings (self, root, error);
}

static int
find_fold (const BsRun *self, const char *name)
{
  char **names = self->predictions->fold_names;
  for (int fold = 0; names[fold] != NULL; fold++)
    if (strcmp (names[fold], name) == 0)
      return fold;
  return -1;
}

/* The arrays hold names, of the run's own folds alone; which fold of the corpus each is stands
 * beside. */
static gboolean
number_folds (BsRun *self, const BsJson *root, const char *arrays, GError **error)
{
  BsPredictions *predictions = self->predictions;
  if (!bs_json_has (root, "fold_names"))
    return TRUE;
  g_auto (GStrv) there = g_steal_pointer (&predictions->fold_names);
  predictions->fold_names = bs_json_get_strings (root, "fold_names", error);
  if (predictions->fold_names == NULL)
    return FALSE;
  guint n = g_strv_length (predictions->fold_names);
  if (n == 0 || n > BS_MAX_FOLDS) {
    bs_json_set_error (root, error, _ ("fold_names: expected from 1 to %d names, not %u"),
                       BS_MAX_FOLDS, n);
    return FALSE;
  }
  for (gsize row = 0; row < predictions->n; row++) {
    int fold = predictions->folds[row];
    const char *name = fold >= 0 ? bs_fold_name ((const char *const *) there, fold) : NULL;
    if (name == NULL)
      continue;
    fold = find_fold (self, name);
    if (fold < 0) {
      g_autofree char *excerpt = bs_error_excerpt (name);
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   _ ("%s: fold[%zu]: '%s' is none of the run's fold_names"), arrays, row, excerpt);
      return FALSE;
    }
    predictions->folds[row] = (gint8) fold;
  }
  return TRUE;
}

/* What the arrays of a run's own folder are was never in question; how an imported file was read is
 * kept. */
static gboolean
read_read_as (BsRun *self, const BsJson *root, GError **error)
{
  BsJson object;
  BsReadAs *read_as = &self->predictions->read_as;
  bs_read_as_clear (read_as);
  read_as->n_decimals = -1;
  return !bs_json_has (root, "read_as") || (bs_json_get_object (root, "read_as", &object, error) &&
                                            bs_read_as_from_json (read_as, &object, error));
}

static gboolean
read_arrays (BsRun *self, const BsJson *root, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, BS_RUN_ARRAYS, NULL);
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (BsNpz) npz = bs_npz_open (path, error);
  if (npz == NULL)
    return FALSE;
  self->predictions = bs_predictions_from_npz (npz, name, "", BS_PREDICTIONS_PROBABILITIES, error);
  return self->predictions != NULL && read_text (root, "note", &self->predictions->note, error) &&
         read_read_as (self, root, error) && number_folds (self, root, name, error) &&
         read_folds (self, root, npz, name, error);
}

#define N_HISTORY 12
#define N_HISTORY_FIRST 8 /* columns that every version of a run has */

static gboolean
read_epoch_fold (const BsRun *self, const BsCsv *csv, gsize row, gsize column, int *fold,
                 GError **error)
{
  *fold =
    self->predictions->fold_names != NULL ? find_fold (self, bs_csv_text (csv, row, column)) : -1;
  return *fold >= 0 || bs_csv_int (csv, row, column, fold, error);
}

static gboolean
read_epoch (const BsRun *self, const BsCsv *csv, const int columns[N_HISTORY], gsize row,
            BsEpoch *epoch, GError **error)
{
  double *const values[N_HISTORY - 2] = {
    &epoch->train_loss,    &epoch->validation_loss, &epoch->acc_presence,
    &epoch->acc_salience,  &epoch->alpha,           &epoch->beta,
    &epoch->loss_kl,       &epoch->loss_bce,        &epoch->loss_rank,
    &epoch->learning_rate,
  };
  if (!read_epoch_fold (self, csv, row, (gsize) columns[0], &epoch->fold, error) ||
      !bs_csv_int (csv, row, (gsize) columns[1], &epoch->epoch, error))
    return FALSE;
  for (gsize k = 0; k < G_N_ELEMENTS (values); k++) {
    int column = columns[k + 2];
    *values[k] = NAN;
    if (column >= 0 && !bs_csv_is_empty (csv, row, (gsize) column) &&
        !bs_csv_double (csv, row, (gsize) column, values[k], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_history (BsRun *self, GError **error)
{
  static const char *const headers[N_HISTORY] = {
    "fold",  "epoch", "train_loss", "validation_loss", "acc_presence", "acc_salience",
    "alpha", "beta",  "loss_kl",    "loss_bce",        "loss_rank",    "learning_rate",
  };
  g_autofree char *path = g_build_filename (self->folder, BS_RUN_HISTORY, NULL);
  g_autoptr (BsCsv) csv = bs_csv_load (path, error);
  int columns[N_HISTORY];
  if (csv == NULL)
    return FALSE;
  /* An earlier version wrote the first columns alone; anything between is a torn file. */
  gboolean is_early = bs_csv_n_columns (csv) == N_HISTORY_FIRST;
  for (gsize i = 0; i < N_HISTORY; i++) {
    gboolean is_lacking = is_early && i >= N_HISTORY_FIRST;
    columns[i] = is_lacking ? -1 : bs_csv_need_column (csv, headers[i], error);
    if (columns[i] < 0 && !is_lacking)
      return FALSE;
  }
  g_array_set_size (self->history, (guint) bs_csv_n_rows (csv));
  for (gsize row = 0; row < bs_csv_n_rows (csv); row++)
    if (!read_epoch (self, csv, columns, row, &g_array_index (self->history, BsEpoch, row), error))
      return FALSE;
  return TRUE;
}

/**
 * bs_run_load:
 * @folder: a run's folder
 * @error: return location
 *
 * Reads everything but the weights, which bs_run_load_weights() reads. Numbers that were not finite
 * come back as NaN. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the run; %NULL with @error naming the file where one is
 *   lacking or wrong
 */
BsRun *
bs_run_load (const char *folder, GError **error)
{
  g_autoptr (BsRun) self = bs_run_new ();
  self->folder = g_canonicalize_filename (folder, NULL);
  g_autofree char *path = g_build_filename (self->folder, BS_RUN_FILE, NULL);
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (cJSON) document = bs_json_load (path, error);
  if (document == NULL)
    return NULL;
  BsJson root = bs_json_root (document, name);
  if (!read_description (self, &root, error) || !bs_run_read_sums (self, &root, error) ||
      !bs_run_check_sum (self, BS_RUN_ARRAYS, error) ||
      !bs_run_check_sum (self, BS_RUN_HISTORY, error) || !read_arrays (self, &root, error) ||
      !read_history (self, error))
    return NULL;
  if (self->title == NULL)
    self->title = g_path_get_basename (self->folder);
  return g_steal_pointer (&self);
}

/* A network that has left the numbers says nothing; it was not saved so. */
static gboolean
check_finite (GPtrArray *tensors, const char *path, GError **error)
{
  for (guint i = 0; i < tensors->len; i++) {
    const BsTensor *tensor = g_ptr_array_index (tensors, i);
    const BsMatrix *values = tensor->values;
    for (gsize k = 0; k < values->n_rows * values->n_cols; k++) {
      if (isfinite (bs_matrix_get (values, k)))
        continue;
      g_autofree char *shown = g_filename_display_name (path);
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   _ ("%s: value %u of tensor \"%s\" is not finite"), shown, (guint) k,
                   tensor->name);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
load_fold (const BsRun *self, BsFoldResult *result, GError **error)
{
  if (result->tensors != NULL || !result->weights_on_disk)
    return TRUE;
  g_autofree char *name = bs_run_weights_name (result->fold);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GPtrArray) tensors =
    bs_run_check_sum (self, name, error) ? bs_safetensors_load (path, error) : NULL;
  if (tensors == NULL || !check_finite (tensors, path, error))
    return FALSE;
  result->tensors = g_steal_pointer (&tensors);
  return TRUE;
}

/**
 * bs_run_load_weights:
 * @self: a run
 * @fold: a fold, %BS_FOLD_ALL_CLIPS, or -1 for all the run has
 * @error: return location
 *
 * Sees to it that the fold's tensors are in memory, where the run kept any; a run that was trained
 * here has them. They stay as long as the run. Blocks; any thread.
 *
 * Returns: whether nothing went wrong; a fold without weights is no error
 */
gboolean
bs_run_load_weights (const BsRun *self, int fold, GError **error)
{
  /* What is read later was always there for the caller: the run does not change for anybody. */
  GMutex *lock = &((BsRun *) self)->lock;
  gboolean done = TRUE;
  g_mutex_lock (lock);
  for (guint i = 0; i < self->folds->len && done && self->folder != NULL; i++) {
    BsFoldResult *result = g_ptr_array_index (self->folds, i);
    if (fold == -1 || result->fold == fold)
      done = load_fold (self, result, error);
  }
  if (done && self->folder != NULL && self->all != NULL &&
      (fold == -1 || fold == BS_FOLD_ALL_CLIPS))
    done = load_fold (self, self->all, error);
  g_mutex_unlock (lock);
  return done;
}
