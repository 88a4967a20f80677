/* SPDX-License-Identifier: MIT */
/* The middle of the window, played for real: what is on show, what is said of it, and what
 * happens with clips that are not as they should be. */
#include <glib/gstdio.h>

#include "app/demo/bs-demo-clips.h"
#include "tests/support/bs-test-stage.h"
#include "ui/chart/bs-chart-menu.h"
#include "ui/chart/bs-table-window.h"
#include "ui/stage/bs-stage-private.h"
#include "ui/stage/bs-video-view-private.h"

static gboolean
is_playing (gpointer player)
{
  return bs_player_get_state (player) == BS_PLAYER_PLAYING;
}

static gboolean
is_counted (gpointer player)
{
  return bs_player_get_n_frames (player) > 0;
}

static gboolean
has_painted (gpointer video)
{
  return bs_video_view_get_n_painted (video) >= 10;
}

static void
test_a_chosen_clip_plays_and_its_pictures_reach_the_screen (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  BsVideoView *video = bs_stage_get_video (test->stage);
  bs_test_wait (is_playing, bs_stage_get_player (test->stage), "the clip to play");
  /* In rounds: a slow machine may paint few pictures of each. */
  bs_test_stage_activate (test, "loop");
  bs_test_wait (has_painted, video, "pictures on the screen");
  g_assert_cmpint (bs_video_view_get_note (video), ==, BS_VIDEO_NOTE_NONE);
  g_assert_cmpint (bs_test_stage_number (test, TEST_ID_A), >=, 0);
}

static void
test_steps_show_the_frame_they_say (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  bs_test_stage_stand (test);
  const struct {
    const char *action;
    int frame;
    const char *words;
  } steps[] = {
    { "step-forward", 1, "frame 2 of 50" },   { "step-forward", 2, "frame 3 of 50" },
    { "step-back", 1, "frame 2 of 50" },      { "step-forward-10", 11, "frame 12 of 50" },
    { "seek-end", 49, "frame 50 of 50" },     { "step-forward", 49, "frame 50 of 50" },
    { "step-back-10", 39, "frame 40 of 50" }, { "seek-start", 0, "frame 1 of 50" },
    { "step-back", 0, "frame 1 of 50" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    bs_test_stage_activate (test, steps[i].action);
    bs_test_stage_wait_for_frame (test, steps[i].frame);
    g_assert_cmpint (bs_test_stage_number (test, TEST_ID_A), ==, steps[i].frame);
    g_assert_nonnull (bs_test_find_text (GTK_WIDGET (test->stage), steps[i].words));
  }
}

static void
test_the_next_clip_takes_the_place_of_the_last (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  bs_test_stage_stand (test);
  bs_test_stage_activate (test, "next-clip");
  bs_test_stage_wait_past (test, 10);
  g_assert_cmpint (bs_test_stage_number (test, TEST_ID_B), >=, 10);
  bs_test_stage_activate (test, "previous-clip");
  bs_test_stage_wait_past (test, 10);
  g_assert_cmpint (bs_test_stage_number (test, TEST_ID_A), >=, 10);
  g_assert_false (
    g_action_group_get_action_enabled (G_ACTION_GROUP (test->window), "previous-clip"));
}

static void
test_what_cannot_be_shown_says_so_and_the_rest_goes_on (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  GtkWidget *stage = GTK_WIDGET (test->stage);
  bs_test_stage_choose (test, TEST_CLIP_MISSING);
  bs_test_stage_wait_for_note (test, BS_VIDEO_NOTE_MISSING);
  g_assert_nonnull (bs_test_find_text (stage, "A2_fea_int1_ver1"));
  g_assert_null (bs_video_view_get_frame (bs_stage_get_video (test->stage)));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (test->window), "play"));

  bs_test_stage_choose (test, TEST_CLIP_UNREADABLE);
  bs_test_stage_wait_for_note (test, BS_VIDEO_NOTE_FAILED);
  g_assert_nonnull (bs_test_find_text (stage, "A2_hap_int1_ver1.mov"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (test->window), "play"));

  bs_test_stage_choose (test, TEST_CLIP_SOUND);
  bs_test_stage_wait_for_note (test, BS_VIDEO_NOTE_SOUND_ONLY);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (test->window), "play"));

  bs_test_stage_choose (test, TEST_CLIP_B);
  bs_test_stage_wait_past (test, 5);
  g_assert_cmpint (bs_video_view_get_note (bs_stage_get_video (test->stage)), ==,
                   BS_VIDEO_NOTE_NONE);
  bs_clip_selection_set_clip (bs_workspace_get_selection (test->workspace), -1);
  bs_test_stage_wait_for_note (test, BS_VIDEO_NOTE_NO_CLIP);
}

