/* SPDX-License-Identifier: MIT */
/* Features in float64 that a float32 does not hold: those of another encoder, 100 million further
 * on, where float32 knows multiples of eight alone. What is standardised must be what that
 * encoder's is. */
#include "model/features/bs-batch-loader.h"
#include "model/features/bs-features.h"
#include "model/features/bs-projection.h"
#include "model/features/bs-samples.h"
#include "model/features/bs-windows.h"

#include <math.h>
#include <string.h>

#include "data/format/bs-npz.h"
#include "tests/support/bs-made-corpus.h"

#define OFFSET 1e8
#define NEAR 2e-5 /* standardised numbers of a few units in float32, and 1e8 in float64 */

static TestFolder *folder;
static BsCorpus *corpus;

/* The numbers of one file plus some, as float64 in another. */
static void
write_far_array (TestFolder *in, const char *from, const char *to, double offset)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsArray) array = bs_npy_load (test_folder_path (in, from), &error);
  g_assert_no_error (error);
  g_autofree double *values = bs_array_to_doubles (array, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < array->n_items; i++)
    values[i] += offset;
  g_autoptr (GBytes) npy = bs_npy_from_doubles (values, array->shape, array->n_axes);
  gsize size = 0;
  const void *bytes = g_bytes_get_data (npy, &size);
  test_folder_write_bytes (in, to, bytes, size);
}

/* Two rates of the same, one of which declares its axes, and is read whole. */
static void
write_far_encoders (void)
{
  for (int i = 0; i < MADE_N_FOLDS * MADE_PER_FOLD; i++) {
    g_autofree char *face = g_strdup_printf ("Face_train/clip_%03d.npy", i);
    g_autofree char *far_face = g_strdup_printf ("FarFace_train/clip_%03d.npy", i);
    g_autofree char *voice = g_strdup_printf ("Voice_train/clip_%03d.npy", i);
    g_autofree char *far_voice = g_strdup_printf ("FarVoice_train/clip_%03d.npy", i);
    write_far_array (folder, face, far_face, OFFSET);
    write_far_array (folder, voice, far_voice, OFFSET);
  }
  test_folder_write (folder, "FarVoice_train/encoder.json", "{\"axes\": [\"time\", \"width\"]}");
}

/* One vector a clip: the means of its face, in an archive of each kind. */
static void
write_archives (void)
{
  const gsize n = MADE_N_FOLDS * MADE_PER_FOLD, shape[] = { n, MADE_FACE_WIDTH };
  g_autofree float *near = g_new (float, n *MADE_FACE_WIDTH);
  g_autofree double *far = g_new (double, n *MADE_FACE_WIDTH);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  BsRandom random;
  bs_random_init (&random, 5);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (names, g_strdup_printf ("clip_%03u", (guint) i));
  for (gsize i = 0; i < n * MADE_FACE_WIDTH; i++) {
    near[i] = (float) bs_random_normal (&random);
    far[i] = near[i] + OFFSET;
  }
  g_autoptr (GBytes) filenames = bs_npy_from_strings ((const char *const *) names->pdata, n);
  for (int is_far = 0; is_far < 2; is_far++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BsNpzWriter) npz = bs_npz_writer_new ();
    g_autoptr (GBytes) x =
      is_far ? bs_npy_from_doubles (far, shape, 2) : bs_npy_from_floats (near, shape, 2);
    bs_npz_writer_add (npz, "X", x);
    bs_npz_writer_add (npz, "filenames", filenames);
    bs_npz_writer_save (npz,
                        test_folder_path (folder, is_far ? "FarStill_static_features.npz"
                                                         : "Still_static_features.npz"),
                        &error);
    g_assert_no_error (error);
  }
}

static BsTrainConfig *
config_new (const char *settings, const char *encoders)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) pairs = g_strsplit (settings, " ", -1);
  BsTrainConfig *config = bs_train_config_new ();
  bs_train_config_set (config, "encoders", encoders, &error);
  for (char **pair = pairs; *pair != NULL; pair++) {
    g_auto (GStrv) sides = g_strsplit (*pair, "=", 2);
    bs_train_config_set (config, sides[0], sides[1], &error);
    g_assert_no_error (error);
  }
  return config;
}

/* The first twenty samples, standardised by the first hundred clips. */
static GArray *
standardised (const BsSamples *samples, const BsSamples *fitted)
{
  g_autoptr (GError) error = NULL;
  GArray *out = g_array_new (FALSE, FALSE, sizeof (BsReal));
  gsize index[100];
  for (gsize i = 0; i < 100; i++)
    index[i] = i;
  BsScaler *scalers[BS_BATCH_MAX_MODALITIES];
  for (guint m = 0; m < samples->n_modalities; m++)
    scalers[m] = bs_samples_fit_scaler (fitted, m, index, 100);
  g_autoptr (GArray) list = bs_samples_list (samples, index, MIN (20, samples->n));
  g_autoptr (BsBatchLoader) loader = bs_batch_loader_new (samples, list->len);
  BsBatch batch;
  bs_batch_loader_load (loader, scalers, (const BsSample *) list->data, list->len, NULL, &batch,
                        &error);
  g_assert_no_error (error);
  for (guint m = 0; m < samples->n_modalities; m++) {
    g_array_append_vals (out, batch.modalities[m].rows,
                         (guint) (bs_batch_n_rows (&batch, m) * samples->widths[m]));
    bs_scaler_free (scalers[m]);
  }
  return out;
}

static void
assert_near (const GArray *a, const GArray *b)
{
  double spread = 0;
  g_assert_cmpuint (a->len, ==, b->len);
  g_assert_cmpuint (a->len, >, 0);
  for (guint i = 0; i < a->len; i++) {
    double x = (double) g_array_index (a, BsReal, i), y = (double) g_array_index (b, BsReal, i);
    g_assert_cmpfloat_with_epsilon (x, y, NEAR * (1 + fabs (y)));
    spread = MAX (spread, fabs (x));
  }
  g_assert_cmpfloat (spread, >, 1);
}

