/* SPDX-License-Identifier: MIT */
#include "tests/support/bs-test-widgets.h"

#include <string.h>

#include "tests/support/bs-test-wait.h"

static gboolean
is_true (gpointer condition)
{
  return (*(BsTestQuestion *) condition) ();
}

/**
 * bs_test_wait_for:
 * @condition: what is to become true
 * @what: its name, for the message
 *
 * Runs the main loop until then.
 */
void
bs_test_wait_for (BsTestQuestion condition, const char *what)
{
  bs_test_wait (is_true, &condition, what);
}

/**
 * bs_test_load_style:
 *
 * Has widgets look as in the program, whose application loads its style sheet by itself: rows are
 * as high and as far apart as there.
 */
void
bs_test_load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/org/blendscope/Blendscope/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static gboolean painted;

static void
painted_cb (void)
{
  painted = TRUE;
}

static gboolean
is_painted (void)
{
  return painted;
}

/**
 * bs_test_paint_once:
 * @window: a window on show
 *
 * Runs the main loop until the next frame is painted, as the person would see it.
 */
void
bs_test_paint_once (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), NULL);
  painted = FALSE;
  gtk_widget_queue_draw (window);
  bs_test_wait_for (is_painted, "a frame");
  g_signal_handler_disconnect (clock, handler);
}

static GtkWidget *
find (GtkWidget *root, GType type, const char *label)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type)) {
    g_autofree char *difference =
      label != NULL ? gtk_test_accessible_check_property (GTK_ACCESSIBLE (root),
                                                          GTK_ACCESSIBLE_PROPERTY_LABEL, label)
                    : NULL;
    if (difference == NULL)
      return root;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type, label);
    if (found != NULL)
      return found;
  }
  return NULL;
}

/**
 * bs_test_find:
 * @root: a widget
 * @type: a type
 *
 * Returns: (transfer none) (nullable): the first such widget from @root down
 */
GtkWidget *
bs_test_find (gpointer root, GType type)
{
  return find (root, type, NULL);
}

/**
 * bs_test_part:
 * @view: a widget
 * @type: a type
 *
 * Returns: (transfer none): the first such widget from @view down, which must be there
 */
gpointer
bs_test_part (gpointer view, GType type)
{
  GtkWidget *found = find (GTK_WIDGET (view), type, NULL);
  g_assert_nonnull (found);
  return found;
}

/**
 * bs_test_named:
 * @view: a widget
 * @type: a type
 * @label: an accessible name
 *
 * Returns: (transfer none): the first such widget of that name, which must be there
 */
gpointer
bs_test_named (gpointer view, GType type, const char *label)
{
  GtkWidget *found = find (GTK_WIDGET (view), type, label);
  if (found == NULL)
    g_error ("there is no %s named \"%s\"", g_type_name (type), label);
  return found;
}

/* The first widget of a style class, %NULL where there is none. */
GtkWidget *
bs_test_of_class (GtkWidget *root, const char *css_class)
{
  if (gtk_widget_has_css_class (root, css_class))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = bs_test_of_class (child, css_class);
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* Whether a label on show holds @text. */
gboolean
bs_test_has_label (GtkWidget *root, const char *text)
{
  gboolean found = GTK_IS_LABEL (root) && gtk_widget_is_visible (root) &&
                   strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = bs_test_has_label (child, text);
  return found;
}
