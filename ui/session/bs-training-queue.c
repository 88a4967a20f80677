/* SPDX-License-Identifier: MIT */
/* Trainings queued in the long lane, watched, their runs saved; and the table that a grid of them
 * fills. What another program or window trains already is refused by the lock on the folder in
 * which both would leave their checkpoints. */
#include "config.h"

#include "ui/session/bs-training-queue.h"

#include <glib/gi18n.h>

#include "model/config/bs-run-differences.h"
#include "model/config/bs-train-options.h"
#include "model/training/bs-checkpoint-dir.h"

struct _BsTrainingQueue {
  GObject parent_instance;
  BsRunLibrary *library;
  GPtrArray *trainings; /* queued or running */
  BsComparison *comparison; /* (nullable): the grid that was queued last, or runs side by side */
};

G_DEFINE_FINAL_TYPE (BsTrainingQueue, bs_training_queue, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_LIBRARY,
  PROP_N_TRAININGS,
  PROP_CURRENT,
  PROP_COMPARISON,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static guint epoch_signal;

/* Epochs cross from the lane's thread to the main one through this queue. */
typedef struct {
  gatomicrefcount refs;
  GMutex lock;
  GArray *epochs; /* of BsEpoch, not yet told */
  GArray *told; /* of BsEpoch: for whoever comes later; the main thread's */
  BsCheckpointProgress partial; /* what a training that was stopped had left */
  gboolean is_continued; /* from @partial, and not yet told */
  BsTrainingQueue *queue;
  BsCorpus *corpus;
  BsTrainConfig *config;
  char *parent;
  BsJob *job; /* on the lane's thread, while it runs */
  BsJob *submitted; /* (unowned) (nullable): the same for the main thread; among its jobs */
  gboolean is_of_grid; /* one of many: it tells the table, and does not take the open run's place */
} Training;

static void
tell (BsTrainingQueue *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
training_unref (gpointer data)
{
  Training *training = data;
  if (!g_atomic_ref_count_dec (&training->refs))
    return;
  g_mutex_clear (&training->lock);
  g_array_unref (training->epochs);
  g_array_unref (training->told);
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
  BsCheckpointProgress partial;
  gboolean is_there = bs_checkpoint_dir_look (training->config->partial_folder, &partial);
  g_mutex_lock (&training->lock);
  training->partial = partial;
  training->is_continued = is_there;
  g_mutex_unlock (&training->lock);
}

static BsRun *
make_run (Training *training, GCancellable *cancellable, GError **error)
{
  look_for_partial (training);
  g_autoptr (BsRun) run = bs_train (training->corpus, training->config, on_epoch, on_train_progress,
                                    training, cancellable, error);
  if (run == NULL || !bs_run_library_save (run, training->parent, error))
    return NULL;
  bs_checkpoint_dir_remove (training->config->partial_folder);
  return g_steal_pointer (&run);
}

static gpointer
train_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  Training *training = input;
  BsTrainConfig *config = training->config;
  training->job = job;
  config->partial_folder =
    bs_checkpoint_dir_dup_path_in (training->parent, config, bs_corpus_metadata (training->corpus));
  config->any_threads = TRUE;
  BsFolderLock *lock = bs_checkpoint_dir_lock (config->partial_folder, error);
  if (lock == NULL)
    return NULL;
  BsRun *run = make_run (training, cancellable, error);
  bs_checkpoint_dir_unlock (config->partial_folder, lock);
  return run;
}

static void
say_continued (Training *training)
{
  const BsCheckpointProgress *partial = &training->partial;
  BsJobQueue *jobs = bs_run_library_get_jobs (training->queue->library);
  if (partial->n_begun > 0)
    bs_job_queue_say (jobs, _ ("Continued from epoch %d"), partial->epoch);
  else
    bs_job_queue_say (
      jobs,
      ngettext ("Continued: %u fold was done", "Continued: %u folds were done", partial->n_done),
      partial->n_done);
}

static void
tell_epochs (Training *training)
{
  BsTrainingQueue *self = training->queue;
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
    say_continued (training);
  for (guint i = 0; i < epochs->len; i++) {
    const BsEpoch *epoch = &g_array_index (epochs, BsEpoch, i);
    g_array_append_vals (training->told, epoch, 1);
    if (bs_run_library_is_of (self->library, training->corpus))
      g_signal_emit (self, epoch_signal, 0, epoch);
  }
}

static void
train_progress_cb (BsJob *job, gpointer user_data)
{
  tell_epochs (user_data);
}

/* Whether @job is of one of those compared, which say themselves how it ended. */
static gboolean
take_compared (BsTrainingQueue *self, BsJob *job, BsRun *run, const GError *error)
{
  GPtrArray *entries = self->comparison != NULL ? self->comparison->entries : NULL;
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    BsCompared *entry = g_ptr_array_index (entries, i);
    if (entry->job != job)
      continue;
    if (run != NULL)
      entry->run = bs_run_ref (run);
    else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      entry->problem = g_strdup (error->message);
    tell (self, PROP_COMPARISON);
    return TRUE;
  }
  return FALSE;
}

