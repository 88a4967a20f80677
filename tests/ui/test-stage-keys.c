/* SPDX-License-Identifier: MIT */
/* Keys, pressed on the X server as a keyboard does it: whose they are depends on what has the
 * focus. */
#include "tests/support/bs-test-stage.h"
#include "ui/stage/bs-stage-private.h"

static BsTestStage *
start (void)
{
  BsTestStage *test = bs_test_stage_new ();
  bs_test_stage_stand (test);
  bs_test_stage_take_keyboard (test);
  gtk_window_set_focus (test->window, NULL);
  return test;
}

/* Something that a key changes, and what it is to become. */
typedef struct {
  BsTestStage *test;
  double value;
  double (*get) (BsTestStage *test);
} Outcome;

static gboolean
has_come (gpointer data)
{
  Outcome *outcome = data;
  return outcome->get (outcome->test) == outcome->value;
}

static double
frame_of (BsTestStage *test)
{
  return bs_player_get_frame_index (bs_stage_get_player (test->stage));
}

static double
rate_of (BsTestStage *test)
{
  return bs_player_get_rate (bs_stage_get_player (test->stage));
}

static double
clip_of (BsTestStage *test)
{
  return bs_clip_selection_get_clip (bs_workspace_get_selection (test->workspace));
}

static double
state_of (BsTestStage *test)
{
  return bs_player_get_state (bs_stage_get_player (test->stage));
}

static double
loop_of (BsTestStage *test)
{
  return bs_player_get_loop (bs_stage_get_player (test->stage), NULL, NULL);
}

static double
overlay_of (BsTestStage *test)
{
  gboolean shown;
  g_object_get (bs_stage_get_overlay (test->stage), "shown", &shown, NULL);
  return shown;
}

static double
muted_of (BsTestStage *test)
{
  return bs_player_get_muted (bs_stage_get_player (test->stage));
}

static void
press_and_await (BsTestStage *test, const char *key, double (*get) (BsTestStage *), double value)
{
  bs_test_press_key (key);
  bs_test_wait (has_come, &(Outcome){ test, value, get }, key);
}

static void
test_every_key_does_what_the_sheet_of_keys_says (void)
{
  g_autoptr (BsTestStage) test = start ();
  const struct {
    const char *key;
    double (*get) (BsTestStage *);
    double value;
  } rows[] = {
    { "period", frame_of, 1 },
    { "Right", frame_of, 2 },
    { "comma", frame_of, 1 },
    { "Left", frame_of, 0 },
    { "shift+Right", frame_of, 10 },
    { "shift+period", frame_of, 20 },
    { "shift+comma", frame_of, 10 },
    { "shift+Left", frame_of, 0 },
    { "End", frame_of, 49 },
    { "Home", frame_of, 0 },
    { "l", rate_of, 1.25 },
    { "plus", rate_of, 1.5 },
    { "minus", rate_of, 1.25 },
    { "j", rate_of, 1 },
    { "j", rate_of, 0.75 },
    { "BackSpace", rate_of, 1 },
    { "bracketleft", loop_of, TRUE },
    { "bracketright", loop_of, TRUE },
    { "ctrl+l", loop_of, FALSE },
    { "m", muted_of, TRUE },
    { "o", overlay_of, FALSE },
    { "space", state_of, BS_PLAYER_PLAYING },
    { "k", state_of, BS_PLAYER_PAUSED },
    { "n", clip_of, TEST_CLIP_B },
    { "p", clip_of, TEST_CLIP_A },
    { "Next", clip_of, TEST_CLIP_B },
    { "Prior", clip_of, TEST_CLIP_A },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    press_and_await (test, rows[i].key, rows[i].get, rows[i].value);
}

static gboolean
has_typed (gpointer entry)
{
  return strcmp (gtk_editable_get_text (entry), "n .,k[m") == 0;
}

static void
test_letters_belong_to_the_field_of_text_that_has_the_focus (void)
{
  static const char *const keys[] = { "n", "space", "period", "comma", "k", "bracketleft", "m" };
  g_autoptr (BsTestStage) test = start ();
  GtkWidget *entry = gtk_entry_new ();
  gtk_box_prepend (GTK_BOX (test->box), entry);
  gtk_widget_grab_focus (entry);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    bs_test_press_key (keys[i]);
  bs_test_wait (has_typed, entry, "what was typed");
  /* What a field of text makes nothing of is still not the clip's. */
  bs_test_press_key ("Home");
  bs_test_press_key ("Left");
  bs_test_press_key ("Next");
  g_assert_cmpfloat (clip_of (test), ==, TEST_CLIP_A);
  g_assert_cmpfloat (frame_of (test), ==, 0);
  g_assert_cmpfloat (state_of (test), ==, BS_PLAYER_PAUSED);
  g_assert_false (muted_of (test));
  press_and_await (test, "ctrl+l", loop_of, TRUE);
}

static void
set_up_row (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new ("row"));
}

static gboolean
has_second_row (gpointer selection)
{
  return gtk_single_selection_get_selected (selection) == 1;
}

