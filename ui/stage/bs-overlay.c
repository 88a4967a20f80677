/* SPDX-License-Identifier: MIT */
/* The panels over the picture: their places, and what they say of a clip. */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "ui/chart/bs-probability-bars.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-panel.h"
#include "ui/session/bs-why.h"
#include "ui/stage/bs-ablation-table.h"
#include "ui/stage/bs-decision-view.h"
#include "ui/stage/bs-overlay-layout.h"
#include "ui/stage/bs-overlay.h"

#define SETTLE_MS 160
#define ROW_SPACING_PX 8
#define WHY_CHARS 33 /* of a line in a panel over the picture */

typedef struct {
  gboolean shown;
  BsCorner corner;
} Panel;

struct _BsOverlay {
  GtkWidget parent_instance;

  GtkWidget *probabilities_panel;
  GtkWidget *decision_panel;
  GtkWidget *why_panel;
  GtkWidget *ablation_panel;
  BsProbabilityBars *meter;
  BsDecisionView *decision;
  GtkLabel *why;
  GtkLabel *change;
  BsAblationTable *ablation;

  gboolean shown;
  gboolean stacked; /* rows below one another, not over a picture */
  gboolean has_facts;
  gboolean has_decision;
  gboolean has_track;
  Panel panels[BS_OVERLAY_N_PANELS];

  int dragged; /* panel off its place, or -1 */
  double drag_x, drag_y; /* how far off */
  double settle_x, settle_y; /* how far off when it was let go */
  double at_x[BS_OVERLAY_N_PANELS], at_y[BS_OVERLAY_N_PANELS]; /* their places */
  AdwAnimation *settling;
};

enum {
  PROP_SHOWN = 1,
  PROP_PANEL_SHOWN,
  PROP_PANEL_CORNER = PROP_PANEL_SHOWN + BS_OVERLAY_N_PANELS,
  N_PROPS = PROP_PANEL_CORNER + BS_OVERLAY_N_PANELS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (BsOverlay, bs_overlay, GTK_TYPE_WIDGET)

static GtkWidget *
panel_widget (BsOverlay *self, int panel)
{
  GtkWidget *const widgets[] = { self->probabilities_panel, self->decision_panel, self->why_panel,
                                 self->ablation_panel };

  return widgets[panel];
}

/* Whether there is something to say, and it is wanted. */
static gboolean
panel_wanted (BsOverlay *self, int panel)
{
  if (!self->shown || !self->has_facts || !self->panels[panel].shown)
    return FALSE;
  switch ((BsOverlayPanel) panel) {
  case BS_OVERLAY_PROBABILITIES:
    return self->has_track;
  case BS_OVERLAY_WHY:
    return self->has_decision;
  case BS_OVERLAY_VERDICTS:
    return bs_ablation_table_has_words (self->ablation);
  case BS_OVERLAY_DECISION:
  case BS_OVERLAY_N_PANELS:
    break;
  }
  return TRUE;
}

static void
update_panels (BsOverlay *self)
{
  for (int i = 0; i < BS_OVERLAY_N_PANELS; i++)
    gtk_widget_set_visible (panel_widget (self, i), panel_wanted (self, i));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
measure_boxes (BsOverlay *self, BsOverlayBox *boxes)
{
  for (int i = 0; i < BS_OVERLAY_N_PANELS; i++) {
    GtkWidget *widget = panel_widget (self, i);

    boxes[i] =
      (BsOverlayBox){ .corner = self->panels[i].corner, .wanted = gtk_widget_get_visible (widget) };
    if (!boxes[i].wanted)
      continue;
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &boxes[i].width, NULL, NULL);
    gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, boxes[i].width, NULL, &boxes[i].height,
                        NULL, NULL);
  }
}

static void
allocate_rows (BsOverlay *self, int width)
{
  int y = 0;
  for (int i = 0; i < BS_OVERLAY_N_PANELS; i++) {
    GtkWidget *row = panel_widget (self, i);
    int height;
    gtk_widget_set_child_visible (row, TRUE);
    if (!gtk_widget_should_layout (row))
      continue;
    gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
    gtk_widget_allocate (row, width, height, -1,
                         gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float) y)));
    y += height + ROW_SPACING_PX;
  }
}

