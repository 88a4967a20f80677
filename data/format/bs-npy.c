/* SPDX-License-Identifier: MIT */
/* The .npy file form (numpy/lib/format.py, versions 1.0 to 3.0): magic, a Python dictionary as
 * text, then the elements. The dictionary is read by hand; nothing of it is ever evaluated. */
#include "data/format/bs-npy-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "data/format/bs-half.h"

#define BS_NPY_MAGIC "\x93NUMPY"
#define BS_NPY_MAGIC_SIZE 6
#define BS_NPY_ALIGNMENT 64
#define BS_NPY_USUAL_HEADER 256 /* read at once; NumPy's are of 128 bytes */

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define BS_NPY_NATIVE '<'
#else
#define BS_NPY_NATIVE '>'
#endif

typedef struct {
  BsArray *array;
  const char *start; /* of the file, for places in messages */
  const char *at;
  const char *end; /* of the header */
  GError **error;
} Parser;

static gboolean
expected (Parser *parser, const char *what)
{
  g_set_error (parser->error, BS_ERROR, BS_ERROR_SYNTAX,
               /* Translators: a file, a place, and what should be there: "a closing quote" */
               _ ("%s: byte %zu of the header: expected %s"), parser->array->name,
               (gsize) (parser->at - parser->start), what);
  return FALSE;
}

static void
skip_space (Parser *parser)
{
  while (parser->at < parser->end && strchr (" \t\r\n", *parser->at) != NULL && *parser->at != '\0')
    parser->at++;
}

/* Skips blanks, then @text where it stands there. */
static gboolean
accept (Parser *parser, const char *text)
{
  skip_space (parser);
  gsize n = strlen (text);
  if ((gsize) (parser->end - parser->at) < n || memcmp (parser->at, text, n) != 0)
    return FALSE;
  parser->at += n;
  return TRUE;
}

static gboolean
parse_string (Parser *parser, const char **text, gsize *n)
{
  skip_space (parser);
  char quote = parser->at < parser->end ? *parser->at : '\0';
  if (quote != '\'' && quote != '"')
    return expected (parser, _ ("a text in quotes"));
  *text = parser->at + 1;
  const char *close = memchr (*text, quote, (gsize) (parser->end - *text));
  if (close == NULL)
    return expected (parser, _ ("a closing quote"));
  *n = (gsize) (close - *text);
  parser->at = close + 1;
  return TRUE;
}

static gboolean
parse_size (Parser *parser, gsize *value)
{
  skip_space (parser);
  const char *first = parser->at;
  *value = 0;
  for (; parser->at < parser->end && g_ascii_isdigit (*parser->at); parser->at++)
    if (!g_size_checked_mul (value, *value, 10) ||
        !g_size_checked_add (value, *value, (gsize) g_ascii_digit_value (*parser->at)))
      return expected (parser, _ ("a length that fits the memory"));
  return parser->at > first || expected (parser, _ ("a length"));
}

static gboolean
is_supported (char kind, gsize size)
{
  switch (kind) {
  case 'f':
    return size == 2 || size == 4 || size == 8;
  case 'i':
  case 'u':
    return size == 1 || size == 2 || size == 4 || size == 8;
  case 'b':
    return size == 1;
  case 'U':
  case 'S':
    return size > 0 && size <= G_MAXUINT / 4;
  default:
    return FALSE;
  }
}

static gboolean
parse_descr (Parser *parser)
{
  BsArray *array = parser->array;
  const char *text;
  gsize n, size = 0;
  if (accept (parser, "["))
    return expected (parser, _ ("an array of one type; records are not read"));
  if (!parse_string (parser, &text, &n))
    return FALSE;
  g_autofree char *descr = g_strndup (text, n);
  gboolean good = n >= 3 && strlen (descr) == n && strchr ("<>|=", descr[0]) != NULL;
  const char *digits = good ? descr + 2 : "";
  for (; g_ascii_isdigit (*digits) && size < G_MAXUINT; digits++)
    size = size * 10 + (gsize) g_ascii_digit_value (*digits);
  if (!good || *digits != '\0' || !is_supported (descr[1], size)) {
    g_autofree char *excerpt = g_strescape (descr, NULL);
    g_set_error (
      parser->error, BS_ERROR, BS_ERROR_UNSUPPORTED,
      g_str_equal (descr, "|O")
        ? _ ("%s: expected numbers or text, not elements of type '%.20s', pickled Python objects")
        : _ ("%s: expected numbers or text, not elements of type '%.20s'"),
      array->name, excerpt);
    return FALSE;
  }
  array->kind = descr[1];
  array->item_size = (guint) size * (array->kind == 'U' ? 4 : 1);
  gboolean is_other = descr[0] == (BS_NPY_NATIVE == '<' ? '>' : '<');
  array->swapped = is_other && array->item_size > 1;
  return TRUE;
}

