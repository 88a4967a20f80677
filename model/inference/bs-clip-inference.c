/* SPDX-License-Identifier: MIT */
/* Asking a run about one clip: which of its networks, over which windows, with which encoders. */
#include "model/inference/bs-clip-inference.h"

#include <glib/gi18n.h>

#include "data/base/bs-error.h"
#include "model/config/bs-departures.h"
#include "model/inference/bs-predict.h"

static gboolean
choose_networks (BsClipInference *self, GError **error)
{
  const BsClip *clip = bs_metadata_clip (self->metadata, self->clip);
  const GPtrArray *folds = self->run->folds;
  if (clip->is_test && self->run->all != NULL)
    self->networks[self->n_networks++] = self->run->all->fold;
  for (guint i = 0; i < folds->len && self->n_networks < BS_MAX_FOLDS; i++) {
    int fold = ((const BsFoldResult *) g_ptr_array_index (folds, i))->fold;
    if (clip->is_test ? self->run->all == NULL : clip->fold < 0 || fold == clip->fold)
      self->networks[self->n_networks++] = fold;
  }
  if (self->n_networks == 0)
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("has no network that held this clip out"));
  return self->n_networks > 0;
}

/**
 * bs_clip_inference_new:
 * @corpus: a corpus
 * @run: a run with weights
 * @clip: index into the corpus' metadata
 * @error: %BS_ERROR_MISSING where the run has no network for the clip
 *
 * Returns: (transfer full) (nullable): what can be asked, once windows are laid
 */
BsClipInference *
bs_clip_inference_new (BsCorpus *corpus, const BsRun *run, gsize clip, GError **error)
{
  g_autoptr (BsClipInference) self = g_new0 (BsClipInference, 1);
  self->run = run;
  self->corpus = corpus;
  self->metadata = bs_corpus_metadata (corpus);
  self->clip = clip;
  self->config = bs_train_config_of_run (run, error);
  if (self->config != NULL && choose_networks (self, error))
    return g_steal_pointer (&self);
  g_prefix_error (error, "%s: ", bs_run_name (run));
  return NULL;
}

static void
close_network (BsClipInference *self)
{
  g_clear_pointer (&self->classifier, bs_classifier_free);
  for (guint b = 0; b < BS_BATCH_MAX_MODALITIES; b++)
    g_clear_pointer (&self->branch_classifiers[b], bs_classifier_free);
}

/**
 * bs_clip_inference_free:
 * @self: (transfer full): what was asked
 */
void
bs_clip_inference_free (BsClipInference *self)
{
  close_network (self);
  g_clear_pointer (&self->config, bs_train_config_free);
  g_clear_pointer (&self->branches, bs_branches_free);
  g_clear_pointer (&self->samples, bs_samples_free);
  g_free (self);
}

/**
 * bs_clip_inference_set_windows:
 * @self: a clip that a run is asked about, without windows
 * @windows: over the clip; each is judged as if it were a clip
 * @cancellable: (nullable): looked at while an actor's clips are read
 * @error: as bs_samples_new_windows()
 *
 * Returns: whether the clip has the features
 */
gboolean
bs_clip_inference_set_windows (BsClipInference *self, const BsWindows *windows,
                               GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self->branches == NULL && self->samples == NULL, FALSE);
  if (bs_train_config_is_fusion (self->config))
    self->branches =
      bs_branches_new_windows (self->corpus, self->config, windows, cancellable, error);
  else
    self->samples =
      bs_samples_new_windows (self->corpus, self->config, windows, cancellable, error);
  return self->branches != NULL || self->samples != NULL;
}

/**
 * bs_clip_inference_set_clip:
 * @self: a clip that a run is asked about, without windows
 * @cancellable: (nullable): as bs_clip_inference_set_windows()
 * @error: as bs_clip_inference_set_windows()
 *
 * Lays one window over all of the clip, which is then judged as in bs_predict().
 *
 * Returns: whether the clip has the features
 */
gboolean
bs_clip_inference_set_clip (BsClipInference *self, GCancellable *cancellable, GError **error)
{
  const double middle = 0.5; /* of a clip whose length is taken as the unit */
  const BsWindows whole = { self->clip, 1, 1, 1, &middle };
  return bs_clip_inference_set_windows (self, &whole, cancellable, error);
}

