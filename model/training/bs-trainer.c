/* SPDX-License-Identifier: MIT */
/* The training loop: the official one (blemore-common, trainer/trainer.py and main.py), which is
 * the attention-fusion paper's too (4.5) but for the rate that decays. */
#include "model/training/bs-trainer.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "model/features/bs-batch-loader.h"
#include "model/network/bs-fused-linear-adam.h"

struct _BsTrainer {
  BsTrainerOptions options;
  BsClassifier *classifier;
  BsAdam *adam;
  BsFusedLinearAdam *wide; /* (nullable): runs the first layer where it is worth it */
  BsRandom random;
  BsBatchLoader *gather;
  int epoch; /* epochs begun */
  gboolean is_open; /* the last one was restored and goes on */
  BsRandom at_start; /* before the last one was shuffled */
  gsize n_samples; /* of it, those trained on */
  gsize n_batches;
  BsLossTerms sum; /* over its batches */
  GArray *list; /* of BsSample: an epoch's, in its order */
  BsReal *d_logits; /* batch_size x n_out */
  BsLabel *labels; /* of a batch */
};

static double
scheduled_rate (const BsTrainerOptions *options, int epoch)
{
  double end = options->learning_rate_end;
  if (end <= 0 || options->n_epochs < 2)
    return options->learning_rate;
  double done = MIN (1.0, (double) (epoch - 1) / (double) (options->n_epochs - 1));
  return end + (options->learning_rate - end) * 0.5 * (1 + cos (G_PI * done));
}

/**
 * bs_trainer_new:
 * @side: what the scalers are fitted to; at least one clip
 * @options: what decides the training
 * @error: %BS_ERROR_VALUE where no such network can be built
 *
 * Fits the scalers and draws the starting weights.
 *
 * Returns: (transfer full) (nullable): a trainer before its first epoch
 */
BsTrainer *
bs_trainer_new (const BsSubset *side, const BsTrainerOptions *options, GError **error)
{
  BsNetwork *network = bs_network_new (&options->network, error);
  if (network == NULL)
    return NULL;
  BsTrainer *self = g_new0 (BsTrainer, 1);
  BsScaler *scalers[BS_BATCH_MAX_MODALITIES];
  self->options = *options;
  bs_random_init (&self->random, options->seed);
  bs_network_init (network, &self->random);
  for (guint m = 0; m < side->samples->n_modalities; m++)
    scalers[m] = bs_samples_fit_scaler (side->samples, m, side->index, side->n);
  self->classifier = bs_classifier_new (options->head, scalers, network);
  self->adam =
    bs_adam_new (network->values, network->n_values, options->learning_rate, options->weight_decay);
  if (side->samples->form == BS_SAMPLES_VECTORS && bs_fused_linear_adam_serves (network))
    self->wide = bs_fused_linear_adam_new (network, self->adam, options->batch_size);
  self->gather = bs_batch_loader_new (side->samples, options->batch_size);
  self->d_logits = g_new (BsReal, options->batch_size * network->n_out);
  self->labels = g_new (BsLabel, options->batch_size);
  return self;
}

/**
 * bs_trainer_free:
 * @self: (transfer full): a trainer
 */
void
bs_trainer_free (BsTrainer *self)
{
  g_clear_pointer (&self->wide, bs_fused_linear_adam_free);
  bs_adam_free (self->adam);
  g_clear_pointer (&self->classifier, bs_classifier_free);
  bs_batch_loader_free (self->gather);
  g_clear_pointer (&self->list, g_array_unref);
  g_free (self->d_logits);
  g_free (self->labels);
  g_free (self);
}

/**
 * bs_trainer_classifier:
 * @self: a trainer
 *
 * Returns: (transfer none): scalers and network as they stand
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
 * Its memory for batches is given back, so that a training of many folds needs no more of it than
 * those that are at work.
 *
 * Returns: (transfer full): scalers and network as they stand
 */
BsClassifier *
bs_trainer_steal_classifier (BsTrainer *self)
{
  bs_pass_trim (self->classifier->pass);
  return g_steal_pointer (&self->classifier);
}

