/* SPDX-License-Identifier: MIT */
/* What a run believes over the time of a clip. */
#include "model/bs-belief.h"

#include <math.h>

#include "model/bs-branches.h"
#include "model/bs-model.h"

#define MAX_DURATION_S 3600.0

typedef struct {
  const BsRun *run;
  const BsMetadata *metadata;
  BsTrainConfig *config; /* of the run */
  BsBranches *branches; /* (nullable): of a fusion */
  BsSamples *samples; /* (nullable): windows; of a fusion what the branches asked last say */
} Asking;

static void
asking_clear (Asking *self)
{
  g_clear_pointer (&self->config, bs_train_config_free);
  g_clear_pointer (&self->branches, bs_branches_free);
  g_clear_pointer (&self->samples, bs_samples_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asking, asking_clear)

static gboolean
lay_windows (Asking *self, BsCorpus *corpus, const BsWindows *windows, GCancellable *cancellable,
             GError **error)
{
  if (bs_train_config_is_fusion (self->config))
    self->branches = bs_branches_new_windows (corpus, self->config, windows, cancellable, error);
  else
    self->samples = bs_samples_new_windows (corpus, self->config, windows, cancellable, error);
  return self->branches != NULL || self->samples != NULL;
}

static gboolean
ask_fold (Asking *self, int fold, BsBelief *belief, double share, GCancellable *cancellable,
          GError **error)
{
  if (self->branches != NULL) {
    g_clear_pointer (&self->samples, bs_samples_free);
    self->samples =
      bs_branches_ask (self->branches, self->metadata, self->run, fold, cancellable, error);
    if (self->samples == NULL)
      return FALSE;
  }
  g_autoptr (BsClassifier) classifier = bs_classifier_from_run (
    self->run, fold, self->config, "", self->samples->n_modalities, self->samples->widths, error);
  if (classifier == NULL)
    return FALSE;
  g_autofree gsize *all = g_new (gsize, belief->n);
  for (gsize w = 0; w < belief->n; w++)
    all[w] = w;
  g_autofree BsReal *logits =
    bs_classifier_judge (classifier, self->samples, all, belief->n, cancellable, error);
  if (logits == NULL)
    return FALSE;
  for (gsize w = 0; w < belief->n; w++) {
    double p[1][BS_N_EMOTIONS];
    bs_classifier_opinions (classifier, logits + w * classifier->network->n_out, 1, p, NULL);
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      belief->p[w][e] += p[0][e] * share;
  }
  return TRUE;
}

/* The network that held the clip out; all of them for a clip that none did. */
static gboolean
ask_folds (Asking *self, int clip_fold, BsBelief *belief, GCancellable *cancellable, GError **error)
{
  const GPtrArray *folds = self->run->folds;
  double share = clip_fold >= 0 ? 1 : 1.0 / MAX (folds->len, 1);
  gboolean is_asked = FALSE;
  for (guint i = 0; i < folds->len; i++) {
    int fold = ((const BsFoldResult *) g_ptr_array_index (folds, i))->fold;
    if (clip_fold >= 0 && fold != clip_fold)
      continue;
    is_asked = TRUE;
    if (!ask_fold (self, fold, belief, share, cancellable, error))
      return FALSE;
  }
  if (!is_asked)
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, "%s: has no network that held this clip out",
                 bs_run_name (self->run));
  return is_asked;
}

static BsBelief *
belief_new (double duration_s)
{
  BsBelief *self = g_new0 (BsBelief, 1);
  double beyond = duration_s - BS_BELIEF_WINDOW_S;
  self->n = beyond > 0 ? (gsize) floor (beyond / BS_BELIEF_STEP_S + 1e-9) + 1 : 1;
  self->centre_s = g_new (double, self->n);
  self->p = g_malloc0_n (self->n, sizeof *self->p);
  for (gsize i = 0; i < self->n; i++)
    self->centre_s[i] =
      beyond > 0 ? BS_BELIEF_WINDOW_S / 2 + (double) i * BS_BELIEF_STEP_S : duration_s / 2;
  return self;
}

/**
 * bs_belief_new:
 * @corpus: a corpus
 * @run: a run with weights
 * @clip: index into the corpus' metadata
 * @duration_s: how long the clip is
 * @cancellable: (nullable): looked at between batches of windows
 * @error: %BS_ERROR_MISSING where the clip has no features or the run no network for it,
 *   %BS_ERROR_VALUE where the duration or the widths do not fit
 *
 * Windows of 2 s every 0.2 s, one for the whole of a shorter clip. Each encoder's rows are
 * taken to be spread evenly over the clip. The network that held the clip out judges; clips
 * without a fold get the mean of all networks. Any thread; a few milliseconds.
 *
 * Returns: (transfer full): the belief
 */
BsBelief *
bs_belief_new (BsCorpus *corpus, const BsRun *run, gsize clip, double duration_s,
               GCancellable *cancellable, GError **error)
{
  if (!(duration_s > 0 && duration_s <= MAX_DURATION_S)) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 "%s: clip %s has no duration that windows could be laid over",
                 bs_corpus_folder (corpus),
                 bs_metadata_clip (bs_corpus_metadata (corpus), clip)->filename);
    return NULL;
  }
  g_auto (Asking) asking = { .run = run, .metadata = bs_corpus_metadata (corpus) };
  asking.config = bs_model_config_of_run (run, error);
  if (asking.config == NULL) {
    g_prefix_error (error, "%s: ", bs_run_name (run));
    return NULL;
  }
  g_autoptr (BsBelief) self = belief_new (duration_s);
  const BsWindows windows = { clip, duration_s, BS_BELIEF_WINDOW_S, self->n, self->centre_s };
  int fold = bs_metadata_clip (asking.metadata, clip)->fold;
  if (!lay_windows (&asking, corpus, &windows, cancellable, error) ||
      !ask_folds (&asking, fold, self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * bs_belief_free:
 * @self: (transfer full): a belief
 */
void
bs_belief_free (BsBelief *self)
{
  g_free (self->centre_s);
  g_free (self->p);
  g_free (self);
}

/**
 * bs_belief_at:
 * @self: a belief
 * @time_s: seconds from the clip's start
 * @p: (out caller-allocates): six probabilities
 *
 * Between the middles of two windows the two are mixed; before the first and after the last
 * middle theirs are given.
 */
void
bs_belief_at (const BsBelief *self, double time_s, double p[BS_N_EMOTIONS])
{
  double at = (time_s - self->centre_s[0]) / BS_BELIEF_STEP_S;
  at = CLAMP (at, 0, (double) (self->n - 1));
  gsize before = (gsize) at;
  gsize after = MIN (before + 1, self->n - 1);
  double share = at - (double) before;
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    p[e] = (1 - share) * self->p[before][e] + share * self->p[after][e];
}
