/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsEmotion:
 *
 * The six emotions in the official order, neutral last (blemore-common, config.py). The order
 * decides ties, the columns of prediction files and the numbering of classes.
 */
typedef enum {
  BS_EMOTION_ANG,
  BS_EMOTION_DISG,
  BS_EMOTION_FEA,
  BS_EMOTION_HAP,
  BS_EMOTION_SAD,
  BS_EMOTION_NEU,
} BsEmotion;

#define BS_N_EMOTIONS 6
#define BS_N_PAIRS 10
#define BS_N_CLASSES 16 /* 6 singles, then 10 pairs in alphabetical order */
#define BS_N_SALIENCE_CLASSES 36 /* 6 singles, then 10 pairs x (30/70, 50/50, 70/30) */

/**
 * BsLabel:
 * @first: the emotion of a single, or the alphabetically first of a blend; -1 where unknown
 * @second: the other emotion of a blend, always above @first; -1 for a single
 * @first_percent: salience of @first: 100 for a single, else 30, 50 or 70; in decisions from
 *   elsewhere any other, or -1 where the two do not make a ratio
 *
 * What a clip shows, or is said to show. Passed by value.
 */
typedef struct {
  gint8 first;
  gint8 second;
  gint8 first_percent;
} BsLabel;

#define BS_LABEL_UNKNOWN ((BsLabel){ -1, -1, 0 })

static inline gboolean
bs_label_is_known (BsLabel label)
{
  return label.first >= 0;
}

static inline gboolean
bs_label_is_blend (BsLabel label)
{
  return label.second >= 0;
}

BsLabel bs_label_single (BsEmotion emotion);
BsLabel bs_label_blend (BsEmotion a, BsEmotion b, int a_percent);
gboolean bs_label_try_blend (int a, int b, int a_percent, BsLabel *label);
gboolean bs_label_same_set (BsLabel a, BsLabel b);
gboolean bs_label_equal (BsLabel a, BsLabel b);
int bs_label_class (BsLabel label);
int bs_label_salience_class (BsLabel label);
BsLabel bs_label_from_class (int index);
BsLabel bs_label_from_salience_class (int index);
void bs_label_distribution (BsLabel label, float target[BS_N_EMOTIONS]);

const char *bs_emotion_code (BsEmotion emotion);
int bs_emotion_from_code (const char *code, gssize length);
const char *bs_class_name (int index);
const char *bs_salience_class_name (int index);

G_END_DECLS
