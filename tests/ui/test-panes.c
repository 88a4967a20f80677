/* SPDX-License-Identifier: MIT */
/* Views as tabs: wherever they are moved, and whatever becomes of their tab, each is there once. */
#include <adwaita.h>

#include "tests/support/bs-test-wait.h"
#include "ui/panes/bs-view-panes-private.h"

/* A view that is nothing but a label, with the property that panes set. */
typedef struct {
  GtkWidget parent_instance;
} View;
typedef struct {
  GtkWidgetClass parent_class;
} ViewClass;

static GType view_get_type (void);
G_DEFINE_TYPE (View, view, GTK_TYPE_WIDGET)

static void
view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
}

static void
view_class_init (ViewClass *klass)
{
  G_OBJECT_CLASS (klass)->set_property = view_set_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1,
                                   g_param_spec_object ("workspace", NULL, NULL, G_TYPE_OBJECT,
                                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
view_init (View *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), 700, 100);
}

static const BsViewInfo infos[] = {
  { "a", "A", "First", "", view_get_type },
  { "b", "B", "First", "", view_get_type },
  { "c", "C", "Second", "", view_get_type },
};

static GtkApplication *application;
static GtkWidget *window;
static BsViewPanes *panes;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static GtkWidget *
tab_view_of (const char *name)
{
  GtkWidget *view = bs_view_panes_get_view (panes, name);
  return view != NULL ? gtk_widget_get_ancestor (view, ADW_TYPE_TAB_VIEW) : NULL;
}

static gboolean
is_seen (const char *name)
{
  GtkWidget *view = bs_view_panes_get_view (panes, name);
  return view != NULL && gtk_widget_get_mapped (view);
}

static void
set_state (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *state = g_variant_parse (G_VARIANT_TYPE ("a(suubb)"), text, NULL, NULL, &error);
  g_assert_no_error (error);
  bs_view_panes_set_state (panes, g_variant_take_ref (state));
  settle ();
}

static void
open_all (void)
{
  bs_view_panes_bring_home (panes);
  settle ();
  bs_view_panes_set_may_split (panes, TRUE);
  set_state ("[('a', 0, 0, true, false), ('b', 0, 0, false, false)]");
}

static void
assert_state (const char *expected)
{
  g_autoptr (GVariant) state = g_variant_ref_sink (bs_view_panes_get_state (panes));
  g_autofree char *text = g_variant_print (state, FALSE);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_a_view_is_made_when_it_is_seen (void)
{
  g_assert_nonnull (bs_view_panes_get_view (panes, "a"));
  g_assert_true (is_seen ("a"));
  g_assert_null (bs_view_panes_get_view (panes, "b"));
  g_assert_true (bs_view_panes_show (panes, "b"));
  settle ();
  g_assert_true (is_seen ("b"));
  g_assert_false (is_seen ("a"));
  g_assert_cmpstr (bs_view_panes_get_current (panes), ==, "b");
  g_assert_false (bs_view_panes_show (panes, "nothing"));
}

static void
test_two_stand_side_by_side_where_there_is_room (void)
{
  open_all ();
  bs_view_panes_show (panes, "b");
  bs_view_panes_show_beside (panes);
  settle ();
  g_assert_true (is_seen ("a") && is_seen ("b"));
  g_assert_true (tab_view_of ("a") != tab_view_of ("b"));
  g_assert_true (bs_view_panes_wants_split (panes));
  GtkWidget *view = bs_view_panes_get_view (panes, "b");
  bs_view_panes_set_may_split (panes, FALSE);
  settle ();
  g_assert_true (tab_view_of ("a") == tab_view_of ("b"));
  bs_view_panes_set_may_split (panes, TRUE);
  settle ();
  g_assert_true (tab_view_of ("a") != tab_view_of ("b"));
  g_assert_true (bs_view_panes_get_view (panes, "b") == view);
}

/* The second pane was used last, and there is no room for it any more. */
static void
test_a_view_is_not_opened_where_there_is_no_room (void)
{
  open_all ();
  bs_view_panes_show (panes, "b");
  bs_view_panes_show_beside (panes);
  settle ();
  bs_view_panes_set_may_split (panes, FALSE);
  settle ();
  g_assert_nonnull (bs_view_panes_get_current (panes));
  bs_view_panes_show (panes, "c");
  settle ();
  g_assert_true (is_seen ("c"));
  g_assert_true (tab_view_of ("c") == tab_view_of ("b"));
  g_assert_false (gtk_widget_get_visible (bs_view_panes_get_pane (panes, 1)));
}

static void
test_a_view_goes_to_a_window_and_comes_home (void)
{
  open_all ();
  bs_view_panes_show (panes, "b");
  settle ();
  GtkWidget *view = bs_view_panes_get_view (panes, "b");
  bs_view_panes_move_to_window (panes);
  settle ();
  GtkRoot *root = gtk_widget_get_root (view);
  g_assert_true (root != NULL && root != GTK_ROOT (window));
  assert_state ("[('a', 0, 0, true, false), ('b', 0, 1, true, false)]");
  gtk_window_close (GTK_WINDOW (root));
  settle ();
  g_assert_true (gtk_widget_get_root (view) == GTK_ROOT (window));
}

/* As after a tab was dropped where nothing takes it. */
static void
test_a_lost_view_comes_back (void)
{
  open_all ();
  bs_view_panes_show (panes, "b");
  settle ();
  GtkWidget *view = bs_view_panes_get_view (panes, "b");
  bs_view_panes_move_to_window (panes);
  settle ();
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (view)));
  settle ();
  g_assert_true (bs_view_panes_is_open (panes, "b"));
  g_assert_true (gtk_widget_get_root (view) == GTK_ROOT (window));
}

