/* SPDX-License-Identifier: MIT */
/* blendscope-cli train: a network per fold, written as a run; or a grid of such runs. */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/cli/common/bs-cli-results.h"
#include "app/cli/common/bs-cli-work.h"
#include "data/format/bs-file.h"
#include "model/config/bs-selection-protocol.h"
#include "model/training/bs-checkpoint-dir.h"
#include "model/training/bs-train.h"

#define MAX_CHECKPOINT_S 1000000

/* What the command line says. */
typedef struct {
  char *model, *encoders, *protocol, *folds, *epochs, *seed, *threads;
  char **settings;
  char *combination;
  char *format;
  char *out;
  gboolean list;
  double checkpoint_every;
  gboolean any_threads;
  gboolean resume;
  gboolean strict;
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
  g_free (self->combination);
  g_free (self->format);
  g_free (self->out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static BsCliStatus
parse_words (Words *self, int *argc, char ***argv)
{
  g_autofree char *models = g_strjoinv (", ", (char **) bs_model_names ());
  g_autofree char *protocols = g_strjoinv (", ", (char **) bs_selection_protocol_names ());
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &self->model, models, "NAME" },
    { "encoders", 0, 0, G_OPTION_ARG_STRING, &self->encoders, N_ ("fused in this order"), "A,B" },
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &self->protocol, protocols, "NAME" },
    { "folds", 0, 0, G_OPTION_ARG_STRING, &self->folds,
      N_ ("their names, as 0-4, 0,2 or north,south (all)"), "LIST" },
    { "epochs", 0, 0, G_OPTION_ARG_STRING, &self->epochs, N_ ("epochs at most"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed, N_ ("of everything random (42)"), "N" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &self->threads,
      N_ ("folds trained side by side (one a core)"), "N" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->settings,
      N_ ("a setting (blendscope-cli settings lists them); several values make a grid of runs"),
      "KEY=VALUE[,VALUE...]" },
    { "list", 0, 0, G_OPTION_ARG_NONE, &self->list, N_ ("say what would be trained"), NULL },
    { "combination", 0, 0, G_OPTION_ARG_STRING, &self->combination,
      N_ ("only this one of a grid, numbered from 0 as --list does"), "I" },
    { "resume", 0, 0, G_OPTION_ARG_NONE, &self->resume,
      N_ ("go on with a training that was stopped; keep what RUN_DIR has, and train what it lacks"),
      NULL },
    { "any-threads", 0, 0, G_OPTION_ARG_NONE, &self->any_threads,
      N_ ("go on with another number of threads"), NULL },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &self->strict,
      N_ ("fail where a clip's features cannot be used, instead of leaving the clip out"), NULL },
    { "checkpoint-every", 0, 0, G_OPTION_ARG_DOUBLE, &self->checkpoint_every,
      N_ ("between what a fold leaves to be continued (30)"), "SECONDS" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &self->format, N_ ("text (default), csv or json"),
      "FORMAT" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &self->out,
      N_ ("the run's folder; of a grid, the folder of its runs"), "RUN_DIR" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("train", "CORPUS");
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse (context, argc, argv, 1);
  if (status != BS_CLI_DONE)
    return status;
  if (self->encoders == NULL || self->out == NULL)
    return bs_cli_usage_error (_ ("--encoders A,B and --out RUN_DIR are needed"));
  if (self->checkpoint_every < 0 || self->checkpoint_every > MAX_CHECKPOINT_S)
    return bs_cli_usage_error (_ ("--checkpoint-every: expected seconds from 0 to %d"),
                               MAX_CHECKPOINT_S);
  return BS_CLI_DONE;
}

static BsCliStatus
choose_combination (const Words *words, BsCliQueue *queue)
{
  guint64 index = 0;
  if (words->combination == NULL)
    return BS_CLI_DONE;
  if (!g_ascii_string_to_unsigned (words->combination, 10, 0, queue->trainings->len - 1, &index,
                                   NULL))
    return bs_cli_usage_error (_ ("--combination %s: expected a whole number from 0 to %u"),
                               words->combination, queue->trainings->len - 1);
  bs_cli_queue_keep (queue, (guint) index);
  return BS_CLI_DONE;
}

/* Where a training that is stopped is found again; no settings, since they change no result. */
static void
apply_stopping (const Words *words, BsCliQueue *queue)
{
  for (guint i = 0; i < queue->trainings->len; i++) {
    const BsCliTraining *training = g_ptr_array_index (queue->trainings, i);
    training->point->config->partial_folder = bs_checkpoint_dir_dup_path_of_run (training->out);
    training->point->config->any_threads = words->any_threads;
    if (!isnan (words->checkpoint_every))
      training->point->config->checkpoint_every_s = words->checkpoint_every;
  }
}

static BsCliStatus
make_queue (const Words *words, BsCliQueue **queue)
{
  g_autoptr (GError) error = NULL;
  const char *const named[][2] = {
    { "encoders", words->encoders }, { "protocol", words->protocol }, { "folds", words->folds },
    { "epochs", words->epochs },     { "seed", words->seed },         { "threads", words->threads },
  };
  *queue = bs_cli_queue_new (words->model, words->settings, named, G_N_ELEMENTS (named), words->out,
                             &error);
  if (*queue == NULL)
    return bs_cli_usage_error ("%s", error->message);
  apply_stopping (words, *queue);
  return choose_combination (words, *queue);
}

static BsCliStatus
print_list (const BsCliQueue *queue)
{
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < queue->trainings->len; i++) {
    const BsCliTraining *training = g_ptr_array_index (queue->trainings, i);
    g_string_append_printf (out, "%u", i);
    for (guint k = 0; queue->grid->keys[k] != NULL; k++)
      g_string_append_printf (out, " %s=%s", queue->grid->keys[k], training->point->values[k]);
    g_string_append_printf (out, " %s\n", training->out);
  }
  return bs_cli_print (out);
}

