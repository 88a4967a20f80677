/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/session/bs-clip-set.h"

#include <string.h>

#define WORD_BITS 64

static gsize
n_words (const BsClipSet *self)
{
  return (self->n_clips + WORD_BITS - 1) / WORD_BITS;
}

static guint64
bit_of (gsize clip)
{
  return (guint64) 1 << (clip % WORD_BITS);
}

/**
 * bs_clip_set_new:
 * @n_clips: how many clips there are
 *
 * Returns: (transfer full): a set with none of them
 */
BsClipSet *
bs_clip_set_new (gsize n_clips)
{
  BsClipSet *self = g_new0 (BsClipSet, 1);
  self->n_clips = n_clips;
  self->words = g_new0 (guint64, n_words (self) + 1);
  return self;
}

/**
 * bs_clip_set_new_full:
 * @n_clips: how many clips there are
 *
 * Returns: (transfer full): a set with all of them
 */
BsClipSet *
bs_clip_set_new_full (gsize n_clips)
{
  BsClipSet *self = bs_clip_set_new (n_clips);
  memset (self->words, 0xff, n_clips / WORD_BITS * sizeof *self->words);
  if (n_clips % WORD_BITS > 0)
    self->words[n_clips / WORD_BITS] = bit_of (n_clips) - 1;
  self->count = n_clips;
  return self;
}

/**
 * bs_clip_set_copy:
 * @self: a set
 *
 * Returns: (transfer full): the same clips, as for another thread
 */
BsClipSet *
bs_clip_set_copy (const BsClipSet *self)
{
  BsClipSet *copy = bs_clip_set_new (self->n_clips);
  memcpy (copy->words, self->words, n_words (self) * sizeof *self->words);
  copy->count = self->count;
  return copy;
}

/**
 * bs_clip_set_free:
 * @self: (transfer full): a set
 */
void
bs_clip_set_free (BsClipSet *self)
{
  g_free (self->words);
  g_free (self);
}

/**
 * bs_clip_set_add:
 * @self: a set
 * @clip: index, below the number of clips
 *
 * Returns: whether @clip was not in the set before
 */
gboolean
bs_clip_set_add (BsClipSet *self, gsize clip)
{
  g_return_val_if_fail (clip < self->n_clips, FALSE);
  if (bs_clip_set_contains (self, clip))
    return FALSE;
  self->words[clip / WORD_BITS] |= bit_of (clip);
  self->count++;
  return TRUE;
}

/**
 * bs_clip_set_remove:
 * @self: a set
 * @clip: index, below the number of clips
 *
 * Returns: whether @clip was in the set before
 */
gboolean
bs_clip_set_remove (BsClipSet *self, gsize clip)
{
  g_return_val_if_fail (clip < self->n_clips, FALSE);
  if (!bs_clip_set_contains (self, clip))
    return FALSE;
  self->words[clip / WORD_BITS] &= ~bit_of (clip);
  self->count--;
  return TRUE;
}

/**
 * bs_clip_set_contains:
 * @self: a set
 * @clip: any index
 *
 * Returns: whether @clip is in the set
 */
gboolean
bs_clip_set_contains (const BsClipSet *self, gsize clip)
{
  return clip < self->n_clips && (self->words[clip / WORD_BITS] & bit_of (clip)) != 0;
}

/**
 * bs_clip_set_equal:
 * @self: a set
 * @other: a set
 *
 * Returns: whether both hold the same of as many clips
 */
gboolean
bs_clip_set_equal (const BsClipSet *self, const BsClipSet *other)
{
  return self->n_clips == other->n_clips && self->count == other->count &&
         memcmp (self->words, other->words, n_words (self) * sizeof *self->words) == 0;
}

/**
 * bs_clip_set_next:
 * @self: a set
 * @clip: a clip, or -1 to begin
 *
 * Returns: the first clip of the set behind @clip, or -1 where there is none
 */
gssize
bs_clip_set_next (const BsClipSet *self, gssize clip)
{
  gsize from = (gsize) (clip + 1);
  if (from >= self->n_clips)
    return -1;
  gsize word = from / WORD_BITS;
  guint64 bits = self->words[word] & ~(bit_of (from) - 1);
  while (bits == 0 && ++word < n_words (self))
    bits = self->words[word];
  return bits != 0 ? (gssize) (word * WORD_BITS) + __builtin_ctzll (bits) : -1;
}
