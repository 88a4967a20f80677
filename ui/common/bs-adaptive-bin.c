/* SPDX-License-Identifier: MIT */
/* A widget's minimum is that of the shape which it has now. A window that folds its list when it
 * is narrow could therefore never be made narrow, and a frame in which it changes its shape while
 * sizes are given out is a frame with wrong sizes. This stands between: its own minimum is what it
 * is asked to have, its child is cut off for the one frame until somebody who listens has given it
 * another shape. */
#include "config.h"

#include "ui/common/bs-adaptive-bin.h"

struct _BsAdaptiveBin {
  GtkWidget parent_instance;
  GtkWidget *child;
  int width, height;
  guint serial;
  guint idle;
};

G_DEFINE_FINAL_TYPE (BsAdaptiveBin, bs_adaptive_bin, GTK_TYPE_WIDGET)

enum { PROP_CHILD = 1, PROP_SIZE_SERIAL, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

static gboolean
tell_size_cb (gpointer user_data)
{
  BsAdaptiveBin *self = user_data;
  self->idle = 0;
  self->serial++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE_SERIAL]);
  return G_SOURCE_REMOVE;
}

static void
bs_adaptive_bin_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  BsAdaptiveBin *self = BS_ADAPTIVE_BIN (widget);
  /* The size request is added by GTK, as the least. */
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (self->child != NULL && gtk_widget_should_layout (self->child))
    gtk_widget_measure (self->child, orientation, -1, NULL, natural, NULL, NULL);
}

static void
bs_adaptive_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BsAdaptiveBin *self = BS_ADAPTIVE_BIN (widget);
  if (self->child != NULL && gtk_widget_should_layout (self->child)) {
    int least_width, least_height;
    gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL,
                        NULL);
    least_width = MAX (least_width, width);
    gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, least_width, &least_height, NULL,
                        NULL, NULL);
    gtk_widget_allocate (self->child, least_width, MAX (least_height, height), -1, NULL);
  }
  if (width == self->width && height == self->height)
    return;
  self->width = width;
  self->height = height;
  /* Before the next frame is laid out, which is GTK's resize priority. */
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_size_cb, self, NULL);
}

/**
 * bs_adaptive_bin_set_child:
 * @self: a bin
 * @child: (nullable) (transfer floating): what it holds from now on
 */
void
bs_adaptive_bin_set_child (BsAdaptiveBin *self, GtkWidget *child)
{
  g_return_if_fail (BS_IS_ADAPTIVE_BIN (self));
  if (child == self->child)
    return;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

/**
 * bs_adaptive_bin_get_text_scale:
 * @self: a bin
 *
 * Returns: how much larger than usual text is, 1 at 96 dpi
 */
double
bs_adaptive_bin_get_text_scale (BsAdaptiveBin *self)
{
  int dpi = -1;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? CLAMP (dpi / (96. * 1024), .5, 4) : 1;
}

static void
bs_adaptive_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BsAdaptiveBin *self = BS_ADAPTIVE_BIN (object);
  if (id == PROP_CHILD)
    g_value_set_object (value, self->child);
  else if (id == PROP_SIZE_SERIAL)
    g_value_set_uint (value, self->serial);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bs_adaptive_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    bs_adaptive_bin_set_child (BS_ADAPTIVE_BIN (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bs_adaptive_bin_dispose (GObject *object)
{
  BsAdaptiveBin *self = BS_ADAPTIVE_BIN (object);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (bs_adaptive_bin_parent_class)->dispose (object);
}

static void
bs_adaptive_bin_class_init (BsAdaptiveBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = bs_adaptive_bin_dispose;
  object_class->get_property = bs_adaptive_bin_get_property;
  object_class->set_property = bs_adaptive_bin_set_property;
  widget_class->measure = bs_adaptive_bin_measure;
  widget_class->size_allocate = bs_adaptive_bin_size_allocate;
  properties[PROP_CHILD] =
    g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SIZE_SERIAL] =
    g_param_spec_uint ("size-serial", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
bs_adaptive_bin_init (BsAdaptiveBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
