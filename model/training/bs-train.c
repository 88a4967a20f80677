/* SPDX-License-Identifier: MIT */
/* A training over folds: one thread per fold side by side, each with BLAS on one core, which
 * serves memory-bound layers better than several cores on one fold, and makes the result
 * independent of the number of threads. Everything is told on the caller's thread. */
#include "model/training/bs-train-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/corpus/bs-fold-choice.h"
#include "data/corpus/bs-fold-names.h"
#include "model/features/bs-features.h"
#include "model/numeric/bs-blas.h"
#include "model/training/bs-checkpoint-dir.h"
#include "model/training/bs-fold.h"
#include "model/training/bs-model.h"
#include "model/training/bs-run-merge.h"

#define READING_SHARE 0.1 /* of the progress */
#define BRANCHES_SHARE 0.7 /* of a fusion's */
#define ALL_CLIPS_SHARE 0.2 /* of its end, where a last network is trained on every clip */

/* What a fold's thread has to say; without a row it has ended. */
typedef struct {
  gboolean is_end;
  BsEpoch row;
} Message;

typedef struct {
  BsMetadata *metadata;
  const BsTrainConfig *config;
  BsSamples *samples; /* of every fold; of a fusion, those of the first */
  BsSamples *fold_samples[BS_MAX_FOLDS + 1]; /* of a fusion: what the fold's own branches say */
  BsClassifier *fold_branches[BS_MAX_FOLDS + 1][BS_BATCH_MAX_MODALITIES];
  BsBranches *branches; /* (nullable): of a fusion */
  BsLabel *labels;
  gint8 *folds;
  guint wanted; /* bit k set: the configuration names fold k */
  BsFoldJob plans[BS_MAX_FOLDS];
  guint n_plans;
  int next_plan; /* atomic */
  GAsyncQueue *messages;
  GCancellable *stop;
  BsTrainedFold *outcomes[BS_MAX_FOLDS];
  GError *errors[BS_MAX_FOLDS];
  GArray *history;
  int n_threads;
  BsThreadBudget cores; /* of so many threads */
  char *hash; /* of what decides the training */
  BsCheckpoint *earlier[BS_MAX_FOLDS + 1]; /* of a training that was stopped, by place_of() */
  char *checkpoint_paths[BS_MAX_FOLDS + 1];
} Session;

