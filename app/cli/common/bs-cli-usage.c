/* SPDX-License-Identifier: MIT */
/* How a command ends when it cannot do its work. */
#include <glib/gi18n.h>

#include "app/cli/common/bs-cli.h"
#include "data/base/bs-visible.h"

/**
 * bs_cli_fail:
 * @error: what went wrong
 *
 * Prints one line on stderr.
 *
 * Returns: %BS_CLI_FAILED
 */
BsCliStatus
bs_cli_fail (const GError *error)
{
  g_autofree char *seen = bs_visible_dup (error != NULL ? error->message : "failed");
  g_printerr ("blendscope-cli: %s\n", seen);
  return BS_CLI_FAILED;
}

/**
 * bs_cli_note:
 * @format: what a reader of the result should know
 * @...: for @format
 *
 * Prints one line on stderr.
 */
void
bs_cli_note (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *seen = bs_visible_dup (message);
  g_printerr ("blendscope-cli: %s: %s\n", _ ("note"), seen);
}

/**
 * bs_cli_usage_error:
 * @format: what is wrong with the words of the command
 * @...: for @format
 *
 * Prints one line on stderr.
 *
 * Returns: %BS_CLI_USAGE
 */
BsCliStatus
bs_cli_usage_error (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *seen = bs_visible_dup (message);
  g_printerr ("blendscope-cli: %s\n", seen);
  return BS_CLI_USAGE;
}
