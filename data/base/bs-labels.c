/* SPDX-License-Identifier: MIT */
/* Emotions, labels and the numbering of classes. Names for people are made and translated in
 * ui/; the codes here are the ones in the files. */
#include "data/base/bs-labels.h"

#include <string.h>

static const char *const emotion_codes[BS_N_EMOTIONS] = {
  "ang", "disg", "fea", "hap", "sad", "neu",
};

static const gint8 pair_emotions[BS_N_PAIRS][2] = {
  { 0, 1 }, { 0, 2 }, { 0, 3 }, { 0, 4 }, { 1, 2 },
  { 1, 3 }, { 1, 4 }, { 2, 3 }, { 2, 4 }, { 3, 4 },
};

static const gint8 pair_percents[3] = { 30, 50, 70 };

/**
 * bs_label_single:
 * @emotion: an emotion
 *
 * Returns: the label of a clip that shows @emotion alone
 */
BsLabel
bs_label_single (BsEmotion emotion)
{
  return (BsLabel){ (gint8) emotion, -1, 100 };
}

/**
 * bs_label_blend:
 * @a: an emotion
 * @b: another one; the two may come in either order
 * @a_percent: salience of @a: 30, 50 or 70
 *
 * Returns: the label of the blend, its emotions in official order
 */
BsLabel
bs_label_blend (BsEmotion a, BsEmotion b, int a_percent)
{
  g_return_val_if_fail (a != b, BS_LABEL_UNKNOWN);
  if (a < b)
    return (BsLabel){ (gint8) a, (gint8) b, (gint8) a_percent };
  return (BsLabel){ (gint8) b, (gint8) a, (gint8) (100 - a_percent) };
}

/**
 * bs_label_try_blend:
 * @a: an emotion, or any other number
 * @b: another
 * @a_percent: salience of @a
 * @label: (out): the blend
 *
 * Makes a label of what a file says, which may be impossible: equal emotions, neutral in a
 * blend, a salience other than 30, 50 and 70.
 *
 * Returns: whether the data set can have such a blend; @label is untouched where not
 */
gboolean
bs_label_try_blend (int a, int b, int a_percent, BsLabel *label)
{
  if (a < 0 || b < 0 || a >= BS_EMOTION_NEU || b >= BS_EMOTION_NEU || a == b)
    return FALSE;
  if (a_percent != 30 && a_percent != 50 && a_percent != 70)
    return FALSE;
  *label = bs_label_blend ((BsEmotion) a, (BsEmotion) b, a_percent);
  return TRUE;
}

/**
 * bs_label_same_set:
 * @a: a label
 * @b: another
 *
 * Presence: the emotions agree, whatever the salience (accuracy_funcs.py, acc_presence).
 *
 * Returns: whether both name the same emotions
 */
gboolean
bs_label_same_set (BsLabel a, BsLabel b)
{
  return a.first == b.first && a.second == b.second;
}

/**
 * bs_label_equal:
 * @a: a label
 * @b: another
 *
 * Returns: whether emotions and salience agree
 */
gboolean
bs_label_equal (BsLabel a, BsLabel b)
{
  return bs_label_same_set (a, b) && a.first_percent == b.first_percent;
}

static int
pair_index (BsLabel label)
{
  for (int i = 0; i < BS_N_PAIRS; i++)
    if (pair_emotions[i][0] == label.first && pair_emotions[i][1] == label.second)
      return i;
  return -1;
}

/**
 * bs_label_class:
 * @label: a label
 *
 * Returns: 0 to 15: singles in official order, then pairs alphabetically; -1 for an unknown
 *   label or a blend with neutral, which the data set does not have
 */
int
bs_label_class (BsLabel label)
{
  if (!bs_label_is_known (label))
    return -1;
  if (!bs_label_is_blend (label))
    return label.first;
  int pair = pair_index (label);
  return pair < 0 ? -1 : BS_N_EMOTIONS + pair;
}

/**
 * bs_label_salience_class:
 * @label: a label
 *
 * Returns: 0 to 35: singles, then each pair as 30/70, 50/50, 70/30; -1 as bs_label_class(), and for
 *   a blend in another ratio
 */
int
bs_label_salience_class (BsLabel label)
{
  int base = bs_label_class (label);
  if (base < BS_N_EMOTIONS)
    return base;
  int ratio = 0;
  while (ratio < 3 && pair_percents[ratio] != label.first_percent)
    ratio++;
  if (ratio == 3)
    return -1;
  return BS_N_EMOTIONS + 3 * (base - BS_N_EMOTIONS) + ratio;
}

