/* SPDX-License-Identifier: MIT */
/* The trainings that the words of "train" mean, each with its folder. */
#include "app/cli/common/bs-cli-queue.h"

#include "model/training/bs-checkpoint-dir.h"

static void
training_free (gpointer data)
{
  BsCliTraining *training = data;
  if (training->lock != NULL)
    bs_checkpoint_dir_unlock (training->point->config->partial_folder, training->lock);
  g_free (training->out);
  g_free (training);
}

static void
add_training (BsCliQueue *self, const BsTrainPoint *point, const char *out)
{
  BsCliTraining *training = g_new0 (BsCliTraining, 1);
  training->point = point;
  training->out = point->name != NULL ? g_build_filename (out, point->name, NULL) : g_strdup (out);
  point->config->branch_folder = g_path_get_dirname (training->out);
  g_ptr_array_add (self->trainings, training);
}

/**
 * bs_cli_queue_new:
 * @model: (nullable): --model
 * @settings: (nullable) (array zero-terminated=1): --set, as "lr=1e-4,1e-3"
 * @named: (array length=n_named): keys and values (or %NULL) of options of their own, which have
 *   the last word
 * @n_named: how many
 * @out: --out: the run's folder, or that of the runs of a grid
 * @error: as bs_train_grid_new()
 *
 * Returns: (transfer full): at least one training
 */
BsCliQueue *
bs_cli_queue_new (const char *model, char **settings, const char *const (*named)[2], gsize n_named,
                  const char *out, GError **error)
{
  g_autoptr (BsTrainConfig) base = bs_train_config_new ();
  if (model != NULL && !bs_train_config_set (base, "model", model, error))
    return NULL;
  BsTrainGrid *grid = bs_train_grid_new (base, (const char *const *) settings, named, n_named,
                                         BS_TRAIN_GRID_MOST, error);
  if (grid == NULL)
    return NULL;
  BsCliQueue *self = g_new (BsCliQueue, 1);
  self->grid = grid;
  self->trainings = g_ptr_array_new_with_free_func (training_free);
  for (guint i = 0; i < grid->points->len; i++)
    add_training (self, g_ptr_array_index (grid->points, i), out);
  return self;
}

/**
 * bs_cli_queue_is_grid:
 * @self: a queue
 *
 * Returns: whether several values were given for some setting
 */
gboolean
bs_cli_queue_is_grid (const BsCliQueue *self)
{
  return self->grid->keys[0] != NULL;
}

/**
 * bs_cli_queue_keep:
 * @self: a queue
 * @index: below the number of its trainings
 *
 * Leaves out all other trainings.
 */
void
bs_cli_queue_keep (BsCliQueue *self, guint index)
{
  g_return_if_fail (index < self->trainings->len);
  g_ptr_array_set_size (self->trainings, (int) index + 1);
  if (index > 0)
    g_ptr_array_remove_range (self->trainings, 0, index);
}

/**
 * bs_cli_queue_free:
 * @self: (transfer full): a queue
 */
void
bs_cli_queue_free (BsCliQueue *self)
{
  g_clear_pointer (&self->trainings, g_ptr_array_unref);
  g_clear_pointer (&self->grid, bs_train_grid_free);
  g_free (self);
}
