/* SPDX-License-Identifier: MIT */
/* The page's shape. Everything that changes it ends in reshape(), which is never called while sizes
 * are given out: bs_window_shape_at() says how it has to be, and what is another is changed. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/common/bs-adaptive-bin.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/decision/bs-decision-bar.h"
#include "ui/window/bs-inspect-page.h"
#include "ui/window/bs-view-catalogue.h"

struct _BsInspectPage {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsLayout layout;
  BsWindowShape shape;
  int divider_px[BS_N_LAYOUTS]; /* 0 where nobody has moved it; of the views in BS_LAYOUT_CLIP */
  gboolean is_alone; /* full screen: nothing but the clip */
  gboolean is_list_shown;
  gboolean reshaping;

  BsAdaptiveBin *room;
  BsDecisionBar *bar;
  AdwFlap *flap;
  BsClipList *clips;
  GtkPaned *halves;
  AdwBin *clip_place;
  BsStage *stage;
  BsViewPanes *panes;
};

G_DEFINE_FINAL_TYPE (BsInspectPage, bs_inspect_page, GTK_TYPE_WIDGET)

enum {
  PROP_WORKSPACE = 1,
  PROP_LAYOUT,
  PROP_IS_NARROW,
  PROP_LIST_SHOWN,
  PROP_LIST_FOLDED,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
move_clip_into_tab (BsInspectPage *self)
{
  g_autoptr (GtkWidget) stage = g_object_ref (GTK_WIDGET (self->stage));
  adw_bin_set_child (self->clip_place, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->clip_place), FALSE);
  bs_view_panes_take_guest (self->panes, stage, _ ("Clip"));
}

static void
move_clip_home (BsInspectPage *self)
{
  g_autoptr (GtkWidget) stage = g_object_ref (GTK_WIDGET (self->stage));
  bs_view_panes_release_guest (self->panes);
  adw_bin_set_child (self->clip_place, stage);
  gtk_widget_set_visible (GTK_WIDGET (self->clip_place), TRUE);
}

/* Which half keeps its width when the window grows, and how wide it is. */
static void
place_divider (BsInspectPage *self)
{
  gboolean views_keep = self->shape.views_width_px >= 0;
  int px = self->divider_px[self->layout];
  int room = gtk_widget_get_width (GTK_WIDGET (self->halves));
  gtk_paned_set_resize_start_child (self->halves, views_keep);
  gtk_paned_set_resize_end_child (self->halves, !views_keep);
  if (px <= 0)
    px = views_keep ? self->shape.views_width_px : self->shape.clip_width_px;
  if (views_keep && room > px)
    gtk_paned_set_position (self->halves, room - px);
  else if (!views_keep)
    gtk_paned_set_position (self->halves, px);
}

static void
fold_list (BsInspectPage *self)
{
  gboolean folded = self->shape.is_list_folded || self->shape.is_narrow;
  AdwFlapFoldPolicy policy = folded ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_NEVER;
  if (adw_flap_get_fold_policy (self->flap) != policy) {
    adw_flap_set_fold_policy (self->flap, policy);
    /* Beside the rest it is as it was; over the rest it comes when it is called. */
    adw_flap_set_reveal_flap (self->flap, !folded && self->is_list_shown && !self->is_alone);
  }
}

static void
reshape (BsInspectPage *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->room));
  if (self->reshaping || width <= 0)
    return;
  self->reshaping = TRUE;
  BsWindowShape before = self->shape;
  self->shape = bs_window_shape_at (width, bs_adaptive_bin_get_text_scale (self->room),
                                    self->layout, bs_view_panes_wants_split (self->panes));
  fold_list (self);
  bs_view_panes_set_may_split (self->panes, self->shape.may_split && !self->shape.is_narrow);
  if (self->shape.is_narrow && !before.is_narrow)
    move_clip_into_tab (self);
  else if (!self->shape.is_narrow && before.is_narrow)
    move_clip_home (self);
  if (before.clip_width_px != self->shape.clip_width_px ||
      before.views_width_px != self->shape.views_width_px || before.is_narrow)
    place_divider (self);
  self->reshaping = FALSE;
  if (before.is_narrow != self->shape.is_narrow)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_NARROW]);
  if (before.is_list_folded != self->shape.is_list_folded)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIST_FOLDED]);
}

static void
remember_divider (BsInspectPage *self)
{
  int room = gtk_widget_get_width (GTK_WIDGET (self->halves));
  int position = gtk_paned_get_position (self->halves);
  self->divider_px[self->layout] = self->shape.views_width_px >= 0 ? room - position : position;
}

/* The position also changes where the page does; only somebody's hand on the divider counts. */
static gboolean
is_dragged (GtkPaned *paned)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (paned));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_GESTURE (controller) && gtk_gesture_is_recognized (GTK_GESTURE (controller)))
      return TRUE;
  }
  return FALSE;
}

