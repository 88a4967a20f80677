/* SPDX-License-Identifier: MIT */
/* That every frame can be reached, by every way, and is the one it is said to be. */
#include "tests/support/bs-test-folder.h"
#include "tests/support/bs-test-watch.h"

static const BsTestClip clips[] = {
  { "25.mov", 1, 60, 25, 1, FALSE, 25, 320, 180, 2.5 },
  { "29.97.mp4", 2, 90, 30000, 1001, TRUE, 30, 320, 180, 0 },
  { "50.mp4", 3, 100, 50, 1, TRUE, 250, 320, 180, 1.5 },
  { "variable-longer-sound.mov", 4, 80, 0, 1, TRUE, 24, 320, 180, 5.0 },
  { "25.webm", 5, 60, 25, 1, FALSE, 20, 320, 180, 2.5 },
  { "29.97.mkv", 6, 60, 30000, 1001, TRUE, 30, 320, 180, 2.0 },
};

static char *paths[G_N_ELEMENTS (clips)];

static const char *
path_of (const BsTestClip *clip)
{
  return paths[clip - clips];
}

/* The reader ******************************************************************/

static BsFrame *
paint (const BsTestClip *clip, int number)
{
  BsFrame *frame = g_new0 (BsFrame, 1);
  g_autofree guint8 *luma = g_malloc (clip->width_px * clip->height_px);
  guint8 *pixels = g_malloc0 (clip->width_px * clip->height_px * 4);
  bs_test_clip_draw (luma, clip->width_px, clip->height_px, clip->width_px, clip->id, number);
  for (int i = 0; i < clip->width_px * clip->height_px; i++)
    memset (pixels + i * 4, luma[i], 3);
  *frame = (BsFrame){ .width_px = clip->width_px,
                      .height_px = clip->height_px,
                      .stride = clip->width_px * 4,
                      .pixels = pixels };
  return frame;
}

static void
unpaint (BsFrame *frame)
{
  g_free ((gpointer) frame->pixels);
  g_free (frame);
}

static void
test_the_reader_of_the_numbers_refuses_wrong_frames (void)
{
  const BsTestClip *clip = &clips[0];
  gsize size = clip->width_px * clip->height_px * 4;
  for (int number = 0; number < 4096; number += 273) {
    BsFrame *frame = paint (clip, number), *next = paint (clip, (number + 1) % 4096);
    guint8 *pixels = (guint8 *) frame->pixels;
    g_assert_cmpint (bs_test_clip_read (frame, clip->id), ==, number);
    g_assert_cmpint (bs_test_clip_read (next, clip->id), ==, (number + 1) % 4096);
    g_assert_cmpint (bs_test_clip_read (frame, clip->id + 1), ==, -1);

    g_autofree guint8 *whole = g_memdup2 (pixels, size);
    memcpy (pixels + size / 2, next->pixels + size / 2, size / 2);
    g_assert_cmpint (bs_test_clip_read (frame, clip->id), ==, -1);
    for (gsize i = 0; i < size; i++)
      pixels[i] = (whole[i] + next->pixels[i]) / 2;
    g_assert_cmpint (bs_test_clip_read (frame, clip->id), ==, -1);
    unpaint (frame);
    unpaint (next);
  }
}

/* Every frame *****************************************************************/

static void
go_to (TestWatch *watch, int index)
{
  bs_player_seek_frame (watch->player, index);
  test_await (bs_player_get_frame_index (watch->player) == index);
}

static void
test_the_clip_is_what_was_made (gconstpointer data)
{
  const BsTestClip *clip = data;
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, clip, path_of (clip));
  g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_PAUSED);
  g_assert_cmpint (bs_player_get_n_frames (watch->player), ==, clip->n_frames);
  g_assert_cmpint (bs_player_get_frame_index (watch->player), ==, 0);
  g_assert_cmpint (watch->number, ==, 0);
  g_assert_true (bs_player_has_picture (watch->player));
  g_assert_cmpint (bs_player_has_sound (watch->player), ==, clip->sound_s > 0);
  g_assert_null (bs_player_get_problem (watch->player));
  /* Containers keep times in units of their own, Matroska in milliseconds. Where the rate varies
   * none says when the last frame ends. */
  int n_known = clip->fps_n > 0 ? clip->n_frames + 1 : clip->n_frames;
  for (int i = 0; i < n_known; i++)
    g_assert_cmpint (
      ABS (bs_player_get_frame_time_ns (watch->player, i) - bs_test_clip_frame_time (clip, i)), <=,
      1100000);
  g_assert_cmpint (bs_player_get_frame_time_ns (watch->player, clip->n_frames + 1), ==, -1);
  gint64 longest = MAX (bs_test_clip_frame_time (clip, clip->n_frames), clip->sound_s * 1e9);
  g_assert_cmpint (ABS (bs_player_get_duration_ns (watch->player) - longest), <, 50000000);
}

