/* SPDX-License-Identifier: MIT */
/* Trainings on the open corpus: queued in the long lane, watched, their runs saved. */
#include "config.h"

#include <glib/gi18n.h>

#include "model/training/bs-checkpoint-dir.h"
#include "ui/session/bs-workspace-private.h"

/* Epochs cross from the lane's thread to the main one through this queue. */
typedef struct {
  gatomicrefcount refs;
  GMutex lock;
  GArray *epochs; /* of BsEpoch, not yet told */
  BsCheckpointProgress partial; /* what a training that was stopped had left */
  gboolean is_continued; /* from @partial, and not yet told */
  BsWorkspace *workspace;
  BsCorpus *corpus;
  BsTrainConfig *config;
  char *parent;
  BsJob *job; /* on the lane's thread, while it runs */
  BsJob *submitted; /* (unowned) (nullable): the same for the main thread; among its jobs */
  gboolean is_of_grid; /* one of many: it tells the table, and does not take the open run's place */
} Training;

/**
 * bs_workspace_training_unref:
 * @data: (transfer full): what the workspace keeps of a training
 */
void
bs_workspace_training_unref (gpointer data)
{
  Training *training = data;
  if (!g_atomic_ref_count_dec (&training->refs))
    return;
  g_mutex_clear (&training->lock);
  g_array_unref (training->epochs);
  bs_corpus_unref (training->corpus);
  bs_train_config_free (training->config);
  g_free (training->parent);
  g_free (training);
}

static void
on_epoch (const BsEpoch *epoch, gpointer user_data)
{
  Training *training = user_data;
  g_mutex_lock (&training->lock);
  g_array_append_vals (training->epochs, epoch, 1);
  g_mutex_unlock (&training->lock);
}

static void
on_train_progress (double fraction, const char *message, gpointer user_data)
{
  Training *training = user_data;
  bs_job_report (training->job, fraction, message);
}

/* An equal training that was stopped goes on by itself. That it may now have another number of
 * threads is of no consequence: each fold has one. */
static void
look_for_partial (Training *training)
{
  BsTrainConfig *config = training->config;
  BsCheckpointProgress partial;
  config->partial_folder =
    bs_checkpoint_dir_dup_path_in (training->parent, config, bs_corpus_metadata (training->corpus));
  config->any_threads = TRUE;
  gboolean is_there = bs_checkpoint_dir_look (config->partial_folder, &partial);
  g_mutex_lock (&training->lock);
  training->partial = partial;
  training->is_continued = is_there;
  g_mutex_unlock (&training->lock);
}

static gpointer
train_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  Training *training = input;
  training->job = job;
  look_for_partial (training);
  g_autoptr (BsRun) run = bs_train (training->corpus, training->config, on_epoch, on_train_progress,
                                    training, cancellable, error);
  if (run == NULL || !bs_workspace_save_run (run, training->parent, error))
    return NULL;
  bs_checkpoint_dir_remove (training->config->partial_folder);
  return g_steal_pointer (&run);
}

static void
tell_continued (Training *training)
{
  const BsCheckpointProgress *partial = &training->partial;
  if (partial->n_begun > 0)
    bs_job_queue_say (bs_workspace_get_jobs (training->workspace), _ ("Continued from epoch %d"),
                      partial->epoch);
  else
    bs_job_queue_say (
      bs_workspace_get_jobs (training->workspace),
      ngettext ("Continued: %u fold was done", "Continued: %u folds were done", partial->n_done),
      partial->n_done);
}

static void
tell_epochs (Training *training)
{
  g_autoptr (GArray) epochs = NULL;
  gboolean is_continued = FALSE;
  g_mutex_lock (&training->lock);
  /* Its epochs are told first of all, once its checkpoints were found good. */
  if (training->epochs->len > 0) {
    is_continued = training->is_continued;
    training->is_continued = FALSE;
  }
  epochs = g_steal_pointer (&training->epochs);
  training->epochs = g_array_new (FALSE, FALSE, sizeof (BsEpoch));
  g_mutex_unlock (&training->lock);
  if (is_continued)
    tell_continued (training);
  gboolean same_corpus = bs_workspace_has_open (training->workspace, training->corpus);
  for (guint i = 0; same_corpus && i < epochs->len; i++)
    bs_workspace_emit_epoch (training->workspace, &g_array_index (epochs, BsEpoch, i));
}

static void
train_progress_cb (BsJob *job, gpointer user_data)
{
  tell_epochs (user_data);
}