/**
 * bs_label_from_class:
 * @index: 0 to 15
 *
 * Returns: a label of that class; blends are given as 50/50
 */
BsLabel
bs_label_from_class (int index)
{
  g_return_val_if_fail (index >= 0 && index < BS_N_CLASSES, BS_LABEL_UNKNOWN);
  if (index < BS_N_EMOTIONS)
    return bs_label_single ((BsEmotion) index);
  const gint8 *pair = pair_emotions[index - BS_N_EMOTIONS];
  return (BsLabel){ pair[0], pair[1], 50 };
}

/**
 * bs_label_from_salience_class:
 * @index: 0 to 35
 *
 * Returns: the label of that class
 */
BsLabel
bs_label_from_salience_class (int index)
{
  g_return_val_if_fail (index >= 0 && index < BS_N_SALIENCE_CLASSES, BS_LABEL_UNKNOWN);
  if (index < BS_N_EMOTIONS)
    return bs_label_single ((BsEmotion) index);
  BsLabel label = bs_label_from_class (BS_N_EMOTIONS + (index - BS_N_EMOTIONS) / 3);
  label.first_percent = pair_percents[(index - BS_N_EMOTIONS) % 3];
  return label;
}

/**
 * bs_label_distribution:
 * @label: a known label
 * @target: (out): six shares that sum to 1, the soft target of training
 */
void
bs_label_distribution (BsLabel label, float target[BS_N_EMOTIONS])
{
  memset (target, 0, BS_N_EMOTIONS * sizeof (float));
  g_return_if_fail (bs_label_is_known (label));
  target[label.first] = label.first_percent / 100.0f;
  if (bs_label_is_blend (label))
    target[label.second] = (100 - label.first_percent) / 100.0f;
}

/**
 * bs_emotion_code:
 * @emotion: an emotion
 *
 * Returns: the code used in file names and columns, as "disg"
 */
const char *
bs_emotion_code (BsEmotion emotion)
{
  g_return_val_if_fail ((int) emotion < BS_N_EMOTIONS, NULL);
  return emotion_codes[emotion];
}

/**
 * bs_emotion_from_code:
 * @code: a code
 * @length: its length, or -1 where it ends in NUL
 *
 * Returns: the #BsEmotion, or -1 where @code is none
 */
int
bs_emotion_from_code (const char *code, gssize length)
{
  gsize n = length < 0 ? strlen (code) : (gsize) length;
  for (int i = 0; i < BS_N_EMOTIONS; i++)
    if (strlen (emotion_codes[i]) == n && memcmp (emotion_codes[i], code, n) == 0)
      return i;
  return -1;
}

/**
 * bs_class_name:
 * @index: 0 to 15
 *
 * Returns: the class as files name it: "ang" or "ang-disg"
 */
const char *
bs_class_name (int index)
{
  static const char *const names[BS_N_CLASSES] = {
    "ang",     "disg",    "fea",      "hap",      "sad",      "neu",     "ang-disg", "ang-fea",
    "ang-hap", "ang-sad", "disg-fea", "disg-hap", "disg-sad", "fea-hap", "fea-sad",  "hap-sad",
  };
  g_return_val_if_fail (index >= 0 && index < BS_N_CLASSES, NULL);
  return names[index];
}

#define RATIOS(pair) pair " 30/70", pair " 50/50", pair " 70/30"

/**
 * bs_salience_class_name:
 * @index: 0 to 35
 *
 * Returns: the class as files name it: "ang" or "ang-disg 30/70"
 */
const char *
bs_salience_class_name (int index)
{
  static const char *const names[BS_N_SALIENCE_CLASSES] = {
    "ang",
    "disg",
    "fea",
    "hap",
    "sad",
    "neu",
    RATIOS ("ang-disg"),
    RATIOS ("ang-fea"),
    RATIOS ("ang-hap"),
    RATIOS ("ang-sad"),
    RATIOS ("disg-fea"),
    RATIOS ("disg-hap"),
    RATIOS ("disg-sad"),
    RATIOS ("fea-hap"),
    RATIOS ("fea-sad"),
    RATIOS ("hap-sad"),
  };
  g_return_val_if_fail (index >= 0 && index < BS_N_SALIENCE_CLASSES, NULL);
  return names[index];
}
