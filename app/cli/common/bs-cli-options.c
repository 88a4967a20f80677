/* SPDX-License-Identifier: MIT */
/* Reading a command's words and writing its results, the same for every command. */
#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli/common/bs-cli.h"
#include "config.h"
#include "data/base/bs-error.h"

/**
 * bs_cli_option_context:
 * @command: the command's name
 * @words: (nullable): what it takes beside options, as "CORPUS"
 *
 * Returns: (transfer full): a context whose --help names the command
 */
GOptionContext *
bs_cli_option_context (const char *command, const char *words)
{
  g_autofree char *name = g_strdup_printf ("blendscope-cli %s", command);
  g_set_prgname (name);
  GOptionContext *context = g_option_context_new (words);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  return context;
}

/* GLib would print it without looking whether it came out. */
static BsCliStatus
print_help (GOptionContext *context)
{
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  g_autoptr (GString) out = g_string_new (help);
  return bs_cli_print (out);
}

static void
print_help_if_asked (GOptionContext *context, int argc, char **argv)
{
  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    if (strcmp (argv[i], "--help") == 0 || strcmp (argv[i], "-h") == 0)
      exit (print_help (context));
}

/**
 * bs_cli_parse_at_least:
 * @context: a command's options
 * @argc: (inout): number of words, the command's name among them
 * @argv: (inout): the words; afterwards the name and what is no option, then %NULL
 * @n_words: how many words there must be at least beside options
 *
 * Returns: %BS_CLI_DONE, or %BS_CLI_USAGE after one line on stderr
 */
BsCliStatus
bs_cli_parse_at_least (GOptionContext *context, int *argc, char ***argv, int n_words)
{
  g_autoptr (GError) error = NULL;
  print_help_if_asked (context, *argc, *argv);
  if (!g_option_context_parse (context, argc, argv, &error))
    return bs_cli_usage_error ("%s", error->message);
  if (*argc - 1 < n_words)
    return bs_cli_usage_error (_ ("a word is missing; %s --help says which"), g_get_prgname ());
  return BS_CLI_DONE;
}

/**
 * bs_cli_parse:
 * @context: a command's options
 * @argc: (inout): number of words, the command's name among them
 * @argv: (inout): the words; afterwards the name and what is no option
 * @n_words: how many words there must be beside options
 *
 * Returns: %BS_CLI_DONE, or %BS_CLI_USAGE after one line on stderr
 */
BsCliStatus
bs_cli_parse (GOptionContext *context, int *argc, char ***argv, int n_words)
{
  BsCliStatus status = bs_cli_parse_at_least (context, argc, argv, n_words);
  if (status == BS_CLI_DONE && *argc - 1 > n_words)
    return bs_cli_usage_error (_ ("unexpected word \"%s\""), (*argv)[n_words + 1]);
  return status;
}

/**
 * bs_cli_print:
 * @text: result of a command
 *
 * Writes to the standard output; a full disk is an error, not a short file.
 *
 * Returns: %BS_CLI_DONE, or %BS_CLI_FAILED after one line on stderr
 */
BsCliStatus
bs_cli_print (const GString *text)
{
  if (fwrite (text->str, 1, text->len, stdout) == text->len && fflush (stdout) == 0)
    return BS_CLI_DONE;
  g_autoptr (GError) error = g_error_new (
    BS_ERROR, BS_ERROR_LIMIT, _ ("standard output: cannot be written: %s"), g_strerror (errno));
  return bs_cli_fail (error);
}
