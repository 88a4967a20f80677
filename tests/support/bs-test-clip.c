/* SPDX-License-Identifier: MIT */
/* Clips for tests: 32 blocks of black and white in each frame hold its number, the clip's, and a
 * checksum over both. A frame that is another's, torn, or blended of two does not read. */
#include "tests/support/bs-test-clip.h"

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#define N_COLUMNS 8
#define N_ROWS 4
#define BLACK 16
#define WHITE 235
#define TONE_AMPLITUDE "0.5"

/* GLib leaks its first table of quarks when GStreamer's names no longer fit, which is known to
 * tests/tools/lsan.supp by who allocated it: that takes true stacks, short ones to be quick. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0:malloc_context_size=12";
}

static guint32
code_of (int id, int number)
{
  guint32 content = ((guint32) id << 12) | (guint32) number;
  guint32 mixed = (content ^ 0x2a5a5) * 2654435761u;
  return (content << 14) | (mixed >> 18);
}

/* The bits in an order that gives each half of the picture parts of number and checksum. */
static int
bit_at (int column, int row)
{
  return (row * N_COLUMNS + column) * 13 % (N_COLUMNS * N_ROWS);
}

/**
 * bs_test_clip_draw:
 * @luma: plane of brightness
 * @width_px: pixels across
 * @height_px: pixels down
 * @stride: bytes from row to row
 * @id: the clip
 * @number: the frame
 */
void
bs_test_clip_draw (guint8 *luma, int width_px, int height_px, int stride, int id, int number)
{
  guint32 code = code_of (id, number);
  for (int y = 0; y < height_px; y++)
    for (int x = 0; x < width_px; x++) {
      int bit = bit_at (x * N_COLUMNS / width_px, y * N_ROWS / height_px);
      luma[(gsize) y * stride + x] = (code >> bit) & 1 ? WHITE : BLACK;
    }
}

/* Mean brightness of the middle half of a block, as coding blurs the edges. */
static double
brightness (const BsFrame *frame, int column, int row)
{
  double width = (double) frame->width_px / N_COLUMNS, height = (double) frame->height_px / N_ROWS;
  double sum = 0;
  int n = 0;
  for (int y = (row + 0.25) * height; y < (row + 0.75) * height; y++)
    for (int x = (column + 0.25) * width; x < (column + 0.75) * width; x++, n++) {
      const guint8 *pixel = frame->pixels + (gsize) y * frame->stride + (gsize) x * 4;
      sum += (pixel[0] + pixel[1] + pixel[2]) / 3.0;
    }
  return n > 0 ? sum / n : 128;
}

/**
 * bs_test_clip_read:
 * @frame: a decoded frame
 * @id: the clip it should be of
 *
 * Returns: the frame's number by its pixels, or -1 where they are not a whole frame of that clip
 */
int
bs_test_clip_read (const BsFrame *frame, int id)
{
  guint32 code = 0;
  for (int i = 0; i < N_COLUMNS * N_ROWS; i++) {
    double level = brightness (frame, i % N_COLUMNS, i / N_COLUMNS);
    if (level > 64 && level < 191)
      return -1;
    code |= (guint32) (level > 128) << bit_at (i % N_COLUMNS, i / N_COLUMNS);
  }
  int number = (code >> 14) & 0xfff;
  return code == code_of (id, number) ? number : -1;
}

/**
 * bs_test_clip_frame_time:
 * @clip: a clip
 * @index: a frame; the number of frames for the end of the last
 *
 * Returns: when the frame begins, in ns
 */
gint64
bs_test_clip_frame_time (const BsTestClip *clip, int index)
{
  static const int steps_ms[] = { 40, 20, 20, 60, 100, 20, 40, 30, 70, 50, 20 };
  if (clip->fps_n > 0)
    return gst_util_uint64_scale (index, (guint64) GST_SECOND * clip->fps_d, clip->fps_n);
  gint64 time = 0;
  for (int i = 0; i < index; i++)
    time += steps_ms[(i * i + i / 3) % G_N_ELEMENTS (steps_ms)] * GST_MSECOND;
  return time;
}

