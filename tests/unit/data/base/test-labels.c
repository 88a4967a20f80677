/* SPDX-License-Identifier: MIT */
#include "data/base/bs-labels.h"

static void
test_classes_are_numbered_in_official_order (void)
{
  g_assert_cmpstr (bs_emotion_code (BS_EMOTION_NEU), ==, "neu");
  for (int i = 0; i < BS_N_CLASSES; i++) {
    BsLabel label = bs_label_from_class (i);
    g_assert_cmpint (bs_label_class (label), ==, i);
    g_autofree char *name =
      bs_label_is_blend (label)
        ? g_strdup_printf ("%s-%s", bs_emotion_code (label.first), bs_emotion_code (label.second))
        : g_strdup (bs_emotion_code (label.first));
    g_assert_cmpstr (bs_class_name (i), ==, name);
  }
  for (int i = 0; i < BS_N_SALIENCE_CLASSES; i++)
    g_assert_cmpint (bs_label_salience_class (bs_label_from_salience_class (i)), ==, i);
  g_assert_cmpstr (bs_salience_class_name (6), ==, "ang-disg 30/70");
  g_assert_cmpstr (bs_salience_class_name (35), ==, "hap-sad 70/30");
}

static void
test_a_blend_is_ordered_with_its_salience (void)
{
  BsLabel label = bs_label_blend (BS_EMOTION_SAD, BS_EMOTION_ANG, 70);
  g_assert_cmpint (label.first, ==, BS_EMOTION_ANG);
  g_assert_cmpint (label.second, ==, BS_EMOTION_SAD);
  g_assert_cmpint (label.first_percent, ==, 30);
  g_assert_true (bs_label_same_set (label, bs_label_blend (BS_EMOTION_ANG, BS_EMOTION_SAD, 50)));
  g_assert_false (bs_label_equal (label, bs_label_blend (BS_EMOTION_ANG, BS_EMOTION_SAD, 50)));
  float target[BS_N_EMOTIONS];
  bs_label_distribution (label, target);
  g_assert_cmpfloat_with_epsilon (target[BS_EMOTION_ANG], 0.3, 1e-7);
  g_assert_cmpfloat_with_epsilon (target[BS_EMOTION_SAD], 0.7, 1e-7);
  g_assert_cmpint (bs_label_class (bs_label_blend (BS_EMOTION_ANG, BS_EMOTION_NEU, 50)), ==, -1);
}

static void
test_codes_are_read_back (void)
{
  for (int i = 0; i < BS_N_EMOTIONS; i++)
    g_assert_cmpint (bs_emotion_from_code (bs_emotion_code (i), -1), ==, i);
  g_assert_cmpint (bs_emotion_from_code ("anger", -1), ==, -1);
  g_assert_cmpint (bs_emotion_from_code ("disgust", 4), ==, BS_EMOTION_DISG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/labels/classes", test_classes_are_numbered_in_official_order);
  g_test_add_func ("/labels/blend-order", test_a_blend_is_ordered_with_its_salience);
  g_test_add_func ("/labels/codes", test_codes_are_read_back);
  return g_test_run ();
}