static void
bs_overlay_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BsOverlay *self = BS_OVERLAY (widget);
  if (self->stacked) {
    allocate_rows (self, width);
    return;
  }
  BsOverlayBox boxes[BS_OVERLAY_N_PANELS];
  double scale;

  measure_boxes (self, boxes);
  scale = bs_overlay_layout (boxes, BS_OVERLAY_N_PANELS, width, height);
  for (int i = 0; i < BS_OVERLAY_N_PANELS; i++) {
    double off_x = i == self->dragged ? self->drag_x : 0;
    double off_y = i == self->dragged ? self->drag_y : 0;
    GskTransform *transform;

    gtk_widget_set_child_visible (panel_widget (self, i), boxes[i].shown);
    if (!boxes[i].shown)
      continue;
    self->at_x[i] = boxes[i].x;
    self->at_y[i] = boxes[i].y;
    transform = gsk_transform_translate (
      NULL, &GRAPHENE_POINT_INIT (roundf (boxes[i].x + off_x), roundf (boxes[i].y + off_y)));
    transform = gsk_transform_scale (transform, (float) scale, (float) scale);
    gtk_widget_allocate (panel_widget (self, i), boxes[i].width, boxes[i].height, -1, transform);
  }
}

static void
bs_overlay_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  BsOverlay *self = BS_OVERLAY (widget);
  *minimum = *natural = 0;
  for (int i = 0; self->stacked && i < BS_OVERLAY_N_PANELS; i++) {
    int least, usual;
    if (!gtk_widget_should_layout (panel_widget (self, i)))
      continue;
    gtk_widget_measure (panel_widget (self, i), orientation, for_size, &least, &usual, NULL, NULL);
    if (orientation == GTK_ORIENTATION_HORIZONTAL) {
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, usual);
    } else {
      *minimum += usual + ROW_SPACING_PX;
      *natural += usual + ROW_SPACING_PX;
    }
  }
}

static GtkSizeRequestMode
bs_overlay_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* What is not a panel belongs to the picture below. */
static gboolean
bs_overlay_contains (GtkWidget *widget, double x, double y)
{
  return FALSE;
}

static int
panel_at (BsOverlay *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  for (int i = 0; picked && i < BS_OVERLAY_N_PANELS; i++)
    if (picked == panel_widget (self, i) || gtk_widget_is_ancestor (picked, panel_widget (self, i)))
      return i;
  return -1;
}

static void
settle_cb (double rest, gpointer data)
{
  BsOverlay *self = data;

  self->drag_x = self->settle_x * rest;
  self->drag_y = self->settle_y * rest;
  if (rest <= 0)
    self->dragged = -1;
  gtk_widget_queue_allocate (data);
}

static void
settle (BsOverlay *self, double off_x, double off_y)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (settle_cb, self, NULL);

  self->settle_x = self->drag_x = off_x;
  self->settle_y = self->drag_y = off_y;
  g_clear_object (&self->settling);
  self->settling = adw_timed_animation_new (GTK_WIDGET (self), 1, 0, SETTLE_MS, target);
  adw_animation_play (self->settling);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, BsOverlay *self)
{
  int panel = self->stacked ? -1 : panel_at (self, x, y);

  if (panel < 0) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  if (self->settling)
    adw_animation_skip (self->settling);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->dragged = panel;
  self->drag_x = self->drag_y = 0;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static void
drag_update_cb (GtkGestureDrag *gesture, double x, double y, BsOverlay *self)
{
  self->drag_x = x;
  self->drag_y = y;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_corner (BsOverlay *self, int panel, BsCorner corner)
{
  if (self->panels[panel].corner == corner)
    return;
  self->panels[panel].corner = corner;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PANEL_CORNER + panel]);
}

/* Lets the panel go into a corner: it slides there from where it is. */
static void
move_to (BsOverlay *self, int panel, BsCorner corner)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double x = self->at_x[panel] + self->drag_x, y = self->at_y[panel] + self->drag_y;

  set_corner (self, panel, corner);
  bs_overlay_size_allocate (widget, gtk_widget_get_width (widget), gtk_widget_get_height (widget),
                            -1);
  self->dragged = panel;
  settle (self, x - self->at_x[panel], y - self->at_y[panel]);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double x, double y, BsOverlay *self)
{
  int panel = self->dragged;
  GtkWidget *widget = GTK_WIDGET (self);
  graphene_rect_t bounds;

  gtk_widget_set_cursor (widget, NULL);
  if (panel < 0 || !gtk_widget_compute_bounds (panel_widget (self, panel), widget, &bounds))
    return;
  self->drag_x = x;
  self->drag_y = y;
  move_to (self, panel,
           bs_overlay_corner_near (self->at_x[panel] + x + bounds.size.width / 2,
                                   self->at_y[panel] + y + bounds.size.height / 2,
                                   gtk_widget_get_width (widget), gtk_widget_get_height (widget)));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, BsOverlay *self)
{
  static const struct {
    guint keyval;
    int across, down;
  } arrows[] = {
    { GDK_KEY_Left, -1, 0 },  { GDK_KEY_Right, 1, 0 },    { GDK_KEY_Up, 0, -1 },
    { GDK_KEY_Down, 0, 1 },   { GDK_KEY_KP_Left, -1, 0 }, { GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_KP_Up, 0, -1 }, { GDK_KEY_KP_Down, 0, 1 },
  };
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));

  if (self->stacked || state & gtk_accelerator_get_default_mod_mask ())
    return GDK_EVENT_PROPAGATE;
  for (int i = 0; i < BS_OVERLAY_N_PANELS; i++) {
    for (guint k = 0; focus == panel_widget (self, i) && k < G_N_ELEMENTS (arrows); k++) {
      if (arrows[k].keyval != keyval)
        continue;
      self->drag_x = self->drag_y = 0;
      move_to (self, i, bs_corner_moved (self->panels[i].corner, arrows[k].across, arrows[k].down));
      return GDK_EVENT_STOP;
    }
  }
  return GDK_EVENT_PROPAGATE;
}

