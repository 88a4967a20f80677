/* SPDX-License-Identifier: MIT */
/* What is asked of a run about one clip: over its time, where it looked, and which encoder said
 * what. */
#include <math.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "model/inference/bs-attention-trace.h"
#include "model/inference/bs-encoder-ablation.h"
#include "model/inference/bs-prediction-track.h"
#include "model/network/bs-loss.h"
#include "tests/support/bs-made-models.h"

#define CLIP 3
#define DURATION_S 5.0

static TestFolder *folder;
static BsCorpus *corpus;

static void
assert_same (const double a[BS_N_EMOTIONS], const double b[BS_N_EMOTIONS])
{
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    g_assert_cmpfloat_with_epsilon (a[e], b[e], 1e-5);
}

static gboolean
differ (const double a[BS_N_EMOTIONS], const double b[BS_N_EMOTIONS])
{
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    if (fabs (a[e] - b[e]) > 1e-4)
      return TRUE;
  return FALSE;
}

static const double *
said_of_clip (const BsRun *run, gsize clip)
{
  const char *name = bs_metadata_clip (bs_corpus_metadata (corpus), clip)->filename;
  for (gsize i = 0; i < run->predictions->n; i++)
    if (g_str_equal (run->predictions->filenames[i], name))
      return run->predictions->probabilities[i];
  g_error ("nothing is said of %s", name);
}

static BsEncoderAblation *
verdicts_of (const BsRun *run, gsize clip)
{
  g_autoptr (GError) error = NULL;
  BsEncoderAblation *ablation = bs_encoder_ablation_new (corpus, run, clip, NULL, &error);
  g_assert_no_error (error);
  return ablation;
}

static void
test_all_encoders_say_what_the_run_says (gconstpointer model)
{
  g_autoptr (BsTrainConfig) config = made_config_new (model, "Face,Voice");
  g_autoptr (BsRun) run = made_train (corpus, config);
  g_autoptr (BsEncoderAblation) of = verdicts_of (run, CLIP);
  gboolean has_thresholds = run->predictions->decisions == NULL;
  g_assert_true (of->has_thresholds == has_thresholds);
  g_assert_cmpuint (of->n, ==, 2);
  g_assert_cmpstr (of->of[0].encoder, ==, "Face");
  assert_same (of->whole.p, said_of_clip (run, CLIP));
  /* Of two encoders one is alone where the other is left out. */
  assert_same (of->of[0].alone.p, of->of[1].without.p);
  assert_same (of->of[1].alone.p, of->of[0].without.p);
  g_assert_true (differ (of->of[0].alone.p, of->whole.p));
  g_assert_true (differ (of->of[1].alone.p, of->whole.p));
  g_assert_true (bs_label_is_known (of->whole.decision) == !has_thresholds);
}

static void
test_three_encoders (void)
{
  g_autoptr (BsTrainConfig) config = made_config_new ("mlp-256", "Face,Voice," MADE_VECTORS);
  made_config_set (config, "normalise", "actor");
  g_autoptr (BsRun) run = made_train (corpus, config);
  g_autoptr (BsEncoderAblation) of = verdicts_of (run, CLIP);
  g_assert_cmpuint (of->n, ==, 3);
  assert_same (of->whole.p, said_of_clip (run, CLIP));
  for (guint e = 0; e < 3; e++)
    g_assert_true (differ (of->of[e].alone.p, of->of[e].without.p));
}