/**
 * bs_trainer_learning_rate:
 * @self: a trainer
 *
 * Returns: the rate of the epoch that was begun last
 */
double
bs_trainer_learning_rate (const BsTrainer *self)
{
  return self->adam->learning_rate;
}

/* As a run stores them. */
static void
digest_numbers (GChecksum *checksum, const BsScaler *scaler, const double *numbers)
{
  g_autofree float *narrow = g_new (float, scaler->n);
  for (gsize c = 0; c < scaler->n; c++)
    narrow[c] = (float) numbers[c];
  if (scaler->is_wide)
    g_checksum_update (checksum, (const guchar *) numbers, (gssize) (scaler->n * sizeof (double)));
  else
    g_checksum_update (checksum, (const guchar *) narrow, (gssize) (scaler->n * sizeof (float)));
}

static void
digest_scalers (const BsClassifier *classifier, char digest[65])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint m = 0; m < classifier->n_modalities; m++) {
    const BsScaler *scaler = classifier->scalers[m];
    digest_numbers (checksum, scaler, scaler->mean);
    digest_numbers (checksum, scaler, scaler->scale);
  }
  g_strlcpy (digest, g_checksum_get_string (checksum), 65);
}

/**
 * bs_trainer_get_state:
 * @self: a trainer, between two calls, also after one that was cancelled
 * @state: (out caller-allocates): all that the next step depends on; borrows from @self, until its
 *   next call. It says that the last epoch is over: after a cancelled one the caller opens it.
 */
void
bs_trainer_get_state (const BsTrainer *self, BsTrainerState *state)
{
  *state = (BsTrainerState){
    .epoch = self->epoch,
    .n_samples = self->n_samples,
    .n_batches = self->n_batches,
    .loss = self->sum,
    .n_steps = self->adam->n_steps,
    .at_start = self->at_start,
    .random = self->random,
    .n_values = self->adam->n_values,
    .values = self->adam->values,
    .first = self->adam->first,
    .second = self->adam->second,
  };
  digest_scalers (self->classifier, state->features);
}

/**
 * bs_trainer_set_state:
 * @self: a trainer before its first epoch, with the options and the samples of the one whose
 *   state it gets
 * @state: (transfer none): what bs_trainer_get_state() gave; copied
 * @error: %BS_ERROR_VALUE where it is of other features
 *
 * Returns: whether the training goes on from @state
 */
gboolean
bs_trainer_set_state (BsTrainer *self, const BsTrainerState *state, GError **error)
{
  BsAdam *adam = self->adam;
  char features[65];
  digest_scalers (self->classifier, features);
  if (state->n_values != adam->n_values || strcmp (state->features, features) != 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("was trained on other features than the corpus has now"));
    return FALSE;
  }
  memcpy (adam->values, state->values, adam->n_values * sizeof (BsReal));
  if (state->first != NULL) {
    memcpy (adam->first, state->first, adam->n_values * sizeof (BsReal));
    memcpy (adam->second, state->second, adam->n_values * sizeof (BsReal));
  }
  adam->n_steps = state->n_steps;
  self->epoch = state->epoch;
  self->is_open = state->is_open;
  self->n_samples = state->n_samples;
  self->n_batches = state->n_batches;
  self->sum = state->loss;
  self->at_start = state->at_start;
  self->random = state->random;
  return TRUE;
}

static void
note_labels (BsTrainer *self, const BsSubset *side, const BsSample *samples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    self->labels[i] = side->labels[samples[i].clip];
}

/* Begins from the same order every time, so that the generator alone is the state. */
static void
shuffle (BsTrainer *self, const BsSubset *side)
{
  g_autoptr (GArray) list = bs_samples_list (side->samples, side->index, side->n);
  g_autofree guint32 *order = g_new (guint32, list->len);
  for (guint i = 0; i < list->len; i++)
    order[i] = i;
  bs_random_shuffle (&self->random, order, list->len);
  g_clear_pointer (&self->list, g_array_unref);
  self->list = g_array_sized_new (FALSE, FALSE, sizeof (BsSample), list->len);
  for (guint i = 0; i < list->len; i++)
    g_array_append_val (self->list, g_array_index (list, BsSample, order[i]));
}

