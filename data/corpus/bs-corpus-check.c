/* SPDX-License-Identifier: MIT */
/* Reads all features of an encoder, to find those that cannot be used. */
#include "data/corpus/bs-corpus-check.h"

static void
bad_clip_free (gpointer data)
{
  BsUnusableFeatures *clip = data;
  g_free (clip->reason);
  g_free (clip);
}

/**
 * bs_corpus_find_unusable:
 * @corpus: a corpus
 * @encoder: one of its encoders
 * @cancellable: (nullable): looked at before each clip
 * @error: where it was cancelled
 *
 * Features that are unreadable, of another width than most, without rows or not finite. Reads all
 * of them; for a worker.
 *
 * Returns: (transfer full) (nullable) (element-type BsUnusableFeatures): the clips in metadata
 *   order
 */
GPtrArray *
bs_corpus_find_unusable (const BsCorpus *corpus, BsEncoder *encoder, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (bad_clip_free);
  for (gsize clip = 0; clip < bs_metadata_n_clips (bs_corpus_metadata (corpus)); clip++) {
    g_autoptr (GError) local = NULL;
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    if (!bs_encoder_has_clip (encoder, clip))
      continue;
    g_autoptr (BsMatrix) rows = bs_encoder_read (encoder, clip, &local);
    if (rows != NULL && rows->n_rows > 0)
      continue;
    BsUnusableFeatures *bad = g_new (BsUnusableFeatures, 1);
    bad->clip = clip;
    bad->reason = g_strdup (local != NULL ? local->message : "has no rows");
    g_ptr_array_add (found, bad);
  }
  return g_steal_pointer (&found);
}
