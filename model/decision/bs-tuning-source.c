/* SPDX-License-Identifier: MIT */
/* Tuned here, tuned elsewhere, not known: what stands beside every figure, from its three
 * sources. */
#include "model/decision/bs-tuning-source.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const words[] = {
  [BS_CHOSEN_ELSEWHERE] = N_ ("elsewhere"),
  [BS_CHOSEN_NOT_KNOWN] = N_ ("not known"),
  [BS_CHOSEN_HERE] = N_ ("here"),
};

/**
 * bs_chosen_word:
 * @chosen: where something was chosen
 *
 * Returns: (transfer none): "here", "elsewhere" or "not known", as files and the command line have
 *   it
 */
const char *
bs_chosen_word (BsChosen chosen)
{
  g_return_val_if_fail ((gsize) chosen < G_N_ELEMENTS (words), NULL);
  return words[chosen];
}

static BsChosen
chosen_from_word (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], word) == 0)
      return (BsChosen) i;
  return BS_CHOSEN_NOT_KNOWN;
}

static gboolean
is_honest (const BsRun *run)
{
  return strcmp (run->protocol, "honest") == 0;
}

static BsChosen
network_of (const BsRun *run)
{
  if (run == NULL)
    return BS_CHOSEN_NOT_KNOWN;
  const char *chosen = g_hash_table_lookup (run->settings, BS_RUN_CHOSEN);
  if (chosen != NULL)
    return chosen_from_word (chosen);
  if (run->protocol == NULL)
    return BS_CHOSEN_NOT_KNOWN;
  return is_honest (run) ? BS_CHOSEN_ELSEWHERE : BS_CHOSEN_HERE;
}

/* Of its members' weights a run says itself; one network has none. */
static BsChosen
weights_of (const BsRun *run)
{
  const char *chosen =
    run != NULL ? g_hash_table_lookup (run->settings, BS_RUN_WEIGHTS_CHOSEN) : NULL;
  return chosen != NULL ? chosen_from_word (chosen) : BS_CHOSEN_ELSEWHERE;
}

/* paper-000 chooses them on the network's own training clips. */
static BsChosen
thresholds_of_run (const BsRun *run)
{
  if (run == NULL || run->protocol == NULL)
    return BS_CHOSEN_NOT_KNOWN;
  return is_honest (run) || strcmp (run->protocol, "paper-000") == 0 ? BS_CHOSEN_ELSEWHERE
                                                                     : BS_CHOSEN_HERE;
}

static BsChosen
thresholds_of (const BsRun *run, BsThresholdOrigin origin, BsProtocol protocol)
{
  switch (origin) {
  case BS_THRESHOLDS_PROTOCOL:
    return bs_protocol_tunes_here (protocol) ? BS_CHOSEN_HERE : BS_CHOSEN_ELSEWHERE;
  case BS_THRESHOLDS_RUN:
    return thresholds_of_run (run);
  case BS_THRESHOLDS_NONE:
    return network_of (run) == BS_CHOSEN_NOT_KNOWN ? BS_CHOSEN_NOT_KNOWN : BS_CHOSEN_ELSEWHERE;
  case BS_THRESHOLDS_GIVEN:
    return BS_CHOSEN_NOT_KNOWN;
  case BS_THRESHOLDS_HAND:
    return BS_CHOSEN_HERE;
  }
  g_return_val_if_reached (BS_CHOSEN_NOT_KNOWN);
}

static gboolean
is_same (BsThresholdPair a, BsThresholdPair b)
{
  return a.alpha == b.alpha && a.beta == b.beta;
}

/* Whether the thresholds of all folds that hold clips are those of the run. */
static gboolean
are_of_run (const BsRun *run, const BsEvaluationSet *cases, const BsThresholds *thresholds)
{
  gboolean is_any = FALSE;
  for (gsize i = 0; i < cases->n; i++) {
    const BsFoldResult *fold = cases->fold[i] >= 0 ? bs_run_fold (run, cases->fold[i]) : NULL;
    if (fold == NULL)
      continue;
    is_any = TRUE;
    if (!is_same (thresholds->fold[fold->fold], (BsThresholdPair){ fold->alpha, fold->beta }))
      return FALSE;
  }
  return is_any;
}

/**
 * bs_threshold_origin:
 * @run: what the predictions are of
 * @cases: its clips
 * @thresholds: what they are judged by
 * @protocol: the #BsProtocol that gave @thresholds, or -1
 *
 * From the numbers themselves, so that it does not matter by which way they came back: the run's
 * own pairs are the run's again after an undo. Pure; any thread.
 *
 * Returns: where thresholds on show come from
 */
BsThresholdOrigin
bs_threshold_origin (const BsRun *run, const BsEvaluationSet *cases, const BsThresholds *thresholds,
                     int protocol)
{
  if (cases->fixed != NULL)
    return BS_THRESHOLDS_NONE;
  if (protocol >= 0)
    return BS_THRESHOLDS_PROTOCOL;
  return are_of_run (run, cases, thresholds) ? BS_THRESHOLDS_RUN : BS_THRESHOLDS_HAND;
}

/**
 * bs_thresholds_differ:
 * @self: thresholds
 * @cases: clips
 *
 * Returns: whether clips of two folds are judged by different pairs, so that the mean of the folds'
 *   figures is of no single pair
 */
gboolean
bs_thresholds_differ (const BsThresholds *self, const BsEvaluationSet *cases)
{
  for (gsize i = 1; i < cases->n; i++)
    if (!is_same (bs_thresholds_for (self, cases->fold[i]),
                  bs_thresholds_for (self, cases->fold[0])))
      return TRUE;
  return FALSE;
}

/**
 * bs_tuning_source:
 * @run: (nullable): what the predictions are of; %NULL for a bare file
 * @origin: where the thresholds come from
 * @protocol: how they were tuned, for %BS_THRESHOLDS_PROTOCOL; else it is not looked at
 *
 * Under any other protocol than "honest" a training's epoch is chosen on the clips that it reports;
 * a run made of others says itself where something was. Pure; any thread.
 *
 * Returns: where the three sources of a figure were chosen
 */
BsTuningSource
bs_tuning_source (const BsRun *run, BsThresholdOrigin origin, BsProtocol protocol)
{
  return (BsTuningSource){
    .network = network_of (run),
    .thresholds = thresholds_of (run, origin, protocol),
    .weights = weights_of (run),
  };
}

/**
 * bs_tuning_source_worst:
 * @self: the sources of a figure
 *
 * Returns: what names the figure: here over not known over elsewhere
 */
BsChosen
bs_tuning_source_worst (const BsTuningSource *self)
{
  return MAX (self->network, MAX (self->thresholds, self->weights));
}

/**
 * bs_run_chosen:
 * @run: (nullable): a run; %NULL for a bare file
 *
 * Returns: the worst of what was chosen before any threshold: network and weights
 */
BsChosen
bs_run_chosen (const BsRun *run)
{
  return MAX (network_of (run), weights_of (run));
}