static void
session_clear (Session *self)
{
  if (self->branches == NULL)
    g_clear_pointer (&self->samples, bs_samples_free);
  g_free (self->labels);
  g_free (self->folds);
  g_clear_pointer (&self->messages, g_async_queue_unref);
  g_clear_object (&self->stop);
  g_clear_pointer (&self->history, g_array_unref);
  for (int k = 0; k < BS_MAX_FOLDS; k++) {
    g_clear_pointer (&self->outcomes[k], bs_trained_fold_free);
    g_clear_error (&self->errors[k]);
  }
  for (int k = 0; k <= BS_MAX_FOLDS; k++) {
    g_clear_pointer (&self->fold_samples[k], bs_samples_free);
    for (guint b = 0; b < BS_BATCH_MAX_MODALITIES; b++)
      g_clear_pointer (&self->fold_branches[k][b], bs_classifier_free);
  }
  g_clear_pointer (&self->branches, bs_branches_free);
  g_free (self->hash);
  for (int k = 0; k <= BS_MAX_FOLDS; k++) {
    g_clear_pointer (&self->earlier[k], bs_checkpoint_free);
    g_free (self->checkpoint_paths[k]);
  }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

/* What is told goes into the part of the whole that lies ahead. */
typedef struct {
  BsProgressFunc func;
  gpointer user_data;
  double from;
  double to;
} Progress;

static void
progress_cb (double fraction, const char *message, gpointer user_data)
{
  const Progress *self = user_data;
  if (self->func != NULL)
    self->func (self->from + (self->to - self->from) * fraction, message, self->user_data);
}

static void
gather_labels (Session *self)
{
  gsize n = self->samples->n;
  self->labels = g_new (BsLabel, n);
  self->folds = g_new (gint8, n);
  for (gsize i = 0; i < n; i++) {
    const BsClip *clip = bs_metadata_clip (self->metadata, self->samples->clips[i]);
    self->labels[i] = clip->label;
    self->folds[i] = bs_label_is_known (clip->label) ? self->samples->folds[i] : -1;
  }
}

static BsSelectionProtocol
select_of (const char *protocol)
{
  BsSelectionProtocol select = BS_SELECTION_PROTOCOL_OFFICIAL;
  bs_selection_protocol_find (protocol, &select);
  return select;
}

static char *
dup_fold_name (const Session *self, int fold)
{
  return bs_fold_name_dup_visible (bs_metadata_fold_names (self->metadata), fold);
}

static BsFoldJob
make_plan (const BsTrainConfig *config, const BsSamples *samples, int fold)
{
  g_autofree char *name = g_strdup_printf ("fold/%d", fold);
  return (BsFoldJob){
    .fold = fold,
    .select = select_of (config->protocol),
    .n_epochs = config->n_epochs,
    .patience = bs_train_config_patience (config),
    .options = {
      .network = bs_model_spec (config, samples->n_modalities, samples->widths),
      .head = bs_train_config_model (config)->head,
      .objective = bs_model_objective (config),
      .batch_size = (gsize) config->batch_size,
      .learning_rate = config->learning_rate,
      .learning_rate_end = config->learning_rate_end,
      .n_epochs = config->n_epochs,
      .weight_decay = config->weight_decay,
      .seed = bs_random_derive (config->seed, name),
    },
  };
}

/* The folds asked for, less those that @done has. */
static gboolean
make_plans (Session *self, const BsRun *done, GError **error)
{
  guint present = 0;
  for (gsize i = 0; i < self->samples->n; i++)
    if (self->folds[i] >= 0)
      present |= 1u << self->folds[i];
  guint wanted = self->config->folds != NULL ? self->wanted : present;
  if (wanted == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 _ ("no clip with features of these encoders has a label and a fold"));
    return FALSE;
  }
  for (int k = 0; k < BS_MAX_FOLDS; k++) {
    if (!(wanted & 1u << k) || (done != NULL && bs_run_fold (done, k) != NULL))
      continue;
    if (!(present & 1u << k)) {
      g_autofree char *name = dup_fold_name (self, k);
      g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                   _ ("fold %s has no labelled clip with features of these encoders"), name);
      return FALSE;
    }
    self->plans[self->n_plans] = make_plan (self->config, self->samples, k);
    self->plans[self->n_plans++].fold_names = bs_metadata_fold_names (self->metadata);
  }
  return TRUE;
}

/* The network of all clips takes its epochs and its pair from all folds, so that it has to wait
 * where only some of them are trained now. */
static gboolean
wants_all_clips (const Session *self)
{
  return self->config->all_clips && bs_train_is_whole (self->config, self->metadata);
}

/* Where a fusion keeps what the branches of @fold say; the last place is for all clips. */
static int
place_of (int fold)
{
  return fold == BS_FOLD_ALL_CLIPS ? BS_MAX_FOLDS : fold;
}

/* A fusion of fold k learns from what the branches of fold k say, which never saw its clips. The
 * branches are kept for the run, but not their memory for batches. */
static gboolean
load_fold_latents (Session *self, const GPtrArray *runs, int fold, GCancellable *cancellable,
                   GError **error)
{
  const BsBranches *branches = self->branches;
  BsClassifier **classifiers = self->fold_branches[place_of (fold)];
  g_autoptr (BsSamples) latents =
    bs_samples_new_vectors (self->metadata, branches->clips, branches->n_clips);
  for (guint b = 0; b < branches->n; b++) {
    classifiers[b] =
      bs_branches_load (branches, b, g_ptr_array_index (runs, b), FALSE, fold, error);
    if (classifiers[b] == NULL ||
        !bs_branches_add_latents (branches, b, classifiers[b], latents, cancellable, error))
      return FALSE;
    bs_pass_trim (classifiers[b]->pass);
  }
  self->fold_samples[place_of (fold)] = g_steal_pointer (&latents);
  return TRUE;
}

/* Where the fold of @plan leaves its checkpoints, and the one that it goes on from. All are read
 * before any fold is trained, so that one that cannot be continued is known at once. */
