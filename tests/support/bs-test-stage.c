/* SPDX-License-Identifier: MIT */
/* A stage with something to show, for the tests of the window. */
#include "tests/support/bs-test-stage.h"

#include <adwaita.h>
#include <gst/gst.h>

#include "tests/support/bs-made-corpus.h"
#include "ui/stage/bs-stage-private.h"
#include "ui/stage/bs-video-view-private.h"

static const char *const names[N_TEST_CLIPS] = {
  "A1_ang_int1_ver1", "A1_mix_disg_sad_50_50_ver1", "A2_fea_int1_ver1",
  "A2_hap_int1_ver1", "A3_sad_int1_ver1",
};

static const char metadata[] =
  "filename,video_id,gender,mix,emotion_1,version,intensity_level,situation,emotion_2,"
  "emotion_1_salience,emotion_2_salience,fold\n"
  "A1_ang_int1_ver1,A1,f,0,ang,1,1.0,,,,,0\n"
  "A1_mix_disg_sad_50_50_ver1,A1,f,1,disg,1,,,sad,50.0,50.0,0\n"
  "A2_fea_int1_ver1,A2,m,0,fea,1,1.0,,,,,1\n"
  "A2_hap_int1_ver1,A2,m,0,hap,1,1.0,,,,,1\n"
  "A3_sad_int1_ver1,A3,m,0,sad,1,1.0,,,,,1\n";

static const char predictions[] = "filename,fold,ang,disg,fea,hap,sad,neu\n"
                                  "A1_ang_int1_ver1,0,.48,.23,.17,.01,.11,0\n"
                                  "A1_mix_disg_sad_50_50_ver1,0,.05,.40,.05,.05,.35,.10\n"
                                  "A2_fea_int1_ver1,1,.10,.10,.60,.05,.10,.05\n"
                                  "A2_hap_int1_ver1,1,.10,.10,.05,.60,.10,.05\n"
                                  "A3_sad_int1_ver1,1,.10,.10,.05,.05,.60,.10\n";

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * bs_test_init:
 * @argc: of main()
 * @argv: of main()
 *
 * Starts the toolkit and everything else that a window needs.
 */
void
bs_test_init (int *argc, char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  gst_init (NULL, NULL);
  adw_init ();
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  gtk_icon_theme_add_resource_path (theme, "/org/blendscope/Blendscope/icons");
  GtkCssProvider *style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, "/org/blendscope/Blendscope/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref (style);
  /* Conditions that no event announces are looked at again from time to time. */
  g_timeout_add (10, wake_cb, NULL);
}

static void
make_clip (TestFolder *folder, int clip, int id, int n_frames)
{
  g_autofree char *name = g_strconcat (names[clip], ".mov", NULL);
  const BsTestClip made = { .name = name,
                            .id = id,
                            .n_frames = n_frames,
                            .fps_n = 25,
                            .fps_d = 1,
                            .key_every = 25,
                            .width_px = 320,
                            .height_px = 180,
                            .sound_s = 2 };
  g_free (bs_test_clip_make (&made, test_folder_path (folder, "train_videos")));
}

static TestFolder *
make_corpus (void)
{
  TestFolder *folder = test_folder_new ();
  g_autofree char *broken =
    g_strconcat ("train_videos/", names[TEST_CLIP_UNREADABLE], ".mov", NULL);
  test_folder_write (folder, "train_metadata.csv", metadata);
  test_folder_write (folder, broken, "this is no video\n");
  make_clip (folder, TEST_CLIP_A, TEST_ID_A, TEST_FRAMES);
  make_clip (folder, TEST_CLIP_B, TEST_ID_B, TEST_FRAMES);
  make_clip (folder, TEST_CLIP_SOUND, 9, 0);
  return folder;
}

static gboolean
has_corpus (gpointer workspace)
{
  return bs_workspace_get_corpus (workspace) != NULL && !bs_workspace_is_opening (workspace);
}

/**
 * bs_test_stage_new:
 *
 * Returns: (transfer full): a stage in a window, its corpus open and the first clip chosen
 */
BsTestStage *
bs_test_stage_new (void)
{
  static const guint32 order[N_TEST_CLIPS] = { 0, 1, 2, 3, 4 };
  BsTestStage *self = g_new0 (BsTestStage, 1);
  self->folder = make_corpus ();
  self->workspace = bs_workspace_new ();
  self->stage = BS_STAGE (bs_stage_new ());
  self->window = GTK_WINDOW (
    g_object_new (GTK_TYPE_APPLICATION_WINDOW, "default-width", 700, "default-height", 700, NULL));
  g_object_set (self->stage, "workspace", self->workspace, NULL);
  bs_stage_add_actions (self->stage, GTK_APPLICATION_WINDOW (self->window));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->stage));
  gtk_window_set_title (self->window, "stage");
  gtk_window_set_child (self->window, self->box);
  gtk_window_present (self->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
  bs_workspace_open_folder (self->workspace, self->folder->path);
  bs_test_wait (has_corpus, self->workspace, "the corpus");
  bs_clip_selection_set_order (bs_workspace_get_selection (self->workspace), order, N_TEST_CLIPS);
  return self;
}