/* What a training that was stopped has left at @folder is continued only where that was asked
 * for. */
static gboolean
check_partial (const Words *words, const char *folder, GError **error)
{
  BsCheckpointProgress partial;
  if (!bs_checkpoint_dir_look (folder, words->resume ? &partial : NULL))
    return TRUE;
  if (words->resume) {
    g_autofree char *sentence =
      partial.n_begun > 0
        ? g_strdup_printf (_ ("going on with %s: %u folds are done, %u were begun, the first goes "
                              "on from epoch %d"),
                           folder, partial.n_done, partial.n_begun, partial.epoch)
        : g_strdup_printf (_ ("going on with %s: %u folds are done, none was begun"), folder,
                           partial.n_done);
    g_printerr ("%s\n", sentence);
    return TRUE;
  }
  g_set_error (
    error, BS_ERROR, BS_ERROR_VALUE,
    _ ("%s: a training was stopped here; --resume goes on with it, and without this folder "
       "it begins anew"),
    folder);
  return FALSE;
}

/* Whether each folder can be made, or is there already, is known before hours of training. */
static BsCliStatus
check_folders (const Words *words, const BsCliQueue *queue)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < queue->trainings->len; i++) {
    BsCliTraining *training = g_ptr_array_index (queue->trainings, i);
    const char *partial = training->point->config->partial_folder;
    g_autofree char *parent = g_path_get_dirname (training->out);
    training->lock = bs_checkpoint_dir_lock (partial, &error);
    if (training->lock == NULL || !check_partial (words, partial, &error))
      return bs_cli_fail (error);
    if (!g_file_test (training->out, G_FILE_TEST_EXISTS)) {
      if (!bs_file_make_folder (parent, &error))
        return bs_cli_fail (error);
    } else if (!words->resume) {
      g_set_error (&error, BS_ERROR, BS_ERROR_VALUE,
                   _ ("%s: there is something of that name already; --resume completes a run"),
                   training->out);
      return bs_cli_fail (error);
    }
  }
  return BS_CLI_DONE;
}

