/* SPDX-License-Identifier: MIT */
/* One encoder of a corpus: which clips have features, and reading them when asked for. */
#include <glib/gi18n.h>
#include <math.h>

#include "data/corpus/bs-encoder-private.h"
#include "data/corpus/bs-openface.h"

#define SMALL_ARRAY 4096 /* numbers: less to keep than to read row by row */

/**
 * bs_encoder_new:
 * @name: of the encoder
 * @kind: where its features lie
 * @metadata: the clips
 *
 * Returns: (transfer full): an encoder without features, to be filled before it is shared
 */
BsEncoder *
bs_encoder_new (const char *name, BsEncoderKind kind, BsMetadata *metadata)
{
  BsEncoder *self = g_atomic_rc_box_new0 (BsEncoder);
  self->name = g_strdup (name);
  self->kind = kind;
  self->metadata = bs_metadata_ref (metadata);
  self->parts = g_ptr_array_new ();
  self->entries = g_new0 (BsEncoderEntry, bs_metadata_n_clips (metadata));
  g_mutex_init (&self->lock);
  return self;
}

static void
part_free (BsEncoderPart *part)
{
  g_clear_pointer (&part->x, bs_array_unref);
  g_clear_pointer (&part->npz, bs_npz_unref);
  g_free (part->axes);
  g_free (part->path);
  g_free (part);
}

static void
encoder_clear (gpointer data)
{
  BsEncoder *self = data;
  for (guint i = 0; i < self->parts->len; i++)
    part_free (g_ptr_array_index (self->parts, i));
  for (gsize i = 0; i < bs_metadata_n_clips (self->metadata); i++)
    g_free (self->entries[i].name);
  g_ptr_array_unref (self->parts);
  g_free (self->entries);
  bs_named_count_clear (&self->foreign);
  bs_named_count_clear (&self->twice);
  bs_metadata_unref (self->metadata);
  g_mutex_clear (&self->lock);
  g_free (self->name);
}

/**
 * bs_encoder_ref:
 * @self: an encoder
 *
 * Returns: (transfer full): @self
 */
