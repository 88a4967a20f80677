/* SPDX-License-Identifier: MIT */
/* Several sets of predictions on the clips that all of them have. */
#include "model/fusion/bs-fusion-members.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/fusion/bs-fusion-clips.h"

static gboolean
check_members (const BsFusionMember *members, gsize n_members, GError **error)
{
  if (n_members < 2) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("late fusion needs at least two sets of predictions, not %zu"), n_members);
    return FALSE;
  }
  for (gsize m = 0; m < n_members; m++)
    if (members[m].predictions->kind == BS_PREDICTIONS_DECISIONS) {
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   _ ("%s: holds decisions; late fusion needs probabilities"), members[m].name);
      return FALSE;
    }
  return TRUE;
}

/* How many members have each clip; their rows stand in @rows, members x clips. */
static gsize *
count_members (BsFusionTable *self, const BsFusionMember *members, gsize *rows, GError **error)
{
  gsize n_clips = bs_metadata_n_clips (self->metadata);
  g_autofree gsize *count = g_new0 (gsize, n_clips + 1);
  for (gsize m = 0; m < self->n_members; m++) {
    g_autoptr (BsAlignment) alignment =
      bs_predictions_align (members[m].predictions, self->metadata, error);
    if (alignment == NULL) {
      g_prefix_error (error, "%s: ", members[m].name);
      return NULL;
    }
    for (gsize i = 0; i < alignment->n; i++) {
      count[alignment->clip[i]]++;
      rows[m * n_clips + alignment->clip[i]] = alignment->row[i];
    }
    self->n_without_metadata = MAX (self->n_without_metadata, alignment->n_without_metadata);
  }
  return g_steal_pointer (&count);
}

static void
take_clips (BsFusionTable *self, const BsFusionMember *members, const gsize *count,
            const gsize *rows)
{
  gsize n_clips = bs_metadata_n_clips (self->metadata);
  self->clip = g_new (gsize, n_clips + 1);
  self->p = g_malloc0_n (self->n_members, sizeof *self->p);
  for (gsize clip = 0; clip < n_clips; clip++)
    if (count[clip] == self->n_members)
      self->clip[self->n++] = clip;
    else
      self->n_left_out += count[clip] > 0;
  for (gsize m = 0; m < self->n_members; m++) {
    self->p[m] = g_malloc0_n (self->n + 1, sizeof *self->p[m]);
    for (gsize i = 0; i < self->n; i++)
      memcpy (self->p[m][i],
              members[m].predictions->probabilities[rows[m * n_clips + self->clip[i]]],
              sizeof self->p[m][i]);
  }
}

/* The member that says the folds; %NULL where the metadata do, or nobody does. */
static const BsPredictions *
find_folds (const BsFusionTable *self, const BsFusionMember *members, gsize *member)
{
  if (bs_metadata_n_folds (self->metadata) > 0)
    return NULL;
  for (*member = 0; *member < self->n_members; (*member)++) {
    const BsPredictions *predictions = members[*member].predictions;
    for (gsize row = 0; row < predictions->n; row++)
      if (predictions->folds[row] >= 0)
        return predictions;
  }
  return NULL;
}

static void
take_folds (BsFusionTable *self, const BsFusionMember *members, const gsize *rows)
{
  gsize n_clips = bs_metadata_n_clips (self->metadata), member = 0;
  const BsPredictions *source = find_folds (self, members, &member);
  self->n_folds = (gsize) bs_metadata_n_folds (self->metadata);
  self->fold_names = g_strdupv (source != NULL ? source->fold_names
                                               : (char **) bs_metadata_fold_names (self->metadata));
  self->fold = g_new (gint8, self->n + 1);
  for (gsize i = 0; i < self->n; i++) {
    gsize clip = self->clip[i];
    self->fold[i] = source != NULL ? source->folds[rows[member * n_clips + clip]]
                                   : bs_metadata_clip (self->metadata, clip)->fold;
    self->n_folds = MAX (self->n_folds, (gsize) (self->fold[i] + 1));
  }
}

/**
 * bs_fusion_table_new:
 * @metadata: labels and folds
 * @members: (array length=n_members): what is fused
 * @n_members: how many
 * @error: %BS_ERROR_VALUE for fewer than two members or one of decisions, %BS_ERROR_MISSING where
 *   no clip is common to all; names the member
 *
 * Clips that a member lacks are counted and left out, labelled or not. Any thread.
 *
 * Returns: (transfer full) (nullable): the table
 */
BsFusionTable *
bs_fusion_table_new (BsMetadata *metadata, const BsFusionMember *members, gsize n_members,
                     GError **error)
{
  if (!check_members (members, n_members, error))
    return NULL;
  g_autoptr (BsFusionTable) self = g_new0 (BsFusionTable, 1);
  self->metadata = bs_metadata_ref (metadata);
  self->n_members = n_members;
  g_autofree gsize *rows = g_new0 (gsize, n_members * bs_metadata_n_clips (metadata) + 1);
  g_autofree gsize *count = count_members (self, members, rows, error);
  if (count == NULL)
    return NULL;
  take_clips (self, members, count, rows);
  take_folds (self, members, rows);
  if (self->n > 0)
    return g_steal_pointer (&self);
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s and the other %zu have no clip in common"),
               members[0].name, n_members - 1);
  return NULL;
}

/**
 * bs_fusion_table_free:
 * @self: (transfer full): a table
 */
void
bs_fusion_table_free (BsFusionTable *self)
{
  for (gsize m = 0; self->p != NULL && m < self->n_members; m++)
    g_free (self->p[m]);
  g_free (self->p);
  g_free (self->clip);
  g_free (self->fold);
  g_strfreev (self->fold_names);
  g_clear_pointer (&self->metadata, bs_metadata_unref);
  g_free (self);
}

static char *
describe_left_out (const BsFusionTable *self)
{
  if (self->n_left_out == 0)
    return NULL;
  return g_strdup_printf ("%" G_GSIZE_FORMAT
                          " clips that not every member has a prediction for were left out",
                          self->n_left_out);
}

/**
 * bs_fusion_table_fuse:
 * @self: a table
 * @weights: (array): (n_folds + 1) x n_members: the weights for each fold's clips, and in the
 *   last row for clips without one
 *
 * Any thread.
 *
 * Returns: (transfer full): the weighted means, in metadata order, with the table's folds
 */
BsPredictions *
bs_fusion_table_fuse (const BsFusionTable *self, const double *weights)
{
  BsPredictions *fused = bs_predictions_new (self->n);
  fused->fold_names = g_strdupv (self->fold_names);
  g_autofree const double **p = g_new (const double *, self->n_members);
  for (gsize i = 0; i < self->n; i++) {
    const BsClip *clip = bs_metadata_clip (self->metadata, self->clip[i]);
    gsize row = self->fold[i] >= 0 ? (gsize) self->fold[i] : self->n_folds;
    for (gsize m = 0; m < self->n_members; m++)
      p[m] = self->p[m][i];
    bs_fusion_mix (p, weights + row * self->n_members, self->n_members, BS_N_EMOTIONS,
                   fused->probabilities[i]);
    fused->filenames[i] = g_strdup (clip->filename);
    fused->folds[i] = self->fold[i];
  }
  fused->note = describe_left_out (self);
  return fused;
}
