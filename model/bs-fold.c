/* SPDX-License-Identifier: MIT */
/* One fold: train on the others, choose an epoch and a pair of thresholds, judge it. The three
 * protocols differ only in which clips may be looked at for which choice. */
#include "model/bs-fold.h"

#include <math.h>
#include <string.h>

#include "model/bs-tune.h"

typedef struct {
  BsSide side;
  gsize *index;
  BsLabel *labels;
  gint8 *no_folds; /* zeros: the clips of a side are tuned together */
  int *no_actors;
  double (*p)[BS_N_EMOTIONS];
} Part;

static void
part_clear (Part *self)
{
  g_free (self->index);
  g_free (self->labels);
  g_free (self->no_folds);
  g_free (self->no_actors);
  g_free (self->p);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Part, part_clear)

/* The clips of @fold, or (with @fold < 0) those of neither @not_a nor @not_b. */
static void
part_init (Part *self, const BsFoldData *data, int fold, int not_a, int not_b)
{
  gsize n_rows = data->rows->n_rows, n = 0;
  self->index = g_new (gsize, n_rows);
  self->labels = g_new (BsLabel, n_rows);
  for (gsize i = 0; i < n_rows; i++) {
    int of = data->folds[i];
    if (of < 0 || (fold >= 0 ? of != fold : of == not_a || of == not_b))
      continue;
    self->labels[n] = data->labels[i];
    self->index[n++] = i;
  }
  self->no_folds = g_new0 (gint8, n_rows);
  self->no_actors = g_new0 (int, n_rows);
  self->p = g_malloc0_n (MAX (n, 1), sizeof *self->p);
  self->side = (BsSide){ data->rows, data->targets, self->index, n };
}

static gboolean
check_not_empty (const Part *part, int fold, const char *what, GError **error)
{
  if (part->side.n > 0)
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING, "fold %d: there are no clips to %s", fold, what);
  return FALSE;
}

static BsCases *
make_cases (const Part *part)
{
  return bs_cases_new_from_arrays (part->side.n, part->labels, part->no_folds, part->no_actors,
                                   (const double (*)[BS_N_EMOTIONS]) part->p, NULL);
}

static BsPair
tune (const Part *part)
{
  g_autoptr (BsCases) cases = make_cases (part);
  BsOptimum optimum = { 0 };
  bs_tune_fold (cases, 0, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &optimum);
  BsPair pair = optimum.pair;
  bs_optimum_clear (&optimum);
  return pair;
}

static BsTally
judge (const Part *part, BsPair pair)
{
  g_autoptr (BsCases) cases = make_cases (part);
  g_autoptr (BsFigures) figures = bs_figures_new (cases);
  BsThresholds thresholds;
  bs_thresholds_set_all (&thresholds, pair);
  bs_figures_compute (figures, cases, &thresholds);
  return figures->pooled;
}

/* The best epoch so far. */
typedef struct {
  int epoch;
  double score;
  BsPair pair;
  BsReal *values; /* (nullable): the network's, where they are kept */
} Best;

