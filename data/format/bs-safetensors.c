/* SPDX-License-Identifier: MIT */
/* Weights as Hugging Face's safetensors keeps them, which PyTorch's users read: the header's
 * length (8 bytes, little-endian), a JSON object of names, types, shapes and offsets, and the
 * tensors one behind the other without a gap (github.com/huggingface/safetensors, "Format"). */
#include "data/format/bs-safetensors-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "data/format/bs-byte-source.h"
#include "data/format/bs-file.h"
#include "data/format/bs-json.h"

#define BS_SAFETENSORS_ALIGNMENT 8
#define BS_SAFETENSORS_CHUNK 16384 /* bytes */

typedef struct {
  const char *name; /* the document's */
  guint n_axes;
  gboolean is_wide; /* F64 */
  gsize shape[2];
  gsize begin;
  gsize end;
} Slot;

static gboolean
read_size (const BsJson *place, gsize *value, GError **error)
{
  double number;
  if (!bs_json_double (place, &number, error))
    return FALSE;
  if (number < 0 || number > 0x1p53 || number != floor (number)) {
    bs_json_set_error (place, error, _ ("expected a number of elements or bytes"));
    return FALSE;
  }
  *value = (gsize) number;
  return TRUE;
}

static gboolean
read_sizes (const BsJson *tensor, const char *key, gsize min, gsize max, gsize sizes[2],
            gsize *n_sizes, GError **error)
{
  BsJson array, item;
  if (!bs_json_get_array (tensor, key, &array, error))
    return FALSE;
  *n_sizes = bs_json_length (&array);
  if (*n_sizes < min || *n_sizes > max) {
    bs_json_set_error (&array, error,
                       min == max ? _ ("expected 2 numbers") : _ ("expected 1 or 2 axes"));
    return FALSE;
  }
  for (gboolean more = bs_json_first (&array, &item); more; more = bs_json_next (&item))
    if (!read_size (&item, &sizes[item.index], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_slot (const BsJson *place, gsize n_bytes, Slot *slot, GError **error)
{
  gsize shape[2] = { 1, 1 }, offsets[2], n_axes, n_offsets, n;
  const char *dtype = bs_json_get_string (place, "dtype", error);
  if (dtype == NULL || !read_sizes (place, "shape", 1, 2, shape, &n_axes, error) ||
      !read_sizes (place, "data_offsets", 2, 2, offsets, &n_offsets, error))
    return FALSE;
  gboolean is_wide = g_str_equal (dtype, "F64");
  if (!is_wide && !g_str_equal (dtype, "F32")) {
    bs_json_set_error (place, error, _ ("expected a tensor of type F32 or F64"));
    return FALSE;
  }
  if (!g_size_checked_mul (&n, shape[0], shape[1]) || n == 0 ||
      !g_size_checked_mul (&n, n, is_wide ? sizeof (double) : sizeof (float)) ||
      offsets[0] > offsets[1] || offsets[1] > n_bytes || offsets[1] - offsets[0] != n) {
    bs_json_set_error (place, error,
                       _ ("its shape and its offsets do not fit each other or the file"));
    return FALSE;
  }
  *slot = (Slot){
    place->key, (guint) n_axes, is_wide, { shape[0], shape[1] }, offsets[0], offsets[1],
  };
  return TRUE;
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const Slot *x = a, *y = b;
  if (x->begin != y->begin)
    return x->begin < y->begin ? -1 : 1;
  return x->end < y->end ? -1 : x->end > y->end;
}

/* What the format promises: no gap, no overlap, nothing left over. */
static gboolean
check_slots (const BsJson *root, GArray *slots, gsize n_bytes, GError **error)
{
  gsize at = 0;
  g_array_sort (slots, compare_slots);
  for (guint i = 0; i < slots->len; i++) {
    const Slot *slot = &g_array_index (slots, Slot, i);
    if (slot->begin != at) {
      g_autofree char *excerpt = bs_error_excerpt (slot->name);
      bs_json_set_error (root, error, _ ("tensor '%s' begins at byte %zu, expected %zu"), excerpt,
                         slot->begin, at);
      return FALSE;
    }
    at = slot->end;
  }
  if (at == n_bytes)
    return TRUE;
  bs_json_set_error (root, error, _ ("expected %zu bytes of tensors, found %zu"), at, n_bytes);
  return FALSE;
}

/* From the file's order of bytes to this machine's, or back. */
static void
swap_on_big_endian (void *numbers, gsize n, gboolean is_wide)
{
#if G_BYTE_ORDER == G_BIG_ENDIAN
  for (gsize i = 0; i < n; i++)
    if (is_wide)
      ((guint64 *) numbers)[i] = GUINT64_SWAP_LE_BE (((guint64 *) numbers)[i]);
    else
      ((guint32 *) numbers)[i] = GUINT32_SWAP_LE_BE (((guint32 *) numbers)[i]);
#endif
}

static BsMatrix *
read_values (const Slot *slot, const BsByteSource *source, guint64 start, GError **error)
{
  gboolean is_vector = slot->n_axes == 1;
  gsize n_rows = is_vector ? 1 : slot->shape[0], n_cols = slot->shape[is_vector ? 0 : 1];
  g_autoptr (BsMatrix) values =
    slot->is_wide ? bs_matrix_new_wide (n_rows, n_cols) : bs_matrix_new (n_rows, n_cols);
  if (values == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("%s: the tensors do not fit the memory"),
                 bs_byte_source_name (source));
    return NULL;
  }
  void *numbers = slot->is_wide ? (void *) values->doubles : (void *) values->data;
  if (!bs_byte_source_read (source, start + slot->begin, numbers, slot->end - slot->begin, error))
    return NULL;
  swap_on_big_endian (numbers, n_rows * n_cols, slot->is_wide);
  return g_steal_pointer (&values);
}

/* Nothing is allocated for a tensor before the offsets of all have been found right. */
static GPtrArray *
read_tensors (const BsJson *root, const BsByteSource *source, guint64 start, GError **error)
{
  gsize n_bytes = (gsize) (bs_byte_source_size (source) - start);
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_tensor_free);
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (Slot));
  BsJson place;
  if (!bs_json_is_object (root, error))
    return NULL;
  for (gboolean more = bs_json_first (root, &place); more; more = bs_json_next (&place)) {
    Slot slot;
    if (g_str_equal (place.key, "__metadata__"))
      continue;
    if (!read_slot (&place, n_bytes, &slot, error))
      return NULL;
    g_array_append_val (slots, slot);
  }
  if (!check_slots (root, slots, n_bytes, error))
    return NULL;
  for (guint i = 0; i < slots->len; i++) {
    const Slot *slot = &g_array_index (slots, Slot, i);
    BsMatrix *values = read_values (slot, source, start, error);
    if (values == NULL)
      return NULL;
    g_ptr_array_add (tensors, bs_tensor_new (slot->name, values, slot->n_axes));
  }
  return g_steal_pointer (&tensors);
}

