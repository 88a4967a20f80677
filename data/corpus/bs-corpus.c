/* SPDX-License-Identifier: MIT */
/* Opening a corpus folder: one walk by names, the tables, where the clips lie, the encoders. */
#include "data/corpus/bs-corpus-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define TRAIN_TABLE "train_metadata.csv"
#define TEST_TABLE "test_metadata.csv"
#define DEMO_FILE "demo.json"

static void
corpus_clear (gpointer data)
{
  BsCorpus *self = data;
  gsize n = self->metadata != NULL ? bs_metadata_n_clips (self->metadata) : 0;
  for (gsize i = 0; i < n && self->clip_paths != NULL; i++)
    g_free (self->clip_paths[i]);
  g_free (self->clip_paths);
  g_clear_pointer (&self->encoders, g_ptr_array_unref);
  g_clear_pointer (&self->metadata, bs_metadata_unref);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->files);
  bs_named_count_clear (&self->foreign_clips);
  bs_named_count_clear (&self->double_clips);
  bs_named_count_clear (&self->copied_clips);
  g_free (self->folder);
  g_free (self->title);
}

/* The table nearest to the top; the listing has parents before children. */
static char *
find_table (const BsListing *listing, const char *name)
{
  const BsListedFolder *best = NULL;
  for (guint i = 0; i < listing->folders->len; i++) {
    const BsListedFolder *folder = g_ptr_array_index (listing->folders, i);
    if ((best == NULL || folder->depth < best->depth) &&
        bs_listed_folder_has (folder, BS_LISTED_TABLE, name))
      best = folder;
  }
  return best != NULL ? g_build_filename (best->path, name, NULL) : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static BsMetadata *
metadata_from_clips (const BsListing *listing)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < listing->folders->len; i++) {
    const BsListedFolder *folder = g_ptr_array_index (listing->folders, i);
    const GPtrArray *clips = folder->names[BS_LISTED_CLIP];
    for (guint k = 0; k < clips->len; k++)
      if (g_utf8_validate (g_ptr_array_index (clips, k), -1, NULL))
        g_ptr_array_add (names, g_ptr_array_index (clips, k));
  }
  if (names->len == 0)
    return NULL;
  g_ptr_array_sort (names, compare_names);
  return bs_metadata_new_from_names ((const char *const *) names->pdata, names->len);
}

/* Before it is read: a change meanwhile is one after it was opened. */
static gboolean
note_table (BsCorpus *self, const char *path, GError **error)
{
  BsOpenFile *file = path != NULL ? bs_open_file_new (path, error) : NULL;
  if (file == NULL)
    return path == NULL;
  bs_open_file_release_descriptor (file);
  g_ptr_array_add (self->files, file);
  return TRUE;
}

static gboolean
find_metadata (BsCorpus *self, const BsListing *listing, GError **error)
{
  g_autofree char *train = find_table (listing, TRAIN_TABLE);
  g_autofree char *test = find_table (listing, TEST_TABLE);
  self->has_table = train != NULL || test != NULL;
  if (self->has_table) {
    if (!note_table (self, train, error) || !note_table (self, test, error))
      return FALSE;
    self->metadata = bs_metadata_load (train, test, error);
    return self->metadata != NULL;
  }
  self->metadata = metadata_from_clips (listing);
  if (self->metadata != NULL)
    return TRUE;
  g_autofree char *name = g_filename_display_name (self->folder);
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
               _ ("%s: expected %s or %s, or clips (.mov, .mp4, .mkv, .webm, .avi and others), in "
                  "this folder or below it"),
               name, TRAIN_TABLE, TEST_TABLE);
  return FALSE;
}

/* Two containers of one clip in one folder are a copy for another player, not a mistake; which of
 * them counts is said. */
static gboolean
is_copy (const char *path, const char *other)
{
  gsize n = bs_clip_name_stem_length (path);
  return n == bs_clip_name_stem_length (other) && strncmp (path, other, n) == 0;
}

