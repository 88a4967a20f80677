/* SPDX-License-Identifier: MIT */
/* The pointer, moved on the X server as a hand does it; and the full screen, which takes a window
 * manager. */
#include <gdk/x11/gdkx.h>

#include "tests/support/bs-test-stage.h"
#include "viz/chart/bs-timeline.h"
#include "ui/stage/bs-stage-private.h"

static BsTestStage *
start (void)
{
  BsTestStage *test = bs_test_stage_new ();
  bs_test_stage_stand (test);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (test->window));
  return test;
}

/* Where the middle of a frame lies in the timeline. */
static void
place_of_frame (BsTestStage *test, int frame, double place[2])
{
  GtkWidget *widget = GTK_WIDGET (bs_stage_get_timeline (test->stage));
  const BsChartTheme *theme = bs_chart_view_get_theme (BS_CHART_VIEW (widget));
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  BsTimeline timeline;
  bs_timeline_init (&timeline);
  timeline.sound_label = "sound";
  timeline.probability_label = "probabilities";
  timeline.duration_s = bs_player_get_duration_ns (bs_stage_get_player (test->stage)) / 1e9;
  BsRect plot = bs_timeline_plot (&timeline, width, height, theme);
  place[0] = bs_timeline_x (&timeline, width, height, theme, (frame + .5) / 25);
  place[1] = plot.y + plot.height / 2;
}

static void
test_a_click_in_the_timeline_goes_to_the_frame_there (void)
{
  g_autoptr (BsTestStage) test = start ();
  double place[2];
  place_of_frame (test, 30, place);
  bs_test_stage_drag (test, GTK_WIDGET (bs_stage_get_timeline (test->stage)), place, place);
  bs_test_stage_wait_for_frame (test, 30);
  g_assert_cmpint (bs_test_stage_number (test, TEST_ID_A), ==, 30);
  g_assert_cmpint (bs_player_get_state (bs_stage_get_player (test->stage)), ==, BS_PLAYER_PAUSED);
}

static void
test_a_drag_in_the_timeline_ends_on_the_frame_there (void)
{
  g_autoptr (BsTestStage) test = start ();
  double from[2], to[2];
  place_of_frame (test, 10, from);
  place_of_frame (test, 36, to);
  bs_test_stage_drag (test, GTK_WIDGET (bs_stage_get_timeline (test->stage)), from, to);
  bs_test_stage_wait_for_frame (test, 36);
  g_assert_cmpint (bs_test_stage_number (test, TEST_ID_A), ==, 36);
}

static gboolean
is_bottom_left (gpointer overlay)
{
  int corner;
  g_object_get (overlay, "decision-corner", &corner, NULL);
  return corner == 2;
}

static void
test_a_panel_is_dragged_into_another_corner (void)
{
  g_autoptr (BsTestStage) test = start ();
  GtkWidget *overlay = GTK_WIDGET (bs_stage_get_overlay (test->stage));
  GtkWidget *panel = gtk_widget_get_next_sibling (gtk_widget_get_first_child (overlay));
  graphene_rect_t bounds;
  g_assert_false (is_bottom_left (overlay));
  g_assert_true (gtk_widget_compute_bounds (panel, overlay, &bounds));
  const double from[] = { bounds.origin.x + bounds.size.width / 2, bounds.origin.y + 6 };
  const double to[] = { bounds.size.width / 2, gtk_widget_get_height (overlay) - 10 };
  bs_test_stage_drag (test, overlay, from, to);
  bs_test_wait (is_bottom_left, overlay, "the panel in its new corner");
  /* The picture below was not clicked. */
  g_assert_cmpint (bs_player_get_state (bs_stage_get_player (test->stage)), ==, BS_PLAYER_PAUSED);
}

/* The full screen *************************************************************/

static gboolean
has_manager (gpointer display)
{
  return gdk_x11_screen_supports_net_wm_hint (gdk_x11_display_get_screen (display),
                                              g_intern_static_string ("_NET_WM_STATE_FULLSCREEN"));
}

static gboolean
is_full (gpointer window)
{
  return gtk_window_is_fullscreen (window);
}

static gboolean
is_not_full (gpointer window)
{
  return !gtk_window_is_fullscreen (window);
}

static GtkWidget *
find_button (GtkWidget *root, const char *action)
{
  if (GTK_IS_TOGGLE_BUTTON (root) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (root)), action) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, action);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
test_the_screen_is_filled_and_left_by_keys_and_button (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) manager = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "openbox", NULL);
  g_assert_no_error (error);
  bs_test_wait (has_manager, gdk_display_get_default (), "the window manager");
  g_autoptr (BsTestStage) test = start ();
  bs_test_stage_take_keyboard (test);
  gtk_window_set_focus (test->window, NULL);
  bs_test_press_key ("F11");
  bs_test_wait (is_full, test->window, "the full screen by F11");
  bs_test_press_key ("F11");
  bs_test_wait (is_not_full, test->window, "the window again by F11");
  GtkWidget *button = find_button (GTK_WIDGET (test->stage), "win.fullscreen");
  g_assert_nonnull (button);
  gtk_widget_activate (button);
  bs_test_wait (is_full, test->window, "the full screen by the button");
  bs_test_press_key ("Escape");
  bs_test_wait (is_not_full, test->window, "the window again by Escape");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  g_subprocess_force_exit (manager);
  g_subprocess_wait (manager, NULL, NULL);
}

int
main (int argc, char **argv)
{
  bs_test_init (&argc, &argv);
  g_test_add_func ("/stage-pointer/a-click-in-the-timeline-goes-to-the-frame-there",
                   test_a_click_in_the_timeline_goes_to_the_frame_there);
  g_test_add_func ("/stage-pointer/a-drag-in-the-timeline-ends-on-the-frame-there",
                   test_a_drag_in_the_timeline_ends_on_the_frame_there);
  g_test_add_func ("/stage-pointer/a-panel-is-dragged-into-another-corner",
                   test_a_panel_is_dragged_into_another_corner);
  g_test_add_func ("/stage-pointer/the-screen-is-filled-and-left-by-keys-and-button",
                   test_the_screen_is_filled_and_left_by_keys_and_button);
  return g_test_run ();
}