static void
test_a_single_encoder_has_no_verdicts_but_logits (void)
{
  g_autoptr (BsTrainConfig) config = made_config_new ("attention-pool", "Face");
  made_config_set (config, "temperature", "yes");
  g_autoptr (BsRun) run = made_train (corpus, config);
  g_autoptr (BsEncoderAblation) of = verdicts_of (run, CLIP);
  g_assert_cmpuint (of->n, ==, 0);
  g_assert_cmpfloat (of->temperature, >, 0);
  g_assert_cmpfloat (fabs (of->temperature - 1), >, 1e-5);
  BsReal divided[BS_N_EMOTIONS];
  double p[BS_N_EMOTIONS];
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    divided[e] = (BsReal) (of->logits[e] / of->temperature);
  bs_softmax (divided, BS_N_EMOTIONS, p);
  assert_same (p, of->whole.p);
  made_config_set (config, "temperature", "no");
  g_autoptr (BsRun) without = made_train (corpus, config);
  g_autoptr (BsEncoderAblation) plain = verdicts_of (without, CLIP);
  g_assert_true (isnan (plain->temperature));
}

/* Whether the most probable emotion is one of the label's. */
static int
hits (const BsAblationResult *result, BsLabel label)
{
  int top = 0;
  for (int e = 1; e < BS_N_EMOTIONS; e++)
    if (result->p[e] > result->p[top])
      top = e;
  return top == label.first || (bs_label_is_blend (label) && top == label.second);
}

/* The vectors say nothing, so the face decides alone and is what is missed. */
static void
test_one_encoder_carries_everything (gconstpointer model)
{
  g_autoptr (BsTrainConfig) config = made_config_new (model, "Face," MADE_VECTORS);
  made_config_set (config, "epochs", "40");
  made_config_set (config, "lr", "0.02");
  g_autoptr (BsRun) run = made_train (corpus, config);
  int n = MADE_N_FOLDS * MADE_PER_FOLD, whole = 0, alone = 0, without = 0;
  for (int i = 0; i < n; i++) {
    g_autoptr (BsEncoderAblation) of = verdicts_of (run, (gsize) i);
    BsLabel label = bs_metadata_clip (bs_corpus_metadata (corpus), (gsize) i)->label;
    whole += hits (&of->whole, label);
    alone += hits (&of->of[0].alone, label);
    without += hits (&of->of[0].without, label);
  }
  g_assert_cmpint (whole, >, n * 7 / 10);
  g_assert_cmpint (alone, >=, whole - n / 10);
  g_assert_cmpint (without, <, n / 2);
}

static double
sum_of (const BsAttentionLane *lane)
{
  double sum = 0;
  for (gsize t = 0; t < lane->n; t++)
    sum += lane->weight[t];
  return sum;
}

static BsAttentionTrace *
trace_of (const char *model, const char *encoders, const char *branch, gsize clip)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsTrainConfig) config = made_config_new (model, encoders);
  if (branch != NULL)
    made_config_set (config, "branch", branch);
  g_autoptr (BsRun) run = made_train (corpus, config);
  BsAttentionTrace *trace = bs_attention_trace_new (corpus, run, clip, DURATION_S, NULL, &error);
  g_assert_no_error (error);
  return trace;
}

static void
test_attention_lies_where_the_rows_are (void)
{
  /* 25 rows in 6 segments: the middle one of each. */
  static const gsize rows[] = { 1, 5, 9, 13, 17, 22 };
  g_autoptr (BsAttentionTrace) trace = trace_of ("attention-pool", "Face", NULL, CLIP);
  g_assert_cmpuint (trace->n_lanes, ==, 1);
  const BsAttentionLane *lane = &trace->lanes[0];
  g_assert_cmpuint (lane->n, ==, G_N_ELEMENTS (rows));
  g_assert_null (lane->branch);
  g_assert_true (isnan (lane->branch_weight));
  for (gsize t = 0; t < lane->n; t++)
    g_assert_cmpfloat_with_epsilon (lane->time_s[t], ((double) rows[t] + .5) / 25 * DURATION_S,
                                    1e-9);
  g_assert_cmpfloat_with_epsilon (bs_attention_lane_share (lane), 1, 1e-5);
  g_assert_cmpint (bs_attention_lane_find (lane, 0), ==, 0);
  g_assert_cmpint (bs_attention_lane_find (lane, 2.0), ==, 2);
  g_assert_cmpint (bs_attention_lane_find (lane, 99), ==, 5);
}

