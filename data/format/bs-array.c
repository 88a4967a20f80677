/* SPDX-License-Identifier: MIT */
/* The elements of an array as NumPy stores it. They may stand at any byte of a file, in either byte
 * order and with either axis first: they are read a block at a time and copied out one by one. */
#include "data/format/bs-array.h"

#include <glib/gi18n.h>
#include <string.h>
#include <zlib.h>

#include "data/format/bs-half.h"

/* Where no rows bound it by the file's length, a header could claim any width. */
#define BS_ARRAY_MAX_EMPTY_WIDTH (1 << 24)
#define BS_ARRAY_BLOCK (1 << 18) /* bytes read at once, which stay in the cache */

static void
array_clear (gpointer data)
{
  BsArray *self = data;
  g_clear_pointer (&self->source, bs_byte_source_unref);
  g_free (self->name);
}

/**
 * bs_array_ref:
 * @self: an array
 *
 * Returns: (transfer full): @self
 */
BsArray *
bs_array_ref (BsArray *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_array_unref:
 * @self: (transfer full): an array
 */
void
bs_array_unref (BsArray *self)
{
  g_atomic_rc_box_release_full (self, array_clear);
}

/**
 * bs_array_dup_shape:
 * @self: an array
 *
 * Returns: (transfer full): the shape as Python writes it, "(19, 1, 1408)", for messages
 */
char *
bs_array_dup_shape (const BsArray *self)
{
  GString *text = g_string_new ("(");
  for (guint axis = 0; axis < self->n_axes; axis++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, axis > 0 ? ", " : "", self->shape[axis]);
  g_string_append (text, self->n_axes == 1 ? ",)" : ")");
  return g_string_free (text, FALSE);
}

/**
 * bs_array_n_rows:
 * @self: an array
 *
 * Returns: length of the first axis, 0 for a scalar
 */
gsize
bs_array_n_rows (const BsArray *self)
{
  return self->n_axes > 0 ? self->shape[0] : 0;
}

/**
 * bs_array_row_length:
 * @self: an array
 *
 * Returns: number of elements of one row of the first axis, 0 where there is no row
 */
gsize
bs_array_row_length (const BsArray *self)
{
  gsize n_rows = bs_array_n_rows (self);
  return n_rows > 0 ? self->n_items / n_rows : 0;
}

/**
 * bs_array_is_wide:
 * @self: an array
 *
 * Returns: whether it holds numbers that a float may not: float64, and integers of four bytes and
 *   more
 */
gboolean
bs_array_is_wide (const BsArray *self)
{
  return (self->kind == 'f' && self->item_size == 8) ||
         ((self->kind == 'i' || self->kind == 'u') && self->item_size >= 4);
}

/**
 * bs_array_release_descriptor:
 * @self: an array of its own file, not shared yet
 *
 * As bs_open_file_release_descriptor().
 */
void
bs_array_release_descriptor (BsArray *self)
{
  BsOpenFile *file = bs_byte_source_file (self->source);
  if (file != NULL)
    bs_open_file_release_descriptor (file);
}

/* Where the element stands that is the @index-th with the last axis varying fastest. */
static gsize
item_offset (const BsArray *self, gsize index)
{
  if (!self->fortran)
    return index * self->item_size;
  gsize offset = 0, stride = self->n_items;
  for (guint axis = self->n_axes; axis-- > 0;) {
    stride /= self->shape[axis];
    offset += index % self->shape[axis] * stride;
    index /= self->shape[axis];
  }
  return offset * self->item_size;
}

static inline guint16
load_16 (const guint8 *from, gboolean swapped)
{
  guint16 bits;
  memcpy (&bits, from, sizeof bits);
  return swapped ? GUINT16_SWAP_LE_BE (bits) : bits;
}

static inline guint32
load_32 (const guint8 *from, gboolean swapped)
{
  guint32 bits;
  memcpy (&bits, from, sizeof bits);
  return swapped ? GUINT32_SWAP_LE_BE (bits) : bits;
}

static inline guint64
load_64 (const guint8 *from, gboolean swapped)
{
  guint64 bits;
  memcpy (&bits, from, sizeof bits);
  return swapped ? GUINT64_SWAP_LE_BE (bits) : bits;
}

static inline float
load_float (const guint8 *from, gboolean swapped)
{
  guint32 bits = load_32 (from, swapped);
  float value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

static inline double
load_double (const guint8 *from, gboolean swapped)
{
  guint64 bits = load_64 (from, swapped);
  double value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

/* One of the two is %NULL. */
typedef struct {
  float *floats;
  double *doubles;
} Target;

static void *
target_items (Target to)
{
  return to.floats != NULL ? (void *) to.floats : (void *) to.doubles;
}

#define ITEM(kind, size) ((kind) << 8 | (size))
#define COPY_EACH(value)                          \
  for (gsize i = 0; i < n; i++, from += stride) { \
    if (to.floats != NULL)                        \
      to.floats[i] = (float) (value);             \
    else                                          \
      to.doubles[i] = (double) (value);           \
  }                                               \
  break

static void
copy_run (const BsArray *self, const guint8 *from, gsize stride, gsize n, Target to)
{
  const gboolean swapped = self->swapped;
  switch (ITEM (self->kind, self->item_size)) {
  case ITEM ('f', 2):
    COPY_EACH (bs_half_to_float (load_16 (from, swapped)));
  case ITEM ('f', 4):
    if (!swapped && stride == sizeof (float) && to.floats != NULL) {
      memcpy (to.floats, from, n * sizeof (float));
      break;
    }
    COPY_EACH (load_float (from, swapped));
  case ITEM ('f', 8):
    COPY_EACH (load_double (from, swapped));
  case ITEM ('i', 1):
    COPY_EACH ((gint8) *from);
  case ITEM ('i', 2):
    COPY_EACH ((gint16) load_16 (from, swapped));
  case ITEM ('i', 4):
    COPY_EACH ((gint32) load_32 (from, swapped));
  case ITEM ('i', 8):
    COPY_EACH ((gint64) load_64 (from, swapped));
  case ITEM ('u', 1):
    COPY_EACH (*from);
  case ITEM ('u', 2):
    COPY_EACH (load_16 (from, swapped));
  case ITEM ('u', 4):
    COPY_EACH (load_32 (from, swapped));
  case ITEM ('u', 8):
    COPY_EACH (load_64 (from, swapped));
  case ITEM ('b', 1):
    COPY_EACH (*from != 0);
  default:
    g_assert_not_reached ();
  }
}

static Target
advance (Target to, gsize n)
{
  if (to.floats != NULL)
    to.floats += n;
  else
    to.doubles += n;
  return to;
}

/* As they are wanted, so that they are read to where they go. */
static gboolean
is_native (const BsArray *self, Target to)
{
  return self->kind == 'f' && !self->swapped &&
         self->item_size == (to.floats != NULL ? sizeof (float) : sizeof (double));
}

/* Copies @n elements from the @first-th on, which begin and end with a row of the last axis
 * wherever there is more than one axis; @data holds all elements. */
static void
copy_items (const BsArray *self, const guint8 *data, gsize first, gsize n, Target to)
{
  gsize run = n, stride = self->item_size;
  if (self->fortran && self->n_axes > 1 && n > 0) {
    run = self->shape[self->n_axes - 1];
    stride = self->n_items / run * self->item_size;
  }
  for (gsize done = 0; done < n; done += run, to = advance (to, run))
    copy_run (self, data + item_offset (self, first + done), stride, run, to);
}

static gboolean
set_memory_error (const BsArray *self, GError **error)
{
  g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("%s: does not fit the memory"), self->name);
  return FALSE;
}

/* All elements have been read: whether they are those that were written. */
static gboolean
check_whole (const BsArray *self, guint32 crc, GError **error)
{
  return bs_byte_source_check (self->source, self->start, crc, error);
}

static guint32
add_crc (const BsArray *self, guint32 crc, const void *data, gsize n)
{
  return bs_byte_source_has_crc (self->source) && n > 0 ? (guint32) crc32_z (crc, data, n) : crc;
}

/* All elements, where their order is not that of the file or they are text. */
static GBytes *
read_payload (const BsArray *self, GError **error)
{
  g_autoptr (GBytes) payload =
    bs_byte_source_read_bytes (self->source, self->start, self->n_items * self->item_size, error);
  gsize n = 0;
  const guint8 *data = payload != NULL ? g_bytes_get_data (payload, &n) : NULL;
  if (payload == NULL || !check_whole (self, add_crc (self, 0, data, n), error))
    return NULL;
  return g_steal_pointer (&payload);
}

/* All elements of an array whose last axis varies fastest, a block at a time. */
static gboolean
read_in_order (const BsArray *self, Target to, GError **error)
{
  gsize item = self->item_size, block = MAX (BS_ARRAY_BLOCK / item, 1);
  guint32 crc = 0;
  if (is_native (self, to))
    return bs_byte_source_read (self->source, self->start, target_items (to), self->n_items * item,
                                error) &&
           check_whole (self, add_crc (self, 0, target_items (to), self->n_items * item), error);
  g_autofree guint8 *scratch = g_malloc (MIN (block, self->n_items) * item);
  for (gsize done = 0; done < self->n_items; done += block) {
    gsize n = MIN (block, self->n_items - done);
    if (!bs_byte_source_read (self->source, self->start + done * item, scratch, n * item, error))
      return FALSE;
    crc = add_crc (self, crc, scratch, n * item);
    copy_run (self, scratch, item, n, advance (to, done));
  }
  return check_whole (self, crc, error);
}

static gboolean
read_all (const BsArray *self, Target to, GError **error)
{
  gsize n_bytes = self->n_items * self->item_size;
  const guint8 *data = bs_byte_source_peek (self->source, self->start, n_bytes);
  if (data == NULL && (!self->fortran || self->n_axes < 2))
    return read_in_order (self, to, error);
  if (data != NULL && !check_whole (self, add_crc (self, 0, data, n_bytes), error))
    return FALSE;
  g_autoptr (GBytes) payload = data == NULL ? read_payload (self, error) : NULL;
  if (payload != NULL)
    data = g_bytes_get_data (payload, NULL);
  if (data == NULL && self->n_items > 0)
    return FALSE;
  copy_items (self, data, 0, self->n_items, to);
  return TRUE;
}

/* Rows that each stand in one piece. */
static gboolean
read_whole_rows (const BsArray *self, const gsize *rows, gsize n, Target to, GError **error)
{
  gsize length = bs_array_row_length (self), n_bytes = length * self->item_size, size = 0;
  gboolean direct = is_native (self, to);
  g_autofree BsFileRange *ranges = g_new (BsFileRange, n);
  g_autofree guint8 *scratch = NULL;
  if (!direct && (!g_size_checked_mul (&size, n, n_bytes) ||
                  (size > 0 && (scratch = g_try_malloc (size)) == NULL)))
    return set_memory_error (self, error);
  for (gsize i = 0; i < n; i++)
    ranges[i] = (BsFileRange){
      self->start + rows[i] * n_bytes,
      n_bytes,
      direct ? target_items (advance (to, i * length)) : (void *) (scratch + i * n_bytes),
    };
  if (!bs_byte_source_read_ranges (self->source, ranges, n, error))
    return FALSE;
  if (!direct)
    copy_run (self, scratch, self->item_size, n * length, to);
  return TRUE;
}

static gboolean
check_numbers (const BsArray *self, GError **error)
{
  if (self->kind != 'U' && self->kind != 'S')
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: expected an array of numbers, not of text"),
               self->name);
  return FALSE;
}

static void
set_size_error (const BsArray *self, GError **error)
{
  g_autofree char *shape = bs_array_dup_shape (self);
  g_set_error (error, BS_ERROR, BS_ERROR_LIMIT,
               _ ("%s: the array of shape %s does not fit the memory"), self->name, shape);
}

static gboolean
matrix_shape (const BsArray *self, gsize *n_rows, gsize *n_cols, GError **error)
{
  const gsize *shape = self->shape;
  gboolean squeezed = self->n_axes == 3 && shape[1] == 1;
  g_autofree char *text = bs_array_dup_shape (self);
  if (self->n_axes != 1 && self->n_axes != 2 && !squeezed) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: expected 1 axis, 2, or 3 with one of length 1 between, not the shape %s"),
                 self->name, text);
    return FALSE;
  }
  *n_rows = self->n_axes == 1 ? 1 : shape[0];
  *n_cols = shape[self->n_axes - 1];
  if (*n_cols == 0 || (*n_rows == 0 && *n_cols > BS_ARRAY_MAX_EMPTY_WIDTH)) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: expected rows of some width, not the shape %s"), self->name, text);
    return FALSE;
  }
  return TRUE;
}

