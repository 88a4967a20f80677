/* SPDX-License-Identifier: MIT */
/* Runs of the open corpus: found on disk, trained, imported, deleted; and the first one of a
 * synthetic corpus, which nobody has to ask for. */
#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "data/bs-file.h"
#include "model/bs-train-partial.h"
#include "ui/bs-workspace-private.h"

/**
 * bs_workspace_dup_runs_folder:
 * @self: the workspace
 *
 * Returns: (transfer full): where runs of the open corpus lie: inside it, or, where it cannot be
 *   written, in a folder of the user's data that its path names
 */
char *
bs_workspace_dup_runs_folder (BsWorkspace *self)
{
  const char *corpus = bs_corpus_folder (self->corpus);
  if (g_access (corpus, W_OK) == 0)
    return g_build_filename (corpus, "runs", NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, corpus, -1);
  hash[16] = '\0';
  return g_build_filename (g_get_user_data_dir (), "blendscope", "runs", hash, NULL);
}

static void complete_demo (BsWorkspace *self);

/**
 * bs_workspace_add_run:
 * @self: the workspace
 * @run: (transfer none): a new run of the open corpus
 *
 * Puts @run at the top of the list and opens it.
 */
void
bs_workspace_add_run (BsWorkspace *self, BsRun *run)
{
  g_ptr_array_insert (self->runs, 0, bs_run_ref (run));
  bs_workspace_emit (self, BS_WORKSPACE_RUNS_CHANGED);
  bs_workspace_open_run (self, run);
}

static char *
new_run_folder (const char *parent, const char *model)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  for (int i = 1;; i++) {
    g_autofree char *name = i == 1 ? g_strdup_printf ("%s-%s", stamp, model)
                                   : g_strdup_printf ("%s-%s-%d", stamp, model, i);
    g_autofree char *path = g_build_filename (parent, name, NULL);
    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&path);
  }
}

/**
 * bs_workspace_save_run:
 * @run: a run that was not saved yet
 * @parent: the folder of a corpus' runs, made where it is lacking
 * @error: return location
 *
 * Blocks; any thread.
 *
 * Returns: whether the run lies in a new folder in @parent
 */
gboolean
bs_workspace_save_run (BsRun *run, const char *parent, GError **error)
{
  if (!bs_file_make_folder (parent, error))
    return FALSE;
  g_autofree char *folder = new_run_folder (parent, run->model);
  return bs_run_save (run, folder, error);
}

typedef struct {
  GPtrArray *runs;
  char *problem;
} Loaded;

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;
  g_ptr_array_unref (loaded->runs);
  g_free (loaded->problem);
  g_free (loaded);
}

static gpointer
load_runs_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  Loaded *loaded = g_new0 (Loaded, 1);
  loaded->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
  g_auto (GStrv) folders = bs_run_list (input);
  for (gsize i = 0; folders != NULL && folders[i] != NULL; i++) {
    g_autoptr (GError) broken = NULL;
    if (g_cancellable_is_cancelled (cancellable))
      break;
    BsRun *run = bs_run_load (folders[i], &broken);
    if (run != NULL)
      g_ptr_array_add (loaded->runs, run);
    else if (loaded->problem == NULL)
      loaded->problem = g_strdup (broken->message);
  }
  return loaded;
}

static void
load_runs_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsWorkspace *self = user_data;
  Loaded *loaded = result;
  if (loaded == NULL)
    return;
  g_ptr_array_unref (self->runs);
  self->runs = g_ptr_array_ref (loaded->runs);
  bs_workspace_emit (self, BS_WORKSPACE_RUNS_CHANGED);
  if (loaded->problem != NULL)
    bs_workspace_message (self, "%s", loaded->problem);
  if (self->runs->len > 0)
    bs_workspace_open_run (self, g_ptr_array_index (self->runs, 0));
  if (self->demo != NULL)
    complete_demo (self);
}

/**
 * bs_workspace_load_runs:
 * @self: the workspace, with a corpus open
 *
 * Finds the corpus' runs in the worker and opens the newest.
 */
void
bs_workspace_load_runs (BsWorkspace *self)
{
  bs_workspace_start (self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = "runs",
                        .title = "",
                        .func = load_runs_job,
                        .input = bs_workspace_dup_runs_folder (self),
                        .input_free = g_free,
                        .result_free = loaded_free,
                        .done = load_runs_done_cb,
                        .user_data = self,
                      },
                      FALSE);
}

