/* SPDX-License-Identifier: MIT */
/* --alpha with --beta, or --tune: by which thresholds a command judges. */
#include "app/cli/common/bs-cli-metrics.h"

#include <glib/gi18n.h>
#include "app/cli/common/bs-cli-predictions.h"

/**
 * bs_cli_thresholds_add_options:
 * @self: zeros; must outlive @context
 * @context: what parses the command's words
 *
 * Adds --alpha, --beta and --tune. Numbers are taken as text, because GOption would read them by
 * the locale too.
 */
void
bs_cli_thresholds_add_options (BsCliThresholds *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "alpha", 0, 0, G_OPTION_ARG_STRING, &self->alpha_text, N_ ("one alpha for all folds, 0 to 1"),
      "A" },
    { "beta", 0, 0, G_OPTION_ARG_STRING, &self->beta_text, N_ ("one beta for all folds, 0 to 1"),
      "B" },
    { "tune", 0, 0, G_OPTION_ARG_STRING, &self->tune,
      N_ ("official, exact, train, mean, best-fold or presence-first"), "PROTOCOL" },
    { NULL },
  };
  g_option_context_add_main_entries (context, entries, NULL);
}

static gboolean
parse_threshold (const char *text, double *value)
{
  char *end;
  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *value >= 0 && *value <= 1;
}

static BsCliStatus
check_given (BsCliThresholds *self)
{
  self->is_given = TRUE;
  if (self->alpha_text == NULL || self->beta_text == NULL)
    return bs_cli_usage_error (_ ("--alpha and --beta are needed together"));
  if (self->tune != NULL)
    return bs_cli_usage_error (_ ("--tune excludes --alpha and --beta"));
  if (!parse_threshold (self->alpha_text, &self->given.alpha))
    return bs_cli_usage_error (_ ("--alpha %s: expected a number from 0 to 1"), self->alpha_text);
  if (!parse_threshold (self->beta_text, &self->given.beta))
    return bs_cli_usage_error (_ ("--beta %s: expected a number from 0 to 1"), self->beta_text);
  return BS_CLI_DONE;
}

/**
 * bs_cli_thresholds_check:
 * @self: with its options parsed
 *
 * Looks at the words alone, before anything is loaded.
 *
 * Returns: %BS_CLI_DONE, or %BS_CLI_USAGE after one line on stderr
 */
BsCliStatus
bs_cli_thresholds_check (BsCliThresholds *self)
{
  if (self->alpha_text != NULL || self->beta_text != NULL)
    return check_given (self);
  if (self->tune != NULL && bs_protocol_from_name (self->tune) < 0)
    return bs_cli_usage_error (_ ("--tune %s: expected official, exact, train, mean, best-fold or "
                                  "presence-first"),
                               self->tune);
  return BS_CLI_DONE;
}

static void
tune (BsCliThresholds *self, const BsEvaluationSet *cases, BsProtocol protocol)
{
  bs_tune (cases, protocol, BS_SEARCH_GRID, &self->thresholds);
  self->protocol = bs_protocol_name (protocol);
  self->exact = protocol == BS_PROTOCOL_EXACT;
}

/* The pairs that a run's own protocol chose, fold by fold. */
static void
take_from_run (BsCliThresholds *self, const BsRun *run, const BsEvaluationSet *cases)
{
  bs_thresholds_take_run (&self->thresholds, run, cases);
  self->protocol = "run";
}

/**
 * bs_cli_thresholds_choose:
 * @self: checked by bs_cli_thresholds_check()
 * @input: loaded predictions
 *
 * Takes what was given, or tunes. Where nothing is said: a run's own thresholds, or those of
 * the official search. Decisions have none, and asking for some fails.
 *
 * Returns: %BS_CLI_DONE, or %BS_CLI_FAILED after one line on stderr
 */
BsCliStatus
bs_cli_thresholds_choose (BsCliThresholds *self, const BsCliPredictions *input)
{
  gboolean decisions = input->cases->fixed != NULL;
  BsProtocol protocol = BS_PROTOCOL_OFFICIAL;
  BsThresholdOrigin origin = BS_THRESHOLDS_PROTOCOL;
  if (decisions && (self->is_given || self->tune != NULL))
    return bs_cli_refuse_decisions (input->path);
  if (decisions || self->is_given) {
    bs_thresholds_set_all (&self->thresholds, decisions ? BS_THRESHOLD_PAIR_DEFAULT : self->given);
    self->protocol = decisions ? "decisions" : "given";
    origin = decisions ? BS_THRESHOLDS_NONE : BS_THRESHOLDS_GIVEN;
  } else if (self->tune == NULL && input->run != NULL && input->run->folds->len > 0) {
    take_from_run (self, input->run, input->cases);
    origin = BS_THRESHOLDS_RUN;
  } else {
    if (self->tune != NULL)
      protocol = (BsProtocol) bs_protocol_from_name (self->tune);
    tune (self, input->cases, protocol);
    if (!bs_evaluation_set_has_folds (input->cases))
      protocol = BS_PROTOCOL_OFFICIAL; /* whatever was asked for, all clips were tuned together */
  }
  self->source = bs_tuning_source (input->run, origin, protocol);
  return BS_CLI_DONE;
}

/**
 * bs_cli_judge:
 * @input: with its options parsed
 * @chosen: with its options parsed
 * @figures: (out) (transfer full): the figures at the thresholds chosen
 *
 * All that lies between a command's words and its figures.
 *
 * Returns: %BS_CLI_DONE, or how the command ends
 */
BsCliStatus
bs_cli_judge (BsCliPredictions *input, BsCliThresholds *chosen, BsMetrics **metrics)
{
  BsCliStatus status = bs_cli_thresholds_check (chosen);
  if (status == BS_CLI_DONE)
    status = bs_cli_predictions_load (input);
  if (status == BS_CLI_DONE)
    status = bs_cli_thresholds_choose (chosen, input);
  if (status != BS_CLI_DONE)
    return status;
  *metrics = bs_metrics_new (input->cases);
  bs_metrics_compute (*metrics, input->cases, &chosen->thresholds);
  return BS_CLI_DONE;
}

/**
 * bs_cli_thresholds_say:
 * @self: chosen
 *
 * Says on stderr what a table or a picture of counts cannot hold: by which thresholds it was made,
 * and where these and the network were chosen.
 */
void
bs_cli_thresholds_say (const BsCliThresholds *self)
{
  g_autofree char *tuned = bs_cli_dup_tuned_words (bs_tuning_source_worst (&self->source));
  bs_cli_note (_ ("thresholds: %s, %s"), self->protocol, tuned);
}

/**
 * bs_cli_thresholds_clear:
 * @self: thresholds
 *
 * Frees what it holds.
 */
void
bs_cli_thresholds_clear (BsCliThresholds *self)
{
  g_clear_pointer (&self->alpha_text, g_free);
  g_clear_pointer (&self->beta_text, g_free);
  g_clear_pointer (&self->tune, g_free);
}
