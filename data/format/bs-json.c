/* SPDX-License-Identifier: MIT */
/* JSON through cJSON, with what cJSON 1.7.15 leaves to its caller: messages that name the place,
 * numbers that read back to the same double (its own printing may lose the last digits), UTF-8,
 * and no two values under one key. */
#include "data/format/bs-json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-file.h"

#define BS_JSON_MAX_DEPTH 64 /* as its message says */
G_STATIC_ASSERT (BS_JSON_MAX_DEPTH == 64);

static cJSON *
refuse_at (const char *name, const char *text, const char *at, GError **error, const char *what)
{
  gsize line = 1;
  const char *line_start = text;
  for (const char *c = text; c < at; c++)
    if (*c == '\n') {
      line++;
      line_start = c + 1;
    }
  /* Translators: a file, a place, and what should be there: "valid JSON" */
  g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX, _ ("%s: line %zu, column %ld: expected %s"), name,
               line, g_utf8_strlen (line_start, at - line_start) + 1, _ (what));
  return NULL;
}

/* Checks a string's inside from behind its opening quote to the closing one. cJSON lets control
 * characters pass, and would end the string at a NUL. */
static const char *
scan_string (const char *at, const char **what)
{
  for (; *at != '"'; at++) {
    if ((guchar) *at < ' ') {
      *what = N_ ("the end of a text before the end of the line");
      return at;
    }
    if (*at == '\\' && at[1] != '\0') {
      if (strncmp (at, "\\u0000", 6) == 0) {
        *what = N_ ("no NUL in a text");
        return at;
      }
      at++;
    }
  }
  return at;
}

/* Whether the text can be given to cJSON; if not, @at is where it goes wrong. */
static const char *
scan (const char *text, const char **at)
{
  int depth = 0;
  for (const char *c = text; *c != '\0'; c++) {
    const char *what = NULL;
    *at = c;
    if (*c == '"') {
      c = *at = scan_string (c + 1, &what);
      if (what != NULL)
        return what;
    } else if (*c == '[' || *c == '{') {
      if (++depth > BS_JSON_MAX_DEPTH)
        return N_ ("at most 64 values within each other");
    } else if (*c == ']' || *c == '}') {
      depth--;
    }
  }
  return NULL;
}

static gboolean
check_keys (const BsJson *self, GError **error)
{
  g_autoptr (GHashTable) keys = NULL;
  BsJson child;
  if (cJSON_IsObject (self->node) && self->node->child != NULL && self->node->child->next != NULL)
    keys = g_hash_table_new (g_str_hash, g_str_equal);
  for (gboolean more = bs_json_first (self, &child); more; more = bs_json_next (&child)) {
    if (keys != NULL && !g_hash_table_add (keys, child.node->string)) {
      bs_json_set_error (&child, error, _ ("expected it once, found it twice"));
      return FALSE;
    }
    if (!check_keys (&child, error))
      return FALSE;
  }
  return TRUE;
}

static cJSON *
parse_checked (const char *text, gsize length, const char *name, GError **error)
{
  const char *at = NULL;
  if (!g_utf8_validate_len (text, length, &at)) {
    g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX, _ ("%s: byte %td: expected UTF-8 text"), name,
                 at - text);
    return NULL;
  }
  const char *what = scan (text, &at);
  if (what != NULL)
    return refuse_at (name, text, at, error, what);
  g_autoptr (cJSON) document = cJSON_ParseWithLengthOpts (text, length + 1, &at, TRUE);
  if (document == NULL)
    return refuse_at (name, text, at != NULL ? MIN (at, text + length) : text, error,
                      N_ ("valid JSON"));
  BsJson root = bs_json_root (document, name);
  return check_keys (&root, error) ? g_steal_pointer (&document) : NULL;
}

/**
 * bs_json_parse:
 * @text: (array length=length): JSON
 * @length: its bytes
 * @name: what messages call it
 * @error: place for a #GError
 *
 * Reads a document. Texts hold no NUL, objects no key twice, and nesting goes no deeper than
 * 64. Any thread, under any locale.
 *
 * Returns: (transfer full) (nullable): the document, or %NULL with @error naming line and column
 */
