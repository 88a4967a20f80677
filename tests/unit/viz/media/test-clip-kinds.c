/* SPDX-License-Identifier: MIT */
/* Clips as people have them: whatever container and encoder did to them, every frame is reached by
 * every way, none torn, none another's. */
#include <gst/gst.h>

#include "tests/support/bs-test-boxes.h"
#include "tests/support/bs-test-folder.h"
#include "tests/support/bs-test-watch.h"
#include "viz/media/bs-waveform.h"

#define X264 "x264enc speed-preset=superfast pass=quant quantizer=18 threads=1 "
#define CLOSED X264 "bframes=3 b-adapt=false key-int-max=12"
#define OPEN X264 "bframes=3 b-adapt=false key-int-max=12 option-string=open-gop=1:scenecut=0"
#define X265                                                                          \
  "x265enc speed-preset=superfast key-int-max=12 option-string=open-gop=1:bframes=3:" \
  "b-adapt=0:scenecut=0:log-level=none:pools=none:frame-threads=1:crf=18 ! h265parse"
#define VP9 "vp9enc deadline=1 cpu-used=8 target-bitrate=2000000 keyframe-max-dist=12"
#define VP8 "vp8enc deadline=1 cpu-used=8 target-bitrate=2000000 keyframe-max-dist=12"

#define N_FRAMES 40
#define FRAME_S 0.04

static TestFolder *folder;

/* Which frames a clip shows: stretches of numbers. */
typedef struct {
  int first, n;
} Run;

static int
number_at (const Run *runs, int index)
{
  for (; runs->n > 0 && index >= runs->n; runs++)
    index -= runs->n;
  return runs->n > 0 ? runs->first + index : -1;
}

static int
length_of (const Run *runs)
{
  int n = 0;
  for (; runs->n > 0; runs++)
    n += runs->n;
  return n;
}

static void
must_show (TestWatch *watch, const Run *runs, int index)
{
  test_await (bs_player_get_frame_index (watch->player) == index);
  if (watch->number != number_at (runs, index))
    g_error ("%s: frame %d shows %d", watch->clip->name, index, watch->number);
}

static void
open_clip (TestWatch *watch, const BsTestClip *clip, const char *path)
{
  test_watch_open (watch, clip, path);
  if (bs_player_get_state (watch->player) == BS_PLAYER_FAILED)
    g_error ("%s", bs_player_get_problem (watch->player));
}

static void
check_every_frame (const BsTestClip *clip, const char *path, const Run *runs)
{
  g_autoptr (TestWatch) watch = test_watch_new ();
  int n = length_of (runs);
  watch->is_edited = TRUE;
  open_clip (watch, clip, path);
  g_assert_cmpint (bs_player_get_n_frames (watch->player), ==, n);
  must_show (watch, runs, 0);
  for (int i = 1; i < n; i++) {
    bs_player_step (watch->player, 1);
    must_show (watch, runs, i);
  }
  for (int i = n - 2; i >= 0; i--) {
    bs_player_step (watch->player, -1);
    must_show (watch, runs, i);
  }
  for (int i = 0; i < n; i++) {
    /* Thirteen has no part with any length here, so that each comes once. */
    int index = (int) ((gint64) i * 13 % n);
    bs_player_seek_frame (watch->player, index);
    must_show (watch, runs, index);
  }
}

static void
check_sound (const char *path, double seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsWaveform) sound = bs_waveform_new (path, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (sound->sound_s, seconds, 0.002);
}

static char *
first_notice (const char *path)
{
  g_autoptr (TestWatch) watch = test_watch_new ();
  open_clip (watch, NULL, path);
  const GPtrArray *notices = bs_player_get_notices (watch->player);
  return notices->len > 0 ? g_strdup (g_ptr_array_index (notices, 0)) : NULL;
}

/* Edit lists ******************************************************************/

