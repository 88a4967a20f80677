/* SPDX-License-Identifier: MIT */
/* blendscope-cli train: a network per fold, written as a run. */
#include <math.h>
#include <string.h>

#include "app/cli/bs-cli-work.h"
#include "app/cli/bs-cli.h"
#include "data/bs-file.h"
#include "data/bs-run.h"
#include "model/bs-train-partial.h"
#include "model/bs-train.h"
#include "model/bs-tune.h"

#define MAX_CHECKPOINT_S 1000000

/* What the command line says. */
typedef struct {
  char *model, *encoders, *protocol, *folds, *epochs, *seed, *threads;
  char **settings;
  char *out;
  double checkpoint_every;
  gboolean any_threads;
  gboolean resume;
} Words;

static void
words_clear (Words *self)
{
  g_free (self->model);
  g_free (self->encoders);
  g_free (self->protocol);
  g_free (self->folds);
  g_free (self->epochs);
  g_free (self->seed);
  g_free (self->threads);
  g_strfreev (self->settings);
  g_free (self->out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static BsCliStatus
parse_words (Words *self, int *argc, char ***argv)
{
  g_autofree char *keys = g_strjoinv (", ", (char **) bs_train_config_keys ());
  g_autofree char *models = g_strjoinv (", ", (char **) bs_train_models ());
  g_autofree char *protocols = g_strjoinv (", ", (char **) bs_train_protocols ());
  g_autofree char *set_text = g_strdup_printf ("a setting: %s", keys);
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &self->model, models, "NAME" },
    { "encoders", 0, 0, G_OPTION_ARG_STRING, &self->encoders, "fused in this order", "A,B" },
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &self->protocol, protocols, "NAME" },
    { "folds", 0, 0, G_OPTION_ARG_STRING, &self->folds, "as 0-4 or 0,2 (all)", "LIST" },
    { "epochs", 0, 0, G_OPTION_ARG_STRING, &self->epochs, "epochs (200)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed, "of everything random (42)", "N" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &self->threads,
      "folds trained side by side (one a core)", "N" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->settings, set_text, "KEY=VALUE" },
    { "resume", 0, 0, G_OPTION_ARG_NONE, &self->resume,
      "go on with a training that was stopped, or train the folds that the run at RUN_DIR lacks",
      NULL },
    { "any-threads", 0, 0, G_OPTION_ARG_NONE, &self->any_threads,
      "go on with another number of threads", NULL },
    { "checkpoint-every", 0, 0, G_OPTION_ARG_DOUBLE, &self->checkpoint_every,
      "between what a fold leaves to be continued (30)", "SECONDS" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &self->out, "the run's folder", "RUN_DIR" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("train", "CORPUS");
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse (context, argc, argv, 1);
  if (status != BS_CLI_DONE)
    return status;
  if (self->encoders == NULL || self->out == NULL)
    return bs_cli_usage_error ("--encoders A,B and --out RUN_DIR are needed");
  if (self->checkpoint_every < 0 || self->checkpoint_every > MAX_CHECKPOINT_S)
    return bs_cli_usage_error ("--checkpoint-every: expected seconds from 0 to %d",
                               MAX_CHECKPOINT_S);
  return BS_CLI_DONE;
}

/* The model first, whose defaults everything else changes; then --set, so that an option of its
 * own name has the last word. */
static gboolean
apply_words (const Words *self, BsTrainConfig *config, GError **error)
{
  if (self->model != NULL && !bs_train_config_set (config, "model", self->model, error))
    return FALSE;
  for (char **setting = self->settings; setting != NULL && *setting != NULL; setting++) {
    char *equals = strchr (*setting, '=');
    g_autofree char *key = g_strndup (*setting, equals != NULL ? (gsize) (equals - *setting) : 0);
    if (equals == NULL) {
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "--set %s: expected KEY=VALUE", *setting);
      return FALSE;
    }
    if (!bs_train_config_set (config, key, equals + 1, error))
      return FALSE;
  }
  const char *const named[][2] = {
    { "encoders", self->encoders }, { "protocol", self->protocol }, { "folds", self->folds },
    { "epochs", self->epochs },     { "seed", self->seed },         { "threads", self->threads },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    if (named[i][1] != NULL && !bs_train_config_set (config, named[i][0], named[i][1], error))
      return FALSE;
  return TRUE;
}

/* Where a training that is stopped is found again; no settings, since they change no result. */
static void
apply_stopping (const Words *words, BsTrainConfig *config)
{
  config->branch_folder = g_path_get_dirname (words->out);
  config->partial_folder = bs_train_dup_partial_folder (words->out);
  config->any_threads = words->any_threads;
  if (!isnan (words->checkpoint_every))
    config->checkpoint_every_s = words->checkpoint_every;
}

/* What a training that was stopped has left at @folder is continued only where that was asked
 * for. */
static gboolean
check_partial (const Words *words, const char *folder, GError **error)
{
  BsPartial partial;
  if (!bs_train_partial_look (folder, words->resume ? &partial : NULL))
    return TRUE;
  if (words->resume) {
    g_printerr ("going on with %s: %u folds are done, %u were begun", folder, partial.n_done,
                partial.n_begun);
    if (partial.n_begun > 0)
      g_printerr (", the first goes on from epoch %d", partial.epoch);
    g_printerr ("\n");
    return TRUE;
  }
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               "%s: a training was stopped here; --resume goes on with it, and without this folder "
               "it begins anew",
               folder);
  return FALSE;
}