/* Epochs cross from the lane's thread to the main one through this queue. */
typedef struct {
  gatomicrefcount refs;
  GMutex lock;
  GArray *epochs; /* of BsEpoch, not yet told */
  BsPartial partial; /* what a training that was stopped had left */
  gboolean is_continued; /* from @partial, and not yet told */
  BsWorkspace *workspace;
  BsCorpus *corpus;
  BsTrainConfig *config;
  char *parent;
  BsJob *job; /* on the lane's thread, while it runs */
  BsJob *submitted; /* (unowned) (nullable): the same for the main thread; among its jobs */
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
  BsPartial partial;
  config->partial_folder =
    bs_train_dup_partial_in (training->parent, config, bs_corpus_metadata (training->corpus));
  config->any_threads = TRUE;
  gboolean is_there = bs_train_partial_look (config->partial_folder, &partial);
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
  bs_train_partial_remove (training->config->partial_folder);
  return g_steal_pointer (&run);
}

static void
tell_continued (Training *training)
{
  const BsPartial *partial = &training->partial;
  if (partial->n_begun > 0)
    bs_workspace_message (training->workspace, _ ("Continued from epoch %d"), partial->epoch);
  else
    bs_workspace_message (
      training->workspace,
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
  tell_epochs (training);
  g_ptr_array_remove (self->trainings, training);
  if (result == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      bs_workspace_message (self, "%s", error->message);
    bs_workspace_emit (self, BS_WORKSPACE_RUNS_CHANGED);
  } else if (same_corpus) {
    bs_workspace_add_run (self, result);
  }
  if (!same_corpus && self->demo != NULL)
    complete_demo (self); /* which waited */
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
  Training *training = g_new0 (Training, 1);
  g_atomic_ref_count_init (&training->refs);
  g_atomic_ref_count_inc (&training->refs); /* the job's input, and its callbacks */
  g_mutex_init (&training->lock);
  training->epochs = g_array_new (FALSE, FALSE, sizeof (BsEpoch));
  training->workspace = self;
  training->corpus = bs_corpus_ref (self->corpus);
  training->config = bs_train_config_copy (config);
  training->parent = bs_workspace_dup_runs_folder (self);
  training->config->branch_folder = g_strdup (training->parent);
  g_ptr_array_add (self->trainings, training);
  guint n_encoders = g_strv_length (config->encoders);
  g_autofree char *encoders =
    n_encoders <= 2
      ? g_strjoinv (" + ", config->encoders)
      : g_strdup_printf (ngettext ("%u encoder", "%u encoders", n_encoders), n_encoders);
  /* Translators: a model's name and the encoders it learns from */
  g_autofree char *title = g_strdup_printf (_ ("Training %s on %s"), config->model, encoders);
  g_autoptr (BsJob) job = bs_workspace_submit (self,
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

typedef struct {
  BsCorpus *corpus;
  char *path;
  char *parent;
} ImportInput;

static void
import_input_free (gpointer data)
{
  ImportInput *input = data;
  bs_corpus_unref (input->corpus);
  g_free (input->path);
  g_free (input->parent);
  g_free (input);
}

static gpointer
import_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  ImportInput *input = data;
  g_autoptr (BsPredictions) predictions =
    bs_predictions_load (input->path, BS_PREDICTIONS_AUTO, error);
  if (predictions == NULL)
    return NULL;
  BsMetadata *metadata = bs_corpus_metadata (input->corpus);
  g_autoptr (BsAlignment) alignment = bs_predictions_align (predictions, metadata, error);
  if (alignment == NULL)
    return NULL;
  g_autofree char *title = g_path_get_basename (input->path);
  g_autoptr (BsRun) run = bs_run_from_predictions (predictions, title, metadata);
  if (!bs_workspace_save_run (run, input->parent, error))
    return NULL;
  return g_steal_pointer (&run);
}

static void
import_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsWorkspace *self = user_data;
  BsRun *run = result;
  if (run == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      bs_workspace_message (self, "%s", error->message);
    return;
  }
  g_autofree char *runs = bs_workspace_dup_runs_folder (self);
  g_autofree char *folder = g_canonicalize_filename (runs, NULL);
  g_autofree char *parent = g_path_get_dirname (run->folder);
  if (!g_str_equal (folder, parent))
    return; /* it lies with the corpus that was open before, and is found there */
  if (run->predictions->note != NULL)
    bs_workspace_message (self, "%s", run->predictions->note);
  bs_workspace_add_run (self, run);
}

/**
 * bs_workspace_import_predictions:
 * @self: the workspace, with a corpus open
 * @path: CSV, NPZ or the challenge's JSON
 *
 * Makes a run of predictions from elsewhere and opens it.
 */
void
bs_workspace_import_predictions (BsWorkspace *self, const char *path)
{
  g_return_if_fail (self->corpus != NULL);
  ImportInput *input = g_new0 (ImportInput, 1);
  input->corpus = bs_corpus_ref (self->corpus);
  input->path = g_strdup (path);
  input->parent = bs_workspace_dup_runs_folder (self);
  bs_workspace_start (self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .title = _ ("Importing predictions"),
                        .func = import_job,
                        .input = input,
                        .input_free = import_input_free,
                        .result_free = (GDestroyNotify) bs_run_unref,
                        .done = import_done_cb,
                        .user_data = self,
                      },
                      TRUE);
}