typedef struct {
  const char *name;
  BsTestClip clip;
  TestEdit picture[3], sound[3];
  guint n_picture, n_sound;
  gboolean wide;
  Run runs[3];
  double sound_s;
  double first_s;
} EditCase;

#define EDITED(name, encoder)                                          \
  {                                                                    \
    name, 7, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 1.6, encoder, "qtmux" \
  }
#define INTRA "jpegenc quality=95"

static const EditCase edit_cases[] = {
  { "late",
    EDITED ("late.mov", CLOSED),
    { { 1.0, 0.58, 1 } },
    { { 1.0, 0.58, 1 } },
    1,
    1,
    FALSE,
    { { 15, 25 } },
    1.0,
    0.02 },
  { "late-wide",
    EDITED ("late-wide.mp4", CLOSED),
    { { 1.0, 0.6, 1 } },
    { { 1.0, 0.6, 1 } },
    1,
    1,
    TRUE,
    { { 15, 25 } },
    1.0,
    0 },
  { "late-intra",
    EDITED ("late-intra.mov", INTRA),
    { { 0.8, 0.4, 1 } },
    { { 0.8, 0.4, 1 } },
    1,
    1,
    FALSE,
    { { 10, 20 } },
    0.8,
    0 },
  { "pieces",
    EDITED ("pieces.mov", CLOSED),
    { { 0.4, 0.2, 1 }, { 0.4, 1.0, 1 } },
    { { 0.4, 0.2, 1 }, { 0.4, 1.0, 1 } },
    2,
    2,
    FALSE,
    { { 5, 10 }, { 25, 10 } },
    0.8,
    0 },
  { "backwards",
    EDITED ("backwards.mp4", OPEN),
    { { 0.4, 1.0, 1 }, { 0.4, 0.2, 1 } },
    { { 0.4, 1.0, 1 }, { 0.4, 0.2, 1 } },
    2,
    2,
    FALSE,
    { { 25, 10 }, { 5, 10 } },
    0.8,
    0 },
  { "gap",
    EDITED ("gap.mov", CLOSED),
    { { 0.4, 0, 1 }, { 0.4, -1, 1 }, { 0.4, 0.8, 1 } },
    { { 1.2, 0, 1 } },
    3,
    1,
    FALSE,
    { { 0, 10 }, { 20, 10 } },
    1.2,
    0 },
  { "gap-intra",
    EDITED ("gap-intra.mov", INTRA),
    { { 0.4, 0, 1 }, { 0.4, -1, 1 }, { 0.4, 0.8, 1 } },
    { { 0.4, 0, 1 }, { 0.4, -1, 1 }, { 0.4, 0.8, 1 } },
    3,
    3,
    TRUE,
    { { 0, 10 }, { 20, 10 } },
    0.8,
    0 },
  { "empty-start",
    EDITED ("empty-start.mov", CLOSED),
    { { 5, -1, 1 }, { 1.6, 0, 1 } },
    { { 5, -1, 1 }, { 1.6, 0, 1 } },
    2,
    2,
    FALSE,
    { { 0, 40 } },
    1.6,
    0 },
  { "late-picture",
    EDITED ("late-picture.mp4", CLOSED),
    { { 5.5, -1, 1 }, { 1.2, 0, 1 } },
    { { 5, -1, 1 }, { 1.5, 0, 1 } },
    2,
    2,
    FALSE,
    { { 0, 30 } },
    1.5,
    0.5 },
};

static void
test_edit_lists_are_carried_out (gconstpointer data)
{
  const EditCase *self = data;
  g_autofree char *path = bs_test_clip_make (&self->clip, folder->path);
  bs_test_boxes_set_edits (path, "vide", self->picture, self->n_picture, self->wide);
  bs_test_boxes_set_edits (path, "soun", self->sound, self->n_sound, self->wide);
  check_every_frame (&self->clip, path, self->runs);
  check_sound (path, self->sound_s);
  g_autofree char *notice = first_notice (path);
  g_assert_cmpstr (notice, ==, NULL);
  g_autoptr (TestWatch) watch = test_watch_new ();
  open_clip (watch, &self->clip, path);
  g_assert_cmpint (
    ABS (bs_player_get_frame_time_ns (watch->player, 0) - (gint64) (self->first_s * 1e9)), <,
    1000000);
}

