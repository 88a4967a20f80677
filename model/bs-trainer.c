/* SPDX-License-Identifier: MIT */
/* The official training loop (blemore-common, trainer/trainer.py and main.py). */
#include "model/bs-trainer.h"

#include <math.h>
#include <string.h>

#include "model/bs-loss.h"
#include "model/bs-wide.h"

struct _BsTrainer {
  BsClassifier *classifier;
  BsAdam *adam;
  BsWide *wide; /* (nullable): runs the first layer where it is worth it */
  BsRandom random;
  gsize batch_size;
  BsReal *d_logits; /* batch_size x 6 */
  float *targets; /* likewise */
  gsize *batch; /* rows of a batch */
  guint32 *order; /* of a side's clips, for shuffling */
  gsize n_order;
};

/**
 * bs_trainer_new:
 * @side: what the scaler is fitted to; at least one clip
 * @options: what decides the training
 *
 * Fits the scaler and draws the starting weights.
 *
 * Returns: (transfer full): a trainer before its first epoch
 */
BsTrainer *
bs_trainer_new (const BsSide *side, const BsTrainerOptions *options)
{
  BsTrainer *self = g_new0 (BsTrainer, 1);
  bs_random_init (&self->random, options->seed);
  BsNetwork *network = bs_network_new_mlp (side->rows->n_cols, options->n_hidden, BS_N_EMOTIONS);
  bs_network_init (network, &self->random);
  self->batch_size = options->batch_size;
  self->adam =
    bs_adam_new (network->values, network->n_values, options->learning_rate, options->weight_decay);
  self->classifier = bs_classifier_new (bs_scaler_fit (side->rows, side->index, side->n), network,
                                        options->batch_size);
  if (bs_wide_serves (network))
    self->wide = bs_wide_new (network, self->adam, options->batch_size);
  self->d_logits = g_new (BsReal, options->batch_size * BS_N_EMOTIONS);
  self->targets = g_new (float, options->batch_size *BS_N_EMOTIONS);
  self->batch = g_new (gsize, options->batch_size);
  return self;
}

/**
 * bs_trainer_free:
 * @self: (transfer full): a trainer
 */
void
bs_trainer_free (BsTrainer *self)
{
  g_clear_pointer (&self->wide, bs_wide_free);
  bs_adam_free (self->adam);
  g_clear_pointer (&self->classifier, bs_classifier_free);
  g_free (self->d_logits);
  g_free (self->targets);
  g_free (self->batch);
  g_free (self->order);
  g_free (self);
}

/**
 * bs_trainer_classifier:
 * @self: a trainer
 *
 * Returns: (transfer none): scaler and network as they stand
 */
BsClassifier *
bs_trainer_classifier (BsTrainer *self)
{
  return self->classifier;
}

/**
 * bs_trainer_steal_classifier:
 * @self: a trainer, which can only be freed afterwards
 *
 * Returns: (transfer full): scaler and network as they stand
 */
BsClassifier *
bs_trainer_steal_classifier (BsTrainer *self)
{
  return g_steal_pointer (&self->classifier);
}

/* A batch's rows; @order is NULL where the clips come as they are. Returns how many. */
static gsize
choose_batch (BsTrainer *self, const BsSide *side, const guint32 *order, gsize from)
{
  gsize n = MIN (self->batch_size, side->n - from);
  for (gsize i = 0; i < n; i++)
    self->batch[i] = side->index[order != NULL ? order[from + i] : from + i];
  return n;
}

/* The loss of the batch chosen. */
static double
loss_of (BsTrainer *self, const BsSide *side, const BsReal *logits, gsize n, BsReal *d_logits)
{
  for (gsize i = 0; i < n; i++)
    memcpy (self->targets + i * BS_N_EMOTIONS, side->targets + self->batch[i] * BS_N_EMOTIONS,
            BS_N_EMOTIONS * sizeof (float));
  return bs_loss_kl (logits, self->targets, n, BS_N_EMOTIONS, d_logits);
}

/* Begins from the same order every time, so that the generator alone is the state. */
static void
shuffle (BsTrainer *self, gsize n)
{
  if (self->n_order != n)
    self->order = g_renew (guint32, self->order, n);
  self->n_order = n;
  for (gsize i = 0; i < n; i++)
    self->order[i] = (guint32) i;
  bs_random_shuffle (&self->random, self->order, n);
}