static gboolean
check_loss (const BsTrainer *self, double loss, GError **error)
{
  if (isfinite (loss))
    return TRUE;
  char rate[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (rate, sizeof rate, "%g", self->adam->learning_rate);
  g_set_error (
    error, BS_ERROR, BS_ERROR_NUMERIC,
    _ ("the loss is not a finite number any more after %ju steps; a learning rate below %s "
       "may help"),
    (uintmax_t) self->adam->n_steps, rate);
  return FALSE;
}

static void
add_loss (BsLossTerms *sum, const BsLossTerms *terms, double share)
{
  sum->total += terms->total * share;
  sum->kl += terms->kl * share;
  sum->bce += terms->bce * share;
  sum->rank += terms->rank * share;
}

/* Samples of the batch that begins at @from, 0 at the end of the epoch. */
static gsize
batch_size_at (const BsTrainer *self, gsize from)
{
  gsize n_least = self->options.network.has_batch_norm ? 2 : 1;
  return from + n_least <= self->list->len ? MIN (self->options.batch_size, self->list->len - from)
                                           : 0;
}

static gboolean
gather_at (BsTrainer *self, gsize from, gsize n, BsBatch *batch, GError **error)
{
  return bs_batch_loader_load (self->gather, self->classifier->scalers,
                               &g_array_index (self->list, BsSample, from), n, &self->random, batch,
                               error);
}

static guint
share (const BsTrainer *self)
{
  return self->options.cores != NULL ? bs_thread_budget_share (self->options.cores) : 1;
}

/* A step through all layers by the batch that was gathered. */
static void
step_all (BsTrainer *self, const BsBatch *batch)
{
  BsClassifier *classifier = self->classifier;
  bs_adam_begin_step (self->adam);
  bs_network_backward (classifier->network, classifier->pass, batch, self->d_logits, bs_adam_take,
                       self->adam);
}

/* The same where the wide layer has the batch, and takes the next one in the same pass over its
 * weights. */
static gboolean
step_wide (BsTrainer *self, gsize next, GError **error)
{
  BsClassifier *classifier = self->classifier;
  gsize n_next = batch_size_at (self, next);
  BsBatch batch = { 0 };
  bs_adam_begin_step (self->adam);
  const BsReal *d_first = bs_network_backward_rest (classifier->network, classifier->pass,
                                                    self->d_logits, bs_adam_take, self->adam);
  if (n_next > 0 && !gather_at (self, next, n_next, &batch, error))
    return FALSE;
  bs_fused_linear_adam_step (self->wide, d_first, batch.modalities[0].rows, n_next, share (self));
  return TRUE;
}

static gboolean
step (BsTrainer *self, const BsSubset *side, GError **error)
{
  gsize from = self->n_samples;
  BsClassifier *classifier = self->classifier;
  const BsNetwork *network = classifier->network;
  gsize n = batch_size_at (self, from);
  const BsReal *logits = NULL;
  BsBatch batch;
  bs_pass_set_threads (classifier->pass, share (self));
  note_labels (self, side, &g_array_index (self->list, BsSample, from), n);
  if (self->wide != NULL) {
    bs_fused_linear_adam_output (self->wide,
                                 bs_network_first_output (network, classifier->pass, n));
    logits = bs_network_forward_rest (network, classifier->pass, &self->random);
  } else {
    if (!gather_at (self, from, n, &batch, error))
      return FALSE;
    logits = bs_network_forward (network, classifier->pass, &batch, &self->random);
  }
  BsLossTerms loss = bs_head_loss (classifier->head, &self->options.objective, logits, self->labels,
                                   n, self->d_logits);
  if (!check_loss (self, loss.total, error))
    return FALSE;
  if (self->wide == NULL)
    step_all (self, &batch);
  else if (!step_wide (self, from + n, error))
    return FALSE;
  add_loss (&self->sum, &loss, 1);
  self->n_samples += n;
  self->n_batches++;
  return TRUE;
}

/* The order of an epoch that goes on is that of its start, drawn again. */
static void
begin_epoch (BsTrainer *self, const BsSubset *side)
{
  BsRandom now = self->random;
  if (self->is_open)
    self->random = self->at_start;
  else {
    self->epoch++;
    self->at_start = self->random;
    self->n_samples = self->n_batches = 0;
    self->sum = (BsLossTerms){ 0 };
  }
  shuffle (self, side);
  if (self->is_open)
    self->random = now;
  self->is_open = FALSE;
  self->adam->learning_rate = scheduled_rate (&self->options, self->epoch);
}

/**
 * bs_trainer_epoch:
 * @self: a trainer
 * @side: the clips to train on
 * @loss: (out): means over the batches, each before its step
 * @cancellable: (nullable): looked at before each batch
 * @error: %BS_ERROR_NUMERIC where the loss left the numbers, and the reader's
 *
 * Goes over the samples once (over the rest of them where the state that was set lies within an
 * epoch), in a new order, the last batch being what remains; a last batch of
 * a single sample is left out where the network normalises by batch, which needs two.
 *
 * Returns: whether the epoch was completed
 */
gboolean
bs_trainer_epoch (BsTrainer *self, const BsSubset *side, BsLossTerms *loss,
                  GCancellable *cancellable, GError **error)
{
  BsBatch first;
  begin_epoch (self, side);
  gsize n_first = batch_size_at (self, self->n_samples);
  if (self->wide != NULL && n_first > 0) {
    if (!gather_at (self, self->n_samples, n_first, &first, error))
      return FALSE;
    bs_fused_linear_adam_begin (self->wide, first.modalities[0].rows, n_first);
  }
  while (batch_size_at (self, self->n_samples) > 0)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !step (self, side, error))
      return FALSE;
  *loss = (BsLossTerms){ 0 };
  add_loss (loss, &self->sum, 1.0 / (double) MAX (self->n_batches, 1));
  return TRUE;
}

