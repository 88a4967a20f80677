/* SPDX-License-Identifier: MIT */
/* Documents: every getter on every value, then the document printed, which has to read back; and
 * the same bytes as a submission. */
#include "data/format/bs-json.h"
#include "data/run/bs-predictions.h"
#include "tests/fuzz/fuzz.h"

#define FUZZ_MAX_VALUES 8

static void
check (gboolean good, GError **error)
{
  g_assert_true (good == (*error == NULL));
  if (*error != NULL)
    fuzz_take_error (g_steal_pointer (error));
}

static void
read_value (const BsJson *value)
{
  GError *error = NULL;
  double number;
  int whole;
  guint64 large;
  gboolean flag;
  BsJson child;
  g_auto (GStrv) strings = bs_json_strings (value, &error);
  check (strings != NULL, &error);
  check (bs_json_double (value, &number, &error), &error);
  check (bs_json_int (value, &whole, &error), &error);
  check (bs_json_uint64 (value, &large, &error), &error);
  check (bs_json_boolean (value, &flag, &error), &error);
  check (bs_json_string (value, &error) != NULL, &error);
  check (bs_json_get_array (value, "predictions", &child, &error), &error);
  check (bs_json_get_object (value, "folds", &child, &error), &error);
  check (bs_json_get_uint64 (value, "seed", &large, &error), &error);
}

/* Returns how many values there are; the first FUZZ_MAX_VALUES of them are read. */
static gsize
walk (const BsJson *value, gsize n_before)
{
  gsize n = 1, n_children = 0;
  BsJson child;
  if (n_before < FUZZ_MAX_VALUES)
    read_value (value);
  for (gboolean more = bs_json_first (value, &child); more; more = bs_json_next (&child)) {
    g_assert_cmpuint (child.index, ==, n_children++);
    n += walk (&child, n_before + n);
  }
  g_assert_cmpuint (bs_json_length (value), ==, n_children);
  return n;
}

/* What a run keeps of how its file was read has to come back the same. */
static void
read_reading (const BsJson *root)
{
  GError *error = NULL;
  BsReadAs read_as = { 0 }, again = { 0 };
  if (!bs_json_is_object (root, NULL))
    return;
  check (bs_read_as_from_json (&read_as, root, &error), &error);
  g_autoptr (cJSON) kept = cJSON_CreateObject ();
  bs_read_as_to_json (&read_as, kept);
  BsJson object = bs_json_root (kept, "kept");
  g_autofree char *text = bs_read_as_to_text (&read_as);
  if (bs_read_as_from_json (&again, &object, NULL)) {
    g_autofree char *same = bs_read_as_to_text (&again);
    g_assert_cmpstr (same, ==, text);
  }
  bs_read_as_clear (&again);
  bs_read_as_clear (&read_as);
}

static void
read_predictions (const uint8_t *data, size_t size)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (BsPredictions) predictions =
    bs_predictions_parse (bytes, "fuzz.json", BS_PREDICTIONS_AUTO, &error);
  if (predictions == NULL)
    fuzz_take_error (error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GError *error = NULL;
  read_predictions (data, size);
  g_autoptr (cJSON) document = bs_json_parse ((const char *) data, size, "fuzz", &error);
  if (document == NULL) {
    fuzz_take_error (error);
    return 0;
  }
  BsJson root = bs_json_root (document, "fuzz");
  gsize n = walk (&root, 0);
  read_reading (&root);
  g_autofree char *text = bs_json_to_text (document);
  g_autoptr (cJSON) again = bs_json_parse (text, strlen (text), "fuzz", NULL);
  BsJson root_again = bs_json_root (again, "fuzz");
  g_assert_nonnull (again);
  g_assert_cmpuint (walk (&root_again, FUZZ_MAX_VALUES), ==, n);
  return 0;
}
