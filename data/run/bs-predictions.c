/* SPDX-License-Identifier: MIT */
/* What a model said of each clip: the object, and which prediction belongs to which clip. */
#include "data/run/bs-predictions.h"

#include <glib/gi18n.h>
#include <string.h>

#include "data/corpus/bs-fold-names.h"

/**
 * bs_predictions_new:
 * @n: number of clips
 *
 * Returns: (transfer full): predictions of kind probabilities, all zero, without names and folds
 *   (-1); the caller fills them before sharing. Names are freed with the object.
 */
BsPredictions *
bs_predictions_new (gsize n)
{
  BsPredictions *self = g_atomic_rc_box_new0 (BsPredictions);
  self->n = n;
  self->filenames = g_new0 (char *, n + 1);
  self->folds = g_new (gint8, MAX (n, 1));
  memset (self->folds, -1, n);
  self->probabilities = g_malloc0_n (MAX (n, 1), sizeof *self->probabilities);
  self->kind = BS_PREDICTIONS_PROBABILITIES;
  self->read_as.n_decimals = -1;
  return self;
}

static void
predictions_clear (gpointer data)
{
  BsPredictions *self = data;
  for (gsize i = 0; i < self->n; i++)
    g_free (self->filenames[i]);
  g_free (self->filenames);
  g_free (self->folds);
  g_free (self->probabilities);
  g_strfreev (self->fold_names);
  g_free (self->decisions);
  bs_read_as_clear (&self->read_as);
  g_free (self->note);
}

/**
 * bs_predictions_ref:
 * @self: predictions
 *
 * Returns: (transfer full): @self
 */
BsPredictions *
bs_predictions_ref (BsPredictions *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_predictions_unref:
 * @self: (transfer full): predictions
 */
void
bs_predictions_unref (BsPredictions *self)
{
  g_atomic_rc_box_release_full (self, predictions_clear);
}

/**
 * bs_predictions_dup_note:
 * @self: predictions
 *
 * Returns: (transfer full) (nullable): what was assumed when they were read, and what was left out
 *   when they were made, in one line
 */
char *
bs_predictions_dup_note (const BsPredictions *self)
{
  g_autofree char *read_as = bs_read_as_to_text (&self->read_as);
  if (read_as == NULL || self->note == NULL)
    return g_strdup (read_as != NULL ? read_as : self->note);
  return g_strconcat (self->note, "; ", read_as, NULL);
}

/* Beside the name as it stands, the same without what looks like an extension. */
static int
find_clip (const BsMetadata *metadata, const char *name)
{
  int clip = bs_metadata_find (metadata, name);
  const char *dot = strrchr (name, '.');
  if (clip >= 0 || dot == NULL || dot == name)
    return clip;
  g_autofree char *stem = g_strndup (name, (gsize) (dot - name));
  return bs_metadata_find (metadata, stem);
}

/* row + 1 of each clip of the metadata, 0 where there is none */
static gsize *
rows_by_clip (const BsPredictions *self, const BsMetadata *metadata, gsize *n_unknown,
              GError **error)
{
  g_autofree gsize *rows = g_new0 (gsize, MAX (bs_metadata_n_clips (metadata), 1));
  *n_unknown = 0;
  for (gsize row = 0; row < self->n; row++) {
    int clip = find_clip (metadata, self->filenames[row]);
    if (clip < 0) {
      (*n_unknown)++;
    } else if (rows[clip] == 0) {
      rows[clip] = row + 1;
    } else {
      g_autofree char *first = bs_error_excerpt (self->filenames[rows[clip] - 1]);
      g_autofree char *second = bs_error_excerpt (self->filenames[row]);
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   _ ("'%s' and '%s' of the predictions are one clip of the metadata"), first,
                   second);
      return NULL;
    }
  }
  return g_steal_pointer (&rows);
}

static BsFoldSource
fold_source (const BsPredictions *self, const BsMetadata *metadata)
{
  if (bs_metadata_n_folds (metadata) > 0)
    return BS_FOLD_SOURCE_METADATA;
  for (gsize row = 0; row < self->n; row++)
    if (self->folds[row] >= 0)
      return BS_FOLD_SOURCE_PREDICTIONS;
  return BS_FOLD_SOURCE_NONE;
}

static gboolean
folds_differ (const BsPredictions *self, gsize row, const BsMetadata *metadata, const BsClip *clip)
{
  if (self->folds[row] < 0 || clip->fold < 0)
    return FALSE;
  const char *name = bs_fold_name ((const char *const *) self->fold_names, self->folds[row]);
  return strcmp (name, bs_metadata_fold_name (metadata, clip->fold)) != 0;
}

static void
set_none_error (const BsPredictions *self, const BsMetadata *metadata, GError **error)
{
  gsize n_clips = bs_metadata_n_clips (metadata);
  g_autofree char *predicted = bs_error_excerpt (self->n > 0 ? self->filenames[0] : "");
  g_autofree char *clip =
    bs_error_excerpt (n_clips > 0 ? bs_metadata_clip (metadata, 0)->filename : "");
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
               _ ("none of the %zu predictions (first '%s') is for one of the "
                  "%zu clips of the metadata (first '%s')"),
               self->n, predicted, n_clips, clip);
}

/**
 * bs_predictions_align:
 * @self: predictions
 * @metadata: clips
 * @error: return location
 *
 * Finds the clips that the two have in common, test clips included. Labelled clips without
 * prediction and predictions without clip are counted and left out; pairs whose folds are both
 * stated and differ are counted and kept. Folds are those of the metadata if any clip has one
 * there, else those of the predictions (DEFINITIONS, Thresholds). None in common is an error, and
 * so are two predictions of one clip.
 *
 * Returns: (transfer full) (nullable): the pairs, in metadata order
 */
BsAlignment *
bs_predictions_align (const BsPredictions *self, const BsMetadata *metadata, GError **error)
{
  gsize n_clips = bs_metadata_n_clips (metadata);
  g_autoptr (BsAlignment) found = g_new0 (BsAlignment, 1);
  g_autofree gsize *rows = rows_by_clip (self, metadata, &found->n_without_metadata, error);
  if (rows == NULL)
    return NULL;
  found->folds = fold_source (self, metadata);
  found->clip = g_new (gsize, MAX (n_clips, 1));
  found->row = g_new (gsize, MAX (n_clips, 1));
  for (gsize clip = 0; clip < n_clips; clip++) {
    const BsClip *info = bs_metadata_clip (metadata, clip);
    if (rows[clip] == 0) {
      found->n_without_prediction += bs_label_is_known (info->label);
      continue;
    }
    found->n_other_fold += folds_differ (self, rows[clip] - 1, metadata, info);
    found->clip[found->n] = clip;
    found->row[found->n++] = rows[clip] - 1;
  }
  if (found->n > 0)
    return g_steal_pointer (&found);
  set_none_error (self, metadata, error);
  return NULL;
}

/**
 * bs_alignment_free:
 * @self: (transfer full): an alignment
 */
void
bs_alignment_free (BsAlignment *self)
{
  g_free (self->clip);
  g_free (self->row);
  g_free (self);
}
