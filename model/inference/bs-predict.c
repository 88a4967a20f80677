/* SPDX-License-Identifier: MIT */
/* What a stored run says of the clips of a corpus. */
#include <glib/gi18n.h>
#include <string.h>

#include "model/config/bs-departures.h"
#include "model/features/bs-features.h"
#include "model/training/bs-branches.h"
#include "model/inference/bs-predict.h"

/* What is asked of the networks, and what they have said so far. */
typedef struct {
  const BsRun *run;
  guint n_networks;
  const BsFoldResult *networks[BS_MAX_FOLDS]; /* those that are asked */
  const BsMetadata *metadata;
  BsTrainConfig *config; /* of the run */
  BsBranches *branches; /* (nullable): of a fusion */
  BsSamples *samples; /* of a fusion: what the branches of the fold asked last say */
  double (*p)[BS_N_EMOTIONS]; /* sums of shares */
  BsLabel *decisions; /* (nullable): of a head without thresholds, as the next three */
  BsReal *logits; /* (nullable): means */
  BsHead head;
  double cut; /* mean */
} Answers;

static void
answers_clear (Answers *self)
{
  g_clear_pointer (&self->config, bs_train_config_free);
  g_clear_pointer (&self->branches, bs_branches_free);
  g_clear_pointer (&self->samples, bs_samples_free);
  g_free (self->p);
  g_free (self->decisions);
  g_free (self->logits);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answers, answers_clear)

/* The clips that fold @k answers for: those it held out, and those that no fold held out, which
 * get the mean of all networks. */
static gsize
clips_of (const BsSamples *samples, int k, gsize *index)
{
  gsize n = 0;
  for (gsize i = 0; i < samples->n; i++)
    if (samples->folds[i] < 0 || samples->folds[i] == k)
      index[n++] = i;
  return n;
}

/* A head without thresholds decides on the logits of the network that held the clip out; for
 * other clips on the mean of all networks' logits, and of their cuts. */
static void
add_decisions (Answers *self, const BsClassifier *classifier, const gsize *index, gsize n,
               const BsReal *logits)
{
  gsize n_out = bs_head_n_out (classifier->head);
  if (self->logits == NULL) {
    self->logits = g_new0 (BsReal, self->samples->n * n_out);
    self->decisions = g_new (BsLabel, self->samples->n);
  }
  self->head = classifier->head;
  self->cut += classifier->cut / self->n_networks;
  for (gsize i = 0; i < n; i++) {
    const BsReal *row = logits + i * n_out;
    BsReal *sum = self->logits + index[i] * n_out;
    for (gsize c = 0; c < n_out; c++)
      sum[c] += row[c] / (BsReal) self->n_networks;
    self->decisions[index[i]] = bs_head_decide (classifier->head, row, classifier->cut);
  }
}

static gboolean
ask_fold (Answers *self, int fold, GCancellable *cancellable, GError **error)
{
  if (self->branches != NULL) {
    g_clear_pointer (&self->samples, bs_samples_free);
    self->samples =
      bs_branches_ask (self->branches, self->metadata, self->run, fold, cancellable, error);
    if (self->samples == NULL)
      return FALSE;
  }
  const BsSamples *samples = self->samples;
  g_autoptr (BsClassifier) classifier = bs_classifier_from_run (
    self->run, fold, self->config, "", samples->n_modalities, samples->widths, error);
  if (classifier == NULL)
    return FALSE;
  g_autofree gsize *index = g_new (gsize, samples->n);
  gsize n = clips_of (samples, fold, index);
  g_autofree BsReal *logits =
    bs_classifier_judge (classifier, samples, index, n, NULL, NULL, cancellable, error);
  if (logits == NULL) {
    g_autofree char *name = fold >= 0 ? bs_run_dup_fold_name (self->run, fold) : NULL;
    if (name != NULL)
      g_prefix_error (error, _ ("fold %s: "), name);
    return FALSE;
  }
  g_autofree double (*of_fold)[BS_N_EMOTIONS] = g_malloc_n (MAX (n, 1), sizeof *of_fold);
  bs_classifier_predictions (classifier, logits, n, of_fold, NULL);
  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < BS_N_EMOTIONS; c++)
      self->p[index[i]][c] += of_fold[i][c] / (samples->folds[index[i]] < 0 ? self->n_networks : 1);
  if (!bs_head_has_thresholds (classifier->head))
    add_decisions (self, classifier, index, n, logits);
  return TRUE;
}