/**
 * bs_array_to_matrix:
 * @self: an array of numbers
 * @error: place for a #GError
 *
 * Copies the array into a matrix: one axis is a single row, two are taken as they are, and of
 * three the middle one is left out where its length is 1 (VideoMAEv2's files). No rows are
 * allowed, no columns are not. Values may be other than finite. The matrix is wide where the array
 * is. Any thread.
 *
 * Returns: (transfer full) (nullable): the matrix, or %NULL with @error set
 */
BsMatrix *
bs_array_to_matrix (const BsArray *self, GError **error)
{
  gsize n_rows, n_cols;
  if (!check_numbers (self, error) || !matrix_shape (self, &n_rows, &n_cols, error))
    return NULL;
  BsMatrix *matrix =
    bs_array_is_wide (self) ? bs_matrix_new_wide (n_rows, n_cols) : bs_matrix_new (n_rows, n_cols);
  if (matrix == NULL) {
    set_size_error (self, error);
    return NULL;
  }
  if (!read_all (self, (Target){ matrix->data, matrix->doubles }, error))
    g_clear_pointer (&matrix, bs_matrix_unref);
  return matrix;
}

static gboolean
read_rows (const BsArray *self, const gsize *rows, gsize n, Target to, GError **error)
{
  if (!check_numbers (self, error))
    return FALSE;
  gsize length = bs_array_row_length (self);
  if (length == 0 || n == 0)
    return TRUE;
  const guint8 *data =
    bs_byte_source_peek (self->source, self->start, self->n_items * self->item_size);
  if (data == NULL && (!self->fortran || self->n_axes < 2))
    return read_whole_rows (self, rows, n, to, error);
  g_autoptr (GBytes) payload = data == NULL ? read_payload (self, error) : NULL;
  if (payload != NULL)
    data = g_bytes_get_data (payload, NULL);
  for (gsize i = 0; i < n && data != NULL; i++) {
    g_return_val_if_fail (rows[i] < bs_array_n_rows (self), FALSE);
    copy_items (self, data, rows[i] * length, length, advance (to, i * length));
  }
  return data != NULL;
}

