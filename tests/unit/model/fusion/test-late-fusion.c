/* SPDX-License-Identifier: MIT */
/* Late fusion against brute force over the simplex, and what its protocols promise. */
#include "model/fusion/bs-late-fusion.h"

#include <math.h>

#include "model/fusion/bs-fusion-line.h"
#include "model/fusion/bs-fusion-search.h"
#include "tests/support/bs-made-members.h"
#include "tests/support/bs-test-folder.h"

#define MOST_MEMBERS 6

typedef struct {
  BsFusionMember members[MOST_MEMBERS];
  gsize n;
} Members;

static Members
members_new (gsize n)
{
  static const char *const names[MOST_MEMBERS] = { "a", "b", "c", "d", "e", "f" };
  Members self = { .n = n };
  for (gsize m = 0; m < n; m++)
    self.members[m] =
      (BsFusionMember){ names[m], member_predictions (m + 1, 1.2 + 0.1 * (double) m, 0), FALSE };
  return self;
}

static void
members_clear (Members *self)
{
  for (gsize m = 0; m < self->n; m++)
    bs_predictions_unref (self->members[m].predictions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Members, members_clear)

/* Some of the invented clips, for the search itself. */
static BsFusionClips *
clips_new (guint64 seed, gsize n_members, gsize n)
{
  g_autofree gsize *index = g_new (gsize, n);
  g_autofree BsLabel *truth = g_new (BsLabel, n);
  double (*p[MOST_MEMBERS])[BS_N_EMOTIONS];
  BsRandom random;
  bs_random_init (&random, seed);
  for (gsize i = 0; i < n; i++) {
    index[i] = i;
    truth[i] = member_label (i);
  }
  for (gsize m = 0; m < n_members; m++) {
    p[m] = g_malloc_n (n, sizeof *p[m]);
    for (gsize i = 0; i < n; i++)
      member_probabilities (i, 1.3, &random, p[m][i]);
  }
  BsFusionClips *clips =
    bs_fusion_clips_new ((const double (*const *)[BS_N_EMOTIONS]) p, n_members, truth, index, n);
  for (gsize m = 0; m < n_members; m++)
    g_free (p[m]);
  return clips;
}

static double
score_at (const BsFusionClips *clips, const double *weights)
{
  g_autofree double *scratch = g_new (double, clips->n *BS_N_EMOTIONS);
  return bs_fusion_clips_total (clips, weights, scratch) / clips->full_total;
}

static double
search (const BsFusionClips *clips, double *weights)
{
  return bs_fusion_search (clips, &(BsFusionSearch){ .without = -1, .seed = 1 }, weights);
}

static void
test_two_members_are_never_below_brute_force (void)
{
  for (guint64 seed = 1; seed <= 10; seed++) {
    g_autoptr (BsFusionClips) clips = clips_new (seed, 2, 80);
    double best = 0, weights[2];
    for (int i = 0; i <= 2000; i++) {
      const double at[] = { i / 2000.0, 1 - i / 2000.0 };
      best = MAX (best, score_at (clips, at));
    }
    double found = search (clips, weights);
    g_assert_cmpfloat (found, >=, best);
    g_assert_cmpfloat (found, ==, score_at (clips, weights));
  }
}

static void
test_three_members_are_never_below_brute_force (void)
{
  for (guint64 seed = 1; seed <= 4; seed++) {
    g_autoptr (BsFusionClips) clips = clips_new (seed, 3, 80);
    double best = 0, weights[3];
    for (int i = 0; i <= 100; i++)
      for (int j = 0; i + j <= 100; j++) {
        const double at[] = { i / 100.0, j / 100.0, (100 - i - j) / 100.0 };
        best = MAX (best, score_at (clips, at));
      }
    double found = search (clips, weights);
    g_assert_cmpfloat (found, >=, best);
    g_assert_cmpfloat_with_epsilon (weights[0] + weights[1] + weights[2], 1, 1e-12);
  }
}

/* The line's sweep against the rule itself at many points. */
static void
test_a_line_keeps_what_it_promises (void)
{
  const double equal[] = { .25, .25, .25, .25 };
  BsRandom random;
  bs_random_init (&random, 3);
  g_autoptr (BsFusionClips) clips = clips_new (5, 4, 120);
  g_autoptr (BsFusionLine) line = bs_fusion_line_new (clips);
  for (int round = 0; round < 20; round++) {
    double weights[4], to[4], direction[4], best[4], sum = 0, sum_to = 0;
    for (int m = 0; m < 4; m++) {
      sum += weights[m] = bs_random_double (&random);
      sum_to += to[m] = bs_random_double (&random);
    }
    for (int m = 0; m < 4; m++) {
      weights[m] /= sum;
      direction[m] = to[m] / sum_to - weights[m];
    }
    double total = bs_fusion_line_search (line, weights, direction, equal, best);
    g_assert_cmpfloat (total / clips->full_total, ==, score_at (clips, best));
    for (int i = 0; i <= 500; i++) {
      double at[4];
      for (int m = 0; m < 4; m++)
        at[m] = weights[m] + i / 500.0 * direction[m];
      g_assert_cmpfloat (total / clips->full_total, >=, score_at (clips, at));
    }
  }
}

static double
mean_score (const BsEvaluationSet *cases, const BsThresholds *thresholds)
{
  g_autoptr (BsMetrics) metrics = bs_metrics_new (cases);
  bs_metrics_compute (metrics, cases, thresholds);
  return metrics->mean_score;
}

static void
test_scores_are_those_of_the_official_search (void)
{
  g_auto (Members) members = members_new (3);
  g_autoptr (BsMetadata) metadata = members_metadata (-1);
  g_autoptr (GError) error = NULL;
  const BsFusionConfig config = { .protocol = BS_FUSION_OFFICIAL, .seed = 7 };
  g_autoptr (BsLateFusion) fusion =
    bs_late_fusion_new (metadata, members.members, 3, &config, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (BsEvaluationSet) cases = bs_evaluation_set_new (metadata, fusion->predictions, &error);
  g_assert_cmpfloat_with_epsilon (mean_score (cases, &fusion->thresholds), fusion->best_score,
                                  1e-12);
  for (gsize m = 0; m < 3; m++) {
    BsThresholds thresholds;
    g_autoptr (BsEvaluationSet) own =
      bs_evaluation_set_new (metadata, members.members[m].predictions, &error);
    bs_tune (own, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &thresholds);
    g_assert_cmpfloat_with_epsilon (mean_score (own, &thresholds), fusion->worth[m].alone, 1e-12);
  }
}

static void
test_never_below_a_member_equal_weights_or_a_subset (void)
{
  for (gsize n = 2; n <= MOST_MEMBERS; n += 2) {
    g_auto (Members) members = members_new (n);
    g_autoptr (BsMetadata) metadata = members_metadata (-1);
    g_autoptr (GError) error = NULL;
    const BsFusionConfig config = { .protocol = BS_FUSION_OFFICIAL };
    g_autoptr (BsLateFusion) fusion =
      bs_late_fusion_new (metadata, members.members, n, &config, NULL, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpfloat (fusion->best_score, >=, fusion->equal_score);
    for (gsize m = 0; m < n; m++) {
      g_assert_cmpfloat (fusion->best_score, >=, fusion->worth[m].alone);
      g_assert_cmpfloat (fusion->best_score, >=, fusion->worth[m].without - 1e-12);
      g_assert_cmpfloat (fusion->worth[m].weight, >=, 0);
    }
  }
}

static void
test_seed_decides_and_threads_do_not (void)
{
  g_auto (Members) members = members_new (4);
  g_autoptr (BsMetadata) metadata = members_metadata (-1);
  BsLateFusion *fusions[2];
  for (int i = 0; i < 2; i++) {
    const BsFusionConfig config = { BS_FUSION_HONEST, NULL, 5, i == 0 ? 1 : 4 };
    fusions[i] = bs_late_fusion_new (metadata, members.members, 4, &config, NULL, NULL, NULL, NULL);
  }
  g_assert_cmpmem (fusions[0]->weights, 6 * 4 * sizeof (double), fusions[1]->weights,
                   6 * 4 * sizeof (double));
  for (gsize m = 0; m < 4; m++)
    g_assert_cmpfloat (fusions[0]->worth[m].without, ==, fusions[1]->worth[m].without);
  for (int i = 0; i < 2; i++)
    bs_late_fusion_free (fusions[i]);
}

static void
test_equal_members_get_equal_weights (void)
{
  g_auto (Members) members = members_new (1);
  g_autoptr (BsMetadata) metadata = members_metadata (-1);
  const BsFusionMember same[] = { members.members[0], members.members[0], members.members[0] };
  const BsFusionConfig config = { .protocol = BS_FUSION_OFFICIAL };
  g_autoptr (BsLateFusion) fusion =
    bs_late_fusion_new (metadata, same, 3, &config, NULL, NULL, NULL, NULL);
  for (gsize m = 0; m < 3; m++)
    g_assert_cmpfloat (fusion->worth[m].weight, ==, 1.0 / 3);
}

/* Nothing of a fold, not even its labels, decides what its clips get. */
static void
test_honest_weights_and_thresholds_do_not_know_their_fold (void)
{
  g_auto (Members) members = members_new (3);
  const BsFusionConfig config = { .protocol = BS_FUSION_HONEST };
  BsLateFusion *fusions[2];
  for (int i = 0; i < 2; i++) {
    g_autoptr (BsMetadata) metadata = members_metadata (i == 0 ? -1 : 2);
    fusions[i] = bs_late_fusion_new (metadata, members.members, 3, &config, NULL, NULL, NULL, NULL);
  }
  for (int m = 0; m < 3; m++)
    g_assert_cmpfloat (bs_late_fusion_weights (fusions[0], 2)[m], ==,
                       bs_late_fusion_weights (fusions[1], 2)[m]);
  g_assert_cmpfloat (fusions[0]->thresholds.fold[2].alpha, ==,
                     fusions[1]->thresholds.fold[2].alpha);
  g_assert_cmpfloat (fusions[0]->thresholds.fold[2].beta, ==, fusions[1]->thresholds.fold[2].beta);
  g_assert_cmpint (bs_tuning_source_worst (&fusions[0]->source), ==, BS_CHOSEN_ELSEWHERE);
  gboolean others_differ = FALSE;
  for (int k = 0; k < MEMBERS_N_FOLDS; k++)
    others_differ |=
      bs_late_fusion_weights (fusions[0], k)[0] != bs_late_fusion_weights (fusions[1], k)[0];
  g_assert_true (others_differ);
  for (int i = 0; i < 2; i++)
    bs_late_fusion_free (fusions[i]);
}

static void
test_the_mean_is_that_of_the_folds_weights (void)
{
  g_auto (Members) members = members_new (3);
  g_autoptr (BsMetadata) metadata = members_metadata (-1);
  BsFusionConfig config = { .protocol = BS_FUSION_OFFICIAL };
  g_autoptr (BsLateFusion) official =
    bs_late_fusion_new (metadata, members.members, 3, &config, NULL, NULL, NULL, NULL);
  config.protocol = BS_FUSION_MEAN;
  g_autoptr (BsLateFusion) mean =
    bs_late_fusion_new (metadata, members.members, 3, &config, NULL, NULL, NULL, NULL);
  g_assert_cmpint (mean->source.weights, ==, BS_CHOSEN_HERE);
  for (int m = 0; m < 3; m++) {
    double sum = 0;
    for (int k = 0; k < MEMBERS_N_FOLDS; k++)
      sum += bs_late_fusion_weights (official, k)[m];
    for (int k = -1; k < MEMBERS_N_FOLDS; k++)
      g_assert_cmpfloat_with_epsilon (bs_late_fusion_weights (mean, k)[m], sum / MEMBERS_N_FOLDS,
                                      1e-12);
  }
}

static void
test_given_weights_are_a_weighted_mean_of_common_clips (void)
{
  const double weights[] = { .7, .3 };
  g_auto (Members) members = members_new (1);
  g_autoptr (BsMetadata) metadata = members_metadata (-1);
  g_autoptr (BsPredictions) late = member_predictions (9, 1, 40);
  const BsFusionMember two[] = { members.members[0], { "late", late, BS_CHOSEN_HERE } };
  const BsFusionConfig config = { .weights = weights };
  g_autoptr (BsLateFusion) fusion =
    bs_late_fusion_new (metadata, two, 2, &config, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (fusion->n, ==, MEMBERS_N_CLIPS - 40);
  g_assert_cmpuint (fusion->n_left_out, ==, 40);
  g_assert_nonnull (strstr (fusion->predictions->note, "40 clips"));
  g_assert_cmpint (fusion->source.network, ==, BS_CHOSEN_HERE); /* a member was */
  g_assert_cmpint (fusion->source.weights, ==, BS_CHOSEN_NOT_KNOWN); /* somebody gave them */
  g_assert_cmpstr (fusion->predictions->filenames[0], ==, "clip_040");
  g_assert_cmpint (fusion->predictions->folds[3], ==, 43 % MEMBERS_N_FOLDS);
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    g_assert_cmpfloat (fusion->predictions->probabilities[3][e], ==,
                       .7 * two[0].predictions->probabilities[43][e] +
                         .3 * late->probabilities[3][e]);
  g_assert_cmpfloat (fusion->worth[0].without, ==, fusion->worth[1].alone);
}

static void
test_what_cannot_be_fused_is_refused (void)
{
  g_auto (Members) members = members_new (2);
  g_autoptr (BsMetadata) metadata = members_metadata (-1);
  g_autoptr (GError) error = NULL;
  const BsFusionConfig config = { 0 };
  g_assert_null (
    bs_late_fusion_new (metadata, members.members, 1, &config, NULL, NULL, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
  g_clear_error (&error);
  members.members[1].predictions->kind = BS_PREDICTIONS_DECISIONS;
  g_assert_null (
    bs_late_fusion_new (metadata, members.members, 2, &config, NULL, NULL, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
  g_assert_true (g_str_has_prefix (error->message, "b: "));
}

static void
cancel_cb (double fraction, const char *message, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancelling_ends_it (void)
{
  g_auto (Members) members = members_new (MOST_MEMBERS);
  g_autoptr (BsMetadata) metadata = members_metadata (-1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const BsFusionConfig config = { .protocol = BS_FUSION_OFFICIAL };
  g_assert_null (bs_late_fusion_new (metadata, members.members, MOST_MEMBERS, &config, cancel_cb,
                                     cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_a_run_keeps_members_weights_and_thresholds (void)
{
  g_auto (Members) members = members_new (2);
  g_autoptr (BsMetadata) metadata = members_metadata (-1);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GError) error = NULL;
  const BsFusionConfig config = { .protocol = BS_FUSION_HONEST, .seed = 3 };
  g_autoptr (BsLateFusion) fusion =
    bs_late_fusion_new (metadata, members.members, 2, &config, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (BsRun) made = bs_late_fusion_make_run (fusion, metadata);
  g_assert_true (bs_run_save (made, test_folder_path (folder, "run"), &error));
  g_autoptr (BsRun) run = bs_run_load (test_folder_path (folder, "run"), &error);
  g_assert_no_error (error);
  g_autoptr (GArray) worth = bs_late_fusion_worth_of_run (run);
  g_assert_true (bs_run_is_late_fusion (run));
  g_assert_cmpstr (run->protocol, ==, "honest");
  g_assert_cmpint (bs_run_chosen (run), ==, BS_CHOSEN_ELSEWHERE);
  g_assert_null (g_hash_table_lookup (run->settings, "score_best"));
  g_assert_nonnull (g_hash_table_lookup (run->settings, "score_official"));
  g_assert_cmpuint (worth->len, ==, 2);
  for (guint m = 0; m < 2; m++) {
    const BsFusionWorth *member = &g_array_index (worth, BsFusionWorth, m);
    g_assert_cmpstr (member->name, ==, fusion->worth[m].name);
    g_assert_cmpfloat (member->weight, ==, fusion->worth[m].weight);
    g_assert_cmpfloat (member->alone, ==, fusion->worth[m].alone);
    g_assert_cmpfloat (member->without, ==, fusion->worth[m].without);
  }
  for (int k = 0; k < MEMBERS_N_FOLDS; k++)
    g_assert_cmpfloat (bs_run_fold (run, k)->alpha, ==, fusion->thresholds.fold[k].alpha);
  g_assert_cmpmem (run->predictions->probabilities, fusion->n * BS_N_EMOTIONS * sizeof (double),
                   fusion->predictions->probabilities, fusion->n * BS_N_EMOTIONS * sizeof (double));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/late-fusion/" #name, test_##name)
  ADD (two_members_are_never_below_brute_force);
  ADD (three_members_are_never_below_brute_force);
  ADD (a_line_keeps_what_it_promises);
  ADD (scores_are_those_of_the_official_search);
  ADD (never_below_a_member_equal_weights_or_a_subset);
  ADD (seed_decides_and_threads_do_not);
  ADD (equal_members_get_equal_weights);
  ADD (honest_weights_and_thresholds_do_not_know_their_fold);
  ADD (the_mean_is_that_of_the_folds_weights);
  ADD (given_weights_are_a_weighted_mean_of_common_clips);
  ADD (what_cannot_be_fused_is_refused);
  ADD (cancelling_ends_it);
  ADD (a_run_keeps_members_weights_and_thresholds);
  return g_test_run ();
}
