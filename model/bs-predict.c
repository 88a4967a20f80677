/* SPDX-License-Identifier: MIT */
/* What a stored run says of the clips of a corpus. */
#include <string.h>

#include "model/bs-aggregate.h"
#include "model/bs-classifier.h"
#include "model/bs-train.h"

/* Adds @p of one network to the mean kept in @to. */
static void
add_mean (double *to, const double *p, double n_networks)
{
  for (int c = 0; c < BS_N_EMOTIONS; c++)
    to[c] += p[c] / n_networks;
}

/* The rows that fold @k answers for: those it held out, and those that no fold held out, which
 * get the mean of all networks. */
static gsize
rows_of (const gint8 *folds, gsize n, int k, gsize *index)
{
  gsize n_rows = 0;
  for (gsize i = 0; i < n; i++)
    if (folds[i] < 0 || folds[i] == k)
      index[n_rows++] = i;
  return n_rows;
}

static gboolean
add_fold (const BsRun *run, int fold, const BsFeatures *features, const gint8 *folds,
          double (*p)[BS_N_EMOTIONS], GCancellable *cancellable, GError **error)
{
  g_autoptr (BsClassifier) classifier =
    bs_classifier_from_run (run, fold, features->rows->n_cols, error);
  if (classifier == NULL)
    return FALSE;
  g_autofree gsize *index = g_new (gsize, features->n);
  gsize n = rows_of (folds, features->n, fold, index);
  g_autofree double (*of_fold)[BS_N_EMOTIONS] = g_malloc_n (MAX (n, 1), sizeof *of_fold);
  if (!bs_classifier_predict (classifier, features->rows, index, n, of_fold, cancellable, error)) {
    g_prefix_error (error, "fold %d: ", fold);
    return FALSE;
  }
  for (gsize i = 0; i < n; i++)
    add_mean (p[index[i]], of_fold[i], folds[index[i]] < 0 ? run->folds->len : 1);
  return TRUE;
}

static BsPredictions *
collect (BsMetadata *metadata, const BsRun *run, const BsFeatures *features, const gint8 *folds,
         double (*p)[BS_N_EMOTIONS])
{
  gsize n = 0;
  g_autofree gsize *kept = g_new (gsize, features->n);
  for (gsize i = 0; i < features->n; i++)
    if (folds[i] < 0 || bs_run_fold (run, folds[i]) != NULL)
      kept[n++] = i;
  BsPredictions *to = bs_predictions_new (n);
  for (gsize i = 0; i < n; i++) {
    const BsClip *clip = bs_metadata_clip (metadata, features->clips[kept[i]]);
    to->filenames[i] = g_strdup (clip->filename);
    to->folds[i] = folds[kept[i]];
    memcpy (to->probabilities[i], p[kept[i]], sizeof p[0]);
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
 * A clip with a fold is judged by the network that held it out; clips of the test part, and
 * those without a fold, by the mean of the probabilities of all folds' networks (ours; the
 * official code trains once more on everything). Clips of a fold that the run does not have
 * are left out. Any thread.
 *
 * Returns: (transfer full): the predictions, in metadata order
 */
BsPredictions *
bs_predict (BsCorpus *corpus, const BsRun *run, gboolean test_part, GCancellable *cancellable,
            GError **error)
{
  if (run->encoders[0] == NULL || run->folds->len == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, "%s: has no weights to predict with",
                 run->folder != NULL ? run->folder : "the run");
    return NULL;
  }
  g_autoptr (BsFeatures) features = bs_features_load (corpus, (const char *const *) run->encoders,
                                                      test_part, NULL, NULL, cancellable, error);
  if (features == NULL)
    return NULL;
  BsMetadata *metadata = bs_corpus_metadata (corpus);
  g_autofree gint8 *folds = g_new (gint8, features->n);
  for (gsize i = 0; i < features->n; i++)
    folds[i] = test_part ? -1 : bs_metadata_clip (metadata, features->clips[i])->fold;
  g_autofree double (*p)[BS_N_EMOTIONS] = g_malloc0_n (features->n, sizeof *p);
  for (guint k = 0; k < run->folds->len; k++) {
    const BsFoldResult *fold = g_ptr_array_index (run->folds, k);
    if (!add_fold (run, fold->fold, features, folds, p, cancellable, error))
      return NULL;
  }
  return collect (metadata, run, features, folds, p);
}