static void
best_clear (Best *self)
{
  g_free (self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Best, best_clear)

/* One epoch of training and judging; fills the row of the history. */
static gboolean
run_epoch (const BsFoldPlan *plan, BsTrainer *trainer, Part *train, Part *held_out, BsEpoch *row,
           GCancellable *cancellable, GError **error)
{
  if (!bs_trainer_epoch (trainer, &train->side, &row->train_loss, cancellable, error) ||
      !bs_trainer_validate (trainer, &held_out->side, held_out->p, &row->validation_loss,
                            cancellable, error))
    return FALSE;
  Part *tuned_on = held_out;
  if (plan->select == BS_SELECT_PAPER_000) {
    tuned_on = train;
    if (!bs_trainer_validate (trainer, &train->side, train->p, NULL, cancellable, error))
      return FALSE;
  }
  BsPair pair = tune (tuned_on);
  BsTally tally = judge (held_out, pair);
  row->alpha = pair.alpha;
  row->beta = pair.beta;
  row->acc_presence = bs_tally_presence (&tally);
  row->acc_salience = bs_tally_salience (&tally);
  return TRUE;
}

/* Trains and keeps the first epoch with the best score on @held_out (trainer.py). */
static gboolean
select_epoch (const BsFoldPlan *plan, BsTrainer *trainer, Part *train, Part *held_out,
              gboolean keep_values, Best *best, BsEpochFunc on_epoch, gpointer user_data,
              GCancellable *cancellable, GError **error)
{
  const BsNetwork *network = bs_trainer_classifier (trainer)->network;
  best->score = -1;
  for (int epoch = 1; epoch <= plan->n_epochs; epoch++) {
    BsEpoch row = { .fold = plan->fold, .epoch = epoch };
    if (!run_epoch (plan, trainer, train, held_out, &row, cancellable, error)) {
      g_prefix_error (error, "fold %d, epoch %d: ", plan->fold, epoch);
      return FALSE;
    }
    double score = 0.5 * row.acc_presence + 0.5 * row.acc_salience;
    if (score > best->score) {
      best->score = score;
      best->epoch = epoch;
      best->pair = (BsPair){ row.alpha, row.beta };
      if (keep_values) {
        if (best->values == NULL)
          best->values = g_new (BsReal, network->n_values);
        memcpy (best->values, network->values, network->n_values * sizeof (BsReal));
      }
    }
    if (on_epoch != NULL)
      on_epoch (&row, user_data);
    if (plan->patience > 0 && epoch - best->epoch >= plan->patience)
      break;
  }
  return TRUE;
}

static BsFoldOutcome *
make_outcome (const BsFoldPlan *plan, const Best *best, BsTrainer *trainer, Part *train,
              Part *held_out, GCancellable *cancellable, GError **error)
{
  if (!bs_trainer_validate (trainer, &held_out->side, held_out->p, NULL, cancellable, error) ||
      !bs_trainer_validate (trainer, &train->side, train->p, NULL, cancellable, error))
    return NULL;
  BsFoldOutcome *self = g_new0 (BsFoldOutcome, 1);
  self->fold = plan->fold;
  self->best_epoch = best->epoch;
  self->alpha = best->pair.alpha;
  self->beta = best->pair.beta;
  self->classifier = bs_trainer_steal_classifier (trainer);
  self->n = held_out->side.n;
  self->index = g_steal_pointer (&held_out->index);
  self->p = g_steal_pointer (&held_out->p);
  self->n_train = train->side.n;
  self->train_index = g_steal_pointer (&train->index);
  self->train_p = g_steal_pointer (&train->p);
  return self;
}

/* official and paper-000: the reported fold chooses the epoch, and the best weights are kept. */
static BsFoldOutcome *
train_once (const BsFoldData *data, const BsFoldPlan *plan, BsEpochFunc on_epoch,
            gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_auto (Part) held_out = { 0 };
  g_auto (Part) train = { 0 };
  part_init (&held_out, data, plan->fold, -1, -1);
  part_init (&train, data, -1, plan->fold, plan->fold);
  if (!check_not_empty (&held_out, plan->fold, "report on", error) ||
      !check_not_empty (&train, plan->fold, "train on", error))
    return NULL;
  g_autoptr (BsTrainer) trainer = bs_trainer_new (&train.side, &plan->options);
  g_auto (Best) best = { 0 };
  if (!select_epoch (plan, trainer, &train, &held_out, TRUE, &best, on_epoch, user_data,
                     cancellable, error))
    return NULL;
  BsNetwork *network = bs_trainer_classifier (trainer)->network;
  memcpy (network->values, best.values, network->n_values * sizeof (BsReal));
  return make_outcome (plan, &best, trainer, &train, &held_out, cancellable, error);
}

/* The next fold that has clips, going round. */
static int
inner_fold (const BsFoldData *data, int fold)
{
  for (int step = 1; step < data->n_folds; step++) {
    int next = (fold + step) % data->n_folds;
    for (gsize i = 0; i < data->rows->n_rows; i++)
      if (data->folds[i] == next)
        return next;
  }
  return fold;
}

/* honest, first half: epoch and thresholds from the inner fold; the reported one is not seen. */
static gboolean
choose_inside (const BsFoldData *data, const BsFoldPlan *plan, Best *best, BsEpochFunc on_epoch,
               gpointer user_data, GCancellable *cancellable, GError **error)
{
  int inner = inner_fold (data, plan->fold);
  g_auto (Part) held_out = { 0 };
  g_auto (Part) train = { 0 };
  part_init (&held_out, data, inner, -1, -1);
  part_init (&train, data, -1, plan->fold, inner);
  if (inner == plan->fold || train.side.n == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 "fold %d: the honest protocol needs clips in at least three folds", plan->fold);
    return FALSE;
  }
  BsTrainerOptions options = plan->options;
  options.seed = bs_random_derive (options.seed, "inner");
  g_autoptr (BsTrainer) trainer = bs_trainer_new (&train.side, &options);
  return select_epoch (plan, trainer, &train, &held_out, FALSE, best, on_epoch, user_data,
                       cancellable, error);
}