static gboolean
parse_fortran_order (Parser *parser)
{
  parser->array->fortran = accept (parser, "True");
  return parser->array->fortran || accept (parser, "False") ||
         expected (parser, _ ("True or False"));
}

static gboolean
parse_shape (Parser *parser)
{
  BsArray *array = parser->array;
  gboolean comma = TRUE;
  if (!accept (parser, "("))
    return expected (parser, _ ("a tuple of lengths"));
  while (!accept (parser, ")")) {
    if (!comma)
      return expected (parser, _ ("a comma or a closing bracket"));
    if (array->n_axes == BS_ARRAY_MAX_AXES) {
      g_autofree char *what = g_strdup_printf (_ ("at most %d axes"), BS_ARRAY_MAX_AXES);
      return expected (parser, what);
    }
    if (!parse_size (parser, &array->shape[array->n_axes]))
      return FALSE;
    array->n_axes++;
    accept (parser, "L"); /* Python 2's long integers */
    comma = accept (parser, ",");
  }
  return array->n_axes != 1 || comma || expected (parser, _ ("a comma after the only length"));
}

static gboolean
parse_pair (Parser *parser, guint *seen)
{
  static const struct {
    const char *key;
    gboolean (*parse) (Parser *);
  } pairs[] = {
    { "descr", parse_descr },
    { "fortran_order", parse_fortran_order },
    { "shape", parse_shape },
  };
  const char *text;
  gsize n;
  if (!parse_string (parser, &text, &n))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strlen (pairs[i].key) == n && memcmp (pairs[i].key, text, n) == 0 && !(*seen >> i & 1)) {
      *seen |= 1u << i;
      return (accept (parser, ":") || expected (parser, _ ("a colon"))) && pairs[i].parse (parser);
    }
  return expected (parser, _ ("the keys descr, fortran_order and shape, once each"));
}

static gboolean
parse_dictionary (Parser *parser)
{
  guint seen = 0;
  gboolean comma = TRUE;
  if (!accept (parser, "{"))
    return expected (parser, _ ("a dictionary"));
  while (!accept (parser, "}")) {
    if (!comma)
      return expected (parser, _ ("a comma or a closing brace"));
    if (!parse_pair (parser, &seen))
      return FALSE;
    comma = accept (parser, ",");
  }
  if (seen != 7)
    return expected (parser, _ ("the keys descr, fortran_order and shape"));
  skip_space (parser);
  return parser->at == parser->end || expected (parser, _ ("nothing after the dictionary"));
}

/* Finds where the dictionary begins and ends; the first @n_read bytes of @n_bytes are at hand. */
static gboolean
parse_preamble (const BsArray *array, const guint8 *bytes, gsize n_read, guint64 n_bytes,
                gsize *begin, gsize *end, GError **error)
{
  const char *name = array->name;
  if (n_read < BS_NPY_MAGIC_SIZE || memcmp (bytes, BS_NPY_MAGIC, BS_NPY_MAGIC_SIZE) != 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX, _ ("%s: expected a NumPy array"), name);
    return FALSE;
  }
  guint version = n_read > 6 ? bytes[6] : 1;
  if (version < 1 || version > 3) {
    g_set_error (error, BS_ERROR, BS_ERROR_UNSUPPORTED,
                 _ ("%s: expected version 1, 2 or 3 of the format, not %u"), name, version);
    return FALSE;
  }
  gsize preamble = version == 1 ? 10 : 12, length = 0;
  if (n_read >= preamble)
    for (gsize i = preamble; i-- > 8;)
      length = length << 8 | bytes[i];
  if (n_read < preamble || n_bytes - preamble < length) {
    g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX, _ ("%s: ends within its header"), name);
    return FALSE;
  }
  *begin = preamble;
  *end = preamble + length;
  return TRUE;
}