static void
train_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  Training *training = user_data;
  BsWorkspace *self = training->workspace;
  gboolean same_corpus = bs_workspace_has_open (self, training->corpus);
  gboolean opens = !training->is_of_grid;
  tell_epochs (training);
  g_ptr_array_remove (self->trainings, training);
  if (result != NULL && same_corpus)
    bs_workspace_add_run (self, result, opens);
  else
    bs_workspace_emit (self, BS_WORKSPACE_RUNS_CHANGED);
  if (!bs_workspace_tell_compared (self, job, result, error) && error != NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bs_job_queue_say (self->jobs, "%s", error->message);
  if (!same_corpus)
    bs_workspace_complete_demo (self); /* which waited */
}

static Training *
training_new (BsWorkspace *self, const BsTrainConfig *config, gboolean is_of_grid)
{
  Training *training = g_new0 (Training, 1);
  g_atomic_ref_count_init (&training->refs);
  g_mutex_init (&training->lock);
  training->epochs = g_array_new (FALSE, FALSE, sizeof (BsEpoch));
  training->workspace = self;
  training->corpus = bs_corpus_ref (self->corpus);
  training->config = bs_train_config_copy (config);
  training->parent = bs_workspace_dup_runs_folder (self);
  g_free (training->config->branch_folder);
  training->config->branch_folder = g_strdup (training->parent);
  training->is_of_grid = is_of_grid;
  return training;
}

static char *
dup_title (const BsTrainConfig *config)
{
  guint n_encoders = g_strv_length (config->encoders);
  g_autofree char *encoders =
    n_encoders <= 2
      ? g_strjoinv (" + ", config->encoders)
      : g_strdup_printf (ngettext ("%u encoder", "%u encoders", n_encoders), n_encoders);
  /* Translators: a model's name and the encoders it learns from */
  return g_strdup_printf (_ ("Training %s on %s"), config->model, encoders);
}

/**
 * bs_workspace_start_training:
 * @self: the workspace, with a corpus open
 * @config: what to train; copied
 * @is_of_grid: whether it is one of many: its run does not take the place of the open one
 *
 * As bs_workspace_train().
 *
 * Returns: (transfer full): the job
 */
BsJob *
bs_workspace_start_training (BsWorkspace *self, const BsTrainConfig *config, gboolean is_of_grid)
{
  Training *training = training_new (self, config, is_of_grid);
  g_autofree char *title = dup_title (config);
  g_atomic_ref_count_inc (&training->refs); /* the job's input, and its callbacks */
  g_ptr_array_add (self->trainings, training);
  BsJob *job = bs_job_queue_submit (self->jobs, self,
                                    &(BsJobSpec){
                                      .lane = BS_LANE_LONG,
                                      .title = title,
                                      .func = train_job,
                                      .input = training,
                                      .input_free = bs_workspace_training_unref,
                                      .result_free = (GDestroyNotify) bs_run_unref,
                                      .progress = train_progress_cb,
                                      .done = train_done_cb,
                                      .user_data = training,
                                    },
                                    TRUE);
  training->submitted = job;
  return job;
}

/**
 * bs_workspace_train:
 * @self: the workspace, with a corpus open
 * @config: what to train; copied
 *
 * Trains in the long lane; "epoch" tells of each epoch; the run is saved and opened at the end.
 * Where an equal training was stopped, it goes on, and its epochs are told again.
 */
void
bs_workspace_train (BsWorkspace *self, const BsTrainConfig *config)
{
  g_return_if_fail (self->corpus != NULL);
  bs_job_unref (bs_workspace_start_training (self, config, FALSE));
  bs_workspace_emit (self, BS_WORKSPACE_RUNS_CHANGED);
}

/**
 * bs_workspace_is_training:
 * @self: the workspace
 *
 * Returns: whether a training runs or waits
 */
gboolean
bs_workspace_is_training (BsWorkspace *self)
{
  return self->trainings->len > 0;
}

/**
 * bs_workspace_get_training:
 * @self: the workspace
 * @message: (out) (optional) (transfer full) (nullable): how far it is, with the time left
 *
 * Returns: (transfer none) (nullable): what the training that runs is, or the first that waits:
 *   "epoch" tells of it; valid until "runs-changed"
 */
const BsTrainConfig *
bs_workspace_get_training (BsWorkspace *self, char **message)
{
  Training *first = self->trainings->len > 0 ? g_ptr_array_index (self->trainings, 0) : NULL;
  if (message != NULL)
    *message = NULL;
  if (message != NULL && first != NULL && first->submitted != NULL)
    *message = bs_job_dup_message (first->submitted);
  return first != NULL ? first->config : NULL;
}
