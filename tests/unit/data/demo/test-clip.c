/* SPDX-License-Identifier: MIT */
/* Drawn clips: picture and sound decode to what was drawn and sung; nothing is left behind by one
 * that is cancelled or fails. */
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "data/demo/bs-demo-private.h"
#include "tests/support/bs-test-folder.h"

typedef struct {
  guint n_frames;
  int width, height;
  double spread; /* of the grey values in the last frame: 0 for an empty picture */
  GByteArray *sound;
  GstClockTime duration;
} Decoded;

static double
grey_spread (GstBuffer *buffer)
{
  GstMapInfo map;
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  double sum = 0, square = 0;
  for (gsize i = 0; i < map.size; i++) {
    sum += map.data[i];
    square += (double) map.data[i] * map.data[i];
  }
  double mean = sum / (double) map.size;
  double variance = square / (double) map.size - mean * mean;
  gst_buffer_unmap (buffer, &map);
  return variance;
}

static void
take_picture (GstAppSink *sink, Decoded *out)
{
  for (GstSample *sample; (sample = gst_app_sink_pull_sample (sink)) != NULL;
       gst_sample_unref (sample)) {
    GstStructure *s = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
    gst_structure_get_int (s, "width", &out->width);
    gst_structure_get_int (s, "height", &out->height);
    GstBuffer *buffer = gst_sample_get_buffer (sample);
    out->duration = GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer);
    out->spread = grey_spread (buffer);
    out->n_frames++;
  }
}

static void
take_sound (GstAppSink *sink, Decoded *out)
{
  for (GstSample *sample; (sample = gst_app_sink_pull_sample (sink)) != NULL;
       gst_sample_unref (sample)) {
    GstMapInfo map;
    g_assert_true (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ));
    g_byte_array_append (out->sound, map.data, (guint) map.size);
    gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  }
}

static Decoded
decode (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_strdup_printf (
    "filesrc location=\"%s\" ! qtdemux name=demux "
    "demux.video_0 ! queue max-size-bytes=0 max-size-buffers=0 max-size-time=0 ! decodebin ! "
    "videoconvert ! "
    "video/x-raw,format=GRAY8 ! appsink name=picture sync=false "
    "demux.audio_0 ! queue max-size-bytes=0 max-size-buffers=0 max-size-time=0 ! "
    "audio/x-raw,format=S16LE,rate=16000,channels=1 ! appsink name=sound sync=false",
    path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, &error);
  g_assert_no_error (error);
  g_autoptr (GstElement) picture = gst_bin_get_by_name (GST_BIN (pipeline), "picture");
  g_autoptr (GstElement) sound = gst_bin_get_by_name (GST_BIN (pipeline), "sound");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  Decoded out = { .sound = g_byte_array_new () };
  take_picture (GST_APP_SINK (picture), &out);
  take_sound (GST_APP_SINK (sound), &out);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return out;
}

static guint
count_files (const char *folder, const char *below)
{
  g_autofree char *path = g_build_filename (folder, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;
  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
has_encoder (void)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find ("x264enc");
  if (factory == NULL)
    g_test_skip ("x264enc is not installed");
  return factory != NULL;
}

static void
test_decodes (void)
{
  if (!has_encoder ())
    return;
  g_autoptr (TestFolder) own = test_folder_new ();
  const char *folder = own->path;
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, 1);
  g_autoptr (GError) error = NULL;
  const BsClip *clip = &demo->plan->clips[30];
  g_assert_true (bs_demo_render_clip (demo, folder, clip->filename, NULL, &error));
  g_assert_no_error (error);
  g_autofree char *leaf = g_strconcat (clip->filename, ".mov", NULL);
  g_autofree char *path = g_build_filename (folder, "train_videos", leaf, NULL);
  Decoded got = decode (path);
  g_autoptr (BsDemoScore) score = bs_demo_make_score (demo, clip);
  g_assert_cmpuint (got.n_frames, ==, score->n_frames);
  g_assert_cmpint (got.width, ==, 640);
  g_assert_cmpint (got.height, ==, 360);
  g_assert_cmpuint (got.duration, ==, score->n_frames * GST_SECOND / 25);
  g_assert_cmpfloat (got.spread, >, 400);
  gsize n_samples;
  g_autofree gint16 *samples = bs_demo_make_sound (demo, clip, score, &n_samples);
  g_assert_cmpmem (got.sound->data, got.sound->len, samples, n_samples * sizeof (gint16));
  g_byte_array_unref (got.sound);
  g_assert_cmpuint (count_files (folder, "train_videos"), ==, 1);
}