/**
 * bs_array_read_rows:
 * @self: an array of numbers with at least one axis
 * @rows: (array length=n): indices into the first axis
 * @n: how many
 * @out: (out caller-allocates) (array): place for @n times bs_array_row_length() floats
 * @error: place for a #GError
 *
 * Copies rows, whatever the axes behind the first; all of one state of the file. What a float
 * cannot hold becomes infinite. Of an array in Fortran's order, where a row is scattered over all
 * of it, everything is read. Any thread.
 *
 * Returns: whether @out was filled; %FALSE where the array holds text or cannot be read
 */
gboolean
bs_array_read_rows (const BsArray *self, const gsize *rows, gsize n, float *out, GError **error)
{
  return read_rows (self, rows, n, (Target){ .floats = out }, error);
}

/**
 * bs_array_read_wide_rows:
 * @self: an array of numbers with at least one axis
 * @rows: (array length=n): indices into the first axis
 * @n: how many
 * @out: (out caller-allocates) (array): place for @n times bs_array_row_length() doubles
 * @error: place for a #GError
 *
 * bs_array_read_rows() without a loss of digits, but of integers above 2^53.
 *
 * Returns: whether @out was filled; %FALSE where the array holds text or cannot be read
 */
gboolean
bs_array_read_wide_rows (const BsArray *self, const gsize *rows, gsize n, double *out,
                         GError **error)
{
  return read_rows (self, rows, n, (Target){ .doubles = out }, error);
}