static gboolean
ask_all (Answers *self, GCancellable *cancellable, GError **error)
{
  self->p = g_malloc0_n (self->branches != NULL ? self->branches->n_clips : self->samples->n,
                         sizeof *self->p);
  for (guint k = 0; k < self->n_networks; k++)
    if (!ask_fold (self, self->networks[k]->fold, cancellable, error))
      return FALSE;
  for (gsize i = 0; i < self->samples->n && self->logits != NULL; i++)
    if (self->samples->folds[i] < 0)
      self->decisions[i] =
        bs_head_decide (self->head, self->logits + i * bs_head_n_out (self->head), self->cut);
  return TRUE;
}

/* The test part is the network's that was trained on every clip, where the run has one. */
static void
choose_networks (Answers *self, gboolean is_test)
{
  const GPtrArray *folds = self->run->folds;
  if (is_test && self->run->all != NULL)
    self->networks[self->n_networks++] = self->run->all;
  else
    for (guint k = 0; k < folds->len; k++)
      self->networks[self->n_networks++] = g_ptr_array_index (folds, k);
}

static BsPredictions *
collect (const Answers *self)
{
  const BsSamples *samples = self->samples;
  gsize n = 0;
  g_autofree gsize *kept = g_new (gsize, samples->n);
  for (gsize i = 0; i < samples->n; i++)
    if (samples->folds[i] < 0 || bs_run_fold (self->run, samples->folds[i]) != NULL)
      kept[n++] = i;
  BsPredictions *to = bs_predictions_new (n);
  to->fold_names = g_strdupv ((char **) bs_metadata_fold_names (self->metadata));
  if (self->decisions != NULL) {
    to->kind = BS_PREDICTIONS_DECISIONS;
    to->decisions = g_new (BsLabel, MAX (n, 1));
  }
  for (gsize i = 0; i < n; i++) {
    to->filenames[i] =
      g_strdup (bs_metadata_clip (self->metadata, samples->clips[kept[i]])->filename);
    to->folds[i] = samples->folds[kept[i]];
    memcpy (to->probabilities[i], self->p[kept[i]], sizeof self->p[0]);
    if (to->decisions != NULL)
      to->decisions[i] = self->decisions[kept[i]];
  }
  return to;
}

/**
 * bs_predict:
 * @corpus: a corpus with the run's encoders
 * @run: a run with weights
 * @test_part: the clips of the test part instead of the others
 * @cancellable: (nullable): looked at before each clip is read and each batch
 * @error: %BS_ERROR_MISSING where the run kept no weights or the corpus lacks an encoder,
 *   %BS_ERROR_VALUE where the features have another width
 *
 * A clip with a fold is judged by the network that held it out. Clips of the test part are judged
 * by the network that was trained on every clip, where the run has one (the official protocol);
 * otherwise they, and clips without a fold, get the mean of the probabilities of all folds'
 * networks (ours). Clips of a fold that the run does not have
 * are left out. Any thread.
 *
 * Returns: (transfer full): the predictions, in metadata order
 */
BsPredictions *
bs_predict (BsCorpus *corpus, const BsRun *run, gboolean test_part, GCancellable *cancellable,
            GError **error)
{
  g_auto (Answers) self = { .run = run, .metadata = bs_corpus_metadata (corpus) };
  self.config = bs_train_config_of_run (run, error);
  if (self.config != NULL && run->folds->len == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("has no weights to predict with"));
    g_clear_pointer (&self.config, bs_train_config_free);
  }
  if (self.config == NULL) {
    g_prefix_error (error, "%s: ", bs_run_name (run));
    return NULL;
  }
  const BsClipChoice choice = { test_part, -1 };
  choose_networks (&self, test_part);
  if (bs_train_config_is_fusion (self.config))
    self.branches = bs_branches_new (corpus, self.config, choice, NULL, NULL, cancellable, error);
  else
    self.samples = bs_samples_load (corpus, self.config, choice, NULL, NULL, cancellable, error);
  if ((self.branches == NULL && self.samples == NULL) || !ask_all (&self, cancellable, error))
    return NULL;
  return collect (&self);
}