static void
test_cancelled_before (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  const char *folder = own->path;
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_false (
    bs_demo_render_clip (demo, folder, demo->plan->clips[0].filename, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (bs_demo_write_features (demo, folder, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (folder, "train_videos"), ==, 0);
  g_assert_cmpuint (count_files (folder, "pre_extracted_train_data/HiCMAE_train"), ==, 0);
}

typedef struct {
  BsDemo *demo;
  const char *folder;
  const char *filename;
  GCancellable *cancellable;
  GError *error;
} Drawing;

static gpointer
draw (gpointer data)
{
  Drawing *d = data;
  bs_demo_render_clip (d->demo, d->folder, d->filename, d->cancellable, &d->error);
  return NULL;
}

static void
test_cancelled_midway (void)
{
  if (!has_encoder ())
    return;
  g_autoptr (TestFolder) own = test_folder_new ();
  const char *folder = own->path;
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_FULL, 1);
  /* The longest clip leaves the most time between its file's appearing and its end. */
  const BsClip *longest = &demo->plan->clips[0];
  for (gsize i = 0; i < demo->plan->n_train; i++) {
    const BsClip *c = &demo->plan->clips[i];
    if (bs_demo_score_length (&demo->cast[c->actor], c, 1, TRUE) >
        bs_demo_score_length (&demo->cast[longest->actor], longest, 1, TRUE))
      longest = c;
  }
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Drawing d = { demo, folder, longest->filename, cancellable, NULL };
  GThread *thread = g_thread_new ("draw", draw, &d);
  while (count_files (folder, "train_videos") == 0)
    g_thread_yield ();
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  g_assert_error (d.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&d.error);
  g_assert_cmpuint (count_files (folder, "train_videos"), ==, 0);
}

static void
test_two_at_once (void)
{
  if (!has_encoder ())
    return;
  g_autoptr (TestFolder) own = test_folder_new ();
  const char *folder = own->path;
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, 1);
  Drawing d[2];
  GThread *threads[2];
  for (int i = 0; i < 2; i++) {
    d[i] = (Drawing){ demo, folder, demo->plan->clips[40 + i].filename, NULL, NULL };
    threads[i] = g_thread_new ("draw", draw, &d[i]);
  }
  for (int i = 0; i < 2; i++) {
    g_thread_join (threads[i]);
    g_assert_no_error (d[i].error);
  }
  g_assert_cmpuint (count_files (folder, "train_videos"), ==, 2);
}

/* A limit on the length of files stands for a full disk: the writer finds no room for what comes
 * next. What hangs is ended by the alarm. */
static void
fill_disk (gboolean full)
{
  static struct rlimit before;
  if (full)
    g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  struct rlimit limit = before;
  if (full)
    limit.rlim_cur = 100000; /* bytes; a clip has thrice as many */
  signal (SIGXFSZ, SIG_IGN);
  alarm (full ? 120 : 0);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_disk_full (void)
{
  if (!has_encoder ())
    return;
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, 1);
  g_autoptr (GError) error = NULL;
  fill_disk (TRUE);
  gboolean drawn =
    bs_demo_render_clip (demo, own->path, demo->plan->clips[3].filename, NULL, &error);
  fill_disk (FALSE);
  g_assert_false (drawn);
  g_assert_error (error, BS_ERROR, BS_ERROR_MEDIA);
  test_assert_message (error, demo->plan->clips[3].filename);
  g_assert_cmpuint (count_files (own->path, "train_videos"), ==, 0);
}

static void
test_disk_full_for_all (void)
{
  if (!has_encoder ())
    return;
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, 1);
  g_autoptr (GError) error = NULL;
  fill_disk (TRUE);
  gboolean drawn = bs_demo_render_all (demo, own->path, NULL, NULL, NULL, &error);
  fill_disk (FALSE);
  g_assert_false (drawn);
  g_assert_error (error, BS_ERROR, BS_ERROR_MEDIA);
  g_assert_cmpuint (count_files (own->path, "train_videos"), ==, 0);
}