static void
test_attention_over_modalities (void)
{
  const gsize clips[] = { CLIP, MADE_N_FOLDS * MADE_PER_FOLD }; /* the second is of the test part */
  for (gsize i = 0; i < G_N_ELEMENTS (clips); i++) {
    g_autoptr (BsAttentionTrace) trace = trace_of ("attention", "Face,Voice", NULL, clips[i]);
    g_assert_cmpuint (trace->n_lanes, ==, 2);
    g_assert_cmpstr (trace->lanes[1].encoder, ==, "Voice");
    g_assert_cmpfloat_with_epsilon (sum_of (&trace->lanes[0]) + sum_of (&trace->lanes[1]), 1, 1e-5);
    g_assert_cmpfloat (sum_of (&trace->lanes[1]), >, 0.01);
  }
}

static void
test_attention_of_branches (void)
{
  g_autoptr (BsAttentionTrace) mixed = trace_of ("mixed", "Face,Voice", "attention-pool", CLIP);
  double shares = 0;
  g_assert_cmpuint (mixed->n_lanes, ==, 4);
  for (guint i = 0; i < 4; i++)
    shares += bs_attention_lane_share (&mixed->lanes[i]);
  g_assert_cmpfloat_with_epsilon (shares, 1, 1e-5);
  g_assert_cmpfloat_with_epsilon (sum_of (&mixed->lanes[0]), 1, 1e-5);
  g_assert_cmpfloat_with_epsilon (sum_of (&mixed->lanes[2]) + sum_of (&mixed->lanes[3]), 1, 1e-5);
  g_assert_cmpstr (mixed->lanes[3].branch, ==, "attention");
  g_assert_cmpfloat (mixed->lanes[2].branch_weight, ==, mixed->lanes[3].branch_weight);
  g_autoptr (BsAttentionTrace) still = trace_of ("mixed", "Face,Voice", "stat", CLIP);
  g_assert_cmpuint (still->n_lanes, ==, 4);
  g_assert_cmpuint (still->lanes[0].n, ==, 0);
  g_assert_cmpfloat (still->lanes[0].branch_weight, >, 0);
  g_autoptr (BsAttentionTrace) concat =
    trace_of ("concatenation", "Face,Voice", "attention-pool", CLIP);
  g_assert_cmpuint (concat->n_lanes, ==, 2);
  g_assert_true (isnan (concat->lanes[0].branch_weight));
  g_autoptr (BsAttentionTrace) none = trace_of ("linear", "Face,Voice", NULL, CLIP);
  g_assert_cmpuint (none->n_lanes, ==, 0);
}

/* The run's probabilities are the softmax of its rows' mean logits, which are the logarithms of
 * the rows' probabilities up to a constant. */
static void
test_rows_over_time (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsTrainConfig) config = made_config_new ("linear", "Voice");
  made_config_set (config, "features", "subsample");
  g_autoptr (BsRun) run = made_train (corpus, config);
  g_autoptr (BsPredictionTrack) track =
    bs_prediction_track_new (corpus, run, CLIP, DURATION_S, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (track->kind, ==, BS_PREDICTION_TRACK_ROWS);
  g_assert_cmpuint (track->n, ==, 9);
  g_assert_cmpfloat_with_epsilon (track->centre_s[4], DURATION_S / 2, 1e-9);
  BsReal logits[BS_N_EMOTIONS] = { 0 };
  double p[BS_N_EMOTIONS], at[BS_N_EMOTIONS];
  for (gsize r = 0; r < track->n; r++)
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      logits[e] += (BsReal) (log (track->p[r][e]) / (double) track->n);
  bs_softmax (logits, BS_N_EMOTIONS, p);
  assert_same (p, said_of_clip (run, CLIP));
  bs_prediction_track_at (track, track->centre_s[7], at);
  assert_same (at, track->p[7]);
  g_assert_true (differ (track->p[7], track->p[6]));
}