/* Takes @training, which may be gone then, from those that run or wait. */
static void
drop_training (BsTrainingQueue *self, Training *training)
{
  gboolean is_current = g_ptr_array_index (self->trainings, 0) == training;
  g_ptr_array_remove (self->trainings, training);
  tell (self, PROP_N_TRAININGS);
  if (is_current)
    tell (self, PROP_CURRENT);
}

static void
train_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  Training *training = user_data;
  BsTrainingQueue *self = training->queue;
  gboolean is_ours = bs_run_library_is_of (self->library, training->corpus);
  gboolean is_of_grid = training->is_of_grid;
  tell_epochs (training);
  g_object_freeze_notify (G_OBJECT (self));
  drop_training (self, training);
  if (!take_compared (self, job, result, error) && error != NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bs_job_queue_say (bs_run_library_get_jobs (self->library), "%s", error->message);
  if (result != NULL && is_ours)
    bs_run_library_add (self->library, result, !is_of_grid);
  g_object_thaw_notify (G_OBJECT (self));
}

static Training *
training_new (BsTrainingQueue *self, const BsTrainConfig *config, gboolean is_of_grid)
{
  Training *training = g_new0 (Training, 1);
  g_atomic_ref_count_init (&training->refs);
  g_mutex_init (&training->lock);
  training->epochs = g_array_new (FALSE, FALSE, sizeof (BsEpoch));
  training->told = g_array_new (FALSE, FALSE, sizeof (BsEpoch));
  training->queue = self;
  training->corpus = bs_corpus_ref (bs_run_library_get_corpus (self->library));
  training->config = bs_train_config_copy (config);
  training->parent = bs_run_library_dup_folder (self->library);
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

static BsJob *
start (BsTrainingQueue *self, const BsTrainConfig *config, gboolean is_of_grid)
{
  Training *training = training_new (self, config, is_of_grid);
  g_autofree char *title = dup_title (config);
  g_atomic_ref_count_inc (&training->refs); /* the job's input, and its callbacks */
  g_ptr_array_add (self->trainings, training);
  tell (self, PROP_N_TRAININGS);
  if (self->trainings->len == 1)
    tell (self, PROP_CURRENT);
  BsJob *job = bs_job_queue_submit (bs_run_library_get_jobs (self->library), self,
                                    &(BsJobSpec){
                                      .lane = BS_LANE_LONG,
                                      .title = title,
                                      .func = train_job,
                                      .input = training,
                                      .input_free = training_unref,
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
 * bs_training_queue_train:
 * @self: a queue whose library has a corpus
 * @config: what to train; copied
 *
 * Trains in the long lane; "epoch" tells of each epoch; the run is saved and, at the end, to be
 * opened. Where an equal training was stopped, it goes on, and its epochs are told again. Where
 * another program or window is at an equal one, a message says which.
 */
void
bs_training_queue_train (BsTrainingQueue *self, const BsTrainConfig *config)
{
  g_return_if_fail (bs_run_library_get_corpus (self->library) != NULL);
  g_object_freeze_notify (G_OBJECT (self));
  bs_job_unref (start (self, config, FALSE));
  g_object_thaw_notify (G_OBJECT (self));
}

static void
take_comparison (BsTrainingQueue *self, BsComparison *comparison)
{
  if (comparison == NULL && self->comparison == NULL)
    return;
  g_clear_pointer (&self->comparison, bs_comparison_free);
  self->comparison = comparison;
  tell (self, PROP_COMPARISON);
}

/* Whether a run has a point's values of the grid's settings: of a hundred runs of a grid one does,
 * and the rest is known without a closer look. */
static gboolean
has_values (const BsRun *run, char **keys, const BsTrainConfig *config)
{
  for (; *keys != NULL; keys++) {
    const BsOptionInfo *option = bs_option_find (*keys);
    g_autofree char *wanted = option != NULL ? bs_option_dup_value (option, config) : NULL;
    g_autofree char *there = bs_run_dup_setting (run, *keys);
    if (wanted != NULL && g_strcmp0 (wanted, there) != 0)
      return FALSE;
  }
  return TRUE;
}

/* The run that an equal training made. */
static BsRun *
find_equal (BsTrainingQueue *self, char **keys, const BsTrainConfig *config)
{
  GPtrArray *runs = bs_run_library_get_runs (self->library);
  BsCorpus *corpus = bs_run_library_get_corpus (self->library);
  for (guint i = 0; i < runs->len; i++) {
    BsRun *run = g_ptr_array_index (runs, i);
    if (has_values (run, keys, config) &&
        bs_train_is_complete (run, config, bs_corpus_metadata (corpus)))
      return run;
  }
  return NULL;
}

/**
 * bs_training_queue_train_grid:
 * @self: a queue whose library has a corpus
 * @grid: what to train
 *
 * Queues a training a combination, as bs_training_queue_train() does, and compares their runs. A
 * run that is there already is taken as it is, so that a grid that was stopped goes on. No run
 * takes the place of the open one.
 */
void
bs_training_queue_train_grid (BsTrainingQueue *self, const BsTrainGrid *grid)
{
  g_return_if_fail (bs_run_library_get_corpus (self->library) != NULL);
  g_autoptr (BsComparison) comparison = bs_comparison_new (grid->keys, TRUE);
  guint n_there = 0;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < grid->points->len; i++) {
    const BsTrainPoint *point = g_ptr_array_index (grid->points, i);
    BsRun *run = find_equal (self, grid->keys, point->config);
    g_autoptr (BsJob) job = run == NULL ? start (self, point->config, TRUE) : NULL;
    n_there += run != NULL;
    bs_comparison_add (comparison, point->values, run, job);
  }
  if (n_there > 0)
    bs_job_queue_say (bs_run_library_get_jobs (self->library),
                      ngettext ("%u run of the grid was there already",
                                "%u runs of the grid were there already", n_there),
                      n_there);
  take_comparison (self, g_steal_pointer (&comparison));
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bs_training_queue_stop_grid:
 * @self: a queue
 *
 * Cancels what is still to come of the grid on show. The training at work leaves what it has, and
 * an equal one goes on from there.
 */
void
bs_training_queue_stop_grid (BsTrainingQueue *self)
{
  if (self->comparison == NULL)
    return;
  /* From the end, so that none that waits begins meanwhile. */
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_job_unref);
  for (guint i = self->comparison->entries->len; i-- > 0;) {
    const BsCompared *entry = g_ptr_array_index (self->comparison->entries, i);
    if (entry->job != NULL && entry->run == NULL)
      g_ptr_array_add (jobs, bs_job_ref (entry->job));
  }
  for (guint i = 0; i < jobs->len; i++)
    bs_job_cancel (g_ptr_array_index (jobs, i));
}

static Training *
first_training (BsTrainingQueue *self)
{
  return self->trainings->len > 0 ? g_ptr_array_index (self->trainings, 0) : NULL;
}

/**
 * bs_training_queue_get_n_trainings:
 * @self: a queue
 *
 * Returns: how many trainings run or wait
 */
guint
bs_training_queue_get_n_trainings (BsTrainingQueue *self)
{
  return self->trainings->len;
}

/**
 * bs_training_queue_get_current:
 * @self: a queue
 *
 * Returns: (transfer none) (nullable): what the training that runs is, or the first that waits;
 *   valid until "current" is told
 */
const BsTrainConfig *
bs_training_queue_get_current (BsTrainingQueue *self)
{
  const Training *first = first_training (self);
  return first != NULL ? first->config : NULL;
}

/**
 * bs_training_queue_dup_message:
 * @self: a queue
 *
 * Returns: (transfer full) (nullable): how far the current training is, with the time left
 */
char *
bs_training_queue_dup_message (BsTrainingQueue *self)
{
  const Training *first = first_training (self);
  return first != NULL && first->submitted != NULL ? bs_job_dup_message (first->submitted) : NULL;
}

/**
 * bs_training_queue_get_epochs:
 * @self: a queue
 *
 * Returns: (transfer none) (nullable) (element-type BsEpoch): what "epoch" has told of the current
 *   training; valid until the main loop goes on
 */
const GArray *
bs_training_queue_get_epochs (BsTrainingQueue *self)
{
  const Training *first = first_training (self);
  return first != NULL ? first->told : NULL;
}

/**
 * bs_training_queue_compare:
 * @self: a queue
 * @runs: (element-type BsRun): of its library
 *
 * Puts @runs side by side, in the place of what was compared before.
 */
void
bs_training_queue_compare (BsTrainingQueue *self, GPtrArray *runs)
{
  take_comparison (self, bs_comparison_new_of_runs (runs));
}

/**
 * bs_training_queue_close_comparison:
 * @self: a queue
 *
 * Trainings of a grid go on.
 */
void
bs_training_queue_close_comparison (BsTrainingQueue *self)
{
  take_comparison (self, NULL);
}

/**
 * bs_training_queue_get_comparison:
 * @self: a queue
 *
 * Returns: (transfer none) (nullable): valid until "comparison" is told
 */
const BsComparison *
bs_training_queue_get_comparison (BsTrainingQueue *self)
{
  return self->comparison;
}

static void
deleted_cb (BsTrainingQueue *self, BsRun *run)
{
  GPtrArray *entries = self->comparison != NULL ? self->comparison->entries : NULL;
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    const BsCompared *entry = g_ptr_array_index (entries, i);
    if (entry->run != run)
      continue;
    g_ptr_array_remove_index (entries, i);
    tell (self, PROP_COMPARISON);
    return;
  }
}

static void
bs_training_queue_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BsTrainingQueue *self = BS_TRAINING_QUEUE (object);
  switch (id) {
  case PROP_N_TRAININGS:
    g_value_set_uint (value, self->trainings->len);
    break;
  case PROP_CURRENT:
    g_value_set_pointer (value, (gpointer) bs_training_queue_get_current (self));
    break;
  case PROP_COMPARISON:
    g_value_set_pointer (value, self->comparison);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_training_queue_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LIBRARY:
    BS_TRAINING_QUEUE (object)->library = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_training_queue_constructed (GObject *object)
{
  BsTrainingQueue *self = BS_TRAINING_QUEUE (object);
  G_OBJECT_CLASS (bs_training_queue_parent_class)->constructed (object);
  g_signal_connect_object (self->library, "deleted", G_CALLBACK (deleted_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
bs_training_queue_finalize (GObject *object)
{
  BsTrainingQueue *self = BS_TRAINING_QUEUE (object);
  g_ptr_array_unref (self->trainings);
  g_clear_pointer (&self->comparison, bs_comparison_free);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (bs_training_queue_parent_class)->finalize (object);
}

static void
bs_training_queue_class_init (BsTrainingQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  object_class->get_property = bs_training_queue_get_property;
  object_class->set_property = bs_training_queue_set_property;
  object_class->constructed = bs_training_queue_constructed;
  object_class->finalize = bs_training_queue_finalize;
  properties[PROP_LIBRARY] =
    g_param_spec_object ("library", NULL, NULL, BS_TYPE_RUN_LIBRARY,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_TRAININGS] =
    g_param_spec_uint ("n-trainings", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_CURRENT] = g_param_spec_pointer ("current", NULL, NULL, readable);
  properties[PROP_COMPARISON] = g_param_spec_pointer ("comparison", NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  epoch_signal = g_signal_new ("epoch", BS_TYPE_TRAINING_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
bs_training_queue_init (BsTrainingQueue *self)
{
  self->trainings = g_ptr_array_new_with_free_func (training_unref);
}

/**
 * bs_training_queue_new:
 * @library: whose runs are trained
 *
 * Returns: (transfer full): a queue without trainings
 */
BsTrainingQueue *
bs_training_queue_new (BsRunLibrary *library)
{
  return g_object_new (BS_TYPE_TRAINING_QUEUE, "library", library, NULL);
}
