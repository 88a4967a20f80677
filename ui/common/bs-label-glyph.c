/* SPDX-License-Identifier: MIT */
/* The disc of a label, as a widget. */
#include "ui/common/bs-label-glyph.h"

#include "viz/chart/bs-glyph.h"

struct _BsLabelGlyph {
  GtkWidget parent_instance;

  BsLabel label;
};

G_DEFINE_FINAL_TYPE (BsLabelGlyph, bs_label_glyph, GTK_TYPE_WIDGET)

static void
bs_label_glyph_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = BS_LABEL_GLYPH_SIZE_PX;
}

/**
 * bs_label_glyph_append:
 * @snapshot: where to
 * @label: what to show; nothing where it is unknown
 * @x_px: left edge
 * @y_px: top edge of a square of %BS_LABEL_GLYPH_SIZE_PX
 *
 * The disc without a widget, for those who draw many.
 */
void
bs_label_glyph_append (GtkSnapshot *snapshot, BsLabel label, double x_px, double y_px)
{
  const double size = BS_LABEL_GLYPH_SIZE_PX;
  if (!bs_label_is_known (label))
    return;
  cairo_t *cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT ((float) x_px, (float) y_px, (float) size, (float) size));
  g_autoptr (BsPainter) painter = bs_painter_new (cr, bs_chart_theme_get (TRUE));
  bs_glyph_draw (painter, x_px + size / 2, y_px + size / 2, size / 2 - 1, label.first, label.second,
                 label.first_percent / 100.0);
  cairo_destroy (cr);
}

static void
bs_label_glyph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  bs_label_glyph_append (snapshot, BS_LABEL_GLYPH (widget)->label,
                         (gtk_widget_get_width (widget) - BS_LABEL_GLYPH_SIZE_PX) / 2.0,
                         (gtk_widget_get_height (widget) - BS_LABEL_GLYPH_SIZE_PX) / 2.0);
}

static void
bs_label_glyph_class_init (BsLabelGlyphClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->measure = bs_label_glyph_measure;
  widget_class->snapshot = bs_label_glyph_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bs_label_glyph_init (BsLabelGlyph *self)
{
  self->label = BS_LABEL_UNKNOWN;
}

/**
 * bs_label_glyph_new:
 *
 * Returns: (transfer floating): an empty glyph
 */
GtkWidget *
bs_label_glyph_new (void)
{
  return g_object_new (BS_TYPE_LABEL_GLYPH, NULL);
}

/**
 * bs_label_glyph_set_label:
 * @self: a glyph
 * @label: what to show; nothing where it is unknown
 */
void
bs_label_glyph_set_label (BsLabelGlyph *self, BsLabel label)
{
  g_return_if_fail (BS_IS_LABEL_GLYPH (self));
  if (bs_label_equal (self->label, label))
    return;
  self->label = label;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
