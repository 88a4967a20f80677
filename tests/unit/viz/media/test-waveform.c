/* SPDX-License-Identifier: MIT */
/* The outline of a sound that is known, and of clips that have none. */
#include <gst/gst.h>

#include "tests/support/bs-test-clip.h"
#include "tests/support/bs-test-folder.h"
#include "viz/media/bs-media-error.h"
#include "viz/media/bs-waveform.h"

#define N_COLUMNS 40

static TestFolder *folder;

static const char *
make (const BsTestClip *clip)
{
  g_free (bs_test_clip_make (clip, folder->path));
  return test_folder_path (folder, clip->name);
}

static void
test_a_sine_is_as_high_as_it_is_loud (void)
{
  static const BsTestClip clip = { "sine.webm", 1, 10, 25, 1, FALSE, 10, 160, 90, 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BsWaveform) sine = bs_waveform_new (make (&clip), N_COLUMNS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sine->n, ==, N_COLUMNS);
  g_assert_cmpfloat_with_epsilon (sine->duration_s, clip.sound_s, .05);
  for (gsize i = 1; i + 1 < sine->n; i++) {
    g_assert_cmpfloat_with_epsilon (sine->high[i], .5, .05);
    g_assert_cmpfloat_with_epsilon (sine->low[i], -.5, .05);
  }
}

/* A second of silence, then one of a square of a quarter's height, without loss. */
static const char *
make_half_silent (void)
{
  enum { RATE = 8000, N = 2 * RATE };
  static guint16 samples[N];
  for (int i = RATE; i < N; i++)
    samples[i] = GUINT16_TO_LE ((guint16) (i % 20 < 10 ? 8192 : -8192));
  const char *raw = test_folder_write_bytes (folder, "half.raw", samples, sizeof samples);
  const char *path = test_folder_path (folder, "half.mkv");
  g_autoptr (GError) error = NULL;
  g_autofree char *chain = g_strdup_printf (
    "filesrc location=\"%s\" ! rawaudioparse sample-rate=8000 num-channels=1 pcm-format=s16le ! "
    "matroskamux ! filesink location=\"%s\"",
    raw, path);
  gst_init (NULL, NULL);
  GstElement *pipeline = gst_parse_launch (chain, &error);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message =
    gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return path;
}

static void
test_silence_is_flat_and_loudness_stands_where_it_is (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsWaveform) half = bs_waveform_new (make_half_silent (), N_COLUMNS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (half->duration_s, 2, 1e-3);
  for (gsize i = 0; i < half->n; i++) {
    double loud = i < N_COLUMNS / 2 ? 0 : .25;
    g_assert_cmpfloat_with_epsilon (half->high[i], loud, 1e-4);
    g_assert_cmpfloat_with_epsilon (half->low[i], -loud, 1e-4);
  }
}

static void
assert_fails (const char *path, BsMediaError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (BsWaveform) none = bs_waveform_new (path, N_COLUMNS, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, BS_MEDIA_ERROR, (int) code);
  g_assert_true (g_str_has_prefix (error->message, name));
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_what_has_no_sound_says_why (void)
{
  static const BsTestClip silent = { "silent.mov", 2, 10, 25, 1, FALSE, 10, 160, 90, 0 };
  assert_fails (make (&silent), BS_MEDIA_ERROR_MISSING, "the clip has no sound");
  assert_fails (test_folder_path (folder, "missing.mov"), BS_MEDIA_ERROR_MISSING, "does not exist");
  assert_fails (test_folder_write (folder, "text.mov", "filename,ang,disg\nA1,0.2,0.8\n"),
                BS_MEDIA_ERROR_DAMAGED, "is not a clip that can be read");
  assert_fails (test_folder_write (folder, "empty.mov", ""), BS_MEDIA_ERROR_DAMAGED, "is empty");
}

static void
test_a_clip_without_picture_has_an_outline (void)
{
  static const BsTestClip voice = { "voice.mov", 3, 0, 25, 1, FALSE, 25, 160, 90, 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BsWaveform) outline = bs_waveform_new (make (&voice), N_COLUMNS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (outline->high[N_COLUMNS / 2], .5, .05);
}

static void
test_who_gives_up_hears_no_more (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (bs_waveform_new (make_half_silent (), N_COLUMNS, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = test_folder_new ();
  g_test_add_func ("/waveform/sine", test_a_sine_is_as_high_as_it_is_loud);
  g_test_add_func ("/waveform/silence", test_silence_is_flat_and_loudness_stands_where_it_is);
  g_test_add_func ("/waveform/no-sound", test_what_has_no_sound_says_why);
  g_test_add_func ("/waveform/no-picture", test_a_clip_without_picture_has_an_outline);
  g_test_add_func ("/waveform/cancelled", test_who_gives_up_hears_no_more);
  int status = g_test_run ();
  test_folder_free (folder);
  return status;
}