static void
test_every_frame_is_reached_by_stepping (gconstpointer data)
{
  const BsTestClip *clip = data;
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, clip, path_of (clip));
  for (int i = 1; i < clip->n_frames; i++) {
    bs_player_step (watch->player, 1);
    test_await (bs_player_get_frame_index (watch->player) == i);
    g_assert_cmpint (watch->number, ==, i);
  }
  for (int i = clip->n_frames - 2; i >= 0; i--) {
    bs_player_step (watch->player, -1);
    test_await (bs_player_get_frame_index (watch->player) == i);
    g_assert_cmpint (watch->number, ==, i);
  }
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
test_every_frame_is_reached_by_seeking (gconstpointer data)
{
  const BsTestClip *clip = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (20);
  g_autofree int *order = g_new (int, clip->n_frames);
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, clip, path_of (clip));
  for (int i = 0; i < clip->n_frames; i++) {
    int j = g_rand_int_range (random, 0, i + 1);
    order[i] = order[j];
    order[j] = i;
  }
  for (int i = 0; i < clip->n_frames; i++) {
    go_to (watch, order[i]);
    g_assert_cmpint (watch->number, ==, order[i]);
  }
  /* By time: its very beginning, and the last moment before the next. */
  for (int i = 0; i < clip->n_frames; i++) {
    gint64 begins = bs_player_get_frame_time_ns (watch->player, order[i]);
    gint64 ends = bs_player_get_frame_time_ns (watch->player, order[i] + 1);
    bs_player_seek (watch->player, i % 2 ? begins : ends - 1);
    test_await (bs_player_get_frame_index (watch->player) == order[i]);
    g_assert_cmpint (watch->number, ==, order[i]);
    g_assert_cmpint (bs_player_get_position_ns (watch->player), ==, begins);
  }
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
test_steps_stop_at_either_end (gconstpointer data)
{
  const BsTestClip *clip = data;
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, clip, path_of (clip));
  bs_player_step (watch->player, -3);
  bs_player_step (watch->player, 5);
  test_await (bs_player_get_frame_index (watch->player) == 5);
  bs_player_step (watch->player, G_MAXINT);
  test_await (bs_player_get_frame_index (watch->player) == clip->n_frames - 1);
  g_assert_cmpint (watch->number, ==, clip->n_frames - 1);
  bs_player_step (watch->player, 1);
  bs_player_step (watch->player, 1);
  bs_player_step (watch->player, -1);
  bs_player_step (watch->player, -1);
  test_await (bs_player_get_frame_index (watch->player) == clip->n_frames - 3);
  bs_player_step (watch->player, G_MININT);
  test_await (bs_player_get_frame_index (watch->player) == 0);
  g_assert_cmpint (watch->number, ==, 0);
  /* While the last frame is still being sought, too. */
  bs_player_seek_frame (watch->player, clip->n_frames - 1);
  bs_player_step (watch->player, 1);
  bs_player_step (watch->player, -4);
  test_await (bs_player_get_frame_index (watch->player) == clip->n_frames - 5);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
test_playing_ends_on_the_last_frame (gconstpointer data)
{
  const BsTestClip *clip = data;
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, clip, path_of (clip));
  go_to (watch, clip->n_frames * 2 / 3);
  bs_player_set_rate (watch->player, 2);
  bs_player_play (watch->player);
  g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_PLAYING);
  test_await (watch->n_ended > 0);
  g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_PAUSED);
  g_assert_cmpint (watch->number, ==, clip->n_frames - 1);
  g_assert_cmpint (bs_player_get_frame_index (watch->player), ==, clip->n_frames - 1);
  if (clip->sound_s * 1e9 > bs_test_clip_frame_time (clip, clip->n_frames))
    g_assert_cmpint (bs_player_get_position_ns (watch->player), ==,
                     bs_player_get_duration_ns (watch->player));

  /* From the end it goes on in either way. */
  bs_player_step (watch->player, -1);
  test_await (bs_player_get_frame_index (watch->player) == clip->n_frames - 2);
  bs_player_step (watch->player, 1);
  test_await (bs_player_get_frame_index (watch->player) == clip->n_frames - 1);
  bs_player_play (watch->player);
  test_await (watch->n_ended > 1);
  watch->lowest = G_MAXINT;
  bs_player_play (watch->player);
  test_await (watch->lowest < 3);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
