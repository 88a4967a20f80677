/* SPDX-License-Identifier: MIT */
/* A table of any number of clips, for what has to do with many of them: 1,000 actors, five folds,
 * six labels; the order of the names is not that of the file. */
#pragma once

#include <glib.h>

static inline char *
many_clips_table (guint n)
{
  static const char *const emotions[] = { "ang", "disg", "fea", "hap", "sad", "neu" };
  GString *text =
    g_string_new ("filename,video_id,gender,mix,emotion_1,emotion_2,emotion_1_salience,fold\n");
  for (guint i = 0; i < n; i++) {
    guint actor = i * 7919 % 1000;
    const char *emotion = emotions[i % 6];
    g_string_append_printf (text, "A%03u_%s_%06u,A%03u,%c,0,%s,,,%u\n", actor, emotion,
                            (guint) (i * G_GUINT64_CONSTANT (48271) % n), actor,
                            actor % 2 ? 'f' : 'm', emotion, actor % 5);
  }
  return g_string_free (text, FALSE);
}
