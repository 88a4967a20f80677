/* SPDX-License-Identifier: MIT */
/* Actions of pages, layouts and views, and the windows that views move to. */
#include "config.h"

#include "ui/window/bs-window-private.h"

static BsViewPanes *
panes_of (gpointer window)
{
  return bs_inspect_page_get_panes (BS_WINDOW (window)->inspect);
}

static void
set_state (BsWindow *self, const char *name, const char *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);
  if (action != NULL)
    g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (state));
}

/**
 * bs_window_show_task:
 * @self: the window
 * @name: a page's name, "inspect" or "models"
 *
 * Returns: whether there is such a page; it is then on show
 */
gboolean
bs_window_show_task (BsWindow *self, const char *name)
{
  GtkWidget *page = adw_view_stack_get_child_by_name (self->tasks, name);
  if (page != NULL)
    adw_view_stack_set_visible_child (self->tasks, page);
  return page != NULL;
}

static void
change_page_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  bs_window_show_task (user_data, g_variant_get_string (value, NULL));
}

static void
task_changed_cb (BsWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->tasks);
  if (name != NULL)
    set_state (self, "page", name);
  bs_window_show_header (self);
}

static void
change_layout_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  BsWindow *self = user_data;
  BsLayout layout;
  if (bs_layout_from_name (g_variant_get_string (value, NULL), &layout))
    bs_inspect_page_set_layout (self->inspect, layout);
}

static void
layout_changed_cb (BsWindow *self)
{
  set_state (self, "layout", bs_layout_name (bs_inspect_page_get_layout (self->inspect)));
}

static void
change_view_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  if (bs_view_panes_show (panes_of (user_data), g_variant_get_string (value, NULL)))
    bs_window_show_task (user_data, "inspect");
}

static void
view_changed_cb (BsWindow *self)
{
  const char *current = bs_view_panes_get_current (panes_of (self));
  set_state (self, "view", current != NULL ? current : "");
}

static void
view_open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_view_panes_open_chooser (panes_of (user_data));
}

static void
view_close_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_view_panes_close (panes_of (user_data));
}

static void
view_beside_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_view_panes_show_beside (panes_of (user_data));
}

static void
view_window_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_view_panes_move_to_window (panes_of (user_data));
}

static void
view_pin_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_view_panes_toggle_pinned (panes_of (user_data));
}

static void
view_left_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_view_panes_move (panes_of (user_data), -1);
}

static void
view_right_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_view_panes_move (panes_of (user_data), 1);
}

static void
view_next_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_view_panes_select_next (panes_of (user_data), 1);
}

static void
view_previous_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_view_panes_select_next (panes_of (user_data), -1);
}

/* From part to part of the page: list, clip, each pane of views. */
static void
next_pane_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsWindow *self = user_data;
  bs_inspect_page_focus_next_part (self->inspect);
}

/* The same actions under the same names, so that menus, keys and states are one. What concerns the
 * first window itself stays there. */
static void
window_opened_cb (BsWindow *self, GtkApplicationWindow *window)
{
  static const char *const of_first[] = { "fullscreen", "show-keys", NULL };
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self));
  for (char **name = names; *name != NULL; name++)
    if (!g_strv_contains (of_first, *name))
      g_action_map_add_action (G_ACTION_MAP (window),
                               g_action_map_lookup_action (G_ACTION_MAP (self), *name));
  bs_stage_add_keys (GTK_WIDGET (window));
}

/**
 * bs_window_add_view_actions:
 * @self: the window, with its page and its other actions
 *
 * Adds the actions of pages, layouts and views.
 */
void
bs_window_add_view_actions (BsWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "page", .parameter_type = "s", .state = "'inspect'", .change_state = change_page_cb },
    { .name = "layout",
      .parameter_type = "s",
      .state = "'split'",
      .change_state = change_layout_cb },
    { .name = "view", .parameter_type = "s", .state = "''", .change_state = change_view_cb },
    { .name = "view-open", .activate = view_open_cb },
    { .name = "view-close", .activate = view_close_cb },
    { .name = "view-beside", .activate = view_beside_cb },
    { .name = "view-window", .activate = view_window_cb },
    { .name = "view-pin", .activate = view_pin_cb },
    { .name = "view-left", .activate = view_left_cb },
    { .name = "view-right", .activate = view_right_cb },
    { .name = "view-next", .activate = view_next_cb },
    { .name = "view-previous", .activate = view_previous_cb },
    { .name = "next-pane", .activate = next_pane_cb },
  };
  g_autoptr (GPropertyAction) show_clips =
    g_property_action_new ("show-clips", self->inspect, "list-shown");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (show_clips));
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->tasks, "notify::visible-child", G_CALLBACK (task_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspect, "notify::layout", G_CALLBACK (layout_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (panes_of (self), "notify::current", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (panes_of (self), "window-opened", G_CALLBACK (window_opened_cb), self,
                           G_CONNECT_SWAPPED);
  view_changed_cb (self);
}