static void
test_an_edit_list_at_another_speed_is_refused (void)
{
  static const BsTestClip clip = EDITED ("fast.mov", CLOSED);
  static const TestEdit fast = { 0.8, 0, 2 };
  g_autofree char *path = bs_test_clip_make (&clip, folder->path);
  bs_test_boxes_set_edits (path, "vide", &fast, 1, FALSE);
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, &clip, path);
  g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_FAILED);
  g_assert_nonnull (strstr (bs_player_get_problem (watch->player), "speed 2"));
}

static void
test_an_edit_list_that_promises_too_much_is_told (void)
{
  static const BsTestClip clip = EDITED ("promise.mov", CLOSED);
  static const TestEdit long_edit = { 3, 0, 1 };
  g_autofree char *path = bs_test_clip_make (&clip, folder->path);
  bs_test_boxes_set_edits (path, "vide", &long_edit, 1, FALSE);
  g_autofree char *notice = first_notice (path);
  g_assert_nonnull (notice);
  g_assert_nonnull (strstr (notice, "promises 3.00 s of picture, 1.60 s"));
}

/* Encoders and containers *******************************************************/

static const BsTestClip whole_cases[] = {
  { "open.mov", 11, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 1.6, OPEN, "qtmux" },
  { "open.mp4", 12, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 0, OPEN, "mp4mux" },
  { "open-hevc.mov", 13, N_FRAMES, 30000, 1001, TRUE, 12, 160, 96, 1.6, X265, "qtmux" },
  { "open-hevc.mp4", 14, N_FRAMES, 25, 1, TRUE, 12, 160, 96, 0, X265, "mp4mux" },
  { "open.mkv", 15, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 0, OPEN, "matroskamux" },
  { "fragments.mp4", 16, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 1.6, CLOSED,
    "mp4mux fragment-duration=400" },
  { "fragments-open.mov", 17, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 0, OPEN,
    "qtmux fragment-duration=300" },
  { "live.webm", 18, N_FRAMES, 25, 1, FALSE, 12, 160, 90, 1.6, VP9, "webmmux streamable=true" },
  { "live.mkv", 19, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 1.6, CLOSED,
    "matroskamux streamable=true" },
  { "late.mkv", 20, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 0, CLOSED, "matroskamux", 10 },
  { "late.webm", 21, N_FRAMES, 25, 1, FALSE, 12, 160, 90, 0, VP8, "webmmux", 10 },
  { "late.ts", 22, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 1.6, CLOSED, "mpegtsmux" },
  { "pairs.mkv", 23, N_FRAMES, 25, 1, FALSE, 12, 160, 90, 0, X264 "key-int-max=12", "matroskamux",
    0, TRUE },
  { "pairs.webm", 24, N_FRAMES, 25, 1, FALSE, 12, 160, 90, 0, VP8, "webmmux", 0, TRUE },
  { "b-frames.avi", 25, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 0,
    X264 "bframes=2 b-adapt=false key-int-max=12 byte-stream=true", "avimux" },
  { "theora.ogv", 26, N_FRAMES, 25, 1, FALSE, 12, 160, 96, 0,
    "theoraenc quality=60 keyframe-force=12", "oggmux" },
};

static void
test_every_frame_is_reached (gconstpointer data)
{
  const BsTestClip *clip = data;
  const Run all[] = { { 0, N_FRAMES }, { 0, 0 } };
  g_autofree char *path = bs_test_clip_make (clip, folder->path);
  check_every_frame (clip, path, all);
  g_autofree char *notice = first_notice (path);
  g_assert_cmpstr (notice, ==, NULL);
  g_autoptr (TestWatch) watch = test_watch_new ();
  open_clip (watch, clip, path);
  /* What begins late begins here at once. */
  g_assert_cmpint (bs_player_get_frame_time_ns (watch->player, 0), <, GST_SECOND / 5);
  g_assert_cmpint (bs_player_get_duration_ns (watch->player), <, 2 * GST_SECOND);
}

