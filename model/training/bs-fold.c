/* SPDX-License-Identifier: MIT */
/* One fold: train on the others, choose an epoch and a pair of thresholds, judge it. The three
 * protocols differ only in which clips may be looked at for which choice. */
#include "model/training/bs-fold.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/corpus/bs-fold-names.h"
#include "model/decision/bs-tune.h"
#include "model/training/bs-fold-progress.h"

typedef struct {
  BsSubset side;
  gsize *index;
  BsLabel *labels;
  gint8 *no_folds; /* zeros: the clips of a side are tuned together */
  int *no_actors;
  double (*p)[BS_N_EMOTIONS];
  BsLabel *decisions; /* (nullable): of a head without thresholds */
} FoldSubset;

static void
part_clear (FoldSubset *self)
{
  g_free (self->index);
  g_free (self->labels);
  g_free (self->no_folds);
  g_free (self->no_actors);
  g_free (self->p);
  g_free (self->decisions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FoldSubset, part_clear)

/* The clips of @fold, or (with @fold < 0) those of neither @not_a nor @not_b. */
static void
part_init (FoldSubset *self, const BsFoldData *data, int fold, int not_a, int not_b)
{
  gsize n_all = data->samples->n, n = 0;
  self->index = g_new (gsize, n_all);
  self->labels = g_new (BsLabel, n_all);
  for (gsize i = 0; i < n_all; i++) {
    int of = data->folds[i];
    if (of < 0 || (fold >= 0 ? of != fold : of == not_a || of == not_b))
      continue;
    self->labels[n] = data->labels[i];
    self->index[n++] = i;
  }
  self->no_folds = g_new0 (gint8, n_all);
  self->no_actors = g_new0 (int, n_all);
  self->p = g_malloc0_n (MAX (n, 1), sizeof *self->p);
  self->side = (BsSubset){ data->samples, data->labels, self->index, n };
}

/* Fills in what the network says of the clips of @part. Where a share is regressed, its cut may
 * first be chosen on the same clips, like a threshold. */
static gboolean
ask (BsTrainer *trainer, FoldSubset *subset, gboolean may_tune, double *loss,
     GCancellable *cancellable, GError **error)
{
  BsClassifier *classifier = bs_trainer_classifier (trainer);
  g_autofree BsReal *logits =
    bs_trainer_validate (trainer, &subset->side, loss, cancellable, error);
  if (logits == NULL)
    return FALSE;
  /* As float32, which a run keeps, so that a stored run repeats its own decisions. */
  if (may_tune && classifier->head == BS_HEAD_SALIENCE)
    classifier->cut = (float) bs_head_tune_cut (logits, subset->labels, subset->side.n);
  if (!bs_head_has_thresholds (classifier->head) && subset->decisions == NULL)
    subset->decisions = g_new (BsLabel, MAX (subset->side.n, 1));
  bs_classifier_predictions (classifier, logits, subset->side.n, subset->p, subset->decisions);
  return TRUE;
}

static gboolean
check_not_empty (const FoldSubset *subset, const BsFoldJob *plan, gboolean is_held_out,
                 GError **error)
{
  if (subset->side.n > 0)
    return TRUE;
  g_autofree char *name = bs_fold_name_dup_visible (plan->fold_names, plan->fold);
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
               is_held_out ? _ ("fold %s: there are no clips to report on")
                           : _ ("fold %s: there are no clips to train on"),
               name);
  return FALSE;
}

static BsEvaluationSet *
make_cases (const FoldSubset *subset)
{
  /* Decisions that a head has made are judged as they are; its shares are for the eye alone. */
  const double (*p)[BS_N_EMOTIONS] =
    subset->decisions == NULL ? (const double (*)[BS_N_EMOTIONS]) subset->p : NULL;
  return bs_evaluation_set_new_from_arrays (subset->side.n, subset->labels, subset->no_folds,
                                            subset->no_actors, p, subset->decisions);
}

/* Thresholds that are best for what the network says of @part; without thresholds, any. */
static BsThresholdPair
tune (const FoldSubset *subset)
{
  if (subset->decisions != NULL)
    return BS_THRESHOLD_PAIR_DEFAULT;
  g_autoptr (BsEvaluationSet) cases = make_cases (subset);
  BsOptimum optimum = { 0 };
  bs_tune_fold (cases, 0, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &optimum);
  BsThresholdPair pair = optimum.pair;
  bs_optimum_clear (&optimum);
  return pair;
}