static void
test_what_is_missing_is_said (void)
{
  g_autoptr (GError) error = NULL;
  const MadeCorpus made = { -1, -1, 0, CLIP, NULL };
  TestFolder *lacking = made_corpus_write (&made);
  g_autoptr (BsCorpus) without = made_corpus_open (lacking);
  g_autoptr (BsTrainConfig) config = made_config_new ("linear", "Face,Voice");
  g_autoptr (BsRun) run = made_train (corpus, config);
  g_assert_null (bs_encoder_ablation_new (without, run, CLIP, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "Voice"));
  g_clear_error (&error);
  g_autoptr (BsRun) imported =
    bs_run_from_predictions (run->predictions, "said elsewhere", bs_corpus_metadata (corpus));
  g_assert_null (bs_encoder_ablation_new (corpus, imported, CLIP, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_null (bs_attention_trace_new (corpus, imported, CLIP, DURATION_S, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_MISSING);
  test_folder_free (lacking);
}

static void
test_a_clip_without_rows (void)
{
  g_autoptr (GError) error = NULL;
  TestFolder *empty = made_corpus_write (&MADE_CORPUS_PLAIN);
  const gsize shape[] = { 0, MADE_VOICE_WIDTH };
  g_autoptr (GBytes) npy = bs_npy_from_floats (NULL, shape, 2);
  gsize size = 0;
  const void *bytes = g_bytes_get_data (npy, &size);
  test_folder_write_bytes (empty, "Voice_train/clip_003.npy", bytes, size);
  g_autoptr (BsCorpus) lacking = made_corpus_open (empty);
  g_autoptr (BsTrainConfig) config = made_config_new ("linear", "Voice");
  made_config_set (config, "features", "subsample");
  g_autoptr (BsRun) rows = made_train (corpus, config);
  g_assert_null (bs_prediction_track_new (lacking, rows, CLIP, DURATION_S, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
  g_clear_error (&error);
  g_autoptr (BsTrainConfig) attention = made_config_new ("attention", "Face,Voice");
  g_autoptr (BsRun) run = made_train (corpus, attention);
  g_assert_null (bs_attention_trace_new (lacking, run, CLIP, DURATION_S, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_VALUE);
  test_folder_free (empty);
}

int
main (int argc, char **argv)
{
  static const char *const models[] = { "linear",        "mlp-1024-512", "attention",
                                        "concatenation", "mixed",        "direct-36" };
  static const char *const carried[] = { "mlp-256", "concatenation" };
  g_test_init (&argc, &argv, NULL);
  folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  corpus = made_corpus_open (folder);
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++) {
    g_autofree char *path = g_strdup_printf ("/verdicts/whole/%s", models[i]);
    g_test_add_data_func (path, models[i], test_all_encoders_say_what_the_run_says);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (carried); i++) {
    g_autofree char *path = g_strdup_printf ("/verdicts/carried/%s", carried[i]);
    g_test_add_data_func (path, carried[i], test_one_encoder_carries_everything);
  }
  g_test_add_func ("/verdicts/three", test_three_encoders);
  g_test_add_func ("/verdicts/single", test_a_single_encoder_has_no_verdicts_but_logits);
  g_test_add_func ("/verdicts/missing", test_what_is_missing_is_said);
  g_test_add_func ("/verdicts/no-rows", test_a_clip_without_rows);
  g_test_add_func ("/attention/rows", test_attention_lies_where_the_rows_are);
  g_test_add_func ("/attention/modalities", test_attention_over_modalities);
  g_test_add_func ("/attention/branches", test_attention_of_branches);
  g_test_add_func ("/prediction-track/rows", test_rows_over_time);
  int status = g_test_run ();
  bs_corpus_unref (corpus);
  test_folder_free (folder);
  return status;
}
