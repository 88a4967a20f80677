/* SPDX-License-Identifier: MIT */
/* Metadata and features on disk: the same from the same seed, in the release's shapes, and made
 * from what is drawn and heard. */
#include <math.h>
#include <string.h>

#include "data/demo/bs-demo-private.h"
#include "data/demo/features/bs-demo-encoders.h"
#include "data/demo/features/bs-demo-mel.h"
#include "data/demo/features/bs-demo-openface.h"
#include "data/demo/voice/bs-demo-voice.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-npy.h"
#include "tests/support/bs-test-folder.h"
#include "tests/support/bs-test-sanitizer.h"

#define N_ENCODERS 7

/* Two actors of ten where every access to memory is judged, which takes ten times as long. */
#if BS_TEST_ADDRESS_SANITIZER
#define N_CLIPS 108
#else
#define N_CLIPS 540
#endif

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* One checksum over names and bytes of every file below. */
static void
add_tree (GChecksum *sum, const char *path, guint *n_files)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    if (name[0] != '.') /* who writes the folder, which is no part of the corpus */
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *below = g_build_filename (path, names->pdata[i], NULL);
    g_checksum_update (sum, names->pdata[i], -1);
    if (g_file_test (below, G_FILE_TEST_IS_DIR)) {
      add_tree (sum, below, n_files);
      continue;
    }
    g_autofree char *bytes = NULL;
    gsize length;
    g_assert_true (g_file_get_contents (below, &bytes, &length, NULL));
    g_checksum_update (sum, (const guchar *) bytes, (gssize) length);
    ++*n_files;
  }
}

static void
rising_cb (double fraction, const char *message, gpointer user_data)
{
  double *last = user_data;
  g_assert_cmpfloat (fraction, >=, *last);
  *last = fraction;
}

static void
write_corpus (const BsDemo *demo, const char *folder)
{
  g_autoptr (GError) error = NULL;
  double last = 0;
  g_assert_true (bs_demo_write_metadata (demo, folder, &error));
  g_assert_no_error (error);
  g_assert_true (bs_demo_write_features (demo, folder, rising_cb, &last, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (last, ==, 1);
}

static BsDemo *
make_demo (void)
{
  BsDemo *demo = bs_demo_new (BS_DEMO_SMALL, 11);
  demo->plan->n_clips = demo->plan->n_train = N_CLIPS;
  return demo;
}

static char *
checksum_of (const char *folder)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint n_files = 0;
  add_tree (sum, folder, &n_files);
  g_assert_cmpuint (n_files, ==, 3 + N_ENCODERS * N_CLIPS);
  return g_strdup (g_checksum_get_string (sum));
}

static void
test_other_seed (void)
{
  g_autoptr (BsDemo) a = bs_demo_new (BS_DEMO_SMALL, 1), b = bs_demo_new (BS_DEMO_SMALL, 2);
  g_autoptr (BsDemoScore) one = bs_demo_make_score (a, &a->plan->clips[0]);
  g_autoptr (BsDemoScore) two = bs_demo_make_score (b, &b->plan->clips[0]);
  g_assert_cmpstr (a->plan->clips[0].filename, ==, b->plan->clips[0].filename);
  gsize n = MIN (one->n_frames, two->n_frames) * sizeof (BsDemoMovement);
  g_assert_cmpint (memcmp (one->frames, two->frames, n), !=, 0);
}

static void
test_metadata (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  const char *folder = own->path;
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_FULL, 1);
  g_autoptr (GError) error = NULL;
  g_assert_true (bs_demo_write_metadata (demo, folder, &error));
  g_autofree char *train = g_build_filename (folder, "train_metadata.csv", NULL);
  g_autofree char *test = g_build_filename (folder, "test_metadata.csv", NULL);
  g_autoptr (BsCsv) csv = bs_csv_load (train, &error);
  g_assert_no_error (error);
  static const char *const columns[] = { "filename",
                                         "video_id",
                                         "gender",
                                         "mix",
                                         "emotion_1",
                                         "version",
                                         "intensity_level",
                                         "situation",
                                         "emotion_2",
                                         "emotion_1_salience",
                                         "emotion_2_salience",
                                         "fold" };
  g_assert_cmpuint (bs_csv_n_columns (csv), ==, G_N_ELEMENTS (columns));
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    g_assert_cmpstr (bs_csv_header (csv, i), ==, columns[i]);
  g_autoptr (BsMetadata) metadata = bs_metadata_load (train, test, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bs_metadata_n_clips (metadata), ==, bs_demo_n_clips (demo));
  for (gsize i = 0; i < bs_demo_n_clips (demo); i++) {
    const BsClip *wanted = &demo->plan->clips[i], *got = bs_metadata_clip (metadata, i);
    g_assert_cmpstr (got->filename, ==, wanted->filename);
    g_assert_cmpint (got->is_test, ==, wanted->is_test);
    g_assert_cmpint (got->fold, ==, wanted->fold);
    if (!wanted->is_test) {
      g_assert_true (bs_label_equal (got->label, wanted->label));
      g_assert_cmpint (got->gender, ==, wanted->gender);
    } else {
      g_assert_false (bs_label_is_known (got->label));
    }
  }
}