BsEncoder *
bs_encoder_ref (BsEncoder *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_encoder_unref:
 * @self: (transfer full): an encoder
 */
void
bs_encoder_unref (BsEncoder *self)
{
  g_atomic_rc_box_release_full (self, encoder_clear);
}

/**
 * bs_encoder_add_part:
 * @self: an encoder that is not shared yet
 * @path: a folder or an archive
 *
 * Returns: (transfer none): the part, to which bs_encoder_add_features() adds from now on
 */
BsEncoderPart *
bs_encoder_add_part (BsEncoder *self, const char *path)
{
  BsEncoderPart *part = g_new0 (BsEncoderPart, 1);
  part->path = g_strdup (path);
  g_ptr_array_add (self->parts, part);
  return part;
}

/**
 * bs_encoder_add_features:
 * @self: an encoder that is not shared yet
 * @clip_name: the clip that has them, if there is such a clip
 * @file: (nullable): name of the file that holds them
 * @row: row of the archive's X
 *
 * Notes where the features of a clip lie: in the part that was added last.
 */
void
bs_encoder_add_features (BsEncoder *self, const char *clip_name, const char *file, gsize row)
{
  int clip = bs_metadata_find (self->metadata, clip_name);
  if (clip < 0) {
    bs_named_count_add (&self->foreign, clip_name);
    return;
  }
  BsEncoderEntry *entry = &self->entries[clip];
  if (entry->part > 0) {
    bs_named_count_add (&self->twice, clip_name);
    return;
  }
  *entry = (BsEncoderEntry){ self->parts->len, g_strdup (file), row };
  self->n_clips++;
}

/**
 * bs_encoder_name:
 * @self: an encoder
 *
 * Returns: (transfer none): the folder's name less _train or _test, or the archive's less .npz
 */
const char *
bs_encoder_name (const BsEncoder *self)
{
  return self->name;
}

/**
 * bs_encoder_kind:
 * @self: an encoder
 *
 * Returns: what its features are kept in
 */
BsEncoderKind
bs_encoder_kind (const BsEncoder *self)
{
  return self->kind;
}

/**
 * bs_encoder_has_clip:
 * @self: an encoder
 * @clip: index of a clip of the corpus' metadata
 *
 * Returns: whether there are features of it; reading them may fail all the same
 */
gboolean
bs_encoder_has_clip (const BsEncoder *self, gsize clip)
{
  g_return_val_if_fail (clip < bs_metadata_n_clips (self->metadata), FALSE);
  return self->entries[clip].part > 0;
}

/**
 * bs_encoder_n_clips:
 * @self: an encoder
 *
 * Returns: number of clips that have features
 */
gsize
bs_encoder_n_clips (const BsEncoder *self)
{
  return self->n_clips;
}

static BsArray *
static_x (BsEncoder *self, BsEncoderPart *part, GError **error)
{
  g_mutex_lock (&self->lock);
  BsArray *x = bs_encoder_static_x (part, error);
  g_mutex_unlock (&self->lock);
  return x;
}

/* Shape of one clip's features: of an array the header says it, a table must be read. */
static gboolean
clip_shape (BsEncoder *self, gsize clip, gsize *n_layers, gsize *width, GError **error)
{
  const BsEncoderEntry *entry = &self->entries[clip];
  BsEncoderPart *part = g_ptr_array_index (self->parts, entry->part - 1);
  gsize n_rows;
  *n_layers = 1;
  if (self->kind == BS_ENCODER_STATIC) {
    BsArray *x = static_x (self, part, error);
    *width = x != NULL ? x->shape[1] : 0;
    return x != NULL;
  }
  g_autofree char *path = g_build_filename (part->path, entry->name, NULL);
  if (self->kind == BS_ENCODER_OPENFACE) {
    g_autoptr (BsMatrix) matrix = bs_openface_load (path, error);
    *width = matrix != NULL ? matrix->n_cols : 0;
    return matrix != NULL;
  }
  g_autoptr (BsArray) array = bs_npy_load (path, error);
  return array != NULL &&
         bs_encoder_array_shape (array, part->axes, n_layers, &n_rows, width, error);
}

/* The first clip whose file can be read decides for all. */
static gboolean
find_shape (BsEncoder *self, gsize *n_layers, gsize *width, GError **error)
{
  g_autoptr (GError) first = NULL;
  g_mutex_lock (&self->lock);
  *n_layers = self->n_layers;
  *width = self->width;
  g_mutex_unlock (&self->lock);
  for (gsize clip = 0; clip < bs_metadata_n_clips (self->metadata) && *width == 0; clip++) {
    if (self->entries[clip].part == 0)
      continue;
    if (!clip_shape (self, clip, n_layers, width, first == NULL ? &first : NULL))
      *width = 0;
  }
  if (*width == 0) {
    g_propagate_error (error, g_steal_pointer (&first));
    return FALSE;
  }
  g_mutex_lock (&self->lock);
  self->n_layers = *n_layers;
  self->width = *width;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/**
 * bs_encoder_width:
 * @self: an encoder
 * @width: (out): features per window
 * @error: return location
 *
 * That of the first clip that can be read; one header on the first call, nothing afterwards.
 *
 * Returns: whether any clip can be read; otherwise @error says why the first one cannot
 */
gboolean
bs_encoder_width (BsEncoder *self, gsize *width, GError **error)
{
  gsize n_layers;
  return find_shape (self, &n_layers, width, error);
}

/**
 * bs_encoder_n_layers:
 * @self: an encoder
 * @n_layers: (out): layers that its arrays hold; 1 where encoder.json declares none
 * @error: return location
 *
 * Returns: whether any clip can be read
 */
gboolean
bs_encoder_n_layers (BsEncoder *self, gsize *n_layers, GError **error)
{
  gsize width;
  return find_shape (self, n_layers, &width, error);
}

static BsMatrix *
read_static (BsEncoder *self, BsEncoderPart *part, gsize row, GError **error)
{
  BsArray *x = static_x (self, part, error);
  if (x == NULL)
    return NULL;
  gboolean is_wide = bs_array_is_wide (x), is_read = FALSE;
  BsMatrix *out = is_wide ? bs_matrix_new_wide (1, x->shape[1]) : bs_matrix_new (1, x->shape[1]);
  if (out == NULL)
    g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("%s: a row is too large to be held"),
                 part->path);
  else if (is_wide)
    is_read = bs_array_read_wide_rows (x, &row, 1, out->doubles, error);
  else
    is_read = bs_array_read_row (x, row, out->data, error);
  if (!is_read)
    g_clear_pointer (&out, bs_matrix_unref);
  return out;
}

static BsMatrix *
read_file (BsEncoder *self, BsEncoderPart *part, const char *path, gsize from, gsize to,
           GError **error)
{
  if (self->kind == BS_ENCODER_OPENFACE)
    return bs_openface_load (path, error);
  g_autoptr (BsArray) array = bs_npy_load (path, error);
  return array != NULL ? bs_encoder_array_read (array, part->axes, from, to, error) : NULL;
}

static gboolean
check (const BsMatrix *matrix, gsize width, const char *path, const char *clip, gsize first_row,
       GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  if (matrix->n_cols != width) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: expected %zu features, as other clips have, not %zu"), name, width,
                 matrix->n_cols);
    return FALSE;
  }
  for (gsize i = 0; i < matrix->n_rows * matrix->n_cols; i++) {
    if (isfinite (bs_matrix_get (matrix, i)))
      continue;
    gsize row = first_row + i / matrix->n_cols, column = i % matrix->n_cols;
    if (clip != NULL)
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   _ ("%s: clip %s: expected a finite number at [%zu, %zu]"), name, clip, row,
                   column);
    else
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   _ ("%s: expected a finite number at [%zu, %zu]"), name, row, column);
    return FALSE;
  }
  return TRUE;
}

