/* SPDX-License-Identifier: MIT */
/* What cJSON's own building does not do: numbers that read back to the same double (cJSON 1.7.15
 * stops at 15 digits when those come within an epsilon), numbers of 64 bits, whole files. */
#include <math.h>
#include <string.h>

#include "data/format/bs-csv.h"
#include "data/format/bs-file.h"
#include "data/format/bs-json.h"

static cJSON *
new_double (double value)
{
  if (!isfinite (value))
    return cJSON_CreateNull ();
  g_autoptr (GString) text = g_string_new (NULL);
  bs_csv_append_double (text, value);
  return cJSON_CreateRaw (text->str);
}

/**
 * bs_json_add_double:
 * @object: an object
 * @key: a key
 * @value: a number; null is written where it is not finite
 *
 * Adds a number that reads back to the same double, with a point under every locale. In the
 * tree it is raw text; it is a number once it has been written and read.
 */
void
bs_json_add_double (cJSON *object, const char *key, double value)
{
  cJSON_AddItemToObject (object, key, new_double (value));
}

/**
 * bs_json_append_double:
 * @array: an array
 * @value: a number; null is written where it is not finite
 *
 * bs_json_add_double() for arrays.
 */
void
bs_json_append_double (cJSON *array, double value)
{
  cJSON_AddItemToArray (array, new_double (value));
}

/**
 * bs_json_add_uint64:
 * @object: an object
 * @key: a key
 * @value: a number
 *
 * Adds a number of 64 bits as text, since most readers of JSON keep doubles.
 */
void
bs_json_add_uint64 (cJSON *object, const char *key, guint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, value);
  cJSON_AddStringToObject (object, key, text);
}

/**
 * bs_json_add_strings:
 * @object: an object
 * @key: a key
 * @strings: (array zero-terminated=1): texts
 *
 * Adds an array of texts.
 */
void
bs_json_add_strings (cJSON *object, const char *key, const char *const *strings)
{
  cJSON *array = cJSON_AddArrayToObject (object, key);
  for (gsize i = 0; strings[i] != NULL; i++)
    cJSON_AddItemToArray (array, cJSON_CreateString (strings[i]));
}

/**
 * bs_json_to_text:
 * @document: a document
 *
 * Returns: (transfer full): the document as text that ends in a newline
 */
char *
bs_json_to_text (const cJSON *document)
{
  char *printed = cJSON_Print (document);
  if (printed == NULL)
    g_error ("out of memory while printing JSON");
  char *text = g_strconcat (printed, "\n", NULL);
  cJSON_free (printed);
  return text;
}

/**
 * bs_json_save:
 * @document: a document
 * @path: the file to be
 * @error: place for a #GError
 *
 * Writes the document whole or not at all. Any thread.
 *
 * Returns: whether it is there
 */
gboolean
bs_json_save (const cJSON *document, const char *path, GError **error)
{
  g_autofree char *text = bs_json_to_text (document);
  return bs_file_write (path, text, strlen (text), error);
}