static void
test_open (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  const char *folder = own->path;
  g_autoptr (GError) error = NULL;
  const guint64 seed = G_GUINT64_CONSTANT (18446744073709551557);
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_FULL, seed);
  g_assert_true (bs_demo_write_metadata (demo, folder, &error));
  g_autoptr (BsDemo) again = bs_demo_open (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->seed, ==, seed);
  g_assert_cmpint (again->size, ==, BS_DEMO_FULL);
  static const struct {
    const char *text;
    int code;
  } bad[] = {
    { "{", BS_ERROR_SYNTAX },
    { "{\"size\": \"small\", \"seed\": \"1\"}", -1 },
    { "{\"size\": \"huge\", \"seed\": \"1\", \"version\": 1}", BS_ERROR_VALUE },
    { "{\"size\": \"small\", \"seed\": \"1\", \"version\": 99}", BS_ERROR_UNSUPPORTED },
  };
  g_autofree char *path = g_build_filename (folder, "demo.json", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_true (g_file_set_contents (path, bad[i].text, -1, NULL));
    g_assert_null (bs_demo_open (folder, &error));
    g_assert_true (error != NULL && error->domain == BS_ERROR);
    if (bad[i].code >= 0)
      g_assert_cmpint (error->code, ==, bad[i].code);
    g_assert_nonnull (strstr (error->message, "demo.json"));
    g_clear_error (&error);
  }
}

/* Pearson's correlation, collected term by term. */
typedef struct {
  double n, x, y, xx, yy, xy;
} Correlation;

static void
correlation_add (Correlation *c, double x, double y)
{
  c->n++, c->x += x, c->y += y, c->xx += x * x, c->yy += y * y, c->xy += x * y;
}

static double
correlation_get (const Correlation *c)
{
  double xy = c->n * c->xy - c->x * c->y;
  return xy / sqrt ((c->n * c->xx - c->x * c->x) * (c->n * c->yy - c->y * c->y));
}

/* What one clip's CSV says beside what was drawn: @cells is column by action unit. */
static void
read_back (const char *text, gsize length, const BsDemoScore *score,
           Correlation cells[BS_DEMO_OPENFACE_N_AUS][BS_DEMO_OPENFACE_N_AUS], Correlation *yaw)
{
  static const BsDemoAu drawn[] = { BS_DEMO_AU1, BS_DEMO_AU2,  BS_DEMO_AU4,  BS_DEMO_AU6,
                                    BS_DEMO_AU9, BS_DEMO_AU12, BS_DEMO_AU25, BS_DEMO_AU26 };
  g_autoptr (BsCsv) csv = bs_csv_parse (text, length, "openface", NULL);
  g_assert_nonnull (csv);
  g_assert_cmpuint (bs_csv_n_rows (csv), ==, score->n_frames);
  gsize units = (gsize) bs_csv_find_column (csv, "action_units");
  gsize gaze = (gsize) bs_csv_find_column (csv, "gaze_yaw");
  for (gsize f = 0; f < score->n_frames; f++) {
    const BsDemoMovement *m = &score->frames[f];
    const char *list = bs_csv_text (csv, f, units);
    g_assert_cmpint (list[0], ==, '[');
    g_auto (GStrv) values = g_strsplit (list + 1, ",", -1);
    g_assert_cmpuint (g_strv_length (values), ==, BS_DEMO_OPENFACE_N_AUS);
    for (int k = 0; k < BS_DEMO_OPENFACE_N_AUS; k++)
      for (int a = 0; a < BS_DEMO_OPENFACE_N_AUS; a++)
        correlation_add (&cells[k][a], g_ascii_strtod (values[k], NULL), m->au[drawn[a]]);
    double seen;
    g_assert_true (bs_csv_double (csv, f, gaze, &seen, NULL));
    correlation_add (yaw, seen, m->yaw + m->gaze_yaw);
  }
}

/* Each column goes along with its own action unit, and with none of the others as much. */
static void
test_openface (void)
{
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, 5);
  Correlation cells[BS_DEMO_OPENFACE_N_AUS][BS_DEMO_OPENFACE_N_AUS] = { 0 }, yaw = { 0 };
  for (gsize i = 0; i < demo->plan->n_clips; i++) {
    g_autoptr (BsDemoScore) score = bs_demo_make_score (demo, &demo->plan->clips[i]);
    BsRandom random;
    bs_random_init (&random, i);
    gsize length;
    g_autofree char *text = bs_demo_openface_csv (score, &random, &length);
    read_back (text, length, score, cells, &yaw);
  }
  for (int k = 0; k < BS_DEMO_OPENFACE_N_AUS; k++) {
    double own = correlation_get (&cells[k][k]);
    g_test_message ("column %d: r = %.3f", k, own);
    g_assert_cmpfloat (own, >, 0.35);
    for (int a = 0; a < BS_DEMO_OPENFACE_N_AUS; a++)
      if (a != k)
        g_assert_cmpfloat (own, >, correlation_get (&cells[k][a]));
  }
  g_assert_cmpfloat (correlation_get (&yaw), >, 0.8);
}

