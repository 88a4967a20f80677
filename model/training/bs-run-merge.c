/* SPDX-License-Identifier: MIT */
/* A run from trained folds, some of them perhaps of earlier runs. */
#include "model/training/bs-run-merge.h"

#include <string.h>

#include "model/config/bs-departures.h"
#include "model/training/bs-branches.h"

typedef struct {
  int clip; /* index into the metadata; decides the order */
  gint8 fold;
  double p[BS_N_EMOTIONS];
  BsLabel decision; /* unknown where the rule decides */
} Row;

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = a, *y = b;
  return (x->clip > y->clip) - (x->clip < y->clip);
}

static int
compare_epochs (gconstpointer a, gconstpointer b)
{
  const BsEpoch *x = a, *y = b;
  return x->fold != y->fold ? x->fold - y->fold : x->epoch - y->epoch;
}

static int
compare_folds (gconstpointer a, gconstpointer b)
{
  const BsFoldResult *const *x = a, *const *y = b;
  return (*x)->fold - (*y)->fold;
}

static BsPredictions *
make_predictions (const BsMetadata *metadata, GArray *rows)
{
  g_array_sort (rows, compare_rows);
  BsPredictions *to = bs_predictions_new (rows->len);
  if (rows->len > 0 && bs_label_is_known (g_array_index (rows, Row, 0).decision)) {
    to->kind = BS_PREDICTIONS_DECISIONS;
    to->decisions = g_new (BsLabel, rows->len);
  }
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);
    to->filenames[i] = g_strdup (bs_metadata_clip (metadata, (gsize) row->clip)->filename);
    to->folds[i] = row->fold;
    memcpy (to->probabilities[i], row->p, sizeof row->p);
    if (to->decisions != NULL)
      to->decisions[i] = row->decision;
  }
  return to;
}

static void
add_rows (const BsRunMerge *self, GArray *rows, const BsFoldPart *part, gint8 fold)
{
  for (gsize i = 0; i < part->n; i++) {
    Row row = { .clip = (int) self->clips[part->index[i]], .fold = fold };
    memcpy (row.p, part->p[i], sizeof row.p);
    row.decision = part->decisions != NULL ? part->decisions[i] : BS_LABEL_UNKNOWN;
    g_array_append_val (rows, row);
  }
}

static void
add_done_rows (const BsRunMerge *self, GArray *rows, const BsRun *done)
{
  const BsPredictions *from = done->predictions;
  for (gsize i = 0; i < from->n; i++) {
    Row row = {
      .clip = bs_metadata_find (self->metadata, from->filenames[i]),
      .fold = from->folds[i],
      .decision = from->decisions != NULL ? from->decisions[i] : BS_LABEL_UNKNOWN,
    };
    memcpy (row.p, from->probabilities[i], sizeof row.p);
    if (row.clip >= 0)
      g_array_append_val (rows, row);
  }
}

/**
 * bs_fold_result_new:
 * @outcome: what a training has made
 *
 * Returns: (transfer full): its weights and thresholds, as a run keeps them
 */
BsFoldResult *
bs_fold_result_new (const BsTrainedFold *outcome)
{
  BsFoldResult *result = g_new0 (BsFoldResult, 1);
  result->fold = outcome->fold;
  result->best_epoch = outcome->best_epoch;
  result->alpha = outcome->alpha;
  result->beta = outcome->beta;
  result->cut = outcome->classifier->cut;
  result->tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_tensor_free);
  bs_classifier_add_tensors (outcome->classifier, "", result->tensors);
  for (guint b = 0; b < outcome->n_branches; b++) {
    g_autofree char *prefix = bs_branches_dup_prefix (b);
    bs_classifier_add_tensors (outcome->branches[b], prefix, result->tensors);
  }
  return result;
}

static BsFoldResult *
result_of (const BsRunMerge *self, const BsTrainedFold *outcome)
{
  BsFoldResult *result = bs_fold_result_new (outcome);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  add_rows (self, rows, &outcome->train, -1);
  result->train_predictions = make_predictions (self->metadata, rows);
  return result;
}

/* The folds of a run that is continued have their weights in memory. */
static BsFoldResult *
copy_result (const BsFoldResult *from)
{
  BsFoldResult *result = g_new0 (BsFoldResult, 1);
  result->fold = from->fold;
  result->best_epoch = from->best_epoch;
  result->alpha = from->alpha;
  result->beta = from->beta;
  result->cut = from->cut;
  result->tensors = g_ptr_array_ref (from->tensors);
  if (from->train_predictions != NULL)
    result->train_predictions = bs_predictions_ref (from->train_predictions);
  return result;
}

static void
add_done (const BsRunMerge *self, GArray *rows, const BsRun *done, BsRun *run)
{
  add_done_rows (self, rows, done);
  for (guint i = 0; i < done->folds->len; i++)
    g_ptr_array_add (run->folds, copy_result (g_ptr_array_index (done->folds, i)));
  g_array_append_vals (run->history, done->history->data, done->history->len);
  if (done->all != NULL && run->all == NULL)
    run->all = copy_result (done->all);
}

static void
add_folds (const BsRunMerge *self, BsRun *run)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  for (gsize i = 0; i < self->n_outcomes; i++) {
    const BsTrainedFold *outcome = self->outcomes[i];
    add_rows (self, rows, &outcome->held_out, (gint8) outcome->fold);
    g_ptr_array_add (run->folds, result_of (self, outcome));
  }
  if (self->history != NULL)
    g_array_append_vals (run->history, self->history->data, self->history->len);
  for (gsize i = 0; i < self->n_done; i++)
    add_done (self, rows, self->done[i], run);
  g_ptr_array_sort (run->folds, compare_folds);
  g_array_sort (run->history, compare_epochs);
  run->predictions = make_predictions (self->metadata, rows);
  run->predictions->fold_names = g_strdupv ((char **) bs_metadata_fold_names (self->metadata));
}

/* In words of the command line, for whoever reads run.json without this program. */
static void
note_departures (BsRun *run, const BsTrainConfig *config)
{
  g_autoptr (GArray) departures = bs_train_config_departures (config);
  if (departures->len > 0)
    g_hash_table_insert (run->settings, g_strdup (BS_RUN_DEPARTURES),
                         bs_departures_to_text (departures));
}

/**
 * bs_run_merge_join:
 * @self: the parts
 * @config: what decided the training
 *
 * Out-of-fold predictions in metadata order, history and folds in order, and all that is
 * needed to make the run again.
 *
 * Returns: (transfer full): a run that was not saved yet
 */
BsRun *
bs_run_merge_join (const BsRunMerge *self, const BsTrainConfig *config)
{
  BsRun *run = bs_run_new ();
  guint n_encoders = g_strv_length (config->encoders);
  g_autofree char *encoders = n_encoders <= 2 ? g_strjoinv (" + ", config->encoders)
                                              : g_strdup_printf ("%u encoders", n_encoders);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  run->title = g_strdup_printf ("%s: %s", config->model, encoders);
  run->model = g_strdup (config->model);
  run->protocol = g_strdup (config->protocol);
  g_strfreev (run->encoders);
  run->encoders = g_strdupv (config->encoders);
  g_clear_pointer (&run->settings, g_hash_table_unref);
  run->settings = bs_train_config_to_settings (config);
  note_departures (run, config);
  run->seed = config->seed;
  run->metadata_hash = g_strdup (bs_metadata_hash (self->metadata));
  run->created = g_date_time_format_iso8601 (now);
  add_folds (self, run);
  return run;
}
