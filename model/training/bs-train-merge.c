/* SPDX-License-Identifier: MIT */
/* Folds that were trained by themselves, perhaps on several machines, put together. */
#include "data/base/bs-error.h"
#include "data/corpus/bs-fold-choice.h"

#include <glib/gi18n.h>
#include "model/config/bs-departures.h"
#include "model/training/bs-run-merge.h"
#include "model/training/bs-train-private.h"

static gboolean
check_folds (BsRun *const *parts, gsize i, GError **error)
{
  for (guint f = 0; f < parts[i]->folds->len; f++) {
    const BsFoldResult *fold = g_ptr_array_index (parts[i]->folds, f);
    for (gsize before = 0; before < i; before++) {
      if (bs_run_fold (parts[before], fold->fold) == NULL)
        continue;
      g_autofree char *name = bs_run_dup_fold_name (parts[i], fold->fold);
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   _ ("%s: cannot be merged, because %s has fold %s already"),
                   bs_run_name (parts[i]), bs_run_name (parts[before]), name);
      return FALSE;
    }
  }
  return TRUE;
}

/* Whether what would be written can be used is known before it is. */
static gboolean
check_network (const BsRun *part, int fold, const BsTrainConfig *config, GError **error)
{
  return bs_classifier_check_run (part, fold, config, "", NULL, error) &&
         (!bs_train_config_is_fusion (config) || bs_branches_check_run (part, fold, config, error));
}

static gboolean
check_networks (const BsRun *part, const BsTrainConfig *config, GError **error)
{
  for (guint f = 0; f < part->folds->len; f++) {
    const BsFoldResult *fold = g_ptr_array_index (part->folds, f);
    if (!check_network (part, fold->fold, config, error))
      return FALSE;
  }
  return part->all == NULL || check_network (part, BS_FOLD_ALL_CLIPS, config, error);
}

static gboolean
check_part (BsRun *const *parts, gsize i, const BsTrainConfig *config, const BsMetadata *metadata,
            GError **error)
{
  const char *differs = bs_train_find_difference (parts[i], config, metadata);
  if (differs == NULL)
    return check_folds (parts, i, error) && bs_train_load_weights (parts[i], error) &&
           check_networks (parts[i], config, error);
  /* Translators: a run, the name of a setting ("seed"), and another run */
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               i == 0 ? _ ("%s: cannot be merged, because '%s' differs from that of the corpus")
                      : _ ("%s: cannot be merged, because '%s' differs from that of %s"),
               bs_run_name (parts[i]), differs, bs_run_name (parts[0]));
  return FALSE;
}

static BsTrainConfig *
config_of (const BsRun *run, GError **error)
{
  BsTrainConfig *config = bs_train_config_of_run (run, error);
  if (config == NULL)
    g_prefix_error (error, "%s: ", bs_run_name (run));
  return config;
}

/* The result does not depend on the threads of a part, but its time does. */
static void
note_parts (BsRun *run, BsRun *const *parts, gsize n)
{
  g_autoptr (GString) threads = g_string_new (NULL);
  double seconds = 0;
  for (guint f = 0; f < run->folds->len; f++) {
    int fold = ((const BsFoldResult *) g_ptr_array_index (run->folds, f))->fold;
    for (gsize i = 0; i < n; i++)
      if (bs_run_fold (parts[i], fold) != NULL)
        g_string_append_printf (threads, "%s%d", f > 0 ? "," : "", parts[i]->n_threads);
  }
  for (gsize i = 0; i < n; i++) {
    run->n_threads = MAX (run->n_threads, parts[i]->n_threads);
    seconds += bs_train_seconds (parts[i]);
  }
  bs_train_note_seconds (run, seconds);
  g_hash_table_insert (run->settings, g_strdup (BS_TRAIN_FOLD_THREADS),
                       g_string_free (g_steal_pointer (&threads), FALSE));
}

/**
 * bs_train_merge:
 * @metadata: of the corpus that they were trained on
 * @parts: (array length=n): runs of some folds each
 * @n: how many, at least 1
 * @error: %BS_ERROR_VALUE naming a part and the setting, seed, metadata or fold that forbids it,
 *   %BS_ERROR_MISSING where a part has no weights
 *
 * Since a fold depends on the configuration, the corpus and its own number alone, the result has
 * the bits of one training. The threads of each fold and the sum of the times are kept as
 * settings; the greatest number of threads is the run's. Blocks; any thread.
 *
 * Returns: (transfer full): a run that was not saved yet
 */
BsRun *
bs_train_merge (BsMetadata *metadata, BsRun *const *parts, gsize n, GError **error)
{
  g_return_val_if_fail (n > 0, NULL);
  g_autoptr (BsTrainConfig) config = config_of (parts[0], error);
  if (config == NULL)
    return NULL;
  for (gsize i = 0; i < n; i++)
    if (!check_part (parts, i, config, metadata, error))
      return NULL;
  const BsRunMerge all = {
    .metadata = metadata,
    .done = (const BsRun *const *) parts,
    .n_done = n,
  };
  BsRun *run = bs_run_merge_join (&all, config);
  note_parts (run, parts, n);
  return run;
}

/**
 * bs_train_seconds:
 * @run: a run
 *
 * Returns: how long its training took, with all its parts; 0 where it does not say
 */
double
bs_train_seconds (const BsRun *run)
{
  const char *seconds = g_hash_table_lookup (run->settings, BS_TRAIN_SECONDS);
  return seconds != NULL ? g_ascii_strtod (seconds, NULL) : 0;
}

/**
 * bs_train_note_seconds:
 * @run: a run that was not saved yet
 * @seconds: that its training took
 *
 * Kept among its settings, to a tenth.
 */
void
bs_train_note_seconds (BsRun *run, double seconds)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (text, sizeof text, "%.1f", seconds);
  g_hash_table_insert (run->settings, g_strdup (BS_TRAIN_SECONDS), g_strdup (text));
}

/**
 * bs_train_is_whole:
 * @config: what decides a training
 * @metadata: of the corpus
 *
 * Returns: whether it is of every fold
 */
gboolean
bs_train_is_whole (const BsTrainConfig *config, const BsMetadata *metadata)
{
  guint every = (1u << MIN (bs_metadata_n_folds (metadata), BS_MAX_FOLDS)) - 1, folds;
  return config->folds == NULL ||
         (bs_fold_choice_parse (metadata, config->folds, &folds, NULL) && (every & ~folds) == 0);
}

/**
 * bs_train_is_complete:
 * @done: a run
 * @config: what is asked for
 * @metadata: of the corpus
 *
 * Whether a fold has clips with features is not looked at, so that a run without such a fold
 * counts as incomplete, and continuing it finds that out.
 *
 * Returns: whether @done is of the same configuration and has all that is asked for
 */
gboolean
bs_train_is_complete (const BsRun *done, const BsTrainConfig *config, const BsMetadata *metadata)
{
  guint folds = ~0u;
  if (bs_train_find_difference (done, config, metadata) != NULL ||
      (config->folds != NULL && !bs_fold_choice_parse (metadata, config->folds, &folds, NULL)))
    return FALSE;
  for (int k = 0; k < MIN ((int) bs_metadata_n_folds (metadata), BS_MAX_FOLDS); k++)
    if (folds & 1u << k && bs_run_fold (done, k) == NULL)
      return FALSE;
  return !config->all_clips || !bs_train_is_whole (config, metadata) || done->all != NULL;
}
