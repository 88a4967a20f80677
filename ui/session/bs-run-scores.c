/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/session/bs-run-scores.h"

struct _BsRunScores {
  GObject parent_instance;
  BsWorkspace *workspace;
  GHashTable *scores; /* BsRun -> BsRunScore, %NULL where its clips are not the corpus' */
};

G_DEFINE_FINAL_TYPE (BsRunScores, bs_run_scores, G_TYPE_OBJECT)

static guint changed_signal;

typedef struct {
  BsCorpus *corpus;
  GPtrArray *runs; /* of BsRun */
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;
  bs_corpus_unref (input->corpus);
  g_ptr_array_unref (input->runs);
  g_free (input);
}

static BsRunScore *
score_run (const BsRun *run, const BsMetadata *metadata)
{
  BsThresholds thresholds;
  g_autoptr (BsEvaluationSet) cases = bs_evaluation_set_new (metadata, run->predictions, NULL);
  if (cases == NULL)
    return NULL;
  bs_thresholds_set_all (&thresholds, (BsThresholdPair){ 0, 0 });
  if (cases->fixed == NULL)
    bs_tune (cases, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &thresholds);
  gboolean honest = g_strcmp0 (run->protocol, "honest") == 0;
  if (honest)
    bs_thresholds_take_run (&thresholds, run, cases);
  BsThresholdOrigin origin = honest ? BS_THRESHOLDS_RUN : BS_THRESHOLDS_PROTOCOL;
  BsTuningSource source = bs_tuning_source (run, cases->fixed != NULL ? BS_THRESHOLDS_NONE : origin,
                                            BS_PROTOCOL_OFFICIAL);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  bs_metrics_compute (metrics, cases, &thresholds);
  BsRunScore *score = g_new (BsRunScore, 1);
  *score = (BsRunScore){
    .presence = metrics->mean_presence,
    .presence_std = metrics->std_presence,
    .salience = metrics->mean_salience,
    .salience_std = metrics->std_salience,
    .score = metrics->mean_score,
    .score_std = metrics->std_score,
    .tuned = bs_tuning_source_worst (&source),
  };
  return score;
}

static gpointer
score_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  g_autoptr (GHashTable) scores =
    g_hash_table_new_full (NULL, NULL, (GDestroyNotify) bs_run_unref, g_free);
  for (guint i = 0; i < input->runs->len; i++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    BsRun *run = g_ptr_array_index (input->runs, i);
    g_hash_table_insert (scores, bs_run_ref (run),
                         score_run (run, bs_corpus_metadata (input->corpus)));
  }
  return g_steal_pointer (&scores);
}

static void
score_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsRunScores *self = user_data;
  GHashTableIter iter;
  gpointer run, score;
  if (result == NULL)
    return;
  g_hash_table_iter_init (&iter, result);
  while (g_hash_table_iter_next (&iter, &run, &score))
    if (g_ptr_array_find (bs_run_library_get_runs (bs_workspace_get_library (self->workspace)), run,
                          NULL))
      g_hash_table_insert (self->scores, bs_run_ref (run),
                           g_memdup2 (score, score != NULL ? sizeof (BsRunScore) : 0));
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
is_gone (gpointer run, gpointer score, gpointer runs)
{
  return !g_ptr_array_find (runs, run, NULL);
}

static void
runs_changed_cb (BsRunScores *self)
{
  GPtrArray *runs = bs_run_library_get_runs (bs_workspace_get_library (self->workspace));
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
  g_hash_table_foreach_remove (self->scores, is_gone, runs);
  for (guint i = 0; i < runs->len; i++)
    if (!g_hash_table_contains (self->scores, g_ptr_array_index (runs, i)))
      g_ptr_array_add (wanted, bs_run_ref (g_ptr_array_index (runs, i)));
  if (wanted->len == 0)
    return;
  Input *input = g_new (Input, 1);
  *input =
    (Input){ bs_corpus_ref (bs_workspace_get_corpus (self->workspace)), g_steal_pointer (&wanted) };
  bs_job_queue_start (bs_workspace_get_jobs (self->workspace), self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = "scores",
                        .title = "",
                        .func = score_job,
                        .input = input,
                        .input_free = input_free,
                        .result_free = (GDestroyNotify) g_hash_table_unref,
                        .done = score_done_cb,
                        .user_data = self,
                      },
                      FALSE);
}

static void
bs_run_scores_dispose (GObject *object)
{
  BsRunScores *self = BS_RUN_SCORES (object);
  g_clear_pointer (&self->scores, g_hash_table_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_run_scores_parent_class)->dispose (object);
}

static void
bs_run_scores_class_init (BsRunScoresClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bs_run_scores_dispose;
  changed_signal = g_signal_new ("changed", BS_TYPE_RUN_SCORES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
bs_run_scores_init (BsRunScores *self)
{
  self->scores = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) bs_run_unref, g_free);
}

/**
 * bs_run_scores_new:
 * @workspace: whose runs
 *
 * Returns: (transfer full): their scores, from now on
 */
BsRunScores *
bs_run_scores_new (BsWorkspace *workspace)
{
  BsRunScores *self = g_object_new (BS_TYPE_RUN_SCORES, NULL);
  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (bs_workspace_get_library (workspace), "notify::runs",
                           G_CALLBACK (runs_changed_cb), self, G_CONNECT_SWAPPED);
  runs_changed_cb (self);
  return self;
}

/**
 * bs_run_scores_get:
 * @self: scores
 * @run: a run
 *
 * Returns: (transfer none) (nullable): what it is worth, where that is known yet, and can be
 */
const BsRunScore *
bs_run_scores_get (BsRunScores *self, BsRun *run)
{
  return g_hash_table_lookup (self->scores, run);
}