static BsFoldOutcome *
train_honest (const BsFoldData *data, const BsFoldPlan *plan, BsEpochFunc on_epoch,
              gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_auto (Part) held_out = { 0 };
  g_auto (Part) train = { 0 };
  part_init (&held_out, data, plan->fold, -1, -1);
  part_init (&train, data, -1, plan->fold, plan->fold);
  if (!check_not_empty (&held_out, plan->fold, "report on", error))
    return NULL;
  g_auto (Best) best = { 0 };
  if (!choose_inside (data, plan, &best, on_epoch, user_data, cancellable, error))
    return NULL;
  g_autoptr (BsTrainer) trainer = bs_trainer_new (&train.side, &plan->options);
  for (int epoch = 1; epoch <= best.epoch; epoch++) {
    double loss = 0;
    if (!bs_trainer_epoch (trainer, &train.side, &loss, cancellable, error)) {
      g_prefix_error (error, "fold %d, epoch %d of training again: ", plan->fold, epoch);
      return NULL;
    }
  }
  return make_outcome (plan, &best, trainer, &train, &held_out, cancellable, error);
}

/**
 * bs_fold_train:
 * @data: what all folds share
 * @plan: what to do
 * @on_epoch: (nullable) (scope call): told each epoch that takes part in the choice
 * @user_data: for @on_epoch
 * @cancellable: (nullable): looked at before each batch
 * @error: %BS_ERROR_MISSING where a side has no clips, %BS_ERROR_NUMERIC where the training
 *   left the numbers
 *
 * Trains one fold. The honest protocol trains twice, and tells the epochs of its first
 * training, the one that chooses. Any thread; folds may be trained side by side.
 *
 * Returns: (transfer full): the fold's network and what it says
 */
BsFoldOutcome *
bs_fold_train (const BsFoldData *data, const BsFoldPlan *plan, BsEpochFunc on_epoch,
               gpointer user_data, GCancellable *cancellable, GError **error)
{
  if (plan->select == BS_SELECT_HONEST)
    return train_honest (data, plan, on_epoch, user_data, cancellable, error);
  return train_once (data, plan, on_epoch, user_data, cancellable, error);
}

/**
 * bs_fold_outcome_free:
 * @self: (transfer full): an outcome
 */
void
bs_fold_outcome_free (BsFoldOutcome *self)
{
  g_clear_pointer (&self->classifier, bs_classifier_free);
  g_free (self->index);
  g_free (self->p);
  g_free (self->train_index);
  g_free (self->train_p);
  g_free (self);
}