/**
 * bs_array_read_row:
 * @self: an array of numbers with at least one axis
 * @row: index into the first axis
 * @out: (out caller-allocates) (array): place for bs_array_row_length() floats
 * @error: place for a #GError
 *
 * bs_array_read_rows() of one.
 *
 * Returns: whether @out was filled; %FALSE where the array holds text or cannot be read
 */
gboolean
bs_array_read_row (const BsArray *self, gsize row, float *out, GError **error)
{
  g_return_val_if_fail (row < bs_array_n_rows (self), FALSE);
  return bs_array_read_rows (self, &row, 1, out, error);
}

/**
 * bs_array_to_doubles:
 * @self: an array of numbers
 * @error: place for a #GError
 *
 * Copies all elements, the last axis varying fastest. Integers above 2^53 are rounded. Any
 * thread.
 *
 * Returns: (transfer full) (nullable) (array): n_items doubles, or %NULL with @error set
 */
double *
bs_array_to_doubles (const BsArray *self, GError **error)
{
  if (!check_numbers (self, error))
    return NULL;
  double *values = g_try_malloc_n (MAX (self->n_items, 1), sizeof (double));
  if (values == NULL) {
    set_size_error (self, error);
    return NULL;
  }
  if (!read_all (self, (Target){ .doubles = values }, error))
    g_clear_pointer (&values, g_free);
  return values;
}