/* One step lower is enough to see who has it from whom, and is done on a busy machine, too. */
static gpointer
draw_in_background (gpointer data)
{
  setpriority (PRIO_PROCESS, 0, getpriority (PRIO_PROCESS, 0) + 1);
  return draw (data);
}

typedef struct {
  int niceness; /* of who asks */
  int n_tasks, n_slow;
} Tasks;

/* GStreamer logs each thread of a pipeline from within that thread: none is missed, however short
 * it lives. */
static void
watch_tasks (GstDebugCategory *category, GstDebugLevel level, const char *file,
             const char *function, int line, GObject *object, GstDebugMessage *message,
             gpointer data)
{
  Tasks *tasks = data;
  if (!g_str_has_prefix (gst_debug_message_get (message), "Entering task"))
    return;
  g_atomic_int_inc (&tasks->n_tasks);
  if (getpriority (PRIO_PROCESS, 0) == tasks->niceness + 1)
    g_atomic_int_inc (&tasks->n_slow);
}

static void
tell_niceness (gpointer data)
{
  /* Less than none while somebody waits. */
  if (g_async_queue_length (data) <= 0)
    g_async_queue_push (data, GINT_TO_POINTER (getpriority (PRIO_PROCESS, 0) + 21));
}

/* All of the encoding is as slow as who asked for it, and no thread of it serves another pipeline
 * later. */
static void
test_background (void)
{
  if (!has_encoder ())
    return;
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, 1);
  Drawing d = { demo, own->path, demo->plan->clips[50].filename, NULL, NULL };
  Tasks tasks = { getpriority (PRIO_PROCESS, 0), 0, 0 };
  gst_debug_add_log_function (watch_tasks, &tasks, NULL);
  gst_debug_set_threshold_for_name ("task", GST_LEVEL_DEBUG);
  g_thread_join (g_thread_new ("draw", draw_in_background, &d));
  gst_debug_unset_threshold_for_name ("task");
  gst_debug_remove_log_function (watch_tasks);
  g_assert_no_error (d.error);
  /* Those behind the two queues, and the muxer's. */
  g_assert_cmpint (tasks.n_tasks, >=, 3);
  g_assert_cmpint (tasks.n_slow, ==, tasks.n_tasks);

  g_autoptr (GAsyncQueue) told = g_async_queue_new ();
  GRecMutex lock;
  g_rec_mutex_init (&lock);
  g_autoptr (GstTask) task = gst_task_new (tell_niceness, told, NULL);
  gst_task_set_lock (task, &lock);
  gst_task_start (task);
  int later = GPOINTER_TO_INT (g_async_queue_pop (told));
  gst_task_join (task);
  g_rec_mutex_clear (&lock);
  g_assert_cmpint (later - 21, ==, getpriority (PRIO_PROCESS, 0));
}

/* A file stands where a folder is needed: root may write everywhere else. */
static void
test_refused (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  const char *folder = own->path;
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *videos = g_build_filename (folder, "train_videos", NULL);
  g_autofree char *features = g_build_filename (folder, "pre_extracted_train_data", NULL);
  g_assert_true (g_file_set_contents (videos, "", 0, NULL));
  g_assert_true (g_file_set_contents (features, "", 0, NULL));
  g_assert_false (bs_demo_render_clip (demo, folder, demo->plan->clips[0].filename, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, videos));
  g_clear_error (&error);
  g_assert_false (bs_demo_write_features (demo, folder, NULL, NULL, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_FILE);
  g_clear_error (&error);
  g_assert_false (bs_demo_write_metadata (demo, videos, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_FILE);
  g_clear_error (&error);
  g_assert_false (bs_demo_render_clip (demo, folder, "A1_ang_int1_ver1", NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/demo/clip/picture and sound decode to what was made", test_decodes);
  g_test_add_func ("/demo/clip/nothing is written once it is cancelled", test_cancelled_before);
  g_test_add_func ("/demo/clip/a clip cancelled midway leaves nothing", test_cancelled_midway);
  g_test_add_func ("/demo/clip/disk-full", test_disk_full);
  g_test_add_func ("/demo/clip/disk-full-all", test_disk_full_for_all);
  g_test_add_func ("/demo/clip/two are drawn at once", test_two_at_once);
  g_test_add_func ("/demo/clip/drawing in the background slows nothing else", test_background);
  g_test_add_func ("/demo/clip/a place that cannot be written is named", test_refused);
  return g_test_run ();
}
