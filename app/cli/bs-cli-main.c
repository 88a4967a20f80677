/* SPDX-License-Identifier: MIT */
/* blendscope-cli: everything the window does to data, without a display. */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/cli/common/bs-cli.h"
#include "data/base/bs-signals.h"
#include "data/base/bs-translations.h"

static const BsCliCommand commands[] = {
  { "demo", "OUT_DIR [--size small|full] [--seed N] [--render all] [--force]",
    N_ ("make a synthetic corpus"), bs_cli_demo },
  { "info", "CORPUS|RUN_DIR [--format text|json]",
    N_ ("what a corpus holds, counted, and what it lacks; what a run was trained with"),
    bs_cli_info },
  { "evaluate",
    "--metadata M.csv --predictions P [--alpha A --beta B | --tune official|exact|train|mean|"
    "best-fold|presence-first] [--format text|json|csv]",
    N_ ("both accuracies, fold by fold"), bs_cli_evaluate },
  { "grid", "--metadata M.csv --predictions P [--steps 20]",
    N_ ("both accuracies at every crossing of the official grid, as CSV"), bs_cli_grid },
  { "confusion",
    "--metadata M.csv --predictions P [--classes 16|36] [--alpha A --beta B | --tune PROTOCOL] "
    "--out FILE.csv|.svg|.png|.pdf",
    N_ ("which classes are taken for which"), bs_cli_confusion },
  { "fuse",
    "--metadata M.csv --predictions P1 --predictions P2 ... [--weights W1,W2,... | --optimise "
    "[--protocol official|mean|honest] [--seed N]] [--format text|json] --out "
    "FILE.csv|.npz|RUN_DIR",
    N_ ("weighted means of several sets of predictions"), bs_cli_fuse },
  { "train",
    "CORPUS --model NAME --encoders a,b [--protocol official|paper-000|honest] [--folds 0-4] "
    "[--epochs N] [--seed N] [--threads N] [--set key=value[,value...] ...] [--list] "
    "[--combination I] [--checkpoint-every S] [--resume [--any-threads]] "
    "[--strict] [--format text|csv|json] --out RUN_DIR",
    N_ ("train a network per fold, or a grid of such runs"), bs_cli_train },
  { "settings", "[--model NAME] [--format text|markdown|csv|json]",
    N_ ("what --set takes, its value here and in the papers"), bs_cli_settings },
  { "merge", "CORPUS --out RUN_DIR PART_DIR...", N_ ("one run of folds trained by themselves"),
    bs_cli_merge },
  { "predict",
    "CORPUS --run RUN_DIR [--partition train|test] [--alpha A --beta B | --tune PROTOCOL] "
    "--out FILE.csv|.npz|.json|.zip",
    N_ ("what a run says of a corpus"), bs_cli_predict },
  { "project",
    "CORPUS --encoder NAME [--per-actor] [--whiten] [--pairs hap-sad] [--strict] "
    "--out FILE.csv|.npz|.svg|.png|.pdf",
    N_ ("principal components of an encoder's features"), bs_cli_project },
  { "clip", "FILE [--format text|json] [--frame N [--way seek|back|forward] --out STILL.png]",
    N_ ("what the player sees of a clip, and the picture it shows at an index"), bs_cli_clip },
  { NULL, NULL, NULL, NULL },
};

static BsCliStatus
print_help (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_string_append_printf (out, "%s\n\n", _ ("usage: blendscope-cli COMMAND ..."));
  for (const BsCliCommand *c = commands; c->name != NULL; c++)
    g_string_append_printf (out, "  %-10s %s\n             blendscope-cli %s %s\n", c->name,
                            _ (c->summary), c->name, c->usage);
  g_string_append_printf (out, "\n%s\n",
                          _ ("Exit status: 0 done, 1 the work failed, 2 wrong usage."));
  return bs_cli_print (out);
}

static BsCliStatus
print_version (void)
{
  g_autoptr (GString) out = g_string_new ("blendscope-cli " BS_VERSION "\n");
  return bs_cli_print (out);
}

int
main (int argc, char **argv)
{
  bs_signals_ignore_limits ();
  bs_translations_start ();
  if (argc < 2)
    return bs_cli_usage_error (_ ("a command is needed; blendscope-cli --help lists them"));
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    return print_help ();
  if (strcmp (argv[1], "--version") == 0)
    return print_version ();
  for (const BsCliCommand *c = commands; c->name != NULL; c++)
    if (strcmp (argv[1], c->name) == 0)
      return c->run (argc - 1, argv + 1);
  return bs_cli_usage_error (_ ("\"%s\" is not a command; blendscope-cli --help lists them"),
                             argv[1]);
}
