/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "data/base/bs-visible.h"
#include "ui/chart/bs-chart-view.h"
#include "ui/session/bs-label-text.h"

/* A press that moves less is a click. */
#define CLICK_PX 4
#define EXPORT_WIDTH 720

typedef struct {
  BsChartTheme theme;
  char *font;
  cairo_surface_t *picture;
  gboolean stale;
  gboolean high_contrast;
  char *name, *description;
  char *bubble;
  double bubble_x, bubble_y;
  BsChartPress press;
  double pointer_x, pointer_y; /* NaN where it is elsewhere */
} BsChartViewPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BsChartView, bs_chart_view, GTK_TYPE_WIDGET)

static guint changed_signal;

#define PRIVATE(self) ((BsChartViewPrivate *) bs_chart_view_get_instance_private (self))

static const char *
translate (const char *text)
{
  return gettext (text);
}

static double
font_px (const PangoFontDescription *font)
{
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  return pango_font_description_get_size_is_absolute (font) ? size : size * 96 / 72;
}

/* The window's colours and the person's font. */
static void
take_theme (BsChartView *self)
{
  BsChartViewPrivate *priv = PRIVATE (self);
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);
  gboolean high_contrast = adw_style_manager_get_high_contrast (style);
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  const char *family = pango_font_description_get_family (font);
  double size_px = CLAMP (font_px (font) * .85, 8, 40);
  if (priv->theme.dark == dark && priv->high_contrast == high_contrast &&
      priv->theme.size_px == size_px && g_strcmp0 (priv->font, family) == 0)
    return;
  priv->theme = *bs_chart_theme_get (dark);
  priv->high_contrast = high_contrast;
  if (high_contrast)
    priv->theme.dim = priv->theme.text;
  g_free (priv->font);
  priv->font = g_strdup (family != NULL ? family : priv->theme.font);
  priv->theme.font = priv->font;
  priv->theme.size_px = size_px;
  priv->theme.translate = translate;
  priv->theme.decimal_point = bs_label_text_decimal_point ();
  priv->stale = TRUE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
bs_chart_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (bs_chart_view_parent_class)->css_changed (widget, change);
  take_theme (BS_CHART_VIEW (widget));
}

static GtkSizeRequestMode
bs_chart_view_get_request_mode (GtkWidget *widget)
{
  return BS_CHART_VIEW_GET_CLASS (widget)->height_for_width != NULL
           ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH
           : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
bs_chart_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  BsChartViewClass *class = BS_CHART_VIEW_GET_CLASS (widget);
  *minimum = 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : 260;
  if (orientation == GTK_ORIENTATION_VERTICAL && class->height_for_width != NULL)
    *minimum = *natural =
      (int) ceil (class->height_for_width (BS_CHART_VIEW (widget), for_size > 0 ? for_size : 400));
}

static void
draw_picture (BsChartView *self, int width, int height)
{
  BsChartViewPrivate *priv = PRIVATE (self);
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *picture = priv->picture;
  if (picture == NULL || cairo_image_surface_get_width (picture) != width * scale ||
      cairo_image_surface_get_height (picture) != height * scale) {
    g_clear_pointer (&priv->picture, cairo_surface_destroy);
    priv->picture = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
    cairo_surface_set_device_scale (priv->picture, scale, scale);
    priv->stale = TRUE;
  }
  if (!priv->stale)
    return;
  cairo_t *cr = cairo_create (priv->picture);
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  BS_CHART_VIEW_GET_CLASS (self)->draw (self, cr, width, height, &priv->theme);
  cairo_destroy (cr);
  priv->stale = FALSE;
}

static void
bs_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BsChartView *self = BS_CHART_VIEW (widget);
  BsChartViewPrivate *priv = PRIVATE (self);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  if (width < 1 || height < 1)
    return;
  draw_picture (self, width, height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_set_source_surface (cr, priv->picture, 0, 0);
  cairo_paint (cr);
  if (BS_CHART_VIEW_GET_CLASS (self)->draw_marks != NULL)
    BS_CHART_VIEW_GET_CLASS (self)->draw_marks (self, cr, width, height, &priv->theme);
  if (priv->bubble != NULL) {
    g_autoptr (BsPainter) painter = bs_painter_new (cr, &priv->theme);
    bs_painter_bubble (painter, width, height, priv->bubble_x, priv->bubble_y, priv->bubble);
  }
  cairo_destroy (cr);
}

