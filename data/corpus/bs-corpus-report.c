/* SPDX-License-Identifier: MIT */
/* What a corpus lacks, and what in it does not fit together: a sentence a kind, however many clips
 * it touches. Nothing here stops the program. */
#include "data/corpus/bs-corpus-private.h"

#include <stdarg.h>

typedef gboolean (*Lacks) (const BsCorpus *self, gsize clip, const BsEncoder *encoder);

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
lacks_file (const BsCorpus *self, gsize clip, const BsEncoder *encoder)
{
  return self->clip_paths[clip] == NULL;
}

static gboolean
lacks_features (const BsCorpus *self, gsize clip, const BsEncoder *encoder)
{
  return !bs_encoder_has_clip (encoder, clip);
}

static gboolean
lacks_label (const BsCorpus *self, gsize clip, const BsEncoder *encoder)
{
  return !bs_label_is_known (bs_metadata_clip (self->metadata, clip)->label);
}

static gboolean
lacks_fold (const BsCorpus *self, gsize clip, const BsEncoder *encoder)
{
  return bs_metadata_clip (self->metadata, clip)->fold < 0;
}

static gboolean
is_called_otherwise (const BsCorpus *self, gsize clip, const BsEncoder *encoder)
{
  return bs_clip_contradicts_name (bs_metadata_clip (self->metadata, clip));
}

/* "ImageBind: 3 of 2,456 clips have no features, first A102_ang_int1_ver1", or "none of the 594 test
 * clips has features". */
static void
add_lack (BsCorpus *self, gboolean is_test, Lacks lacks, const BsEncoder *encoder, const char *some,
          const char *none)
{
  BsNamedCount lacking = { 0, NULL };
  gsize n = 0;
  for (gsize clip = 0; clip < bs_metadata_n_clips (self->metadata); clip++) {
    const BsClip *info = bs_metadata_clip (self->metadata, clip);
    if (info->is_test != is_test)
      continue;
    n++;
    if (lacks (self, clip, encoder))
      bs_named_count_add (&lacking, info->filename);
  }
  g_autofree char *count = bs_count_to_string (lacking.n), *total = bs_count_to_string (n);
  const char *who = encoder != NULL ? encoder->name : "", *colon = encoder != NULL ? ": " : "";
  const char *clips = is_test ? "test clips" : "clips";
  if (lacking.n > 0 && lacking.n == n && none != NULL)
    add (self, "%s%snone of the %s %s %s", who, colon, total, clips, none);
  else if (lacking.n > 0)
    add (self, "%s%s%s of %s %s %s, first %s", who, colon, count, total, clips, some,
         lacking.first);
  bs_named_count_clear (&lacking);
}

static void
add_encoder (BsCorpus *self, const BsEncoder *encoder)
{
  add_lack (self, FALSE, lacks_features, encoder, "have no features", "has features");
  add_lack (self, TRUE, lacks_features, encoder, "have no features", "has features");
  g_autofree char *foreign = bs_count_to_string (encoder->foreign.n);
  g_autofree char *twice = bs_count_to_string (encoder->twice.n);
  if (encoder->foreign.n > 0)
    add (self, "%s: features of no clip: %s, first %s", encoder->name, foreign,
         encoder->foreign.first);
  if (encoder->twice.n > 0)
    add (self, "%s: clips with features in two places, of which the first counts: %s, first %s",
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
    add (self, "no train_metadata.csv was found, so labels are those in the names of the clips");
  add_lack (self, FALSE, lacks_label, NULL, "have no label", "has a label");
  add_lack (self, FALSE, lacks_fold, NULL, "have no fold", "has a fold");
  add_lack (self, FALSE, is_called_otherwise, NULL, "are labelled otherwise than their names say",
            NULL);
  /* A demo corpus draws its clips when they are wanted. */
  for (int is_test = 0; is_test < 2 && !self->is_demo; is_test++)
    add_lack (self, is_test, lacks_file, NULL, "have no picture and sound",
              "has picture and sound");
  if (self->foreign_clips.n > 0)
    add (self, "clips that no table names: %s, first %s", foreign, self->foreign_clips.first);
  if (self->double_clips.n > 0)
    add (self, "clips that lie in two folders, of which the first counts: %s, first %s", twice,
         self->double_clips.first);
  if (self->copied_clips.n > 0)
    add (self,
         "clips that have another file of that name in their folder, of which the first in the "
         "order .mov, .mp4, .m4v, .mkv, .webm, .avi and so on counts: %s, first %s",
         copies, self->copied_clips.first);
  for (guint i = 0; i < self->encoders->len; i++)
    add_encoder (self, g_ptr_array_index (self->encoders, i));
}
