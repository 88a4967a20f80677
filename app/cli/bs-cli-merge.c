/* SPDX-License-Identifier: MIT */
/* blendscope-cli merge: folds that were trained by themselves become one run. */
#include "app/cli/common/bs-cli-results.h"

#include <glib/gi18n.h>
#include "model/training/bs-train.h"

static GPtrArray *
load_parts (char **folders, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
  for (; *folders != NULL; folders++) {
    BsRun *part = bs_run_load (*folders, error);
    if (part == NULL)
      return NULL;
    g_ptr_array_add (parts, part);
  }
  return g_steal_pointer (&parts);
}

static gboolean
merge (const char *folder, char **folders, const char *out, BsCliResults *results, GError **error)
{
  char *no_values[] = { NULL };
  g_autoptr (BsCorpus) corpus = bs_corpus_open (folder, NULL, error);
  if (corpus == NULL)
    return FALSE;
  BsMetadata *metadata = bs_corpus_metadata (corpus);
  g_autoptr (GPtrArray) parts = load_parts (folders, error);
  if (parts == NULL)
    return FALSE;
  g_autoptr (BsRun) run =
    bs_train_merge (metadata, (BsRun *const *) parts->pdata, parts->len, error);
  return run != NULL && bs_run_save (run, out, error) &&
         bs_cli_results_add (results, no_values, metadata, run, error);
}

/**
 * bs_cli_merge:
 * @argc: number of words
 * @argv: the words, from "merge" on
 *
 * Returns: how it ended
 */
BsCliStatus
bs_cli_merge (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  char *no_keys[] = { NULL };
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, N_ ("the run's folder"), "RUN_DIR" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("merge", "CORPUS PART...");
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse_at_least (context, &argc, &argv, 2);
  if (status != BS_CLI_DONE)
    return status;
  if (out == NULL)
    return bs_cli_usage_error (_ ("--out RUN_DIR is needed"));
  g_autoptr (BsCliResults) results = bs_cli_results_new (no_keys);
  if (!merge (argv[1], argv + 2, out, results, &error))
    return bs_cli_fail (error);
  return bs_cli_results_print (results, bs_cli_results_writer (NULL));
}
