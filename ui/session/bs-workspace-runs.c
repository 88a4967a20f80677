/* SPDX-License-Identifier: MIT */
/* Runs of the open corpus: found on disk, deleted; and the first one of a synthetic
 * corpus, which nobody has to ask for. */
#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "data/format/bs-file.h"
#include "ui/session/bs-workspace-private.h"

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

/**
 * bs_workspace_add_run:
 * @self: the workspace
 * @run: (transfer none): a new run of the open corpus
 * @opens: whether it takes the place of the open one; it does where none is open
 *
 * Puts @run at the top of the list.
 */
void
bs_workspace_add_run (BsWorkspace *self, BsRun *run, gboolean opens)
{
  g_ptr_array_insert (self->runs, 0, bs_run_ref (run));
  bs_workspace_emit (self, BS_WORKSPACE_RUNS_CHANGED);
  if (opens || self->run == NULL)
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
    bs_job_queue_say (self->jobs, "%s", loaded->problem);
  if (self->runs->len > 0)
    bs_workspace_open_run (self, g_ptr_array_index (self->runs, 0));
  bs_workspace_complete_demo (self);
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
  bs_job_queue_start (self->jobs, self,
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

static void
trashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BsWorkspace) self = user_data;
  g_autoptr (GError) error = NULL;
  if (!g_file_trash_finish (G_FILE (source), result, &error))
    bs_job_queue_say (self->jobs, "%s", error->message);
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
  bs_workspace_forget_compared (self, run);
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
      bs_job_queue_say (self->jobs, "%s", error->message);
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
  bs_job_queue_start (self->jobs, self,
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

/**
 * bs_workspace_complete_demo:
 * @self: the workspace
 *
 * Where the open corpus is synthetic, starts what it still lacks: features, a first run, drawings.
 * One step at a time: each ends by loading the corpus or its runs again, which comes back here.
 */
void
bs_workspace_complete_demo (BsWorkspace *self)
{
  if (self->demo == NULL)
    return;
  if (!self->demo_has_features)
    write_demo_features (self);
  else if (self->runs->len == 0 && !bs_workspace_is_training (self))
    train_first_run (self);
  bs_workspace_draw_remaining (self);
}
