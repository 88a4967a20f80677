/* SPDX-License-Identifier: MIT */
/* What a corpus lacks, and what in it does not fit together: a sentence a kind, however many clips
 * it touches. Nothing here stops the program. */
#include "data/corpus/bs-corpus-private.h"

#include <stdarg.h>

#include <glib/gi18n.h>

typedef enum {
  LACK_FILE,
  LACK_FEATURES,
  LACK_LABEL,
  LACK_FOLD,
  LACK_OWN_NAME,
} Lack;

static void add (BsCorpus *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add (BsCorpus *self, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (self->problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static gboolean
lacks (const BsCorpus *self, Lack lack, gsize clip, const BsEncoder *encoder)
{
  const BsClip *info = bs_metadata_clip (self->metadata, clip);
  switch (lack) {
  case LACK_FILE:
    return self->clip_paths[clip] == NULL;
  case LACK_FEATURES:
    return !bs_encoder_has_clip (encoder, clip);
  case LACK_LABEL:
    return !bs_label_is_known (info->label);
  case LACK_FOLD:
    return info->fold < 0;
  case LACK_OWN_NAME:
    return bs_clip_contradicts_name (info);
  }
  g_return_val_if_reached (FALSE);
}

/* @total: how many clips there are, all of which lack it */
static char *
say_all_lack (Lack lack, gboolean is_test, const char *total)
{
  switch (lack) {
  case LACK_FILE:
    return is_test ? g_strdup_printf (_ ("none of the %s test clips has picture and sound"), total)
                   : g_strdup_printf (_ ("none of the %s clips has picture and sound"), total);
  case LACK_FEATURES:
    return is_test ? g_strdup_printf (_ ("none of the %s test clips has features"), total)
                   : g_strdup_printf (_ ("none of the %s clips has features"), total);
  case LACK_LABEL:
    return g_strdup_printf (_ ("none of the %s clips has a label"), total);
  case LACK_FOLD:
    return g_strdup_printf (_ ("none of the %s clips has a fold"), total);
  case LACK_OWN_NAME:
    return g_strdup_printf (_ ("all %s clips are labelled otherwise than their names say"), total);
  }
  g_return_val_if_reached (NULL);
}

static char *
say_some_lack (Lack lack, gboolean is_test, const char *n, const char *total, const char *first)
{
  switch (lack) {
  case LACK_FILE:
    return is_test ? g_strdup_printf (_ ("%s of %s test clips have no picture and sound, first %s"),
                                      n, total, first)
                   : g_strdup_printf (_ ("%s of %s clips have no picture and sound, first %s"), n,
                                      total, first);
  case LACK_FEATURES:
    return is_test
             ? g_strdup_printf (_ ("%s of %s test clips have no features, first %s"), n, total,
                                first)
             : g_strdup_printf (_ ("%s of %s clips have no features, first %s"), n, total, first);
  case LACK_LABEL:
    return g_strdup_printf (_ ("%s of %s clips have no label, first %s"), n, total, first);
  case LACK_FOLD:
    return g_strdup_printf (_ ("%s of %s clips have no fold, first %s"), n, total, first);
  case LACK_OWN_NAME:
    return g_strdup_printf (
      _ ("%s of %s clips are labelled otherwise than their names say, first %s"), n, total, first);
  }
  g_return_val_if_reached (NULL);
}

/* "ImageBind: 3 of 2,456 clips have no features, first A102_ang_int1_ver1" */
static void
add_lack (BsCorpus *self, Lack lack, gboolean is_test, const BsEncoder *encoder)
{
  BsNamedCount lacking = { 0, NULL };
  gsize n = 0;
  for (gsize clip = 0; clip < bs_metadata_n_clips (self->metadata); clip++) {
    const BsClip *info = bs_metadata_clip (self->metadata, clip);
    if (info->is_test != is_test)
      continue;
    n++;
    if (lacks (self, lack, clip, encoder))
      bs_named_count_add (&lacking, info->filename);
  }
  if (lacking.n > 0) {
    g_autofree char *count = bs_count_to_string (lacking.n), *total = bs_count_to_string (n);
    g_autofree char *sentence = lacking.n == n
                                  ? say_all_lack (lack, is_test, total)
                                  : say_some_lack (lack, is_test, count, total, lacking.first);
    if (encoder != NULL)
      add (self, "%s: %s", encoder->name, sentence);
    else
      add (self, "%s", sentence);
  }
  bs_named_count_clear (&lacking);
}

static void
add_encoder (BsCorpus *self, const BsEncoder *encoder)
{
  add_lack (self, LACK_FEATURES, FALSE, encoder);
  add_lack (self, LACK_FEATURES, TRUE, encoder);
  g_autofree char *foreign = bs_count_to_string (encoder->foreign.n);
  g_autofree char *twice = bs_count_to_string (encoder->twice.n);
  if (encoder->foreign.n > 0)
    add (self, _ ("%s: features of no clip: %s, first %s"), encoder->name, foreign,
         encoder->foreign.first);
  if (encoder->twice.n > 0)
    add (self, _ ("%s: clips with features in two places, of which the first counts: %s, first %s"),
         encoder->name, twice, encoder->twice.first);
}

/**
 * bs_corpus_report:
 * @self: a corpus that is all there but not shared yet
 *
 * Fills the list of problems.
 */
void
bs_corpus_report (BsCorpus *self)
{
  g_autofree char *foreign = bs_count_to_string (self->foreign_clips.n);
  g_autofree char *copies = bs_count_to_string (self->copied_clips.n);
  g_autofree char *twice = bs_count_to_string (self->double_clips.n);
  if (!self->has_table)
    add (self,
         _ ("no train_metadata.csv was found, so labels are those in the names of the clips"));
  add_lack (self, LACK_LABEL, FALSE, NULL);
  add_lack (self, LACK_FOLD, FALSE, NULL);
  add_lack (self, LACK_OWN_NAME, FALSE, NULL);
  /* A demo corpus draws its clips when they are wanted. */
  for (int is_test = 0; is_test < 2 && !self->is_demo; is_test++)
    add_lack (self, LACK_FILE, is_test, NULL);
  if (self->foreign_clips.n > 0)
    add (self, _ ("clips that no table names: %s, first %s"), foreign, self->foreign_clips.first);
  if (self->double_clips.n > 0)
    add (self, _ ("clips that lie in two folders, of which the first counts: %s, first %s"), twice,
         self->double_clips.first);
  if (self->copied_clips.n > 0)
    add (self,
         _ ("clips that have another file of that name in their folder, of which the first in the "
            "order .mov, .mp4, .m4v, .mkv, .webm, .avi and so on counts: %s, first %s"),
         copies, self->copied_clips.first);
  for (guint i = 0; i < self->encoders->len; i++)
    add_encoder (self, g_ptr_array_index (self->encoders, i));
}
