/* SPDX-License-Identifier: MIT */
/* The weights of attention pooling (the attention-fusion paper, 4.2), set back from the rows that
 * a network saw to the time of the clip. */
#include "model/inference/bs-attention-trace.h"

#include <math.h>

#include "model/features/bs-batch-loader.h"
#include "model/inference/bs-clip-inference.h"

/* Lanes come in the same order from each network, which adds its share to them. */
typedef struct {
  BsAttentionTrace *trace;
  guint next;
  double duration_s;
  double share; /* of one network */
} Tracing;

static BsAttentionLane *
next_lane (Tracing *self, const char *encoder, const char *branch, gsize n)
{
  BsAttentionTrace *trace = self->trace;
  if (self->next == trace->n_lanes) {
    trace->lanes = g_renew (BsAttentionLane, trace->lanes, ++trace->n_lanes);
    trace->lanes[self->next] = (BsAttentionLane){
      .encoder = g_strdup (encoder),
      .branch = g_strdup (branch),
      .branch_weight = NAN,
      .n = n,
      .time_s = g_new0 (double, MAX (n, 1)),
      .weight = g_new0 (double, MAX (n, 1)),
    };
  }
  return &trace->lanes[self->next++];
}

/* A sample's modalities follow each other in the weights. */
static gboolean
trace_network (Tracing *self, const BsClassifier *classifier, const BsSamples *samples,
               char *const *encoders, const char *branch)
{
  BsSequences weights;
  if (!bs_network_attention (classifier->network, classifier->pass, &weights))
    return FALSE;
  const BsReal *weight = weights.rows;
  for (guint m = 0; m < samples->n_modalities; m++) {
    gsize n_rows = bs_samples_n_rows (samples, 0, m), n = MIN (n_rows, samples->length);
    BsAttentionLane *lane = next_lane (self, encoders[m], branch, n);
    for (gsize t = 0; t < n; t++) {
      gsize row = bs_samples_pick_row (n_rows, samples->length, t, NULL);
      lane->time_s[t] = ((double) row + 0.5) / (double) n_rows * self->duration_s;
      lane->weight[t] += (double) *weight++ * self->share;
    }
  }
  return TRUE;
}

static void
add_branch_weight (const Tracing *self, BsAttentionLane *lane, double weight)
{
  lane->branch_weight =
    isnan (lane->branch_weight) ? weight * self->share : lane->branch_weight + weight * self->share;
}

static void
trace_branches (Tracing *self, const BsClipInference *inference)
{
  const BsBranches *branches = inference->branches;
  BsSequences weights;
  gboolean attends =
    bs_network_attention (inference->classifier->network, inference->classifier->pass, &weights);
  for (guint b = 0; b < branches->n; b++) {
    const BsTrainConfig *config = branches->configs[b];
    guint first = self->next;
    if (!trace_network (self, inference->branch_classifiers[b], branches->samples[b],
                        config->encoders, config->model) &&
        attends)
      next_lane (self, config->encoders[0], config->model, 0);
    for (guint i = first; i < self->next && attends; i++)
      add_branch_weight (self, &self->trace->lanes[i], (double) weights.rows[b]);
  }
}

/**
 * bs_attention_trace_new:
 * @corpus: a corpus
 * @run: a run with weights
 * @clip: index into the corpus' metadata
 * @duration_s: how long the clip is
 * @cancellable: (nullable): looked at between networks
 * @error: %BS_ERROR_MISSING where the clip has no features or the run no network for it
 *
 * What the network that held the clip out pools by attention; the mean of the networks in
 * #BsClipInference for clips without a fold. The rows of each encoder are taken to be spread evenly
 * over the clip. Any thread; a few milliseconds.
 *
 * Returns: (transfer full) (nullable): the attention, without lanes where the model has none
 */
BsAttentionTrace *
bs_attention_trace_new (BsCorpus *corpus, const BsRun *run, gsize clip, double duration_s,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr (BsAttentionTrace) self = g_new0 (BsAttentionTrace, 1);
  g_autoptr (BsClipInference) inference = bs_clip_inference_new (corpus, run, clip, error);
  if (inference == NULL || !bs_clip_inference_set_clip (inference, cancellable, error))
    return NULL;
  for (guint k = 0; k < inference->n_networks; k++) {
    Tracing tracing = { self, 0, duration_s, 1.0 / inference->n_networks };
    if (!bs_clip_inference_load_network (inference, k, error))
      return NULL;
    g_autofree BsReal *logits = bs_clip_inference_run (inference, NULL, cancellable, error);
    if (logits == NULL)
      return NULL;
    if (inference->branches != NULL)
      trace_branches (&tracing, inference);
    else
      trace_network (&tracing, inference->classifier, inference->samples,
                     inference->config->encoders, NULL);
  }
  return g_steal_pointer (&self);
}

/**
 * bs_attention_trace_free:
 * @self: (transfer full): an attention
 */
void
bs_attention_trace_free (BsAttentionTrace *self)
{
  for (guint i = 0; i < self->n_lanes; i++) {
    g_free (self->lanes[i].encoder);
    g_free (self->lanes[i].branch);
    g_free (self->lanes[i].time_s);
    g_free (self->lanes[i].weight);
  }
  g_free (self->lanes);
  g_free (self);
}

/**
 * bs_attention_lane_share:
 * @self: a lane
 *
 * Returns: how much of the whole run's attention goes to it: the sum of its weights, times its
 *   branch's
 */
double
bs_attention_lane_share (const BsAttentionLane *self)
{
  double sum = self->n > 0 ? 0 : 1;
  for (gsize i = 0; i < self->n; i++)
    sum += self->weight[i];
  return isnan (self->branch_weight) ? sum : sum * self->branch_weight;
}

/**
 * bs_attention_lane_find:
 * @self: a lane
 * @time_s: seconds from the clip's start
 *
 * Returns: the row whose middle is nearest, -1 where there is none
 */
gssize
bs_attention_lane_find (const BsAttentionLane *self, double time_s)
{
  gssize nearest = self->n > 0 ? 0 : -1;
  for (gsize i = 1; i < self->n; i++)
    if (fabs (self->time_s[i] - time_s) < fabs (self->time_s[nearest] - time_s))
      nearest = (gssize) i;
  return nearest;
}