static GPtrArray *
read_source (const BsByteSource *source, GError **error)
{
  const char *name = bs_byte_source_name (source);
  guint64 n = bs_byte_source_size (source), length = 0;
  if (n >= sizeof length && !bs_byte_source_read (source, 0, &length, sizeof length, error))
    return NULL;
  length = GUINT64_FROM_LE (length);
  if (n < sizeof length || length > n - sizeof length) {
    g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX,
                 _ ("%s: expected a safetensors file, found no header of the length it says"),
                 name);
    return NULL;
  }
  g_autoptr (GBytes) header = bs_byte_source_read_bytes (source, sizeof length, length, error);
  if (header == NULL)
    return NULL;
  g_autoptr (cJSON) document = bs_json_parse (g_bytes_get_data (header, NULL), length, name, error);
  if (document == NULL)
    return NULL;
  BsJson root = bs_json_root (document, name);
  return read_tensors (&root, source, sizeof length + length, error);
}

/**
 * bs_safetensors_parse:
 * @bytes: a safetensors file
 * @name: what messages call it
 * @error: place for a #GError
 *
 * Reads all tensors, which have to be F32 or F64 with one axis or two. Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type BsTensor): the tensors in the order of
 *   their bytes, or %NULL with @error naming @name and tensor
 */
GPtrArray *
bs_safetensors_parse (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (BsByteSource) source = bs_byte_source_new (bytes, name);
  return read_source (source, error);
}

/**
 * bs_safetensors_load:
 * @path: a safetensors file
 * @error: place for a #GError
 *
 * bs_safetensors_parse() of a file.
 *
 * Returns: (transfer full) (nullable) (element-type BsTensor): the tensors, or %NULL with @error
 *   naming file and tensor
 */