cJSON *
bs_json_parse (const char *text, gsize length, const char *name, GError **error)
{
  g_autofree char *copy = g_malloc (length + 1);
  if (length > 0)
    memcpy (copy, text, length);
  copy[length] = '\0';
  return parse_checked (copy, length, name, error);
}

/**
 * bs_json_load:
 * @path: a JSON file
 * @error: place for a #GError
 *
 * bs_json_parse() of a file.
 *
 * Returns: (transfer full) (nullable): the document, or %NULL with @error naming file and place
 */
cJSON *
bs_json_load (const char *path, GError **error)
{
  gsize length;
  g_autofree char *text = bs_file_read (path, &length, error);
  if (text == NULL)
    return NULL;
  g_autofree char *name = g_filename_display_name (path);
  return parse_checked (text, length, name, error);
}

/**
 * bs_json_root:
 * @document: a document
 * @name: what messages call it, its file; has to live as long as the root
 *
 * Returns: the place where every way through @document begins
 */
BsJson
bs_json_root (const cJSON *document, const char *name)
{
  return (BsJson){ .node = document, .name = name };
}

static const char *
append_path (const BsJson *self, GString *path)
{
  if (self->parent == NULL)
    return self->name;
  const char *name = append_path (self->parent, path);
  if (self->key == NULL) {
    g_string_append_printf (path, "[%" G_GSIZE_FORMAT "]", self->index);
    return name;
  }
  g_autofree char *key = bs_error_excerpt (self->key);
  g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", key);
  return name;
}

static void
set_error (const BsJson *self, GError **error, int code, const char *what)
{
  g_autoptr (GString) path = g_string_new (NULL);
  const char *name = append_path (self, path);
  g_set_error (error, BS_ERROR, code, "%s: %s%s%s", name, path->str, path->len > 0 ? ": " : "",
               what);
}

/**
 * bs_json_set_error:
 * @self: a place
 * @error: place for a #GError
 * @format: what is wrong there, as by printf()
 * @...: its arguments
 *
 * Sets %BS_ERROR_VALUE with a sentence that begins with file and path:
 * "run.json: folds[2].alpha: expected a number".
 */
void
bs_json_set_error (const BsJson *self, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  set_error (self, error, BS_ERROR_VALUE, what);
}

/**
 * bs_json_double:
 * @self: a place
 * @value: (out): the number
 * @error: place for a #GError
 *
 * Returns: whether there is a finite number; otherwise @error is set
 */
gboolean
bs_json_double (const BsJson *self, double *value, GError **error)
{
  if (!cJSON_IsNumber (self->node) || !isfinite (self->node->valuedouble)) {
    bs_json_set_error (self, error, _ ("expected a number"));
    return FALSE;
  }
  *value = self->node->valuedouble;
  return TRUE;
}

/**
 * bs_json_int:
 * @self: a place
 * @value: (out): the number
 * @error: place for a #GError
 *
 * Returns: whether there is a whole number that fits; otherwise @error is set
 */
gboolean
bs_json_int (const BsJson *self, int *value, GError **error)
{
  double number = cJSON_IsNumber (self->node) ? self->node->valuedouble : NAN;
  if (!(number >= G_MININT && number <= G_MAXINT) || number != floor (number)) {
    bs_json_set_error (self, error, _ ("expected a whole number"));
    return FALSE;
  }
  *value = (int) number;
  return TRUE;
}

/**
 * bs_json_uint64:
 * @self: a place
 * @value: (out): the number
 * @error: place for a #GError
 *
 * Reads a number of 64 bits, which JSON's readers can only keep as text, as
 * bs_json_add_uint64() writes it. A whole number that a double holds exactly will do as well.
 *
 * Returns: whether there is one; otherwise @error is set
 */
gboolean
bs_json_uint64 (const BsJson *self, guint64 *value, GError **error)
{
  double number = cJSON_IsNumber (self->node) ? self->node->valuedouble : NAN;
  if (number >= 0 && number <= 0x1p53 && number == floor (number)) {
    *value = (guint64) number;
    return TRUE;
  }
  const char *text = cJSON_IsString (self->node) ? self->node->valuestring : "";
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, value, NULL))
    return TRUE;
  bs_json_set_error (self, error, _ ("expected a whole number from 0 on, or its digits as text"));
  return FALSE;
}

