/* SPDX-License-Identifier: MIT */
/* The state that all views share: thresholds, figures, filter, clip. Setters compare, store,
 * recompute what follows and emit one signal; figures take microseconds, so they are computed
 * here and now and every view sees the same ones in the same frame. */
#include "config.h"

#include <string.h>

#include "ui/session/bs-workspace-private.h"

/* Changes closer together than this are one step of undo, as in one drag of a slider. */
#define UNDO_PAUSE_US (700 * G_TIME_SPAN_MILLISECOND)
#define UNDO_STEPS 50

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
 * bs_workspace_message:
 * @self: the workspace
 * @format: a translated sentence, for g_strdup_printf()
 * @...: its arguments
 *
 * Shows a sentence for a moment.
 */
void
bs_workspace_message (BsWorkspace *self, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_signal_emit (self, signals[BS_WORKSPACE_MESSAGE], 0, text);
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

static void
refresh_metrics (BsWorkspace *self)
{
  if (self->cases != NULL)
    bs_metrics_compute (self->metrics, self->cases, &self->thresholds);
  self->serial++;
  bs_workspace_emit (self, BS_WORKSPACE_FIGURES_CHANGED);
  if (bs_filter_needs_decisions (&self->filter))
    bs_workspace_emit (self, BS_WORKSPACE_FILTER_CHANGED);
}

static void
tuning_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsWorkspace *self = user_data;
  if (result == NULL)
    return;
  g_clear_pointer (&self->tuning, bs_tuning_unref);
  self->tuning = bs_job_steal_result (job);
  bs_workspace_emit (self, BS_WORKSPACE_TUNING_CHANGED);
}

static gpointer
tune_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  return bs_tuning_new (input, cancellable, error);
}

static void
start_tuning (BsWorkspace *self)
{
  g_clear_pointer (&self->tuning, bs_tuning_unref);
  bs_workspace_emit (self, BS_WORKSPACE_TUNING_CHANGED);
  if (self->cases == NULL || self->cases->fixed != NULL)
    return;
  bs_workspace_start (self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = "tuning",
                        .title = "",
                        .func = tune_job,
                        .input = bs_evaluation_set_ref (self->cases),
                        .input_free = (GDestroyNotify) bs_evaluation_set_unref,
                        .result_free = (GDestroyNotify) bs_tuning_unref,
                        .done = tuning_done_cb,
                        .user_data = self,
                      },
                      FALSE);
}

static void
drop_run (BsWorkspace *self)
{
  g_clear_pointer (&self->run, bs_run_unref);
  g_clear_pointer (&self->cases, bs_evaluation_set_unref);
  g_clear_pointer (&self->case_of_clip, g_free);
  g_clear_pointer (&self->metrics, bs_metrics_free);
  g_array_set_size (self->undo, 0);
  if (self->worker != NULL)
    bs_worker_cancel_key (self->worker, "tuning");
}

static void
index_cases (BsWorkspace *self)
{
  gsize n = bs_metadata_n_clips (bs_workspace_get_metadata (self));
  self->case_of_clip = g_new (int, n);
  for (gsize i = 0; i < n; i++)
    self->case_of_clip[i] = -1;
  for (gsize i = 0; i < self->cases->n; i++)
    self->case_of_clip[self->cases->clip[i]] = (int) i;
}

