/* SPDX-License-Identifier: MIT */
/* Runs the program itself. */
#pragma once

#include <sys/wait.h>

#include "data/format/bs-json.h"
#include "tests/support/bs-test-folder.h"

typedef struct {
  int status;
  char *out;
  char *err;
} CliResult;

static inline void
cli_result_clear (CliResult *self)
{
  g_free (self->out);
  g_free (self->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliResult, cli_result_clear)

/* Words up to NULL. */
static inline CliResult G_GNUC_NULL_TERMINATED
run_cli (const char *word, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  CliResult result = { 0 };
  int wait_status;
  va_list words;
  g_ptr_array_add (argv, (char *) g_getenv ("BLENDSCOPE_CLI"));
  va_start (words, word);
  for (const char *w = word; w != NULL; w = va_arg (words, const char *))
    g_ptr_array_add (argv, (char *) w);
  va_end (words);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &result.out,
                &result.err, &wait_status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (wait_status));
  result.status = WEXITSTATUS (wait_status);
  return result;
}

static inline void
assert_done (const CliResult *result)
{
  if (result->status != 0)
    g_error ("status %d: %s", result->status, result->err);
}

/* Ended so, saying why in one line that holds @said. */
static inline void
assert_ended (const CliResult *result, int status, const char *said)
{
  g_assert_cmpint (result->status, ==, status);
  g_assert_cmpstr (result->out, ==, "");
  if (strstr (result->err, said) == NULL)
    g_error ("'%s' does not hold '%s'", result->err, said);
  const char *newline = strchr (result->err, '\n');
  g_assert_true (newline != NULL && newline[1] == '\0');
}