/* In the place of the clip that is missing; its index is in front, it has no sound. */
static void
write_cut_clip (BsTestStage *test)
{
  const BsTestClip clip = { .name = "cut.mp4",
                            .id = TEST_ID_A,
                            .n_frames = TEST_FRAMES,
                            .fps_n = 25,
                            .fps_d = 1,
                            .key_every = 25,
                            .width_px = 320,
                            .height_px = 180 };
  g_autofree char *path = bs_test_clip_make (&clip, test->folder->path);
  g_autofree char *bytes = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_unlink (path);
  test_folder_write_bytes (test->folder, "train_videos/A2_fea_int1_ver1.mov", bytes,
                           length * 6 / 10);
}

static void
test_a_clip_that_breaks_off_says_so_in_place (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  BsPlayer *player = bs_stage_get_player (test->stage);
  bs_test_stage_stand (test);
  g_assert_null (bs_test_find_text (GTK_WIDGET (test->stage), "incomplete"));
  write_cut_clip (test);
  bs_workspace_open_folder (test->workspace, test->folder->path);
  bs_test_stage_choose (test, TEST_CLIP_MISSING);
  bs_test_stage_wait_past (test, 5);
  bs_test_wait (is_counted, player, "the clip's frames to be counted");
  int n = bs_player_get_n_frames (player);
  g_autofree char *words =
    g_strdup_printf ("The file is incomplete: %d of %d frames are there.", n, TEST_FRAMES);
  g_assert_cmpint (n, <, TEST_FRAMES);
  g_assert_nonnull (bs_test_find_text (GTK_WIDGET (test->stage), words));
  g_assert_false (bs_player_has_sound (player));
  g_assert_cmpint (bs_video_view_get_note (bs_stage_get_video (test->stage)), ==,
                   BS_VIDEO_NOTE_NONE);

  bs_test_stage_choose (test, TEST_CLIP_B);
  bs_test_stage_wait_past (test, 5);
  g_assert_null (bs_test_find_text (GTK_WIDGET (test->stage), "incomplete"));
}

static void
test_no_sound_device_is_no_error (void)
{
  g_autofree char *before = g_strdup (g_getenv ("BLENDSCOPE_AUDIO_SINK"));
  g_setenv ("BLENDSCOPE_AUDIO_SINK", "filesink location=/nowhere/at/all", TRUE);
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  g_setenv ("BLENDSCOPE_AUDIO_SINK", before, TRUE);
  for (int clip = TEST_CLIP_A; clip <= TEST_CLIP_B; clip++) {
    bs_test_stage_choose (test, clip);
    bs_test_stage_wait_past (test, 10);
    g_assert_cmpint (bs_video_view_get_note (bs_stage_get_video (test->stage)), ==,
                     BS_VIDEO_NOTE_NONE);
    g_assert_null (bs_player_get_problem (bs_stage_get_player (test->stage)));
  }
}

/* Figures *********************************************************************/

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_type (child, type);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
has_loudness (gpointer timeline)
{
  g_autoptr (BsTable) table = bs_chart_view_make_table (timeline);
  return bs_table_n_rows (table) > 0;
}

static gboolean
has_table_window (gpointer title)
{
  GListModel *windows = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (BS_IS_TABLE_WINDOW (window) && g_strcmp0 (gtk_window_get_title (window), title) == 0) {
      gtk_window_destroy (window);
      return TRUE;
    }
  }
  return FALSE;
}