test_loops_stay_inside (gconstpointer data)
{
  const BsTestClip *clip = data;
  const double rates[] = { 1, 2 };
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, clip, path_of (clip));
  int first = 20, last = 27;
  bs_player_set_loop (watch->player, bs_player_get_frame_time_ns (watch->player, first),
                      bs_player_get_frame_time_ns (watch->player, last + 1));
  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++) {
    bs_player_set_rate (watch->player, rates[i]);
    bs_player_play (watch->player);
    /* What stood before is gone when the first frame of the loop is there. */
    test_await (watch->number >= first && watch->number <= last);
    test_watch_forget (watch);
    int n_rounds = 0, before = -1;
    while (n_rounds < 2) {
      test_await (watch->number != before);
      n_rounds += watch->number < before;
      before = watch->number;
    }
    g_assert_cmpint (watch->lowest, >=, first);
    g_assert_cmpint (watch->highest, <=, last);
    g_assert_cmpint (watch->n_wrong, ==, 0);
    bs_player_pause (watch->player);
    go_to (watch, 2);
  }
  bs_player_set_rate (watch->player, 2);
  bs_player_play (watch->player);
  test_await (watch->number >= first && watch->number <= last);
  bs_player_clear_loop (watch->player);
  test_await (watch->n_ended > 0);
  g_assert_cmpint (watch->number, ==, clip->n_frames - 1);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

/* Wishes **********************************************************************/

static void
test_of_many_seeks_the_newest_holds (void)
{
  const BsTestClip *clip = &clips[2];
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, clip, path_of (clip));
  test_watch_forget (watch);
  for (int i = 0; i < 1000; i++)
    bs_player_seek_frame (watch->player, (i * 37) % 100);
  bs_player_seek_frame (watch->player, 41);
  test_await (bs_player_get_frame_index (watch->player) == 41);
  test_settle ();
  g_assert_cmpint (watch->number, ==, 41);
  /* One was under way when the others came, all but the newest of which were dropped. */
  g_assert_cmpint (watch->n_frames, <=, 2);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
test_steps_add_up_with_a_seek (void)
{
  const BsTestClip *clip = &clips[1];
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, clip, path_of (clip));
  bs_player_seek_frame (watch->player, 50);
  bs_player_step (watch->player, -2);
  bs_player_step (watch->player, 1);
  bs_player_step (watch->player, -10);
  test_await (bs_player_get_frame_index (watch->player) == 39);
  bs_player_seek (watch->player, bs_player_get_frame_time_ns (watch->player, 10) + 1000);
  bs_player_step (watch->player, 20);
  test_await (bs_player_get_frame_index (watch->player) == 30);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
test_wishes_before_the_clip_is_there_are_kept (void)
{
  const BsTestClip *clip = &clips[0];
  g_autoptr (TestWatch) watch = test_watch_new ();
  watch->clip = clip;
  bs_player_open (watch->player, path_of (clip));
  bs_player_seek_frame (watch->player, 33);
  g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_LOADING);
  test_await (bs_player_get_frame_index (watch->player) == 33);
  bs_player_open (watch->player, path_of (clip));
  bs_player_play (watch->player);
  test_await (watch->n_ended > 0);
  g_assert_cmpint (watch->number, ==, clip->n_frames - 1);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
test_the_sound_goes_on_after_the_picture (void)
{
  const BsTestClip *clip = &clips[3];
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, clip, path_of (clip));
  gint64 picture_ends = bs_player_get_frame_time_ns (watch->player, clip->n_frames);
  gint64 late = (picture_ends + bs_player_get_duration_ns (watch->player)) / 2;
  g_assert_cmpint (late, >, picture_ends + 100000000);
  bs_player_seek (watch->player, late);
  test_await (bs_player_get_position_ns (watch->player) == late);
  g_assert_cmpint (watch->number, ==, clip->n_frames - 1);

  /* Halting there, and stepping from there. */
  bs_player_play (watch->player);
  test_await (bs_player_get_position_ns (watch->player) > late);
  bs_player_pause (watch->player);
  bs_player_play (watch->player);
  gint64 halted = bs_player_get_position_ns (watch->player);
  test_await (bs_player_get_position_ns (watch->player) > halted);
  bs_player_step (watch->player, -1);
  test_await (bs_player_get_frame_index (watch->player) == clip->n_frames - 2);
  bs_player_seek (watch->player, late);
  test_await (bs_player_get_position_ns (watch->player) == late);
  g_assert_cmpint (watch->number, ==, clip->n_frames - 1);

  bs_player_set_rate (watch->player, 2);
  bs_player_play (watch->player);
  gint64 lowest = G_MAXINT64;
  while (watch->n_ended == 0) {
    g_main_context_iteration (NULL, TRUE);
    lowest = MIN (lowest, bs_player_get_position_ns (watch->player));
  }
  g_assert_cmpint (lowest, ==, late);
  g_assert_cmpint (bs_player_get_position_ns (watch->player), ==,
                   bs_player_get_duration_ns (watch->player));
  bs_player_step (watch->player, -1);
  test_await (bs_player_get_frame_index (watch->player) == clip->n_frames - 2);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