static void
take_run_thresholds (BsWorkspace *self)
{
  bs_tune (self->cases, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &self->thresholds);
  self->protocol = BS_PROTOCOL_OFFICIAL;
  if (self->run->protocol == NULL || g_strcmp0 (self->run->protocol, "official") == 0)
    return;
  for (guint i = 0; i < self->run->folds->len; i++) {
    const BsFoldResult *fold = g_ptr_array_index (self->run->folds, i);
    BsThresholdPair own = { fold->alpha, fold->beta };
    if (fold->fold < 0 || fold->fold >= BS_MAX_FOLDS ||
        memcmp (&self->thresholds.fold[fold->fold], &own, sizeof own) == 0)
      continue;
    self->thresholds.fold[fold->fold] = own;
    self->protocol = -1;
  }
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
  g_return_if_fail (run == NULL || self->corpus != NULL);
  if (run != NULL)
    bs_run_ref (run);
  drop_run (self);
  if (run != NULL) {
    g_autoptr (GError) error = NULL;
    self->cases =
      bs_evaluation_set_new (bs_workspace_get_metadata (self), run->predictions, &error);
    if (self->cases == NULL) {
      bs_workspace_message (self, "%s", error->message);
      bs_run_unref (run);
    } else {
      self->run = run;
      index_cases (self);
      self->metrics = bs_metrics_new (self->cases);
      take_run_thresholds (self);
    }
  }
  bs_workspace_emit (self, BS_WORKSPACE_RUN_CHANGED);
  start_tuning (self);
  refresh_metrics (self);
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
 * bs_workspace_get_cases:
 * @self: the workspace
 *
 * Returns: (transfer none) (nullable): labels and probabilities of the open run
 */
BsEvaluationSet *
bs_workspace_get_cases (BsWorkspace *self)
{
  return self->cases;
}

/**
 * bs_workspace_case_of_clip:
 * @self: the workspace
 * @clip: index into the metadata
 *
 * Returns: index into the cases, or -1 where the open run does not judge the clip
 */
int
bs_workspace_case_of_clip (BsWorkspace *self, int clip)
{
  return self->case_of_clip != NULL && clip >= 0 ? self->case_of_clip[clip] : -1;
}

/**
 * bs_workspace_get_metrics:
 * @self: the workspace
 *
 * Returns: (transfer none) (nullable): figures of the open run at the present thresholds
 */
const BsMetrics *
bs_workspace_get_metrics (BsWorkspace *self)
{
  return self->metrics;
}

/**
 * bs_workspace_get_decision:
 * @self: the workspace
 * @clip: index into the metadata
 *
 * Returns: (transfer none) (nullable): the decision on the clip
 */
const BsDecision *
bs_workspace_get_decision (BsWorkspace *self, int clip)
{
  int i = bs_workspace_case_of_clip (self, clip);
  return i >= 0 ? &self->metrics->decisions[i] : NULL;
}

/**
 * bs_workspace_get_probabilities:
 * @self: the workspace
 * @clip: index into the metadata
 *
 * Returns: (transfer none) (nullable): the six probabilities of the clip; beside decisions that a
 *   model made itself their marginals, %NULL where it brought none
 */
const double *
bs_workspace_get_probabilities (BsWorkspace *self, int clip)
{
  int i = bs_workspace_case_of_clip (self, clip);
  double sum = 0;
  for (int e = 0; i >= 0 && e < BS_N_EMOTIONS; e++)
    sum += self->cases->p[i][e];
  return sum > 0 ? self->cases->p[i] : NULL;
}

/**
 * bs_workspace_get_pair_of_clip:
 * @self: the workspace
 * @clip: index into the metadata
 *
 * Returns: the thresholds by which the clip is judged: its fold's
 */
BsThresholdPair
bs_workspace_get_pair_of_clip (BsWorkspace *self, int clip)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self);
  int fold = metadata != NULL && clip >= 0 ? bs_metadata_clip (metadata, (gsize) clip)->fold : -1;
  return bs_thresholds_for (&self->thresholds, fold);
}

static double
distance (const BsRuleMove *move, double from)
{
  return move->possible ? ABS (move->threshold - from) : 1;
}

/**
 * bs_workspace_get_margin:
 * @self: the workspace
 * @clip: index into the metadata, of a clip that has a verdict
 *
 * Returns: how far the nearer of the two thresholds would have to move to change the decision;
 *   1 where neither can
 */
double
bs_workspace_get_margin (BsWorkspace *self, int clip)
{
  const BsDecision *decision = bs_workspace_get_decision (self, clip);
  g_return_val_if_fail (decision != NULL, 1);
  if (self->cases->fixed != NULL)
    return 1;
  BsThresholdPair pair = bs_workspace_get_pair_of_clip (self, clip);
  BsRuleReach reach = bs_decision_reach (decision, pair);
  return MIN (distance (&reach.alpha, pair.alpha), distance (&reach.beta, pair.beta));
}

/**
 * bs_workspace_get_thresholds:
 * @self: the workspace
 *
 * Returns: (transfer none): the pair of each fold
 */
