/* SPDX-License-Identifier: MIT */
/* What a fold's training makes: scalers and a network; and what they say of clips. */
#include "model/training/bs-classifier-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "model/features/bs-batch-loader.h"
#include "model/numeric/bs-blas-start.h"

#define BATCH_SAMPLES 32

/**
 * bs_classifier_new:
 * @head: what the outputs mean
 * @scalers: (transfer full): one a modality of @network; the array itself stays the caller's
 * @network: (transfer full): with the head's outputs
 *
 * Returns: (transfer full): a classifier
 */
BsClassifier *
bs_classifier_new (BsHead head, BsScaler **scalers, BsNetwork *network)
{
  bs_blas_start ();
  g_assert (network->n_out == bs_head_n_out (head));
  BsClassifier *self = g_new0 (BsClassifier, 1);
  self->head = head;
  self->n_modalities = network->n_modalities;
  for (guint m = 0; m < self->n_modalities; m++)
    self->scalers[m] = scalers[m];
  self->network = network;
  self->pass = bs_pass_new (network);
  return self;
}

/**
 * bs_classifier_free:
 * @self: (transfer full): a classifier
 */
void
bs_classifier_free (BsClassifier *self)
{
  for (guint m = 0; m < self->n_modalities; m++)
    bs_scaler_free (self->scalers[m]);
  bs_pass_free (self->pass);
  bs_network_free (self->network);
  g_free (self);
}

/**
 * bs_classifier_logits:
 * @self: a classifier
 * @batch: standardised samples
 *
 * Returns: (transfer none): n_sequences x bs_head_n_out(), valid until the next call
 */
const BsReal *
bs_classifier_logits (BsClassifier *self, const BsBatch *batch)
{
  return bs_network_forward (self->network, self->pass, batch, NULL);
}

static BsBatchLoader *
gather_new (const BsClassifier *self, const BsSamples *samples)
{
  BsBatchLoader *gather = bs_batch_loader_new (samples, BATCH_SAMPLES);
  bs_batch_loader_show (gather, self->shown);
  return gather;
}

/* @room where it serves, or room of its own in @own. */
static BsBatchLoader *
choose_gather (const BsClassifier *self, const BsSamples *samples, BsBatchLoader *room,
               BsBatchLoader **own)
{
  if (room != NULL && self->shown == NULL && bs_batch_loader_serves (room, samples, BATCH_SAMPLES))
    return room;
  return *own = gather_new (self, samples);
}

/* The samples of one clip follow each other; its logits are their mean, as the official code
 * averages subsamples. */
static gboolean
add_logits (BsReal *logits, const BsReal *of_sample, gsize n_out)
{
  gboolean is_finite = TRUE;
  for (gsize c = 0; c < n_out; c++) {
    logits[c] += of_sample[c];
    is_finite &= isfinite (of_sample[c]) != 0;
  }
  return is_finite;
}

static gboolean
judge_batch (BsClassifier *self, BsBatchLoader *gather, const BsSamples *of,
             const BsSample *samples, gsize n, const guint32 *places, BsReal *logits,
             BsReal *of_samples, GError **error)
{
  BsBatch batch;
  gsize n_out = self->network->n_out;
  if (!bs_batch_loader_load (gather, self->scalers, samples, n, NULL, &batch, error))
    return FALSE;
  const BsReal *of_batch = bs_classifier_logits (self, &batch);
  for (gsize i = 0; i < n; i++)
    if (!add_logits (logits + places[i] * n_out, of_batch + i * n_out, n_out)) {
      g_set_error (error, BS_ERROR, BS_ERROR_NUMERIC,
                   _ ("the network's output for clip %s is not a number"),
                   of->names[samples[i].clip]);
      return FALSE;
    }
  if (of_samples != NULL)
    memcpy (of_samples, of_batch, n * n_out * sizeof *of_samples);
  return TRUE;
}

/* Divides the sums by the samples of each clip. */
static void
take_means (const guint32 *places, gsize n_samples, BsReal *logits, gsize n, gsize n_out)
{
  g_autofree guint32 *counts = g_new0 (guint32, MAX (n, 1));
  for (gsize i = 0; i < n_samples; i++)
    counts[places[i]]++;
  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < n_out && counts[i] > 1; c++)
      logits[i * n_out + c] /= (BsReal) counts[i];
}