static void
bs_overlay_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BsOverlay *self = BS_OVERLAY (object);

  if (id == PROP_SHOWN)
    g_value_set_boolean (value, self->shown);
  else if (id < PROP_PANEL_CORNER)
    g_value_set_boolean (value, self->panels[id - PROP_PANEL_SHOWN].shown);
  else
    g_value_set_int (value, (int) self->panels[id - PROP_PANEL_CORNER].corner);
}

static void
bs_overlay_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BsOverlay *self = BS_OVERLAY (object);
  gboolean *shown;

  if (id >= PROP_PANEL_CORNER) {
    set_corner (self, (int) id - PROP_PANEL_CORNER, (BsCorner) g_value_get_int (value));
    return;
  }
  shown = id == PROP_SHOWN ? &self->shown : &self->panels[id - PROP_PANEL_SHOWN].shown;
  if (*shown == g_value_get_boolean (value))
    return;
  *shown = g_value_get_boolean (value);
  update_panels (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
bs_overlay_dispose (GObject *object)
{
  BsOverlay *self = BS_OVERLAY (object);

  if (self->settling)
    adw_animation_skip (self->settling);
  g_clear_object (&self->settling);
  bs_gtk48_compat_dispose (object, BS_TYPE_OVERLAY);
  G_OBJECT_CLASS (bs_overlay_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *klass)
{
  static const char *const shown[] = { "probabilities-shown", "decision-shown", "why-shown",
                                       "ablation-shown" };
  static const char *const corner[] = { "probabilities-corner", "decision-corner", "why-corner",
                                        "ablation-corner" };
  static const BsCorner usual[] = { BS_CORNER_BOTTOM_LEFT, BS_CORNER_TOP_RIGHT,
                                    BS_CORNER_BOTTOM_RIGHT, BS_CORNER_TOP_LEFT };
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_CONSTRUCT;

  props[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, TRUE, flags);
  for (int i = 0; i < BS_OVERLAY_N_PANELS; i++) {
    props[PROP_PANEL_SHOWN + i] =
      g_param_spec_boolean (shown[i], NULL, NULL, i != BS_OVERLAY_VERDICTS, flags);
    props[PROP_PANEL_CORNER + i] =
      g_param_spec_int (corner[i], NULL, NULL, 0, BS_N_CORNERS - 1, (int) usual[i], flags);
  }
  g_object_class_install_properties (klass, N_PROPS, props);
}

static void
bs_overlay_class_init (BsOverlayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bs_overlay_dispose;
  object_class->get_property = bs_overlay_get_property;
  object_class->set_property = bs_overlay_set_property;
  widget_class->measure = bs_overlay_measure;
  widget_class->get_request_mode = bs_overlay_get_request_mode;
  widget_class->size_allocate = bs_overlay_size_allocate;
  widget_class->contains = bs_overlay_contains;
  install_properties (object_class);

  g_type_ensure (BS_TYPE_PROBABILITY_BARS);
  g_type_ensure (BS_TYPE_DECISION_VIEW);
  g_type_ensure (BS_TYPE_PANEL);
  g_type_ensure (BS_TYPE_ABLATION_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-overlay.ui");
  gtk_widget_class_bind_template_child (widget_class, BsOverlay, probabilities_panel);
  gtk_widget_class_bind_template_child (widget_class, BsOverlay, decision_panel);
  gtk_widget_class_bind_template_child (widget_class, BsOverlay, why_panel);
  gtk_widget_class_bind_template_child (widget_class, BsOverlay, ablation_panel);
  gtk_widget_class_bind_template_child (widget_class, BsOverlay, meter);
  gtk_widget_class_bind_template_child (widget_class, BsOverlay, decision);
  gtk_widget_class_bind_template_child (widget_class, BsOverlay, why);
  gtk_widget_class_bind_template_child (widget_class, BsOverlay, change);
  gtk_widget_class_bind_template_child (widget_class, BsOverlay, ablation);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_update_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
bs_overlay_init (BsOverlay *self)
{
  self->dragged = -1;
  bs_gtk48_compat_init (self);
  update_panels (self);
}

static void
set_sentence (GtkLabel *label, const char *sentence)
{
  gtk_label_set_text (label, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence != NULL);
}

/**
 * bs_overlay_set_facts:
 * @self: an overlay
 * @facts: (nullable): what is known of the clip; %NULL where none is open
 */
void
bs_overlay_set_facts (BsOverlay *self, const BsOverlayFacts *facts)
{
  g_return_if_fail (BS_IS_OVERLAY (self));
  self->has_facts = facts != NULL;
  self->has_decision = facts && facts->decision;
  self->has_track = facts && facts->probabilities;
  if (facts) {
    gboolean has_rule = !facts->decision || facts->decision->step != BS_RULE_GIVEN;

    bs_probability_bars_set_clip (self->meter, facts->probabilities,
                                  has_rule ? facts->pair : (BsThresholdPair){ NAN, NAN });
    bs_decision_view_set_facts (self->decision, facts);
    bs_ablation_table_set_facts (self->ablation, facts);
  }
  if (self->has_decision) {
    g_autofree char *why = bs_why_sentence (facts->decision, facts->pair);
    g_autofree char *change = bs_why_change (facts->decision, facts->pair);

    set_sentence (self->why, facts->given ? facts->given : why);
    set_sentence (self->change, change);
  }
  update_panels (self);
}

/**
 * bs_overlay_set_now:
 * @self: an overlay
 * @p: (nullable) (array fixed-size=6): what is believed under the playhead
 */
void
bs_overlay_set_now (BsOverlay *self, const double p[BS_N_EMOTIONS])
{
  g_return_if_fail (BS_IS_OVERLAY (self));
  bs_probability_bars_set_now (self->meter, p);
}

/**
 * bs_overlay_take_ablation:
 * @self: an overlay
 * @ablation: (nullable) (transfer full): what each encoder is worth for the clip
 * @sentence: (nullable): why there are none; %NULL too where there is nothing to say
 */
void
bs_overlay_take_ablation (BsOverlay *self, BsEncoderAblation *ablation, const char *sentence)
{
  g_return_if_fail (BS_IS_OVERLAY (self));
  bs_ablation_table_take (self->ablation, ablation, sentence);
  update_panels (self);
}

/**
 * bs_overlay_await_ablation:
 * @self: an overlay
 * @sentence: what stands in their place where there were none
 *
 * Greys the ablation until the next bs_overlay_take_ablation().
 */
void
bs_overlay_await_ablation (BsOverlay *self, const char *sentence)
{
  g_return_if_fail (BS_IS_OVERLAY (self));
  bs_ablation_table_wait (self->ablation, sentence);
  update_panels (self);
}

/**
 * bs_overlay_get_track:
 * @self: an overlay
 *
 * Returns: (transfer none): the chart of what is believed
 */
BsChartView *
bs_overlay_get_track (BsOverlay *self)
{
  g_return_val_if_fail (BS_IS_OVERLAY (self), NULL);
  return BS_CHART_VIEW (self->meter);
}

/**
 * bs_overlay_set_stacked:
 * @self: an overlay
 * @stacked: whether its panels are rows below one another, in the colours of what is around them
 *
 * The same panels with the same words: where the picture is small there is no room over it.
 */
void
bs_overlay_set_stacked (BsOverlay *self, gboolean stacked)
{
  g_return_if_fail (BS_IS_OVERLAY (self));
  if (self->stacked == stacked)
    return;
  self->stacked = stacked;
  if (self->settling)
    adw_animation_skip (self->settling);
  self->dragged = -1;
  for (int i = 0; i < BS_OVERLAY_N_PANELS; i++)
    if (stacked)
      gtk_widget_add_css_class (panel_widget (self, i), "stacked");
    else
      gtk_widget_remove_css_class (panel_widget (self, i), "stacked");
  gtk_label_set_width_chars (self->why, stacked ? -1 : WHY_CHARS);
  gtk_label_set_max_width_chars (self->why, stacked ? -1 : WHY_CHARS);
  gtk_label_set_width_chars (self->change, stacked ? -1 : WHY_CHARS);
  gtk_label_set_max_width_chars (self->change, stacked ? -1 : WHY_CHARS);
  bs_decision_view_set_stacked (self->decision, stacked);
  bs_probability_bars_set_over_picture (self->meter, !stacked);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * bs_overlay_bind_settings:
 * @self: an overlay
 * @settings: the program's settings
 *
 * Which panels are shown, and where, is kept.
 */
void
bs_overlay_bind_settings (BsOverlay *self, GSettings *settings)
{
  g_return_if_fail (BS_IS_OVERLAY (self));
  for (guint i = PROP_SHOWN; i < N_PROPS; i++) {
    g_autofree char *key = g_strconcat ("overlay-", props[i]->name, NULL);
    g_settings_bind (settings, key, self, props[i]->name, G_SETTINGS_BIND_DEFAULT);
  }
}
