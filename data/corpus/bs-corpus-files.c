/* SPDX-License-Identifier: MIT */
/* Whether a corpus on disk is still the one that was opened. */
#include "data/corpus/bs-corpus-private.h"

/**
 * bs_corpus_note_archives:
 * @self: a corpus that is not shared yet, with its encoders
 *
 * Adds the archives of static features to the files of which it is known whether they changed.
 */
void
bs_corpus_note_archives (BsCorpus *self)
{
  for (guint i = 0; i < self->encoders->len; i++) {
    const BsEncoder *encoder = g_ptr_array_index (self->encoders, i);
    for (guint k = 0; k < encoder->parts->len; k++) {
      const BsEncoderPart *part = g_ptr_array_index (encoder->parts, k);
      if (part->npz != NULL)
        g_ptr_array_add (self->files,
                         bs_open_file_ref (bs_byte_source_file (bs_npz_source (part->npz))));
    }
  }
}

/**
 * bs_corpus_dup_files:
 * @self: a corpus
 *
 * Of what lies in a file per clip nothing is kept, so that a change of it is none of the corpus.
 *
 * Returns: (transfer full): paths of the tables and archives that were read when it was opened
 */
char **
bs_corpus_dup_files (const BsCorpus *self)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  for (guint i = 0; i < self->files->len; i++)
    g_strv_builder_add (paths, bs_open_file_path (g_ptr_array_index (self->files, i)));
  return g_strv_builder_end (paths);
}

/**
 * bs_corpus_dup_changed_file:
 * @self: a corpus
 *
 * Asks the disk, once for each of bs_corpus_dup_files().
 *
 * Returns: (transfer full) (nullable): for messages, the name of the first file that was changed,
 *   replaced or deleted since; %NULL where there is none
 */
char *
bs_corpus_dup_changed_file (const BsCorpus *self)
{
  for (guint i = 0; i < self->files->len; i++) {
    const BsOpenFile *file = g_ptr_array_index (self->files, i);
    if (!bs_open_file_is_current (file))
      return g_path_get_basename (bs_open_file_name (file));
  }
  return NULL;
}