/**
 * bs_encoder_read_layers:
 * @self: an encoder
 * @clip: index of a clip
 * @from: first layer
 * @to: last layer, or any larger number for the last there is
 * @error: return location
 *
 * The mean over the layers @from to @to, of which an encoder without layers has one, number 0.
 *
 * Returns: (transfer full) (nullable): as bs_encoder_read()
 */
BsMatrix *
bs_encoder_read_layers (BsEncoder *self, gsize clip, gsize from, gsize to, GError **error)
{
  gsize width, n_layers;
  g_return_val_if_fail (clip < bs_metadata_n_clips (self->metadata) && from <= to, NULL);
  const BsEncoderEntry *entry = &self->entries[clip];
  if (entry->part == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: there are no features of %s"),
                 self->name, bs_metadata_clip (self->metadata, clip)->filename);
    return NULL;
  }
  if (!find_shape (self, &n_layers, &width, error))
    return NULL;
  BsEncoderPart *part = g_ptr_array_index (self->parts, entry->part - 1);
  g_autofree char *path =
    entry->name != NULL ? g_build_filename (part->path, entry->name, NULL) : g_strdup (part->path);
  g_autoptr (BsMatrix) out = self->kind == BS_ENCODER_STATIC
                               ? read_static (self, part, entry->row, error)
                               : read_file (self, part, path, from, to, error);
  /* A file of its own is called as the clip. */
  const char *of_archive =
    entry->name == NULL ? bs_metadata_clip (self->metadata, clip)->filename : NULL;
  if (out == NULL || !check (out, width, path, of_archive, entry->row, error))
    return NULL;
  return g_steal_pointer (&out);
}

/**
 * bs_encoder_read:
 * @self: an encoder
 * @clip: index of a clip
 * @error: return location
 *
 * Reads one clip's features from disk. Three axes whose middle one has length 1 lose it; where
 * encoder.json declares layers, their mean is taken; one vector is a sequence of length 1. Any
 * thread; several at once.
 *
 * Returns: (transfer full) (nullable): windows x width, finite, wide where the file is; %NULL where
 *   the clip has no features, or its file is broken, of another width, or holds numbers that are
 *   not finite
 */
BsMatrix *
bs_encoder_read (BsEncoder *self, gsize clip, GError **error)
{
  return bs_encoder_read_layers (self, clip, 0, G_MAXSIZE, error);
}

/**
 * bs_encoder_open_plain:
 * @self: an encoder
 * @clip: index of a clip
 * @error: return location
 *
 * The array's file is opened anew for each read: a corpus has more of them than may be open at
 * once.
 *
 * Returns: (transfer full) (nullable): the clip's array, where it is one row a window as it lies;
 *   %NULL without error where it is something else, which bs_encoder_read_layers() reads
 */
BsArray *
bs_encoder_open_plain (BsEncoder *self, gsize clip, GError **error)
{
  gsize n_layers, width, n_rows, own_width;
  const BsEncoderEntry *entry = &self->entries[clip];
  if (self->kind != BS_ENCODER_CLIPS || entry->part == 0)
    return NULL;
  BsEncoderPart *part = g_ptr_array_index (self->parts, entry->part - 1);
  if (part->axes != NULL)
    return NULL;
  g_autofree char *path = g_build_filename (part->path, entry->name, NULL);
  g_autoptr (BsArray) array = bs_npy_load (path, error);
  if (array == NULL || !find_shape (self, &n_layers, &width, error) ||
      !bs_encoder_array_shape (array, NULL, &n_layers, &n_rows, &own_width, error))
    return NULL;
  if (array->n_axes < 2 || own_width != width || array->n_items <= SMALL_ARRAY)
    return NULL;
  bs_array_release_descriptor (array);
  return g_steal_pointer (&array);
}