static BsCounts
judge (const FoldSubset *subset, BsThresholdPair pair)
{
  g_autoptr (BsEvaluationSet) cases = make_cases (subset);
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  BsThresholds thresholds;
  bs_thresholds_set_all (&thresholds, pair);
  bs_metrics_compute (metrics, cases, &thresholds);
  return metrics->pooled;
}

/* One epoch of training and judging; fills the row of the history. */
static gboolean
run_epoch (const BsFoldJob *plan, BsTrainer *trainer, FoldSubset *train, FoldSubset *held_out,
           BsEpoch *row, GCancellable *cancellable, GError **error)
{
  BsLossTerms loss;
  FoldSubset *tuned_on = plan->select == BS_SELECTION_PROTOCOL_PAPER_000 ? train : held_out;
  if (!bs_trainer_epoch (trainer, &train->side, &loss, cancellable, error) ||
      (tuned_on == train && !ask (trainer, train, TRUE, NULL, cancellable, error)) ||
      !ask (trainer, held_out, tuned_on == held_out, &row->validation_loss, cancellable, error))
    return FALSE;
  BsThresholdPair pair = tune (tuned_on);
  BsCounts counts = judge (held_out, pair);
  row->train_loss = loss.total;
  row->loss_kl = loss.kl;
  row->loss_bce = loss.bce;
  row->loss_rank = loss.rank;
  row->learning_rate = bs_trainer_learning_rate (trainer);
  row->alpha = pair.alpha;
  row->beta = pair.beta;
  row->acc_presence = bs_counts_presence (&counts);
  row->acc_salience = bs_counts_salience (&counts);
  return TRUE;
}

static gboolean
is_chosen (const BsFoldProgress *course)
{
  int patience = course->plan->patience;
  return course->n_epochs >= course->plan->n_epochs ||
         (patience > 0 && course->n_epochs - course->best_epoch >= patience);
}

/* Trains and keeps the first epoch with the best score on @held_out (trainer.py). */
static gboolean
select_epoch (BsFoldProgress *course, BsTrainer *trainer, FoldSubset *train, FoldSubset *held_out,
              gboolean keep_values, GError **error)
{
  const BsFoldJob *plan = course->plan;
  if (!bs_fold_progress_enter (course, BS_STAGE_CHOOSING, trainer, error))
    return FALSE;
  while (!is_chosen (course)) {
    BsEpoch row = { .fold = plan->fold, .epoch = course->n_epochs + 1 };
    if (!run_epoch (plan, trainer, train, held_out, &row, course->cancellable, error)) {
      bs_fold_progress_stop (course, trainer, error);
      g_autofree char *name = bs_fold_name_dup_visible (plan->fold_names, plan->fold);
      g_prefix_error (error, _ ("fold %s, epoch %d: "), name, row.epoch);
      return FALSE;
    }
    double score = 0.5 * row.acc_presence + 0.5 * row.acc_salience;
    bs_fold_progress_note_best (course, &row, score, bs_trainer_classifier (trainer), keep_values);
    if (!bs_fold_progress_end_epoch (course, trainer, &row, error))
      return FALSE;
  }
  return TRUE;
}

static void
prefix_again (const BsFoldJob *plan, int epoch, GError **error)
{
  if (plan->fold == BS_FOLD_ALL_CLIPS) {
    g_prefix_error (error, _ ("all clips, epoch %d: "), epoch);
    return;
  }
  g_autofree char *name = bs_fold_name_dup_visible (plan->fold_names, plan->fold);
  g_prefix_error (error, _ ("fold %s, epoch %d of training again: "), name, epoch);
}

/* Trains for a number of epochs that is settled; the network of all clips tells them. */
static gboolean
train_epochs (BsFoldProgress *course, BsTrainer *trainer, const FoldSubset *train, int n_epochs,
              GError **error)
{
  int fold = course->plan->fold;
  if (!bs_fold_progress_enter (course, BS_STAGE_AGAIN, trainer, error))
    return FALSE;
  while (course->n_epochs < n_epochs) {
    int epoch = course->n_epochs + 1;
    BsLossTerms loss;
    if (!bs_trainer_epoch (trainer, &train->side, &loss, course->cancellable, error)) {
      bs_fold_progress_stop (course, trainer, error);
      prefix_again (course->plan, epoch, error);
      return FALSE;
    }
    BsEpoch row = {
      fold, epoch, loss.total, NAN,      NAN,       NAN,
      NAN,  NAN,   loss.kl,    loss.bce, loss.rank, bs_trainer_learning_rate (trainer)
    };
    if (!bs_fold_progress_end_epoch (course, trainer, fold == BS_FOLD_ALL_CLIPS ? &row : NULL,
                                     error))
      return FALSE;
  }
  return TRUE;
}

