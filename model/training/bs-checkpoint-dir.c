/* SPDX-License-Identifier: MIT */
/* The folder beside a run to be, where its folds leave checkpoints until it is saved. */
#include "model/training/bs-checkpoint-dir.h"

#include <glib/gstdio.h>
#include <string.h>

#include "data/format/bs-file.h"
#include "model/training/bs-checkpoint.h"
#include "model/training/bs-train-private.h"

#define ENDING ".checkpoint"
#define HASH_DIGITS 16

/**
 * bs_checkpoint_dir_dup_path_of_run:
 * @run_folder: the run to be
 *
 * Returns: (transfer full): the folder beside it for a training that may be stopped
 */
char *
bs_checkpoint_dir_dup_path_of_run (const char *run_folder)
{
  g_autofree char *path = g_canonicalize_filename (run_folder, NULL);
  return g_strconcat (path, ".partial", NULL);
}

/**
 * bs_checkpoint_dir_dup_path_in:
 * @parent: a folder of runs
 * @config: a training
 * @metadata: of its corpus
 *
 * Returns: (transfer full): the folder in @parent for such a training, where its run has no name
 *   before it is done: all that decides the training names it
 */
char *
bs_checkpoint_dir_dup_path_in (const char *parent, const BsTrainConfig *config,
                               const BsMetadata *metadata)
{
  g_autofree char *hash = bs_train_config_dup_hash (config, metadata);
  hash[HASH_DIGITS] = '\0';
  g_autofree char *run = g_build_filename (parent, hash, NULL);
  return bs_checkpoint_dir_dup_path_of_run (run);
}

/**
 * bs_checkpoint_dir_dup_path:
 * @folder: of a training that may be stopped
 * @fold: a fold, or %BS_FOLD_ALL_CLIPS
 *
 * Returns: (transfer full): the fold's checkpoint
 */
char *
bs_checkpoint_dir_dup_path (const char *folder, int fold)
{
  g_autofree char *name =
    fold == BS_FOLD_ALL_CLIPS ? g_strdup ("all" ENDING) : g_strdup_printf ("fold%d" ENDING, fold);
  return g_build_filename (folder, name, NULL);
}

static void
count (BsCheckpointProgress *partial, const BsCheckpoint *checkpoint)
{
  int epoch = checkpoint->trainer.epoch + (checkpoint->trainer.is_open ? 0 : 1);
  if (checkpoint->stage == BS_STAGE_DONE) {
    partial->n_done++;
    return;
  }
  if (checkpoint->stage == BS_STAGE_AGAIN)
    epoch += (int) checkpoint->n_rows;
  partial->epoch = partial->n_begun == 0 ? epoch : MIN (partial->epoch, epoch);
  partial->n_begun++;
}

/**
 * bs_checkpoint_dir_look:
 * @folder: a folder, which need not be there
 * @partial: (out) (optional): how far the training came; what is broken is left out
 *
 * Blocks; any thread.
 *
 * Returns: whether there is a checkpoint, whole or not
 */
gboolean
bs_checkpoint_dir_look (const char *folder, BsCheckpointProgress *partial)
{
  gboolean found = FALSE;
  BsCheckpointProgress all = { 0 };
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    if (name[0] == '.' || !g_str_has_suffix (name, ENDING))
      continue;
    found = TRUE;
    if (partial == NULL)
      break;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (BsCheckpoint) checkpoint = bs_checkpoint_peek (path);
    if (checkpoint != NULL)
      count (&all, checkpoint);
  }
  if (partial != NULL)
    *partial = all;
  return found;
}

/**
 * bs_checkpoint_dir_remove:
 * @folder: a folder, which need not be there
 *
 * Takes away the checkpoints in it, also those that a killed program left half written, and then
 * the folder, if nothing else is in it. Blocks; any thread.
 */
void
bs_checkpoint_dir_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_str_has_suffix (name, ENDING) || (name[0] == '.' && strstr (name, ENDING ".") != NULL))
      g_unlink (path);
  }
  g_rmdir (folder);
}

/**
 * bs_checkpoint_dir_lock:
 * @folder: of a training that is about to begin; made where it is lacking
 * @error: %BS_ERROR_BUSY where an equal training is at work, here or in another program, saying
 *   which; or where the folder cannot be made
 *
 * Has nobody else train the same run meanwhile. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the lock, for bs_checkpoint_dir_unlock()
 */
BsFolderLock *
bs_checkpoint_dir_lock (const char *folder, GError **error)
{
  return bs_file_make_folder (folder, error) ? bs_folder_lock_new_alone (folder, error) : NULL;
}

/**
 * bs_checkpoint_dir_unlock:
 * @folder: of a training that has ended
 * @lock: (transfer full): its lock
 *
 * Takes the folder away too, if nothing is in it. Blocks; any thread.
 */
void
bs_checkpoint_dir_unlock (const char *folder, BsFolderLock *lock)
{
  bs_folder_lock_free (lock);
  g_rmdir (folder);
}