/* The run of a training: as it lies there, completed, or new. */
static BsRun *
make_run (BsCorpus *corpus, const BsCliTraining *training, BsCliWork *work, GError **error)
{
  g_autoptr (BsRun) earlier = NULL;
  if (g_file_test (training->out, G_FILE_TEST_EXISTS)) {
    earlier = bs_run_load (training->out, error);
    if (earlier == NULL)
      return NULL;
    if (bs_train_is_complete (earlier, training->point->config, bs_corpus_metadata (corpus)))
      return g_steal_pointer (&earlier);
  }
  g_autoptr (BsRun) run = bs_train_resume (corpus, training->point->config, earlier, NULL,
                                           bs_cli_work_report, work, work->cancellable, error);
  if (run == NULL || (earlier != NULL ? !bs_run_replace (run, training->out, error)
                                      : !bs_run_save (run, training->out, error)))
    return NULL;
  bs_checkpoint_dir_remove (training->point->config->partial_folder);
  return g_steal_pointer (&run);
}

static gboolean
train_one (BsCorpus *corpus, const BsCliTraining *training, BsCliResults *results, GError **error)
{
  g_auto (BsCliWork) work = { 0 };
  bs_cli_work_begin (&work);
  g_autoptr (BsRun) run = make_run (corpus, training, &work, error);
  return run != NULL && bs_cli_results_add (results, training->point->values,
                                            bs_corpus_metadata (corpus), run, error);
}

/* An interruption says how to go on. */
static BsCliStatus
fail (GError **error)
{
  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_clear_error (error);
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                 _ ("stopped; the same command with --resume goes on from here"));
  }
  return bs_cli_fail (*error);
}

/* A training of a grid that fails does not stop the others; an interruption does. */
static BsCliStatus
train_all (BsCorpus *corpus, const BsCliQueue *queue, BsCliResults *results)
{
  BsCliStatus status = BS_CLI_DONE;
  for (guint i = 0; i < queue->trainings->len; i++) {
    g_autoptr (GError) error = NULL;
    const BsCliTraining *training = g_ptr_array_index (queue->trainings, i);
    if (queue->trainings->len > 1)
      g_printerr ("%u of %u: %s\n", i + 1, queue->trainings->len, training->point->name);
    if (train_one (corpus, training, results, &error))
      continue;
    status = fail (&error);
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return status;
    bs_cli_results_add_failure (results, training->point->values);
  }
  return status;
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
  g_autoptr (BsCliQueue) queue = NULL;
  BsCliStatus status = parse_words (&words, &argc, &argv);
  BsCliResultsWriteFunc write = bs_cli_results_writer (words.format);
  if (status == BS_CLI_DONE && write == NULL)
    status = bs_cli_usage_error (_ ("--format %s: expected text, csv or json"), words.format);
  if (status == BS_CLI_DONE)
    status = make_queue (&words, &queue);
  if (status != BS_CLI_DONE)
    return status;
  if (words.list)
    return print_list (queue);
  status = check_folders (&words, queue);
  if (status != BS_CLI_DONE)
    return status;
  g_autoptr (BsCorpus) corpus = bs_corpus_open (argv[1], NULL, &error);
  if (corpus == NULL)
    return bs_cli_fail (error);
  if (words.strict)
    bs_corpus_set_strict (corpus);
  g_autoptr (BsCliResults) results = bs_cli_results_new (queue->grid->keys);
  status = train_all (corpus, queue, results);
  if (status != BS_CLI_DONE && !bs_cli_queue_is_grid (queue))
    return status;
  BsCliStatus printed = bs_cli_results_print (results, write);
  return status != BS_CLI_DONE ? status : printed;
}