test_frames_are_scaled_down_only_and_keep_their_aspect (void)
{
  const BsTestClip *clip = &clips[0];
  g_autoptr (TestWatch) watch = test_watch_new ();
  bs_player_set_max_size (watch->player, 200, 1000);
  test_watch_open (watch, clip, path_of (clip));
  go_to (watch, 7);
  BsFrame *frame = bs_player_get_frame (watch->player);
  g_assert_cmpint (frame->width_px, ==, 200);
  g_assert_cmpint (ABS (frame->height_px * 2 - 225), <=, 1);
  /* What stands is drawn anew, on the same frame. */
  bs_player_set_max_size (watch->player, 3000, 90);
  test_await (bs_player_get_frame (watch->player)->height_px == 90);
  g_assert_cmpint (bs_player_get_frame (watch->player)->width_px, ==, 160);
  g_assert_cmpint (bs_player_get_frame_index (watch->player), ==, 7);
  bs_player_set_max_size (watch->player, 3000, 3000);
  test_await (bs_player_get_frame (watch->player)->height_px == clip->height_px);
  g_assert_cmpint (bs_player_get_frame (watch->player)->width_px, ==, clip->width_px);
  g_assert_cmpint (watch->number, ==, 7);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
test_clips_follow_each_other (void)
{
  g_autoptr (TestWatch) watch = test_watch_new ();
  for (int round = 0; round < 3; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (clips); i++) {
      test_watch_open (watch, &clips[i], path_of (&clips[i]));
      g_assert_cmpint (watch->number, ==, 0);
      g_assert_cmpint (bs_player_get_n_frames (watch->player), ==, clips[i].n_frames);
      go_to (watch, clips[i].n_frames - 1);
      g_assert_cmpint (watch->number, ==, clips[i].n_frames - 1);
      g_assert_cmpint (watch->n_wrong, ==, 0);
    }
}

static void
add_for_each_clip (const char *name, GTestDataFunc test)
{
  for (gsize i = 0; i < G_N_ELEMENTS (clips); i++) {
    g_autofree char *path = g_strdup_printf ("/player/%s/%s", clips[i].name, name);
    g_test_add_data_func (path, &clips[i], test);
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("BLENDSCOPE_AUDIO_SINK", "fakesink sync=true", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_autoptr (TestFolder) folder = test_folder_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (clips); i++)
    paths[i] = bs_test_clip_make (&clips[i], folder->path);

  g_test_add_func ("/player/the-reader-refuses-wrong-frames",
                   test_the_reader_of_the_numbers_refuses_wrong_frames);
  add_for_each_clip ("is-what-was-made", test_the_clip_is_what_was_made);
  add_for_each_clip ("every-frame-by-stepping", test_every_frame_is_reached_by_stepping);
  add_for_each_clip ("every-frame-by-seeking", test_every_frame_is_reached_by_seeking);
  add_for_each_clip ("steps-stop-at-either-end", test_steps_stop_at_either_end);
  add_for_each_clip ("playing-ends-on-the-last-frame", test_playing_ends_on_the_last_frame);
  add_for_each_clip ("loops-stay-inside", test_loops_stay_inside);
  g_test_add_func ("/player/newest-seek-holds", test_of_many_seeks_the_newest_holds);
  g_test_add_func ("/player/steps-add-up", test_steps_add_up_with_a_seek);
  g_test_add_func ("/player/early-wishes-are-kept", test_wishes_before_the_clip_is_there_are_kept);
  g_test_add_func ("/player/sound-after-the-picture", test_the_sound_goes_on_after_the_picture);
  g_test_add_func ("/player/scaled-down-only",
                   test_frames_are_scaled_down_only_and_keep_their_aspect);
  g_test_add_func ("/player/clips-follow-each-other", test_clips_follow_each_other);
  int status = g_test_run ();
  for (gsize i = 0; i < G_N_ELEMENTS (clips); i++)
    g_free (paths[i]);
  return status;
}
