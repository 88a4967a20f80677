/* SPDX-License-Identifier: MIT */
/* blendscope-cli predict: what a run says of a corpus, as probabilities or as decisions. */
#include <glib/gi18n.h>
#include <string.h>

#include "app/cli/common/bs-cli-predictions.h"
#include "app/cli/common/bs-cli-work.h"
#include "data/corpus/bs-corpus.h"
#include "model/inference/bs-predict.h"
#include "model/training/bs-train.h"

/* What the command line says. */
typedef struct {
  char *run;
  char *partition;
  char *out;
  BsCliThresholds chosen;
} Words;

static void
words_clear (Words *self)
{
  g_free (self->run);
  g_free (self->partition);
  g_free (self->out);
  bs_cli_thresholds_clear (&self->chosen);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static gboolean
is_test (const Words *self)
{
  return self->partition != NULL && strcmp (self->partition, "test") == 0;
}

static gboolean
holds_decisions (const char *path)
{
  return g_str_has_suffix (path, ".json") || g_str_has_suffix (path, ".zip");
}

static BsCliStatus
check_words (Words *self)
{
  if (self->run == NULL || self->out == NULL)
    return bs_cli_usage_error (_ ("--run RUN_DIR and --out FILE are needed"));
  if (self->partition != NULL && !is_test (self) && strcmp (self->partition, "train") != 0)
    return bs_cli_usage_error (_ ("--partition %s: expected train or test"), self->partition);
  gboolean is_table = g_str_has_suffix (self->out, ".csv") || g_str_has_suffix (self->out, ".npz");
  if (!is_table && !holds_decisions (self->out))
    return bs_cli_usage_error (_ ("--out %s: expected a name ending in .csv, .npz, .json or .zip"),
                               self->out);
  const BsCliThresholds *chosen = &self->chosen;
  if (is_table && (chosen->alpha_text != NULL || chosen->beta_text != NULL || chosen->tune != NULL))
    return bs_cli_usage_error (
      _ ("--out %s holds probabilities, which need no thresholds; decisions "
         "are written to .json or .zip"),
      self->out);
  return bs_cli_thresholds_check (&self->chosen);
}

static BsCliStatus
parse_words (Words *self, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "run", 0, 0, G_OPTION_ARG_FILENAME, &self->run, N_ ("a run with weights"), "RUN_DIR" },
    { "partition", 0, 0, G_OPTION_ARG_STRING, &self->partition,
      N_ (
        "train (each clip by the network that held it out) or test (the network of all clips, else "
        "the mean of all)"),
      "PART" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &self->out,
      N_ (".csv and .npz hold probabilities, .json and .zip the challenge's decisions"), "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("predict", "CORPUS");
  g_option_context_add_main_entries (context, entries, NULL);
  bs_cli_thresholds_add_options (&self->chosen, context);
  BsCliStatus status = bs_cli_parse (context, argc, argv, 1);
  return status == BS_CLI_DONE ? check_words (self) : status;
}

/* Thresholds are chosen on the run's own out-of-fold predictions. For clips that no fold holds
 * that is, unless something else is asked for, the pair of the best fold, as the official test
 * protocol has it (blemore-common, main.py, run_test): the network of all clips has kept it, at
 * the run's own protocol. */
static BsCliStatus
choose_thresholds (Words *words, BsCorpus *corpus, BsRun *run)
{
  g_autoptr (GError) error = NULL;
  g_auto (BsCliPredictions) input = {
    .path = g_strdup (words->run),
    .metadata = bs_metadata_ref (bs_corpus_metadata (corpus)),
    .predictions = bs_predictions_ref (run->predictions),
    .run = bs_run_ref (run),
    .cases = bs_evaluation_set_new (bs_corpus_metadata (corpus), run->predictions, &error),
  };
  if (input.cases == NULL)
    return bs_cli_fail (error);
  gboolean is_left_open = !words->chosen.is_given && words->chosen.tune == NULL;
  gboolean has_pairs = input.cases->fixed == NULL;
  if (is_test (words) && is_left_open && has_pairs && run->all == NULL)
    words->chosen.tune = g_strdup (bs_protocol_name (BS_PROTOCOL_BEST_FOLD));
  BsCliStatus status = bs_cli_thresholds_choose (&words->chosen, &input);
  if (is_test (words) && is_left_open && has_pairs && run->all != NULL)
    bs_thresholds_set_all (&words->chosen.thresholds,
                           (BsThresholdPair){ run->all->alpha, run->all->beta });
  return status;
}

static gboolean
save_decisions (const Words *words, BsCorpus *corpus, const BsPredictions *predictions,
                GError **error)
{
  const char *const *filenames = (const char *const *) predictions->filenames;
  if (is_test (words) && !bs_predictions_check_test_clips (filenames, predictions->n,
                                                           bs_corpus_metadata (corpus), error))
    return FALSE;
  g_autofree BsLabel *decisions = g_new (BsLabel, predictions->n);
  for (gsize i = 0; i < predictions->n; i++) {
    BsThresholdPair pair = bs_thresholds_for (&words->chosen.thresholds, predictions->folds[i]);
    decisions[i] = predictions->decisions != NULL
                     ? predictions->decisions[i]
                     : bs_rule_decide (predictions->probabilities[i], pair).label;
  }
  return bs_predictions_save_decisions (filenames, decisions, predictions->n, words->out, error);
}

/**
 * bs_cli_predict:
 * @argc: number of words
 * @argv: the words, from "predict" on
 *
 * Returns: how it ended
 */
BsCliStatus
bs_cli_predict (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (Words) words = { 0 };
  BsCliStatus status = parse_words (&words, &argc, &argv);
  if (status != BS_CLI_DONE)
    return status;
  g_autoptr (BsRun) run = bs_run_load (words.run, &error);
  if (run == NULL)
    return bs_cli_fail (error);
  g_autoptr (BsCorpus) corpus = bs_corpus_open (argv[1], NULL, &error);
  if (corpus == NULL)
    return bs_cli_fail (error);
  g_autoptr (BsPredictions) predictions = bs_predict (corpus, run, is_test (&words), NULL, &error);
  if (predictions == NULL)
    return bs_cli_fail (error);
  if (!holds_decisions (words.out))
    return bs_predictions_save (predictions, words.out, &error) ? BS_CLI_DONE : bs_cli_fail (error);
  status = choose_thresholds (&words, corpus, run);
  if (status != BS_CLI_DONE)
    return status;
  return save_decisions (&words, corpus, predictions, &error) ? BS_CLI_DONE : bs_cli_fail (error);
}
