/* SPDX-License-Identifier: MIT */
/* The decision bar at every width, in one language and another: it fits, and what leaves it leaves
 * in order. */
#include "config.h"

#include <adwaita.h>
#include <libintl.h>
#include <locale.h>

#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-views.h"
#include "tests/support/bs-test-widgets.h"
#include "ui/decision/bs-bar-layout.h"
#include "ui/decision/bs-bar-menu.h"
#include "ui/decision/bs-decision-bar.h"
#include "ui/decision/bs-fold-chooser.h"
#include "ui/decision/bs-protocol-button.h"
#include "ui/decision/bs-run-chooser.h"
#include "ui/decision/bs-threshold-number.h"
#include "ui/decision/bs-tuned-tag.h"

#define NARROWEST 860 /* of a window of 900 */
#define USUAL 1270 /* of a window of 1280, without its edges */
#define WIDEST 1900

typedef struct {
  TestFolder *folder;
  BsWorkspace *workspace;
  GtkWidget *window;
  GtkWidget *bar;
} Desk;

static Desk desk;

static gboolean
has_run (void)
{
  return bs_threshold_state_get_tuning (bs_workspace_get_thresholds (desk.workspace)) != NULL;
}

static gboolean
has_corpus (void)
{
  return bs_workspace_get_corpus (desk.workspace) != NULL;
}

/* Or the test would look at English twice. */
static gboolean
is_german (void)
{
  return g_strcmp0 (g_getenv ("LANGUAGE"), "de") == 0;
}

static int
minimum_width (void)
{
  int minimum;
  gtk_widget_measure (desk.bar, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
allocate (int width)
{
  gtk_widget_set_size_request (desk.bar, width, -1);
  bs_test_paint_once (desk.window);
  g_assert_cmpint (gtk_widget_get_width (desk.bar), <=, width);
}

static int
step (void)
{
  return bs_bar_layout_get_step (BS_BAR_LAYOUT (gtk_widget_get_layout_manager (desk.bar)));
}

/* One row: each child within the bar, behind the one before it, and not narrower than it can be. */
static void
assert_in_a_row (void)
{
  double end = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (desk.bar); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    graphene_rect_t bounds;
    int minimum;
    if (!gtk_widget_get_mapped (child))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    g_assert_true (gtk_widget_compute_bounds (child, desk.bar, &bounds));
    g_assert_cmpfloat (bounds.size.width, >=, minimum - 24); /* its margins are beside its bounds */
    g_assert_cmpfloat (bounds.origin.x, >=, end - 1);
    end = bounds.origin.x + bounds.size.width;
  }
  g_assert_cmpfloat (end, <=, gtk_widget_get_width (desk.bar));
}

static void
assert_what_never_leaves (void)
{
  const GType kept[] = { BS_TYPE_THRESHOLD_NUMBER, BS_TYPE_TUNED_TAG, GTK_TYPE_SCALE };
  guint n_figures = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_true (gtk_widget_get_mapped (bs_test_part (desk.bar, kept[i])));
  for (GtkWidget *child = gtk_widget_get_first_child (desk.bar); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_figures += gtk_widget_has_css_class (child, "bs-figure") && gtk_widget_get_mapped (child);
  g_assert_cmpuint (n_figures, ==, 3);
}

static void
test_it_fits (void)
{
  g_test_message ("minimum %d", minimum_width ());
  g_assert_true (bs_test_has_label (desk.bar, is_german () ? "alle Folds" : "all folds"));
  g_assert_cmpint (minimum_width (), <=, NARROWEST);
  for (int width = NARROWEST; width <= WIDEST; width += 13) {
    allocate (width);
    assert_in_a_row ();
    assert_what_never_leaves ();
  }
}

static void
test_it_gives_way_in_order (void)
{
  const GType order[] = { BS_TYPE_PROTOCOL_BUTTON, BS_TYPE_FOLD_CHOOSER, BS_TYPE_RUN_CHOOSER };
  int last = 0;
  allocate (WIDEST);
  g_assert_cmpint (step (), ==, 0);
  for (int width = WIDEST; width >= NARROWEST; width -= 13) {
    gboolean before = FALSE;
    allocate (width);
    g_assert_cmpint (step (), >=, last);
    last = step ();
    for (gsize i = 0; i < G_N_ELEMENTS (order); i++) {
      gboolean shown = gtk_widget_get_mapped (bs_test_part (desk.bar, order[i]));
      g_assert_true (shown || !before);
      before = shown;
    }
    GtkWidget *menu = gtk_widget_get_last_child (desk.bar);
    g_assert_true (GTK_IS_MENU_BUTTON (menu));
    g_assert_cmpint (gtk_widget_get_mapped (menu), ==,
                     !gtk_widget_get_mapped (bs_test_part (desk.bar, BS_TYPE_PROTOCOL_BUTTON)));
  }
  g_assert_cmpint (last, >=, 5);
}

/* All choices are there in a window of 1280, and where words are short the deviations too. */
static void
test_at_the_usual_width_no_choice_is_missing (void)
{
  allocate (USUAL);
  g_test_message ("step %d at %d", step (), USUAL);
  g_assert_cmpint (step (), <, is_german () ? 5 : 4);
  assert_in_a_row ();
}

static void
test_what_left_is_in_the_menu (void)
{
  allocate (NARROWEST);
  GtkMenuButton *button = GTK_MENU_BUTTON (gtk_widget_get_last_child (desk.bar));
  gtk_menu_button_popup (button);
  bs_test_paint_once (desk.window);
  GtkWidget *menu = bs_test_part (gtk_menu_button_get_popover (button), BS_TYPE_BAR_MENU);
  g_assert_true (gtk_widget_get_mapped (menu));
  const GType moved[] = { BS_TYPE_PROTOCOL_BUTTON, BS_TYPE_FOLD_CHOOSER, BS_TYPE_RUN_CHOOSER };
  for (gsize i = 0; i < G_N_ELEMENTS (moved); i++) {
    GtkWidget *in_bar = bs_test_part (desk.bar, moved[i]), *in_menu = bs_test_part (menu, moved[i]);
    g_assert_true (in_bar != in_menu);
    g_assert_cmpint (gtk_widget_get_visible (in_menu), ==, !gtk_widget_get_mapped (in_bar));
  }
  gtk_menu_button_popdown (button);
  bs_test_paint_once (desk.window);
}

/* What has the focus while its place goes: nothing is lost but the place. */
static void
test_the_focus_survives_what_leaves (void)
{
  allocate (WIDEST);
  GtkWidget *protocol = bs_test_part (desk.bar, BS_TYPE_PROTOCOL_BUTTON);
  g_assert_true (gtk_widget_child_focus (protocol, GTK_DIR_TAB_FORWARD));
  allocate (NARROWEST);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (desk.window));
  g_assert_true (focus == NULL || gtk_widget_get_mapped (focus));
  assert_in_a_row ();
}

static void
test_with_large_text_it_fits_a_window_of_1280 (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi * 3 / 2, NULL);
  bs_test_paint_once (desk.window);
  g_test_message ("minimum %d", minimum_width ());
  g_assert_cmpint (minimum_width (), <=, USUAL);
  allocate (USUAL);
  assert_in_a_row ();
  assert_what_never_leaves ();
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  bs_test_paint_once (desk.window);
}