/**
 * bs_clip_inference_n_rows:
 * @self: a clip that a run is asked about
 * @error: as bs_windows_open_sequence()
 *
 * Returns: the rows that the run's first encoder has of the clip; 0 on error
 */
gsize
bs_clip_inference_n_rows (const BsClipInference *self, GError **error)
{
  g_autoptr (BsSequence) sequence = bs_windows_open_sequence (
    self->corpus, self->config, self->config->encoders[0], self->clip, error);
  return sequence != NULL ? sequence->n_rows : 0;
}

/* A fusion takes what goes into the heads of its branches. */
static gboolean
open_branches (BsClipInference *self, int fold, gsize *widths, GError **error)
{
  if (!bs_branches_load_all (self->branches, self->run, fold, self->branch_classifiers, error))
    return FALSE;
  for (guint b = 0; b < self->branches->n; b++)
    widths[b] = self->branch_classifiers[b]->network->n_latent;
  return TRUE;
}

/**
 * bs_clip_inference_load_network:
 * @self: a clip that a run is asked about, with windows
 * @network: below n_networks
 * @error: as bs_classifier_from_run()
 *
 * Returns: whether the network is there for bs_clip_inference_run()
 */
gboolean
bs_clip_inference_load_network (BsClipInference *self, guint network, GError **error)
{
  int fold = self->networks[network];
  gsize widths[BS_BATCH_MAX_MODALITIES];
  close_network (self);
  if (self->branches != NULL) {
    if (!open_branches (self, fold, widths, error))
      return FALSE;
    self->classifier =
      bs_classifier_from_run (self->run, fold, self->config, "", self->branches->n, widths, error);
  } else {
    self->classifier = bs_classifier_from_run (
      self->run, fold, self->config, "", self->samples->n_modalities, self->samples->widths, error);
  }
  return self->classifier != NULL;
}

/* A branch of one encoder says its piece, and the fusion hears it or not; the branch of all
 * encoders, the last one, sees the rest. */
static gboolean
ask_branches (BsClipInference *self, const gboolean *shown, gboolean *heard,
              GCancellable *cancellable, GError **error)
{
  for (guint b = 0; b < self->branches->n; b++) {
    gboolean is_of_all = self->branches->samples[b]->n_modalities > 1;
    heard[b] = is_of_all || shown == NULL || shown[b];
    self->branch_classifiers[b]->shown = is_of_all ? shown : NULL;
  }
  g_clear_pointer (&self->samples, bs_samples_free);
  self->samples = bs_branches_latents (self->branches, self->metadata, self->branch_classifiers,
                                       cancellable, error);
  return self->samples != NULL;
}

/**
 * bs_clip_inference_run:
 * @self: a clip that a run is asked about, with an open network
 * @shown: (nullable) (array): whether each of the run's encoders is there, one at least; %NULL for
 *   all
 * @cancellable: (nullable): looked at between batches
 * @error: as bs_classifier_judge()
 *
 * An encoder that is not shown is missing as in training: its columns of a vector are at their
 * mean, its sequence is empty, its branch is not heard.
 *
 * Returns: (transfer full) (nullable): the network's outputs, a row a window
 */
BsReal *
bs_clip_inference_run (BsClipInference *self, const gboolean *shown, GCancellable *cancellable,
                       GError **error)
{
  gboolean heard[BS_BATCH_MAX_MODALITIES];
  if (self->branches != NULL && !ask_branches (self, shown, heard, cancellable, error))
    return NULL;
  const BsSamples *samples = self->samples;
  g_autofree gsize *all = g_new (gsize, samples->n);
  for (gsize w = 0; w < samples->n; w++)
    all[w] = w;
  self->classifier->shown = self->branches != NULL ? heard : shown;
  BsReal *logits = bs_classifier_judge (self->classifier, samples, all, samples->n, NULL, NULL,
                                        cancellable, error);
  self->classifier->shown = NULL;
  if (logits == NULL)
    g_prefix_error (error, "%s: ", bs_run_name (self->run));
  return logits;
}