static void
test_pinned_views_stay_and_stand_first (void)
{
  open_all ();
  bs_view_panes_show (panes, "b");
  bs_view_panes_toggle_pinned (panes);
  bs_view_panes_close (panes);
  settle ();
  assert_state ("[('b', 0, 0, true, true), ('a', 0, 0, false, false)]");
  bs_view_panes_toggle_pinned (panes);
  bs_view_panes_close (panes);
  settle ();
  assert_state ("[('a', 0, 0, true, false)]");
  bs_view_panes_close (panes);
  settle ();
  assert_state ("[]");
  bs_view_panes_show (panes, "c");
  settle ();
  g_assert_true (is_seen ("c"));
}

static void
test_a_guest_is_first_and_cannot_be_closed (void)
{
  open_all ();
  GtkWidget *guest = g_object_ref_sink (gtk_label_new ("guest"));
  bs_view_panes_take_guest (panes, guest, "Clip");
  settle ();
  g_assert_true (gtk_widget_get_mapped (guest));
  g_assert_cmpstr (bs_view_panes_get_current (panes), ==, "clip");
  bs_view_panes_close (panes);
  settle ();
  g_assert_true (gtk_widget_get_mapped (guest));
  bs_view_panes_release_guest (panes);
  g_assert_null (gtk_widget_get_parent (guest));
  g_object_unref (guest);
  settle ();
  assert_state ("[('a', 0, 0, true, false), ('b', 0, 0, false, false)]");
}

/* The widest tab, hidden ones too, must not be the window's least width. */
static void
test_wide_views_do_not_make_wide_panes (void)
{
  int least;
  open_all ();
  bs_view_panes_show (panes, "b");
  bs_view_panes_set_may_split (panes, FALSE);
  settle ();
  gtk_widget_measure (GTK_WIDGET (panes), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <, 400);
}

static void
test_state_of_strangers_is_passed_over (void)
{
  set_state ("[('gone', 7, 0, true, false), ('c', 9, 0, true, false), ('c', 0, 0, true, false)]");
  assert_state ("[('c', 1, 0, true, false)]");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  application = gtk_application_new ("org.blendscope.Panes", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  window = gtk_application_window_new (application);
  panes = g_object_new (BS_TYPE_VIEW_PANES, NULL);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (panes));
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 500);
  g_autoptr (GObject) workspace = g_object_new (G_TYPE_OBJECT, NULL);
  bs_view_panes_set_views (panes, infos, G_N_ELEMENTS (infos), workspace);
  gtk_window_present (GTK_WINDOW (window));
  open_all ();
  g_test_add_func ("/panes/a view is made when it is seen", test_a_view_is_made_when_it_is_seen);
  g_test_add_func ("/panes/two stand side by side where there is room",
                   test_two_stand_side_by_side_where_there_is_room);
  g_test_add_func ("/panes/a view is not opened where there is no room",
                   test_a_view_is_not_opened_where_there_is_no_room);
  g_test_add_func ("/panes/a view goes to a window and comes home",
                   test_a_view_goes_to_a_window_and_comes_home);
  g_test_add_func ("/panes/a lost view comes back", test_a_lost_view_comes_back);
  g_test_add_func ("/panes/pinned views stay and stand first",
                   test_pinned_views_stay_and_stand_first);
  g_test_add_func ("/panes/a guest is first and cannot be closed",
                   test_a_guest_is_first_and_cannot_be_closed);
  g_test_add_func ("/panes/wide views do not make wide panes",
                   test_wide_views_do_not_make_wide_panes);
  g_test_add_func ("/panes/state of strangers is passed over",
                   test_state_of_strangers_is_passed_over);
  int status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (application);
  return status;
}
