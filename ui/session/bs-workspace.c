/* SPDX-License-Identifier: MIT */
/* What is open: corpus, runs, filter, clip. */
#include "config.h"

#include "ui/session/bs-workspace-private.h"

G_DEFINE_FINAL_TYPE (BsWorkspace, bs_workspace, G_TYPE_OBJECT)

static guint signals[BS_WORKSPACE_N_SIGNALS];

/**
 * bs_workspace_emit:
 * @self: the workspace
 * @signal: one without arguments
 */
void
bs_workspace_emit (BsWorkspace *self, BsWorkspaceSignal signal)
{
  g_signal_emit (self, signals[signal], 0);
}

/**
 * bs_workspace_emit_epoch:
 * @self: the workspace
 * @epoch: what the training just finished
 */
void
bs_workspace_emit_epoch (BsWorkspace *self, const BsEpoch *epoch)
{
  g_signal_emit (self, signals[BS_WORKSPACE_EPOCH], 0, epoch);
}

/**
 * bs_workspace_emit_unclear:
 * @self: the workspace
 * @path: a file of predictions
 * @unclear: its numbers
 *
 * Asks what they are.
 */
void
bs_workspace_emit_unclear (BsWorkspace *self, const char *path, BsPredictions *unclear)
{
  g_signal_emit (self, signals[BS_WORKSPACE_IMPORT_UNCLEAR], 0, path, unclear);
}

/**
 * bs_workspace_open_run:
 * @self: the workspace
 * @run: (nullable): a run of the open corpus, or %NULL to close the open one
 *
 * Judges the corpus by @run; thresholds start where the run's own protocol put them.
 */
void
bs_workspace_open_run (BsWorkspace *self, BsRun *run)
{
  g_autoptr (GError) error = NULL;
  g_return_if_fail (run == NULL || self->corpus != NULL);
  g_object_freeze_notify (G_OBJECT (self->thresholds));
  BsRun *before = self->run;
  if (bs_threshold_state_judge (self->thresholds, bs_workspace_get_metadata (self), run, &error))
    self->run = run != NULL ? bs_run_ref (run) : NULL;
  else
    self->run = NULL;
  if (error != NULL)
    bs_job_queue_say (self->jobs, "%s", error->message);
  bs_workspace_emit (self, BS_WORKSPACE_RUN_CHANGED);
  g_object_thaw_notify (G_OBJECT (self->thresholds));
  g_clear_pointer (&before, bs_run_unref);
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
 * bs_workspace_get_demo:
 * @self: the workspace
 *
 * Returns: (transfer none) (nullable): the maker of the open corpus, where that is synthetic
 */
BsDemo *
bs_workspace_get_demo (BsWorkspace *self)
{
  return self->demo;
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
 * Returns: (nullable): why no corpus is open, as one sentence
 */
const char *
bs_workspace_get_problem (BsWorkspace *self)
{
  return self->problem;
}

/**
 * bs_workspace_get_runs:
 * @self: the workspace
 *
 * Returns: (transfer none) (element-type BsRun): runs of the open corpus, newest first
 */
GPtrArray *
bs_workspace_get_runs (BsWorkspace *self)
{
  return self->runs;
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
  return self->run;
}

/**
 * bs_workspace_get_filter:
 * @self: the workspace
 *
 * Returns: (transfer none): the conditions of the clip list
 */
const BsFilter *
bs_workspace_get_filter (BsWorkspace *self)
{
  return &self->filter;
}

/**
 * bs_workspace_accepts:
 * @self: the workspace
 * @clip: index into the metadata
 * @haystack: (nullable): its bs_filter_haystack(), made here where the filter has a text and the
 *   caller does not keep them
 *
 * Returns: whether the clip meets the filter's conditions
 */
gboolean
bs_workspace_accepts (BsWorkspace *self, gsize clip, const char *haystack)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self);
  g_autofree char *made = haystack == NULL && bs_filter_has (&self->filter, BS_FACET_TEXT)
                            ? bs_filter_haystack (metadata, clip)
                            : NULL;
  BsFilterFacts facts = { bs_threshold_state_get_decision (self->thresholds, (int) clip), 1,
                          made != NULL ? made : haystack };
  if (facts.decision != NULL && self->filter.margin_to > 0)
    facts.margin = bs_threshold_state_get_margin (self->thresholds, (int) clip);
  return bs_filter_accepts (&self->filter, metadata, clip, &facts);
}

/**
 * bs_workspace_set_filter:
 * @self: the workspace
 * @filter: conditions; copied
 */
void
bs_workspace_set_filter (BsWorkspace *self, const BsFilter *filter)
{
  BsFilter copy;
  if (bs_filter_equal (filter, &self->filter))
    return;
  bs_filter_copy (filter, &copy);
  bs_filter_clear (&self->filter);
  self->filter = copy;
  bs_workspace_emit (self, BS_WORKSPACE_FILTER_CHANGED);
}

/**
 * bs_workspace_get_clip:
 * @self: the workspace
 *
 * Returns: the chosen clip's index into the metadata, or -1
 */