const BsThresholds *
bs_workspace_get_thresholds (BsWorkspace *self)
{
  return &self->thresholds;
}

/**
 * bs_workspace_get_pair:
 * @self: the workspace
 *
 * Returns: what the sliders show: the edited fold's pair, or, where they set all folds, the
 *   pair that all share or the mean of the folds' pairs
 */
BsThresholdPair
bs_workspace_get_pair (BsWorkspace *self)
{
  if (self->edited_fold >= 0)
    return self->thresholds.fold[self->edited_fold];
  gsize n = self->cases != NULL ? self->cases->n_folds : 0;
  if (n == 0)
    return self->thresholds.rest;
  BsThresholdPair first = self->thresholds.fold[0], sum = { 0, 0 };
  gboolean same = TRUE;
  for (gsize i = 0; i < n; i++) {
    BsThresholdPair pair = self->thresholds.fold[i];
    same = same && pair.alpha == first.alpha && pair.beta == first.beta;
    sum.alpha += pair.alpha;
    sum.beta += pair.beta;
  }
  return same ? first : (BsThresholdPair){ sum.alpha / (double) n, sum.beta / (double) n };
}

static void
remember_for_undo (BsWorkspace *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean same_gesture = now - self->last_change_us < UNDO_PAUSE_US && self->undo->len > 0;
  self->last_change_us = now;
  if (same_gesture)
    return;
  if (self->undo->len == UNDO_STEPS)
    g_array_remove_index (self->undo, 0);
  g_array_append_val (self->undo, self->thresholds);
}

/**
 * bs_workspace_set_pair:
 * @self: the workspace
 * @pair: thresholds; kept within 0 to 1
 *
 * Sets the edited fold's pair, or every fold's; all figures follow at once.
 */
void
bs_workspace_set_pair (BsWorkspace *self, BsThresholdPair pair)
{
  pair.alpha = CLAMP (pair.alpha, 0, 1);
  pair.beta = CLAMP (pair.beta, 0, 1);
  BsThresholds next = self->thresholds;
  if (self->edited_fold >= 0)
    next.fold[self->edited_fold] = pair;
  else
    bs_thresholds_set_all (&next, pair);
  if (memcmp (&next, &self->thresholds, sizeof next) == 0)
    return;
  remember_for_undo (self);
  self->thresholds = next;
  self->protocol = -1;
  refresh_metrics (self);
}

/**
 * bs_workspace_get_edited_fold:
 * @self: the workspace
 *
 * Returns: the fold whose pair the sliders set, or -1 where they set all
 */
int
bs_workspace_get_edited_fold (BsWorkspace *self)
{
  return self->edited_fold;
}

/**
 * bs_workspace_set_edited_fold:
 * @self: the workspace
 * @fold: a fold, or -1 for all
 */
void
bs_workspace_set_edited_fold (BsWorkspace *self, int fold)
{
  if (fold == self->edited_fold || fold >= BS_MAX_FOLDS)
    return;
  self->edited_fold = fold;
  self->serial++;
  bs_workspace_emit (self, BS_WORKSPACE_FIGURES_CHANGED);
}

/**
 * bs_workspace_get_protocol:
 * @self: the workspace
 *
 * Returns: the #BsProtocol that gave the thresholds, or -1 where they were set by hand
 */
int
bs_workspace_get_protocol (BsWorkspace *self)
{
  return self->protocol;
}

/**
 * bs_workspace_apply_protocol:
 * @self: the workspace
 * @protocol: how to choose
 *
 * Sets every fold's pair as @protocol does on the open run.
 */
void
bs_workspace_apply_protocol (BsWorkspace *self, BsProtocol protocol)
{
  if (self->cases == NULL || self->cases->fixed != NULL)
    return;
  self->last_change_us = 0;
  remember_for_undo (self);
  self->last_change_us = 0;
  if (self->tuning != NULL)
    self->thresholds = self->tuning->protocols[protocol].thresholds;
  else
    bs_tune (self->cases, protocol, BS_SEARCH_GRID, &self->thresholds);
  self->protocol = (int) protocol;
  refresh_metrics (self);
}

/**
 * bs_workspace_can_undo_thresholds:
 * @self: the workspace
 *
 * Returns: whether there is an earlier set of thresholds
 */