/* Containers of cameras, telephones and older computers. */
static const BsTestClip kind_cases[] = {
  { "kind.wmv", 61, N_FRAMES, 25, 1, FALSE, 12, 160, 96, 0,
    "avenc_wmv2 bitrate=4000000 gop-size=12", "asfmux" },
  { "kind.mpg", 62, N_FRAMES, 25, 1, TRUE, 12, 160, 96, 0,
    "mpeg2enc quantisation=2 ! mpegvideoparse", "mpegpsmux" },
  { "kind.mpg2", 63, N_FRAMES, 25, 1, TRUE, 12, 160, 96, 0, "mpeg2enc format=3 quantisation=2",
    "identity" },
  { "kind.m2ts", 64, N_FRAMES, 25, 1, TRUE, 12, 160, 96, 1.6, CLOSED, "mpegtsmux m2ts-mode=true" },
  { "kind.3gp", 65, N_FRAMES, 25, 1, TRUE, 12, 160, 96, 1.6, CLOSED, "3gppmux" },
};

/* The first element of a description that is not installed; NULL where all are. */
static char *
find_lacking (const char *description)
{
  g_auto (GStrv) elements = g_strsplit (description, "!", -1);
  for (guint i = 0; elements[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (g_strstrip (elements[i]), " ", 2);
    g_autoptr (GstElementFactory) factory = gst_element_factory_find (words[0]);
    if (factory == NULL)
      return g_strdup (words[0]);
  }
  return NULL;
}

static void
test_every_frame_of_a_kind_is_reached (gconstpointer data)
{
  const BsTestClip *clip = data;
  g_autofree char *all = g_strdup_printf ("%s ! %s", clip->encoder, clip->muxer);
  g_autofree char *lacking = find_lacking (all);
  if (lacking != NULL) {
    g_autofree char *why =
      g_strdup_printf ("%s is not installed: %s was NOT made and NOT played", lacking, clip->name);
    g_test_skip (why);
    return;
  }
  test_every_frame_is_reached (clip);
}

/* Cut files *******************************************************************/

static const BsTestClip cut_cases[] = {
  { "cut.mkv", 31, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 1.6, CLOSED, "matroskamux" },
  { "cut-live.mkv", 32, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 0, CLOSED,
    "matroskamux streamable=true" },
  { "cut.webm", 33, N_FRAMES, 25, 1, FALSE, 12, 160, 90, 0, VP8, "webmmux" },
  { "cut.avi", 34, N_FRAMES, 25, 1, FALSE, 12, 160, 90, 0, INTRA, "avimux" },
  { "cut.mp4", 35, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 0, CLOSED, "mp4mux faststart=true" },
  { "cut-fragments.mp4", 36, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 0, CLOSED,
    "mp4mux fragment-duration=400" },
  { "cut.ogv", 37, N_FRAMES, 25, 1, FALSE, 12, 160, 96, 0, "theoraenc quality=60 keyframe-force=12",
    "oggmux" },
  { "cut.ts", 38, N_FRAMES, 25, 1, TRUE, 12, 160, 90, 0, CLOSED, "mpegtsmux" },
};

static void
test_a_cut_file_is_noticed (gconstpointer data)
{
  const BsTestClip *clip = data;
  g_autofree char *whole = bs_test_clip_make (clip, folder->path);
  g_autofree char *bytes = NULL;
  gsize size;
  g_autofree char *name = g_strdup_printf ("short-%s", clip->name);
  g_autofree char *at_first = first_notice (whole);
  g_assert_cmpstr (at_first, ==, NULL);
  g_assert_true (g_file_get_contents (whole, &bytes, &size, NULL));
  const char *path = test_folder_write_bytes (folder, name, bytes, size * 6 / 10 / 188 * 188 + 50);
  g_autofree char *notice = first_notice (path);
  g_assert_nonnull (notice);
  g_assert_true (g_str_has_prefix (notice, "The file is incomplete"));
  g_autoptr (TestWatch) watch = test_watch_new ();
  open_clip (watch, clip, path);
  g_assert_cmpint (bs_player_get_n_frames (watch->player), >, 5);
  g_assert_cmpint (bs_player_get_n_frames (watch->player), <, N_FRAMES);
  bs_player_seek_frame (watch->player, 4);
  test_await (bs_player_get_frame_index (watch->player) == 4);
  g_assert_cmpint (watch->number, ==, 4);
}

/* Turned pictures ***************************************************************/

typedef struct {
  const char *name;
  int a, b, c, d;
  int degrees;
  gboolean mirrored;
} Turn;

static const Turn turns[] = {
  { "upright", 1, 0, 0, 1, 0, FALSE },   { "right", 0, 1, -1, 0, 90, FALSE },
  { "over", -1, 0, 0, -1, 180, FALSE },  { "left", 0, -1, 1, 0, 270, FALSE },
  { "mirrored", -1, 0, 0, 1, 0, TRUE },  { "upside-down", 1, 0, 0, -1, 180, TRUE },
  { "diagonal", 0, 1, 1, 0, 270, TRUE }, { "other-diagonal", 0, -1, -1, 0, 90, TRUE },
};

/* Fetches each pixel of the picture as it was coded from where the matrix puts it. */
static int
read_turned (const BsFrame *shown, const Turn *turn, int id)
{
  gboolean lies = turn->a == 0;
  int width = lies ? shown->height_px : shown->width_px;
  int height = lies ? shown->width_px : shown->height_px;
  g_autofree guint8 *pixels = g_malloc ((gsize) width * height * 4);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      int to_x = turn->a * x + turn->c * y, to_y = turn->b * x + turn->d * y;
      to_x += turn->a < 0 || turn->c < 0 ? shown->width_px - 1 : 0;
      to_y += turn->b < 0 || turn->d < 0 ? shown->height_px - 1 : 0;
      memcpy (pixels + ((gsize) y * width + x) * 4,
              shown->pixels + (gsize) to_y * shown->stride + (gsize) to_x * 4, 4);
    }
  BsFrame frame = { .width_px = width, .height_px = height, .stride = width * 4, .pixels = pixels };
  return bs_test_clip_read (&frame, id);
}

