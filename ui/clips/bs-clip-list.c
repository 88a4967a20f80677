/* SPDX-License-Identifier: MIT */
/* The left column. The list follows the workspace and tells it of what the person does; chips
 * are made anew from the filter whenever that changes. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/clips/bs-clip-cell.h"
#include "ui/clips/bs-clip-list.h"
#include "ui/clips/bs-filter-popover.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/session/bs-clip-list-model.h"

struct _BsClipList {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsClipListModel *model;
  GtkSingleSelection *selection;
  GSimpleActionGroup *actions;
  gboolean following; /* the selection is being set from the workspace */
  gboolean had_focus; /* before rows at its end went */
  GtkWidget *add_button;
  BsFilterPopover *popover;

  GtkSearchEntry *search;
  GtkFlowBox *chips;
  GtkLabel *count;
  GtkMenuButton *sort_button;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkColumnViewColumn *label_column;
  GtkColumnViewColumn *decision_column;
};

G_DEFINE_FINAL_TYPE (BsClipList, bs_clip_list, GTK_TYPE_WIDGET)

static const char *const sort_names[BS_N_CLIP_SORTS] = {
  "file", "name", "actor", "label", "decision", "outcome", "margin", "confidence",
};

static void
search_changed_cb (BsClipList *self)
{
  if (self->workspace == NULL || self->following)
    return;
  BsFilter filter;
  bs_filter_copy (bs_workspace_get_filter (self->workspace), &filter);
  g_free (filter.text);
  g_autofree char *text =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  filter.text = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  bs_workspace_set_filter (self->workspace, &filter);
  bs_filter_clear (&filter);
}

static void
stop_search_cb (BsClipList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
chip_clicked_cb (GtkButton *button, BsClipList *self)
{
  BsFilter filter;
  bs_filter_copy (bs_workspace_get_filter (self->workspace), &filter);
  bs_filter_drop (&filter,
                  (BsFacet) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "facet")));
  bs_workspace_set_filter (self->workspace, &filter);
  bs_filter_clear (&filter);
}

static GtkWidget *
chip_new (BsClipList *self, BsFacet facet)
{
  g_autofree char *words = bs_filter_describe (bs_workspace_get_filter (self->workspace), facet,
                                               bs_workspace_get_metadata (self->workspace));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (words);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  GtkWidget *button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "chip");
  g_autofree char *name = g_strdup_printf (_ ("Remove filter: %s"), words);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "facet", GINT_TO_POINTER (facet));
  g_signal_connect (button, "clicked", G_CALLBACK (chip_clicked_cb), self);
  return button;
}

static void
insert_chip (BsClipList *self, GtkWidget *button, int position)
{
  gtk_flow_box_insert (self->chips, button, position);
  GtkWidget *child = gtk_widget_get_parent (button);
  gtk_widget_set_focusable (child, FALSE); /* the button inside takes the focus */
  gtk_widget_set_halign (child, GTK_ALIGN_START);
}

/* The button that adds one stays: with it the lists of its popover would be made anew. */
static void
rebuild_chips (BsClipList *self)
{
  GtkWidget *last = gtk_widget_get_parent (self->add_button), *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != last)
    gtk_flow_box_remove (self->chips, child);
  const BsFilter *filter = bs_workspace_get_filter (self->workspace);
  for (int facet = 0, position = 0; facet < BS_N_FACETS; facet++)
    if (facet != BS_FACET_TEXT && bs_filter_has (filter, (BsFacet) facet))
      insert_chip (self, chip_new (self, (BsFacet) facet), position++);
}

static void
show_count (BsClipList *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  guint shown = bs_clip_list_model_get_n_clips (self->model);
  guint all = metadata != NULL ? (guint) bs_metadata_n_clips (metadata) : 0;
  g_autofree char *text =
    shown == all
      ? g_strdup_printf (ngettext ("%'u clip", "%'u clips", all), all)
      : g_strdup_printf (ngettext ("%'u of %'u clip", "%'u of %'u clips", all), shown, all);
  gtk_label_set_text (self->count, text);
  gtk_stack_set_visible_child_name (self->stack, all == 0     ? "nothing"
                                                 : shown == 0 ? "empty"
                                                              : "clips");
}

