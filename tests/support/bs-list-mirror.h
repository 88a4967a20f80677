/* SPDX-License-Identifier: MIT */
/* A list as those see it who only hear of it through GListModel. */
#pragma once

#include <gio/gio.h>
#include <string.h>

typedef int (*ListMirrorFunc) (gpointer item);

/**
 * ListMirror:
 * @list: what is mirrored
 * @items: (element-type GObject): what it held by what it told of its changes
 * @facts: (element-type int): what @fact said of each of them when it came
 * @fact: of an item, which is not to change while it is in the list
 * @n_signals: changes that were told
 * @removed: by the last of them
 * @added: by the last of them
 */
typedef struct {
  GListModel *list;
  GPtrArray *items;
  GArray *facts;
  ListMirrorFunc fact;
  gulong handler;
  guint n_signals, removed, added;
} ListMirror;

/* Every item is the one that was told of, in its place, and is still what it was. */
static inline void
list_mirror_check (ListMirror *self)
{
  g_assert_cmpuint (g_list_model_get_n_items (self->list), ==, self->items->len);
  for (guint i = 0; i < self->items->len; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (self->list, i);
    if (item != g_ptr_array_index (self->items, i) ||
        self->fact (item) != g_array_index (self->facts, int, i))
      g_error ("item %u is another, and nobody was told", i);
  }
  g_assert_null (g_list_model_get_item (self->list, self->items->len));
}

static inline void
list_mirror_changed_cb (ListMirror *self, guint position, guint removed, guint added)
{
  g_assert_cmpuint (position + removed, <=, self->items->len);
  if (removed > 0) {
    g_ptr_array_remove_range (self->items, position, removed);
    g_array_remove_range (self->facts, position, removed);
  }
  guint before = self->items->len;
  g_autofree int *facts = g_new (int, added + 1);
  g_ptr_array_set_size (self->items, (int) (before + added));
  gpointer *into = self->items->pdata + position;
  memmove (into + added, into, (before - position) * sizeof *into);
  for (guint i = 0; i < added; i++) {
    into[i] = g_list_model_get_item (self->list, position + i);
    facts[i] = self->fact (into[i]);
  }
  g_array_insert_vals (self->facts, position, facts, added);
  list_mirror_check (self);
  self->n_signals++;
  self->removed = removed;
  self->added = added;
}

static inline ListMirror *
list_mirror_new (GListModel *list, ListMirrorFunc fact)
{
  ListMirror *self = g_new0 (ListMirror, 1);
  self->list = g_object_ref (list);
  self->items = g_ptr_array_new_full (1, g_object_unref); /* room from the start: never NULL */
  self->facts = g_array_new (FALSE, FALSE, sizeof (int));
  self->fact = fact;
  list_mirror_changed_cb (self, 0, 0, g_list_model_get_n_items (list));
  self->n_signals = 0;
  self->handler =
    g_signal_connect_swapped (list, "items-changed", G_CALLBACK (list_mirror_changed_cb), self);
  return self;
}

static inline void
list_mirror_free (ListMirror *self)
{
  g_signal_handler_disconnect (self->list, self->handler);
  g_object_unref (self->list);
  g_ptr_array_unref (self->items);
  g_array_unref (self->facts);
  g_free (self);
}