static void
test_a_list_keeps_what_moves_in_it_and_gives_up_the_rest (void)
{
  g_autoptr (BsTestStage) test = start ();
  const char *const rows[] = { "a", "b", "c", NULL };
  GtkSelectionModel *model =
    GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (gtk_string_list_new (rows))));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (set_up_row), NULL);
  GtkWidget *list = gtk_list_view_new (model, factory);
  GtkWidget *room = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (room), 100);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (room), list);
  gtk_box_prepend (GTK_BOX (test->box), room);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (test->window));
  g_assert_true (gtk_widget_grab_focus (list));

  /* Into the list, and on in it. */
  bs_test_press_key ("Down");
  bs_test_press_key ("Down");
  bs_test_wait (has_second_row, model, "the list's second row");
  press_and_await (test, "Right", frame_of, 1);
  press_and_await (test, "space", state_of, BS_PLAYER_PLAYING);
  press_and_await (test, "k", state_of, BS_PLAYER_PAUSED);
  press_and_await (test, "n", clip_of, TEST_CLIP_B);
  g_assert_cmpint (gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (model)), ==, 1);
}

static gboolean
is_checked (gpointer button)
{
  return gtk_check_button_get_active (button);
}

static void
test_space_belongs_to_the_button_that_has_the_focus (void)
{
  g_autoptr (BsTestStage) test = start ();
  GtkWidget *button = gtk_check_button_new_with_label ("button");
  gtk_box_prepend (GTK_BOX (test->box), button);
  gtk_widget_grab_focus (button);
  bs_test_press_key ("space");
  bs_test_wait (is_checked, button, "the button");
  g_assert_cmpfloat (state_of (test), ==, BS_PLAYER_PAUSED);
  press_and_await (test, "Right", frame_of, 1);
}

static double
corner_of (BsTestStage *test)
{
  int corner;
  g_object_get (bs_stage_get_overlay (test->stage), "decision-corner", &corner, NULL);
  return corner;
}

static void
test_arrows_move_the_panel_that_has_the_focus (void)
{
  g_autoptr (BsTestStage) test = start ();
  GtkWidget *overlay = GTK_WIDGET (bs_stage_get_overlay (test->stage));
  GtkWidget *panel = gtk_widget_get_next_sibling (gtk_widget_get_first_child (overlay));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (test->window));
  g_assert_true (gtk_widget_grab_focus (panel));
  press_and_await (test, "Left", corner_of, 0);
  press_and_await (test, "Down", corner_of, 2);
  press_and_await (test, "Right", corner_of, 3);
  press_and_await (test, "Up", corner_of, 1);
  g_assert_cmpfloat (frame_of (test), ==, 0);
  press_and_await (test, "period", frame_of, 1);
}

static gboolean
is_in_loop (gpointer test)
{
  double frame = frame_of (test);
  return frame >= 10 && frame <= 20;
}

static double
loop_from_ms_of (BsTestStage *test)
{
  gint64 from = -1;
  return bs_player_get_loop (bs_stage_get_player (test->stage), &from, NULL) ? from / 1e6 : -1;
}

static double
loop_to_ms_of (BsTestStage *test)
{
  gint64 to = -1;
  return bs_player_get_loop (bs_stage_get_player (test->stage), NULL, &to) ? to / 1e6 : -1;
}

static void
test_a_loop_is_set_and_left_by_keys (void)
{
  g_autoptr (BsTestStage) test = start ();
  press_and_await (test, "shift+Right", frame_of, 10);
  press_and_await (test, "bracketleft", loop_from_ms_of, 400);
  press_and_await (test, "shift+Right", frame_of, 20);
  press_and_await (test, "bracketright", loop_to_ms_of, 840);
  g_assert_cmpfloat (loop_from_ms_of (test), ==, 400);
  /* Beyond the loop's end it plays from the loop's beginning. */
  press_and_await (test, "End", frame_of, 49);
  press_and_await (test, "space", state_of, BS_PLAYER_PLAYING);
  bs_test_wait (is_in_loop, test, "a round of the loop");
  press_and_await (test, "k", state_of, BS_PLAYER_PAUSED);
  press_and_await (test, "ctrl+l", loop_of, FALSE);
  press_and_await (test, "ctrl+l", loop_from_ms_of, 400);
}

static void
test_arrows_step_on_the_timeline (void)
{
  g_autoptr (BsTestStage) test = start ();
  gtk_widget_grab_focus (GTK_WIDGET (bs_stage_get_timeline (test->stage)));
  press_and_await (test, "Right", frame_of, 1);
  press_and_await (test, "Up", frame_of, 11);
  press_and_await (test, "shift+Left", frame_of, 1);
  press_and_await (test, "End", frame_of, 49);
}

int
main (int argc, char **argv)
{
  bs_test_init (&argc, &argv);
  g_test_add_func ("/stage-keys/every-key-does-what-the-sheet-of-keys-says",
                   test_every_key_does_what_the_sheet_of_keys_says);
  g_test_add_func ("/stage-keys/letters-belong-to-the-field-of-text-that-has-the-focus",
                   test_letters_belong_to_the_field_of_text_that_has_the_focus);
  g_test_add_func ("/stage-keys/a-list-keeps-what-moves-in-it-and-gives-up-the-rest",
                   test_a_list_keeps_what_moves_in_it_and_gives_up_the_rest);
  g_test_add_func ("/stage-keys/space-belongs-to-the-button-that-has-the-focus",
                   test_space_belongs_to_the_button_that_has_the_focus);
  g_test_add_func ("/stage-keys/arrows-move-the-panel-that-has-the-focus",
                   test_arrows_move_the_panel_that_has_the_focus);
  g_test_add_func ("/stage-keys/a-loop-is-set-and-left-by-keys",
                   test_a_loop_is_set_and_left_by_keys);
  g_test_add_func ("/stage-keys/arrows-step-on-the-timeline", test_arrows_step_on_the_timeline);
  return g_test_run ();
}