/**
 * bs_test_stage_free:
 * @self: (transfer full): a stage in a window
 *
 * Closes the window and sees to it that the stage does not outlive it.
 */
void
bs_test_stage_free (BsTestStage *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->stage), (gpointer *) &self->stage);
  gtk_window_destroy (self->window);
  g_assert_null (self->stage);
  g_object_run_dispose (G_OBJECT (self->workspace));
  g_object_unref (self->workspace);
  test_folder_free (self->folder);
  g_free (self);
}

static gboolean
has_voice (gpointer workspace)
{
  return !bs_workspace_is_opening (workspace) &&
         bs_corpus_find_encoder (bs_workspace_get_corpus (workspace), "Voice") != NULL;
}

/**
 * bs_test_stage_add_features:
 * @self: a stage in a window
 * @mute: a clip without features of the encoder "Voice", -1 for none
 *
 * Gives every clip features of "Face" and "Voice".
 */
void
bs_test_stage_add_features (BsTestStage *self, int mute)
{
  BsMetadata *clips = bs_workspace_get_metadata (self->workspace);
  BsRandom random;
  bs_random_init (&random, 5);
  for (int i = 0; i < N_TEST_CLIPS; i++) {
    const BsClip *clip = bs_metadata_clip (clips, (gsize) i);
    float truth[BS_N_EMOTIONS];
    bs_label_distribution (clip->label, truth);
    made_features (self->folder, "Face_train", clip->filename, truth, 25, MADE_FACE_WIDTH, 0,
                   &random);
    if (i != mute)
      made_features (self->folder, "Voice_train", clip->filename, truth, 9, MADE_VOICE_WIDTH, 0,
                     &random);
  }
  bs_workspace_open_folder (self->workspace, self->folder->path);
  bs_test_wait (has_voice, self->workspace, "the features");
}

/**
 * bs_test_stage_choose:
 * @self: a stage in a window
 * @clip: which
 *
 * Chooses a clip as the list does.
 */
void
bs_test_stage_choose (BsTestStage *self, int clip)
{
  bs_clip_selection_set_clip (bs_workspace_get_selection (self->workspace), clip);
}

typedef struct {
  BsTestStage *self;
  int wanted;
} Wanted;

static gboolean
has_note (gpointer data)
{
  Wanted *wanted = data;
  return (int) bs_video_view_get_note (bs_stage_get_video (wanted->self->stage)) == wanted->wanted;
}

/**
 * bs_test_stage_wait_for_note:
 * @self: a stage in a window
 * @note: what is to stand in the picture's place
 */
void
bs_test_stage_wait_for_note (BsTestStage *self, BsVideoNote note)
{
  bs_test_wait (has_note, &(Wanted){ self, (int) note }, "the note in the picture's place");
}

static gboolean
has_frame (gpointer data)
{
  Wanted *wanted = data;
  BsFrame *frame = bs_video_view_get_frame (bs_stage_get_video (wanted->self->stage));
  return frame != NULL && frame->index == wanted->wanted;
}

/**
 * bs_test_stage_wait_for_frame:
 * @self: a stage in a window
 * @index: the picture that is to be on show
 */
void
bs_test_stage_wait_for_frame (BsTestStage *self, int index)
{
  bs_test_wait (has_frame, &(Wanted){ self, index }, "a picture");
}

static gboolean
is_past (gpointer data)
{
  Wanted *wanted = data;
  BsFrame *frame = bs_video_view_get_frame (bs_stage_get_video (wanted->self->stage));
  return frame != NULL && frame->index >= wanted->wanted;
}

/**
 * bs_test_stage_wait_past:
 * @self: a stage in a window, its clip playing
 * @index: a picture; a busy machine may leave out any but the last
 */
void
bs_test_stage_wait_past (BsTestStage *self, int index)
{
  bs_test_wait (is_past, &(Wanted){ self, index }, "a later picture");
}

static gboolean
is_counted (gpointer player)
{
  BsPlayerState state = bs_player_get_state (player);
  return bs_player_get_n_frames (player) > 0 &&
         (state == BS_PLAYER_PLAYING || state == BS_PLAYER_PAUSED);
}

/**
 * bs_test_stage_stand:
 * @self: a stage in a window, its clip with a picture
 *
 * Halts the clip on its first picture.
 */
void
bs_test_stage_stand (BsTestStage *self)
{
  BsPlayer *player = bs_stage_get_player (self->stage);
  bs_test_wait (is_counted, player, "the clip's frames to be counted");
  /* By way of the last picture, as the first one may be on show from before the halt. */
  bs_test_stage_activate (self, "seek-end");
  bs_test_stage_wait_for_frame (self, TEST_FRAMES - 1);
  bs_test_stage_activate (self, "seek-start");
  bs_test_stage_wait_for_frame (self, 0);
  g_assert_cmpint (bs_player_get_state (player), ==, BS_PLAYER_PAUSED);
}

