/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "data/base/bs-visible.h"
#include "ui/analysis/bs-actor-row.h"

#define BAR_PX 4

struct _BsActorRow {
  GObject parent_instance;
  int actor;
  char *name;
  BsCounts counts;
};

G_DEFINE_FINAL_TYPE (BsActorRow, bs_actor_row, G_TYPE_OBJECT)

static guint changed_signal;

static void
bs_actor_row_finalize (GObject *object)
{
  g_free (BS_ACTOR_ROW (object)->name);
  G_OBJECT_CLASS (bs_actor_row_parent_class)->finalize (object);
}

static void
bs_actor_row_class_init (BsActorRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bs_actor_row_finalize;
  changed_signal = g_signal_new ("changed", BS_TYPE_ACTOR_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
bs_actor_row_init (BsActorRow *self)
{
}

/**
 * bs_actor_row_new:
 * @actor: index into the metadata's actors
 * @name: its name
 *
 * Returns: (transfer full): a row without clips
 */
BsActorRow *
bs_actor_row_new (int actor, const char *name)
{
  BsActorRow *self = g_object_new (BS_TYPE_ACTOR_ROW, NULL);
  self->actor = actor;
  self->name = g_strdup (name);
  return self;
}

/**
 * bs_actor_row_get_actor:
 * @self: a row
 *
 * Returns: index into the metadata's actors
 */
int
bs_actor_row_get_actor (BsActorRow *self)
{
  return self->actor;
}

/**
 * bs_actor_row_get_name:
 * @self: a row
 *
 * Returns: (transfer none): the actor's name
 */
const char *
bs_actor_row_get_name (BsActorRow *self)
{
  return self->name;
}

/**
 * bs_actor_row_set_counts:
 * @self: a row
 * @tally: the actor's counts
 */
void
bs_actor_row_set_counts (BsActorRow *self, const BsCounts *counts)
{
  self->counts = *counts;
  g_signal_emit (self, changed_signal, 0);
}

static double
share (guint part, guint of)
{
  return of > 0 ? (double) part / of : NAN;
}

/**
 * bs_actor_row_get_value:
 * @self: a row
 * @column: one that is a number
 *
 * Returns: clips, an accuracy, or the share of clips judged a blend; NaN of nothing
 */
double
bs_actor_row_get_value (BsActorRow *self, BsActorColumn column)
{
  switch (column) {
  case BS_ACTOR_CLIPS:
    return self->counts.n;
  case BS_ACTOR_PRESENCE:
    return share (self->counts.n_presence, self->counts.n);
  case BS_ACTOR_SALIENCE:
    return share (self->counts.n_salience, self->counts.n_blends);
  case BS_ACTOR_BLENDS:
    return share (self->counts.n_predicted_blends, self->counts.n);
  default:
    return NAN;
  }
}

/**
 * bs_actor_row_get_true_blends:
 * @self: a row
 *
 * Returns: the share of the actor's clips that are blends
 */
double
bs_actor_row_get_true_blends (BsActorRow *self)
{
  return share (self->counts.n_blends, self->counts.n);
}

/**
 * bs_actor_row_compare:
 * @self: a row
 * @other: another
 * @column: by what
 *
 * Blends are compared by how far more, or fewer, of them are seen than there are.
 *
 * Returns: as strcmp() does; rows without a number last
 */
int
bs_actor_row_compare (BsActorRow *self, BsActorRow *other, BsActorColumn column)
{
  double a = bs_actor_row_get_value (self, column), b = bs_actor_row_get_value (other, column);
  if (column == BS_ACTOR_NAME)
    return g_utf8_collate (self->name, other->name);
  if (column == BS_ACTOR_BLENDS) {
    a -= bs_actor_row_get_true_blends (self);
    b -= bs_actor_row_get_true_blends (other);
  }
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

/* The cell. */

struct _BsActorCell {
  GtkWidget parent_instance;
  BsActorColumn column;
  BsActorRow *row;
  gulong handler;
  PangoLayout *layout;
};

G_DEFINE_FINAL_TYPE (BsActorCell, bs_actor_cell, GTK_TYPE_WIDGET)

static void
take_row (BsActorCell *self)
{
  double value = bs_actor_row_get_value (self->row, self->column);
  g_autofree char *text = NULL;
  if (self->column == BS_ACTOR_NAME)
    text = bs_visible_dup (bs_actor_row_get_name (self->row));
  else if (isnan (value))
    text = g_strdup ("–");
  else if (self->column == BS_ACTOR_CLIPS)
    text = g_strdup_printf ("%.0f", value);
  else if (self->column == BS_ACTOR_BLENDS)
    /* Translators: share of clips judged a blend, of clips that are blends, per cent */
    text = g_strdup_printf (_ ("%.0f / %.0f %%"), 100 * value,
                            100 * bs_actor_row_get_true_blends (self->row));
  else
    text = g_strdup_printf ("%.3f", value);
  if (self->layout == NULL)
    self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_text (self->layout, text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
bs_actor_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  static const int em[BS_N_ACTOR_COLUMNS] = { 5, 3, 5, 5, 8 };
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = pango_font_metrics_get_height (metrics) / PANGO_SCALE;
  int digit = pango_font_metrics_get_approximate_digit_width (metrics) / PANGO_SCALE;
  pango_font_metrics_unref (metrics);
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL
                          ? height + BAR_PX + 4
                          : digit * em[BS_ACTOR_CELL (widget)->column] + 4;
}

static void
bs_actor_cell_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  BsActorCell *self = BS_ACTOR_CELL (widget);
  GTK_WIDGET_CLASS (bs_actor_cell_parent_class)->css_changed (widget, change);
  if (self->layout != NULL)
    pango_layout_context_changed (self->layout);
}

static void
snapshot_bar (BsActorCell *self, GtkSnapshot *snapshot, float width, float height, GdkRGBA color)
{
  double value = bs_actor_row_get_value (self->row, self->column);
  double mark = bs_actor_row_get_true_blends (self->row);
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA track = color, bar = color;
  float y = height - BAR_PX - 1;
  track.alpha *= .1f;
  if (gtk_style_context_lookup_color (style, "accent_bg_color", &bar))
    bar.alpha = .75f;
  if (!isfinite (value))
    return;
  gtk_snapshot_append_color (snapshot, &track, &GRAPHENE_RECT_INIT (0, y, width, BAR_PX));
  gtk_snapshot_append_color (
    snapshot, &bar, &GRAPHENE_RECT_INIT (0, y, width * (float) CLAMP (value, 0, 1), BAR_PX));
  if (self->column == BS_ACTOR_BLENDS && isfinite (mark))
    gtk_snapshot_append_color (
      snapshot, &color, &GRAPHENE_RECT_INIT ((width - 2) * (float) mark, y - 1, 2, BAR_PX + 2));
}

static void
bs_actor_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BsActorCell *self = BS_ACTOR_CELL (widget);
  float width = (float) gtk_widget_get_width (widget), x = 0;
  float height = (float) gtk_widget_get_height (widget);
  GdkRGBA color;
  int text_width, text_height;
  if (self->row == NULL)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  pango_layout_get_pixel_size (self->layout, &text_width, &text_height);
  float y = (height - (float) text_height - BAR_PX - 2) / 2;
  if (self->column != BS_ACTOR_NAME)
    x = width - (float) text_width;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
  if (self->column >= BS_ACTOR_PRESENCE)
    snapshot_bar (self, snapshot, width, height, color);
}

static void
bs_actor_cell_dispose (GObject *object)
{
  BsActorCell *self = BS_ACTOR_CELL (object);
  bs_actor_cell_bind (self, NULL);
  g_clear_object (&self->layout);
  G_OBJECT_CLASS (bs_actor_cell_parent_class)->dispose (object);
}

static void
bs_actor_cell_class_init (BsActorCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_actor_cell_dispose;
  widget_class->measure = bs_actor_cell_measure;
  widget_class->css_changed = bs_actor_cell_css_changed;
  widget_class->snapshot = bs_actor_cell_snapshot;
  gtk_widget_class_set_css_name (widget_class, "actorcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
bs_actor_cell_init (BsActorCell *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
}

/**
 * bs_actor_cell_new:
 * @column: what it shows
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
bs_actor_cell_new (BsActorColumn column)
{
  BsActorCell *self = g_object_new (BS_TYPE_ACTOR_CELL, NULL);
  self->column = column;
  return GTK_WIDGET (self);
}

/**
 * bs_actor_cell_bind:
 * @self: a cell
 * @row: (nullable): what it shows and follows
 */
void
bs_actor_cell_bind (BsActorCell *self, BsActorRow *row)
{
  if (self->row != NULL)
    g_clear_signal_handler (&self->handler, self->row);
  g_set_object (&self->row, row);
  if (row == NULL)
    return;
  self->handler = g_signal_connect_swapped (row, "changed", G_CALLBACK (take_row), self);
  take_row (self);
}
