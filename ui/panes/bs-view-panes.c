/* SPDX-License-Identifier: MIT */
/* Tabs may be dragged anywhere, and a tab that is dropped where nothing takes it is gone. Views are
 * therefore owned here, and whenever a page has left one tab view without reaching another, its
 * view is given a new page at home. */
#include "config.h"

#include "ui/panes/bs-view-chooser.h"
#include "ui/panes/bs-view-panes-private.h"

G_DEFINE_FINAL_TYPE (BsViewPanes, bs_view_panes, GTK_TYPE_WIDGET)

enum { PROP_CURRENT = 1, N_PROPERTIES };
enum { CHANGED, WINDOW_OPENED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/**
 * bs_view_panes_find:
 * @self: panes
 * @name: a view's name
 *
 * Returns: (nullable) (transfer none): its slot
 */
BsViewSlot *
bs_view_panes_find (BsViewPanes *self, const char *name)
{
  for (guint i = 0; i < self->slots->len; i++) {
    BsViewSlot *slot = g_ptr_array_index (self->slots, i);
    if (g_strcmp0 (slot->info->name, name) == 0)
      return slot;
  }
  return NULL;
}

/**
 * bs_view_panes_tell:
 * @self: panes
 *
 * Shows the panes that hold something, and tells those who listen.
 */
void
bs_view_panes_tell (BsViewPanes *self)
{
  if (self->arranging)
    return;
  gboolean filled[BS_N_PANES];
  for (int i = 0; i < BS_N_PANES; i++)
    filled[i] = adw_tab_view_get_n_pages (bs_view_pane_get_tab_view (self->pane[i])) > 0;
  gtk_widget_set_visible (GTK_WIDGET (self->pane[0]), filled[0] || !filled[1]);
  gtk_widget_set_visible (GTK_WIDGET (self->pane[1]), filled[1]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * bs_view_panes_pane_of:
 * @self: panes
 * @tabs: the tab view of one
 *
 * Returns: (transfer none): which it is
 */
BsViewPane *
bs_view_panes_pane_of (BsViewPanes *self, AdwTabView *tabs)
{
  return BS_VIEW_PANE (gtk_widget_get_ancestor (GTK_WIDGET (tabs), BS_TYPE_VIEW_PANE));
}

/**
 * bs_view_panes_home_of:
 * @self: panes
 * @slot: a view's slot
 *
 * Returns: (transfer none): the pane of the first window where it is shown now
 */
BsViewPane *
bs_view_panes_home_of (BsViewPanes *self, const BsViewSlot *slot)
{
  return self->pane[self->may_split ? slot->home : 0];
}

static void
dress (AdwTabPage *page, const BsViewSlot *slot)
{
  adw_tab_page_set_title (page, bs_view_slot_title (slot));
  adw_tab_page_set_tooltip (page, bs_view_slot_title (slot));
}

/**
 * bs_view_panes_put:
 * @self: panes
 * @slot: a slot
 * @pane: where it is shown from now on
 *
 * Moves the view there from wherever it is.
 */
void
bs_view_panes_put (BsViewPanes *self, BsViewSlot *slot, BsViewPane *pane)
{
  AdwTabView *to = bs_view_pane_get_tab_view (pane), *from = bs_view_slot_get_tab_view (slot);
  AdwTabPage *page = bs_view_slot_get_page (slot);
  if (from == to)
    return;
  slot->is_open = TRUE;
  if (page != NULL)
    adw_tab_view_transfer_page (from, page, to, adw_tab_view_get_n_pages (to));
  else if (slot == self->guest)
    page = adw_tab_view_insert (to, slot->holder, adw_tab_view_get_n_pinned_pages (to));
  else
    page = adw_tab_view_append (to, slot->holder);
  dress (page, slot);
  bs_view_pane_name_tabs (pane);
  if (slot->is_pinned)
    adw_tab_view_set_page_pinned (to, page, TRUE);
}

static gboolean
gather_cb (gpointer user_data)
{
  BsViewPanes *self = user_data;
  AdwTabView *any = bs_view_pane_get_tab_view (self->pane[0]);
  /* While a tab is dragged it belongs to nobody; its end is told. */
  self->idle = 0;
  if (adw_tab_view_get_is_transferring_page (any))
    return G_SOURCE_REMOVE;
  for (guint i = 0; i < self->slots->len; i++) {
    BsViewSlot *slot = g_ptr_array_index (self->slots, i);
    if (slot->is_open && gtk_widget_get_parent (slot->holder) == NULL)
      bs_view_panes_put (self, slot, bs_view_panes_home_of (self, slot));
  }
  if (self->guest != NULL && gtk_widget_get_parent (self->guest->holder) == NULL)
    bs_view_panes_put (self, self->guest, self->pane[0]);
  bs_view_panes_tell (self);
  return G_SOURCE_REMOVE;
}

static void
gather_soon (BsViewPanes *self)
{
  if (self->idle == 0 && !self->arranging)
    self->idle = g_idle_add (gather_cb, self);
}

static gboolean
close_page_cb (BsViewPanes *self, AdwTabPage *page, AdwTabView *tabs)
{
  BsViewSlot *slot = bs_view_slot_of_page (page);
  gboolean may = slot == NULL || (slot != self->guest && !slot->is_pinned);
  if (may && slot != NULL)
    slot->is_open = FALSE;
  adw_tab_view_close_page_finish (tabs, page, may);
  bs_view_panes_tell (self);
  return GDK_EVENT_STOP;
}

static void
attached_cb (BsViewPanes *self, AdwTabPage *page, int position, AdwTabView *tabs)
{
  BsViewSlot *slot = bs_view_slot_of_page (page);
  for (guint i = 0; slot != NULL && !self->arranging && i < BS_N_PANES; i++)
    if (tabs == bs_view_pane_get_tab_view (self->pane[i]) && self->may_split)
      slot->home = i;
  bs_view_panes_tell (self);
}

static AdwTabView *
create_window_cb (BsViewPanes *self)
{
  return bs_view_pane_get_tab_view (bs_view_panes_new_window (self));
}

static void
menu_cb (BsViewPanes *self, AdwTabPage *page)
{
  g_set_object (&self->menu_page, page);
}

static void
selected_cb (BsViewPanes *self, GParamSpec *pspec, AdwTabView *tabs)
{
  if (!self->arranging)
    g_set_weak_pointer (&self->active, bs_view_panes_pane_of (self, tabs));
  bs_view_panes_tell (self);
}

static void
focused_cb (BsViewPanes *self, GtkEventControllerFocus *controller)
{
  GtkWidget *pane = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  g_set_weak_pointer (&self->active, BS_VIEW_PANE (pane));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

static void
make_chooser_cb (GtkMenuButton *button, gpointer panes)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, bs_view_chooser_new (panes));
}

/**
 * bs_view_panes_adopt:
 * @self: panes
 * @pane: of the first window or of another
 *
 * Takes charge of the pane's tabs.
 */
void
bs_view_panes_adopt (BsViewPanes *self, BsViewPane *pane)
{
  AdwTabView *tabs = bs_view_pane_get_tab_view (pane);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (tabs, "close-page", G_CALLBACK (close_page_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tabs, "page-attached", G_CALLBACK (attached_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tabs, "page-detached", G_CALLBACK (gather_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tabs, "create-window", G_CALLBACK (create_window_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tabs, "setup-menu", G_CALLBACK (menu_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tabs, "notify::selected-page", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tabs, "notify::is-transferring-page", G_CALLBACK (gather_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (focused_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (pane), focus);
  gtk_menu_button_set_create_popup_func (bs_view_pane_get_add_button (pane), make_chooser_cb, self,
                                         NULL);
}

/**
 * bs_view_panes_used:
 * @self: panes
 *
 * Returns: (transfer none): the pane that a view was used in last, as long as it holds any; else
 *   one that does, or the first
 */
BsViewPane *
bs_view_panes_used (BsViewPanes *self)
{
  BsViewPane *const panes[] = { self->active, self->pane[0], self->pane[1] };
  for (gsize i = 0; i < G_N_ELEMENTS (panes); i++)
    if (panes[i] != NULL && adw_tab_view_get_n_pages (bs_view_pane_get_tab_view (panes[i])) > 0)
      return panes[i];
  return self->pane[0];
}

/**
 * bs_view_panes_target:
 * @self: panes
 *
 * Returns: (nullable) (transfer none): the page that an action concerns: the one whose menu is
 *   open, else the one on show where a view was used last
 */
AdwTabPage *
bs_view_panes_target (BsViewPanes *self)
{
  if (self->menu_page != NULL)
    return self->menu_page;
  return adw_tab_view_get_selected_page (bs_view_pane_get_tab_view (bs_view_panes_used (self)));
}

/**
 * bs_view_panes_set_views:
 * @self: panes without views
 * @infos: (array length=n): all views there are; static
 * @n: how many
 * @workspace: (type GObject): what they are of; outlives the panes
 */
void
bs_view_panes_set_views (BsViewPanes *self, const BsViewInfo *infos, gsize n, gpointer workspace)
{
  g_return_if_fail (BS_IS_VIEW_PANES (self) && self->slots->len == 0);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (self->slots, bs_view_slot_new (&infos[i], workspace));
}

/**
 * bs_view_panes_set_may_split:
 * @self: panes
 * @may_split: whether there is room for two side by side
 *
 * Without room the views of the second are tabs of the first, until there is room again.
 */
void
bs_view_panes_set_may_split (BsViewPanes *self, gboolean may_split)
{
  if (self->may_split == may_split)
    return;
  self->may_split = may_split;
  self->arranging = TRUE;
  for (guint i = 0; i < self->slots->len; i++) {
    BsViewSlot *slot = g_ptr_array_index (self->slots, i);
    AdwTabView *tabs = bs_view_slot_get_tab_view (slot);
    BsViewPane *now = tabs != NULL ? bs_view_panes_pane_of (self, tabs) : NULL;
    /* What is in another window stays there. */
    if (slot->home == 1 && (now == self->pane[0] || now == self->pane[1]))
      bs_view_panes_put (self, slot, bs_view_panes_home_of (self, slot));
  }
  self->arranging = FALSE;
  bs_view_panes_tell (self);
}

static void
bs_view_panes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CURRENT)
    g_value_set_string (value, bs_view_panes_get_current (BS_VIEW_PANES (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bs_view_panes_dispose (GObject *object)
{
  BsViewPanes *self = BS_VIEW_PANES (object);
  g_clear_handle_id (&self->idle, g_source_remove);
  self->arranging = TRUE;
  bs_view_panes_destroy_windows (self);
  g_clear_object (&self->menu_page);
  g_clear_weak_pointer (&self->active);
  if (self->paned != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->paned)));
  g_clear_pointer (&self->guest, bs_view_slot_free);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  G_OBJECT_CLASS (bs_view_panes_parent_class)->dispose (object);
}

static void
bs_view_panes_finalize (GObject *object)
{
  g_ptr_array_unref (BS_VIEW_PANES (object)->windows);
  G_OBJECT_CLASS (bs_view_panes_parent_class)->finalize (object);
}

static void
bs_view_panes_class_init (BsViewPanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = bs_view_panes_dispose;
  object_class->finalize = bs_view_panes_finalize;
  object_class->get_property = bs_view_panes_get_property;
  properties[PROP_CURRENT] =
    g_param_spec_string ("current", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[WINDOW_OPENED] =
    g_signal_new ("window-opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, GTK_TYPE_APPLICATION_WINDOW);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
bs_view_panes_init (BsViewPanes *self)
{
  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_view_slot_free);
  self->windows = g_ptr_array_new ();
  self->paned = GTK_PANED (gtk_paned_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_widget_set_parent (GTK_WIDGET (self->paned), GTK_WIDGET (self));
  for (int i = 0; i < BS_N_PANES; i++)
    self->pane[i] = BS_VIEW_PANE (bs_view_pane_new ());
  gtk_paned_set_start_child (self->paned, GTK_WIDGET (self->pane[0]));
  gtk_paned_set_end_child (self->paned, GTK_WIDGET (self->pane[1]));
  gtk_paned_set_shrink_start_child (self->paned, FALSE);
  gtk_paned_set_shrink_end_child (self->paned, FALSE);
  for (int i = 0; i < BS_N_PANES; i++)
    bs_view_panes_adopt (self, self->pane[i]);
  bs_view_panes_tell (self);
}