static gboolean
parse_header (BsArray *array, GError **error)
{
  guint64 n_bytes = bs_byte_source_size (array->source);
  gsize n_read = (gsize) MIN (n_bytes, BS_NPY_USUAL_HEADER), begin, end;
  guint8 usual[BS_NPY_USUAL_HEADER];
  g_autoptr (GBytes) longer = NULL;
  const guint8 *bytes = usual;
  if (!bs_byte_source_read (array->source, 0, usual, n_read, error) ||
      !parse_preamble (array, usual, n_read, n_bytes, &begin, &end, error))
    return FALSE;
  if (end > n_read) {
    longer = bs_byte_source_read_bytes (array->source, 0, end, error);
    if (longer == NULL)
      return FALSE;
    bytes = g_bytes_get_data (longer, NULL);
  }
  const char *start = (const char *) bytes;
  Parser parser = { array, start, start + begin, start + end, error };
  array->start = end;
  return parse_dictionary (&parser);
}

static gboolean
check_payload (BsArray *array, GError **error)
{
  gsize n_bytes, found = (gsize) (bs_byte_source_size (array->source) - array->start);
  array->n_items = 1;
  gboolean fits = TRUE;
  for (guint axis = 0; axis < array->n_axes; axis++)
    fits = fits && g_size_checked_mul (&array->n_items, array->n_items, array->shape[axis]);
  if (!fits || !g_size_checked_mul (&n_bytes, array->n_items, array->item_size) ||
      n_bytes != found) {
    g_autofree char *shape = bs_array_dup_shape (array);
    g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX,
                 _ ("%s: expected the elements of shape %s after the header, found %zu bytes for "
                    "elements of %u"),
                 array->name, shape, found, array->item_size);
    return FALSE;
  }
  return TRUE;
}

/**
 * bs_npy_new:
 * @source: a .npy file, kept
 * @error: place for a #GError
 *
 * Reads the header; no element is read before it is asked for. Any thread.
 *
 * Returns: (transfer full) (nullable): the array, or %NULL with @error naming @source and place
 */
BsArray *
bs_npy_new (BsByteSource *source, GError **error)
{
  g_autoptr (BsArray) array = g_atomic_rc_box_new0 (BsArray);
  array->source = bs_byte_source_ref (source);
  array->name = g_strdup (bs_byte_source_name (source));
  if (!parse_header (array, error) || !check_payload (array, error))
    return NULL;
  return g_steal_pointer (&array);
}

/**
 * bs_npy_parse:
 * @bytes: a .npy file, kept
 * @name: what messages call it
 * @error: place for a #GError
 *
 * bs_npy_new() of what is in memory.
 *
 * Returns: (transfer full) (nullable): the array, or %NULL with @error naming @name and place
 */
BsArray *
bs_npy_parse (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (BsByteSource) source = bs_byte_source_new (bytes, name);
  return bs_npy_new (source, error);
}

/**
 * bs_npy_load:
 * @path: a .npy file
 * @error: place for a #GError
 *
 * bs_npy_new() of a file, which stays open as long as the array.
 *
 * Returns: (transfer full) (nullable): the array, or %NULL with @error naming file and place
 */
BsArray *
bs_npy_load (const char *path, GError **error)
{
  g_autoptr (BsByteSource) source = bs_byte_source_open (path, error);
  return source != NULL ? bs_npy_new (source, error) : NULL;
}

/* A file with its header in place, as numpy.save() lays it out. With no more than
 * BS_ARRAY_MAX_AXES axes the header always fits version 1. */
typedef struct {
  guint8 *file;
  gsize size;
  guint8 *payload;
  gsize n_items;
} Writer;

static gboolean
writer_start (Writer *writer, const char *type, gsize item_size, const gsize *shape, guint n_axes)
{
  g_autoptr (GString) header = g_string_new (BS_NPY_MAGIC);
  g_string_append_len (header, "\x01\0\0\0", 4);
  BsArray array = { .n_axes = n_axes, .n_items = 1 };
  for (guint axis = 0; axis < n_axes; axis++) {
    array.shape[axis] = shape[axis];
    if (!g_size_checked_mul (&array.n_items, array.n_items, shape[axis]))
      return FALSE;
  }
  g_autofree char *text = bs_array_dup_shape (&array);
  g_string_append_printf (header, "{'descr': '%s', 'fortran_order': False, 'shape': %s, }", type,
                          text);
  while ((header->len + 1) % BS_NPY_ALIGNMENT != 0)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  gsize length = header->len - 10;
  header->str[8] = (char) (length & 0xff);
  header->str[9] = (char) (length >> 8);
  if (!g_size_checked_mul (&writer->size, array.n_items, item_size) ||
      !g_size_checked_add (&writer->size, writer->size, header->len))
    return FALSE;
  writer->n_items = array.n_items;
  writer->file = g_malloc (writer->size);
  writer->payload = writer->file + header->len;
  memcpy (writer->file, header->str, header->len);
  return TRUE;
}

