/* SPDX-License-Identifier: MIT */
/* Arrays: every conversion, which have to agree with each other. */
#include "tests/fuzz/fuzz-array.h"
#include "data/format/bs-npy-private.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (BsArray) array = bs_npy_parse (bytes, "fuzz", &error);
  if (array == NULL)
    fuzz_take_error (error);
  else
    fuzz_read_array (array);
  return 0;
}
