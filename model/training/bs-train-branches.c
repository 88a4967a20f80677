/* SPDX-License-Identifier: MIT */
/* The runs of a fusion's branches: found again by the hash of all that decides them, or trained
 * first. */
#include "data/format/bs-file.h"

#include <glib/gi18n.h>

#include "model/training/bs-checkpoint-dir.h"
#include "model/training/bs-train-private.h"

#define HASH_DIGITS 16

typedef struct {
  guint branch;
  guint n;
  const char *name;
  BsProgressFunc func;
  gpointer user_data;
} Progress;

static void
progress_cb (double fraction, const char *message, gpointer user_data)
{
  const Progress *progress = user_data;
  if (progress->func == NULL)
    return;
  g_autofree char *text = g_strdup_printf (_ ("Branch %u of %u, %s: %s"), progress->branch + 1,
                                           progress->n, progress->name, message);
  progress->func ((progress->branch + fraction) / progress->n, text, progress->user_data);
}

/* As @config, with a folder of its own for a training that is stopped. */
static BsTrainConfig *
dup_config (const BsTrainConfig *fusion, const BsTrainConfig *config, const char *path)
{
  BsTrainConfig *copy = bs_train_config_copy (config);
  if (path != NULL && fusion->partial_folder != NULL)
    copy->partial_folder = bs_checkpoint_dir_dup_path_of_run (path);
  return copy;
}

static char *
dup_path (const BsTrainConfig *fusion, const BsTrainConfig *config, const BsMetadata *metadata)
{
  if (fusion->branch_folder == NULL)
    return NULL;
  g_autofree char *hash = bs_train_config_dup_hash (config, metadata);
  g_autofree char *name = g_strdup_printf ("branch-%.*s", HASH_DIGITS, hash);
  return g_build_filename (fusion->branch_folder, name, NULL);
}

/* Another process may have kept the same branch meanwhile. */
static gboolean
keep (BsRun *run, const BsRun *earlier, const BsTrainConfig *fusion, const char *path,
      GError **error)
{
  if (!bs_file_make_folder (fusion->branch_folder, error))
    return FALSE;
  if (earlier != NULL)
    return bs_run_replace (run, path, error);
  g_autoptr (GError) failed = NULL;
  if (bs_run_save (run, path, &failed) || g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* The branch's run, with the folds that are wanted; only what is missing is trained. */
static BsRun *
find_or_train (BsCorpus *corpus, const BsTrainConfig *fusion, const BsTrainConfig *config,
               Progress *progress, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = dup_path (fusion, config, bs_corpus_metadata (corpus));
  g_autoptr (BsRun) earlier = NULL;
  if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS)) {
    earlier = bs_run_load (path, error);
    if (earlier == NULL)
      return NULL;
  }
  g_autoptr (BsTrainConfig) own = dup_config (fusion, config, path);
  g_autoptr (BsRun) run =
    bs_train_resume (corpus, own, earlier, NULL, progress_cb, progress, cancellable, error);
  if (run == NULL)
    return NULL;
  if (earlier != NULL && earlier->folds->len == run->folds->len)
    return g_steal_pointer (&earlier);
  if (path != NULL && !keep (run, earlier, fusion, path, error))
    return NULL;
  if (own->partial_folder != NULL)
    bs_checkpoint_dir_remove (own->partial_folder);
  return g_steal_pointer (&run);
}

/**
 * bs_train_branch_runs:
 * @corpus: a corpus
 * @fusion: what is to be trained
 * @branches: its branches
 * @on_progress: (nullable) (scope call): told how far it is
 * @user_data: for @on_progress
 * @cancellable: (nullable): as bs_train_resume()
 * @error: as bs_train_resume(), naming the branch
 *
 * Runs that the fusion's branch folder has are used as they are; what is missing is trained and
 * kept there.
 *
 * Returns: (transfer full) (nullable) (element-type BsRun): a run a branch, with weights
 */
GPtrArray *
bs_train_branch_runs (BsCorpus *corpus, const BsTrainConfig *fusion, const BsBranches *branches,
                      BsProgressFunc on_progress, gpointer user_data, GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
  for (guint b = 0; b < branches->n; b++) {
    const BsTrainConfig *config = branches->configs[b];
    g_autofree char *encoders = g_strjoinv (" + ", config->encoders);
    g_autofree char *name = g_strdup_printf ("%s on %s", config->model, encoders);
    Progress progress = { b, branches->n, name, on_progress, user_data };
    BsRun *run = find_or_train (corpus, fusion, config, &progress, cancellable, error);
    if (run == NULL) {
      g_prefix_error (error, _ ("branch %s: "), name);
      return NULL;
    }
    g_ptr_array_add (runs, run);
  }
  return g_steal_pointer (&runs);
}
