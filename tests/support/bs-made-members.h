/* SPDX-License-Identifier: MIT */
/* Invented members of a fusion: probabilities that follow the labels, each with noise of its own,
 * and the metadata they belong to. Clip i is of fold i mod 5. */
#pragma once

#include "data/base/bs-random.h"
#include "model/fusion/bs-late-fusion.h"

#ifndef MEMBERS_N_CLIPS /* a measurement has its own */
#define MEMBERS_N_CLIPS 300
#define MEMBERS_SIGNAL 3 /* how far the truth stands out before the softmax */
#endif
#define MEMBERS_N_FOLDS 5

static inline BsLabel
member_label (gsize i)
{
  return bs_label_from_salience_class ((int) (i * 7 % BS_N_SALIENCE_CLASSES));
}

/* @relabelled: a fold whose labels are others; -1 for none. */
static inline GString *
members_metadata_csv (int relabelled)
{
  GString *csv =
    g_string_new ("filename,video_id,gender,mix,emotion_1,version,intensity_level,situation,"
                  "emotion_2,emotion_1_salience,emotion_2_salience,fold\n");
  for (gsize i = 0; i < MEMBERS_N_CLIPS; i++) {
    gsize fold = i % MEMBERS_N_FOLDS;
    BsLabel label = member_label ((int) fold == relabelled ? i + 11 : i);
    g_string_append_printf (csv, "clip_%03d,A1,f,%d,%s,1,,,", (int) i, bs_label_is_blend (label),
                            bs_emotion_code ((BsEmotion) label.first));
    if (bs_label_is_blend (label))
      g_string_append_printf (csv, "%s,%d,%d,", bs_emotion_code ((BsEmotion) label.second),
                              label.first_percent, 100 - label.first_percent);
    else
      g_string_append (csv, ",,,");
    g_string_append_printf (csv, "%d\n", (int) fold);
  }
  return csv;
}

static inline BsMetadata *
members_metadata (int relabelled)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) csv = members_metadata_csv (relabelled);
  g_autoptr (GBytes) bytes = g_bytes_new (csv->str, csv->len);
  BsMetadata *metadata = bs_metadata_parse (bytes, "train.csv", NULL, NULL, &error);
  g_assert_no_error (error);
  return metadata;
}

static inline void
member_probabilities (gsize clip, double noise, BsRandom *random, double p[BS_N_EMOTIONS])
{
  float truth[BS_N_EMOTIONS];
  bs_label_distribution (member_label (clip), truth);
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    p[e] = MEMBERS_SIGNAL * truth[e] + noise * bs_random_normal (random);
  bs_predictions_softmax (p);
}

/* Clips from @first on. */
static inline BsPredictions *
member_predictions (guint64 seed, double noise, gsize first)
{
  BsRandom random;
  bs_random_init (&random, seed);
  BsPredictions *predictions = bs_predictions_new (MEMBERS_N_CLIPS - first);
  for (gsize i = 0; i < predictions->n; i++) {
    predictions->filenames[i] = g_strdup_printf ("clip_%03d", (int) (first + i));
    member_probabilities (first + i, noise, &random, predictions->probabilities[i]);
  }
  return predictions;
}
