/* SPDX-License-Identifier: MIT */
/* A run: out-of-fold predictions, and all that is needed to make them again. */
#include <string.h>

#include "data/corpus/bs-fold-names.h"
#include "data/format/bs-json.h"
#include "data/run/bs-run-private.h"

/**
 * bs_fold_result_free:
 * @self: (transfer full): a fold's result
 */
void
bs_fold_result_free (BsFoldResult *self)
{
  g_clear_pointer (&self->tensors, g_ptr_array_unref);
  g_clear_pointer (&self->train_predictions, bs_predictions_unref);
  g_free (self);
}

/**
 * bs_run_new:
 *
 * Returns: (transfer full): a run without predictions, to be filled before it is shared. Texts are
 *   freed with it; so are the elements of its history and folds.
 */
BsRun *
bs_run_new (void)
{
  BsRun *self = g_atomic_rc_box_new0 (BsRun);
  self->encoders = g_new0 (char *, 1);
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->history = g_array_new (FALSE, TRUE, sizeof (BsEpoch));
  self->folds = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_fold_result_free);
  g_mutex_init (&self->lock);
  return self;
}

static void
run_clear (gpointer data)
{
  BsRun *self = data;
  g_free (self->folder);
  g_free (self->title);
  g_free (self->model);
  g_free (self->protocol);
  g_strfreev (self->encoders);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_pointer (&self->sums, g_hash_table_unref);
  g_free (self->metadata_hash);
  g_free (self->created);
  g_clear_pointer (&self->predictions, bs_predictions_unref);
  g_clear_pointer (&self->history, g_array_unref);
  g_clear_pointer (&self->folds, g_ptr_array_unref);
  g_clear_pointer (&self->all, bs_fold_result_free);
  g_mutex_clear (&self->lock);
}

/**
 * bs_run_ref:
 * @self: a run
 *
 * Returns: (transfer full): @self
 */
BsRun *
bs_run_ref (BsRun *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_run_unref:
 * @self: (transfer full): a run
 */
void
bs_run_unref (BsRun *self)
{
  g_atomic_rc_box_release_full (self, run_clear);
}

/**
 * bs_run_from_predictions:
 * @predictions: from elsewhere
 * @title: for people
 * @metadata: the clips they are judged by
 *
 * Returns: (transfer full): a run of model "imported", made now
 */
BsRun *
bs_run_from_predictions (BsPredictions *predictions, const char *title, const BsMetadata *metadata)
{
  BsRun *self = bs_run_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  self->title = g_strdup (title);
  self->model = g_strdup ("imported");
  self->metadata_hash = g_strdup (bs_metadata_hash (metadata));
  self->created = g_date_time_format_iso8601 (now);
  self->predictions = bs_predictions_ref (predictions);
  return self;
}

/**
 * bs_run_name:
 * @self: a run
 *
 * Returns: (transfer none): what a message calls it
 */
const char *
bs_run_name (const BsRun *self)
{
  return self->folder != NULL ? self->folder : "the run";
}

/**
 * bs_run_fold:
 * @self: a run
 * @fold: a fold, or %BS_FOLD_ALL_CLIPS
 *
 * Returns: (transfer none) (nullable): what is known of @fold, or %NULL where the run does not have
 *   it
 */
const BsFoldResult *
bs_run_fold (const BsRun *self, int fold)
{
  if (fold == BS_FOLD_ALL_CLIPS)
    return self->all;
  for (guint i = 0; i < self->folds->len; i++) {
    const BsFoldResult *result = g_ptr_array_index (self->folds, i);
    if (result->fold == fold)
      return result;
  }
  return NULL;
}

/**
 * bs_run_dup_fold_name:
 * @self: a run with predictions
 * @fold: a fold, from 0
 *
 * Returns: (transfer full): what a person is shown as the fold's name
 */
char *
bs_run_dup_fold_name (const BsRun *self, int fold)
{
  return bs_fold_name_dup_visible ((const char *const *) self->predictions->fold_names, fold);
}

/**
 * bs_fold_result_tensor:
 * @self: a fold's result
 * @name: of a tensor
 *
 * Returns: (transfer none) (nullable): its values, a single row where it has one axis; %NULL where
 *   there is no such tensor, or the weights were not loaded
 */
BsMatrix *
bs_fold_result_tensor (const BsFoldResult *self, const char *name)
{
  for (guint i = 0; self->tensors != NULL && i < self->tensors->len; i++) {
    const BsTensor *tensor = g_ptr_array_index (self->tensors, i);
    if (strcmp (tensor->name, name) == 0)
      return tensor->values;
  }
  return NULL;
}

/**
 * bs_run_weights_name:
 * @fold: a fold, or %BS_FOLD_ALL_CLIPS
 *
 * Returns: (transfer full): name of the file of its network
 */
char *
bs_run_weights_name (int fold)
{
  if (fold == BS_FOLD_ALL_CLIPS)
    return g_strdup ("all.safetensors");
  return g_strdup_printf ("fold%d.safetensors", fold);
}

/**
 * bs_run_train_prefix:
 * @fold: a fold
 *
 * Returns: (transfer full): what the members of its train-side predictions begin with
 */
char *
bs_run_train_prefix (int fold)
{
  return g_strdup_printf ("train%d_", fold);
}

typedef struct {
  char *folder;
  char *created;
} Listed;

static void
listed_free (gpointer data)
{
  Listed *listed = data;
  g_free (listed->folder);
  g_free (listed->created);
  g_free (listed);
}

static int
compare_listed (gconstpointer a, gconstpointer b)
{
  const Listed *const *left = a, *const *right = b;
  int order = strcmp ((*right)->created, (*left)->created);
  return order != 0 ? order : strcmp ((*right)->folder, (*left)->folder);
}

/* When a run was made; "" where its file does not say. */
static char *
dup_created (const char *file)
{
  g_autoptr (cJSON) document = bs_json_load (file, NULL);
  BsJson root = bs_json_root (document, file);
  const char *created = document != NULL ? bs_json_get_string (&root, "created", NULL) : NULL;
  return g_strdup (created != NULL ? created : "");
}

/**
 * bs_run_is_folder:
 * @path: any path
 *
 * Returns: whether it is a folder that holds a run, perhaps a broken one
 */
gboolean
bs_run_is_folder (const char *path)
{
  g_autofree char *file = g_build_filename (path, BS_RUN_FILE, NULL);
  return g_file_test (file, G_FILE_TEST_IS_REGULAR);
}

/**
 * bs_run_list:
 * @parent_folder: a folder
 *
 * Looks at the folders in @parent_folder, without those whose name begins with a dot. Broken runs
 * are listed too: bs_run_load() says what is wrong with them.
 *
 * Returns: (transfer full): the folders that hold a run, the newest first
 */
char **
bs_run_list (const char *parent_folder)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (listed_free);
  g_autoptr (GDir) dir = g_dir_open (parent_folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *file = g_build_filename (parent_folder, name, BS_RUN_FILE, NULL);
    if (name[0] == '.' || !g_file_test (file, G_FILE_TEST_IS_REGULAR))
      continue;
    Listed *listed = g_new (Listed, 1);
    listed->folder = g_build_filename (parent_folder, name, NULL);
    listed->created = dup_created (file);
    g_ptr_array_add (found, listed);
  }
  g_ptr_array_sort (found, compare_listed);
  char **folders = g_new0 (char *, found->len + 1);
  for (guint i = 0; i < found->len; i++)
    folders[i] = g_strdup (((Listed *) g_ptr_array_index (found, i))->folder);
  return folders;
}