static void
divider_moved_cb (BsInspectPage *self)
{
  if (!self->reshaping && is_dragged (self->halves))
    remember_divider (self);
}

static void
flap_revealed_cb (BsInspectPage *self)
{
  if (!self->reshaping && !self->is_alone && !adw_flap_get_folded (self->flap))
    self->is_list_shown = adw_flap_get_reveal_flap (self->flap);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIST_SHOWN]);
}

/**
 * bs_inspect_page_get_clips:
 * @self: the page
 *
 * Returns: (transfer none): the list
 */
BsClipList *
bs_inspect_page_get_clips (BsInspectPage *self)
{
  return self->clips;
}

/**
 * bs_inspect_page_get_stage:
 * @self: the page
 *
 * Returns: (transfer none): the clip
 */
BsStage *
bs_inspect_page_get_stage (BsInspectPage *self)
{
  return self->stage;
}

/**
 * bs_inspect_page_get_panes:
 * @self: the page
 *
 * Returns: (transfer none): the views
 */
BsViewPanes *
bs_inspect_page_get_panes (BsInspectPage *self)
{
  return self->panes;
}

/**
 * bs_inspect_page_get_layout:
 * @self: the page
 *
 * Returns: the layout that is chosen, in force or not
 */
BsLayout
bs_inspect_page_get_layout (BsInspectPage *self)
{
  return self->layout;
}

/**
 * bs_inspect_page_set_layout:
 * @self: the page
 * @layout: which is wanted
 */
void
bs_inspect_page_set_layout (BsInspectPage *self, BsLayout layout)
{
  g_return_if_fail (layout < BS_N_LAYOUTS);
  if (self->layout == layout)
    return;
  self->layout = layout;
  reshape (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAYOUT]);
}

/**
 * bs_inspect_page_set_picture_alone:
 * @self: the page
 * @alone: whether there is to be nothing but the clip, as in full screen
 */
void
bs_inspect_page_set_picture_alone (BsInspectPage *self, gboolean alone)
{
  if (self->is_alone == alone)
    return;
  self->is_alone = alone;
  gtk_widget_set_visible (GTK_WIDGET (self->bar), !alone);
  gtk_widget_set_visible (adw_flap_get_flap (self->flap), !alone);
  adw_flap_set_reveal_flap (self->flap,
                            !alone && self->is_list_shown && !adw_flap_get_folded (self->flap));
  gtk_widget_set_visible (GTK_WIDGET (self->panes), !alone || self->shape.is_narrow);
  bs_view_panes_set_bars_shown (self->panes, !alone);
  if (alone && self->shape.is_narrow)
    bs_view_panes_show (self->panes, "clip");
}

/**
 * bs_inspect_page_wants_list:
 * @self: the page
 *
 * Returns: whether the list stands beside the rest wherever there is room for it
 */
gboolean
bs_inspect_page_wants_list (BsInspectPage *self)
{
  return self->is_list_shown;
}

/**
 * bs_inspect_page_set_wants_list:
 * @self: the page
 * @wants_list: whether the list is to stand beside the rest wherever there is room for it
 */
void
bs_inspect_page_set_wants_list (BsInspectPage *self, gboolean wants_list)
{
  self->is_list_shown = wants_list;
  if (!adw_flap_get_folded (self->flap) && !self->is_alone)
    adw_flap_set_reveal_flap (self->flap, wants_list);
}

/**
 * bs_inspect_page_focus_next_part:
 * @self: the page
 *
 * Moves the focus from the list to the clip, to each pane of views, and back.
 */
void
bs_inspect_page_focus_next_part (BsInspectPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *parts[2 + BS_N_PANES] = { GTK_WIDGET (self->clips), GTK_WIDGET (self->stage) };
  gsize n = G_N_ELEMENTS (parts), now = n - 1;
  for (guint i = 0; i < BS_N_PANES; i++)
    parts[2 + i] = bs_view_panes_get_pane (self->panes, i);
  for (gsize i = 0; focus != NULL && i < n; i++)
    if (focus == parts[i] || gtk_widget_is_ancestor (focus, parts[i]))
      now = i;
  for (gsize step = 1; step <= n; step++) {
    GtkWidget *part = parts[(now + step) % n];
    if (gtk_widget_get_mapped (part) && gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD))
      return;
  }
}

/**
 * bs_inspect_page_get_divider:
 * @self: the page
 * @layout: a layout
 *
 * Returns: where the divider between clip and views was moved to, 0 where it was not
 */
int
bs_inspect_page_get_divider (BsInspectPage *self, BsLayout layout)
{
  g_return_val_if_fail (layout < BS_N_LAYOUTS, 0);
  return self->divider_px[layout];
}