static void
assert_exports (BsChartView *chart)
{
  static const char *const starts[] = { "\x89PNG", "<?xml", "%PDF" };
  const BsChartFormat formats[] = { BS_CHART_PNG, BS_CHART_SVG, BS_CHART_PDF };
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = bs_chart_view_export (chart, formats[i], &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (bytes), >, 500);
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), strlen (starts[i]), starts[i],
                     strlen (starts[i]));
  }
}

static void
test_timeline_and_bars_have_tables_and_files (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  BsChartView *timeline = BS_CHART_VIEW (bs_stage_get_timeline (test->stage));
  BsChartView *chart = bs_overlay_get_track (bs_stage_get_overlay (test->stage));
  GtkWidget *menu = find_type (GTK_WIDGET (test->stage), BS_TYPE_CHART_MENU);
  GtkWidget *picture_menu = gtk_widget_get_last_child (GTK_WIDGET (test->stage));
  g_assert_true (GTK_IS_POPOVER_MENU (picture_menu));
  bs_test_stage_stand (test);
  bs_test_wait (has_loudness, timeline, "the sound");
  g_autoptr (BsTable) sound = bs_chart_view_make_table (timeline);
  g_assert_cmpuint (bs_table_n_rows (sound), >=, 10);
  g_assert_cmpfloat_with_epsilon (bs_table_number (sound, 4, 1), .5, .05);
  g_assert_true (gtk_widget_activate_action (menu, "chart.table", NULL));
  g_assert_true (has_table_window ((gpointer) bs_chart_view_get_name (timeline)));
  assert_exports (timeline);

  /* Without a run there is nothing to show in the bars. */
  gtk_widget_activate_action (picture_menu, "chart.table", NULL);
  g_assert_false (has_table_window ((gpointer) bs_chart_view_get_name (chart)));
  bs_test_stage_add_run (test);
  g_assert_true (gtk_widget_activate_action (picture_menu, "chart.table", NULL));
  g_assert_true (has_table_window ((gpointer) bs_chart_view_get_name (chart)));
  g_autoptr (BsTable) bars = bs_chart_view_make_table (chart);
  g_assert_cmpuint (bs_table_n_rows (bars), ==, BS_N_EMOTIONS);
  g_assert_cmpfloat (bs_table_number (bars, 1, 1), ==, .23);
  assert_exports (chart);
}

static void
test_a_missing_clip_is_shown_once_its_file_is_there (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  bs_test_stage_choose (test, TEST_CLIP_MISSING);
  bs_test_stage_wait_for_note (test, BS_VIDEO_NOTE_MISSING);
  const char *from = test_folder_path (test->folder, "train_videos/A1_ang_int1_ver1.mov");
  const char *to = test_folder_path (test->folder, "train_videos/A2_fea_int1_ver1.mov");
  g_assert_cmpint (g_rename (from, to), ==, 0);
  bs_workspace_open_folder (test->workspace, test->folder->path);
  bs_test_stage_wait_past (test, 5);
  g_assert_cmpint (bs_test_stage_number (test, TEST_ID_A), >=, 5);
}

static void
test_the_overlay_follows_run_and_thresholds_at_once (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  GtkWidget *overlay = GTK_WIDGET (bs_stage_get_overlay (test->stage));
  g_assert_nonnull (bs_test_find_text (overlay, "not judged"));
  g_assert_null (bs_test_find_text (overlay, "synthetic"));
  bs_test_stage_add_run (test);

  bs_threshold_state_set_pair (bs_workspace_get_thresholds (test->workspace),
                               (BsThresholdPair){ .145, .11 });
  g_assert_nonnull (bs_test_find_text (overlay, "anger 70 · disgust 30"));
  g_assert_nonnull (bs_test_find_text (overlay, "gap 0.250 > β 0.110"));
  g_assert_nonnull (bs_test_find_text (overlay, "wrong"));
  g_assert_null (bs_test_find_text (overlay, "salience"));
  bs_threshold_state_set_pair (bs_workspace_get_thresholds (test->workspace),
                               (BsThresholdPair){ .145, .26 });
  g_assert_nonnull (bs_test_find_text (overlay, "anger 50 · disgust 50"));
  bs_threshold_state_set_pair (bs_workspace_get_thresholds (test->workspace),
                               (BsThresholdPair){ .24, .26 });
  g_assert_nonnull (bs_test_find_text (overlay, "The second, 0.230, is below α 0.240"));
  g_assert_null (bs_test_find_text (overlay, "wrong"));

  /* A blend is judged for its salience too. */
  bs_test_stage_choose (test, TEST_CLIP_B);
  bs_threshold_state_set_pair (bs_workspace_get_thresholds (test->workspace),
                               (BsThresholdPair){ .1, .01 });
  g_assert_nonnull (bs_test_find_text (overlay, "disgust 70 · sadness 30"));
  g_assert_nonnull (bs_test_find_text (overlay, "right"));
  g_assert_nonnull (bs_test_find_text (overlay, "wrong"));
  bs_threshold_state_set_pair (bs_workspace_get_thresholds (test->workspace),
                               (BsThresholdPair){ .1, .2 });
  g_assert_null (bs_test_find_text (overlay, "wrong"));
}