static void
push_frames (GstElement *source, const BsTestClip *clip)
{
  gsize luma = (gsize) clip->width_px * clip->height_px;
  for (int i = 0; i < clip->n_frames; i++) {
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, luma * 3 / 2, NULL);
    GstMapInfo map;
    gst_buffer_map (buffer, &map, GST_MAP_WRITE);
    bs_test_clip_draw (map.data, clip->width_px, clip->height_px, clip->width_px, clip->id, i);
    memset (map.data + luma, 128, luma / 2);
    gst_buffer_unmap (buffer, &map);
    GST_BUFFER_PTS (buffer) = bs_test_clip_frame_time (clip, clip->pairs ? i / 2 * 2 : i) +
                              (GstClockTime) (clip->start_s * GST_SECOND);
    GST_BUFFER_DURATION (buffer) =
      bs_test_clip_frame_time (clip, i + 1) - bs_test_clip_frame_time (clip, i);
    gst_app_src_push_buffer (GST_APP_SRC (source), buffer);
  }
  gst_app_src_end_of_stream (GST_APP_SRC (source));
}

static char *
picture_chain (const BsTestClip *clip, gboolean webm)
{
  g_autofree char *source = g_strdup_printf (
    "appsrc name=frames format=time max-bytes=0 caps=video/x-raw,format=I420,width=%d,height=%d,"
    "framerate=%d/%d,colorimetry=%s",
    clip->width_px, clip->height_px, clip->fps_n, MAX (clip->fps_d, 1),
    clip->colorimetry ? clip->colorimetry : "bt601");
  if (clip->encoder)
    return g_strdup_printf ("%s ! videoconvert ! %s", source, clip->encoder);
  if (webm)
    return g_strdup_printf ("%s ! vp8enc deadline=1 cpu-used=8 target-bitrate=2000000 "
                            "auto-alt-ref=true lag-in-frames=8 keyframe-max-dist=%d",
                            source, clip->key_every);
  return g_strdup_printf ("%s ! x264enc speed-preset=superfast pass=quant quantizer=18 threads=1 "
                          "bframes=%d b-adapt=false key-int-max=%d",
                          source, clip->b_frames ? 3 : 0, clip->key_every);
}

static char *
sound_chain (const BsTestClip *clip, gboolean webm)
{
  int n_samples = clip->sound_s * 48000 + 0.5;
  return g_strdup_printf ("audiotestsrc wave=sine freq=440 volume=" TONE_AMPLITUDE
                          " samplesperbuffer=480 num-buffers=%d ! "
                          "audio/x-raw,rate=48000,channels=2 ! audioconvert ! %s",
                          n_samples / 480, webm ? "opusenc" : "avenc_aac ! aacparse");
}

static const char *
muxer_of (const BsTestClip *clip)
{
  const char *name = clip->name;
  if (clip->muxer)
    return clip->muxer;
  if (g_str_has_suffix (name, ".webm"))
    return "webmmux";
  if (g_str_has_suffix (name, ".mkv"))
    return "matroskamux";
  return g_str_has_suffix (name, ".mp4") ? "mp4mux faststart=true" : "qtmux";
}

static void
run_to_end (GstElement *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message =
    gst_bus_timed_pop_filtered (bus, 120 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    g_autoptr (GError) error = NULL;
    gst_message_parse_error (message, &error, NULL);
    g_error ("a test clip could not be made: %s", error->message);
  }
}

/**
 * bs_test_clip_make:
 * @clip: what it shall be
 * @folder: where
 *
 * Encodes a clip; a few ten milliseconds.
 *
 * Returns: (transfer full): its path
 */
char *
bs_test_clip_make (const BsTestClip *clip, const char *folder)
{
  gboolean webm = g_str_has_suffix (clip->name, ".webm");
  char *path = g_build_filename (folder, clip->name, NULL);
  g_autoptr (GString) chain = g_string_new (NULL);
  g_string_printf (chain, "%s name=mux ! filesink location=\"%s\"", muxer_of (clip), path);
  if (clip->n_frames > 0) {
    g_autofree char *picture = picture_chain (clip, webm);
    g_string_append_printf (chain, " %s ! queue ! mux.", picture);
  }
  if (clip->sound_s > 0) {
    g_autofree char *sound = sound_chain (clip, webm);
    g_string_append_printf (chain, " %s ! queue ! mux.", sound);
  }

  g_autoptr (GError) error = NULL;
  gst_init (NULL, NULL);
  GstElement *pipeline = gst_parse_launch (chain->str, &error);
  g_assert_no_error (error);
  g_autoptr (GstElement) frames = gst_bin_get_by_name (GST_BIN (pipeline), "frames");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  if (frames)
    push_frames (frames, clip);
  run_to_end (pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return path;
}