static GBytes *
from_items (char kind, gsize item_size, const void *data, const gsize *shape, guint n_axes)
{
  Writer writer;
  g_return_val_if_fail (n_axes <= BS_ARRAY_MAX_AXES, NULL);
  char type[] = { BS_NPY_NATIVE, kind, (char) ('0' + item_size), '\0' };
  if (!writer_start (&writer, type, item_size, shape, n_axes))
    g_return_val_if_reached (NULL);
  if (writer.n_items > 0)
    memcpy (writer.payload, data, writer.n_items * item_size);
  return g_bytes_new_take (writer.file, writer.size);
}

/**
 * bs_npy_from_floats:
 * @data: (array): elements, the last axis varying fastest
 * @shape: (array length=n_axes): lengths of the axes
 * @n_axes: their number, at most %BS_ARRAY_MAX_AXES
 *
 * Returns: (transfer full): a .npy file of float32
 */
GBytes *
bs_npy_from_floats (const float *data, const gsize *shape, guint n_axes)
{
  return from_items ('f', sizeof *data, data, shape, n_axes);
}

/**
 * bs_npy_from_doubles:
 * @data: (array): elements, the last axis varying fastest
 * @shape: (array length=n_axes): lengths of the axes
 * @n_axes: their number, at most %BS_ARRAY_MAX_AXES
 *
 * Returns: (transfer full): a .npy file of float64
 */
GBytes *
bs_npy_from_doubles (const double *data, const gsize *shape, guint n_axes)
{
  return from_items ('f', sizeof *data, data, shape, n_axes);
}

/**
 * bs_npy_from_ints:
 * @data: (array): elements, the last axis varying fastest
 * @shape: (array length=n_axes): lengths of the axes
 * @n_axes: their number, at most %BS_ARRAY_MAX_AXES
 *
 * Returns: (transfer full): a .npy file of int64
 */
GBytes *
bs_npy_from_ints (const gint64 *data, const gsize *shape, guint n_axes)
{
  return from_items ('i', sizeof *data, data, shape, n_axes);
}

/**
 * bs_npy_from_halves:
 * @data: (array): elements, the last axis varying fastest
 * @shape: (array length=n_axes): lengths of the axes
 * @n_axes: their number, at most %BS_ARRAY_MAX_AXES
 *
 * Rounds to float16, to the nearest and ties to even; beyond 65,504 lie the infinities.
 *
 * Returns: (transfer full): a .npy file of float16
 */
GBytes *
bs_npy_from_halves (const float *data, const gsize *shape, guint n_axes)
{
  Writer writer;
  char type[] = { BS_NPY_NATIVE, 'f', '2', '\0' };
  g_return_val_if_fail (n_axes <= BS_ARRAY_MAX_AXES, NULL);
  if (!writer_start (&writer, type, sizeof (guint16), shape, n_axes))
    g_return_val_if_reached (NULL);
  for (gsize i = 0; i < writer.n_items; i++) {
    guint16 half = bs_half_from_float (data[i]);
    memcpy (writer.payload + i * sizeof half, &half, sizeof half);
  }
  return g_bytes_new_take (writer.file, writer.size);
}

/**
 * bs_npy_from_strings:
 * @strings: (array length=n): UTF-8
 * @n: their number
 *
 * Returns: (transfer full): a .npy file of Unicode text with one axis, as NumPy makes it of a
 *   list of str
 */
GBytes *
bs_npy_from_strings (const char *const *strings, gsize n)
{
  gsize longest = 1;
  for (gsize i = 0; i < n; i++)
    longest = MAX (longest, (gsize) g_utf8_strlen (strings[i], -1));
  g_autofree char *type = g_strdup_printf ("%cU%" G_GSIZE_FORMAT, BS_NPY_NATIVE, longest);
  Writer writer;
  if (!writer_start (&writer, type, longest * sizeof (gunichar), &n, 1))
    g_return_val_if_reached (NULL);
  for (gsize i = 0; i < n; i++) {
    guint8 *item = writer.payload + i * longest * sizeof (gunichar);
    memset (item, 0, longest * sizeof (gunichar));
    for (const char *c = strings[i]; *c != '\0';
         c = g_utf8_next_char (c), item += sizeof (gunichar)) {
      gunichar point = g_utf8_get_char (c);
      memcpy (item, &point, sizeof point);
    }
  }
  return g_bytes_new_take (writer.file, writer.size);
}
