/* SPDX-License-Identifier: MIT */
/* That nothing a clip or a person does brings the player out of step: broken files, missing
 * devices, closing at any moment, thousands of wishes in a row. */
#include "tests/support/bs-test-folder.h"
#include "tests/support/bs-test-watch.h"

static const BsTestClip whole = { "whole.mp4", 1, 60, 25, 1, TRUE, 25, 320, 180, 2.0 };
static const BsTestClip picture_only = { "silent.mov", 2, 50, 25, 1, FALSE, 25, 320, 180, 0 };
static const BsTestClip sound_only = { "voice.mov", 3, 0, 25, 1, FALSE, 25, 320, 180, 1.0 };
static const BsTestClip variable = { "variable.mov", 4, 60, 0, 1, TRUE, 20, 320, 180, 4.0 };
static const BsTestClip webm = { "small.webm", 5, 40, 50, 1, FALSE, 15, 160, 90, 0.8 };

typedef struct {
  const BsTestClip *clip;
  const char *path;
} Choice;

static TestFolder *folder;
static const char *whole_path, *picture_only_path, *sound_only_path, *variable_path, *webm_path;

static const char *
make (const BsTestClip *clip)
{
  g_free (bs_test_clip_make (clip, folder->path));
  return test_folder_path (folder, clip->name);
}

static const char *
copy_part (const char *path, const char *name, gsize from, gsize to, int filler)
{
  g_autofree char *bytes = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  if (filler < 0)
    return test_folder_write_bytes (folder, name, bytes, MIN (to, length));
  memset (bytes + from, filler, MIN (to, length) - from);
  return test_folder_write_bytes (folder, name, bytes, length);
}

static gsize
size_of (const char *path)
{
  GStatBuf status;
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_size;
}

static void
assert_one_sentence (const char *problem, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_assert_nonnull (problem);
  g_test_message ("%s", problem);
  g_assert_true (g_str_has_prefix (problem, name));
  g_assert_true (g_str_has_suffix (problem, "."));
  g_assert_null (strchr (problem, '\n'));
}

/* Files ***********************************************************************/

static void
test_what_cannot_be_played_fails_with_one_sentence (void)
{
  const char *paths[] = {
    test_folder_path (folder, "missing.mov"),
    test_folder_write (folder, "empty.mov", ""),
    test_folder_write (folder, "text.mov", "filename,ang,disg\nA1,0.2,0.8\n"),
    copy_part (picture_only_path, "without-index.mov", 0, size_of (picture_only_path) / 2, -1),
    copy_part (whole_path, "few-bytes.mp4", 0, 20, -1),
    folder->path,
  };
  g_autoptr (TestWatch) watch = test_watch_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    test_watch_open (watch, &whole, paths[i]);
    g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_FAILED);
    assert_one_sentence (bs_player_get_problem (watch->player), paths[i]);
    g_assert_false (bs_player_has_picture (watch->player));
    /* Nothing that is asked of it now does harm. */
    bs_player_play (watch->player);
    bs_player_step (watch->player, 1);
    bs_player_seek (watch->player, 100);
    bs_player_seek_frame (watch->player, 3);
    bs_player_set_max_size (watch->player, 100 + i, 100);
    g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_FAILED);

    test_watch_open (watch, &whole, whole_path);
    g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_PAUSED);
    g_assert_null (bs_player_get_problem (watch->player));
    g_assert_cmpuint (bs_player_get_notices (watch->player)->len, ==, 0);
    g_assert_cmpint (watch->number, ==, 0);
  }
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
test_a_clip_that_breaks_off_plays_as_far_as_it_goes (void)
{
  gsize size = size_of (whole_path);
  g_autoptr (TestWatch) watch = test_watch_new ();
  watch->has_holes = TRUE;
  for (int percent = 50; percent <= 90; percent += 20) {
    g_autofree char *name = g_strdup_printf ("broken-off-%d.mp4", percent);
    const char *path = copy_part (whole_path, name, 0, size * percent / 100, -1);
    test_watch_open (watch, &whole, path);
    g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_PAUSED);
    int n = bs_player_get_n_frames (watch->player);
    g_assert_cmpint (n, >, 3);
    g_assert_cmpint (n, <, whole.n_frames);
    g_autofree char *said = g_strdup_printf ("%d of %d", n, whole.n_frames);
    const GPtrArray *notices = bs_player_get_notices (watch->player);
    g_assert_cmpuint (notices->len, ==, 1);
    g_assert_nonnull (strstr (g_ptr_array_index (notices, 0), said));
    bs_player_seek_frame (watch->player, n - 3);
    test_await (bs_player_get_frame_index (watch->player) == n - 3);
    bs_player_play (watch->player);
    test_await (watch->n_ended > 0 || bs_player_get_state (watch->player) == BS_PLAYER_FAILED);
    g_assert_cmpint (watch->n_wrong, ==, 0);
  }
}