static BsFoldPart
steal_part (FoldSubset *subset)
{
  return (BsFoldPart){ subset->side.n, g_steal_pointer (&subset->index),
                       g_steal_pointer (&subset->p), g_steal_pointer (&subset->decisions) };
}

static BsTrainedFold *
make_outcome (const BsFoldProgress *course, BsTrainer *trainer, FoldSubset *train,
              FoldSubset *held_out, GError **error)
{
  bs_trainer_classifier (trainer)->cut = course->best_cut;
  if (!ask (trainer, held_out, FALSE, NULL, course->cancellable, error) ||
      !ask (trainer, train, FALSE, NULL, course->cancellable, error))
    return NULL;
  BsTrainedFold *self = g_new0 (BsTrainedFold, 1);
  self->fold = course->plan->fold;
  self->best_epoch = course->best_epoch;
  self->alpha = course->best_pair.alpha;
  self->beta = course->best_pair.beta;
  self->classifier = bs_trainer_steal_classifier (trainer);
  self->held_out = steal_part (held_out);
  self->train = steal_part (train);
  return self;
}

/* official and paper-000: the reported fold chooses the epoch, and the best weights are kept. */
static BsTrainedFold *
train_once (const BsFoldData *data, BsFoldProgress *course, GError **error)
{
  const BsFoldJob *plan = course->plan;
  g_auto (FoldSubset) held_out = { 0 };
  g_auto (FoldSubset) train = { 0 };
  part_init (&held_out, data, plan->fold, -1, -1);
  part_init (&train, data, -1, plan->fold, plan->fold);
  if (!check_not_empty (&held_out, plan, TRUE, error) ||
      !check_not_empty (&train, plan, FALSE, error))
    return NULL;
  g_autoptr (BsTrainer) trainer = bs_trainer_new (&train.side, &plan->options, error);
  if (trainer == NULL)
    return NULL;
  if (course->stage == BS_STAGE_CHOOSING) {
    if (!select_epoch (course, trainer, &train, &held_out, TRUE, error))
      return NULL;
    BsNetwork *network = bs_trainer_classifier (trainer)->network;
    memcpy (network->values, course->best_values, network->n_values * sizeof (BsReal));
  }
  if (!bs_fold_progress_enter (course, BS_STAGE_DONE, trainer, error))
    return NULL;
  return make_outcome (course, trainer, &train, &held_out, error);
}

/* The next fold that has clips, going round. */
static int
inner_fold (const BsFoldData *data, int fold)
{
  for (int step = 1; step < data->n_folds; step++) {
    int next = (fold + step) % data->n_folds;
    for (gsize i = 0; i < data->samples->n; i++)
      if (data->folds[i] == next)
        return next;
  }
  return fold;
}

/* honest, first half: epoch and thresholds from the inner fold; the reported one is not seen. */
static gboolean
choose_inside (const BsFoldData *data, BsFoldProgress *course, GError **error)
{
  const BsFoldJob *plan = course->plan;
  int inner = inner_fold (data, plan->fold);
  g_auto (FoldSubset) held_out = { 0 };
  g_auto (FoldSubset) train = { 0 };
  part_init (&held_out, data, inner, -1, -1);
  part_init (&train, data, -1, plan->fold, inner);
  if (inner == plan->fold || train.side.n == 0) {
    g_autofree char *name = bs_fold_name_dup_visible (plan->fold_names, plan->fold);
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 _ ("fold %s: the honest protocol needs clips in at least three folds"), name);
    return FALSE;
  }
  BsTrainerOptions options = plan->options;
  options.seed = bs_random_derive (options.seed, "inner");
  g_autoptr (BsTrainer) trainer = bs_trainer_new (&train.side, &options, error);
  return trainer != NULL && select_epoch (course, trainer, &train, &held_out, FALSE, error);
}