static void
trashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BsWorkspace) self = user_data;
  g_autoptr (GError) error = NULL;
  if (!g_file_trash_finish (G_FILE (source), result, &error))
    bs_workspace_message (self, "%s", error->message);
}

/**
 * bs_workspace_delete_run:
 * @self: the workspace
 * @run: a run of the open corpus
 *
 * Takes @run from the list and puts its folder in the trash.
 */
void
bs_workspace_delete_run (BsWorkspace *self, BsRun *run)
{
  g_autoptr (BsRun) keep = bs_run_ref (run);
  if (self->run == run)
    bs_workspace_open_run (self, NULL);
  g_ptr_array_remove (self->runs, run);
  bs_workspace_emit (self, BS_WORKSPACE_RUNS_CHANGED);
  if (keep->folder == NULL)
    return;
  g_autoptr (GFile) folder = g_file_new_for_path (keep->folder);
  g_file_trash_async (folder, G_PRIORITY_DEFAULT, NULL, trashed_cb, g_object_ref (self));
}

typedef struct {
  BsDemo *demo;
  char *folder;
  BsJob *job;
} FeaturesInput;

static void
features_input_free (gpointer data)
{
  FeaturesInput *input = data;
  bs_demo_unref (input->demo);
  g_free (input->folder);
  g_free (input);
}

static void
on_features_progress (double fraction, const char *message, gpointer user_data)
{
  FeaturesInput *input = user_data;
  bs_job_report (input->job, fraction, message);
}

static gpointer
write_features_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  FeaturesInput *input = data;
  input->job = job;
  if (!bs_demo_write_features (input->demo, input->folder, on_features_progress, input, cancellable,
                               error))
    return NULL;
  return bs_corpus_open (input->folder, cancellable, error);
}

static void
write_features_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsWorkspace *self = user_data;
  if (result == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      bs_workspace_message (self, "%s", error->message);
    return;
  }
  if (!bs_workspace_has_open (self, result))
    return;
  self->demo_has_features = TRUE;
  bs_workspace_take_corpus (self, result);
  bs_workspace_load_runs (self);
}

static void
write_demo_features (BsWorkspace *self)
{
  FeaturesInput *input = g_new0 (FeaturesInput, 1);
  input->demo = bs_demo_ref (self->demo);
  input->folder = g_strdup (bs_corpus_folder (self->corpus));
  bs_workspace_start (self,
                      &(BsJobSpec){
                        .lane = BS_LANE_LONG,
                        .key = "features",
                        .title = _ ("Computing synthetic features"),
                        .func = write_features_job,
                        .input = input,
                        .input_free = features_input_free,
                        .result_free = (GDestroyNotify) bs_corpus_unref,
                        .done = write_features_done_cb,
                        .user_data = self,
                      },
                      TRUE);
}

static void
train_first_run (BsWorkspace *self)
{
  g_autoptr (BsTrainConfig) config = bs_train_config_new_demo (self->corpus);
  bs_workspace_train (self, config);
}

/* One step at a time: each ends by loading the corpus or its runs again, which comes back here. */
static void
complete_demo (BsWorkspace *self)
{
  if (!self->demo_has_features)
    write_demo_features (self);
  else if (self->runs->len == 0 && !bs_workspace_is_training (self))
    train_first_run (self);
  bs_workspace_draw_remaining (self);
}