static void
add_clip (BsCorpus *self, const BsListedFolder *folder, const char *name)
{
  int clip = bs_metadata_find (self->metadata, name);
  if (clip < 0) {
    bs_named_count_add (&self->foreign_clips, name);
    return;
  }
  char *path = g_build_filename (folder->path, name, NULL), **known = &self->clip_paths[clip];
  if (*known == NULL) {
    *known = path;
    return;
  }
  gboolean copy = is_copy (path, *known);
  bs_named_count_add (copy ? &self->copied_clips : &self->double_clips, name);
  if (copy && bs_clip_name_extension (path) < bs_clip_name_extension (*known)) {
    g_free (*known);
    *known = path;
    return;
  }
  g_free (path);
}

static void
find_clips (BsCorpus *self, const BsListing *listing)
{
  self->clip_paths = g_new0 (char *, bs_metadata_n_clips (self->metadata));
  for (guint i = 0; i < listing->folders->len; i++) {
    const BsListedFolder *folder = g_ptr_array_index (listing->folders, i);
    g_ptr_array_sort (folder->names[BS_LISTED_CLIP], compare_names);
    for (guint k = 0; k < folder->names[BS_LISTED_CLIP]->len; k++)
      add_clip (self, folder, g_ptr_array_index (folder->names[BS_LISTED_CLIP], k));
  }
}

static char *
dup_title (const char *folder)
{
  g_autofree char *path = g_canonicalize_filename (folder, NULL);
  g_autofree char *name = g_path_get_basename (path);
  return g_filename_display_name (name);
}

/**
 * bs_corpus_open:
 * @folder: a corpus in the release's layout, or parts of one
 * @cancellable: (nullable): ends the walk
 * @error: return location
 *
 * Lists the folder, reads the tables of metadata nearest to its top (or, where there is none, the
 * names of the clips), and notes where clips and features lie. No clip and no feature is read.
 * Whatever is missing becomes a sentence in bs_corpus_problem().
 *
 * Blocks; for a worker. Errors: the folder cannot be read; its tables are wrong; it holds neither
 * tables nor clips; cancelled.
 *
 * Returns: (transfer full) (nullable): the corpus
 */
BsCorpus *
bs_corpus_open (const char *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (BsListing) listing = bs_listing_new (folder, cancellable, error);
  if (listing == NULL)
    return NULL;
  BsCorpus *self = g_atomic_rc_box_new0 (BsCorpus);
  self->folder = g_strdup (folder);
  self->title = dup_title (folder);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_open_file_unref);
  self->is_demo =
    bs_listed_folder_has (g_ptr_array_index (listing->folders, 0), BS_LISTED_JSON, DEMO_FILE);
  for (guint i = 0; i < listing->unreadable->len; i++)
    g_ptr_array_add (self->problems, g_strdup (g_ptr_array_index (listing->unreadable, i)));
  if (!find_metadata (self, listing, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error)) {
    bs_corpus_unref (self);
    return NULL;
  }
  find_clips (self, listing);
  self->encoders = bs_encoder_find_all (listing, self->metadata, self->problems);
  bs_corpus_note_archives (self);
  bs_corpus_report (self);
  return self;
}

/**
 * bs_corpus_ref:
 * @self: a corpus
 *
 * Returns: (transfer full): @self
 */