static BsTrainedFold *
train_honest (const BsFoldData *data, BsFoldProgress *course, GError **error)
{
  const BsFoldJob *plan = course->plan;
  g_auto (FoldSubset) held_out = { 0 };
  g_auto (FoldSubset) train = { 0 };
  part_init (&held_out, data, plan->fold, -1, -1);
  part_init (&train, data, -1, plan->fold, plan->fold);
  if (!check_not_empty (&held_out, plan, TRUE, error) ||
      (course->stage == BS_STAGE_CHOOSING && !choose_inside (data, course, error)))
    return NULL;
  g_autoptr (BsTrainer) trainer = bs_trainer_new (&train.side, &plan->options, error);
  if (trainer == NULL ||
      (course->stage != BS_STAGE_DONE &&
       !train_epochs (course, trainer, &train, course->best_epoch, error)) ||
      !bs_fold_progress_enter (course, BS_STAGE_DONE, trainer, error))
    return NULL;
  return make_outcome (course, trainer, &train, &held_out, error);
}

/**
 * bs_fold_train:
 * @data: what all folds share
 * @plan: what to do
 * @on_epoch: (nullable) (scope call): told each epoch that takes part in the choice
 * @user_data: for @on_epoch
 * @cancellable: (nullable): looked at before each batch
 * @error: %BS_ERROR_MISSING where a side has no clips, %BS_ERROR_NUMERIC where the
 *   training left the numbers, %BS_ERROR_VALUE where the checkpoint is of other features,
 *   %BS_ERROR_FILE where one cannot be written
 *
 * Trains one fold. The honest protocol trains twice, and tells the epochs of its first
 * training, the one that chooses. One that goes on from a checkpoint does not tell again what the
 * checkpoint's rows say. Any thread; folds may be trained side by side.
 *
 * Returns: (transfer full): the fold's network and what it says
 */
BsTrainedFold *
bs_fold_train (const BsFoldData *data, const BsFoldJob *plan, BsEpochFunc on_epoch,
               gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_auto (BsFoldProgress) course;
  bs_fold_progress_init (&course, plan, on_epoch, user_data, cancellable);
  if (plan->select == BS_SELECTION_PROTOCOL_HONEST)
    return train_honest (data, &course, error);
  return train_once (data, &course, error);
}

/**
 * bs_fold_train_all:
 * @data: what all folds share
 * @plan: what to do; its fold is %BS_FOLD_ALL_CLIPS
 * @on_epoch: (nullable) (scope call): told each epoch, without figures
 * @user_data: for @on_epoch
 * @cancellable: (nullable): looked at before each batch
 * @error: as bs_fold_train()
 *
 * The official test protocol (main.py, run_test): every clip, a given number of epochs, the last
 * one is kept, and the scaler is fitted to all.
 *
 * Returns: (transfer full) (nullable): the network, without thresholds and without a word on
 *   any clip
 */
BsTrainedFold *
bs_fold_train_all (const BsFoldData *data, const BsFoldJob *plan, BsEpochFunc on_epoch,
                   gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_auto (FoldSubset) train = { 0 };
  g_auto (BsFoldProgress) course;
  bs_fold_progress_init (&course, plan, on_epoch, user_data, cancellable);
  part_init (&train, data, -1, -1, -1);
  g_autoptr (BsTrainer) trainer = bs_trainer_new (&train.side, &plan->options, error);
  if (trainer == NULL ||
      (course.stage != BS_STAGE_DONE &&
       !train_epochs (&course, trainer, &train, plan->n_epochs, error)) ||
      !bs_fold_progress_enter (&course, BS_STAGE_DONE, trainer, error))
    return NULL;
  BsTrainedFold *self = g_new0 (BsTrainedFold, 1);
  self->fold = plan->fold;
  self->best_epoch = plan->n_epochs;
  self->classifier = bs_trainer_steal_classifier (trainer);
  return self;
}

static void
fold_part_clear (BsFoldPart *subset)
{
  g_free (subset->index);
  g_free (subset->p);
  g_free (subset->decisions);
}

/**
 * bs_trained_fold_free:
 * @self: (transfer full): an outcome
 */
void
bs_trained_fold_free (BsTrainedFold *self)
{
  g_clear_pointer (&self->classifier, bs_classifier_free);
  fold_part_clear (&self->held_out);
  fold_part_clear (&self->train);
  for (guint b = 0; b < self->n_branches; b++)
    bs_classifier_free (self->branches[b]);
  g_free (self);
}