static gboolean
plan_checkpoints (Session *self, BsFoldJob *plan, GError **error)
{
  const BsTrainConfig *config = self->config;
  if (config->partial_folder == NULL)
    return TRUE;
  int place = place_of (plan->fold);
  self->checkpoint_paths[place] = bs_checkpoint_dir_dup_path (config->partial_folder, plan->fold);
  const char *path = self->checkpoint_paths[place];
  plan->checkpoint_path = path;
  plan->checkpoint_every_s = config->checkpoint_every_s;
  plan->origin.fold = plan->fold;
  plan->origin.n_threads = self->n_threads;
  g_strlcpy (plan->origin.hash, self->hash, sizeof plan->origin.hash);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  BsCheckpointOrigin wanted = plan->origin;
  if (config->any_threads)
    wanted.n_threads = 0;
  plan->earlier = self->earlier[place] = bs_checkpoint_load (path, &wanted, error);
  return plan->earlier != NULL;
}

static gboolean
plan_all_checkpoints (Session *self, GError **error)
{
  for (guint i = 0; i < self->n_plans; i++)
    if (!plan_checkpoints (self, &self->plans[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
load_branches (Session *self, BsCorpus *corpus, Progress *progress, GCancellable *cancellable,
               GError **error)
{
  self->branches = bs_branches_new (corpus, self->config, BS_CLIPS_TRAINING, progress_cb, progress,
                                    cancellable, error);
  if (self->branches == NULL)
    return FALSE;
  progress->from = progress->to;
  progress->to = BRANCHES_SHARE;
  g_autoptr (GPtrArray) runs = bs_train_branch_runs (corpus, self->config, self->branches,
                                                     progress_cb, progress, cancellable, error);
  if (runs == NULL)
    return FALSE;
  progress->from = progress->to;
  const BsRun *first = g_ptr_array_index (runs, 0);
  for (guint i = 0; i < first->folds->len; i++) {
    int fold = ((const BsFoldResult *) g_ptr_array_index (first->folds, i))->fold;
    if (!load_fold_latents (self, runs, fold, cancellable, error))
      return FALSE;
    self->samples = self->fold_samples[fold];
  }
  return !wants_all_clips (self) ||
         load_fold_latents (self, runs, BS_FOLD_ALL_CLIPS, cancellable, error);
}

static gboolean
load_samples (Session *self, BsCorpus *corpus, Progress *progress, GCancellable *cancellable,
              GError **error)
{
  progress->to = READING_SHARE;
  if (bs_train_config_is_fusion (self->config))
    return load_branches (self, corpus, progress, cancellable, error);
  self->samples = bs_samples_load (corpus, self->config, BS_CLIPS_TRAINING, progress_cb, progress,
                                   cancellable, error);
  progress->from = progress->to;
  return self->samples != NULL;
}

static gboolean
session_init (Session *self, BsCorpus *corpus, const BsTrainConfig *config, const BsRun *done,
              Progress *progress, GCancellable *cancellable, GError **error)
{
  self->config = config;
  self->metadata = bs_corpus_metadata (corpus);
  self->history = g_array_new (FALSE, FALSE, sizeof (BsEpoch));
  self->hash = bs_train_config_dup_hash (config, self->metadata);
  self->messages = g_async_queue_new_full (g_free);
  self->stop = g_cancellable_new ();
  if (!bs_train_config_check (config, error))
    return FALSE;
  if (bs_metadata_n_folds (self->metadata) > BS_MAX_FOLDS) {
    g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("%s: has %d folds; at most %d can be trained"),
                 bs_corpus_folder (corpus), bs_metadata_n_folds (self->metadata), BS_MAX_FOLDS);
    return FALSE;
  }
  if (config->folds != NULL &&
      !bs_fold_choice_parse (self->metadata, config->folds, &self->wanted, error)) {
    g_prefix_error (error, "%s: ", bs_corpus_folder (corpus));
    return FALSE;
  }
  if (!load_samples (self, corpus, progress, cancellable, error))
    return FALSE;
  gather_labels (self);
  if (!make_plans (self, done, error)) {
    g_prefix_error (error, "%s: ", bs_corpus_folder (corpus));
    return FALSE;
  }
  return TRUE;
}

static void
tell_epoch (const BsEpoch *row, gpointer user_data)
{
  Session *self = user_data;
  Message message = { .row = *row };
  g_async_queue_push (self->messages, g_memdup2 (&message, sizeof message));
}

static BsFoldData
data_of (const Session *self, int fold)
{
  return (BsFoldData){
    .samples = self->branches != NULL ? self->fold_samples[place_of (fold)] : self->samples,
    .labels = self->labels,
    .folds = self->folds,
    .n_folds = bs_metadata_n_folds (self->metadata),
  };
}

/* The run keeps a copy of the branches that a fold's fusion was trained on. */
static void
give_branches (Session *self, BsTrainedFold *outcome)
{
  BsClassifier **branches = self->fold_branches[place_of (outcome->fold)];
  for (guint b = 0; self->branches != NULL && b < self->branches->n; b++)
    outcome->branches[outcome->n_branches++] = g_steal_pointer (&branches[b]);
}

static void
train_fold (Session *self, int i)
{
  const BsFoldData data = data_of (self, self->plans[i].fold);
  self->plans[i].options.cores = &self->cores;
  bs_thread_budget_enter (&self->cores);
  BsTrainedFold *outcome =
    bs_fold_train (&data, &self->plans[i], tell_epoch, self, self->stop, &self->errors[i]);
  bs_thread_budget_leave (&self->cores);
  self->outcomes[i] = outcome;
  if (outcome == NULL) {
    g_cancellable_cancel (self->stop);
    return;
  }
  give_branches (self, outcome);
}

static gpointer
run_folds (gpointer user_data)
{
  Session *self = user_data;
  for (;;) {
    int i = g_atomic_int_add (&self->next_plan, 1);
    if (i >= (int) self->n_plans)
      return NULL;
    train_fold (self, i);
    Message end = { .is_end = TRUE, .row.fold = self->plans[i].fold };
    g_async_queue_push (self->messages, g_memdup2 (&end, sizeof end));
  }
}

/* ", 3 min left" */
static char *
dup_time_left (double seconds)
{
  if (!isfinite (seconds))
    return g_strdup ("");
  if (seconds < 60)
    return g_strdup_printf (_ (", %.0f s left"), seconds);
  if (seconds < 3600)
    return g_strdup_printf (_ (", %.0f min left"), seconds / 60);
  return g_strdup_printf (_ (", %.0f h %02.0f min left"), floor (seconds / 3600),
                          fmod (seconds, 3600) / 60);
}

/* How far the folds are, in epochs. */
typedef struct {
  gint64 start_us;
  double per_fold;
  double fold[BS_MAX_FOLDS];
  double at_start; /* share of all that was done before */
} Units;

static double
units_done (const Units *units, const Session *self)
{
  double done = 0;
  for (int k = 0; k < BS_MAX_FOLDS; k++)
    done += units->fold[k];
  return done / (units->per_fold * self->n_plans);
}

/* Tells again what the checkpoints say, so that a listener has the whole history. */
static void
recall (Session *self, Units *units, BsEpochFunc on_epoch, gpointer user_data)
{
  for (guint i = 0; i < self->n_plans; i++) {
    const BsCheckpoint *earlier = self->plans[i].earlier;
    if (earlier == NULL)
      continue;
    g_array_append_vals (self->history, earlier->rows, (guint) earlier->n_rows);
    for (gsize r = 0; on_epoch != NULL && r < earlier->n_rows; r++)
      on_epoch (&earlier->rows[r], user_data);
    units->fold[earlier->origin.fold] =
      earlier->stage == BS_STAGE_DONE ? units->per_fold : (double) earlier->n_rows;
  }
  units->at_start = units_done (units, self);
}

static void
report (const Session *self, const Units *units, const Message *message, Progress *progress)
{
  double done = units_done (units, self);
  double elapsed = (double) (g_get_monotonic_time () - units->start_us) / G_USEC_PER_SEC;
  g_autofree char *left = dup_time_left (elapsed * (1 - done) / (done - units->at_start));
  g_autofree char *name = dup_fold_name (self, message->row.fold);
  /* Translators: the last %s is the time left, where it is known, with its comma */
  g_autofree char *text = message->is_end
                            ? g_strdup_printf (_ ("Fold %s is done%s"), name, left)
                            : g_strdup_printf (_ ("Fold %s, epoch %d of %d%s"), name,
                                               message->row.epoch, self->config->n_epochs, left);
  progress_cb (done, text, progress);
}

/* Passes on what the folds say until all have ended. */
static void
listen (Session *self, BsEpochFunc on_epoch, Progress *progress, gpointer user_data)
{
  double halves = self->plans[0].select == BS_SELECTION_PROTOCOL_HONEST ? 2 : 1;
  Units units = { g_get_monotonic_time (), halves * self->config->n_epochs, { 0 }, 0 };
  progress->to = wants_all_clips (self) ? 1 - ALL_CLIPS_SHARE : 1;
  recall (self, &units, on_epoch, user_data);
  for (guint n_ended = 0; n_ended < self->n_plans;) {
    g_autofree Message *message = g_async_queue_pop (self->messages);
    units.fold[message->row.fold] = message->is_end ? units.per_fold : message->row.epoch;
    n_ended += message->is_end;
    if (!message->is_end) {
      g_array_append_val (self->history, message->row);
      if (on_epoch != NULL)
        on_epoch (&message->row, user_data);
    }
    report (self, &units, message, progress);
  }
}

static void
stop_cb (GCancellable *cancellable, gpointer stop)
{
  g_cancellable_cancel (stop);
}

static gboolean
take_error (Session *self, GCancellable *cancellable, GError **error)
{
  /* The first true reason; the other folds were merely stopped by it, or by the caller. */
  for (guint i = 0; i < self->n_plans; i++)
    if (self->errors[i] != NULL &&
        !g_error_matches (self->errors[i], G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
      g_propagate_error (error, g_steal_pointer (&self->errors[i]));
      return TRUE;
    }
  return g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
train_folds (Session *self, BsEpochFunc on_epoch, Progress *progress, gpointer user_data,
             GCancellable *cancellable, GError **error)
{
  GThread *threads[BS_MAX_FOLDS];
  int n = MIN (self->n_threads, (int) self->n_plans);
  if (n == 0)
    return TRUE;
  if (!plan_all_checkpoints (self, error))
    return FALSE;
  gulong handler = cancellable != NULL
                     ? g_cancellable_connect (cancellable, G_CALLBACK (stop_cb), self->stop, NULL)
                     : 0;
  for (int i = 0; i < n; i++)
    threads[i] = g_thread_new ("bs-fold", run_folds, self);
  listen (self, on_epoch, progress, user_data);
  for (int i = 0; i < n; i++)
    g_thread_join (threads[i]);
  g_cancellable_disconnect (cancellable, handler);
  return !take_error (self, cancellable, error);
}

typedef struct {
  const Progress *progress;
  int n_epochs;
} AllProgress;

static void
all_epoch_cb (const BsEpoch *epoch, gpointer user_data)
{
  const AllProgress *all = user_data;
  g_autofree char *text =
    g_strdup_printf (_ ("All clips, epoch %d of %d"), epoch->epoch, all->n_epochs);
  progress_cb ((double) epoch->epoch / all->n_epochs, text, (gpointer) all->progress);
}

/* The network for the test part: every labelled clip, the pair (and cut) of the best fold. */
static gboolean
train_all (Session *self, BsRun *run, Progress *progress, GCancellable *cancellable, GError **error)
{
  const BsFoldResult *best = bs_train_best_fold (run, self->metadata, error);
  if (best == NULL)
    return FALSE;
  AllProgress all = { progress, bs_train_all_epochs (self->config, run) };
  BsFoldJob plan = make_plan (self->config, self->samples, BS_FOLD_ALL_CLIPS);
  plan.n_epochs = all.n_epochs;
  if (!plan_checkpoints (self, &plan, error))
    return FALSE;
  /* Folds that came in between may ask for another number of epochs. */
  if (plan.earlier != NULL &&
      (plan.earlier->trainer.epoch > all.n_epochs ||
       (plan.earlier->stage == BS_STAGE_DONE && plan.earlier->trainer.epoch < all.n_epochs)))
    plan.earlier = NULL;
  progress->from = progress->to;
  progress->to = 1;
  const BsFoldData data = data_of (self, BS_FOLD_ALL_CLIPS);
  bs_blas_hold ();
  plan.options.cores = &self->cores;
  bs_thread_budget_enter (&self->cores);
  g_autoptr (BsTrainedFold) outcome =
    bs_fold_train_all (&data, &plan, all_epoch_cb, &all, cancellable, error);
  bs_thread_budget_leave (&self->cores);
  bs_blas_release ();
  if (outcome == NULL)
    return FALSE;
  const BsMatrix *cut = bs_fold_result_tensor (best, BS_CLASSIFIER_CUT);
  outcome->classifier->cut = cut != NULL ? bs_matrix_get (cut, 0) : 0;
  outcome->alpha = best->alpha;
  outcome->beta = best->beta;
  give_branches (self, outcome);
  run->all = bs_fold_result_new (outcome);
  return TRUE;
}

/* A training that has left the numbers would do so again; what it has is of no use. */
static void
forget_hopeless (const BsTrainConfig *config, GError **error)
{
  if (config->partial_folder != NULL && error != NULL &&
      g_error_matches (*error, BS_ERROR, BS_ERROR_NUMERIC))
    bs_checkpoint_dir_remove (config->partial_folder);
}

/**
 * bs_train_resume:
 * @corpus: a corpus
 * @config: what decides the training
 * @done: (nullable): a run of the same configuration that has some of the folds
 * @on_epoch: (nullable) (scope call): told each epoch
 * @on_progress: (nullable) (scope call): told how far it is, with the time left
 * @user_data: for @on_epoch and @on_progress
 * @cancellable: (nullable): looked at before each clip is read and each batch is trained
 * @error: %BS_ERROR_VALUE where @config is impossible or @done or a checkpoint is of another one,
 *   %BS_ERROR_SYNTAX where a checkpoint is damaged, %BS_ERROR_FILE where one cannot be written,
 *   %BS_ERROR_MISSING where there is nothing to train on, %BS_ERROR_NUMERIC naming fold and
 *   epoch where a training left the numbers, and the readers'
 *
 * Trains the folds that @done lacks and puts both together. A fold depends on the
 * configuration, the corpus and its own number alone, so that the result has the same bits as
 * that of one training; the network of all clips is trained where @config is of every fold. The
 * same goes for one that was stopped, cancelled or killed, and finds its checkpoints in the partial
 * folder of @config: it goes on where they were written, and tells the epochs before again. When
 * the run is saved, bs_checkpoint_dir_remove() takes them away. All callbacks come on the calling
 * thread.
 *
 * Returns: (transfer full): a run that was not saved yet
 */
BsRun *
bs_train_resume (BsCorpus *corpus, const BsTrainConfig *config, const BsRun *done,
                 BsEpochFunc on_epoch, BsProgressFunc on_progress, gpointer user_data,
                 GCancellable *cancellable, GError **error)
{
  g_auto (Session) self = { 0 };
  Progress progress = { on_progress, user_data, 0, 0 };
  gint64 start = g_get_monotonic_time ();
  if (done != NULL && !bs_train_check_compatible (done, config, bs_corpus_metadata (corpus), error))
    return NULL;
  /* From the start: what branches say is worked out with BLAS, whose own threads are not in the
   * background where the caller is. */
  int n_blas_threads = bs_blas_hold ();
  self.n_threads = config->n_threads > 0 ? config->n_threads : n_blas_threads;
  self.cores = (BsThreadBudget) BS_THREAD_BUDGET_INIT (self.n_threads);
  gboolean is_trained = session_init (&self, corpus, config, done, &progress, cancellable, error) &&
                        train_folds (&self, on_epoch, &progress, user_data, cancellable, error);
  bs_blas_release ();
  if (!is_trained) {
    forget_hopeless (config, error);
    return NULL;
  }
  BsRunMerge parts = {
    .metadata = self.metadata,
    .clips = self.samples->clips,
    .outcomes = self.outcomes,
    .n_outcomes = self.n_plans,
    .history = self.history,
    .done = &done,
    .n_done = done != NULL,
  };
  g_autoptr (BsRun) run = bs_run_merge_join (&parts, config);
  run->n_threads = self.n_threads;
  if (wants_all_clips (&self) && run->all == NULL &&
      !train_all (&self, run, &progress, cancellable, error))
    return NULL;
  double seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  bs_train_note_seconds (run, seconds + (done != NULL ? bs_train_seconds (done) : 0));
  return g_steal_pointer (&run);
}

/**
 * bs_train:
 * @corpus: a corpus
 * @config: what decides the training
 * @on_epoch: (nullable) (scope call): told each epoch
 * @on_progress: (nullable) (scope call): told how far it is, with the time left
 * @user_data: for @on_epoch and @on_progress
 * @cancellable: (nullable): looked at before each clip is read and each batch is trained
 * @error: as bs_train_resume()
 *
 * Trains the folds of @config. The same configuration on the same machine gives the same bits,
 * whatever the number of threads. All callbacks come on the calling thread, which may be any.
 *
 * Returns: (transfer full): a run that was not saved yet
 */
BsRun *
bs_train (BsCorpus *corpus, const BsTrainConfig *config, BsEpochFunc on_epoch,
          BsProgressFunc on_progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return bs_train_resume (corpus, config, NULL, on_epoch, on_progress, user_data, cancellable,
                          error);
}