/**
 * bs_json_boolean:
 * @self: a place
 * @value: (out): true or false
 * @error: place for a #GError
 *
 * Returns: whether there is a boolean; otherwise @error is set
 */
gboolean
bs_json_boolean (const BsJson *self, gboolean *value, GError **error)
{
  if (!cJSON_IsBool (self->node)) {
    bs_json_set_error (self, error, _ ("expected true or false"));
    return FALSE;
  }
  *value = cJSON_IsTrue (self->node);
  return TRUE;
}

/**
 * bs_json_string:
 * @self: a place
 * @error: place for a #GError
 *
 * Returns: (nullable): the text, valid as long as the document, or %NULL with @error set
 */
const char *
bs_json_string (const BsJson *self, GError **error)
{
  if (cJSON_IsString (self->node))
    return self->node->valuestring;
  bs_json_set_error (self, error, _ ("expected a text"));
  return NULL;
}

/**
 * bs_json_strings:
 * @self: a place
 * @error: place for a #GError
 *
 * Returns: (transfer full) (nullable): the texts of an array of texts, or %NULL with @error set
 */
char **
bs_json_strings (const BsJson *self, GError **error)
{
  g_autoptr (GStrvBuilder) strings = g_strv_builder_new ();
  BsJson item;
  if (!bs_json_is_array (self, error))
    return NULL;
  for (gboolean more = bs_json_first (self, &item); more; more = bs_json_next (&item)) {
    const char *string = bs_json_string (&item, error);
    if (string == NULL)
      return NULL;
    g_strv_builder_add (strings, string);
  }
  return g_strv_builder_end (strings);
}

/**
 * bs_json_is_object:
 * @self: a place
 * @error: place for a #GError
 *
 * Returns: whether there is an object; otherwise @error is set
 */
gboolean
bs_json_is_object (const BsJson *self, GError **error)
{
  if (cJSON_IsObject (self->node))
    return TRUE;
  bs_json_set_error (self, error, _ ("expected an object"));
  return FALSE;
}

/**
 * bs_json_is_array:
 * @self: a place
 * @error: place for a #GError
 *
 * Returns: whether there is an array; otherwise @error is set
 */
gboolean
bs_json_is_array (const BsJson *self, GError **error)
{
  if (cJSON_IsArray (self->node))
    return TRUE;
  bs_json_set_error (self, error, _ ("expected an array"));
  return FALSE;
}

/**
 * bs_json_has:
 * @self: a place
 * @key: a key
 *
 * Returns: whether there is an object with something other than null under @key
 */
gboolean
bs_json_has (const BsJson *self, const char *key)
{
  const cJSON *node = cJSON_GetObjectItemCaseSensitive (self->node, key);
  return node != NULL && !cJSON_IsNull (node);
}

/**
 * bs_json_get:
 * @self: a place, which has to live as long as @value
 * @key: a key; has to live as long as @value
 * @value: (out): the place under @key
 * @error: place for a #GError
 *
 * Returns: whether there is an object with @key; otherwise @error is set
 */
gboolean
bs_json_get (const BsJson *self, const char *key, BsJson *value, GError **error)
{
  g_return_val_if_fail (value != self, FALSE);
  if (!bs_json_is_object (self, error))
    return FALSE;
  const cJSON *node = cJSON_GetObjectItemCaseSensitive (self->node, key);
  *value = (BsJson){ .node = node, .parent = self, .key = key };
  if (node == NULL)
    set_error (value, error, BS_ERROR_MISSING, _ ("expected it, found nothing"));
  return node != NULL;
}

/**
 * bs_json_get_object:
 * @self: a place, which has to live as long as @value
 * @key: a key; has to live as long as @value
 * @value: (out): the object under @key
 * @error: place for a #GError
 *
 * Returns: whether there is one; otherwise @error is set
 */
gboolean
bs_json_get_object (const BsJson *self, const char *key, BsJson *value, GError **error)
{
  return bs_json_get (self, key, value, error) && bs_json_is_object (value, error);
}

/**
 * bs_json_get_array:
 * @self: a place, which has to live as long as @value
 * @key: a key; has to live as long as @value
 * @value: (out): the array under @key
 * @error: place for a #GError
 *
 * Returns: whether there is one; otherwise @error is set
 */