static void
test_a_clip_with_spoilt_bytes_does_not_block (void)
{
  gsize size = size_of (whole_path);
  const struct {
    double from, to;
    int filler;
  } spoils[] = { { 0.3, 0.5, 0 }, { 0.1, 1, 0 }, { 0.02, 0.06, 255 }, { 0.5, 0.55, 170 } };
  g_autoptr (TestWatch) watch = test_watch_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (spoils); i++) {
    g_autofree char *name = g_strdup_printf ("spoilt-%zu.mp4", i);
    const char *path = copy_part (whole_path, name, (gsize) (size * spoils[i].from),
                                  (gsize) (size * spoils[i].to), spoils[i].filler);
    test_watch_open (watch, NULL, path);
    if (bs_player_get_state (watch->player) != BS_PLAYER_FAILED) {
      bs_player_set_rate (watch->player, 2);
      bs_player_play (watch->player);
      test_await (watch->n_ended > 0 || bs_player_get_state (watch->player) == BS_PLAYER_FAILED);
    }
    if (bs_player_get_state (watch->player) == BS_PLAYER_FAILED ||
        !bs_player_has_picture (watch->player))
      assert_one_sentence (bs_player_get_problem (watch->player), path);
  }
}

static void
test_a_clip_without_sound_plays (void)
{
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, &picture_only, picture_only_path);
  g_assert_cmpuint (bs_player_get_notices (watch->player)->len, ==, 0);
  g_assert_false (bs_player_has_sound (watch->player));
  g_assert_true (bs_player_has_picture (watch->player));
  bs_player_set_rate (watch->player, 2);
  bs_player_play (watch->player);
  test_await (watch->n_ended > 0);
  g_assert_cmpint (watch->number, ==, picture_only.n_frames - 1);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
test_a_clip_without_picture_plays_and_says_so (void)
{
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, NULL, sound_only_path);
  g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_PAUSED);
  g_assert_true (bs_player_has_sound (watch->player));
  g_assert_false (bs_player_has_picture (watch->player));
  g_assert_cmpint (bs_player_get_n_frames (watch->player), ==, 0);
  assert_one_sentence (bs_player_get_problem (watch->player), sound_only_path);

  bs_player_seek (watch->player, 600000000);
  test_await (bs_player_get_position_ns (watch->player) == 600000000);
  bs_player_step (watch->player, 3);
  bs_player_seek_frame (watch->player, 3);
  bs_player_play (watch->player);
  test_await (bs_player_get_position_ns (watch->player) > 600000000);
  bs_player_pause (watch->player);
  bs_player_play (watch->player);
  test_await (watch->n_ended > 0);
  g_assert_cmpint (bs_player_get_position_ns (watch->player), ==,
                   bs_player_get_duration_ns (watch->player));
  g_assert_cmpint (watch->n_frames, ==, 0);
  gint64 end = bs_player_get_position_ns (watch->player);
  bs_player_play (watch->player);
  test_await (bs_player_get_position_ns (watch->player) < end);
}

