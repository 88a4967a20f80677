/* SPDX-License-Identifier: MIT */
/* The list and what is on disk. Making runs is in bs-run-library-make.c. */
#include "config.h"

#include "ui/session/bs-run-library.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "data/format/bs-file.h"

struct _BsRunLibrary {
  GObject parent_instance;
  BsJobQueue *jobs;
  BsCorpus *corpus;
  GPtrArray *runs; /* of BsRun */
  BsJob *loading; /* (nullable): what looks for them */
};

G_DEFINE_FINAL_TYPE (BsRunLibrary, bs_run_library, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_JOBS,
  PROP_CORPUS,
  PROP_RUNS,
  PROP_LOADING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static guint ready_signal;
static guint deleted_signal;

static void
tell (BsRunLibrary *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/**
 * bs_run_library_dup_folder:
 * @self: a library with a corpus
 *
 * Returns: (transfer full): where its runs lie: inside the corpus, or, where that cannot be
 *   written, in a folder of the user's data that its path names
 */
char *
bs_run_library_dup_folder (BsRunLibrary *self)
{
  const char *corpus = bs_corpus_folder (self->corpus);
  if (g_access (corpus, W_OK) == 0)
    return g_build_filename (corpus, "runs", NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, corpus, -1);
  hash[16] = '\0';
  return g_build_filename (g_get_user_data_dir (), "blendscope", "runs", hash, NULL);
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
 * bs_run_library_save:
 * @run: a run that was not saved yet
 * @parent: the folder of a corpus' runs, made where it is lacking
 * @error: return location
 *
 * Blocks; any thread.
 *
 * Returns: whether the run lies in a new folder in @parent
 */
gboolean
bs_run_library_save (BsRun *run, const char *parent, GError **error)
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
load_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
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

static gboolean
has_folder (const GPtrArray *runs, const char *folder)
{
  for (guint i = 0; i < runs->len; i++)
    if (g_strcmp0 (((const BsRun *) g_ptr_array_index (runs, i))->folder, folder) == 0)
      return TRUE;
  return FALSE;
}

static void
load_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsRunLibrary *self = user_data;
  Loaded *loaded = result;
  if (job != self->loading)
    return; /* of the corpus before */
  g_object_freeze_notify (G_OBJECT (self));
  g_clear_pointer (&self->loading, bs_job_unref);
  tell (self, PROP_LOADING);
  if (loaded != NULL) {
    /* One that was made meanwhile is in the list already. */
    guint n_before = self->runs->len;
    for (guint i = 0; i < loaded->runs->len; i++) {
      BsRun *run = g_ptr_array_index (loaded->runs, i);
      if (!has_folder (self->runs, run->folder))
        g_ptr_array_add (self->runs, bs_run_ref (run));
    }
    if (self->runs->len > n_before)
      tell (self, PROP_RUNS);
    if (self->runs->len > 0)
      g_signal_emit (self, ready_signal, 0, g_ptr_array_index (self->runs, 0), FALSE);
    if (loaded->problem != NULL)
      bs_job_queue_say (self->jobs, "%s", loaded->problem);
  }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
start_loading (BsRunLibrary *self)
{
  BsJob *before = self->loading;
  self->loading = bs_job_queue_submit (self->jobs, self,
                                       &(BsJobSpec){
                                         .lane = BS_LANE_SHORT,
                                         .key = "runs",
                                         .title = "",
                                         .func = load_job,
                                         .input = bs_run_library_dup_folder (self),
                                         .input_free = g_free,
                                         .result_free = loaded_free,
                                         .done = load_done_cb,
                                         .user_data = self,
                                       },
                                       FALSE);
  g_clear_pointer (&before, bs_job_unref);
}

/**
 * bs_run_library_set_corpus:
 * @self: the library
 * @corpus: (transfer none): whose runs are wanted
 *
 * Lets go of the runs of the corpus before, and looks for those of @corpus in the worker; the
 * newest is then "ready".
 */
void
bs_run_library_set_corpus (BsRunLibrary *self, BsCorpus *corpus)
{
  BsCorpus *before = self->corpus;
  g_object_freeze_notify (G_OBJECT (self));
  self->corpus = bs_corpus_ref (corpus);
  g_clear_pointer (&before, bs_corpus_unref);
  tell (self, PROP_CORPUS);
  if (self->runs->len > 0)
    tell (self, PROP_RUNS);
  g_ptr_array_set_size (self->runs, 0);
  if (self->loading == NULL)
    tell (self, PROP_LOADING);
  start_loading (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bs_run_library_get_corpus:
 * @self: the library
 *
 * Returns: (transfer none) (nullable): whose runs they are
 */
BsCorpus *
bs_run_library_get_corpus (BsRunLibrary *self)
{
  return self->corpus;
}

/**
 * bs_run_library_get_jobs:
 * @self: the library
 *
 * Returns: (transfer none): where its work is done
 */
BsJobQueue *
bs_run_library_get_jobs (BsRunLibrary *self)
{
  return self->jobs;
}

/**
 * bs_run_library_is_of:
 * @self: the library
 * @corpus: (transfer none): a corpus, as of a job that took a while
 *
 * Returns: whether the runs are those of the same folder, perhaps read again since
 */
gboolean
bs_run_library_is_of (BsRunLibrary *self, BsCorpus *corpus)
{
  return self->corpus != NULL &&
         g_strcmp0 (bs_corpus_folder (self->corpus), bs_corpus_folder (corpus)) == 0;
}

/**
 * bs_run_library_get_runs:
 * @self: the library
 *
 * Returns: (transfer none) (element-type BsRun): runs of the corpus, newest first
 */
GPtrArray *
bs_run_library_get_runs (BsRunLibrary *self)
{
  return self->runs;
}

/**
 * bs_run_library_is_loading:
 * @self: the library
 *
 * Returns: whether runs are still being looked for
 */
gboolean
bs_run_library_is_loading (BsRunLibrary *self)
{
  return self->loading != NULL;
}

/**
 * bs_run_library_add:
 * @self: a library with a corpus
 * @run: (transfer none): a new run of that corpus
 * @is_wanted: whether it takes the place of the open one; it does where none is open
 *
 * Puts @run at the top of the list.
 */
void
bs_run_library_add (BsRunLibrary *self, BsRun *run, gboolean is_wanted)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_ptr_array_insert (self->runs, 0, bs_run_ref (run));
  tell (self, PROP_RUNS);
  g_signal_emit (self, ready_signal, 0, run, is_wanted);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
trashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BsRunLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  if (!g_file_trash_finish (G_FILE (source), result, &error))
    bs_job_queue_say (self->jobs, "%s", error->message);
}

/**
 * bs_run_library_delete:
 * @self: the library
 * @run: one of its runs
 *
 * Takes @run from the list and puts its folder in the trash.
 */
void
bs_run_library_delete (BsRunLibrary *self, BsRun *run)
{
  g_autoptr (BsRun) keep = bs_run_ref (run);
  if (!g_ptr_array_remove (self->runs, run))
    return;
  g_object_freeze_notify (G_OBJECT (self));
  tell (self, PROP_RUNS);
  g_signal_emit (self, deleted_signal, 0, run);
  g_object_thaw_notify (G_OBJECT (self));
  if (keep->folder == NULL)
    return;
  g_autoptr (GFile) folder = g_file_new_for_path (keep->folder);
  g_file_trash_async (folder, G_PRIORITY_DEFAULT, NULL, trashed_cb, g_object_ref (self));
}

static void
bs_run_library_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BsRunLibrary *self = BS_RUN_LIBRARY (object);
  switch (id) {
  case PROP_CORPUS:
    g_value_set_pointer (value, self->corpus);
    break;
  case PROP_RUNS:
    g_value_set_pointer (value, self->runs);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_run_library_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_JOBS:
    BS_RUN_LIBRARY (object)->jobs = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_run_library_finalize (GObject *object)
{
  BsRunLibrary *self = BS_RUN_LIBRARY (object);
  g_ptr_array_unref (self->runs);
  g_clear_pointer (&self->loading, bs_job_unref);
  g_clear_pointer (&self->corpus, bs_corpus_unref);
  g_clear_object (&self->jobs);
  G_OBJECT_CLASS (bs_run_library_parent_class)->finalize (object);
}

static void
bs_run_library_class_init (BsRunLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  object_class->get_property = bs_run_library_get_property;
  object_class->set_property = bs_run_library_set_property;
  object_class->finalize = bs_run_library_finalize;
  properties[PROP_JOBS] =
    g_param_spec_object ("jobs", NULL, NULL, BS_TYPE_JOB_QUEUE,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CORPUS] = g_param_spec_pointer ("corpus", NULL, NULL, readable);
  properties[PROP_RUNS] = g_param_spec_pointer ("runs", NULL, NULL, readable);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  ready_signal = g_signal_new ("ready", BS_TYPE_RUN_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  deleted_signal = g_signal_new ("deleted", BS_TYPE_RUN_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_new ("import-unclear", BS_TYPE_RUN_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
bs_run_library_init (BsRunLibrary *self)
{
  self->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
}

/**
 * bs_run_library_new:
 * @jobs: where its work is done
 *
 * Returns: (transfer full): a library without runs
 */
BsRunLibrary *
bs_run_library_new (BsJobQueue *jobs)
{
  return g_object_new (BS_TYPE_RUN_LIBRARY, "jobs", jobs, NULL);
}
