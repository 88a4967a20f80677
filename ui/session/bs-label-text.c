/* SPDX-License-Identifier: MIT */
/* Emotions and labels in the words of the person at the window. */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>

#include "ui/session/bs-label-text.h"

#include "data/base/bs-visible.h"

/**
 * bs_label_text_emotion:
 * @emotion: an emotion
 *
 * Returns: its translated name, as "disgust"
 */
const char *
bs_label_text_emotion (BsEmotion emotion)
{
  switch (emotion) {
  case BS_EMOTION_ANG:
    return _ ("anger");
  case BS_EMOTION_DISG:
    return _ ("disgust");
  case BS_EMOTION_FEA:
    return _ ("fear");
  case BS_EMOTION_HAP:
    return _ ("happiness");
  case BS_EMOTION_SAD:
    return _ ("sadness");
  case BS_EMOTION_NEU:
    return _ ("neutral");
  }
  return "";
}

/**
 * bs_label_text_label:
 * @label: a label
 *
 * Returns: (transfer full): "anger", "anger 70 · fear 30", or "no label"
 */
char *
bs_label_text_label (BsLabel label)
{
  if (!bs_label_is_known (label))
    return g_strdup (_ ("no label"));
  if (!bs_label_is_blend (label))
    return g_strdup (bs_label_text_emotion (label.first));
  /* Translators: a blend: emotion, per cent, emotion, per cent */
  return g_strdup_printf (_ ("%s %d · %s %d"), bs_label_text_emotion (label.first),
                          label.first_percent, bs_label_text_emotion (label.second),
                          100 - label.first_percent);
}

/**
 * bs_label_text_label_short:
 * @label: a label
 *
 * Returns: (transfer full): the same with the codes of the data set: "ang 70 · fea 30"
 */
char *
bs_label_text_label_short (BsLabel label)
{
  if (!bs_label_is_known (label))
    return g_strdup (_ ("no label"));
  if (!bs_label_is_blend (label))
    return g_strdup (bs_emotion_code (label.first));
  return g_strdup_printf ("%s %d · %s %d", bs_emotion_code (label.first), label.first_percent,
                          bs_emotion_code (label.second), 100 - label.first_percent);
}

/**
 * bs_label_text_origin:
 * @metadata: whose clip it is
 * @clip: a clip
 *
 * Returns: (transfer full): what is known of where it comes from, as "A91 · fold 2"; not every
 *   corpus has folds or names its actors
 */
char *
bs_label_text_origin (const BsMetadata *metadata, const BsClip *clip)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  if (clip->actor >= 0)
    g_ptr_array_add (parts, g_strdup (bs_metadata_actor_name (metadata, (gsize) clip->actor)));
  if (clip->is_test)
    g_ptr_array_add (parts, g_strdup (_ ("test part")));
  else if (clip->fold >= 0) {
    const char *fold = bs_metadata_fold_name (metadata, clip->fold);
    g_ptr_array_add (parts, g_strdup_printf (_ ("fold %s"), fold));
  }
  if (clip->intensity > 0)
    /* Translators: intensity of the portrayal, 1 to 4 */
    g_ptr_array_add (parts, g_strdup_printf (_ ("intensity %d"), clip->intensity));
  else if (clip->situation > 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("situation %d"), clip->situation));
  g_ptr_array_add (parts, NULL);
  g_autofree char *text = g_strjoinv (" · ", (char **) parts->pdata);
  return bs_visible_dup (text);
}

/**
 * bs_label_text_tuned:
 * @chosen: where what makes a figure was chosen
 *
 * Returns: (transfer none): what stands beside the figure, translated
 */
const char *
bs_label_text_tuned (BsChosen chosen)
{
  switch (chosen) {
  case BS_CHOSEN_ELSEWHERE:
    return _ ("tuned elsewhere");
  case BS_CHOSEN_NOT_KNOWN:
    return _ ("not known where tuned");
  case BS_CHOSEN_HERE:
    return _ ("tuned here");
  }
  g_return_val_if_reached ("");
}

/**
 * bs_label_text_decimal_point:
 *
 * What is drawn in the window has it, as the texts have; what is written into files has not.
 *
 * Returns: (transfer none): the locale's sign before decimals, good until the locale changes
 */
const char *
bs_label_text_decimal_point (void)
{
  return localeconv ()->decimal_point;
}

/**
 * bs_label_text_figure:
 * @text: (out caller-allocates): where to write
 * @value: a share, an accuracy or a threshold
 *
 * Returns: @text: three decimals with the locale's sign, or a dash where there is no number
 */
const char *
bs_label_text_figure (char text[BS_LABEL_TEXT_FIGURE], double value)
{
  if (isnan (value))
    g_strlcpy (text, "–", BS_LABEL_TEXT_FIGURE);
  else
    g_snprintf (text, BS_LABEL_TEXT_FIGURE, "%.3f", value);
  return text;
}