static void
motion_cb (BsChartView *self, double x, double y)
{
  PRIVATE (self)->pointer_x = x;
  PRIVATE (self)->pointer_y = y;
  if (BS_CHART_VIEW_GET_CLASS (self)->point != NULL)
    BS_CHART_VIEW_GET_CLASS (self)->point (self, x, y);
}

static void
leave_cb (BsChartView *self)
{
  motion_cb (self, NAN, NAN);
}

static void
press (BsChartView *self, BsChartDrag phase, double offset_x, double offset_y)
{
  BsChartViewPrivate *priv = PRIVATE (self);
  priv->press.phase = phase;
  priv->press.x = priv->press.start_x + offset_x;
  priv->press.y = priv->press.start_y + offset_y;
  if (BS_CHART_VIEW_GET_CLASS (self)->press != NULL)
    BS_CHART_VIEW_GET_CLASS (self)->press (self, &priv->press);
}

static void
pressed_cb (BsChartView *self, int n_press)
{
  PRIVATE (self)->press.n_press = n_press;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, BsChartView *self)
{
  BsChartViewPrivate *priv = PRIVATE (self);
  priv->press.start_x = x;
  priv->press.start_y = y;
  priv->press.modifiers =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  press (self, BS_CHART_DRAG_BEGIN, 0, 0);
}

static void
drag_update_cb (BsChartView *self, double x, double y)
{
  press (self, BS_CHART_DRAG_UPDATE, x, y);
}

static void
drag_end_cb (BsChartView *self, double x, double y)
{
  press (self, hypot (x, y) < CLICK_PX ? BS_CHART_DRAG_CLICK : BS_CHART_DRAG_END, x, y);
}

static gboolean
key_cb (BsChartView *self, guint keyval, guint keycode, GdkModifierType modifiers)
{
  return BS_CHART_VIEW_GET_CLASS (self)->key != NULL &&
         BS_CHART_VIEW_GET_CLASS (self)->key (self, keyval, modifiers);
}

static gboolean
scroll_cb (GtkEventController *controller, double dx, double dy, BsChartView *self)
{
  BsChartViewPrivate *priv = PRIVATE (self);
  BsChartViewClass *class = BS_CHART_VIEW_GET_CLASS (self);
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (controller);
  return class->scroll != NULL && isfinite (priv->pointer_x) &&
         class->scroll (self, priv->pointer_x, priv->pointer_y, dy, modifiers);
}

static void
add_controllers (BsChartView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *click = gtk_gesture_click_new (), *drag = gtk_gesture_drag_new ();
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, key);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
}

static void
bs_chart_view_finalize (GObject *object)
{
  BsChartViewPrivate *priv = PRIVATE (BS_CHART_VIEW (object));
  g_clear_pointer (&priv->picture, cairo_surface_destroy);
  g_free (priv->font);
  g_free (priv->name);
  g_free (priv->description);
  g_free (priv->bubble);
  G_OBJECT_CLASS (bs_chart_view_parent_class)->finalize (object);
}

static void
bs_chart_view_class_init (BsChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bs_chart_view_finalize;
  widget_class->css_changed = bs_chart_view_css_changed;
  widget_class->get_request_mode = bs_chart_view_get_request_mode;
  widget_class->measure = bs_chart_view_measure;
  widget_class->snapshot = bs_chart_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "chartview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  changed_signal = g_signal_new ("changed", BS_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
bs_chart_view_init (BsChartView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  PRIVATE (self)->theme = *bs_chart_theme_get (FALSE);
  PRIVATE (self)->pointer_x = PRIVATE (self)->pointer_y = NAN;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  add_controllers (self);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (take_theme), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (take_theme), self,
                           G_CONNECT_SWAPPED);
}

/**
 * bs_chart_view_changed:
 * @self: a chart
 *
 * Has the chart drawn anew before the next paint; emits "changed". Costs nothing where the
 * chart is not on show.
 */
void
bs_chart_view_changed (BsChartView *self)
{
  bs_chart_view_redraw (self);
  g_signal_emit (self, changed_signal, 0);
}

/**
 * bs_chart_view_redraw:
 * @self: a chart
 *
 * Has the same figures drawn anew, because they lie elsewhere.
 */