/* The unweighted mean of the losses of batches (trainer.py, validate), which are of rows where
 * every row is a sample. */
static double
mean_loss (BsTrainer *self, const BsSubset *side, const BsSample *samples, const BsReal *logits,
           gsize n_samples)
{
  const BsClassifier *classifier = self->classifier;
  double sum = 0;
  gsize n_batches = 0;
  for (gsize from = 0; from < n_samples; from += self->options.batch_size) {
    gsize n = MIN (self->options.batch_size, n_samples - from);
    note_labels (self, side, samples + from, n);
    sum += bs_head_loss (classifier->head, &self->options.objective,
                         logits + from * classifier->network->n_out, self->labels, n, NULL)
             .total;
    n_batches++;
  }
  return sum / (double) MAX (n_batches, 1);
}

/**
 * bs_trainer_validate:
 * @self: a trainer
 * @side: the clips to try
 * @loss: (out) (optional): unweighted mean of the losses of batches of samples, in their order: of
 *   clips, or of rows before a clip's logits are averaged
 * @cancellable: (nullable): looked at before each batch
 * @error: %BS_ERROR_NUMERIC where the network's output is not a number, and the reader's
 *
 * Returns: (transfer full) (nullable): side->n x bs_head_n_out() logits
 */
BsReal *
bs_trainer_validate (BsTrainer *self, const BsSubset *side, double *loss, GCancellable *cancellable,
                     GError **error)
{
  BsClassifier *classifier = self->classifier;
  g_autoptr (GArray) list =
    loss != NULL ? bs_samples_list (side->samples, side->index, side->n) : NULL;
  g_autofree BsReal *of_samples =
    loss != NULL ? g_new (BsReal, MAX (list->len, 1) * classifier->network->n_out) : NULL;
  g_autofree BsReal *logits = bs_classifier_judge (classifier, side->samples, side->index, side->n,
                                                   self->gather, of_samples, cancellable, error);
  if (logits == NULL)
    return NULL;
  if (loss != NULL) {
    *loss = mean_loss (self, side, (const BsSample *) list->data, of_samples, list->len);
    if (!check_loss (self, *loss, error))
      return NULL;
  }
  return g_steal_pointer (&logits);
}
