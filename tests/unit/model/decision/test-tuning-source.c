/* SPDX-License-Identifier: MIT */
/* Which of three sources names a figure, as a table. */
#include "model/decision/bs-tuning-source.h"

/* What a run says of itself; a %NULL protocol and no words are an imported file. */
typedef struct {
  const char *protocol;
  const char *chosen;
  const char *weights;
} Said;

static const Said bare = { NULL, NULL, NULL };
static const Said official = { "official", NULL, NULL };
static const Said paper = { "paper-000", NULL, NULL };
static const Said honest = { "honest", NULL, NULL };
static const Said fused_here = { "official", "elsewhere", "here" };
static const Said fused_honest = { "honest", "elsewhere", "elsewhere" };
static const Said fused_of_files = { "honest", "not known", "elsewhere" };
static const Said fused_of_official = { "honest", "here", "elsewhere" };
static const Said fused_given = { "given", "elsewhere", "not known" };
static const Said fused_strange = { "honest", "perhaps", NULL };

static const struct {
  const Said *said;
  BsThresholdOrigin origin;
  BsProtocol protocol;
  const char *network, *thresholds, *weights, *worst;
} rows[] = {
#define H "here"
#define E "elsewhere"
#define N "not known"
  /* A bare file: here only where thresholds are tuned here. */
  { &bare, BS_THRESHOLDS_NONE, 0, N, N, E, N },
  { &bare, BS_THRESHOLDS_PROTOCOL, BS_PROTOCOL_OFFICIAL, N, H, E, H },
  { &bare, BS_THRESHOLDS_PROTOCOL, BS_PROTOCOL_MEAN, N, H, E, H },
  { &bare, BS_THRESHOLDS_PROTOCOL, BS_PROTOCOL_TRAIN, N, E, E, N },
  { &bare, BS_THRESHOLDS_GIVEN, 0, N, N, E, N },
  { &bare, BS_THRESHOLDS_HAND, 0, N, H, E, H },
  /* A training whose epoch was chosen on the fold reported stays here, whatever the thresholds. */
  { &official, BS_THRESHOLDS_RUN, 0, H, H, E, H },
  { &official, BS_THRESHOLDS_PROTOCOL, BS_PROTOCOL_TRAIN, H, E, E, H },
  { &official, BS_THRESHOLDS_NONE, 0, H, E, E, H },
  { &paper, BS_THRESHOLDS_RUN, 0, H, E, E, H },
  /* An honest one is what its thresholds are. */
  { &honest, BS_THRESHOLDS_RUN, 0, E, E, E, E },
  { &honest, BS_THRESHOLDS_PROTOCOL, BS_PROTOCOL_TRAIN, E, E, E, E },
  { &honest, BS_THRESHOLDS_PROTOCOL, BS_PROTOCOL_EXACT, E, H, E, H },
  { &honest, BS_THRESHOLDS_PROTOCOL, BS_PROTOCOL_BEST_FOLD, E, H, E, H },
  { &honest, BS_THRESHOLDS_PROTOCOL, BS_PROTOCOL_PRESENCE_FIRST, E, H, E, H },
  { &honest, BS_THRESHOLDS_GIVEN, 0, E, N, E, N },
  { &honest, BS_THRESHOLDS_HAND, 0, E, H, E, H },
  { &honest, BS_THRESHOLDS_NONE, 0, E, E, E, E },
  /* Fusions: weights count as the others do. */
  { &fused_here, BS_THRESHOLDS_PROTOCOL, BS_PROTOCOL_TRAIN, E, E, H, H },
  { &fused_honest, BS_THRESHOLDS_RUN, 0, E, E, E, E },
  { &fused_of_files, BS_THRESHOLDS_RUN, 0, N, E, E, N },
  { &fused_of_official, BS_THRESHOLDS_RUN, 0, H, E, E, H },
  { &fused_given, BS_THRESHOLDS_RUN, 0, E, H, N, H },
  { &fused_given, BS_THRESHOLDS_PROTOCOL, BS_PROTOCOL_TRAIN, E, E, N, N },
  { &fused_strange, BS_THRESHOLDS_RUN, 0, N, E, E, N },
};

