/* SPDX-License-Identifier: MIT */
/* Folds chosen by their names. */
#include "data/corpus/bs-fold-choice.h"
#include "data/corpus/bs-fold-names.h"

static BsMetadata *
load (const char *folds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) csv = g_string_new ("filename,fold\n");
  g_auto (GStrv) cells = g_strsplit (folds, "|", -1);
  for (guint i = 0; cells[i] != NULL; i++)
    g_string_append_printf (csv, "clip_%u,\"%s\"\n", i, cells[i]);
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (g_steal_pointer (&csv));
  BsMetadata *metadata = bs_metadata_parse (bytes, "m.csv", NULL, NULL, &error);
  g_assert_no_error (error);
  return metadata;
}

static void
assert_means (const BsMetadata *metadata, const char *text, guint expected)
{
  g_autoptr (GError) error = NULL;
  guint folds = 0;
  g_assert_true (bs_fold_choice_parse (metadata, text, &folds, &error));
  g_assert_no_error (error);
  g_assert_cmphex (folds, ==, expected);
}

static void
assert_refused (const BsMetadata *metadata, const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  guint folds = 77;
  g_assert_false (bs_fold_choice_parse (metadata, text, &folds, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpuint (folds, ==, 77);
}

static void
test_numbers (void)
{
  g_autoptr (BsMetadata) metadata = load ("0|1|2|4|15|");
  assert_means (metadata, "0", 1);
  assert_means (metadata, "0-2,4", 0x17);
  assert_means (metadata, " 1 , 15 ", 0x8002);
  assert_means (metadata, "0 - 15", 0x8017);
  assert_refused (metadata, "3", "folds: there is no fold \"3\"; there are 0, 1, 2, 4, 15");
  assert_refused (metadata, "0-3", "folds: there is no fold \"0-3\"; there are 0, 1, 2, 4, 15");
  assert_refused (metadata, "4-2", "folds: there is no fold \"4-2\"; there are 0, 1, 2, 4, 15");
  assert_refused (metadata, "1,16", "folds: there is no fold \"16\"; there are 0, 1, 2, 4, 15");
  assert_refused (metadata, "1,", "folds: there is no fold \"\"; there are 0, 1, 2, 4, 15");
  assert_refused (metadata, "-", "folds: there is no fold \"-\"; there are 0, 1, 2, 4, 15");
}

/* Numbers too large to be places are names: "10" is the fold called so, not the eleventh. */
static void
test_large_numbers (void)
{
  g_autoptr (BsMetadata) metadata = load ("10|20|30");
  assert_means (metadata, "10", 1);
  assert_means (metadata, "10-20,30", 7);
  assert_refused (metadata, "0", "folds: there is no fold \"0\"; there are 10, 20, 30");
}

static void
test_names (void)
{
  /* By rank: "F,2", "a b", "north", "north-east", "south" */
  g_autoptr (BsMetadata) metadata = load ("south|north|a b|north-east|F,2");
  assert_means (metadata, "south", 0x10);
  assert_means (metadata, "a b, north", 6);
  assert_means (metadata, "north-east", 8);
  assert_means (metadata, "north-south", 0x1c);
  assert_means (metadata, "north-north-east", 0xc);
  assert_means (metadata, "F,2", 1);
  assert_means (metadata, "F,2-north,south", 0x17);
  assert_refused (
    metadata, "South",
    "folds: there is no fold \"South\"; there are F,2, a b, north, north-east, south");
  assert_refused (metadata, "1",
                  "folds: there is no fold \"1\"; there are F,2, a b, north, north-east, south");
}

static void
test_names_that_cannot_be_seen (void)
{
  g_autoptr (BsMetadata) metadata = load ("b\xe2\x80\xaega|c");
  assert_refused (metadata, "x", "folds: there is no fold \"x\"; there are b\\u202ega, c");
  g_autofree char *name = bs_fold_name_dup_visible (bs_metadata_fold_names (metadata), 0);
  g_assert_cmpstr (name, ==, "b\\u202ega");
  g_assert_cmpstr (bs_metadata_fold_name (metadata, 7), ==, "7");
}

static void
test_no_folds (void)
{
  g_autoptr (BsMetadata) metadata = load ("|");
  assert_refused (metadata, "0", "folds: there is no fold \"0\"; the metadata give no clip a fold");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold-choice/numbers", test_numbers);
  g_test_add_func ("/fold-choice/large-numbers", test_large_numbers);
  g_test_add_func ("/fold-choice/names", test_names);
  g_test_add_func ("/fold-choice/invisible", test_names_that_cannot_be_seen);
  g_test_add_func ("/fold-choice/none", test_no_folds);
  return g_test_run ();
}
