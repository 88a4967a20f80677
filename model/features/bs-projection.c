/* SPDX-License-Identifier: MIT */
/* The projection of the dataset paper (section V-D, figure 5): aggregated features, standardised
 * within each actor where that is wanted, and the first principal components of the clips that
 * are shown. */
#include "model/features/bs-projection.h"

#include <glib/gi18n.h>

#include "model/features/bs-aggregate.h"
#include "model/features/bs-features.h"
#include "model/numeric/bs-scaler.h"

/**
 * bs_projection_pair_classes:
 * @a: an emotion
 * @b: another
 *
 * Returns: the classes of the paper's figure: both single emotions and their blend
 */
guint32
bs_projection_pair_classes (BsEmotion a, BsEmotion b)
{
  return 1u << a | 1u << b | 1u << bs_label_class (bs_label_blend (a, b, 50));
}

static gboolean
is_wanted (const BsMetadata *metadata, gsize clip, guint32 classes)
{
  BsLabel label = bs_metadata_clip (metadata, clip)->label;

  return classes == 0 || (bs_label_is_known (label) && classes >> bs_label_class (label) & 1);
}

/* Where a float does not hold the features, it holds their differences from the mean, which are all
 * that is projected. */
static void
centre (BsMatrix *rows)
{
  g_autofree gsize *all = g_new (gsize, rows->n_rows);

  for (gsize i = 0; i < rows->n_rows; i++)
    all[i] = i;
  g_autoptr (BsScaler) scaler = bs_scaler_fit (rows, all, rows->n_rows);
  for (gsize c = 0; c < scaler->n; c++)
    scaler->scale[c] = 1;
  bs_scaler_apply_rows (scaler, rows);
}

/* Moves the wanted rows to the front; returns how many there are. */
static gsize
keep_classes (BsFeatures *features, const BsMetadata *metadata, guint32 classes)
{
  gsize n = 0;

  for (gsize i = 0; i < features->n; i++) {
    if (!is_wanted (metadata, features->clips[i], classes))
      continue;
    features->clips[n] = features->clips[i];
    bs_matrix_copy_row (features->rows, i, n);
    n++;
  }
  return n;
}

/* By the clips that are projected, as the official script does (pca_visualization.py): what an
 * actor does in other clips moves nothing. */
static void
standardise_actors (BsMatrix *rows, const gsize *clips, const BsMetadata *metadata)
{
  g_autofree int *actors = g_new (int, rows->n_rows);

  for (gsize i = 0; i < rows->n_rows; i++)
    actors[i] = bs_metadata_clip (metadata, clips[i])->actor;
  bs_standardise_groups (rows, actors, bs_metadata_n_actors (metadata));
}

/**
 * bs_projection_new:
 * @corpus: a corpus
 * @encoders: (array zero-terminated=1): fused in this order
 * @spec: what is projected, and how
 * @on_progress: (nullable) (scope call): told while features are read
 * @user_data: for @on_progress
 * @cancellable: (nullable): looked at before each clip
 * @error: %BS_ERROR_MISSING where an encoder is unknown or fewer than two clips are left, and
 *   the readers'
 *
 * The components are those of the clips that are projected, and so is what they are standardised
 * by. Any thread.
 *
 * Returns: (transfer full): the clips, in metadata order, and their scores
 */
BsProjection *
bs_projection_new (BsCorpus *corpus, const char *const *encoders, const BsProjectionSpec *spec,
                   BsProgressFunc on_progress, gpointer user_data, GCancellable *cancellable,
                   GError **error)
{
  const BsMetadata *metadata = bs_corpus_metadata (corpus);
  g_autoptr (BsFeatures) features =
    bs_features_load (corpus, encoders, &BS_FEATURE_SPEC_OFFICIAL, BS_CLIPS_TRAINING, on_progress,
                      user_data, cancellable, error);
  g_autoptr (BsProjection) self = NULL;

  if (features == NULL)
    return NULL;
  self = g_new0 (BsProjection, 1);
  self->n = keep_classes (features, metadata, spec->classes);
  if (self->n < 2) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 _ ("%s: %zu clips of the chosen classes have features of %s; a "
                    "projection needs two."),
                 bs_corpus_folder (corpus), self->n, encoders[0]);
    return NULL;
  }
  self->clips = g_memdup2 (features->clips, self->n * sizeof *self->clips);
  /* The matrix is this function's alone. */
  BsMatrix *rows = features->rows;
  rows->n_rows = self->n;
  if (spec->per_actor)
    standardise_actors (rows, self->clips, metadata);
  else if (rows->doubles != NULL)
    centre (rows);
  self->pca = bs_pca_new (rows, spec->n_components, spec->whiten, cancellable, error);
  return self->pca != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * bs_projection_free:
 * @self: (transfer full): a projection
 */
void
bs_projection_free (BsProjection *self)
{
  g_clear_pointer (&self->pca, bs_pca_free);
  g_free (self->clips);
  g_free (self);
}