static void
test_pictures_are_turned_upright (gconstpointer data)
{
  const Turn *turn = data;
  g_autofree char *name = g_strdup_printf ("%s.mov", turn->name);
  const BsTestClip clip = { name, 41, 12, 25, 1, FALSE, 4, 160, 90, 0, CLOSED, "qtmux" };
  g_autofree char *path = bs_test_clip_make (&clip, folder->path);
  gboolean mirrored = FALSE;
  bs_test_boxes_set_matrix (path, turn->a, turn->b, turn->c, turn->d);
  g_autoptr (TestWatch) watch = test_watch_new ();
  open_clip (watch, NULL, path);
  bs_player_seek_frame (watch->player, 7);
  test_await (bs_player_get_frame_index (watch->player) == 7);
  BsFrame *frame = bs_player_get_frame (watch->player);
  g_assert_cmpint (frame->width_px, ==, turn->a == 0 ? 90 : 160);
  g_assert_cmpint (frame->height_px, ==, turn->a == 0 ? 160 : 90);
  g_assert_cmpint (read_turned (frame, turn, clip.id), ==, 7);
  g_assert_cmpint (bs_player_get_orientation (watch->player, &mirrored), ==, turn->degrees);
  g_assert_cmpint (mirrored, ==, turn->mirrored);
  /* Smaller, too. */
  bs_player_set_max_size (watch->player, 64, 64);
  test_await (MAX (bs_player_get_frame (watch->player)->width_px,
                   bs_player_get_frame (watch->player)->height_px) == 64);
  g_assert_cmpint (read_turned (bs_player_get_frame (watch->player), turn, clip.id), ==, 7);
}