/**
 * bs_classifier_judge:
 * @self: a classifier
 * @samples: features
 * @index: (array length=n): the clips to judge
 * @n: how many
 * @room: (nullable): room for batches of a training, which is used where it is large enough
 * @of_samples: (nullable) (out caller-allocates): logits of each sample of bs_samples_list(), which
 *   are more than @n where every row is one
 * @cancellable: (nullable): looked at before each batch
 * @error: %BS_ERROR_NUMERIC where an output is not a number
 *
 * Returns: (transfer full) (nullable): n x bs_head_n_out() logits
 */
BsReal *
bs_classifier_judge (BsClassifier *self, const BsSamples *samples, const gsize *index, gsize n,
                     BsBatchLoader *room, BsReal *of_samples, GCancellable *cancellable,
                     GError **error)
{
  gsize n_out = self->network->n_out;
  g_autoptr (GArray) list = bs_samples_list (samples, index, n);
  g_autoptr (BsBatchLoader) own = NULL;
  BsBatchLoader *gather = choose_gather (self, samples, room, &own);
  g_autofree BsReal *logits = g_new0 (BsReal, MAX (n, 1) * n_out);
  g_autofree guint32 *places = g_new (guint32, MAX (list->len, 1));
  guint32 place = 0;
  for (guint i = 0; i < list->len; i++) {
    if (i > 0 && g_array_index (list, BsSample, i).row == 0)
      place++;
    places[i] = place;
  }
  for (gsize from = 0; from < list->len; from += BATCH_SAMPLES) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !judge_batch (self, gather, samples, &g_array_index (list, BsSample, from),
                      MIN (BATCH_SAMPLES, list->len - from), places + from, logits,
                      of_samples != NULL ? of_samples + from * n_out : NULL, error))
      return NULL;
  }
  take_means (places, list->len, logits, n, n_out);
  return g_steal_pointer (&logits);
}

/**
 * bs_classifier_latents:
 * @self: a classifier
 * @samples: features, a sample a clip
 * @index: (array length=n): clips
 * @n: how many
 * @cancellable: (nullable): looked at before each batch
 * @error: the reader's
 *
 * What goes into the classification head, which is all that a fusion takes of a frozen branch.
 *
 * Returns: (transfer full) (nullable): n x the latent width
 */
BsMatrix *
bs_classifier_latents (BsClassifier *self, const BsSamples *samples, const gsize *index, gsize n,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) list = bs_samples_list (samples, index, n);
  g_autoptr (BsBatchLoader) gather = gather_new (self, samples);
  g_autoptr (BsMatrix) latents = bs_matrix_new (n, self->network->n_latent);
  g_return_val_if_fail (list->len == n && latents != NULL, NULL);
  for (gsize from = 0; from < n; from += BATCH_SAMPLES) {
    BsBatch batch;
    gsize n_batch = MIN (BATCH_SAMPLES, n - from);
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !bs_batch_loader_load (gather, self->scalers, &g_array_index (list, BsSample, from),
                               n_batch, NULL, &batch, error))
      return NULL;
    bs_classifier_logits (self, &batch);
    memcpy (bs_matrix_row (latents, from), bs_network_latent (self->network, self->pass),
            n_batch * latents->n_cols * sizeof (float));
  }
  return g_steal_pointer (&latents);
}

/**
 * bs_classifier_predictions:
 * @self: a classifier
 * @logits: n x bs_head_n_out()
 * @n: rows
 * @p: (out caller-allocates) (array length=n): six probabilities each, marginals where the head
 *   has others
 * @decisions: (out caller-allocates) (nullable) (array length=n): of a head without thresholds;
 *   unknown labels where the rule decides
 */
void
bs_classifier_predictions (const BsClassifier *self, const BsReal *logits, gsize n,
                           double (*p)[BS_N_EMOTIONS], BsLabel *decisions)
{
  for (gsize i = 0; i < n; i++) {
    const BsReal *row = logits + i * self->network->n_out;
    bs_head_probabilities (self->head, row, p[i]);
    if (decisions != NULL)
      decisions[i] = bs_head_has_thresholds (self->head)
                       ? BS_LABEL_UNKNOWN
                       : bs_head_decide (self->head, row, self->cut);
  }
}
