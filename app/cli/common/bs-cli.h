/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsCliStatus:
 * @BS_CLI_DONE: the work is done
 * @BS_CLI_FAILED: the work failed; one line on stderr says why
 * @BS_CLI_USAGE: the words of the command are wrong
 *
 * Exit codes of blendscope-cli.
 */
typedef enum {
  BS_CLI_DONE = 0,
  BS_CLI_FAILED = 1,
  BS_CLI_USAGE = 2,
} BsCliStatus;

/**
 * BsCliCommand:
 * @name: the word after the program's name
 * @usage: arguments, for --help
 * @summary: one line, for --help
 * @run: gets the words from @name on
 *
 * One command; each has a file of its own.
 */
typedef struct {
  const char *name;
  const char *usage;
  const char *summary;
  BsCliStatus (*run) (int argc, char **argv);
} BsCliCommand;

BsCliStatus bs_cli_fail (const GError *error);
void bs_cli_note (const char *format, ...) G_GNUC_PRINTF (1, 2);
BsCliStatus bs_cli_usage_error (const char *format, ...) G_GNUC_PRINTF (1, 2);

BsCliStatus bs_cli_demo (int argc, char **argv);

GOptionContext *bs_cli_option_context (const char *command, const char *words);
BsCliStatus bs_cli_parse_at_least (GOptionContext *context, int *argc, char ***argv, int n_words);
BsCliStatus bs_cli_parse (GOptionContext *context, int *argc, char ***argv, int n_words);
BsCliStatus bs_cli_print (const GString *text);

BsCliStatus bs_cli_clip (int argc, char **argv);
BsCliStatus bs_cli_confusion (int argc, char **argv);
BsCliStatus bs_cli_evaluate (int argc, char **argv);
BsCliStatus bs_cli_fuse (int argc, char **argv);
BsCliStatus bs_cli_grid (int argc, char **argv);
BsCliStatus bs_cli_info (int argc, char **argv);
BsCliStatus bs_cli_merge (int argc, char **argv);
BsCliStatus bs_cli_predict (int argc, char **argv);
BsCliStatus bs_cli_project (int argc, char **argv);
BsCliStatus bs_cli_settings (int argc, char **argv);
BsCliStatus bs_cli_train (int argc, char **argv);

G_END_DECLS
