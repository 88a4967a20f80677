/* SPDX-License-Identifier: MIT */
/* Text against what is behind it, measured on pixels: large strokes, so that none is mixed with the
 * background. WCAG 2.1 asks for 4.5 to 1 of text below 18 points. */
#include <adwaita.h>

#include "viz/chart/bs-palette.h"

#define TEXT "IIIIII"
#define LEAST 4.5

static GtkWidget *
label (const char *classes)
{
  GtkWidget *widget = gtk_label_new (TEXT);
  g_auto (GStrv) names = g_strsplit (classes, " ", -1);
  gtk_widget_set_css_classes (widget, (const char **) names);
  return widget;
}

static GtkWidget *
button (const char *classes)
{
  GtkWidget *widget = gtk_button_new_with_label (TEXT);
  gtk_widget_add_css_class (widget, classes);
  return widget;
}

static GtkWidget *
row (const char *ignored)
{
  GtkWidget *list = gtk_list_box_new (), *widget = adw_action_row_new ();
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), TEXT);
  gtk_list_box_append (GTK_LIST_BOX (list), widget);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static GtkWidget *
columns (const char *ignored)
{
  GListStore *none = g_list_store_new (GTK_TYPE_WIDGET);
  GtkWidget *view =
    gtk_column_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (none))));
  g_autoptr (GtkColumnViewColumn) column =
    gtk_column_view_column_new (TEXT, gtk_signal_list_item_factory_new ());
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
  return view;
}

static const struct {
  const char *classes;
  GtkWidget *(*make) (const char *classes);
} cases[] = {
  { "", label },
  { "dim-label", label },
  { "caption dim-label", label },
  { "heading", label },
  { "caption", label },
  { "caption-heading dim-label", label },
  { "remark", label },
  { "success", label },
  { "warning", label },
  { "error", label },
  { "accent", label },
  { "suggested-action", button },
  { "chip", button },
  { "destructive-action", button },
  { "row", row },
  { "columns", columns },
};

static BsColor
pixel_at (const guint32 *pixels, int width, int x, int y)
{
  return bs_color_rgb (pixels[y * width + x] & 0xffffff);
}

static gboolean
was_painted (GtkWidget *window, GdkFrameClock *clock)
{
  return gtk_widget_get_mapped (window) && gtk_widget_get_width (window) > 0 &&
         gdk_frame_clock_get_frame_counter (clock) > 3;
}

static GdkTexture *
picture_of (GtkWidget *window)
{
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  g_autoptr (GskRenderNode) node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                      &GRAPHENE_RECT_INIT (0, 0, width, height));
}

/* What differs most from the colour behind it, which is that of the widget's middle left. */
static double
contrast_of (GtkWidget *window, GtkWidget *widget)
{
  graphene_rect_t bounds;
  g_assert_true (gtk_widget_compute_bounds (widget, window, &bounds));
  g_autoptr (GdkTexture) texture = picture_of (window);
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * (gsize) height);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  int x0 = (int) bounds.origin.x, y0 = (int) bounds.origin.y;
  int right = MIN (width, x0 + (int) bounds.size.width);
  int bottom = MIN (height, y0 + (int) bounds.size.height);
  BsColor behind = pixel_at (pixels, width, x0 + 3, (y0 + bottom) / 2);
  double most = 1;
  for (int y = y0 + 3; y < bottom - 3; y++)
    for (int x = x0 + 3; x < right - 3; x++)
      most = MAX (most, bs_color_contrast (pixel_at (pixels, width, x, y), behind));
  return most;
}

static void
load (const char *resource, guint above)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, resource);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + above);
}

static void
measure (gconstpointer data)
{
  gboolean dark = GPOINTER_TO_INT (data);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  if (dark)
    load ("/org/blendscope/Blendscope/style-dark.css", 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GtkWidget *window = gtk_window_new ();
    GtkWidget *widget = cases[i].make (cases[i].classes);
    gtk_widget_set_halign (widget, GTK_ALIGN_START);
    gtk_widget_set_valign (widget, GTK_ALIGN_START);
    gtk_window_set_child (GTK_WINDOW (window), widget);
    gtk_window_set_default_size (GTK_WINDOW (window), 700, 300);
    gtk_window_present (GTK_WINDOW (window));
    GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
    while (!was_painted (window, clock)) {
      gtk_widget_queue_draw (window);
      g_main_context_iteration (NULL, TRUE);
    }
    double contrast = contrast_of (window, widget);
    g_test_message ("%s %s: %.2f", dark ? "dark" : "light", cases[i].classes, contrast);
    g_assert_cmpfloat (contrast, >=, LEAST);
    gtk_window_destroy (GTK_WINDOW (window));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  load ("/org/blendscope/Blendscope/style.css", 0);
  g_autoptr (GtkCssProvider) large = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (large,
                                   "* { font-size: 60px; transition: none; animation: none; }", -1);
  gtk_style_context_add_provider_for_display (
    gdk_display_get_default (), GTK_STYLE_PROVIDER (large), GTK_STYLE_PROVIDER_PRIORITY_USER);
  g_test_add_data_func ("/contrast/light", GINT_TO_POINTER (FALSE), measure);
  g_test_add_data_func ("/contrast/dark", GINT_TO_POINTER (TRUE), measure);
  return g_test_run ();
}
