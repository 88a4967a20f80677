/* SPDX-License-Identifier: MIT */
/* The clips of a corpus: lookup by name, actors, further columns. bs-metadata-read.c fills it
 * from the release's tables. */
#include "data/corpus/bs-metadata-private.h"

#include <string.h>

#include "data/corpus/bs-fold-names.h"

/**
 * bs_metadata_new:
 *
 * Returns: (transfer full): metadata without clips, to be filled by bs_metadata_add() before it
 *   is shared
 */
BsMetadata *
bs_metadata_new (void)
{
  BsMetadata *self = g_atomic_rc_box_new0 (BsMetadata);
  self->clips = g_array_new (FALSE, TRUE, sizeof (BsClip));
  self->strings = g_string_chunk_new (16 * 1024);
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  self->actors = g_ptr_array_new ();
  self->actor_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->extra_names = g_ptr_array_new ();
  self->extra_values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->hash = g_strdup ("");
  return self;
}

static void
metadata_clear (gpointer data)
{
  BsMetadata *self = data;
  g_array_unref (self->clips);
  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->actors);
  g_hash_table_unref (self->actor_index);
  g_ptr_array_unref (self->extra_names);
  g_ptr_array_unref (self->extra_values);
  g_string_chunk_free (self->strings);
  g_free (self->hash);
  g_strfreev (self->fold_names);
  bs_read_as_clear (&self->read_as);
}

/**
 * bs_metadata_add:
 * @self: metadata that is not shared yet
 * @clip: what is known of the clip; its filename and actor are ignored
 * @filename: its name, with or without extension
 * @actor: (nullable): its actor
 *
 * Appends a clip. The caller has seen to it that the name is new.
 */
void
bs_metadata_add (BsMetadata *self, const BsClip *clip, const char *filename, const char *actor)
{
  BsClip added = *clip;
  added.filename = g_string_chunk_insert_len (self->strings, filename,
                                              (gssize) bs_clip_name_stem_length (filename));
  added.actor = -1;
  if (actor != NULL && *actor != '\0') {
    gpointer known = g_hash_table_lookup (self->actor_index, actor);
    if (known == NULL) {
      char *name = g_string_chunk_insert (self->strings, actor);
      g_ptr_array_add (self->actors, name);
      known = GUINT_TO_POINTER (self->actors->len);
      g_hash_table_insert (self->actor_index, name, known);
    }
    added.actor = (int) GPOINTER_TO_UINT (known) - 1;
  }
  self->n_folds = MAX (self->n_folds, added.fold + 1);
  g_array_append_val (self->clips, added);
  g_hash_table_insert (self->index, (char *) added.filename, GUINT_TO_POINTER (self->clips->len));
}

/**
 * bs_metadata_new_from_names:
 * @names: (array length=n): names of clips, with or without extension
 * @n: how many
 *
 * Metadata of clips that come without a table: what bs_clip_name_parse() reads in each name.
 * Names that it does not know become clips without label; a name that is there already is left
 * out. No clip has a fold. The hash is taken over the names.
 *
 * Returns: (transfer full): the metadata, in the order of @names
 */
BsMetadata *
bs_metadata_new_from_names (const char *const *names, gsize n)
{
  BsMetadata *self = bs_metadata_new ();
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (gsize i = 0; i < n; i++) {
    if (bs_metadata_find (self, names[i]) >= 0)
      continue;
    BsClip clip;
    g_autofree char *actor = NULL;
    bs_clip_name_parse (names[i], &clip, &actor);
    bs_metadata_add (self, &clip, names[i], actor);
    const char *added = bs_metadata_clip (self, self->clips->len - 1)->filename;
    g_checksum_update (sum, (const guchar *) added, (gssize) strlen (added) + 1);
  }
  g_free (self->hash);
  self->hash = g_strdup (g_checksum_get_string (sum));
  return self;
}

/**
 * bs_metadata_ref:
 * @self: metadata
 *
 * Returns: (transfer full): @self
 */
