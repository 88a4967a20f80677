/* SPDX-License-Identifier: MIT */
/* The program under a German locale: what went wrong is said in German, and what programs read is
 * the same to the byte. */
#include <locale.h>

#include "tests/support/bs-test-cli.h"

#define METADATA "filename,emotion_1,fold\nA1_ang_int1_ver1,ang,0\nA2_neu_sit1_ver1,neu,1\n"
#define PREDICTIONS                                                               \
  "filename,ang,disg,fea,hap,sad,neu\nA1_ang_int1_ver1,0.5,0.1,0.1,0.1,0.1,0.1\n" \
  "A2_neu_sit1_ver1,0.1,0.3,0.1,0.1,0.1,0.3\n"

static void
speak (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
}

static void
assert_says (const CliResult *result, int status, const char *sentence)
{
  g_autofree char *line = g_strdup_printf ("blendscope-cli: %s\n", sentence);
  g_assert_cmpstr (result->err, ==, line);
  g_assert_cmpint (result->status, ==, status);
}

static void
test_wrong_words_are_told_in_german (void)
{
  speak ("de");
  g_auto (CliResult) none = run_cli ("frobnicate", NULL);
  assert_says (&none, 2, "„frobnicate“ ist kein Befehl; blendscope-cli --help zählt sie auf");
  g_auto (CliResult) format = run_cli ("info", "x", "--format", "yaml", NULL);
  assert_says (&format, 2, "--format yaml: erwartet wird text oder json");
  speak ("C");
  g_auto (CliResult) english = run_cli ("info", "x", "--format", "yaml", NULL);
  assert_says (&english, 2, "--format yaml: expected text or json");
}

static void
assert_prints (const CliResult *result, const char *words)
{
  assert_done (result);
  if (strstr (result->out, words) == NULL)
    g_error ("'%s' does not hold '%s'", result->out, words);
}

static void
test_help_is_german (void)
{
  speak ("de");
  g_auto (CliResult) all = run_cli ("--help", NULL);
  assert_prints (&all, "merge      ein Lauf aus einzeln trainierten Folds\n");
  g_auto (CliResult) command = run_cli ("evaluate", "--help", NULL);
  assert_prints (&command, "die Datei enthält Logits\n");
}

static void
test_a_damaged_file_is_told_in_german (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  const char *metadata = test_folder_write (folder, "m.csv", METADATA);
  const char *damaged = test_folder_write_bytes (folder, "damaged.npz", "PK\3\4\24\0\0\0", 8);
  g_autofree char *sentence = g_strconcat (
    damaged, ": erwartet wird ein ZIP-Archiv, gefunden wurde kein Ende eines solchen", NULL);
  speak ("de");
  g_auto (CliResult) archive = run_cli ("evaluate", "--metadata", metadata, "--predictions",
                                        damaged, "--format", "json", NULL);
  g_assert_cmpstr (archive.out, ==, "");
  assert_says (&archive, 1, sentence);
  const char *cells = test_folder_write (folder, "m2.csv", "filename,emotion_1\nA1,joy\n");
  g_autofree char *place = g_strconcat (
    cells,
    ": Zeile 2, Spalte „emotion_1“: erwartet wird ang, disg, fea, hap, sad oder neu, nicht „joy“",
    NULL);
  g_auto (CliResult) table =
    run_cli ("evaluate", "--metadata", cells, "--predictions", damaged, NULL);
  assert_says (&table, 1, place);
}

/* A command of words, NULL behind them: prints the same under both, and something. */
static void
assert_same_output (const char *const *words)
{
  CliResult results[2];
  for (int i = 0; i < 2; i++) {
    speak (i == 0 ? "C" : "de");
    results[i] = run_cli (words[0], words[1], words[2], words[3], words[4], words[5], words[6],
                          words[7], words[8], NULL);
    assert_done (&results[i]);
  }
  g_assert_cmpstr (results[0].out, !=, "");
  g_assert_cmpstr (results[1].out, ==, results[0].out);
  cli_result_clear (&results[0]);
  cli_result_clear (&results[1]);
}

static void
test_what_programs_read_is_the_same (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  const char *metadata = test_folder_write (folder, "train_metadata.csv", METADATA);
  const char *predictions = test_folder_write (folder, "p.csv", PREDICTIONS);
  test_folder_write (folder, "Broken_train/A1_ang_int1_ver1.npy", "x");
  const char *const commands[][9] = {
    { "info", folder->path, "--format", "json" },
    { "settings", "--format", "json" },
    { "settings", "--format", "csv" },
    { "settings", "--format", "markdown" },
    { "grid", "--metadata", metadata, "--predictions", predictions, "--steps", "3" },
    { "evaluate", "--metadata", metadata, "--predictions", predictions, "--format", "json" },
    { "evaluate", "--metadata", metadata, "--predictions", predictions, "--format", "csv" },
    { "evaluate", "--metadata", metadata, "--predictions", predictions, "--format", "json",
      "--tune", "train" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    assert_same_output (commands[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Any locale but "C" has translations; the German one has a decimal comma as well. */
  const char *locale = setlocale (LC_ALL, "de_DE.UTF-8") != NULL ? "de_DE.UTF-8" : "C.UTF-8";
  g_setenv ("LC_ALL", locale, TRUE);
  g_test_message ("under %s", locale);
  g_test_add_func ("/german/wrong-words", test_wrong_words_are_told_in_german);
  g_test_add_func ("/german/help", test_help_is_german);
  g_test_add_func ("/german/damaged-file", test_a_damaged_file_is_told_in_german);
  g_test_add_func ("/german/what-programs-read", test_what_programs_read_is_the_same);
  return g_test_run ();
}
