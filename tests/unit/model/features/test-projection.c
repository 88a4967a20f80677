/* SPDX-License-Identifier: MIT */
#include "model/features/bs-projection.h"

#include <math.h>

#include "tests/support/bs-made-corpus.h"

static const char *const face[] = { "Face", NULL };
static const BsProjectionSpec plain = { .n_components = 2 };

/* Writing hundreds of small files takes seconds: the tests share one corpus, and only read. */
static BsCorpus *corpus;

static BsProjection *
project_by (const BsProjectionSpec *spec)
{
  g_autoptr (GError) error = NULL;
  BsProjection *self = bs_projection_new (corpus, face, spec, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self);
  return self;
}

static BsProjection *
project (gboolean per_actor, guint32 classes)
{
  return project_by (
    &(BsProjectionSpec){ .per_actor = per_actor, .classes = classes, .n_components = 2 });
}

/* How much of the first score's variance lies between the actors' means. */
static double
share_between_actors (const BsProjection *projection)
{
  const BsMetadata *metadata = bs_corpus_metadata (corpus);
  gsize n_actors = bs_metadata_n_actors (metadata);
  g_autofree double *sums = g_new0 (double, n_actors);
  g_autofree guint *counts = g_new0 (guint, n_actors);
  double all = 0, between = 0;
  for (gsize i = 0; i < projection->n; i++) {
    double score = bs_matrix_row (projection->pca->scores, i)[0];
    int actor = bs_metadata_clip (metadata, projection->clips[i])->actor;
    sums[actor] += score;
    counts[actor]++;
    all += score * score;
  }
  for (gsize actor = 0; actor < n_actors; actor++)
    if (counts[actor] > 0)
      between += sums[actor] * sums[actor] / counts[actor];
  return between / all;
}

static void
test_all_clips_are_projected_in_metadata_order (void)
{
  g_autoptr (BsProjection) all = project (FALSE, 0);
  g_assert_cmpuint (all->n, ==, MADE_N_FOLDS * MADE_PER_FOLD);
  g_assert_cmpuint (all->pca->n, ==, all->n);
  g_assert_cmpuint (all->pca->n_components, ==, 2);
  for (gsize i = 1; i < all->n; i++)
    g_assert_cmpuint (all->clips[i], >, all->clips[i - 1]);
  g_assert_cmpfloat (all->pca->explained[0], >=, all->pca->explained[1]);
}

static void
test_a_pair_is_its_two_emotions_and_their_blend (void)
{
  const BsMetadata *metadata = bs_corpus_metadata (corpus);
  guint32 classes = bs_projection_pair_classes (BS_EMOTION_SAD, BS_EMOTION_HAP);
  g_autoptr (BsProjection) pair = project (TRUE, classes);
  gsize n = 0;
  for (gsize clip = 0; clip < bs_metadata_n_clips (metadata); clip++) {
    const BsClip *c = bs_metadata_clip (metadata, clip);
    gboolean wanted = !c->is_test && bs_label_is_known (c->label) &&
                      (c->label.first == BS_EMOTION_HAP || c->label.first == BS_EMOTION_SAD) &&
                      (!bs_label_is_blend (c->label) || c->label.second == BS_EMOTION_SAD) &&
                      !(bs_label_is_blend (c->label) && c->label.first != BS_EMOTION_HAP);
    if (wanted)
      g_assert_cmpuint (pair->clips[n++], ==, clip);
  }
  g_assert_cmpuint (n, ==, pair->n);
  g_assert_cmpuint (n, >, 10);
}

static void
test_standardised_actors_have_equal_means (void)
{
  g_autoptr (BsProjection) raw = project (FALSE, 0);
  g_autoptr (BsProjection) even = project (TRUE, 0);
  g_assert_cmpfloat (share_between_actors (raw), >, 1e-3);
  g_assert_cmpfloat (share_between_actors (even), <, 1e-9);
}

/* The pair's clips are taken first: were each actor's mean that of all clips, the actors' means of
 * the pair's would differ. */
static void
test_a_pair_is_standardised_by_its_own_clips (void)
{
  guint32 classes = bs_projection_pair_classes (BS_EMOTION_SAD, BS_EMOTION_HAP);
  g_autoptr (BsProjection) raw = project (FALSE, classes);
  g_autoptr (BsProjection) even = project (TRUE, classes);
  g_assert_cmpfloat (share_between_actors (raw), >, 1e-3);
  g_assert_cmpfloat (share_between_actors (even), <, 1e-9);
}

static void
test_whitened_scores_have_variance_1 (void)
{
  BsProjectionSpec spec = { .per_actor = TRUE, .n_components = 3 };
  g_autoptr (BsProjection) scores = project_by (&spec);
  spec.whiten = TRUE;
  g_autoptr (BsProjection) white = project_by (&spec);
  for (gsize c = 0; c < 3; c++) {
    double squares[2] = { 0 };
    for (gsize i = 0; i < white->n; i++) {
      squares[0] += pow (bs_matrix_row (scores->pca->scores, i)[c], 2);
      squares[1] += pow (bs_matrix_row (white->pca->scores, i)[c], 2);
    }
    double deviation = sqrt (squares[0] / (double) (white->n - 1));
    g_assert_cmpfloat_with_epsilon (squares[1] / (double) (white->n - 1), 1, 1e-5);
    g_assert_cmpfloat_with_epsilon (bs_matrix_row (scores->pca->scores, 7)[c],
                                    deviation * bs_matrix_row (white->pca->scores, 7)[c], 1e-4);
  }
}

static void
test_too_few_clips_and_unknown_encoders_are_errors (void)
{
  static const char *const nobody[] = { "Nobody", NULL };
  const BsProjectionSpec none = { .classes = 1u << 20, .n_components = 2 };
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_projection_new (corpus, nobody, &plain, NULL, NULL, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_null (bs_projection_new (corpus, face, &none, NULL, NULL, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "needs two"));
}

static void
test_a_cancelled_projection_says_so (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (bs_projection_new (corpus, face, &plain, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  int status;
  g_autoptr (TestFolder) folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  corpus = made_corpus_open (folder);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/projection/all clips are projected in metadata order",
                   test_all_clips_are_projected_in_metadata_order);
  g_test_add_func ("/projection/a pair is its two emotions and their blend",
                   test_a_pair_is_its_two_emotions_and_their_blend);
  g_test_add_func ("/projection/standardised actors have equal means",
                   test_standardised_actors_have_equal_means);
  g_test_add_func ("/projection/a pair is standardised by its own clips",
                   test_a_pair_is_standardised_by_its_own_clips);
  g_test_add_func ("/projection/whitened scores have variance 1",
                   test_whitened_scores_have_variance_1);
  g_test_add_func ("/projection/too few clips and unknown encoders are errors",
                   test_too_few_clips_and_unknown_encoders_are_errors);
  g_test_add_func ("/projection/a cancelled projection says so",
                   test_a_cancelled_projection_says_so);
  status = g_test_run ();
  bs_corpus_unref (corpus);
  return status;
}
