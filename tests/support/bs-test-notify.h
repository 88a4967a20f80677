/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib-object.h>

/**
 * TestNotify:
 * @object: (unowned): what is watched
 * @counts: property name -> how often it was told
 * @n: how often anything was told
 *
 * Counts an object's "notify" signals.
 */
typedef struct {
  GObject *object;
  GHashTable *counts;
  guint n;
} TestNotify;

static inline void
test_notify_cb (TestNotify *self, GParamSpec *pspec)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, pspec->name));
  g_hash_table_insert (self->counts, (gpointer) pspec->name, GUINT_TO_POINTER (n + 1));
  self->n++;
}

static inline TestNotify *
test_notify_new (gpointer object)
{
  TestNotify *self = g_new0 (TestNotify, 1);
  self->object = object;
  self->counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_signal_connect_swapped (object, "notify", G_CALLBACK (test_notify_cb), self);
  return self;
}

static inline void
test_notify_free (TestNotify *self)
{
  g_signal_handlers_disconnect_by_data (self->object, self);
  g_hash_table_unref (self->counts);
  g_free (self);
}

static inline void
test_notify_reset (TestNotify *self)
{
  g_hash_table_remove_all (self->counts);
  self->n = 0;
}

static inline guint
test_notify_count (TestNotify *self, const char *property)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, property));
}

/* That each of @properties, which NULL ends, was told once since the last reset, and nothing
 * else was; then begins anew. */
static inline void
test_notify_assert_once (TestNotify *self, const char *const *properties)
{
  guint n = 0;
  for (; properties[n] != NULL; n++)
    if (test_notify_count (self, properties[n]) != 1)
      g_error ("'%s' was told %u times", properties[n], test_notify_count (self, properties[n]));
  g_assert_cmpuint (self->n, ==, n);
  test_notify_reset (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestNotify, test_notify_free)