gboolean
bs_workspace_can_undo_thresholds (BsWorkspace *self)
{
  return self->undo->len > 0;
}

/**
 * bs_workspace_undo_thresholds:
 * @self: the workspace
 *
 * Goes back to the thresholds before the last gesture.
 */
void
bs_workspace_undo_thresholds (BsWorkspace *self)
{
  if (self->undo->len == 0)
    return;
  self->thresholds = g_array_index (self->undo, BsThresholds, self->undo->len - 1);
  g_array_set_size (self->undo, self->undo->len - 1);
  self->last_change_us = 0;
  self->protocol = -1;
  refresh_metrics (self);
}

/**
 * bs_workspace_get_tuning:
 * @self: the workspace
 *
 * Returns: (transfer none) (nullable): optima, protocols and map of the open run; %NULL while
 *   they are worked out
 */
BsTuning *
bs_workspace_get_tuning (BsWorkspace *self)
{
  return self->tuning;
}

/**
 * bs_workspace_get_serial:
 * @self: the workspace
 *
 * Returns: a number that grows with every change of the figures; a view that shows the state
 *   of this number is up to date
 */
guint64
bs_workspace_get_serial (BsWorkspace *self)
{
  return self->serial;
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
  BsFilterFacts facts = { bs_workspace_get_decision (self, (int) clip), 1,
                          made != NULL ? made : haystack };
  if (facts.decision != NULL && self->filter.margin_to > 0)
    facts.margin = bs_workspace_get_margin (self, (int) clip);
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
bs_workspace_dispose (GObject *object)
{
  BsWorkspace *self = BS_WORKSPACE (object);
  g_clear_pointer (&self->worker, bs_worker_free);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->wrapped, g_hash_table_unref);
  g_clear_pointer (&self->trainings, g_ptr_array_unref);
  g_clear_pointer (&self->comparison, bs_comparison_free);
  g_clear_pointer (&self->drawing, bs_job_unref);
  if (self->undo != NULL)
    drop_run (self);
  g_clear_pointer (&self->undo, g_array_unref);
  g_clear_pointer (&self->tuning, bs_tuning_unref);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->corpus, bs_corpus_unref);
  g_clear_pointer (&self->demo, bs_demo_unref);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->order, g_free);
  bs_filter_clear (&self->filter);
  G_OBJECT_CLASS (bs_workspace_parent_class)->dispose (object);
}

static void
bs_workspace_class_init (BsWorkspaceClass *klass)
{
  static const char *const names[BS_WORKSPACE_N_SIGNALS] = {
    "corpus-changed", "runs-changed",  "run-changed",    "metrics-changed", "tuning-changed",
    "filter-changed", "order-changed", "clip-changed",   "jobs-changed",    "comparison-changed",
    "epoch",          "message",       "import-unclear",
  };
  G_OBJECT_CLASS (klass)->dispose = bs_workspace_dispose;
  for (int i = 0; i < BS_WORKSPACE_EPOCH; i++)
    signals[i] = g_signal_new (names[i], BS_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  signals[BS_WORKSPACE_EPOCH] =
    g_signal_new (names[BS_WORKSPACE_EPOCH], BS_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[BS_WORKSPACE_MESSAGE] =
    g_signal_new (names[BS_WORKSPACE_MESSAGE], BS_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[BS_WORKSPACE_IMPORT_UNCLEAR] =
    g_signal_new (names[BS_WORKSPACE_IMPORT_UNCLEAR], BS_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
bs_workspace_init (BsWorkspace *self)
{
  self->worker = bs_worker_new ();
  self->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_job_unref);
  self->wrapped = g_hash_table_new_full (NULL, NULL, NULL, bs_workspace_free_wrapped);
  self->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
  self->trainings = g_ptr_array_new_with_free_func (bs_workspace_training_unref);
  self->undo = g_array_new (FALSE, FALSE, sizeof (BsThresholds));
  self->edited_fold = -1;
  self->protocol = -1;
  self->clip = -1;
  bs_filter_init (&self->filter);
  bs_thresholds_set_all (&self->thresholds, (BsThresholdPair){ 0.15, 0.15 });
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