GPtrArray *
bs_safetensors_load (const char *path, GError **error)
{
  g_autoptr (BsByteSource) source = bs_byte_source_open (path, error);
  return source != NULL ? read_source (source, error) : NULL;
}

static char *
make_header (GPtrArray *tensors)
{
  g_autoptr (cJSON) document = cJSON_CreateObject ();
  gsize offset = 0;
  /* Some of PyTorch's users' tools ask for it. */
  cJSON_AddStringToObject (cJSON_AddObjectToObject (document, "__metadata__"), "format", "pt");
  for (guint i = 0; i < tensors->len; i++) {
    const BsTensor *tensor = g_ptr_array_index (tensors, i);
    cJSON *entry = cJSON_AddObjectToObject (document, tensor->name);
    gboolean is_wide = tensor->values->doubles != NULL;
    cJSON_AddStringToObject (entry, "dtype", is_wide ? "F64" : "F32");
    cJSON *shape = cJSON_AddArrayToObject (entry, "shape");
    cJSON *offsets = cJSON_AddArrayToObject (entry, "data_offsets");
    for (guint axis = 0; axis < tensor->n_axes; axis++)
      bs_json_append_double (shape, (double) tensor->shape[axis]);
    bs_json_append_double (offsets, (double) offset);
    offset += tensor->values->n_rows * tensor->values->n_cols *
              (is_wide ? sizeof (double) : sizeof (float));
    bs_json_append_double (offsets, (double) offset);
  }
  return cJSON_PrintUnformatted (document);
}

static gboolean
write_header (BsFileWriter *writer, GPtrArray *tensors, GError **error)
{
  char *printed = make_header (tensors);
  g_autoptr (GString) header = g_string_new (printed);
  cJSON_free (printed);
  while (header->len % BS_SAFETENSORS_ALIGNMENT != 0)
    g_string_append_c (header, ' ');
  guint64 length = GUINT64_TO_LE ((guint64) header->len);
  return bs_file_writer_add (writer, &length, sizeof length, error) &&
         bs_file_writer_add (writer, header->str, header->len, error);
}

static gboolean
write_values (BsFileWriter *writer, const BsMatrix *values, GError **error)
{
  guint64 chunk[BS_SAFETENSORS_CHUNK / sizeof (guint64)];
  gboolean is_wide = values->doubles != NULL;
  gsize n = values->n_rows * values->n_cols, size = is_wide ? sizeof (double) : sizeof (float);
  const char *numbers = is_wide ? (const char *) values->doubles : (const char *) values->data;
  for (gsize done = 0; done < n; done += sizeof chunk / size) {
    gsize n_chunk = MIN (n - done, sizeof chunk / size);
    memcpy (chunk, numbers + done * size, n_chunk * size);
    swap_on_big_endian (chunk, n_chunk, is_wide);
    if (!bs_file_writer_add (writer, chunk, n_chunk * size, error))
      return FALSE;
  }
  return TRUE;
}

/* Wide ones first: readers look at numbers where they lie, and want them at a multiple of their
 * size. */
static GPtrArray *
order_tensors (GPtrArray *tensors)
{
  g_autoptr (GPtrArray) ordered = g_ptr_array_new ();
  for (int narrow = 0; narrow < 2; narrow++)
    for (guint i = 0; i < tensors->len; i++) {
      BsTensor *tensor = g_ptr_array_index (tensors, i);
      if ((tensor->values->doubles == NULL) == narrow)
        g_ptr_array_add (ordered, tensor);
    }
  return g_steal_pointer (&ordered);
}

/**
 * bs_safetensors_save:
 * @tensors: (element-type BsTensor): tensors, every name once
 * @path: the file to be
 * @error: place for a #GError
 *
 * Writes the tensors in their order, F64 (wide ones) before F32. The file is replaced whole or not
 * at all. Any thread.
 *
 * Returns: whether it is there
 */
gboolean
bs_safetensors_save (GPtrArray *tensors, const char *path, GError **error)
{
  g_autoptr (BsFileWriter) writer = bs_file_writer_new (path, error);
  g_autoptr (GPtrArray) ordered = order_tensors (tensors);
  if (writer == NULL || !write_header (writer, ordered, error))
    return FALSE;
  for (guint i = 0; i < ordered->len; i++) {
    const BsTensor *tensor = g_ptr_array_index (ordered, i);
    if (!write_values (writer, tensor->values, error))
      return FALSE;
  }
  return bs_file_writer_commit (writer, error);
}