void
bs_chart_view_redraw (BsChartView *self)
{
  PRIVATE (self)->stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * bs_chart_view_marks_changed:
 * @self: a chart
 *
 * Has only what moves drawn anew.
 */
void
bs_chart_view_marks_changed (BsChartView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * bs_chart_view_set_words:
 * @self: a chart
 * @name: its accessible name, also suggested for its file
 * @description: what can be seen and done
 */
void
bs_chart_view_set_words (BsChartView *self, const char *name, const char *description)
{
  BsChartViewPrivate *priv = PRIVATE (self);
  g_free (priv->name);
  g_free (priv->description);
  priv->name = g_strdup (name);
  priv->description = g_strdup (description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/**
 * bs_chart_view_describe:
 * @self: a chart
 * @words: (nullable): what is meant at present, as by a cursor; %NULL for nothing
 *
 * Tells a screen reader, before what can be seen and done. bs_chart_view_set_bubble() does so
 * by itself.
 */
void
bs_chart_view_describe (BsChartView *self, const char *words)
{
  const char *description = PRIVATE (self)->description;
  g_autofree char *text = g_strconcat (words != NULL ? words : "", words != NULL ? "\n" : "",
                                       description != NULL ? description : "", NULL);
  g_autofree char *seen = bs_visible_dup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, seen,
                                  -1);
}

/**
 * bs_chart_view_set_bubble:
 * @self: a chart
 * @x: what is spoken of
 * @y: likewise
 * @text: (nullable): words beside it; %NULL for none
 *
 * Shows words at once, without a tooltip's delay, and tells them to a screen reader.
 */
void
bs_chart_view_set_bubble (BsChartView *self, double x, double y, const char *text)
{
  BsChartViewPrivate *priv = PRIVATE (self);
  if (priv->bubble == NULL && text == NULL)
    return;
  if (g_strcmp0 (text, priv->bubble) != 0)
    bs_chart_view_describe (self, text);
  g_free (priv->bubble);
  priv->bubble = g_strdup (text);
  priv->bubble_x = x;
  priv->bubble_y = y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * bs_chart_view_get_theme:
 * @self: a chart
 *
 * Returns: (transfer none): colours and font it is drawn in
 */
const BsChartTheme *
bs_chart_view_get_theme (BsChartView *self)
{
  return &PRIVATE (self)->theme;
}

/**
 * bs_chart_view_width:
 * @self: a chart
 *
 * Returns: width of the drawing, pixels
 */
double
bs_chart_view_width (BsChartView *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self));
}

/**
 * bs_chart_view_height:
 * @self: a chart
 *
 * Returns: height of the drawing, pixels
 */
double
bs_chart_view_height (BsChartView *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self));
}

/**
 * bs_chart_view_get_name:
 * @self: a chart
 *
 * Returns: (transfer none): its name for people
 */
const char *
bs_chart_view_get_name (BsChartView *self)
{
  return PRIVATE (self)->name != NULL ? PRIVATE (self)->name : _ ("Chart");
}

/**
 * bs_chart_view_make_table:
 * @self: a chart
 *
 * Returns: (transfer full): its figures
 */
BsTable *
bs_chart_view_make_table (BsChartView *self)
{
  return BS_CHART_VIEW_GET_CLASS (self)->make_table (self);
}

typedef struct {
  BsChartView *self;
  BsChartTheme theme;
} Export;

static void
draw_export_cb (cairo_t *cr, double width, double height, gpointer user_data)
{
  Export *export = user_data;
  BS_CHART_VIEW_GET_CLASS (export->self)->draw (export->self, cr, width, height, &export->theme);
  if (BS_CHART_VIEW_GET_CLASS (export->self)->draw_marks != NULL)
    BS_CHART_VIEW_GET_CLASS (export->self)
      ->draw_marks (export->self, cr, width, height, &export->theme);
}

/**
 * bs_chart_view_export:
 * @self: a chart
 * @format: of the file
 * @error: return location
 *
 * Draws the chart as it is on show, but on white and complete, in the size of the widget (larger
 * where that scrolls) or, where that is not on show, 720 pixels wide.
 *
 * Returns: (transfer full): the file
 */
GBytes *
bs_chart_view_export (BsChartView *self, BsChartFormat format, GError **error)
{
  BsChartViewClass *class = BS_CHART_VIEW_GET_CLASS (self);
  double width = bs_chart_view_width (self), height = bs_chart_view_height (self);
  Export export = { self, *bs_chart_theme_get (FALSE) };
  export.theme.font = PRIVATE (self)->theme.font;
  export.theme.size_px = PRIVATE (self)->theme.size_px;
  export.theme.translate = translate;
  if (width < 1 || height < 1) {
    width = EXPORT_WIDTH;
    height = class->height_for_width != NULL ? class->height_for_width (self, width) : width * .65;
  }
  if (class->whole_size != NULL)
    class->whole_size (self, &width, &height);
  return bs_chart_export (draw_export_cb, &export, width, height, export.theme.background, format,
                          error);
}