/* Colours *********************************************************************/

static const BsTestClip full_cases[] = {
  { "full.mkv", 45, 12, 25, 1, FALSE, 4, 160, 90, 0, CLOSED, "matroskamux", 0, FALSE, "1:4:0:0" },
  { "full.mts", 46, 12, 25, 1, FALSE, 4, 160, 90, 0, CLOSED, "mpegtsmux", 0, FALSE, "1:4:0:0" },
};

/* In the middle of a block, as coding blurs the edges. */
static void
find_extremes (const BsFrame *frame, int *darkest, int *brightest)
{
  *darkest = 255;
  *brightest = 0;
  for (int row = 0; row < 4; row++)
    for (int column = 0; column < 8; column++) {
      int x = (2 * column + 1) * frame->width_px / 16, y = (2 * row + 1) * frame->height_px / 8;
      int green = frame->pixels[(gsize) y * frame->stride + (gsize) x * 4 + 1];
      *darkest = MIN (*darkest, green);
      *brightest = MAX (*brightest, green);
    }
}

static void
check_full_range (const BsTestClip *clip, const char *path)
{
  int darkest, brightest;
  g_autoptr (TestWatch) watch = test_watch_new ();
  open_clip (watch, clip, path);
  g_assert_cmpint (watch->number, ==, 0);
  find_extremes (bs_player_get_frame (watch->player), &darkest, &brightest);
  g_assert_cmpint (ABS (darkest - 16), <=, 3);
  g_assert_cmpint (ABS (brightest - 235), <=, 3);
}

static void
test_full_range_is_kept (gconstpointer data)
{
  g_autofree char *path = bs_test_clip_make (data, folder->path);
  check_full_range (data, path);
}

/* The stream knows the range and nothing else, the container nothing. */
#define FULL_ALONE                                                                             \
  "x265enc speed-preset=superfast key-int-max=12 "                                             \
  "option-string=range=full:colormatrix=unknown:transfer=unknown:colorprim=unknown:log-level=" \
  "none:pools=none:frame-threads=1:crf=18 ! h265parse"

static const BsTestClip full_alone_cases[] = {
  { "full-alone.mov", 55, 12, 25, 1, FALSE, 4, 160, 96, 0, FULL_ALONE, "qtmux" },
  { "full-alone.mkv", 56, 12, 25, 1, FALSE, 4, 160, 96, 0, FULL_ALONE, "matroskamux" },
  { "full-alone-hd.mp4", 57, 4, 25, 1, FALSE, 4, 1280, 720, 0, FULL_ALONE, "mp4mux" },
};

static void
test_full_range_without_matrix_is_kept (gconstpointer data)
{
  g_autofree char *path = bs_test_clip_make (data, folder->path);
  bs_test_boxes_hide_colours (path);
  check_full_range (data, path);
}

typedef struct {
  BsTestClip clip;
  const char *kind;
  gboolean in_stream_alone;
} BrightCase;

#define BRIGHT(name, id, encoder, muxer, colours)                               \
  {                                                                             \
    name, id, 8, 25, 1, FALSE, 4, 160, 96, 0, encoder, muxer, 0, FALSE, colours \
  }

static const BrightCase bright_cases[] = {
  { BRIGHT ("pq.mov", 48, CLOSED, "qtmux", "bt2100-pq"), "PQ", FALSE },
  { BRIGHT ("hlg.mkv", 49, CLOSED, "matroskamux", "bt2100-hlg"), "HLG", FALSE },
  { BRIGHT ("pq-stream.mp4", 50, CLOSED, "mp4mux", "bt2100-pq"), "PQ", TRUE },
  { BRIGHT ("hlg-stream.mkv", 51, CLOSED, "matroskamux", "bt2100-hlg"), "HLG", TRUE },
  { BRIGHT ("pq-stream-hevc.mkv", 52, X265, "matroskamux", "bt2100-pq"), "PQ", TRUE },
  { BRIGHT ("hlg-stream-hevc.mov", 53, X265, "qtmux", "bt2100-hlg"), "HLG", TRUE },
  { BRIGHT ("usual-stream.mp4", 54, CLOSED, "mp4mux", "bt709"), NULL, TRUE },
};

