/* SPDX-License-Identifier: MIT */
/* The player alone, without a window: exact seeks from place to place, and how many frames of
 * 1080p at 50 a second reach its listener. Peers: a program of a hundred lines around playbin on
 * two cores, whose figures are the limits. */
#include "tests/bench/bench.h"

#include "tests/support/bs-test-clip.h"
#include "tests/support/bs-test-folder.h"
#include "viz/media/bs-player.h"

#define N_SEEKS 40

/* 1280 x 720, as the window asks for them. */
#define WIDTH_PX 1280
#define HEIGHT_PX 720

typedef struct {
  BsTestClip clip;
  const char *what;
  double median_ms, p95_ms;
} Case;

static const Case cases[] = {
  { { "small.mov", 1, 100, 25, 1, FALSE, 25, 640, 360, 4 }, "640x360@25, key every 25", 12, 18 },
  { { "large.mov", 2, 200, 50, 1, FALSE, 50, 1920, 1080, 4 }, "1080p50, key every 50", 73, 126 },
};

static int n_frames, n_ended;

static void
frame_cb (BsPlayer *player, BsFrame *frame, gpointer data)
{
  n_frames++;
}

static void
ended_cb (BsPlayer *player, gpointer data)
{
  n_ended++;
}

static void
go_to (BsPlayer *player, int frame)
{
  bs_player_seek_frame (player, frame);
  while (bs_player_get_frame_index (player) != frame)
    g_main_context_iteration (NULL, TRUE);
}

static void
bench_seeks (BsPlayer *player, const Case *self)
{
  double times[N_SEEKS];
  g_autoptr (GRand) random = g_rand_new_with_seed (40);
  g_autofree char *median = g_strdup_printf ("seek %s, median", self->what);
  g_autofree char *p95 = g_strdup_printf ("seek %s, 95th of 100", self->what);
  for (int i = 0; i < N_SEEKS; i++) {
    int frame = g_rand_int_range (random, 0, self->clip.n_frames);
    double start = bench_now_us ();
    go_to (player, frame);
    times[i] = bench_now_us () - start;
  }
  qsort (times, N_SEEKS, sizeof *times, bench_compare);
  bench_report (median, times[N_SEEKS / 2], self->median_ms * 1000);
  bench_report (p95, times[N_SEEKS * 95 / 100], self->p95_ms * 1000);
}

static void
bench_playing (BsPlayer *player, const Case *self)
{
  go_to (player, 0);
  n_frames = n_ended = 0;
  double start = bench_now_us ();
  bs_player_play (player);
  while (n_ended == 0)
    g_main_context_iteration (NULL, TRUE);
  /* The first one stood before. */
  printf ("%s: %d of %d frames delivered in %.2f s\n", self->what, n_frames + 1,
          self->clip.n_frames, (bench_now_us () - start) / 1e6);
}

static void
bench_case (const Case *self, const char *folder)
{
  g_autofree char *path = bs_test_clip_make (&self->clip, folder);
  g_autoptr (BsPlayer) player = bs_player_new ();
  g_signal_connect (player, "frame", G_CALLBACK (frame_cb), NULL);
  g_signal_connect (player, "ended", G_CALLBACK (ended_cb), NULL);
  bs_player_set_max_size (player, WIDTH_PX, HEIGHT_PX);
  double start = bench_now_us ();
  bs_player_open (player, path);
  while (bs_player_get_n_frames (player) == 0 || bs_player_get_frame_index (player) != 0)
    g_main_context_iteration (NULL, TRUE);
  printf ("%s: first frame and index after %.0f ms\n", self->what, (bench_now_us () - start) / 1e3);
  bench_seeks (player, self);
  bench_playing (player, self);
}

int
main (void)
{
  g_setenv ("BLENDSCOPE_AUDIO_SINK", "fakesink sync=true", TRUE);
  TestFolder *folder = test_folder_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    bench_case (&cases[i], folder->path);
  test_folder_free (folder);
  return 0;
}