static GtkWidget *
inner_list (BsClipList *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      return child;
  return NULL;
}

static void
follow_clip (BsClipList *self)
{
  guint position = bs_clip_list_model_find (self->model, bs_workspace_get_clip (self->workspace));
  self->following = TRUE;
  gtk_single_selection_set_selected (self->selection,
                                     position == G_MAXUINT ? GTK_INVALID_LIST_POSITION : position);
  self->following = FALSE;
  GtkWidget *list = inner_list (self);
  if (position != G_MAXUINT && list != NULL)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
}

static void
filter_changed_cb (BsClipList *self)
{
  rebuild_chips (self);
  const char *text = bs_workspace_get_filter (self->workspace)->text;
  if (text == NULL && *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0') {
    self->following = TRUE;
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
    self->following = FALSE;
  }
  show_count (self);
  follow_clip (self);
}

static void
selected_cb (BsClipList *self)
{
  BsClipRow *row = gtk_single_selection_get_selected_item (self->selection);
  if (!self->following && row != NULL)
    bs_workspace_set_clip (self->workspace, bs_clip_row_get_clip (row));
}

/* Hears of the change before the rows do: those at the end may take the focus with them. */
static void
items_change_cb (BsClipList *self)
{
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->view)) != NULL)
    self->had_focus = TRUE;
}

static void
rebuilt_cb (BsClipList *self)
{
  show_count (self);
  follow_clip (self);
  if (self->had_focus && gtk_widget_get_focus_child (GTK_WIDGET (self->view)) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  self->had_focus = FALSE;
}

static void
activate_cb (BsClipList *self, guint position)
{
  g_autoptr (BsClipRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  if (row == NULL)
    return;
  bs_workspace_set_clip (self->workspace, bs_clip_row_get_clip (row));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.play", NULL);
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BsClipList *self)
{
  BsClipCellKind kind =
    (BsClipCellKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "kind"));
  gtk_list_item_set_child (item, bs_clip_cell_new (self->workspace, kind));
}

static void
row_moved_cb (BsClipRow *row, BsClipCell *cell)
{
  bs_clip_cell_set_clip (cell, bs_clip_row_get_clip (row));
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BsClipList *self)
{
  BsClipRow *row = gtk_list_item_get_item (item);
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_signal_connect (row, "moved", G_CALLBACK (row_moved_cb), cell);
  row_moved_cb (row, BS_CLIP_CELL (cell));
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BsClipList *self)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), row_moved_cb, cell);
  bs_clip_cell_set_clip (BS_CLIP_CELL (cell), -1);
}

static void
set_factory (BsClipList *self, GtkColumnViewColumn *column, BsClipCellKind kind)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_object_set_data (G_OBJECT (factory), "kind", GINT_TO_POINTER (kind));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell_cb), self);
  gtk_column_view_column_set_factory (column, factory);
}

static const char *
sort_words (BsClipSort sort)
{
  switch (sort) {
  case BS_CLIP_SORT_NAME:
    return _ ("by name");
  case BS_CLIP_SORT_ACTOR:
    return _ ("by actor");
  case BS_CLIP_SORT_LABEL:
    return _ ("by label");
  case BS_CLIP_SORT_DECISION:
    return _ ("by decision");
  case BS_CLIP_SORT_OUTCOME:
    return _ ("right ones first");
  case BS_CLIP_SORT_MARGIN:
    return _ ("by margin");
  case BS_CLIP_SORT_CONFIDENCE:
    return _ ("by confidence");
  case BS_CLIP_SORT_FILE:
  case BS_N_CLIP_SORTS:
    break;
  }
  return _ ("as in the file");
}

static gboolean
is_reversed (BsClipList *self)
{
  g_autoptr (GVariant) state =
    g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "reversed");
  return g_variant_get_boolean (state);
}

