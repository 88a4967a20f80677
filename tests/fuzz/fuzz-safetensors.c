/* SPDX-License-Identifier: MIT */
/* Weights: what is read covers the file's bytes exactly. */
#include "data/format/bs-safetensors-private.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GPtrArray) tensors = bs_safetensors_parse (bytes, "fuzz", &error);
  if (tensors == NULL) {
    fuzz_take_error (error);
    return 0;
  }
  guint64 length;
  gsize at = 0;
  memcpy (&length, data, sizeof length);
  const uint8_t *values = data + sizeof length + GUINT64_FROM_LE (length);
  for (guint i = 0; i < tensors->len; i++) {
    const BsTensor *tensor = g_ptr_array_index (tensors, i);
    gsize n = tensor->values->n_rows * tensor->values->n_cols * sizeof (float);
    g_assert_cmpmem (tensor->values->data, n, values + at, n);
    at += n;
  }
  g_assert_true (values + at == data + size);
  return 0;
}