static void
test_what_is_made_for_bright_screens_is_said (gconstpointer data)
{
  const BrightCase *self = data;
  g_autofree char *path = bs_test_clip_make (&self->clip, folder->path);
  if (self->in_stream_alone)
    bs_test_boxes_hide_colours (path);
  g_autofree char *notice = first_notice (path);
  if (self->kind == NULL) {
    g_assert_cmpstr (notice, ==, NULL);
    return;
  }
  g_autofree char *said = g_strdup_printf ("(HDR, %s)", self->kind);
  g_assert_nonnull (notice);
  g_assert_nonnull (strstr (notice, said));
}

/* Clips that others made ********************************************************/

typedef struct {
  BsTestClip clip;
  Run runs[3];
  double sound_s; /* negative where it is not known */
} OthersCase;

static const OthersCase others[] = {
  { { "trimkeep.mov", 30 }, { { 100, 150 } }, 3 },
  { { "cut.mov", 1 }, { { 13, 47 } }, 1.9 },
  { { "e_start.mov", 1 }, { { 25, 35 } }, 1.4 },
  { { "e_cut.mov", 1 }, { { 10, 15 }, { 40, 15 } }, 1.2 },
  { { "h264open.mov", 32 }, { { 0, 60 } }, -1 },
  { { "hevc_tc.mov", 9 }, { { 0, 48 } }, 1.6 },
  { { "frag.mp4", 1 }, { { 0, 60 } }, -1 },
  { { "live.webm", 17 }, { { 0, 50 } }, -1 },
  { { "start10.mp4", 1 }, { { 0, 60 } }, -1 },
  { { "start10.mkv", 1 }, { { 0, 60 } }, -1 },
  { { "duppts.mkv", 61 }, { { 0, 60 } }, -1 },
};

static char *
path_of_others (const char *name)
{
  const char *reference = g_getenv ("BLENDSCOPE_REFERENCE");
  if (!reference)
    return NULL;
  char *path = g_build_filename (reference, "..", "cases", "media", name, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_clear_pointer (&path, g_free);
  return path;
}

static void
test_clips_of_others_are_whole (gconstpointer data)
{
  const OthersCase *self = data;
  g_autofree char *path = path_of_others (self->clip.name);
  if (!path) {
    g_test_skip ("BLENDSCOPE_REFERENCE is not set: clips that others made were NOT played");
    return;
  }
  check_every_frame (&self->clip, path, self->runs);
  if (self->sound_s >= 0)
    check_sound (path, self->sound_s);
  g_autofree char *notice = first_notice (path);
  g_assert_cmpstr (notice, ==, NULL);
}

static void
test_full_range_of_others_is_kept (void)
{
  static const BsTestClip clip = { "fullrange.mov", 1 };
  g_autofree char *path = path_of_others (clip.name);
  if (path)
    check_full_range (&clip, path);
  else
    g_test_skip ("BLENDSCOPE_REFERENCE is not set: a clip that others made was NOT shown");
}

/* Lacks ***********************************************************************/

static void
forbid (const char *media_type)
{
  GList *all =
    gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER, GST_RANK_MARGINAL);
  g_autoptr (GstCaps) caps = gst_caps_from_string (media_type);
  GList *fitting = gst_element_factory_list_filter (all, caps, GST_PAD_SINK, FALSE);
  for (GList *i = fitting; i; i = i->next)
    gst_plugin_feature_set_rank (i->data, GST_RANK_NONE);
  gst_plugin_feature_list_free (fitting);
  gst_plugin_feature_list_free (all);
}