static void
test_panels_can_be_hidden_one_by_one_and_together (void)
{
  static const char *const actions[] = { "overlay-probabilities", "overlay-decision",
                                         "overlay-why" };
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  GtkWidget *overlay = GTK_WIDGET (bs_stage_get_overlay (test->stage));
  bs_test_stage_add_run (test);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++) {
    GtkWidget *panel = gtk_widget_get_first_child (overlay);
    for (gsize k = 0; k < i; k++)
      panel = gtk_widget_get_next_sibling (panel);
    g_assert_true (gtk_widget_get_visible (panel));
    bs_test_stage_activate (test, actions[i]);
    g_assert_false (gtk_widget_get_visible (panel));
    bs_test_stage_activate (test, actions[i]);
    g_assert_true (gtk_widget_get_visible (panel));
    bs_test_stage_activate (test, "overlay");
    g_assert_false (gtk_widget_get_visible (panel));
    bs_test_stage_activate (test, "overlay");
    g_assert_true (gtk_widget_get_visible (panel));
  }
}

static void
test_overlay_and_volume_are_kept_in_the_settings (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  g_autoptr (GSettings) settings = g_settings_new ("org.blendscope.Blendscope");
  gboolean shown = TRUE;
  bs_stage_bind_settings (test->stage, settings);
  g_settings_set_boolean (settings, "overlay-probabilities-shown", FALSE);
  g_object_get (bs_stage_get_overlay (test->stage), "probabilities-shown", &shown, NULL);
  g_assert_false (shown);
  g_object_set (bs_stage_get_overlay (test->stage), "why-corner", 0, NULL);
  g_assert_cmpint (g_settings_get_int (settings, "overlay-why-corner"), ==, 0);
  bs_player_set_volume (bs_stage_get_player (test->stage), 0.25);
  g_assert_cmpfloat (g_settings_get_double (settings, "volume"), ==, 0.25);
  bs_test_stage_activate (test, "mute");
  g_assert_true (g_settings_get_boolean (settings, "muted"));
}

static void
test_a_loop_runs_from_the_first_picture_chosen_to_the_last (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  BsPlayer *player = bs_stage_get_player (test->stage);
  gint64 from = -1, to = -1;
  bs_test_stage_stand (test);
  bs_test_stage_activate (test, "step-forward-10");
  bs_test_stage_wait_for_frame (test, 10);
  bs_test_stage_activate (test, "loop-start");
  bs_test_stage_activate (test, "step-forward-10");
  bs_test_stage_wait_for_frame (test, 20);
  bs_test_stage_activate (test, "loop-end");
  g_assert_true (bs_player_get_loop (player, &from, &to));
  g_assert_cmpint (from, ==, 10 * G_GINT64_CONSTANT (40000000));
  g_assert_cmpint (to, ==, 21 * G_GINT64_CONSTANT (40000000));
  bs_test_stage_activate (test, "loop");
  g_assert_false (bs_player_get_loop (player, NULL, NULL));
  bs_test_stage_activate (test, "loop");
  g_assert_true (bs_player_get_loop (player, &from, NULL));
  g_assert_cmpint (from, ==, 10 * G_GINT64_CONSTANT (40000000));
  bs_test_stage_activate (test, "loop-clear");
  g_assert_false (bs_player_get_loop (player, NULL, NULL));
}

