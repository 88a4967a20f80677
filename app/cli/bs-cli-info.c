/* SPDX-License-Identifier: MIT */
/* blendscope-cli info: what a corpus folder holds, counted, and what it lacks; or what a run is. */
#include "app/cli/bs-cli-info.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/cli/common/bs-cli.h"
#include "data/base/bs-translations.h"

static BsCliStatus
print_run (const char *folder, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsRun) run = bs_run_load (folder, &error);
  if (run == NULL)
    return bs_cli_fail (error);
  g_autoptr (GString) out = g_string_new (NULL);
  if (json) {
    g_autofree char *text = bs_cli_info_run_to_json (run);
    g_string_append (out, text);
  } else {
    bs_cli_info_append_run_text (out, run);
  }
  return bs_cli_print (out);
}

static BsCliStatus
print_corpus (const char *folder, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = bs_corpus_open (folder, NULL, &error);
  if (corpus == NULL)
    return bs_cli_fail (error);
  g_autoptr (BsCorpusSummary) summary = bs_corpus_summary_new (corpus, NULL, &error);
  if (summary == NULL)
    return bs_cli_fail (error);
  g_autoptr (GString) out = g_string_new (NULL);
  if (json) {
    g_autofree char *text = bs_cli_info_to_json (corpus, summary);
    g_string_append (out, text);
  } else {
    bs_cli_info_append_text (out, corpus, summary);
  }
  return bs_cli_print (out);
}

/**
 * bs_cli_info:
 * @argc: number of words
 * @argv: "info", the folder and options
 *
 * Returns: the exit status
 */
BsCliStatus
bs_cli_info (int argc, char **argv)
{
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("how it is written (text)"), "text|json" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("info", "CORPUS|RUN_DIR");
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse (context, &argc, &argv, 1);
  if (status != BS_CLI_DONE)
    return status;
  gboolean json = g_strcmp0 (format, "json") == 0;
  if (format != NULL && !json && strcmp (format, "text") != 0)
    return bs_cli_usage_error (_ ("--format %s: expected text or json"), format);
  /* A corpus says what it lacks in sentences, and they are part of the JSON. */
  if (json)
    bs_translations_stop ();
  return bs_run_is_folder (argv[1]) ? print_run (argv[1], json) : print_corpus (argv[1], json);
}