/* NumPy fills short texts with NULs; one inside a text cannot be told from an end in C. */
static char *
decode_unicode (const guint8 *from, gsize n, gboolean swapped)
{
  while (n > 0 && load_32 (from + (n - 1) * 4, swapped) == 0)
    n--;
  GString *text = g_string_sized_new (n);
  for (gsize i = 0; i < n; i++) {
    gunichar c = load_32 (from + i * 4, swapped);
    if (c == 0 || !g_unichar_validate (c)) {
      g_string_free (text, TRUE);
      return NULL;
    }
    g_string_append_unichar (text, c);
  }
  return g_string_free (text, FALSE);
}

static char *
decode_bytes (const guint8 *from, gsize n)
{
  while (n > 0 && from[n - 1] == 0)
    n--;
  const char *text = (const char *) from;
  return g_utf8_validate_len (text, n, NULL) ? g_strndup (text, n) : NULL;
}

/**
 * bs_array_to_strings:
 * @self: an array of text
 * @error: place for a #GError
 *
 * Copies all elements as UTF-8, the last axis varying fastest. Any thread.
 *
 * Returns: (transfer full) (nullable): n_items strings and %NULL, or %NULL with @error set
 */
char **
bs_array_to_strings (const BsArray *self, GError **error)
{
  if (self->kind != 'U' && self->kind != 'S') {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: expected an array of text, not of numbers"), self->name);
    return NULL;
  }
  g_autoptr (GBytes) payload = read_payload (self, error);
  if (payload == NULL)
    return NULL;
  const guint8 *data = g_bytes_get_data (payload, NULL);
  g_autoptr (GStrvBuilder) strings = g_strv_builder_new ();
  for (gsize i = 0; i < self->n_items; i++) {
    const guint8 *from = data + item_offset (self, i);
    g_autofree char *text = self->kind == 'U'
                              ? decode_unicode (from, self->item_size / 4, self->swapped)
                              : decode_bytes (from, self->item_size);
    if (text == NULL) {
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: element %zu: expected Unicode text"),
                   self->name, i);
      return NULL;
    }
    g_strv_builder_add (strings, text);
  }
  return g_strv_builder_end (strings);
}
