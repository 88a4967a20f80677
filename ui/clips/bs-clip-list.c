/* SPDX-License-Identifier: MIT */
/* The left column. The list follows the workspace and tells it of what the person does; chips
 * are made anew from the filter whenever that changes. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/clips/bs-clip-cell.h"
#include "ui/clips/bs-clip-list.h"
#include "ui/clips/bs-clip-list-selection.h"
#include "ui/clips/bs-filter-popover.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/session/bs-clip-list-model.h"

struct _BsClipList {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsClipListModel *model;
  BsClipListSelection *selection;
  GSimpleActionGroup *actions;
  gboolean following; /* the search field is being set from the workspace */
  gboolean had_focus; /* before the rows changed */
  BsFilter conditions; /* that the rows are of, or will be before the next frame */
  gboolean has_other_conditions; /* than when the rows were last another */
  guint revealing; /* tick that waits until the rows have a place */
  GtkWidget *add_button;
  BsFilterPopover *popover;

  GtkSearchEntry *search;
  GtkFlowBox *chips;
  GtkLabel *count;
  GtkMenuButton *sort_button;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListView *view;
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
  bs_filter_copy (bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace)),
                  &filter);
  g_free (filter.text);
  g_autofree char *text =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  filter.text = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
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
  bs_filter_copy (bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace)),
                  &filter);
  bs_filter_drop (&filter,
                  (BsFacet) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "facet")));
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
  bs_filter_clear (&filter);
}

static GtkWidget *
chip_new (BsClipList *self, BsFacet facet)
{
  g_autofree char *words =
    bs_filter_describe (bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace)),
                        facet, bs_workspace_get_metadata (self->workspace));
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
  const BsFilter *filter =
    bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace));
  for (int facet = 0, position = 0; facet < BS_N_FACETS; facet++)
    if (facet != BS_FACET_TEXT && bs_filter_has (filter, (BsFacet) facet))
      insert_chip (self, chip_new (self, (BsFacet) facet), position++);
}

static void
show_count (BsClipList *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->model));
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

/* Rows are of one height, which is that of any. */
static double
row_height (BsClipList *self)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  int height = 0;
  if (row != NULL)
    gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  return height;
}

static double
page_height (BsClipList *self)
{
  return gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (self->scroller));
}

static void
scroll_to (BsClipList *self, guint position)
{
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
}

static gboolean
follow_later_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  BsClipList *self = BS_CLIP_LIST (widget);
  if (page_height (self) <= 0)
    return G_SOURCE_CONTINUE;
  self->revealing = 0;
  scroll_to (self, bs_clip_list_selection_get_selected (self->selection));
  return G_SOURCE_REMOVE;
}

/* GTK 4.8 divides by the height of the page, which is not known before the list is laid out. */
static void
follow_clip (BsClipList *self)
{
  if (page_height (self) > 0)
    scroll_to (self, bs_clip_list_selection_get_selected (self->selection));
  else if (self->revealing == 0)
    self->revealing = gtk_widget_add_tick_callback (GTK_WIDGET (self), follow_later_cb, NULL, NULL);
}

/* Other conditions, or another order, show the list from its top; where the chosen clip is further
 * down, from there: it is what the person looks at, and where they go on from. */
static void
show_from_the_top (BsClipList *self)
{
  guint position = bs_clip_list_selection_get_selected (self->selection);
  if (position == GTK_INVALID_LIST_POSITION ||
      (position + 1) * row_height (self) <= page_height (self))
    scroll_to (self, 0);
  else
    follow_clip (self);
}

static void
filter_changed_cb (BsClipList *self)
{
  const BsFilter *filter =
    bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace));
  if (bs_filter_equal (filter, &self->conditions))
    return; /* its decisions are other ones */
  bs_filter_clear (&self->conditions);
  bs_filter_copy (filter, &self->conditions);
  self->has_other_conditions = TRUE;
  rebuild_chips (self);
  if (filter->text == NULL && *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0') {
    self->following = TRUE;
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
    self->following = FALSE;
  }
}

/* The chips name what is in the corpus. */
static void
corpus_changed_cb (BsClipList *self)
{
  filter_changed_cb (self);
  rebuild_chips (self);
  show_count (self);
}

/* The list itself where the chosen clip has no row: it knows which had the focus last. */
static GtkWidget *
selected_row (BsClipList *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->view)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED)
      return row;
  return GTK_WIDGET (self->view);
}

/* Hears of the change before the rows do, which may take the focus with them. */
static void
items_change_cb (BsClipList *self)
{
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->view)) != NULL)
    self->had_focus = TRUE;
}

static void
order_changed_cb (BsClipList *self)
{
  show_count (self);
  if (self->has_other_conditions && page_height (self) > 0)
    show_from_the_top (self);
  else
    follow_clip (self);
  self->has_other_conditions = FALSE;
  if (self->had_focus && gtk_widget_get_focus_child (GTK_WIDGET (self->view)) == NULL)
    gtk_widget_grab_focus (selected_row (self));
  self->had_focus = FALSE;
}

static void
activate_cb (BsClipList *self, guint position)
{
  g_autoptr (BsClipRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  if (row == NULL)
    return;
  bs_clip_selection_set_clip (bs_workspace_get_selection (self->workspace),
                              bs_clip_row_get_clip (row));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.play", NULL);
}

static void
setup_cell_cb (BsClipList *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, bs_clip_cell_new (self->workspace));
}

static void
bind_cell_cb (BsClipList *self, GtkListItem *item)
{
  bs_clip_cell_set_row (BS_CLIP_CELL (gtk_list_item_get_child (item)),
                        gtk_list_item_get_item (item));
}

static void
unbind_cell_cb (BsClipList *self, GtkListItem *item)
{
  bs_clip_cell_set_row (BS_CLIP_CELL (gtk_list_item_get_child (item)), NULL);
}

static void
set_factory (BsClipList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cell_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cell_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cell_cb), self);
  gtk_list_view_set_factory (self->view, factory);
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
  self->has_other_conditions = TRUE;
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

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsClipList *self = BS_CLIP_LIST (widget);
  self->workspace = g_object_ref (workspace);
  BsClipSelection *selection = bs_workspace_get_selection (workspace);
  self->model = bs_clip_list_model_new (workspace);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_change_cb), self,
                           G_CONNECT_SWAPPED);
  self->selection = bs_clip_list_selection_new (workspace, self->model);
  set_factory (self);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  self->popover = bs_filter_popover_new (workspace);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->add_button), GTK_WIDGET (self->popover));
  g_signal_connect_object (selection, "notify::order", G_CALLBACK (order_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::clip", G_CALLBACK (follow_clip), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::filter", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::corpus", G_CALLBACK (corpus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  corpus_changed_cb (self);
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
  bs_filter_clear (&self->conditions);
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
  bs_workspace_property_install (G_OBJECT_CLASS (klass), take_workspace);
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
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_set_css_name (widget_class, "cliplist");
}

static void
bs_clip_list_init (BsClipList *self)
{
  bs_gtk48_compat_init (self);
  bs_filter_init (&self->conditions);
  add_actions (self);
  gtk_menu_button_set_label (self->sort_button, sort_words (BS_CLIP_SORT_FILE));
  self->add_button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->add_button), _ ("+ filter"));
  gtk_widget_add_css_class (self->add_button, "chip-add");
  gtk_widget_set_tooltip_text (self->add_button, _ ("Add a condition"));
  insert_chip (self, self->add_button, 0);
}
