/* SPDX-License-Identifier: MIT */
/* What the list views of GTK 4.8 do with a change (gtklistitemmanager.c):
 *
 * - What goes from a place in the middle of a stretch that the view has no widgets of is taken from
 *   the start of that stretch. The numbers are right after that, and the widgets that are left are
 *   those of other items. So what goes is told from the start of the list; the items before it
 *   come back in the same change, and keep their widgets as they are the same ones.
 * - Of what comes where something goes the view asks for each item, to find those again that it has
 *   widgets of. Where that is much, the first items come with those that go, and the others after
 *   them, a change of their own. */
#include "config.h"

#include "ui/common/bs-gtk48-list.h"

#define N_LOOKED_THROUGH 512 /* more than a view has widgets of */

struct _BsGtk48List {
  GObject parent_instance;
  GListModel *model;
  guint late_from; /* of @model, these are not in the list yet */
  guint n_late;
};

static GType
get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (BS_GTK48_LIST (list)->model);
}

static guint
get_n_items (GListModel *list)
{
  BsGtk48List *self = BS_GTK48_LIST (list);
  return g_list_model_get_n_items (self->model) - self->n_late;
}

static gpointer
get_item (GListModel *list, guint position)
{
  BsGtk48List *self = BS_GTK48_LIST (list);
  return g_list_model_get_item (self->model,
                                position < self->late_from ? position : position + self->n_late);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BsGtk48List, bs_gtk48_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
items_changed_cb (BsGtk48List *self, guint position, guint removed, guint added)
{
  GListModel *list = G_LIST_MODEL (self);
  if (removed == 0) {
    g_list_model_items_changed (list, position, 0, added);
    return;
  }
  guint n_new = position + added, n_first = MIN (n_new, N_LOOKED_THROUGH);
  self->late_from = n_first;
  self->n_late = n_new - n_first;
  g_list_model_items_changed (list, 0, position + removed, n_first);
  self->n_late = 0;
  if (n_first < n_new)
    g_list_model_items_changed (list, n_first, 0, n_new - n_first);
}

static void
bs_gtk48_list_dispose (GObject *object)
{
  g_clear_object (&BS_GTK48_LIST (object)->model);
  G_OBJECT_CLASS (bs_gtk48_list_parent_class)->dispose (object);
}

static void
bs_gtk48_list_class_init (BsGtk48ListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bs_gtk48_list_dispose;
}

static void
bs_gtk48_list_init (BsGtk48List *self)
{
}

/**
 * bs_gtk48_list_new:
 * @model: (transfer none): a list that keeps GListModel's contract
 *
 * Returns: (transfer full): @model for a list view
 */
BsGtk48List *
bs_gtk48_list_new (GListModel *model)
{
  BsGtk48List *self = g_object_new (BS_TYPE_GTK48_LIST, NULL);
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * bs_gtk48_list_place:
 * @self: a list
 * @position: of an item in the model
 *
 * Returns: its position here, or %G_MAXUINT where it is still to come
 */
guint
bs_gtk48_list_place (BsGtk48List *self, guint position)
{
  if (position < self->late_from)
    return position;
  return position - self->late_from < self->n_late ? G_MAXUINT : position - self->n_late;
}