static gboolean
check_loss (const BsTrainer *self, double loss, GError **error)
{
  if (isfinite (loss))
    return TRUE;
  char rate[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (rate, sizeof rate, "%g", self->adam->learning_rate);
  g_set_error (error, BS_ERROR, BS_ERROR_NUMERIC,
               "the loss is not a finite number any more after %" G_GUINT64_FORMAT
               " steps; a learning rate below %s may help",
               self->adam->n_steps, rate);
  return FALSE;
}

/* Scales the training side's batch that begins at @from, for the wide layer. */
static gsize
scale_next (BsTrainer *self, const BsSide *side, gsize from)
{
  gsize n = choose_batch (self, side, self->order, from);
  bs_classifier_scale (self->classifier, side->rows, self->batch, n);
  return n;
}

/* The logits of the batch chosen, which the wide layer was given a step before. */
static const BsReal *
forward (BsTrainer *self, const BsSide *side, gsize n)
{
  BsClassifier *classifier = self->classifier;
  if (self->wide == NULL)
    return bs_classifier_logits (classifier, side->rows, self->batch, n);
  bs_wide_output (self->wide, bs_pass_first_output (classifier->pass));
  return bs_network_forward_rest (classifier->network, classifier->pass, n);
}

/* One step by the batch of @n clips from @from. */
static void
step (BsTrainer *self, const BsSide *side, gsize from, gsize n)
{
  BsClassifier *classifier = self->classifier;
  bs_adam_begin_step (self->adam);
  if (self->wide == NULL) {
    bs_network_backward (classifier->network, classifier->pass, classifier->batch, self->d_logits,
                         n, bs_adam_take, self->adam);
    return;
  }
  const BsReal *d_first = bs_network_backward_rest (classifier->network, classifier->pass,
                                                    self->d_logits, n, bs_adam_take, self->adam);
  gsize n_next = scale_next (self, side, from + n);
  bs_wide_step (self->wide, d_first, classifier->batch, n_next);
}

/**
 * bs_trainer_epoch:
 * @self: a trainer
 * @side: the clips to train on
 * @loss: (out): unweighted mean of the batches' losses, each before its step
 * @cancellable: (nullable): looked at before each batch
 * @error: %BS_ERROR_NUMERIC where the loss left the numbers
 *
 * Goes over the clips once, in a new order, the last batch being what remains.
 *
 * Returns: whether the epoch was completed
 */
gboolean
bs_trainer_epoch (BsTrainer *self, const BsSide *side, double *loss, GCancellable *cancellable,
                  GError **error)
{
  shuffle (self, side->n);
  double sum = 0;
  gsize n_batches = 0;
  if (self->wide != NULL) {
    gsize n_first = scale_next (self, side, 0);
    bs_wide_begin (self->wide, self->classifier->batch, n_first);
  }
  for (gsize from = 0; from < side->n; from += self->batch_size, n_batches++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    gsize n = choose_batch (self, side, self->order, from);
    double batch_loss = loss_of (self, side, forward (self, side, n), n, self->d_logits);
    if (!check_loss (self, batch_loss, error))
      return FALSE;
    sum += batch_loss;
    step (self, side, from, n);
  }
  *loss = sum / (double) n_batches;
  return TRUE;
}

/**
 * bs_trainer_validate:
 * @self: a trainer
 * @side: the clips to try
 * @p: (out caller-allocates) (array length=side->n): six probabilities each
 * @loss: (out) (optional): unweighted mean of the batches' losses
 * @cancellable: (nullable): looked at before each batch
 * @error: %BS_ERROR_NUMERIC where the network's output is not a number
 *
 * Returns: whether it was done
 */
gboolean
bs_trainer_validate (BsTrainer *self, const BsSide *side, double (*p)[BS_N_EMOTIONS], double *loss,
                     GCancellable *cancellable, GError **error)
{
  double sum = 0;
  gsize n_batches = 0;
  for (gsize from = 0; from < side->n; from += self->batch_size, n_batches++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    gsize n = choose_batch (self, side, NULL, from);
    const BsReal *logits = bs_classifier_logits (self->classifier, side->rows, self->batch, n);
    double batch_loss = loss_of (self, side, logits, n, NULL);
    if (!check_loss (self, batch_loss, error))
      return FALSE;
    sum += batch_loss;
    for (gsize i = 0; i < n; i++)
      bs_softmax (logits + i * BS_N_EMOTIONS, BS_N_EMOTIONS, p[from + i]);
  }
  if (loss != NULL)
    *loss = sum / (double) n_batches;
  return TRUE;
}
