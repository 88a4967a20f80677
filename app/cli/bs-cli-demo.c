/* SPDX-License-Identifier: MIT */
/* blendscope-cli demo: makes a synthetic corpus. */
#include <glib/gi18n.h>
#include <stdint.h>
#include <string.h>

#include "app/cli/common/bs-cli-work.h"
#include "app/cli/common/bs-cli.h"
#include "data/demo/bs-demo.h"

/* A corpus that took somebody's time is not lost by a word too few. */
static gboolean
check_folder (const BsDemo *demo, const char *folder, gboolean force, GError **error)
{
  if (!bs_demo_holds_other (demo, folder))
    return TRUE;
  if (force) {
    bs_demo_forget_clips (folder);
    return TRUE;
  }
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               _ ("%s: holds another corpus; --force writes over it"), folder);
  return FALSE;
}

static gboolean
make (const BsDemo *demo, const char *folder, gboolean render, GError **error)
{
  g_auto (BsCliWork) work = { 0 };
  bs_cli_work_begin (&work);
  if (!bs_demo_write_metadata (demo, folder, error) ||
      !bs_demo_write_features (demo, folder, bs_cli_work_report, &work, work.cancellable, error))
    return FALSE;
  return !render ||
         bs_demo_render_all (demo, folder, bs_cli_work_report, &work, work.cancellable, error);
}

static gboolean
parse_size (const char *text, BsDemoSize *size)
{
  *size = text != NULL && strcmp (text, "full") == 0 ? BS_DEMO_FULL : BS_DEMO_SMALL;
  return text == NULL || *size == BS_DEMO_FULL || strcmp (text, "small") == 0;
}

/**
 * bs_cli_demo:
 * @argc: number of words
 * @argv: "demo", the folder and options
 *
 * Returns: the exit status
 */
BsCliStatus
bs_cli_demo (int argc, char **argv)
{
  g_autofree char *size_text = NULL, *render = NULL, *seed_text = NULL;
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
    { "size", 0, 0, G_OPTION_ARG_STRING, &size_text, N_ ("10 actors, or the release's numbers"),
      "small|full" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &seed_text, N_ ("everything follows from it (1)"), "N" },
    { "render", 0, 0, G_OPTION_ARG_STRING, &render,
      N_ ("draw every clip now, not when it is opened"), "all" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("write over another corpus"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("demo", "OUT_DIR");
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse (context, &argc, &argv, 1);
  if (status != BS_CLI_DONE)
    return status;
  BsDemoSize size;
  guint64 seed = 1;
  if (!parse_size (size_text, &size))
    return bs_cli_usage_error (_ ("--size is small or full, not \"%s\""), size_text);
  if (render != NULL && strcmp (render, "all") != 0)
    return bs_cli_usage_error (_ ("--render takes all, not \"%s\""), render);
  if (seed_text != NULL && !g_ascii_string_to_unsigned (seed_text, 10, 0, G_MAXUINT64, &seed, NULL))
    return bs_cli_usage_error (_ ("--seed takes a whole number from 0, not \"%s\""), seed_text);
  g_autoptr (BsDemo) demo = bs_demo_new (size, seed);
  g_autoptr (GError) error = NULL;
  if (!check_folder (demo, argv[1], force, &error))
    return bs_cli_fail (error);
  guint64 bytes = bs_demo_estimate_bytes (demo, render != NULL);
  g_autofree char *sentence = g_strdup_printf (
    render != NULL
      ? _ ("synthetic corpus of %zu clips, about %ju MB")
      : _ ("synthetic corpus of %zu clips, about %ju MB (clips are drawn when they are opened)"),
    bs_demo_n_clips (demo), (uintmax_t) (bytes / 1000000 + 1));
  g_printerr ("%s\n", sentence);
  return make (demo, argv[1], render != NULL, &error) ? BS_CLI_DONE : bs_cli_fail (error);
}