gboolean
bs_json_get_array (const BsJson *self, const char *key, BsJson *value, GError **error)
{
  return bs_json_get (self, key, value, error) && bs_json_is_array (value, error);
}

/**
 * bs_json_get_double:
 * @self: a place
 * @key: a key
 * @value: (out): the number
 * @error: place for a #GError
 *
 * Returns: whether there is a finite number under @key; otherwise @error is set
 */
gboolean
bs_json_get_double (const BsJson *self, const char *key, double *value, GError **error)
{
  BsJson child;
  return bs_json_get (self, key, &child, error) && bs_json_double (&child, value, error);
}

/**
 * bs_json_get_int:
 * @self: a place
 * @key: a key
 * @value: (out): the number
 * @error: place for a #GError
 *
 * Returns: whether there is a whole number under @key; otherwise @error is set
 */
gboolean
bs_json_get_int (const BsJson *self, const char *key, int *value, GError **error)
{
  BsJson child;
  return bs_json_get (self, key, &child, error) && bs_json_int (&child, value, error);
}

/**
 * bs_json_get_uint64:
 * @self: a place
 * @key: a key
 * @value: (out): the number
 * @error: place for a #GError
 *
 * bs_json_uint64() of what stands under @key.
 *
 * Returns: whether there is one; otherwise @error is set
 */
gboolean
bs_json_get_uint64 (const BsJson *self, const char *key, guint64 *value, GError **error)
{
  BsJson child;
  return bs_json_get (self, key, &child, error) && bs_json_uint64 (&child, value, error);
}

/**
 * bs_json_get_boolean:
 * @self: a place
 * @key: a key
 * @value: (out): true or false
 * @error: place for a #GError
 *
 * Returns: whether there is a boolean under @key; otherwise @error is set
 */
gboolean
bs_json_get_boolean (const BsJson *self, const char *key, gboolean *value, GError **error)
{
  BsJson child;
  return bs_json_get (self, key, &child, error) && bs_json_boolean (&child, value, error);
}

/**
 * bs_json_get_string:
 * @self: a place
 * @key: a key
 * @error: place for a #GError
 *
 * Returns: (nullable): the text under @key, valid as long as the document, or %NULL with @error
 *   set
 */
const char *
bs_json_get_string (const BsJson *self, const char *key, GError **error)
{
  BsJson child;
  return bs_json_get (self, key, &child, error) ? bs_json_string (&child, error) : NULL;
}

/**
 * bs_json_get_strings:
 * @self: a place
 * @key: a key
 * @error: place for a #GError
 *
 * Returns: (transfer full) (nullable): the array of texts under @key, or %NULL with @error set
 */
char **
bs_json_get_strings (const BsJson *self, const char *key, GError **error)
{
  BsJson child;
  return bs_json_get (self, key, &child, error) ? bs_json_strings (&child, error) : NULL;
}

/**
 * bs_json_length:
 * @self: a place
 *
 * Returns: number of values in an array or object, 0 for anything else
 */
gsize
bs_json_length (const BsJson *self)
{
  return (gsize) cJSON_GetArraySize (self->node);
}

/**
 * bs_json_first:
 * @self: a place, which has to live as long as @child
 * @child: (out): the first value in it
 *
 * Begins a walk over an array or an object, whose values come with their @key:
 * for (gboolean more = bs_json_first (&a, &x); more; more = bs_json_next (&x)).
 *
 * Returns: whether there is a first value
 */
gboolean
bs_json_first (const BsJson *self, BsJson *child)
{
  if (!cJSON_IsArray (self->node) && !cJSON_IsObject (self->node))
    return FALSE;
  *child = (BsJson){ .node = self->node->child, .parent = self };
  if (child->node != NULL)
    child->key = child->node->string;
  return child->node != NULL;
}

/**
 * bs_json_next:
 * @child: (inout): a value that bs_json_first() gave; then the one behind it
 *
 * Returns: whether there was one behind it
 */
gboolean
bs_json_next (BsJson *child)
{
  if (child->node->next == NULL)
    return FALSE;
  child->node = child->node->next;
  child->key = child->node->string;
  child->index++;
  return TRUE;
}