/* Whether RUN_DIR can be made, or is there already, is known before an hour of training. */
static BsCliStatus
load_earlier (const Words *words, const char *partial_folder, BsRun **earlier)
{
  g_autoptr (GError) error = NULL;
  if (!check_partial (words, partial_folder, &error))
    return bs_cli_fail (error);
  if (!g_file_test (words->out, G_FILE_TEST_EXISTS)) {
    g_autofree char *parent = g_path_get_dirname (words->out);
    return bs_file_make_folder (parent, &error) ? BS_CLI_DONE : bs_cli_fail (error);
  }
  if (!words->resume) {
    g_set_error (&error, BS_ERROR, BS_ERROR_VALUE,
                 "%s: there is something of that name already; --resume completes a run",
                 words->out);
    return bs_cli_fail (error);
  }
  *earlier = bs_run_load (words->out, &error);
  return *earlier != NULL ? BS_CLI_DONE : bs_cli_fail (error);
}

static void
append_figure (GString *out, const char *name, double mean, double std)
{
  char text[2][G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (text[0], sizeof text[0], "%.4f", mean);
  g_ascii_formatd (text[1], sizeof text[1], "%.4f", std);
  g_string_append_printf (out, "%s %s +- %s\n", name, text[0], text[1]);
}

static BsCliStatus
say_figures (BsCorpus *corpus, const BsRun *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCases) cases = bs_cases_new (bs_corpus_metadata (corpus), run->predictions, &error);
  if (cases == NULL)
    return bs_cli_fail (error);
  BsThresholds thresholds;
  bs_thresholds_set_all (&thresholds, BS_PAIR_DEFAULT);
  for (guint i = 0; i < run->folds->len; i++) {
    const BsFoldResult *fold = g_ptr_array_index (run->folds, i);
    thresholds.fold[fold->fold] = (BsPair){ fold->alpha, fold->beta };
  }
  g_autoptr (BsFigures) figures = bs_figures_new (cases);
  bs_figures_compute (figures, cases, &thresholds);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, "%s, protocol %s, tuned %s, %u folds (mean +- std, ddof 1)\n",
                          run->title, run->protocol,
                          bs_run_is_chosen_here (run) ? "here" : "elsewhere", run->folds->len);
  append_figure (text, "presence", figures->mean_presence, figures->std_presence);
  append_figure (text, "salience", figures->mean_salience, figures->std_salience);
  append_figure (text, "score   ", figures->mean_score, figures->std_score);
  return bs_cli_print (text);
}

static BsRun *
train (BsCorpus *corpus, const BsTrainConfig *config, const BsRun *earlier, GError **error)
{
  g_auto (BsCliWork) work = { 0 };
  bs_cli_work_begin (&work);
  return bs_train_resume (corpus, config, earlier, NULL, bs_cli_work_report, &work,
                          work.cancellable, error);
}

static BsCliStatus
fail (GError **error)
{
  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_clear_error (error);
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                 "stopped; the same command with --resume goes on from here");
  }
  return bs_cli_fail (*error);
}

/**
 * bs_cli_train:
 * @argc: number of words
 * @argv: the words, from "train" on
 *
 * Returns: how it ended
 */
BsCliStatus
bs_cli_train (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (Words) words = { .checkpoint_every = NAN };
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  BsCliStatus status = parse_words (&words, &argc, &argv);
  if (status != BS_CLI_DONE)
    return status;
  if (!apply_words (&words, config, &error))
    return bs_cli_usage_error ("%s", error->message);
  apply_stopping (&words, config);
  g_autoptr (BsRun) earlier = NULL;
  status = load_earlier (&words, config->partial_folder, &earlier);
  if (status != BS_CLI_DONE)
    return status;
  g_autoptr (BsCorpus) corpus = bs_corpus_open (argv[1], NULL, &error);
  if (corpus == NULL)
    return bs_cli_fail (error);
  g_autoptr (BsRun) run = train (corpus, config, earlier, &error);
  if (run == NULL)
    return fail (&error);
  if (earlier != NULL ? !bs_run_replace (run, words.out, &error)
                      : !bs_run_save (run, words.out, &error))
    return bs_cli_fail (error);
  bs_train_partial_remove (config->partial_folder);
  return say_figures (corpus, run);
}