/**
 * bs_inspect_page_set_divider:
 * @self: the page
 * @layout: a layout
 * @px: of bs_inspect_page_get_divider()
 */
void
bs_inspect_page_set_divider (BsInspectPage *self, BsLayout layout, int px)
{
  g_return_if_fail (layout < BS_N_LAYOUTS);
  self->divider_px[layout] = MAX (px, 0);
  if (layout == self->layout && self->workspace != NULL)
    place_divider (self);
}

static void
bs_inspect_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BsInspectPage *self = BS_INSPECT_PAGE (object);
  switch (id) {
  case PROP_WORKSPACE:
    g_value_set_object (value, self->workspace);
    break;
  case PROP_LAYOUT:
    g_value_set_int (value, (int) self->layout);
    break;
  case PROP_IS_NARROW:
    g_value_set_boolean (value, self->shape.is_narrow);
    break;
  case PROP_LIST_SHOWN:
    g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
    break;
  case PROP_LIST_FOLDED:
    g_value_set_boolean (value, adw_flap_get_folded (self->flap));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
set_workspace (BsInspectPage *self, BsWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  if (workspace == NULL)
    return;
  g_object_set (self->bar, "workspace", workspace, NULL);
  g_object_set (self->clips, "workspace", workspace, NULL);
  g_object_set (self->stage, "workspace", workspace, NULL);
  bs_view_catalogue_fill (self->panes, workspace);
}

static void
bs_inspect_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BsInspectPage *self = BS_INSPECT_PAGE (object);
  switch (id) {
  case PROP_WORKSPACE:
    set_workspace (self, g_value_get_object (value));
    break;
  case PROP_LAYOUT:
    bs_inspect_page_set_layout (self, (BsLayout) g_value_get_int (value));
    break;
  case PROP_LIST_SHOWN:
    adw_flap_set_reveal_flap (self->flap, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_inspect_page_dispose (GObject *object)
{
  BsInspectPage *self = BS_INSPECT_PAGE (object);
  self->reshaping = TRUE;
  bs_gtk48_compat_dispose (object, BS_TYPE_INSPECT_PAGE);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_inspect_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, BS_TYPE_WORKSPACE, both);
  properties[PROP_LAYOUT] =
    g_param_spec_int ("layout", NULL, NULL, 0, BS_N_LAYOUTS - 1, BS_LAYOUT_SPLIT, both);
  properties[PROP_IS_NARROW] = g_param_spec_boolean ("is-narrow", NULL, NULL, FALSE, read);
  properties[PROP_LIST_SHOWN] = g_param_spec_boolean ("list-shown", NULL, NULL, TRUE, both);
  properties[PROP_LIST_FOLDED] = g_param_spec_boolean ("list-folded", NULL, NULL, FALSE, read);
  g_object_class_install_properties (klass, N_PROPERTIES, properties);
}

static void
bs_inspect_page_class_init (BsInspectPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = bs_inspect_page_dispose;
  object_class->get_property = bs_inspect_page_get_property;
  object_class->set_property = bs_inspect_page_set_property;
  install_properties (object_class);
  g_type_ensure (BS_TYPE_ADAPTIVE_BIN);
  g_type_ensure (BS_TYPE_CLIP_LIST);
  g_type_ensure (BS_TYPE_DECISION_BAR);
  g_type_ensure (BS_TYPE_STAGE);
  g_type_ensure (BS_TYPE_VIEW_PANES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-inspect-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BsInspectPage, room);
  gtk_widget_class_bind_template_child (widget_class, BsInspectPage, bar);
  gtk_widget_class_bind_template_child (widget_class, BsInspectPage, flap);
  gtk_widget_class_bind_template_child (widget_class, BsInspectPage, clips);
  gtk_widget_class_bind_template_child (widget_class, BsInspectPage, halves);
  gtk_widget_class_bind_template_child (widget_class, BsInspectPage, clip_place);
  gtk_widget_class_bind_template_child (widget_class, BsInspectPage, stage);
  gtk_widget_class_bind_template_child (widget_class, BsInspectPage, panes);
  gtk_widget_class_bind_template_callback (widget_class, reshape);
  gtk_widget_class_bind_template_callback (widget_class, divider_moved_cb);
}

static void
bs_inspect_page_init (BsInspectPage *self)
{
  self->layout = BS_LAYOUT_SPLIT;
  self->shape = (BsWindowShape){ .clip_width_px = -2, .views_width_px = -2 };
  self->is_list_shown = TRUE;
  bs_gtk48_compat_init (self);
  g_signal_connect_object (self->halves, "move-handle", G_CALLBACK (remember_divider), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (flap_revealed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi", G_CALLBACK (reshape),
                           self, G_CONNECT_SWAPPED);
}