/* Devices *********************************************************************/

static void
test_a_sound_device_that_fails_is_no_error (void)
{
  g_autofree char *before = g_strdup (g_getenv ("BLENDSCOPE_AUDIO_SINK"));
  g_setenv ("BLENDSCOPE_AUDIO_SINK", "filesink location=/nowhere/at/all", TRUE);
  g_autoptr (TestWatch) watch = test_watch_new ();
  g_setenv ("BLENDSCOPE_AUDIO_SINK", before, TRUE);
  test_watch_open (watch, &whole, whole_path);
  g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_PAUSED);
  g_assert_null (bs_player_get_problem (watch->player));
  bs_player_seek_frame (watch->player, 40);
  bs_player_play (watch->player);
  test_await (watch->n_ended > 0);
  g_assert_cmpint (watch->number, ==, whole.n_frames - 1);
  test_watch_open (watch, &variable, variable_path);
  g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_PAUSED);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

/* Moments *********************************************************************/

static void
test_closing_while_loading_leaves_nothing_behind (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  for (int i = 0; i < 30; i++) {
    g_autoptr (TestWatch) watch = test_watch_new ();
    watch->clip = &variable;
    bs_player_open (watch->player, variable_path);
    bs_player_play (watch->player);
    for (int n = g_rand_int_range (random, 0, 40); n > 0; n--)
      g_main_context_iteration (NULL, FALSE);
    if (i % 3 == 0) {
      bs_player_close (watch->player);
      g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_EMPTY);
      g_assert_null (bs_player_get_frame (watch->player));
      test_watch_forget (watch);
      test_settle ();
      g_assert_cmpint (watch->n_frames, ==, 0);
      g_assert_cmpint (watch->n_loaded, ==, 0);
    } else if (i % 3 == 1) {
      watch->clip = &whole;
      bs_player_open (watch->player, whole_path);
      test_await (watch->n_loaded > 0 && watch->number >= 0);
    }
    g_assert_cmpint (watch->n_wrong, ==, 0);
  }
}