BsMetadata *
bs_metadata_ref (BsMetadata *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_metadata_unref:
 * @self: (transfer full): metadata
 */
void
bs_metadata_unref (BsMetadata *self)
{
  g_atomic_rc_box_release_full (self, metadata_clear);
}

/**
 * bs_metadata_n_clips:
 * @self: metadata
 *
 * Returns: number of clips, the training part first, then the test part
 */
gsize
bs_metadata_n_clips (const BsMetadata *self)
{
  return self->clips->len;
}

/**
 * bs_metadata_clip:
 * @self: metadata
 * @clip: index below bs_metadata_n_clips()
 *
 * Returns: (transfer none): the clip, which lives as long as @self
 */
const BsClip *
bs_metadata_clip (const BsMetadata *self, gsize clip)
{
  g_return_val_if_fail (clip < self->clips->len, NULL);
  return &g_array_index (self->clips, BsClip, clip);
}

/**
 * bs_metadata_find:
 * @self: metadata
 * @filename: a clip's name, as it is kept or as bs_clip_name_clean() takes it
 *
 * Returns: index of the clip, or -1
 */
int
bs_metadata_find (const BsMetadata *self, const char *filename)
{
  gpointer found = g_hash_table_lookup (self->index, filename);
  gsize n = bs_clip_name_stem_length (filename);
  if (found == NULL && filename[n] != '\0') {
    g_autofree char *stem = g_strndup (filename, n);
    found = g_hash_table_lookup (self->index, stem);
  }
  if (found == NULL) {
    g_autofree char *name = bs_clip_name_clean (filename);
    found = g_hash_table_lookup (self->index, name);
  }
  return (int) GPOINTER_TO_UINT (found) - 1;
}

/**
 * bs_metadata_n_actors:
 * @self: metadata
 *
 * Returns: number of different actors, in the order in which the clips name them
 */
gsize
bs_metadata_n_actors (const BsMetadata *self)
{
  return self->actors->len;
}

/**
 * bs_metadata_actor_name:
 * @self: metadata
 * @actor: index below bs_metadata_n_actors()
 *
 * Returns: (transfer none): as "A102"
 */
const char *
bs_metadata_actor_name (const BsMetadata *self, gsize actor)
{
  g_return_val_if_fail (actor < self->actors->len, NULL);
  return g_ptr_array_index (self->actors, actor);
}

/**
 * bs_metadata_n_folds:
 * @self: metadata
 *
 * Returns: one above the highest fold of any clip, at most %BS_MAX_FOLDS; 0 where no clip has one
 */
int
bs_metadata_n_folds (const BsMetadata *self)
{
  return self->n_folds;
}

/**
 * bs_metadata_fold_names:
 * @self: metadata
 *
 * Returns: (transfer none) (nullable): what folds 0, 1, ... are called in the table; %NULL where
 *   they are called by their own numbers
 */
const char *const *
bs_metadata_fold_names (const BsMetadata *self)
{
  return (const char *const *) self->fold_names;
}

/**
 * bs_metadata_fold_name:
 * @self: metadata
 * @fold: a fold below bs_metadata_n_folds()
 *
 * Returns: (transfer none): what the table calls it
 */
const char *
bs_metadata_fold_name (const BsMetadata *self, int fold)
{
  return bs_fold_name (bs_metadata_fold_names (self), fold);
}

/**
 * bs_metadata_count_contradictions:
 * @self: metadata
 * @count: zeros; counts the clips that bs_clip_contradicts_name()
 */
void
bs_metadata_count_contradictions (const BsMetadata *self, BsNamedCount *count)
{
  for (gsize i = 0; i < self->clips->len; i++)
    if (bs_clip_contradicts_name (bs_metadata_clip (self, i)))
      bs_named_count_add (count, bs_metadata_clip (self, i)->filename);
}

/**
 * bs_metadata_read_as:
 * @self: metadata
 *
 * Returns: (transfer none): how its table was read, of two the training part's
 */
const BsReadAs *
bs_metadata_read_as (const BsMetadata *self)
{
  return &self->read_as;
}

/**
 * bs_metadata_hash:
 * @self: metadata
 *
 * Returns: (transfer none): SHA-256 of the train file's bytes in hex (of the test file's where
 *   there is no other), by which a run knows its labels
 */
const char *
bs_metadata_hash (const BsMetadata *self)
{
  return self->hash;
}

/**
 * bs_metadata_n_extras:
 * @self: metadata
 *
 * Returns: number of columns beyond the release's twelve
 */
gsize
bs_metadata_n_extras (const BsMetadata *self)
{
  return self->extra_names->len;
}

/**
 * bs_metadata_extra_name:
 * @self: metadata
 * @extra: index below bs_metadata_n_extras()
 *
 * Returns: (transfer none): the column's header
 */
const char *
bs_metadata_extra_name (const BsMetadata *self, gsize extra)
{
  g_return_val_if_fail (extra < self->extra_names->len, NULL);
  return g_ptr_array_index (self->extra_names, extra);
}

/**
 * bs_metadata_extra_value:
 * @self: metadata
 * @clip: index of a clip
 * @extra: index below bs_metadata_n_extras()
 *
 * Returns: (transfer none): the cell's text; "" where it is empty or the clip's table lacks the
 *   column
 */
const char *
bs_metadata_extra_value (const BsMetadata *self, gsize clip, gsize extra)
{
  g_return_val_if_fail (clip < self->clips->len && extra < self->extra_names->len, NULL);
  const GPtrArray *values = g_ptr_array_index (self->extra_values, extra);
  const char *value = clip < values->len ? g_ptr_array_index (values, clip) : NULL;
  return value != NULL ? value : "";
}