BsCorpus *
bs_corpus_ref (BsCorpus *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_corpus_unref:
 * @self: (transfer full): a corpus
 */
void
bs_corpus_unref (BsCorpus *self)
{
  g_atomic_rc_box_release_full (self, corpus_clear);
}

/**
 * bs_corpus_folder:
 * @self: a corpus
 *
 * Returns: (transfer none) (type filename): the folder as it was given
 */
const char *
bs_corpus_folder (const BsCorpus *self)
{
  return self->folder;
}

/**
 * bs_corpus_title:
 * @self: a corpus
 *
 * Returns: (transfer none): the folder's name, for people
 */
const char *
bs_corpus_title (const BsCorpus *self)
{
  return self->title;
}

/**
 * bs_corpus_is_demo:
 * @self: a corpus
 *
 * Returns: whether the program made it: its clips are synthetic and drawn when wanted
 */
gboolean
bs_corpus_is_demo (const BsCorpus *self)
{
  return self->is_demo;
}

/**
 * bs_corpus_set_strict:
 * @self: a corpus that is not shared yet
 *
 * From now on features that cannot be used are an error of whatever reads them for many clips.
 * Otherwise their clip counts as one without that encoder, as long as there are few.
 */
void
bs_corpus_set_strict (BsCorpus *self)
{
  self->is_strict = TRUE;
}

/**
 * bs_corpus_is_strict:
 * @self: a corpus
 *
 * Returns: whether bs_corpus_set_strict() was called
 */
gboolean
bs_corpus_is_strict (const BsCorpus *self)
{
  return self->is_strict;
}

/**
 * bs_corpus_metadata:
 * @self: a corpus
 *
 * Returns: (transfer none): its clips
 */
BsMetadata *
bs_corpus_metadata (const BsCorpus *self)
{
  return self->metadata;
}

/**
 * bs_corpus_clip_is_listed:
 * @self: a corpus
 * @clip: index of a clip
 *
 * Asks nothing of the disk.
 *
 * Returns: whether the clip's file was there when the corpus was opened
 */
gboolean
bs_corpus_clip_is_listed (const BsCorpus *self, gsize clip)
{
  g_return_val_if_fail (clip < bs_metadata_n_clips (self->metadata), FALSE);
  return self->clip_paths[clip] != NULL;
}

/**
 * bs_corpus_dup_clip_path:
 * @self: a corpus
 * @clip: index of a clip
 *
 * Where the listing had no file, the place is looked at to which the demo corpus draws its clips:
 * train_videos/ or test_videos/ below the folder.
 *
 * Returns: (transfer full) (nullable) (type filename): the clip's file, or %NULL where there is
 *   none
 */
char *
bs_corpus_dup_clip_path (const BsCorpus *self, gsize clip)
{
  g_return_val_if_fail (clip < bs_metadata_n_clips (self->metadata), NULL);
  if (self->clip_paths[clip] != NULL)
    return g_strdup (self->clip_paths[clip]);
  const BsClip *info = bs_metadata_clip (self->metadata, clip);
  g_autofree char *name = g_strconcat (info->filename, ".mov", NULL);
  g_autofree char *path =
    g_build_filename (self->folder, info->is_test ? "test_videos" : "train_videos", name, NULL);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

/**
 * bs_corpus_n_encoders:
 * @self: a corpus
 *
 * Returns: number of encoders that have features of at least one clip
 */
gsize
bs_corpus_n_encoders (const BsCorpus *self)
{
  return self->encoders->len;
}

/**
 * bs_corpus_encoder:
 * @self: a corpus
 * @index: below bs_corpus_n_encoders()
 *
 * Returns: (transfer none): an encoder, in the order of their names
 */
BsEncoder *
bs_corpus_encoder (const BsCorpus *self, gsize index)
{
  g_return_val_if_fail (index < self->encoders->len, NULL);
  return g_ptr_array_index (self->encoders, index);
}

/**
 * bs_corpus_find_encoder:
 * @self: a corpus
 * @name: of an encoder; where none is called exactly so, case does not matter
 *
 * Returns: (transfer none) (nullable): the encoder
 */
BsEncoder *
bs_corpus_find_encoder (const BsCorpus *self, const char *name)
{
  BsEncoder *similar = NULL;
  for (guint i = 0; i < self->encoders->len; i++) {
    BsEncoder *encoder = g_ptr_array_index (self->encoders, i);
    if (strcmp (encoder->name, name) == 0)
      return encoder;
    if (similar == NULL && g_ascii_strcasecmp (encoder->name, name) == 0)
      similar = encoder;
  }
  return similar;
}

/**
 * bs_corpus_n_problems:
 * @self: a corpus
 *
 * Returns: number of sentences on what is missing or odd
 */
gsize
bs_corpus_n_problems (const BsCorpus *self)
{
  return self->problems->len;
}

/**
 * bs_corpus_problem:
 * @self: a corpus
 * @index: below bs_corpus_n_problems()
 *
 * Returns: (transfer none): one sentence
 */
const char *
bs_corpus_problem (const BsCorpus *self, gsize index)
{
  g_return_val_if_fail (index < self->problems->len, NULL);
  return g_ptr_array_index (self->problems, index);
}
