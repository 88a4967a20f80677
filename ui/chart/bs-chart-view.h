/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "viz/chart/bs-chart.h"

G_BEGIN_DECLS

/**
 * BsChartDrag:
 * @BS_CHART_DRAG_BEGIN: the button went down
 * @BS_CHART_DRAG_UPDATE: the pointer moved with it
 * @BS_CHART_DRAG_END: it was released after a way
 * @BS_CHART_DRAG_CLICK: it was released where it went down
 */
typedef enum {
  BS_CHART_DRAG_BEGIN,
  BS_CHART_DRAG_UPDATE,
  BS_CHART_DRAG_END,
  BS_CHART_DRAG_CLICK,
} BsChartDrag;

/**
 * BsChartPress:
 * @phase: of the gesture
 * @x: where the pointer is
 * @y: likewise
 * @start_x: where the button went down
 * @start_y: likewise
 * @n_press: 2 for the second press of a double click
 * @modifiers: keys held when the button went down
 */
typedef struct {
  BsChartDrag phase;
  double x, y;
  double start_x, start_y;
  int n_press;
  GdkModifierType modifiers;
} BsChartPress;

#define BS_TYPE_CHART_VIEW (bs_chart_view_get_type ())
/**
 * BsChartView:
 *
 * A chart of viz/ as a widget: theme, hover, pointer, keyboard, accessible name. What is costly
 * is drawn once into a picture and shown until bs_chart_view_changed(); what moves is drawn
 * over it. Knows no workspace: views of ui/ bring the arrays.
 *
 * Signals: "changed": what the chart shows is new.
 */
G_DECLARE_DERIVABLE_TYPE (BsChartView, bs_chart_view, BS, CHART_VIEW, GtkWidget)

/**
 * BsChartViewClass:
 * @draw: draws what is costly
 * @draw_marks: (nullable): draws what moves
 * @make_table: the chart's figures
 * @height_for_width: (nullable): the height that suits a width
 * @whole_size: (nullable): makes a size large enough for everything, where the widget scrolls
 * @point: (nullable): the pointer is here; NaN where it left
 * @press: (nullable): a button
 * @key: (nullable): a key; returns whether it was used
 * @scroll: (nullable): wheel or fingers with the keys held, dy above 0 is down; returns whether it
 *   was used
 */
struct _BsChartViewClass {
  GtkWidgetClass parent_class;

  void (*draw) (BsChartView *self, cairo_t *cr, double width, double height,
                const BsChartTheme *theme);
  void (*draw_marks) (BsChartView *self, cairo_t *cr, double width, double height,
                      const BsChartTheme *theme);
  BsTable *(*make_table) (BsChartView *self);
  double (*height_for_width) (BsChartView *self, double width);
  void (*whole_size) (BsChartView *self, double *width, double *height);
  void (*point) (BsChartView *self, double x, double y);
  void (*press) (BsChartView *self, const BsChartPress *press);
  gboolean (*key) (BsChartView *self, guint keyval, GdkModifierType modifiers);
  gboolean (*scroll) (BsChartView *self, double x, double y, double dy, GdkModifierType modifiers);
};

void bs_chart_view_changed (BsChartView *self);
void bs_chart_view_redraw (BsChartView *self);
void bs_chart_view_marks_changed (BsChartView *self);
void bs_chart_view_set_words (BsChartView *self, const char *name, const char *description);
void bs_chart_view_set_bubble (BsChartView *self, double x, double y, const char *text);
void bs_chart_view_describe (BsChartView *self, const char *words);
const BsChartTheme *bs_chart_view_get_theme (BsChartView *self);
double bs_chart_view_width (BsChartView *self);
double bs_chart_view_height (BsChartView *self);
const char *bs_chart_view_get_name (BsChartView *self);
BsTable *bs_chart_view_make_table (BsChartView *self);
GBytes *bs_chart_view_export (BsChartView *self, BsChartFormat format, GError **error);

G_END_DECLS
