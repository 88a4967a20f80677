/* SPDX-License-Identifier: MIT */
/* Which encoders a corpus has: any folder of per-clip arrays or of OpenFace's tables, and any
 * archive of static features. No list is built in (DEFINITIONS, Input). */
#include <string.h>

#include "data/corpus/bs-encoder-private.h"
#include "data/corpus/bs-openface.h"

typedef struct {
  GPtrArray *encoders;
  BsMetadata *metadata;
  GPtrArray *problems;
} Finder;

/* Folders that only say which part of a corpus they hold: the encoder is the one above. */
static gboolean
is_part_name (const char *name)
{
  static const char *const names[] = { "train", "test", "all_parts" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  if (g_ascii_strncasecmp (name, "part", 4) != 0)
    return FALSE;
  name += 4 + strspn (name + 4, "_-");
  return *name != '\0' && name[strspn (name, "0123456789")] == '\0';
}

static char *
dup_folder_name (const BsListedFolder *folder)
{
  g_autofree char *path = g_strdup (folder->path);
  g_autofree char *name = g_path_get_basename (path);
  for (guint depth = folder->depth; depth > 1 && is_part_name (name); depth--) {
    char *parent = g_path_get_dirname (path);
    g_free (path);
    path = parent;
    g_free (name);
    name = g_path_get_basename (path);
  }
  static const char *const endings[] = { "_train", "_test" };
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    gsize n = strlen (name), m = strlen (endings[i]);
    if (n > m && g_ascii_strcasecmp (name + n - m, endings[i]) == 0) {
      name[n - m] = '\0';
      break;
    }
  }
  return g_filename_display_name (name);
}

static char *
dup_stem (const char *name)
{
  const char *dot = strrchr (name, '.');
  return g_strndup (name, dot != NULL ? (gsize) (dot - name) : strlen (name));
}

/* The encoder of that name, made where there is none; NULL where it is of another kind. */
static BsEncoder *
need_encoder (Finder *self, const char *name, BsEncoderKind kind, const char *path)
{
  for (guint i = 0; i < self->encoders->len; i++) {
    BsEncoder *encoder = g_ptr_array_index (self->encoders, i);
    if (strcmp (encoder->name, name) != 0)
      continue;
    if (encoder->kind == kind)
      return encoder;
    g_autofree char *display = g_filename_display_name (path);
    g_ptr_array_add (
      self->problems,
      g_strdup_printf ("%s: not used, because another encoder is called %s", display, name));
    return NULL;
  }
  BsEncoder *encoder = bs_encoder_new (name, kind, self->metadata);
  g_ptr_array_add (self->encoders, encoder);
  return encoder;
}

/* The first of @names that is named after a clip, or NULL. */
static const char *
first_of_a_clip (Finder *self, const GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *stem = dup_stem (g_ptr_array_index (names, i));
    if (bs_metadata_find (self->metadata, stem) >= 0)
      return g_ptr_array_index (names, i);
  }
  return NULL;
}

/* One table speaks for its folder, so that opening a corpus does not read thousands. */
static gboolean
has_openface (Finder *self, const BsListedFolder *folder)
{
  const char *name = first_of_a_clip (self, folder->names[BS_LISTED_TABLE]);
  if (name == NULL)
    return FALSE;
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  return bs_openface_is_table (path);
}

static void
load_axes (Finder *self, const BsListedFolder *folder, BsEncoderPart *part)
{
  if (!bs_listed_folder_has (folder, BS_LISTED_JSON, "encoder.json"))
    return;
  g_autofree char *path = g_build_filename (folder->path, "encoder.json", NULL);
  g_autoptr (GError) error = NULL;
  part->axes = bs_encoder_axes_load (path, &error);
  if (error != NULL)
    g_ptr_array_add (self->problems, g_strdup (error->message));
}

static void
add_folder (Finder *self, const BsListedFolder *folder, BsEncoderKind kind, BsListedKind files)
{
  const GPtrArray *names = folder->names[files];
  g_autofree char *name = dup_folder_name (folder);
  BsEncoder *encoder = need_encoder (self, name, kind, folder->path);
  if (encoder == NULL)
    return;
  BsEncoderPart *part = bs_encoder_add_part (encoder, folder->path);
  if (kind == BS_ENCODER_CLIPS)
    load_axes (self, folder, part);
  for (guint i = 0; i < names->len; i++) {
    const char *file = g_ptr_array_index (names, i);
    g_autofree char *stem = dup_stem (file);
    bs_encoder_add_features (encoder, stem, file, 0);
  }
}

static void
add_archive (Finder *self, const char *path)
{
  g_autofree char *base = g_path_get_basename (path), *stem = dup_stem (base);
  g_autofree char *name = g_filename_display_name (stem);
  BsEncoder *encoder = need_encoder (self, name, BS_ENCODER_STATIC, path);
  if (encoder == NULL)
    return;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = bs_encoder_static_open (bs_encoder_add_part (encoder, path), &error);
  if (error != NULL)
    g_ptr_array_add (self->problems, g_strdup (error->message));
  for (gsize row = 0; names != NULL && names[row] != NULL; row++)
    bs_encoder_add_features (encoder, names[row], NULL, row);
}

static void
search_folder (Finder *self, const BsListedFolder *folder)
{
  const GPtrArray *arrays = folder->names[BS_LISTED_ARRAY];
  const GPtrArray *archives = folder->names[BS_LISTED_STATIC];
  if (first_of_a_clip (self, arrays) != NULL) {
    add_folder (self, folder, BS_ENCODER_CLIPS, BS_LISTED_ARRAY);
  } else if (arrays->len > 0) {
    g_autofree char *path = g_filename_display_name (folder->path);
    g_ptr_array_add (
      self->problems,
      g_strdup_printf ("%s: none of its %u arrays is named after a clip", path, arrays->len));
  } else if (has_openface (self, folder)) {
    add_folder (self, folder, BS_ENCODER_OPENFACE, BS_LISTED_TABLE);
  }
  for (guint i = 0; i < archives->len; i++) {
    g_autofree char *path = g_build_filename (folder->path, g_ptr_array_index (archives, i), NULL);
    add_archive (self, path);
  }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const BsEncoder *const *left = a, *const *right = b;
  int order = g_ascii_strcasecmp ((*left)->name, (*right)->name);
  return order != 0 ? order : strcmp ((*left)->name, (*right)->name);
}

/**
 * bs_encoder_find_all:
 * @listing: what lies in the corpus folder
 * @metadata: its clips
 * @problems: (element-type utf8): gets a sentence for whatever cannot be used
 *
 * Parts of one name and kind are one encoder. Encoders without any clip of the metadata are left
 * out.
 *
 * Returns: (transfer full) (element-type BsEncoder): the encoders by name
 */
GPtrArray *
bs_encoder_find_all (const BsListing *listing, BsMetadata *metadata, GPtrArray *problems)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_encoder_unref);
  Finder self = { found, metadata, problems };
  for (guint i = 0; i < listing->folders->len; i++)
    search_folder (&self, g_ptr_array_index (listing->folders, i));
  for (guint i = found->len; i-- > 0;) {
    const BsEncoder *encoder = g_ptr_array_index (found, i);
    if (encoder->n_clips > 0)
      continue;
    if (encoder->foreign.n > 0)
      g_ptr_array_add (problems, g_strdup_printf ("%s: none of its features is of a clip, first %s",
                                                  encoder->name, encoder->foreign.first));
    g_ptr_array_remove_index (found, i);
  }
  g_ptr_array_sort (found, compare_names);
  return g_steal_pointer (&found);
}