static BsRun *
run_that_says (const Said *said)
{
  BsRun *run = bs_run_new ();
  run->protocol = g_strdup (said->protocol);
  if (said->chosen != NULL)
    g_hash_table_insert (run->settings, g_strdup (BS_RUN_CHOSEN), g_strdup (said->chosen));
  if (said->weights != NULL)
    g_hash_table_insert (run->settings, g_strdup (BS_RUN_WEIGHTS_CHOSEN), g_strdup (said->weights));
  return run;
}

static void
test_the_worst_of_three_sources_names_a_figure (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (BsRun) run = run_that_says (rows[i].said);
    BsTuningSource source = bs_tuning_source (run, rows[i].origin, rows[i].protocol);
    g_test_message ("row %zu", i);
    g_assert_cmpstr (bs_chosen_word (source.network), ==, rows[i].network);
    g_assert_cmpstr (bs_chosen_word (source.thresholds), ==, rows[i].thresholds);
    g_assert_cmpstr (bs_chosen_word (source.weights), ==, rows[i].weights);
    g_assert_cmpstr (bs_chosen_word (bs_tuning_source_worst (&source)), ==, rows[i].worst);
    g_assert_cmpint (bs_run_chosen (run), ==, MAX (source.network, source.weights));
  }
}

static void
test_a_file_without_a_run_is_not_known (void)
{
  BsTuningSource source = bs_tuning_source (NULL, BS_THRESHOLDS_NONE, BS_PROTOCOL_OFFICIAL);
  g_assert_cmpint (bs_tuning_source_worst (&source), ==, BS_CHOSEN_NOT_KNOWN);
  source = bs_tuning_source (NULL, BS_THRESHOLDS_PROTOCOL, BS_PROTOCOL_TRAIN);
  g_assert_cmpint (bs_tuning_source_worst (&source), ==, BS_CHOSEN_NOT_KNOWN);
  g_assert_cmpint (bs_run_chosen (NULL), ==, BS_CHOSEN_NOT_KNOWN);
}

/* Two folds of two clips, judged by a run that has a pair for each. */
static void
test_the_origin_belongs_to_the_numbers (void)
{
  const BsLabel truth[4] = { bs_label_single (BS_EMOTION_ANG), bs_label_single (BS_EMOTION_SAD),
                             bs_label_single (BS_EMOTION_ANG), bs_label_single (BS_EMOTION_SAD) };
  const gint8 folds[4] = { 0, 0, 1, 1 };
  const int actors[4] = { 0 };
  const double p[4][BS_N_EMOTIONS] = { { .6, .4 }, { .5, .5 }, { .7, .3 }, { .9, .1 } };
  g_autoptr (BsEvaluationSet) cases =
    bs_evaluation_set_new_from_arrays (4, truth, folds, actors, p, NULL);
  g_autoptr (BsRun) run = run_that_says (&honest);
  for (int k = 0; k < 2; k++) {
    BsFoldResult *fold = g_new0 (BsFoldResult, 1);
    *fold = (BsFoldResult){ .fold = k, .alpha = .2 + .1 * k, .beta = .1 };
    g_ptr_array_add (run->folds, fold);
  }
  BsThresholds thresholds;
  bs_thresholds_set_all (&thresholds, (BsThresholdPair){ .2, .1 });
  g_assert_false (bs_thresholds_differ (&thresholds, cases));
  g_assert_cmpint (bs_threshold_origin (run, cases, &thresholds, -1), ==, BS_THRESHOLDS_HAND);
  thresholds.fold[1].alpha = bs_run_fold (run, 1)->alpha;
  g_assert_true (bs_thresholds_differ (&thresholds, cases));
  g_assert_cmpint (bs_threshold_origin (run, cases, &thresholds, -1), ==, BS_THRESHOLDS_RUN);
  g_assert_cmpint (bs_threshold_origin (run, cases, &thresholds, BS_PROTOCOL_TRAIN), ==,
                   BS_THRESHOLDS_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tuning-source/worst", test_the_worst_of_three_sources_names_a_figure);
  g_test_add_func ("/tuning-source/bare", test_a_file_without_a_run_is_not_known);
  g_test_add_func ("/tuning-source/origin", test_the_origin_belongs_to_the_numbers);
  return g_test_run ();
}
