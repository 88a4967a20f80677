/* SPDX-License-Identifier: MIT */
/* One bad feature file of many stops nothing: its clip is one without that encoder. */
#include "model/features/bs-left-out.h"

#include <glib/gi18n.h>

#define MAX_SHARE 10 /* more than a tenth is no accident */

/**
 * bs_left_out_may:
 * @corpus: a corpus
 * @error: why a clip's features were not read
 *
 * Returns: whether the clip may be left out: its file is bad, and nobody asked that every one be
 *   good. A file that is being changed, too little memory and being cancelled stop the work
 */
gboolean
bs_left_out_may (const BsCorpus *corpus, const GError *error)
{
  return !bs_corpus_is_strict (corpus) && error->domain == BS_ERROR &&
         error->code != BS_ERROR_CHANGED && error->code != BS_ERROR_LIMIT;
}

/**
 * bs_left_out_add:
 * @self: clips
 * @index: of one more; in any order
 * @error: (transfer full): why
 */
void
bs_left_out_add (BsLeftOut *self, gsize index, GError *error)
{
  self->n++;
  if (self->error != NULL && self->first < index) {
    g_error_free (error);
    return;
  }
  g_clear_error (&self->error);
  self->error = error;
  self->first = index;
}

/**
 * bs_left_out_check:
 * @self: clips
 * @n_clips: how many were wanted
 * @error: the first clip's, with the numbers, where more than a tenth cannot be used
 *
 * Returns: whether there are enough left
 */
gboolean
bs_left_out_check (BsLeftOut *self, gsize n_clips, GError **error)
{
  if (self->n * MAX_SHARE <= n_clips)
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&self->error),
                              _ ("features of %zu of %zu clips cannot be used, the first: "),
                              self->n, n_clips);
  return FALSE;
}

/**
 * bs_left_out_clear:
 * @self: clips
 */
void
bs_left_out_clear (BsLeftOut *self)
{
  g_clear_error (&self->error);
}
