/* SPDX-License-Identifier: MIT */
#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * BsJson:
 * @node: the value
 * @parent: (nullable): what it was reached from
 * @key: (nullable): its key in @parent, where that is an object
 * @index: its index in @parent, where that is an array
 * @name: (nullable): the root's name for messages, its file
 *
 * A value of a document and the way to it, so that a message can say "folds[2].alpha". Lives on
 * the stack and points at the place it was reached from, which has to live as long; nothing is
 * allocated. Documents are trees of cJSON, freed by cJSON_Delete().
 */
typedef struct _BsJson BsJson;
struct _BsJson {
  const cJSON *node;
  const BsJson *parent;
  const char *key;
  gsize index;
  const char *name;
};

cJSON *bs_json_load (const char *path, GError **error);
cJSON *bs_json_parse (const char *text, gsize length, const char *name, GError **error);
BsJson bs_json_root (const cJSON *document, const char *name);
void bs_json_set_error (const BsJson *self, GError **error, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

gboolean bs_json_double (const BsJson *self, double *value, GError **error);
gboolean bs_json_int (const BsJson *self, int *value, GError **error);
gboolean bs_json_uint64 (const BsJson *self, guint64 *value, GError **error);
gboolean bs_json_boolean (const BsJson *self, gboolean *value, GError **error);
const char *bs_json_string (const BsJson *self, GError **error);
char **bs_json_strings (const BsJson *self, GError **error);

gboolean bs_json_has (const BsJson *self, const char *key);
gboolean bs_json_get (const BsJson *self, const char *key, BsJson *value, GError **error);
gboolean bs_json_get_object (const BsJson *self, const char *key, BsJson *value, GError **error);
gboolean bs_json_get_array (const BsJson *self, const char *key, BsJson *value, GError **error);
gboolean bs_json_get_double (const BsJson *self, const char *key, double *value, GError **error);
gboolean bs_json_get_int (const BsJson *self, const char *key, int *value, GError **error);
gboolean bs_json_get_uint64 (const BsJson *self, const char *key, guint64 *value, GError **error);
gboolean bs_json_get_boolean (const BsJson *self, const char *key, gboolean *value, GError **error);
const char *bs_json_get_string (const BsJson *self, const char *key, GError **error);
char **bs_json_get_strings (const BsJson *self, const char *key, GError **error);

gboolean bs_json_is_object (const BsJson *self, GError **error);
gboolean bs_json_is_array (const BsJson *self, GError **error);
gsize bs_json_length (const BsJson *self);
gboolean bs_json_first (const BsJson *self, BsJson *child);
gboolean bs_json_next (BsJson *child);

void bs_json_add_double (cJSON *object, const char *key, double value);
void bs_json_append_double (cJSON *array, double value);
void bs_json_add_uint64 (cJSON *object, const char *key, guint64 value);
void bs_json_add_strings (cJSON *object, const char *key, const char *const *strings);
char *bs_json_to_text (const cJSON *document);
gboolean bs_json_save (const cJSON *document, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cJSON, cJSON_Delete)

G_END_DECLS
