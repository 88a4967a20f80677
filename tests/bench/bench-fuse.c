/* SPDX-License-Identifier: MIT */
/* Late-fusion weights of twelve members in five folds, with what each member is worth, on invented
 * members of the real data's size. */
#include "data/bs-random.h"
#include "model/bs-late-fusion.h"
#include "tests/bench/bench.h"

#define N_CLIPS 2456
#define N_FOLDS 5
#define N_MEMBERS 12
#define LIMIT_US 10e6

static BsLabel
label_of (gsize i)
{
  return bs_label_from_salience_class ((int) (i * 7 % BS_N_SALIENCE_CLASSES));
}

static BsMetadata *
invent_metadata (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) csv = g_string_new ("filename,video_id,gender,mix,emotion_1,version,"
                                          "intensity_level,situation,emotion_2,"
                                          "emotion_1_salience,emotion_2_salience,fold\n");
  for (gsize i = 0; i < N_CLIPS; i++) {
    BsLabel label = label_of (i);
    g_string_append_printf (csv, "clip_%04d,A1,f,%d,%s,1,,,", (int) i, bs_label_is_blend (label),
                            bs_emotion_code ((BsEmotion) label.first));
    if (bs_label_is_blend (label))
      g_string_append_printf (csv, "%s,%d,%d,", bs_emotion_code ((BsEmotion) label.second),
                              label.first_percent, 100 - label.first_percent);
    else
      g_string_append (csv, ",,,");
    g_string_append_printf (csv, "%d\n", (int) (i % N_FOLDS));
  }
  g_autoptr (GBytes) bytes = g_bytes_new (csv->str, csv->len);
  BsMetadata *metadata = bs_metadata_parse (bytes, "train.csv", NULL, NULL, &error);
  if (metadata == NULL)
    g_error ("%s", error->message);
  return metadata;
}

static BsPredictions *
invent_predictions (guint64 seed)
{
  BsRandom random;
  bs_random_init (&random, seed);
  BsPredictions *predictions = bs_predictions_new (N_CLIPS);
  for (gsize i = 0; i < N_CLIPS; i++) {
    float truth[BS_N_EMOTIONS];
    bs_label_distribution (label_of (i), truth);
    predictions->filenames[i] = g_strdup_printf ("clip_%04d", (int) i);
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      predictions->probabilities[i][e] = truth[e] + bs_random_normal (&random);
    bs_predictions_softmax (predictions->probabilities[i]);
  }
  return predictions;
}

static void
bench_protocol (BsMetadata *metadata, const BsFusionMember *members, BsFusionProtocol protocol,
                const char *what)
{
  g_autoptr (GError) error = NULL;
  const BsFusionConfig config = { .protocol = protocol, .seed = 1 };
  double start = bench_now_us ();
  g_autoptr (BsLateFusion) fusion =
    bs_late_fusion_new (metadata, members, N_MEMBERS, &config, NULL, NULL, NULL, &error);
  if (fusion == NULL)
    g_error ("%s", error->message);
  bench_report (what, bench_now_us () - start, LIMIT_US);
}

int
main (void)
{
  g_autoptr (BsMetadata) metadata = invent_metadata ();
  BsFusionMember members[N_MEMBERS];
  for (int m = 0; m < N_MEMBERS; m++)
    members[m] = (BsFusionMember){ "member", invent_predictions ((guint64) m + 1), FALSE };
  printf ("late fusion, %d clips, %u cores\n", N_CLIPS, g_get_num_processors ());
  bench_protocol (metadata, members, BS_FUSION_OFFICIAL, "12 members optimised, and worth");
  bench_protocol (metadata, members, BS_FUSION_HONEST, "the same, with honest weights");
  for (int m = 0; m < N_MEMBERS; m++)
    bs_predictions_unref (members[m].predictions);
  return 0;
}