static void
test_speeds_go_up_and_down_within_their_bounds (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  BsPlayer *player = bs_stage_get_player (test->stage);
  GtkWidget *stage = GTK_WIDGET (test->stage);
  for (int i = 0; i < 9; i++)
    bs_test_stage_activate (test, "faster");
  g_assert_cmpfloat (bs_player_get_rate (player), ==, 2);
  for (int i = 0; i < 9; i++)
    bs_test_stage_activate (test, "slower");
  g_assert_cmpfloat (bs_player_get_rate (player), ==, 0.25);
  g_assert_nonnull (bs_test_find_text (stage, "0.25×"));
  bs_test_stage_activate (test, "rate-normal");
  g_assert_cmpfloat (bs_player_get_rate (player), ==, 1);
  g_action_group_activate_action (G_ACTION_GROUP (test->window), "rate",
                                  g_variant_new_double (1.5));
  g_assert_cmpfloat (bs_player_get_rate (player), ==, 1.5);
}

/* Names and roles for assistive tools *****************************************/

static void
assert_named (GtkWidget *widget)
{
  if ((GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)) && GTK_IS_ACCESSIBLE (widget) &&
      !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)) &&
      !GTK_IS_SCALE_BUTTON (gtk_widget_get_parent (widget)))
    g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  if (GTK_IS_POPOVER (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
test_everything_has_a_role_and_a_name (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  GtkAccessible *video = GTK_ACCESSIBLE (bs_stage_get_video (test->stage));
  GtkAccessible *timeline = GTK_ACCESSIBLE (bs_stage_get_timeline (test->stage));
  bs_test_stage_add_run (test);
  bs_test_stage_stand (test);
  bs_test_stage_activate (test, "step-forward-10");
  bs_test_stage_wait_for_frame (test, 10);

  gtk_test_accessible_assert_role (video, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (video, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Picture of A1_ang_int1_ver1");
  gtk_test_accessible_assert_role (timeline, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (timeline, GTK_ACCESSIBLE_PROPERTY_LABEL, "Timeline");
  gtk_test_accessible_assert_property (timeline, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 0.4);
  gtk_test_accessible_assert_property (timeline, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "00:00.400, frame 11");
  assert_named (GTK_WIDGET (test->stage));
}

static gboolean
bars_say (gpointer meter)
{
  g_autofree char *wrong = gtk_test_accessible_check_property (
    meter, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
    "anger 48 %, disgust 23 %, fear 17 %, happiness 1 %, sadness 11 %, neutral 0 %");
  return wrong == NULL;
}

static void
test_the_probabilities_are_said_in_words (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  GtkWidget *overlay = GTK_WIDGET (bs_stage_get_overlay (test->stage));
  GtkWidget *meter = gtk_widget_get_first_child (gtk_widget_get_first_child (overlay));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (meter), GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_false (bars_say (meter));
  bs_test_stage_add_run (test);
  g_assert_true (bars_say (meter));
}

static void
test_the_tab_key_goes_through_everything_once_from_top_to_bottom (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  GtkWidget *stage = GTK_WIDGET (test->stage), *window = GTK_WIDGET (test->window);
  double before = -1;
  int n = 0;
  bs_test_stage_add_run (test);
  bs_test_stage_stand (test);
  gtk_test_widget_wait_for_draw (window);
  gtk_window_set_focus (test->window, NULL);
  while (gtk_widget_child_focus (stage, GTK_DIR_TAB_FORWARD)) {
    GtkWidget *focus = gtk_window_get_focus (test->window);
    graphene_rect_t bounds;
    g_assert_true (gtk_widget_compute_bounds (focus, stage, &bounds));
    /* The panels first, then the bar, then the timeline. */
    gboolean over = gtk_widget_is_ancestor (focus, GTK_WIDGET (bs_stage_get_overlay (test->stage)));
    if (!over) {
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, >=, before);
      before = bounds.origin.y;
    }
    n++;
    g_assert_cmpint (n, <, 40);
  }
  g_assert_true (gtk_window_get_focus (test->window) ==
                 GTK_WIDGET (bs_stage_get_timeline (test->stage)));
  /* The first clip of the list has no previous one, so that button is passed over; the timeline has
   * a button over it. */
  g_assert_cmpint (n, ==, 3 + 9 + 2);
}

/* A synthetic corpus **********************************************************/

static gboolean
has_demo (gpointer workspace)
{
  return bs_workspace_get_clip_maker (workspace) != NULL;
}

static void
test_a_synthetic_clip_without_a_file_is_drawn_and_played (void)
{
  g_autoptr (BsTestStage) test = bs_test_stage_new ();
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, 3);
  g_autoptr (GError) error = NULL;
  g_assert_true (bs_demo_write_metadata (demo, folder->path, &error));
  g_assert_no_error (error);
  bs_workspace_set_clip_maker_func (test->workspace, bs_demo_clips_new_for);
  bs_workspace_open_folder (test->workspace, folder->path);
  bs_test_wait (has_demo, test->workspace, "the synthetic corpus");
  bs_clip_selection_set_clip (bs_workspace_get_selection (test->workspace), 20);
  bs_test_stage_wait_for_note (test, BS_VIDEO_NOTE_DRAWING);
  bs_test_stage_wait_past (test, 5);
  g_assert_nonnull (
    bs_test_find_text (GTK_WIDGET (bs_stage_get_overlay (test->stage)), "synthetic"));
  g_autofree char *path = bs_corpus_dup_clip_path (bs_workspace_get_corpus (test->workspace), 20);
  g_assert_nonnull (path);
}

int
main (int argc, char **argv)
{
  bs_test_init (&argc, &argv);
  g_test_add_func ("/stage/a-chosen-clip-plays-and-its-pictures-reach-the-screen",
                   test_a_chosen_clip_plays_and_its_pictures_reach_the_screen);
  g_test_add_func ("/stage/steps-show-the-frame-they-say", test_steps_show_the_frame_they_say);
  g_test_add_func ("/stage/the-next-clip-takes-the-place-of-the-last",
                   test_the_next_clip_takes_the_place_of_the_last);
  g_test_add_func ("/stage/what-cannot-be-shown-says-so-and-the-rest-goes-on",
                   test_what_cannot_be_shown_says_so_and_the_rest_goes_on);
  g_test_add_func ("/stage/a-clip-that-breaks-off-says-so-in-place",
                   test_a_clip_that_breaks_off_says_so_in_place);
  g_test_add_func ("/stage/no-sound-device-is-no-error", test_no_sound_device_is_no_error);
  g_test_add_func ("/stage/timeline-and-bars-have-tables-and-files",
                   test_timeline_and_bars_have_tables_and_files);
  g_test_add_func ("/stage/a-missing-clip-is-shown-once-its-file-is-there",
                   test_a_missing_clip_is_shown_once_its_file_is_there);
  g_test_add_func ("/stage/the-overlay-follows-run-and-thresholds-at-once",
                   test_the_overlay_follows_run_and_thresholds_at_once);
  g_test_add_func ("/stage/panels-can-be-hidden-one-by-one-and-together",
                   test_panels_can_be_hidden_one_by_one_and_together);
  g_test_add_func ("/stage/overlay-and-volume-are-kept-in-the-settings",
                   test_overlay_and_volume_are_kept_in_the_settings);
  g_test_add_func ("/stage/a-loop-runs-from-the-first-picture-chosen-to-the-last",
                   test_a_loop_runs_from_the_first_picture_chosen_to_the_last);
  g_test_add_func ("/stage/speeds-go-up-and-down-within-their-bounds",
                   test_speeds_go_up_and_down_within_their_bounds);
  g_test_add_func ("/stage/everything-has-a-role-and-a-name",
                   test_everything_has_a_role_and_a_name);
  g_test_add_func ("/stage/the-probabilities-are-said-in-words",
                   test_the_probabilities_are_said_in_words);
  g_test_add_func ("/stage/the-tab-key-goes-through-everything-once-from-top-to-bottom",
                   test_the_tab_key_goes_through_everything_once_from_top_to_bottom);
  g_test_add_func ("/stage/a-synthetic-clip-without-a-file-is-drawn-and-played",
                   test_a_synthetic_clip_without_a_file_is_drawn_and_played);
  return g_test_run ();
}
