/* SPDX-License-Identifier: MIT */
/* Cases from what lies on disk: labels of the metadata beside the rows of a prediction file. */
#include "model/decision/bs-evaluation-set.h"

#include <glib/gi18n.h>

/* What bs_evaluation_set_new_from_arrays() takes, while it is gathered. */
typedef struct {
  gsize n;
  gsize *clip;
  BsLabel *truth;
  gint8 *fold;
  int *actor;
  double (*p)[BS_N_EMOTIONS];
  BsLabel *fixed;
} Gathered;

static void
gather (Gathered *to, const BsMetadata *metadata, const BsPredictions *predictions,
        const BsAlignment *alignment)
{
  for (gsize i = 0; i < alignment->n; i++) {
    const BsClip *clip = bs_metadata_clip (metadata, alignment->clip[i]);
    gsize row = alignment->row[i];
    if (!bs_label_is_known (clip->label))
      continue;
    gsize k = to->n++;
    to->clip[k] = alignment->clip[i];
    to->truth[k] = clip->label;
    to->fold[k] =
      alignment->folds == BS_FOLD_SOURCE_PREDICTIONS ? predictions->folds[row] : clip->fold;
    to->actor[k] = clip->actor;
    if (to->fixed != NULL)
      to->fixed[k] = predictions->decisions[row];
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      to->p[k][e] = predictions->probabilities[row][e];
  }
}

/**
 * bs_evaluation_set_new:
 * @metadata: labels and folds
 * @predictions: what a model said
 * @error: return location for an error
 *
 * Clips without a label or without a prediction are left out and counted. Folds come from one of
 * the two (bs_predictions_align()). Fails where no clip is in common.
 *
 * Returns: (transfer full): the cases, in metadata order; immutable, any thread
 */
BsEvaluationSet *
bs_evaluation_set_new (const BsMetadata *metadata, const BsPredictions *predictions, GError **error)
{
  g_autoptr (BsAlignment) alignment = bs_predictions_align (predictions, metadata, error);
  if (alignment == NULL)
    return NULL;
  gboolean decisions = predictions->kind == BS_PREDICTIONS_DECISIONS;
  g_autofree gsize *clip = g_new (gsize, alignment->n);
  g_autofree BsLabel *truth = g_new (BsLabel, alignment->n);
  g_autofree gint8 *fold = g_new (gint8, alignment->n);
  g_autofree int *actor = g_new (int, alignment->n);
  g_autofree double (*p)[BS_N_EMOTIONS] = g_malloc_n (alignment->n, sizeof *p);
  g_autofree BsLabel *fixed = decisions ? g_new (BsLabel, alignment->n) : NULL;
  Gathered all = { 0, clip, truth, fold, actor, p, fixed };
  gather (&all, metadata, predictions, alignment);
  if (all.n == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 _ ("none of the %zu predicted clips has a label in the metadata"), alignment->n);
    return NULL;
  }
  BsEvaluationSet *self = bs_evaluation_set_new_from_arrays (
    all.n, truth, fold, actor, (const double (*)[BS_N_EMOTIONS]) p, fixed);
  for (gsize i = 0; i < all.n; i++)
    self->clip[i] = clip[i];
  self->n_without_prediction = alignment->n_without_prediction;
  self->n_without_metadata = alignment->n_without_metadata;
  self->n_other_fold = alignment->n_other_fold;
  self->fold_source = alignment->folds;
  if (alignment->folds == BS_FOLD_SOURCE_PREDICTIONS)
    self->fold_names = g_strdupv (predictions->fold_names);
  else
    self->fold_names = g_strdupv ((char **) bs_metadata_fold_names (metadata));
  self->n_folds = MAX (self->n_folds, (gsize) bs_metadata_n_folds (metadata));
  self->n_actors = bs_metadata_n_actors (metadata);
  return self;
}