static void
test_of_clips_opened_in_a_row_the_last_stays (void)
{
  g_autoptr (TestWatch) watch = test_watch_new ();
  watch->clip = &whole;
  for (int i = 0; i < 40; i++)
    bs_player_open (watch->player, i % 2 ? whole_path : variable_path);
  test_await (watch->n_loaded > 0);
  test_settle ();
  g_assert_cmpint (watch->n_loaded, ==, 1);
  g_assert_cmpint (bs_player_get_n_frames (watch->player), ==, whole.n_frames);
  g_assert_cmpint (watch->number, ==, 0);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

/* Left at every stage of being opened, and at once taken up again. */
static void
test_clips_are_changed_at_any_moment (void)
{
  const Choice choices[] = { { &whole, whole_path },
                             { &picture_only, picture_only_path },
                             { &variable, variable_path },
                             { &webm, webm_path } };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (TestWatch) watch = test_watch_new ();
  for (int i = 0; i < 400; i++) {
    const Choice *choice = &choices[g_rand_int_range (random, 0, G_N_ELEMENTS (choices))];
    gint64 until = g_get_monotonic_time () + g_rand_int_range (random, 0, 120000);
    watch->clip = choice->clip;
    bs_player_open (watch->player, choice->path);
    if (g_rand_boolean (random))
      bs_player_play (watch->player);
    if (i % 20 == 19) {
      test_watch_forget (watch);
      test_await (watch->n_loaded > 0 && watch->number >= 0);
    }
    while (g_get_monotonic_time () < until)
      g_main_context_iteration (NULL, FALSE);
    g_assert_cmpint (watch->n_wrong, ==, 0);
  }
}

/* Thousands of wishes *********************************************************/

static void
wish (TestWatch *watch, GRand *random)
{
  const Choice choices[] = { { &whole, whole_path },
                             { &picture_only, picture_only_path },
                             { &variable, variable_path },
                             { &webm, webm_path } };
  BsPlayer *player = watch->player;
  int n = watch->clip->n_frames;
  gint64 end = bs_test_clip_frame_time (watch->clip, n);
  const Choice *choice;
  switch (g_rand_int_range (random, 0, 17)) {
  case 0:
    choice = &choices[g_rand_int_range (random, 0, G_N_ELEMENTS (choices))];
    watch->clip = choice->clip;
    bs_player_open (player, choice->path);
    break;
  case 1:
  case 2:
    bs_player_play (player);
    break;
  case 3:
    bs_player_pause (player);
    break;
  case 4:
    bs_player_set_rate (player, 0.25 * g_rand_int_range (random, 1, 9));
    break;
  case 5:
    bs_player_set_loop (player, end / 8, end / 8 + g_rand_int_range (random, 1, 900000000));
    break;
  case 6:
    bs_player_clear_loop (player);
    break;
  case 7:
    bs_player_set_max_size (player, g_rand_int_range (random, 60, 400),
                            g_rand_int_range (random, 60, 300));
    break;
  case 8:
    bs_player_set_volume (player, g_rand_double (random));
    bs_player_set_muted (player, g_rand_boolean (random));
    break;
  case 9:
  case 10:
  case 11:
    bs_player_seek (player, g_rand_double_range (random, -0.1, 1.5) * end);
    break;
  case 12:
  case 13:
    bs_player_seek_frame (player, g_rand_int_range (random, -3, n + 3));
    break;
  default:
    bs_player_step (player, g_rand_int_range (random, -12, 13));
    break;
  }
}

static void
test_the_last_of_thousands_of_wishes_is_right (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2000);
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, &whole, whole_path);
  for (int i = 1; i <= 2000; i++) {
    wish (watch, random);
    for (int n = g_rand_int_range (random, 0, 12); n > 0; n--)
      g_main_context_iteration (NULL, g_rand_int_range (random, 0, 8) == 0 &&
                                        bs_player_get_state (watch->player) == BS_PLAYER_PLAYING);
    if (i % 25 > 0)
      continue;
    int frame = g_rand_int_range (random, 0, watch->clip->n_frames);
    bs_player_pause (watch->player);
    bs_player_seek_frame (watch->player, frame);
    test_await (bs_player_get_frame_index (watch->player) == frame && watch->number == frame);
    g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_PAUSED);
    g_assert_cmpint (watch->n_wrong, ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("BLENDSCOPE_AUDIO_SINK", "fakesink sync=true", TRUE);
  g_test_init (&argc, &argv, NULL);
  folder = test_folder_new ();
  whole_path = make (&whole);
  picture_only_path = make (&picture_only);
  sound_only_path = make (&sound_only);
  variable_path = make (&variable);
  webm_path = make (&webm);

  g_test_add_func ("/player/unplayable", test_what_cannot_be_played_fails_with_one_sentence);
  g_test_add_func ("/player/breaks-off", test_a_clip_that_breaks_off_plays_as_far_as_it_goes);
  g_test_add_func ("/player/spoilt-bytes", test_a_clip_with_spoilt_bytes_does_not_block);
  g_test_add_func ("/player/no-sound", test_a_clip_without_sound_plays);
  g_test_add_func ("/player/no-picture", test_a_clip_without_picture_plays_and_says_so);
  g_test_add_func ("/player/failing-device", test_a_sound_device_that_fails_is_no_error);
  g_test_add_func ("/player/closing-while-loading",
                   test_closing_while_loading_leaves_nothing_behind);
  g_test_add_func ("/player/opened-in-a-row", test_of_clips_opened_in_a_row_the_last_stays);
  g_test_add_func ("/player/changed-at-any-moment", test_clips_are_changed_at_any_moment);
  g_test_add_func ("/player/thousands-of-wishes", test_the_last_of_thousands_of_wishes_is_right);
  int status = g_test_run ();
  test_folder_free (folder);
  return status;
}