static void
change_sort_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  BsClipList *self = user_data;
  g_simple_action_set_state (action, value);
  g_autoptr (GVariant) state =
    g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "sort");
  for (int i = 0; i < BS_N_CLIP_SORTS; i++)
    if (g_str_equal (sort_names[i], g_variant_get_string (state, NULL))) {
      bs_clip_list_model_set_sort (self->model, (BsClipSort) i, is_reversed (self));
      gtk_menu_button_set_label (self->sort_button, sort_words ((BsClipSort) i));
    }
  follow_clip (self);
}

static void
add_actions (BsClipList *self)
{
  const GActionEntry entries[] = {
    { .name = "sort", .parameter_type = "s", .state = "'file'", .change_state = change_sort_cb },
    { .name = "reversed", .state = "false", .change_state = change_sort_cb },
  };
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "clips", G_ACTION_GROUP (self->actions));
}

/**
 * bs_clip_list_set_workspace:
 * @self: the list
 * @workspace: what it follows; set once
 */
void
bs_clip_list_set_workspace (BsClipList *self, BsWorkspace *workspace)
{
  g_return_if_fail (self->workspace == NULL);
  self->workspace = g_object_ref (workspace);
  self->model = bs_clip_list_model_new (workspace);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_change_cb), self,
                           G_CONNECT_SWAPPED);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  set_factory (self, self->label_column, BS_CLIP_CELL_LABEL);
  set_factory (self, self->decision_column, BS_CLIP_CELL_DECISION);
  /* The two columns say themselves what they are; GTK 4.8 has no property to leave titles out. */
  gtk_widget_set_visible (gtk_widget_get_first_child (GTK_WIDGET (self->view)), FALSE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  self->popover = bs_filter_popover_new (workspace);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->add_button), GTK_WIDGET (self->popover));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "rebuilt", G_CALLBACK (rebuilt_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "clip-changed", G_CALLBACK (follow_clip), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "filter-changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "corpus-changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  filter_changed_cb (self);
}

/**
 * bs_clip_list_focus_search:
 * @self: the list
 *
 * Puts the cursor into the search field.
 */
void
bs_clip_list_focus_search (BsClipList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* Tab leaves the rows: GTK 4.8 would go through all of them first. */
static gboolean
bs_clip_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  BsClipList *self = BS_CLIP_LIST (widget);
  gboolean in_rows = gtk_widget_get_focus_child (GTK_WIDGET (self->view)) != NULL;
  if (in_rows && direction == GTK_DIR_TAB_FORWARD)
    return FALSE;
  if (in_rows && direction == GTK_DIR_TAB_BACKWARD)
    return gtk_widget_child_focus (GTK_WIDGET (self->sort_button), direction);
  return GTK_WIDGET_CLASS (bs_clip_list_parent_class)->focus (widget, direction);
}

static void
bs_clip_list_dispose (GObject *object)
{
  BsClipList *self = BS_CLIP_LIST (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_CLIP_LIST);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->actions);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_clip_list_parent_class)->dispose (object);
}

static void
bs_clip_list_class_init (BsClipListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_clip_list_dispose;
  widget_class->focus = bs_clip_list_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-clip-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BsClipList, search);
  gtk_widget_class_bind_template_child (widget_class, BsClipList, chips);
  gtk_widget_class_bind_template_child (widget_class, BsClipList, count);
  gtk_widget_class_bind_template_child (widget_class, BsClipList, sort_button);
  gtk_widget_class_bind_template_child (widget_class, BsClipList, stack);
  gtk_widget_class_bind_template_child (widget_class, BsClipList, scroller);
  gtk_widget_class_bind_template_child (widget_class, BsClipList, view);
  gtk_widget_class_bind_template_child (widget_class, BsClipList, label_column);
  gtk_widget_class_bind_template_child (widget_class, BsClipList, decision_column);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_set_css_name (widget_class, "cliplist");
}

static void
bs_clip_list_init (BsClipList *self)
{
  bs_gtk48_compat_init (self);
  add_actions (self);
  gtk_menu_button_set_label (self->sort_button, sort_words (BS_CLIP_SORT_FILE));
  self->add_button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->add_button), _ ("+ filter"));
  gtk_widget_add_css_class (self->add_button, "chip-add");
  gtk_widget_set_tooltip_text (self->add_button, _ ("Add a condition"));
  insert_chip (self, self->add_button, 0);
}
