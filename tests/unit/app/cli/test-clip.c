/* SPDX-License-Identifier: MIT */
/* clip: the program itself on a clip whose frames carry their number. */
#include <cairo.h>

#include "tests/support/bs-test-cli.h"
#include "tests/support/bs-test-clip.h"

static const BsTestClip clip = { "numbered.mov", 5, 20, 25, 1, TRUE, 8, 320, 180, 1.0 };

static TestFolder *folder;
static const char *path;

static int
number_of (const char *still)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (still);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  BsFrame frame = { .width_px = cairo_image_surface_get_width (surface),
                    .height_px = cairo_image_surface_get_height (surface),
                    .stride = cairo_image_surface_get_stride (surface),
                    .pixels = cairo_image_surface_get_data (surface) };
  int number = bs_test_clip_read (&frame, clip.id);
  cairo_surface_destroy (surface);
  return number;
}

static void
test_clip_describes_a_file (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (CliResult) result = run_cli ("clip", path, "--format", "json", NULL);
  assert_done (&result);
  g_autoptr (cJSON) document = bs_json_parse (result.out, strlen (result.out), "clip", &error);
  g_assert_no_error (error);
  BsJson root = bs_json_root (document, "clip"), times, time, notices;
  const struct {
    const char *key;
    int value;
  } facts[] = { { "n_frames", 20 }, { "width", 320 }, { "height", 180 }, { "rotation", 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++) {
    int value = -1;
    g_assert_true (bs_json_get_int (&root, facts[i].key, &value, &error));
    g_assert_cmpint (value, ==, facts[i].value);
  }
  double sound_s = 0, at = -1;
  g_assert_true (bs_json_get_double (&root, "sound_s", &sound_s, &error));
  g_assert_cmpfloat_with_epsilon (sound_s, 1.0, 0.05);
  g_assert_true (bs_json_get_array (&root, "notices", &notices, &error));
  g_assert_cmpuint (bs_json_length (&notices), ==, 0);
  g_assert_true (bs_json_get_array (&root, "times_s", &times, &error));
  g_assert_cmpuint (bs_json_length (&times), ==, 20);
  gboolean more = bs_json_first (&times, &time);
  for (int i = 0; more; i++, more = bs_json_next (&time)) {
    g_assert_true (bs_json_double (&time, &at, &error));
    g_assert_cmpfloat_with_epsilon (at, i * 0.04, 1e-6);
  }
}

static void
test_clip_saves_the_frame_at_an_index (void)
{
  static const char *const ways[] = { "seek", "back", "forward" };
  const char *still = test_folder_path (folder, "still.png");
  for (gsize way = 0; way < G_N_ELEMENTS (ways); way++)
    for (int i = 0; i < clip.n_frames; i += 6) {
      g_autofree char *index = g_strdup_printf ("%d", i);
      g_auto (CliResult) result =
        run_cli ("clip", path, "--frame", index, "--way", ways[way], "--out", still, NULL);
      assert_done (&result);
      g_assert_cmpint (number_of (still), ==, i);
    }
}

static void
test_clip_refuses_with_one_line (void)
{
  const char *still = test_folder_path (folder, "none.png");
  const char *text = test_folder_write (folder, "text.mov", "filename,ang\n");
  g_auto (CliResult) beyond = run_cli ("clip", path, "--frame", "20", "--out", still, NULL);
  assert_ended (&beyond, 1, "numbered.mov: there is no frame 20, expected 0 to 19");
  g_assert_false (g_file_test (still, G_FILE_TEST_EXISTS));
  g_auto (CliResult) no_clip = run_cli ("clip", text, NULL);
  assert_ended (&no_clip, 1, "text.mov: ");
  g_auto (CliResult) no_file = run_cli ("clip", "/nowhere/at/all.mov", NULL);
  assert_ended (&no_file, 1, "all.mov: the file does not exist");
  g_auto (CliResult) negative = run_cli ("clip", path, "--frame", "-1", "--out", still, NULL);
  assert_ended (&negative, 2, "--frame -1");
  g_auto (CliResult) way = run_cli ("clip", path, "--frame", "1", "--way", "up", NULL);
  assert_ended (&way, 2, "--way up: expected seek, back or forward");
  g_auto (CliResult) nowhere = run_cli ("clip", path, "--frame", "1", NULL);
  assert_ended (&nowhere, 2, "--out");
  g_auto (CliResult) nothing = run_cli ("clip", NULL);
  assert_ended (&nothing, 2, "a word is missing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = test_folder_new ();
  g_free (bs_test_clip_make (&clip, folder->path));
  path = test_folder_path (folder, clip.name);
  g_test_add_func ("/clip/describes", test_clip_describes_a_file);
  g_test_add_func ("/clip/stills", test_clip_saves_the_frame_at_an_index);
  g_test_add_func ("/clip/refuses", test_clip_refuses_with_one_line);
  int status = g_test_run ();
  test_folder_free (folder);
  return status;
}
