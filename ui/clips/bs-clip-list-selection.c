/* SPDX-License-Identifier: MIT */
/* GtkSingleSelection looks for the row that was selected among all that were added, and has each
 * of them made for that; where the chosen clip is, the model finds in its array of indices. */
#include "config.h"

#include "ui/clips/bs-clip-list-selection.h"
#include "ui/common/bs-gtk48-list.h"

struct _BsClipListSelection {
  GObject parent_instance;
  BsWorkspace *workspace;
  BsClipListModel *model;
  BsGtk48List *list; /* @model as the view is told of it */
  guint selected; /* position, or GTK_INVALID_LIST_POSITION */
};

static GType
get_item_type (GListModel *list)
{
  return BS_TYPE_CLIP_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (BS_CLIP_LIST_SELECTION (list)->list));
}

static gpointer
get_item (GListModel *list, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (BS_CLIP_LIST_SELECTION (list)->list), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *selection, guint position)
{
  return BS_CLIP_LIST_SELECTION (selection)->selected == position;
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *selection, guint position, guint n_items)
{
  BsClipListSelection *self = BS_CLIP_LIST_SELECTION (selection);
  GtkBitset *result = gtk_bitset_new_empty ();
  if (self->selected != GTK_INVALID_LIST_POSITION && self->selected >= position &&
      self->selected - position < n_items)
    gtk_bitset_add (result, self->selected);
  return result;
}

/* That the one clip on show is not selected any more cannot be asked for: there is no other. */
static gboolean
select_item (GtkSelectionModel *selection, guint position, gboolean unselect_rest)
{
  BsClipListSelection *self = BS_CLIP_LIST_SELECTION (selection);
  g_autoptr (BsClipRow) row = get_item (G_LIST_MODEL (self), position);
  if (row == NULL)
    return FALSE;
  bs_clip_selection_set_clip (bs_workspace_get_selection (self->workspace),
                              bs_clip_row_get_clip (row));
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BsClipListSelection, bs_clip_list_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                        selection_model_init))

static guint
find (BsClipListSelection *self)
{
  guint position = bs_clip_list_model_find (
    self->model, bs_clip_selection_get_clip (bs_workspace_get_selection (self->workspace)));
  if (position != G_MAXUINT)
    position = bs_gtk48_list_place (self->list, position);
  return position == G_MAXUINT ? GTK_INVALID_LIST_POSITION : position;
}

static void
items_changed_cb (BsClipListSelection *self, guint position, guint removed, guint added)
{
  self->selected = find (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
tell (BsClipListSelection *self, guint position)
{
  if (position < get_n_items (G_LIST_MODEL (self)))
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, 1);
}

static void
clip_changed_cb (BsClipListSelection *self)
{
  guint before = self->selected;
  self->selected = find (self);
  if (self->selected == before)
    return;
  tell (self, before);
  tell (self, self->selected);
}

static void
bs_clip_list_selection_dispose (GObject *object)
{
  BsClipListSelection *self = BS_CLIP_LIST_SELECTION (object);
  g_clear_object (&self->list);
  g_clear_object (&self->model);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_clip_list_selection_parent_class)->dispose (object);
}

static void
bs_clip_list_selection_class_init (BsClipListSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bs_clip_list_selection_dispose;
}

static void
bs_clip_list_selection_init (BsClipListSelection *self)
{
}

/**
 * bs_clip_list_selection_new:
 * @workspace: whose clip is selected; selecting a row sets it
 * @model: the clips
 *
 * Returns: (transfer full): @model with a selection
 */
BsClipListSelection *
bs_clip_list_selection_new (BsWorkspace *workspace, BsClipListModel *model)
{
  BsClipListSelection *self = g_object_new (BS_TYPE_CLIP_LIST_SELECTION, NULL);
  self->workspace = g_object_ref (workspace);
  self->model = g_object_ref (model);
  self->list = bs_gtk48_list_new (G_LIST_MODEL (model));
  self->selected = find (self);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bs_workspace_get_selection (workspace), "notify::clip",
                           G_CALLBACK (clip_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * bs_clip_list_selection_get_selected:
 * @self: a selection
 *
 * Returns: position of the workspace's clip, or %GTK_INVALID_LIST_POSITION where the filter hides
 *   it
 */
guint
bs_clip_list_selection_get_selected (BsClipListSelection *self)
{
  return self->selected;
}