int
bs_workspace_get_clip (BsWorkspace *self)
{
  return self->clip;
}

/**
 * bs_workspace_set_clip:
 * @self: the workspace
 * @clip: index into the metadata, or -1
 */
void
bs_workspace_set_clip (BsWorkspace *self, int clip)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self);
  g_return_if_fail (clip < 0 ||
                    (metadata != NULL && (gsize) clip < bs_metadata_n_clips (metadata)));
  if (clip == self->clip)
    return;
  self->clip = clip;
  bs_workspace_emit (self, BS_WORKSPACE_CLIP_CHANGED);
}

/**
 * bs_workspace_set_order:
 * @self: the workspace
 * @clips: (array length=n): clips as the list shows them
 * @n: how many
 *
 * Told by the clip list, so that next and previous follow what is seen.
 */
void
bs_workspace_set_order (BsWorkspace *self, const guint32 *clips, gsize n)
{
  g_free (self->order);
  self->order = g_memdup2 (clips, n * sizeof *clips);
  self->n_order = n;
  bs_workspace_emit (self, BS_WORKSPACE_ORDER_CHANGED);
}

/**
 * bs_workspace_get_neighbour:
 * @self: the workspace
 * @by: how many clips further down the list
 *
 * Returns: the clip that many places after the chosen one, the list's first where the chosen one
 *   is not in it, or -1 where there is none
 */
int
bs_workspace_get_neighbour (BsWorkspace *self, int by)
{
  gssize at = -1;
  for (gsize i = 0; i < self->n_order && at < 0; i++)
    if ((int) self->order[i] == self->clip)
      at = (gssize) i;
  gssize next = at < 0 ? 0 : at + by;
  return next >= 0 && next < (gssize) self->n_order ? (int) self->order[next] : -1;
}

/**
 * bs_workspace_move_clip:
 * @self: the workspace
 * @by: 1 for the next clip of the list, -1 for the previous
 *
 * Returns: whether there was one
 */
gboolean
bs_workspace_move_clip (BsWorkspace *self, int by)
{
  int clip = bs_workspace_get_neighbour (self, by);
  if (clip < 0)
    return FALSE;
  bs_workspace_set_clip (self, clip);
  return TRUE;
}

static void
metrics_changed_cb (BsWorkspace *self)
{
  if (bs_filter_needs_decisions (&self->filter))
    bs_workspace_emit (self, BS_WORKSPACE_FILTER_CHANGED);
}

static void
bs_workspace_dispose (GObject *object)
{
  BsWorkspace *self = BS_WORKSPACE (object);
  g_object_run_dispose (G_OBJECT (self->jobs));
  g_clear_pointer (&self->drawing, bs_job_unref);
  G_OBJECT_CLASS (bs_workspace_parent_class)->dispose (object);
}

/* What it hands out stays until nobody has it any more: a window ends its work with
 * g_object_run_dispose() while its widgets are still there. */
static void
bs_workspace_finalize (GObject *object)
{
  BsWorkspace *self = BS_WORKSPACE (object);
  g_clear_object (&self->jobs);
  g_clear_object (&self->thresholds);
  g_clear_pointer (&self->trainings, g_ptr_array_unref);
  g_clear_pointer (&self->comparison, bs_comparison_free);
  g_clear_pointer (&self->run, bs_run_unref);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->corpus, bs_corpus_unref);
  g_clear_pointer (&self->demo, bs_demo_unref);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->order, g_free);
  bs_filter_clear (&self->filter);
  G_OBJECT_CLASS (bs_workspace_parent_class)->finalize (object);
}

static void
bs_workspace_class_init (BsWorkspaceClass *klass)
{
  static const char *const names[BS_WORKSPACE_N_SIGNALS] = {
    "corpus-changed", "runs-changed",       "run-changed", "filter-changed", "order-changed",
    "clip-changed",   "comparison-changed", "epoch",       "import-unclear",
  };
  G_OBJECT_CLASS (klass)->dispose = bs_workspace_dispose;
  G_OBJECT_CLASS (klass)->finalize = bs_workspace_finalize;
  for (int i = 0; i < BS_WORKSPACE_EPOCH; i++)
    signals[i] = g_signal_new (names[i], BS_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  signals[BS_WORKSPACE_EPOCH] =
    g_signal_new (names[BS_WORKSPACE_EPOCH], BS_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[BS_WORKSPACE_IMPORT_UNCLEAR] =
    g_signal_new (names[BS_WORKSPACE_IMPORT_UNCLEAR], BS_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
bs_workspace_init (BsWorkspace *self)
{
  self->jobs = bs_job_queue_new ();
  self->thresholds = bs_threshold_state_new (self->jobs);
  self->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
  self->trainings = g_ptr_array_new_with_free_func (bs_workspace_training_unref);
  self->clip = -1;
  bs_filter_init (&self->filter);
  g_signal_connect_object (self->thresholds, "notify::metrics", G_CALLBACK (metrics_changed_cb),
                           self, G_CONNECT_SWAPPED);
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
