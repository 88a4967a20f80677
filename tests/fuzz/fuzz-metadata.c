/* SPDX-License-Identifier: MIT */
/* The release's tables: the bytes as train_metadata.csv, as test_metadata.csv, and, cut at a NUL,
 * as one of each. What is read has to be what the data set can have, and every clip to be found. */
#include "data/corpus/bs-metadata.h"
#include "tests/fuzz/fuzz.h"

static void
check_clip (const BsMetadata *metadata, gsize index)
{
  const BsClip *clip = bs_metadata_clip (metadata, index);
  g_assert_cmpint (bs_metadata_find (metadata, clip->filename), ==, (int) index);
  g_assert_cmpint (clip->actor, <, (int) bs_metadata_n_actors (metadata));
  g_assert_cmpint (clip->fold, <, bs_metadata_n_folds (metadata));
  g_assert_cmpint (clip->intensity, <=, BS_MAX_LEVEL);
  g_assert_cmpint (clip->situation, <=, BS_MAX_LEVEL);
  g_assert_true (g_utf8_validate (clip->filename, -1, NULL));
  g_assert_null (strchr (clip->filename, '/'));
  if (bs_label_is_known (clip->label)) {
    g_assert_false (clip->is_test);
    int salience_class = bs_label_salience_class (clip->label);
    g_assert_cmpint (salience_class, >=, 0);
    g_assert_true (bs_label_equal (bs_label_from_salience_class (salience_class), clip->label));
  }
  for (gsize extra = 0; extra < bs_metadata_n_extras (metadata); extra++)
    g_assert_nonnull (bs_metadata_extra_value (metadata, index, extra));
}

static void
read_tables (GBytes *train, GBytes *test)
{
  GError *error = NULL;
  g_autoptr (BsMetadata) metadata =
    bs_metadata_parse (train, "fuzz-train.csv", test, "fuzz-test.csv", &error);
  if (metadata == NULL) {
    fuzz_take_error (error);
    return;
  }
  g_assert_cmpint (bs_metadata_n_folds (metadata), <=, BS_MAX_FOLDS);
  for (gsize i = 0; i < bs_metadata_n_clips (metadata); i++)
    check_clip (metadata, i);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) all = g_bytes_new_static (data, size);
  const uint8_t *cut = size > 0 ? memchr (data, '\0', size) : NULL;
  read_tables (all, NULL);
  read_tables (NULL, all);
  if (cut != NULL) {
    gsize n = (gsize) (cut - data);
    g_autoptr (GBytes) train = g_bytes_new_from_bytes (all, 0, n);
    g_autoptr (GBytes) test = g_bytes_new_from_bytes (all, n + 1, size - n - 1);
    read_tables (train, test);
  }
  return 0;
}