/**
 * bs_test_stage_activate:
 * @self: a stage in a window
 * @action: name of an action of the window, which must be enabled
 */
void
bs_test_stage_activate (BsTestStage *self, const char *action)
{
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), action));
  g_action_group_activate_action (G_ACTION_GROUP (self->window), action, NULL);
}

/**
 * bs_test_xdotool:
 * @argv: (array zero-terminated=1): "xdotool" and what it is to do
 *
 * Does something on the X server as keyboard and pointer do it.
 */
void
bs_test_xdotool (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status = -1;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/**
 * bs_test_press_key:
 * @key: a key as xdotool names it
 */
void
bs_test_press_key (const char *key)
{
  bs_test_xdotool ((const char *[]){ "xdotool", "key", key, NULL });
}

static gboolean
has_input (gpointer window)
{
  return gtk_window_is_active (window);
}

/**
 * bs_test_take_keyboard:
 * @window: a window with a title of its own
 *
 * Without a window manager nobody else gives the window the keyboard.
 */
void
bs_test_take_keyboard (GtkWindow *window)
{
  g_autofree char *name = g_strdup_printf ("^%s$", gtk_window_get_title (window));
  bs_test_xdotool (
    (const char *[]){ "xdotool", "search", "--onlyvisible", "--name", name, "windowfocus", NULL });
  bs_test_wait (has_input, window, "the keyboard");
}

/**
 * bs_test_stage_take_keyboard:
 * @self: a stage in a window
 *
 * As bs_test_take_keyboard().
 */
void
bs_test_stage_take_keyboard (BsTestStage *self)
{
  bs_test_take_keyboard (self->window);
}

static char *
surface_place (BsTestStage *self, GtkWidget *widget, double x, double y, gboolean across)
{
  double window_x, window_y, surface_x, surface_y;
  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (self->window), x, y,
                                                   &window_x, &window_y));
  gtk_native_get_surface_transform (GTK_NATIVE (self->window), &surface_x, &surface_y);
  return g_strdup_printf ("%d", (int) (across ? window_x + surface_x : window_y + surface_y));
}

/**
 * bs_test_stage_drag:
 * @self: a stage in a window
 * @widget: where
 * @from: two coordinates in @widget, where the button goes down
 * @to: likewise, where it goes up; the same for a click
 *
 * Presses the first button, moves the pointer in two steps and lets go.
 */
void
bs_test_stage_drag (BsTestStage *self, GtkWidget *widget, const double from[2], const double to[2])
{
  const double middle[] = { (from[0] + to[0]) / 2, (from[1] + to[1]) / 2 };
  const double *const places[] = { from, middle, to };
  char *x[3], *y[3];
  for (int i = 0; i < 3; i++) {
    x[i] = surface_place (self, widget, places[i][0], places[i][1], TRUE);
    y[i] = surface_place (self, widget, places[i][0], places[i][1], FALSE);
  }
  bs_test_xdotool ((const char *[]){
    "xdotool", "search",    "--onlyvisible", "--name", "^stage$",   "mousemove", "--window", "%1",
    x[0],      y[0],        "mousedown",     "1",      "mousemove", "--window",  "%1",       x[1],
    y[1],      "mousemove", "--window",      "%1",     x[2],        y[2],        "mouseup",  "1",
    NULL });
  for (int i = 0; i < 3; i++) {
    g_free (x[i]);
    g_free (y[i]);
  }
}

static gboolean
has_run (gpointer workspace)
{
  return bs_workspace_get_run (workspace) != NULL;
}

/**
 * bs_test_stage_add_run:
 * @self: a stage in a window
 *
 * Opens a run that judges all clips.
 */
void
bs_test_stage_add_run (BsTestStage *self)
{
  const char *path = test_folder_write (self->folder, "said.csv", predictions);
  bs_run_library_import (bs_workspace_get_library (self->workspace), path);
  bs_test_wait (has_run, self->workspace, "the run");
}

/**
 * bs_test_stage_number:
 * @self: a stage in a window
 * @id: of the clip that is to be on show
 *
 * Returns: the number in the pixels on show, -1 where they are not that clip's
 */
int
bs_test_stage_number (BsTestStage *self, int id)
{
  BsFrame *frame = bs_video_view_get_frame (bs_stage_get_video (self->stage));
  return frame != NULL ? bs_test_clip_read (frame, id) : -1;
}

/**
 * bs_test_find_text:
 * @root: where to look
 * @part: of the text
 *
 * Returns: (transfer none) (nullable): the first visible label or inscription with that text
 */
GtkWidget *
bs_test_find_text (GtkWidget *root, const char *part)
{
  const char *text = NULL;
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (GTK_IS_LABEL (root))
    text = gtk_label_get_text (GTK_LABEL (root));
  else if (GTK_IS_INSCRIPTION (root))
    text = gtk_inscription_get_text (GTK_INSCRIPTION (root));
  if (text != NULL && strstr (text, part) != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = bs_test_find_text (child, part);
    if (found != NULL)
      return found;
  }
  return NULL;
}
