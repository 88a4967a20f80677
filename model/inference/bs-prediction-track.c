/* SPDX-License-Identifier: MIT */
/* What a run believes over the time of a clip. */
#include "model/inference/bs-prediction-track.h"

#include <glib/gi18n.h>
#include <math.h>

#include "data/base/bs-error.h"
#include "model/inference/bs-clip-inference.h"

#define MAX_DURATION_S 3600.0

static BsPredictionTrack *
track_new (BsPredictionTrackKind kind, gsize n, double first_s, double step_s)
{
  BsPredictionTrack *self = g_new0 (BsPredictionTrack, 1);
  self->kind = kind;
  self->n = n;
  self->step_s = step_s;
  self->centre_s = g_new (double, n);
  self->p = g_malloc0_n (n, sizeof *self->p);
  for (gsize i = 0; i < n; i++)
    self->centre_s[i] = first_s + (double) i * step_s;
  return self;
}

static BsPredictionTrack *
new_of_windows (double duration_s)
{
  double beyond = duration_s - BS_PREDICTION_TRACK_WINDOW_S;
  if (beyond <= 0)
    return track_new (BS_PREDICTION_TRACK_WINDOWS, 1, duration_s / 2, BS_PREDICTION_TRACK_STEP_S);
  gsize n = (gsize) floor (beyond / BS_PREDICTION_TRACK_STEP_S + 1e-9) + 1;
  return track_new (BS_PREDICTION_TRACK_WINDOWS, n, BS_PREDICTION_TRACK_WINDOW_S / 2,
                    BS_PREDICTION_TRACK_STEP_S);
}

/* The model's own notion of time: what it learnt from were the rows. */
static BsPredictionTrack *
new_of_rows (const BsClipInference *inference, double duration_s, GError **error)
{
  gsize n = bs_clip_inference_n_rows (inference, error);
  double row_s = duration_s / (double) MAX (n, 1);
  return n > 0 ? track_new (BS_PREDICTION_TRACK_ROWS, n, row_s / 2, row_s) : NULL;
}

static gboolean
ask (BsClipInference *inference, BsPredictionTrack *track, GCancellable *cancellable,
     GError **error)
{
  g_autofree double (*p)[BS_N_EMOTIONS] = g_malloc_n (track->n, sizeof *p);
  for (guint k = 0; k < inference->n_networks; k++) {
    if (!bs_clip_inference_load_network (inference, k, error))
      return FALSE;
    g_autofree BsReal *logits = bs_clip_inference_run (inference, NULL, cancellable, error);
    if (logits == NULL)
      return FALSE;
    bs_classifier_predictions (inference->classifier, logits, track->n, p, NULL);
    for (gsize w = 0; w < track->n; w++)
      for (int e = 0; e < BS_N_EMOTIONS; e++)
        track->p[w][e] += p[w][e] / inference->n_networks;
  }
  return TRUE;
}

/**
 * bs_prediction_track_new:
 * @corpus: a corpus
 * @run: a run with weights
 * @clip: index into the corpus' metadata
 * @duration_s: how long the clip is
 * @cancellable: (nullable): looked at between batches of windows
 * @error: %BS_ERROR_MISSING where the clip has no features or the run no network for it,
 *   %BS_ERROR_VALUE where the duration or the widths do not fit
 *
 * Every row of a run that learnt from rows (features=subsample); of others windows of 2 s every
 * 0.2 s, one for the whole of a shorter clip. Each encoder's rows are taken to be spread evenly
 * over the clip. The network that held the clip out judges, as in #BsClipInference. Any thread; a
 * few milliseconds.
 *
 * Returns: (transfer full): the track
 */
BsPredictionTrack *
bs_prediction_track_new (BsCorpus *corpus, const BsRun *run, gsize clip, double duration_s,
                         GCancellable *cancellable, GError **error)
{
  if (!(duration_s > 0 && duration_s <= MAX_DURATION_S)) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: clip %s has no duration that windows could be laid over"),
                 bs_corpus_folder (corpus),
                 bs_metadata_clip (bs_corpus_metadata (corpus), clip)->filename);
    return NULL;
  }
  g_autoptr (BsClipInference) inference = bs_clip_inference_new (corpus, run, clip, error);
  if (inference == NULL)
    return NULL;
  gboolean has_rows = inference->config->features == BS_FEATURES_SUBSAMPLE;
  g_autoptr (BsPredictionTrack) self =
    has_rows ? new_of_rows (inference, duration_s, error) : new_of_windows (duration_s);
  if (self == NULL)
    return NULL;
  double window_s = has_rows ? self->step_s : BS_PREDICTION_TRACK_WINDOW_S;
  const BsWindows windows = { clip, duration_s, window_s, self->n, self->centre_s };
  if (!bs_clip_inference_set_windows (inference, &windows, cancellable, error) ||
      !ask (inference, self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * bs_prediction_track_free:
 * @self: (transfer full): a track
 */
void
bs_prediction_track_free (BsPredictionTrack *self)
{
  g_free (self->centre_s);
  g_free (self->p);
  g_free (self);
}

/**
 * bs_prediction_track_at:
 * @self: a track
 * @time_s: seconds from the clip's start
 * @p: (out caller-allocates): six probabilities
 *
 * Between the middles of two windows the two are mixed; before the first and after the last
 * middle theirs are given.
 */
void
bs_prediction_track_at (const BsPredictionTrack *self, double time_s, double p[BS_N_EMOTIONS])
{
  double at = (time_s - self->centre_s[0]) / self->step_s;
  at = CLAMP (at, 0, (double) (self->n - 1));
  gsize before = (gsize) at;
  gsize after = MIN (before + 1, self->n - 1);
  double share = at - (double) before;
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    p[e] = (1 - share) * self->p[before][e] + share * self->p[after][e];
}