static BsSamples *
load (const BsTrainConfig *config)
{
  g_autoptr (GError) error = NULL;
  BsSamples *samples =
    bs_samples_load (corpus, config, BS_CLIPS_TRAINING, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return samples;
}

static const struct {
  const char *settings;
  const char *near;
  const char *far;
} forms[] = {
  { "model=mlp-256", "Face", "FarFace" },
  { "model=mlp-256 normalise=actor", "Face", "FarFace" },
  { "model=mlp-256", "Voice,Face", "Voice,FarFace" },
  { "model=mlp-256", "Face,Voice", "FarFace,FarVoice" },
  { "model=mlp-1024-512", "Face", "FarFace" },
  { "model=mlp-1024-512 segment-join=concat", "Face", "FarFace" },
  { "model=mlp-256", "Still_static_features", "FarStill_static_features" },
  { "model=mlp-256 features=subsample", "Voice", "FarVoice" },
  { "model=attention", "Face,Voice", "FarFace,FarVoice" },
  { "model=attention normalise=actor", "Face,Voice", "FarFace,FarVoice" },
};

static void
test_samples_are_standardised_from_doubles (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_test_message ("%s of %s", forms[i].settings, forms[i].far);
    g_autoptr (BsTrainConfig) near = config_new (forms[i].settings, forms[i].near);
    g_autoptr (BsTrainConfig) far = config_new (forms[i].settings, forms[i].far);
    g_autoptr (BsSamples) near_samples = load (near), far_samples = load (far);
    g_autoptr (GArray) expected = standardised (near_samples, near_samples);
    g_autoptr (GArray) found = standardised (far_samples, far_samples);
    assert_near (found, expected);
  }
}

static void
test_windows_are_standardised_from_doubles (void)
{
  double centres[] = { 1, 2, 3 };
  const BsWindows windows = { .clip = 3, .clip_s = 4, .window_s = 2, .n = 3, .centre_s = centres };
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s of %s", forms[i].settings, forms[i].far);
    g_autoptr (BsTrainConfig) near = config_new (forms[i].settings, forms[i].near);
    g_autoptr (BsTrainConfig) far = config_new (forms[i].settings, forms[i].far);
    g_autoptr (BsSamples) near_clips = load (near), far_clips = load (far);
    g_autoptr (BsSamples) near_samples =
      bs_samples_new_windows (corpus, near, &windows, NULL, &error);
    g_assert_no_error (error);
    g_autoptr (BsSamples) far_samples =
      bs_samples_new_windows (corpus, far, &windows, NULL, &error);
    g_assert_no_error (error);
    g_autoptr (GArray) expected = standardised (near_samples, near_clips);
    g_autoptr (GArray) found = standardised (far_samples, far_clips);
    assert_near (found, expected);
  }
}

static BsProjection *
project (const char *encoder, gboolean per_actor)
{
  g_autoptr (GError) error = NULL;
  const char *const encoders[] = { encoder, NULL };
  const BsProjectionSpec spec = { .per_actor = per_actor, .n_components = 2 };
  BsProjection *self = bs_projection_new (corpus, encoders, &spec, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return self;
}

static void
test_projections_are_centred_in_double (void)
{
  for (int per_actor = 0; per_actor < 2; per_actor++) {
    g_autoptr (BsProjection) expected = project ("Face", per_actor);
    g_autoptr (BsProjection) found = project ("FarFace", per_actor);
    g_assert_cmpfloat_with_epsilon (found->pca->explained[0], expected->pca->explained[0], 1e-5);
    for (gsize i = 0; i < 2 * found->n; i++)
      g_assert_cmpfloat_with_epsilon (found->pca->scores->data[i], expected->pca->scores->data[i],
                                      2e-3);
  }
}

/* One clip of many: the others' floats are taken as they are. */
static void
test_one_wide_clip_makes_all_wide (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TestFolder) other = made_corpus_write (&MADE_CORPUS_PLAIN);
  g_autoptr (BsCorpus) plain = made_corpus_open (other);
  static const char *const encoders[] = { "Face", "Voice", NULL };
  g_autoptr (BsFeatures) expected = bs_features_load (plain, encoders, &BS_FEATURE_SPEC_OFFICIAL,
                                                      BS_CLIPS_TRAINING, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (expected->rows->doubles);
  write_far_array (other, "Face_train/clip_041.npy", "Face_train/clip_041.npy", 0);
  g_autoptr (BsFeatures) found = bs_features_load (plain, encoders, &BS_FEATURE_SPEC_OFFICIAL,
                                                   BS_CLIPS_TRAINING, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found->rows->doubles);
  for (gsize i = 0; i < found->n * found->rows->n_cols; i++)
    if (i / found->rows->n_cols == 41)
      g_assert_cmpfloat_with_epsilon (found->rows->doubles[i], (double) expected->rows->data[i],
                                      1e-6);
    else
      g_assert_cmpfloat (found->rows->doubles[i], ==, (double) expected->rows->data[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  write_far_encoders ();
  write_archives ();
  corpus = made_corpus_open (folder);
  g_test_add_func ("/wide/samples", test_samples_are_standardised_from_doubles);
  g_test_add_func ("/wide/windows", test_windows_are_standardised_from_doubles);
  g_test_add_func ("/wide/projection", test_projections_are_centred_in_double);
  g_test_add_func ("/wide/mixed", test_one_wide_clip_makes_all_wide);
  int status = g_test_run ();
  bs_corpus_unref (corpus);
  test_folder_free (folder);
  return status;
}
