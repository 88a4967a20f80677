/* SPDX-License-Identifier: MIT */
/* --metadata and --predictions, shared by the commands that judge predictions. */
#include "app/cli/common/bs-cli-predictions.h"

#include <glib/gi18n.h>

/**
 * bs_cli_predictions_add_options:
 * @self: zeros; must outlive @context
 * @context: what parses the command's words
 *
 * Adds --metadata, --predictions, --logits and --probabilities.
 */
void
bs_cli_predictions_add_options (BsCliPredictions *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "metadata", 0, 0, G_OPTION_ARG_FILENAME, &self->metadata_path, N_ ("labels and folds"),
      "M.csv" },
    { "predictions", 0, 0, G_OPTION_ARG_FILENAME, &self->path,
      N_ ("CSV, NPZ, the challenge's JSON, or a run's folder"), "P" },
    { "logits", 0, 0, G_OPTION_ARG_NONE, &self->logits, N_ ("the file holds logits"), NULL },
    { "probabilities", 0, 0, G_OPTION_ARG_NONE, &self->probabilities,
      N_ ("the file holds probabilities"), NULL },
    { NULL },
  };
  g_option_context_add_main_entries (context, entries, NULL);
}

/* Of what was unclear the command line says how to make it clear. */
static BsPredictions *
load_file (const char *path, BsPredictionsKind kind, GError **error)
{
  GError *own = NULL;
  BsPredictions *predictions = bs_predictions_load (path, kind, &own);
  if (g_error_matches (own, BS_ERROR, BS_ERROR_UNCLEAR)) {
    g_autofree char *what = own->message;
    own->message = g_strconcat (what, "; --probabilities or --logits says which", NULL);
  }
  if (own != NULL)
    g_propagate_error (error, own);
  return predictions;
}

static BsPredictions *
load_predictions (BsCliPredictions *self, GError **error)
{
  if (g_file_test (self->path, G_FILE_TEST_IS_DIR)) {
    self->run = bs_run_load (self->path, error);
    return self->run != NULL ? bs_predictions_ref (self->run->predictions) : NULL;
  }
  BsPredictionsKind kind = self->logits          ? BS_PREDICTIONS_LOGITS
                           : self->probabilities ? BS_PREDICTIONS_PROBABILITIES
                                                 : BS_PREDICTIONS_AUTO;
  return load_file (self->path, kind, error);
}

/**
 * bs_cli_predictions_load:
 * @self: with its options parsed
 *
 * Loads everything, or says on stderr why it failed.
 *
 * Returns: %BS_CLI_DONE, or how the command ends
 */
BsCliStatus
bs_cli_predictions_load (BsCliPredictions *self)
{
  if (self->metadata_path == NULL || self->path == NULL)
    return bs_cli_usage_error (_ ("--metadata M.csv and --predictions P are needed"));
  if (self->logits && self->probabilities)
    return bs_cli_usage_error (_ ("--logits and --probabilities exclude each other"));
  g_autoptr (GError) error = NULL;
  self->metadata = bs_metadata_load (self->metadata_path, NULL, &error);
  if (self->metadata == NULL)
    return bs_cli_fail (error);
  self->predictions = load_predictions (self, &error);
  if (self->predictions == NULL)
    return bs_cli_fail (error);
  self->cases = bs_evaluation_set_new (self->metadata, self->predictions, &error);
  if (self->cases == NULL) {
    g_prefix_error (&error, "%s: ", self->path);
    return bs_cli_fail (error);
  }
  return BS_CLI_DONE;
}

/**
 * bs_cli_say_read_as:
 * @name: (nullable): what to put before each sentence
 * @read_as: how a file was read
 *
 * Says on stderr what was assumed.
 */
void
bs_cli_say_read_as (const char *name, const BsReadAs *read_as)
{
  g_autoptr (GPtrArray) sentences = bs_read_as_sentences (read_as);
  for (guint i = 0; i < sentences->len; i++)
    bs_cli_note ("%s%s%s", name != NULL ? name : "", name != NULL ? ": " : "",
                 (const char *) g_ptr_array_index (sentences, i));
}

/**
 * bs_cli_say_metadata:
 * @metadata: labels and folds
 *
 * Says on stderr how they were read, and which of them their clips' names contradict: the official
 * scorer reads the names.
 */
void
bs_cli_say_metadata (const BsMetadata *metadata)
{
  BsNamedCount others = { 0 };
  bs_cli_say_read_as (_ ("metadata"), bs_metadata_read_as (metadata));
  bs_metadata_count_contradictions (metadata, &others);
  if (others.n > 0)
    bs_cli_note (_ ("clips labelled otherwise than their names say, by which the official scorer "
                    "goes: %zu, first %s"),
                 others.n, others.first);
  bs_named_count_clear (&others);
}

static void
say_count (const char *what, gsize n)
{
  if (n > 0)
    bs_cli_note ("%s: %zu", what, n);
}

/**
 * bs_cli_predictions_say:
 * @self: loaded
 *
 * Says on stderr what was assumed or left out: beside the figures, not among them, and only
 * once they are out.
 */
void
bs_cli_predictions_say (const BsCliPredictions *self)
{
  const BsEvaluationSet *cases = self->cases;
  if (self->predictions->note != NULL)
    bs_cli_note ("%s", self->predictions->note);
  bs_cli_say_metadata (self->metadata);
  bs_cli_say_read_as (NULL, &self->predictions->read_as);
  bs_cli_say_read_as (NULL, &(BsReadAs){ .folds = cases->fold_source });
  say_count (_ ("labelled clips without prediction, left out"), cases->n_without_prediction);
  say_count (_ ("predictions without metadata, left out"), cases->n_without_metadata);
  say_count (_ ("predictions that name another fold than the metadata, whose fold is used"),
             cases->n_other_fold);
}

/**
 * bs_cli_refuse_decisions:
 * @path: a file of decisions
 *
 * For what needs probabilities.
 *
 * Returns: %BS_CLI_FAILED after one line on stderr
 */
BsCliStatus
bs_cli_refuse_decisions (const char *path)
{
  g_autoptr (GError) error =
    g_error_new (BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: holds decisions; choosing alpha and beta needs probabilities"), path);
  return bs_cli_fail (error);
}

/**
 * bs_cli_predictions_clear:
 * @self: input
 *
 * Frees what it holds.
 */
void
bs_cli_predictions_clear (BsCliPredictions *self)
{
  g_clear_pointer (&self->metadata_path, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->metadata, bs_metadata_unref);
  g_clear_pointer (&self->predictions, bs_predictions_unref);
  g_clear_pointer (&self->run, bs_run_unref);
  g_clear_pointer (&self->cases, bs_evaluation_set_unref);
}
