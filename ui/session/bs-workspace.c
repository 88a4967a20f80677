/* SPDX-License-Identifier: MIT */
/* Opens corpora in the worker and puts them in place for all objects of the session at once. */
#include "config.h"

#include "ui/session/bs-workspace.h"

#include <glib/gi18n.h>

struct _BsWorkspace {
  GObject parent_instance;

  BsJobQueue *jobs;
  BsThresholdState *thresholds; /* its run is the open one */
  BsClipSelection *selection;
  BsRunLibrary *library;
  BsTrainingQueue *training_queue;

  BsCorpus *corpus;
  BsClipMaker *clip_maker; /* (nullable): of the corpus' clips */
  BsClipMakerFunc clip_maker_func; /* (nullable) */
  char *problem;
  guint n_opening; /* corpora on their way: a later one displaces those before it */
};

G_DEFINE_FINAL_TYPE (BsWorkspace, bs_workspace, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_CORPUS,
  PROP_RUN,
  PROP_CLIP_MAKER,
  PROP_OPENING,
  PROP_PROBLEM,
  PROP_JOBS,
  PROP_THRESHOLDS,
  PROP_SELECTION,
  PROP_LIBRARY,
  PROP_TRAINING_QUEUE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
tell (BsWorkspace *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

typedef struct {
  char *folder;
  BsPrepareFunc prepare; /* (nullable) */
  BsClipMakerFunc clip_maker_func; /* (nullable) */
} OpenInput;

typedef struct {
  BsCorpus *corpus;
  BsClipMaker *clip_maker; /* (nullable) */
} Opened;

static void
open_input_free (gpointer data)
{
  OpenInput *input = data;
  g_free (input->folder);
  g_free (input);
}

static void
opened_free (gpointer data)
{
  Opened *opened = data;
  bs_corpus_unref (opened->corpus);
  g_clear_object (&opened->clip_maker);
  g_free (opened);
}

static gpointer
open_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const OpenInput *input = data;
  if (input->prepare != NULL && !input->prepare (input->folder, error))
    return NULL;
  BsCorpus *corpus = bs_corpus_open (input->folder, cancellable, error);
  if (corpus == NULL)
    return NULL;
  Opened *opened = g_new (Opened, 1);
  *opened =
    (Opened){ corpus, input->clip_maker_func != NULL ? input->clip_maker_func (corpus) : NULL };
  return opened;
}

static void
take_opened (BsWorkspace *self, const Opened *opened)
{
  g_autoptr (BsCorpus) before = self->corpus;
  gboolean is_same = before != NULL && bs_run_library_is_of (self->library, opened->corpus);
  self->corpus = bs_corpus_ref (opened->corpus);
  tell (self, PROP_CORPUS);
  if (g_set_object (&self->clip_maker, opened->clip_maker))
    tell (self, PROP_CLIP_MAKER);
  bs_threshold_state_judge (self->thresholds, NULL, NULL, NULL);
  bs_clip_selection_set_metadata (self->selection, bs_corpus_metadata (self->corpus), is_same);
  if (!is_same)
    bs_training_queue_close_comparison (self->training_queue);
  bs_run_library_set_corpus (self->library, self->corpus);
}

static void
set_problem (BsWorkspace *self, const char *problem)
{
  if (self->corpus != NULL && problem != NULL)
    bs_job_queue_say (self->jobs, "%s", problem);
  if (g_strcmp0 (problem, self->problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  tell (self, PROP_PROBLEM);
}

/* What is another stays untold until all is in place; the corpus is told first. */
static void
open_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsWorkspace *self = user_data;
  GObject *const all[] = { G_OBJECT (self), G_OBJECT (self->selection), G_OBJECT (self->library),
                           G_OBJECT (self->training_queue), G_OBJECT (self->thresholds) };
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_object_freeze_notify (all[i]);
  self->n_opening--;
  if (self->n_opening == 0)
    tell (self, PROP_OPENING);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_problem (self, error != NULL ? error->message : NULL);
  if (result != NULL)
    take_opened (self, result);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_object_thaw_notify (all[i]);
}

/**
 * bs_workspace_open_prepared:
 * @self: the workspace
 * @folder: a corpus folder
 * @prepare: (nullable): what makes it a corpus where it is none yet
 *
 * Opens a corpus in the worker; "corpus" is told when it is there, or "problem". What was open
 * before stays open until then.
 */
void
bs_workspace_open_prepared (BsWorkspace *self, const char *folder, BsPrepareFunc prepare)
{
  OpenInput *input = g_new (OpenInput, 1);
  *input = (OpenInput){ g_strdup (folder), prepare, self->clip_maker_func };
  self->n_opening++;
  bs_job_queue_start (self->jobs, self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = "corpus",
                        .title = _ ("Opening the corpus"),
                        .func = open_job,
                        .input = input,
                        .input_free = open_input_free,
                        .result_free = opened_free,
                        .done = open_done_cb,
                        .user_data = self,
                      },
                      TRUE);
  if (self->n_opening == 1)
    tell (self, PROP_OPENING);
}

/**
 * bs_workspace_open_folder:
 * @self: the workspace
 * @folder: a corpus folder
 *
 * bs_workspace_open_prepared() for a folder that is a corpus.
 */
void
bs_workspace_open_folder (BsWorkspace *self, const char *folder)
{
  bs_workspace_open_prepared (self, folder, NULL);
}

/**
 * bs_workspace_set_clip_maker_func:
 * @self: a workspace with nothing open
 * @func: called for each corpus that is opened from now on
 */
void
bs_workspace_set_clip_maker_func (BsWorkspace *self, BsClipMakerFunc func)
{
  self->clip_maker_func = func;
}

/**
 * bs_workspace_is_opening:
 * @self: the workspace
 *
 * Returns: whether a corpus is on its way
 */
gboolean
bs_workspace_is_opening (BsWorkspace *self)
{
  return self->n_opening > 0;
}

/**
 * bs_workspace_get_problem:
 * @self: the workspace
 *
 * Returns: (nullable): why the last corpus could not be opened, as one sentence
 */
const char *
bs_workspace_get_problem (BsWorkspace *self)
{
  return self->problem;
}

/**
 * bs_workspace_get_corpus:
 * @self: the workspace
 *
 * Returns: (transfer none) (nullable): what is open
 */
BsCorpus *
bs_workspace_get_corpus (BsWorkspace *self)
{
  return self->corpus;
}

/**
 * bs_workspace_get_metadata:
 * @self: the workspace
 *
 * Returns: (transfer none) (nullable): the open corpus' clips
 */
BsMetadata *
bs_workspace_get_metadata (BsWorkspace *self)
{
  return self->corpus != NULL ? bs_corpus_metadata (self->corpus) : NULL;
}

/**
 * bs_workspace_get_clip_maker:
 * @self: the workspace
 *
 * Returns: (transfer none) (nullable): what makes clips of the open corpus that have no file
 */
BsClipMaker *
bs_workspace_get_clip_maker (BsWorkspace *self)
{
  return self->clip_maker;
}

/**
 * bs_workspace_get_run:
 * @self: the workspace
 *
 * Returns: (transfer none) (nullable): the open run
 */
BsRun *
bs_workspace_get_run (BsWorkspace *self)
{
  return bs_threshold_state_get_run (self->thresholds);
}

/**
 * bs_workspace_open_run:
 * @self: the workspace
 * @run: (nullable): a run of the open corpus, or %NULL to close the open one
 *
 * Judges the corpus by @run; thresholds start where the run's own protocol put them. Where @run is
 * open already nothing changes; where it cannot be judged a message says why, and none is open.
 */
void
bs_workspace_open_run (BsWorkspace *self, BsRun *run)
{
  g_autoptr (GError) error = NULL;
  g_return_if_fail (run == NULL || self->corpus != NULL);
  if (run == bs_workspace_get_run (self))
    return;
  bs_threshold_state_judge (self->thresholds, bs_workspace_get_metadata (self), run, &error);
  if (error != NULL)
    bs_job_queue_say (self->jobs, "%s", error->message);
}

/**
 * bs_workspace_get_jobs:
 * @self: the workspace
 *
 * Returns: (transfer none): work in the background
 */
BsJobQueue *
bs_workspace_get_jobs (BsWorkspace *self)
{
  return self->jobs;
}

/**
 * bs_workspace_get_thresholds:
 * @self: the workspace
 *
 * Returns: (transfer none): the thresholds, and what follows from them
 */
BsThresholdState *
bs_workspace_get_thresholds (BsWorkspace *self)
{
  return self->thresholds;
}

/**
 * bs_workspace_get_selection:
 * @self: the workspace
 *
 * Returns: (transfer none): which clips are looked at
 */
BsClipSelection *
bs_workspace_get_selection (BsWorkspace *self)
{
  return self->selection;
}

/**
 * bs_workspace_get_library:
 * @self: the workspace
 *
 * Returns: (transfer none): the runs of the open corpus
 */
BsRunLibrary *
bs_workspace_get_library (BsWorkspace *self)
{
  return self->library;
}

/**
 * bs_workspace_get_training_queue:
 * @self: the workspace
 *
 * Returns: (transfer none): trainings, and runs side by side
 */
BsTrainingQueue *
bs_workspace_get_training_queue (BsWorkspace *self)
{
  return self->training_queue;
}

static void
run_ready_cb (BsWorkspace *self, BsRun *run, gboolean is_wanted)
{
  if (is_wanted || bs_workspace_get_run (self) == NULL)
    bs_workspace_open_run (self, run);
}

static void
run_deleted_cb (BsWorkspace *self, BsRun *run)
{
  if (run == bs_workspace_get_run (self))
    bs_workspace_open_run (self, NULL);
}

static void
judged_run_changed_cb (BsWorkspace *self)
{
  tell (self, PROP_RUN);
}

static void
bs_workspace_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BsWorkspace *self = BS_WORKSPACE (object);
  switch (id) {
  case PROP_CORPUS:
    g_value_set_pointer (value, self->corpus);
    break;
  case PROP_RUN:
    g_value_set_pointer (value, bs_workspace_get_run (self));
    break;
  case PROP_CLIP_MAKER:
    g_value_set_object (value, self->clip_maker);
    break;
  case PROP_OPENING:
    g_value_set_boolean (value, bs_workspace_is_opening (self));
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  case PROP_JOBS:
    g_value_set_object (value, self->jobs);
    break;
  case PROP_THRESHOLDS:
    g_value_set_object (value, self->thresholds);
    break;
  case PROP_SELECTION:
    g_value_set_object (value, self->selection);
    break;
  case PROP_LIBRARY:
    g_value_set_object (value, self->library);
    break;
  case PROP_TRAINING_QUEUE:
    g_value_set_object (value, self->training_queue);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_workspace_dispose (GObject *object)
{
  g_object_run_dispose (G_OBJECT (BS_WORKSPACE (object)->jobs));
  G_OBJECT_CLASS (bs_workspace_parent_class)->dispose (object);
}

/* What it hands out stays until nobody has it any more: a window ends its work with
 * g_object_run_dispose() while its widgets are still there. */
static void
bs_workspace_finalize (GObject *object)
{
  BsWorkspace *self = BS_WORKSPACE (object);
  g_clear_object (&self->training_queue);
  g_clear_object (&self->library);
  g_clear_object (&self->selection);
  g_clear_object (&self->thresholds);
  g_clear_object (&self->jobs);
  g_clear_object (&self->clip_maker);
  g_clear_pointer (&self->corpus, bs_corpus_unref);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (bs_workspace_parent_class)->finalize (object);
}

static void
bs_workspace_class_init (BsWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  object_class->get_property = bs_workspace_get_property;
  object_class->dispose = bs_workspace_dispose;
  object_class->finalize = bs_workspace_finalize;
  properties[PROP_CORPUS] = g_param_spec_pointer ("corpus", NULL, NULL, flags);
  properties[PROP_RUN] = g_param_spec_pointer ("run", NULL, NULL, flags);
  properties[PROP_CLIP_MAKER] =
    g_param_spec_object ("clip-maker", NULL, NULL, BS_TYPE_CLIP_MAKER, flags);
  properties[PROP_OPENING] = g_param_spec_boolean ("opening", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_JOBS] = g_param_spec_object ("jobs", NULL, NULL, BS_TYPE_JOB_QUEUE, flags);
  properties[PROP_THRESHOLDS] =
    g_param_spec_object ("thresholds", NULL, NULL, BS_TYPE_THRESHOLD_STATE, flags);
  properties[PROP_SELECTION] =
    g_param_spec_object ("selection", NULL, NULL, BS_TYPE_CLIP_SELECTION, flags);
  properties[PROP_LIBRARY] =
    g_param_spec_object ("library", NULL, NULL, BS_TYPE_RUN_LIBRARY, flags);
  properties[PROP_TRAINING_QUEUE] =
    g_param_spec_object ("training-queue", NULL, NULL, BS_TYPE_TRAINING_QUEUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bs_workspace_init (BsWorkspace *self)
{
  self->jobs = bs_job_queue_new ();
  self->thresholds = bs_threshold_state_new (self->jobs);
  self->selection = bs_clip_selection_new (self->thresholds);
  self->library = bs_run_library_new (self->jobs);
  self->training_queue = bs_training_queue_new (self->library);
  g_signal_connect_object (self->thresholds, "notify::run", G_CALLBACK (judged_run_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->library, "ready", G_CALLBACK (run_ready_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->library, "deleted", G_CALLBACK (run_deleted_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * bs_workspace_new:
 *
 * Returns: (transfer full): a workspace with nothing open
 */
BsWorkspace *
bs_workspace_new (void)
{
  return g_object_new (BS_TYPE_WORKSPACE, NULL);
}