static void
test_a_missing_decoder_is_named (void)
{
  static const BsTestClip clip = { "undecoded.mov", 51,     12, 25, 1, FALSE, 4, 160, 90, 0.5,
                                   CLOSED,          "qtmux" };
  g_autofree char *path = bs_test_clip_make (&clip, folder->path);
  forbid ("audio/mpeg, mpegversion=4");
  g_autofree char *no_sound = first_notice (path);
  g_assert_nonnull (strstr (no_sound, "sound"));
  g_assert_nonnull (strstr (no_sound, "AAC"));
  g_assert_nonnull (strstr (no_sound, "gstreamer1.0-libav"));
  forbid ("video/x-h264");
  g_autoptr (TestWatch) watch = test_watch_new ();
  test_watch_open (watch, NULL, path);
  g_assert_cmpint (bs_player_get_state (watch->player), ==, BS_PLAYER_FAILED);
  g_assert_nonnull (strstr (bs_player_get_problem (watch->player), "H.264"));
  g_assert_nonnull (strstr (bs_player_get_problem (watch->player), "gstreamer1.0-libav"));
}

int
main (int argc, char **argv)
{
  g_setenv ("BLENDSCOPE_AUDIO_SINK", "fakesink sync=true", TRUE);
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = test_folder_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (edit_cases); i++) {
    g_autofree char *name = g_strdup_printf ("/clip/edits/%s", edit_cases[i].name);
    g_test_add_data_func (name, &edit_cases[i], test_edit_lists_are_carried_out);
  }
  g_test_add_func ("/clip/edits/speed", test_an_edit_list_at_another_speed_is_refused);
  g_test_add_func ("/clip/edits/promise", test_an_edit_list_that_promises_too_much_is_told);
  for (gsize i = 0; i < G_N_ELEMENTS (whole_cases); i++) {
    g_autofree char *name = g_strdup_printf ("/clip/whole/%s", whole_cases[i].name);
    g_test_add_data_func (name, &whole_cases[i], test_every_frame_is_reached);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (kind_cases); i++) {
    g_autofree char *name = g_strdup_printf ("/clip/kind/%s", kind_cases[i].name);
    g_test_add_data_func (name, &kind_cases[i], test_every_frame_of_a_kind_is_reached);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (cut_cases); i++) {
    g_autofree char *name = g_strdup_printf ("/clip/cut/%s", cut_cases[i].name);
    g_test_add_data_func (name, &cut_cases[i], test_a_cut_file_is_noticed);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (turns); i++) {
    g_autofree char *name = g_strdup_printf ("/clip/turned/%s", turns[i].name);
    g_test_add_data_func (name, &turns[i], test_pictures_are_turned_upright);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (full_cases); i++) {
    g_autofree char *name = g_strdup_printf ("/clip/range/%s", full_cases[i].name);
    g_test_add_data_func (name, &full_cases[i], test_full_range_is_kept);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (full_alone_cases); i++) {
    g_autofree char *name = g_strdup_printf ("/clip/range/%s", full_alone_cases[i].name);
    g_test_add_data_func (name, &full_alone_cases[i], test_full_range_without_matrix_is_kept);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bright_cases); i++) {
    g_autofree char *name = g_strdup_printf ("/clip/bright/%s", bright_cases[i].clip.name);
    g_test_add_data_func (name, &bright_cases[i], test_what_is_made_for_bright_screens_is_said);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autofree char *name = g_strdup_printf ("/clip/others/%s", others[i].clip.name);
    g_test_add_data_func (name, &others[i], test_clips_of_others_are_whole);
  }
  g_test_add_func ("/clip/others/fullrange.mov", test_full_range_of_others_is_kept);
  /* Last, in a suite of its own: it takes decoders away. */
  g_test_add_func ("/no-decoder/named", test_a_missing_decoder_is_named);
  int status = g_test_run ();
  test_folder_free (folder);
  return status;
}