static void
open_desk (void)
{
  desk.folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  desk.workspace = bs_workspace_new ();
  desk.window = gtk_window_new ();
  desk.bar = g_object_new (BS_TYPE_DECISION_BAR, "workspace", desk.workspace, NULL);
  GtkWidget *fixed = gtk_fixed_new ();
  gtk_fixed_put (GTK_FIXED (fixed), desk.bar, 0, 0);
  gtk_window_set_child (GTK_WINDOW (desk.window), fixed);
  gtk_window_present (GTK_WINDOW (desk.window));
  bs_workspace_open_folder (desk.workspace, desk.folder->path);
  bs_test_wait_for (has_corpus, "the corpus");
  const char *path =
    test_folder_path (desk.folder, "a run with a name that is longer than any place for it.csv");
  bs_test_write_predictions (desk.workspace, path, 5);
  bs_run_library_import (bs_workspace_get_library (desk.workspace), path);
  bs_test_wait_for (has_run, "the run");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  /* GTK's tests are in C otherwise. */
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  adw_init ();
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("BLENDSCOPE_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  bs_test_load_style ();
  open_desk ();
  g_test_add_func ("/bar-width/it fits", test_it_fits);
  g_test_add_func ("/bar-width/it gives way in order", test_it_gives_way_in_order);
  g_test_add_func ("/bar-width/at the usual width no choice is missing",
                   test_at_the_usual_width_no_choice_is_missing);
  g_test_add_func ("/bar-width/what left is in the menu", test_what_left_is_in_the_menu);
  g_test_add_func ("/bar-width/the focus survives what leaves",
                   test_the_focus_survives_what_leaves);
  g_test_add_func ("/bar-width/with large text it fits a window of 1280",
                   test_with_large_text_it_fits_a_window_of_1280);
  int status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (desk.window));
  g_object_run_dispose (G_OBJECT (desk.workspace));
  g_object_unref (desk.workspace);
  test_folder_free (desk.folder);
  return status;
}
