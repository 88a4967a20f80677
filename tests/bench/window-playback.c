/* SPDX-License-Identifier: MIT */
/* window-playback: a clip of 1080p at 50 frames a second plays in the middle of the window, its
 * overlay moving with every picture. Counts the different pictures that were painted. */
#include <adwaita.h>
#include <gst/gst.h>
#include <sys/resource.h>

#include "tests/support/bs-test-clip.h"
#include "tests/support/bs-test-folder.h"
#include "ui/stage/bs-stage-private.h"
#include "ui/stage/bs-video-view-private.h"

#define N_FRAMES 200
#define NAME "A1_ang_int1_ver1"

typedef struct {
  BsStage *stage;
  GMainLoop *loop;
  TestFolder *folder;
  double started_s;
  double cpu_s;
  guint painted_before;
} Bench;

static const char metadata[] =
  "filename,video_id,gender,mix,emotion_1,version,intensity_level,situation,emotion_2,"
  "emotion_1_salience,emotion_2_salience,fold\n" NAME ",A1,f,0,ang,1,1.0,,,,,0\n";

static double
cpu_s (void)
{
  struct rusage used;
  getrusage (RUSAGE_SELF, &used);
  return (double) (used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         (double) (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static double
now_s (void)
{
  return (double) g_get_monotonic_time () / 1e6;
}

static void
frame_cb (BsPlayer *player, BsFrame *frame, Bench *self)
{
  double share = frame->index >= 0 ? (double) (frame->index % 25) / 25 : 0;
  const double now[BS_N_EMOTIONS] = { .5 * share, .2, .1, .1, .1, .5 * (1 - share) };
  bs_overlay_set_now (bs_stage_get_overlay (self->stage), now);
}

/* One frame stood before the clip began to play, and stays painted where it is. */
static void
ended_cb (BsPlayer *player, Bench *self)
{
  BsVideoView *video = bs_stage_get_video (self->stage);
  BsFrame *frame = bs_player_get_frame (player);
  double wall = now_s () - self->started_s;
  guint painted = 1 + bs_video_view_get_n_painted (video) - self->painted_before;
  printf ("1080p50 in an area of %d x %d, made %d x %d: %u of %d pictures painted, "
          "%.2f s for %.2f s, %.0f %% of a core\n",
          gtk_widget_get_width (GTK_WIDGET (video)), gtk_widget_get_height (GTK_WIDGET (video)),
          frame->width_px, frame->height_px, painted, N_FRAMES, wall, N_FRAMES / 50.0,
          100 * (cpu_s () - self->cpu_s) / wall);
  g_main_loop_quit (self->loop);
}

static gboolean
begin_cb (gpointer data)
{
  Bench *self = data;
  BsPlayer *player = bs_stage_get_player (self->stage);
  if (bs_player_get_frame_index (player) != 0)
    return G_SOURCE_CONTINUE;
  self->painted_before = bs_video_view_get_n_painted (bs_stage_get_video (self->stage));
  self->started_s = now_s ();
  self->cpu_s = cpu_s ();
  g_signal_connect (player, "frame", G_CALLBACK (frame_cb), self);
  g_signal_connect (player, "ended", G_CALLBACK (ended_cb), self);
  bs_player_play (player);
  return G_SOURCE_REMOVE;
}

static void
loaded_cb (BsPlayer *player, Bench *self)
{
  g_signal_handlers_disconnect_by_func (player, loaded_cb, self);
  bs_player_pause (player);
  bs_player_seek (player, 0);
  g_timeout_add (1000, begin_cb, self);
}

static void
show_facts (Bench *self)
{
  static const double p[BS_N_EMOTIONS] = { .48, .23, .17, .01, .11, 0 };
  BsThresholdPair pair = { .145, .11 };
  BsDecision decision = bs_rule_decide (p, pair);
  BsOverlayFacts facts = { .probabilities = p,
                           .decision = &decision,
                           .pair = pair,
                           .label = bs_label_single (BS_EMOTION_ANG) };
  bs_overlay_set_facts (bs_stage_get_overlay (self->stage), &facts);
}

int
main (int argc, char **argv)
{
  gst_init (NULL, NULL);
  adw_init ();
  Bench self = { .loop = g_main_loop_new (NULL, FALSE), .folder = test_folder_new () };
  const BsTestClip clip = { .name = NAME ".mov",
                            .id = 1,
                            .n_frames = N_FRAMES,
                            .fps_n = 50,
                            .fps_d = 1,
                            .b_frames = TRUE,
                            .key_every = 50,
                            .width_px = 1920,
                            .height_px = 1080,
                            .sound_s = 4 };
  const char *clips = test_folder_path (self.folder, "train_videos");
  g_assert_cmpint (g_mkdir (clips, 0755), ==, 0);
  g_free (bs_test_clip_make (&clip, clips));
  test_folder_write (self.folder, "train_metadata.csv", metadata);

  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  self.stage = BS_STAGE (bs_stage_new ());
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (window, 1280, 800);
  gtk_window_set_child (window, GTK_WIDGET (self.stage));
  g_object_set (self.stage, "workspace", workspace, NULL);
  g_signal_connect (bs_stage_get_player (self.stage), "clip-loaded", G_CALLBACK (loaded_cb), &self);
  gtk_window_present (window);
  bs_workspace_open_folder (workspace, self.folder->path);
  show_facts (&self);
  g_main_loop_run (self.loop);

  gtk_window_destroy (window);
  g_object_run_dispose (G_OBJECT (workspace));
  g_main_loop_unref (self.loop);
  test_folder_free (self.folder);
  return 0;
}
