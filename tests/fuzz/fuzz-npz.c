/* SPDX-License-Identifier: MIT */
/* Archives: every array of them, and the same bytes as predictions. */
#include "data/format/bs-npz-private.h"
#include "data/run/bs-predictions.h"
#include "tests/fuzz/fuzz-array.h"

#define FUZZ_MAX_MEMBERS 16

static void
read_predictions (GBytes *bytes)
{
  GError *error = NULL;
  g_autoptr (BsPredictions) predictions =
    bs_predictions_parse (bytes, "fuzz.npz", BS_PREDICTIONS_AUTO, &error);
  if (predictions == NULL)
    fuzz_take_error (error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (BsNpz) npz = bs_npz_parse (bytes, "fuzz", &error);
  read_predictions (bytes);
  if (npz == NULL) {
    fuzz_take_error (error);
    return 0;
  }
  g_auto (GStrv) names = bs_npz_list (npz);
  for (gsize i = 0; names[i] != NULL && i < FUZZ_MAX_MEMBERS; i++) {
    g_autoptr (BsArray) array = bs_npz_get (npz, names[i], &error);
    if (array == NULL)
      fuzz_take_error (g_steal_pointer (&error));
    else
      fuzz_read_array (array);
  }
  return 0;
}
