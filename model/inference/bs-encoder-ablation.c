/* SPDX-License-Identifier: MIT */
/* What a run would say of a clip with one encoder alone, or with one left out. */
#include "model/inference/bs-encoder-ablation.h"

#include <math.h>

#include "model/inference/bs-clip-inference.h"

/* What the networks say with some of the encoders, summed in shares. */
typedef struct {
  double p[BS_N_EMOTIONS];
  BsReal logits[BS_HEAD_MAX_OUT];
} Sum;

/* Of the masks the first shows all, then two an encoder: alone, without. */
typedef struct {
  BsClipInference *inference;
  guint n_encoders;
  guint n_masks;
  Sum *sums; /* a mask each */
  double cut; /* mean */
  BsHead head;
} AblationPass;

static const gboolean *
fill_mask (const AblationPass *self, guint mask, gboolean *shown)
{
  if (mask == 0)
    return NULL;
  gboolean is_alone = mask % 2 == 1;
  for (guint e = 0; e < self->n_encoders; e++)
    shown[e] = (e == (mask - 1) / 2) == is_alone;
  return shown;
}

static gboolean
hear_network (AblationPass *self, GCancellable *cancellable, GError **error)
{
  BsClipInference *inference = self->inference;
  const BsClassifier *classifier = inference->classifier;
  double share = 1.0 / inference->n_networks;
  g_autofree gboolean *shown = g_new (gboolean, self->n_encoders);
  self->head = classifier->head;
  self->cut += classifier->cut * share;
  for (guint mask = 0; mask < self->n_masks; mask++) {
    Sum *sum = &self->sums[mask];
    double p[1][BS_N_EMOTIONS];
    g_autofree BsReal *logits =
      bs_clip_inference_run (inference, fill_mask (self, mask, shown), cancellable, error);
    if (logits == NULL)
      return FALSE;
    bs_classifier_predictions (classifier, logits, 1, p, NULL);
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      sum->p[e] += p[0][e] * share;
    for (gsize c = 0; c < classifier->network->n_out; c++)
      sum->logits[c] += logits[c] * (BsReal) share;
  }
  return TRUE;
}

static BsAblationResult
result_of (const AblationPass *self, guint mask)
{
  const Sum *sum = &self->sums[mask];
  BsAblationResult result = { .decision = BS_LABEL_UNKNOWN };
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    result.p[e] = sum->p[e];
  if (!bs_head_has_thresholds (self->head))
    result.decision = bs_head_decide (self->head, sum->logits, self->cut);
  return result;
}

static BsEncoderAblation *
collect (const AblationPass *self)
{
  const BsClipInference *inference = self->inference;
  BsEncoderAblation *to = g_new0 (BsEncoderAblation, 1);
  to->whole = result_of (self, 0);
  to->has_thresholds = bs_head_has_thresholds (self->head);
  to->n = (self->n_masks - 1) / 2;
  to->of = g_new0 (BsAblatedEncoder, MAX (to->n, 1));
  for (guint e = 0; e < to->n; e++)
    to->of[e] = (BsAblatedEncoder){
      .encoder = g_strdup (inference->config->encoders[e]),
      .alone = result_of (self, 2 * e + 1),
      .without = result_of (self, 2 * e + 2),
    };
  to->temperature = NAN;
  if (to->has_thresholds && inference->n_networks == 1)
    to->temperature = bs_network_temperature (inference->classifier->network);
  for (int e = 0; e < BS_N_EMOTIONS && isfinite (to->temperature); e++)
    to->logits[e] = (double) self->sums[0].logits[e] * to->temperature;
  return to;
}

/**
 * bs_encoder_ablation_new:
 * @corpus: a corpus
 * @run: a run with weights
 * @clip: index into the corpus' metadata
 * @cancellable: (nullable): looked at between batches
 * @error: %BS_ERROR_MISSING where the clip has no features or the run no network for it
 *
 * Asks the network that held the clip out, as #BsClipInference does, with every encoder, with each
 * alone and with each left out. An encoder that is left out is missing as in training: its columns
 * of a vector are at their mean, its sequence is empty as under modality dropout, its branch of a
 * fusion is not heard, and `mixed`'s branch of all encoders attends to the others. Any thread; a
 * few milliseconds for each encoder.
 *
 * Returns: (transfer full) (nullable): the verdicts
 */
BsEncoderAblation *
bs_encoder_ablation_new (BsCorpus *corpus, const BsRun *run, gsize clip, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (BsClipInference) inference = bs_clip_inference_new (corpus, run, clip, error);
  if (inference == NULL || !bs_clip_inference_set_clip (inference, cancellable, error))
    return NULL;
  guint n = g_strv_length (inference->config->encoders);
  guint n_masks = n > 1 ? 1 + 2 * n : 1;
  g_autofree Sum *sums = g_new0 (Sum, n_masks);
  AblationPass hearing = { inference, n, n_masks, sums, 0, BS_HEAD_EMOTIONS };
  for (guint k = 0; k < inference->n_networks; k++)
    if (!bs_clip_inference_load_network (inference, k, error) ||
        !hear_network (&hearing, cancellable, error))
      return NULL;
  return collect (&hearing);
}

/**
 * bs_encoder_ablation_free:
 * @self: (transfer full): verdicts
 */
void
bs_encoder_ablation_free (BsEncoderAblation *self)
{
  for (guint e = 0; e < self->n; e++)
    g_free (self->of[e].encoder);
  g_free (self->of);
  g_free (self);
}