static BsArray *
load_array (const char *folder, const char *encoder, const char *clip)
{
  g_autofree char *below = g_strconcat (encoder, "_train", NULL),
                  *leaf = g_strconcat (clip, ".npy", NULL);
  g_autofree char *path = g_build_filename (folder, "pre_extracted_train_data", below, leaf, NULL);
  g_autoptr (GError) error = NULL;
  BsArray *array = bs_npy_load (path, &error);
  g_assert_no_error (error);
  return array;
}

static void
assert_shapes (const BsDemo *demo, const char *folder)
{
  const BsClip *clip = &demo->plan->clips[17];
  g_autoptr (BsDemoScore) score = bs_demo_make_score (demo, clip);
  gsize n = score->n_frames, n_sound = (n * 640 - 400) / 320 + 1;
  const struct {
    const char *name;
    gsize shape[3];
  } wanted[] = {
    { "ImageBind", { n, 128 } },        { "VideoMAEv2", { (n + 15) / 16, 1, 96 } },
    { "WavLM_large", { n_sound, 96 } }, { "HuBERT_large", { n_sound, 64 } },
    { "LogMel", { n_sound, 64 } },      { "HiCMAE", { ((n + 3) / 4 + 15) / 16, 128 } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_autoptr (BsArray) array = load_array (folder, wanted[i].name, clip->filename);
    guint n_axes = wanted[i].shape[2] > 0 ? 3 : 2;
    g_assert_cmpint (array->kind, ==, 'f');
    g_assert_cmpuint (array->item_size, ==, 2);
    g_assert_cmpuint (array->n_axes, ==, n_axes);
    for (guint k = 0; k < n_axes; k++)
      g_assert_cmpuint (array->shape[k], ==, wanted[i].shape[k]);
    g_autofree double *values = bs_array_to_doubles (array, NULL);
    for (gsize k = 0; k < array->n_items; k++)
      g_assert_true (isfinite (values[k]));
  }
}

/* Both at once, since writing a corpus is what takes time here. */
static void
test_written (void)
{
  g_autoptr (BsDemo) demo = make_demo ();
  g_autoptr (BsDemo) again = make_demo ();
  g_autoptr (TestFolder) one = test_folder_new ();
  g_autoptr (TestFolder) two = test_folder_new ();
  write_corpus (demo, one->path);
  write_corpus (again, two->path);
  g_autofree char *first = checksum_of (one->path), *second = checksum_of (two->path);
  g_assert_cmpstr (first, ==, second);
  assert_shapes (demo, one->path);
}

/* A pure tone comes out in the band that holds its frequency, and twice the amplitude is four
 * times the energy. */
static void
test_mel (void)
{
  enum { N = 1600 };
  gint16 soft[N], loud[N];
  for (int i = 0; i < N; i++) {
    soft[i] = (gint16) lrint (4000 * sin (2 * G_PI * 1000 * i / 16000.0));
    loud[i] = (gint16) (2 * soft[i]);
  }
  g_autoptr (BsMatrix) a = bs_demo_mel_new (soft, N), b = bs_demo_mel_new (loud, N);
  g_assert_cmpuint (a->n_rows, ==, (N - 400) / 320 + 1);
  const float *row = bs_matrix_row (a, 1);
  int best = 0;
  for (int k = 0; k < BS_DEMO_MEL_BANDS; k++)
    best = row[k] > row[best] ? k : best;
  /* Bands stand evenly on the mel scale; 1,000 Hz is 1,000 mel (within rounding). */
  double low = 2595 * log10 (1 + 60 / 700.0), high = 2595 * log10 (1 + 7600 / 700.0);
  int wanted = (int) lround ((1000 - low) / (high - low) * (BS_DEMO_MEL_BANDS + 1)) - 1;
  g_assert_cmpint (abs (best - wanted), <=, 1);
  g_assert_cmpfloat (fabsf (bs_matrix_row (b, 1)[best] - row[best] - logf (4)), <, 0.01f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/features/the same seed gives the same bytes in the release's shapes",
                   test_written);
  g_test_add_func ("/demo/features/another seed gives another corpus", test_other_seed);
  g_test_add_func ("/demo/features/metadata reads back in the release's columns", test_metadata);
  g_test_add_func ("/demo/features/a demo folder is known again and a spoilt one refused",
                   test_open);
  g_test_add_func ("/demo/features/OpenFace columns are the drawn action units and noise",
                   test_openface);
  g_test_add_func ("/demo/features/log-mel finds a tone in its band", test_mel);
  return g_test_run ();
}
