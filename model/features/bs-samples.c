/* SPDX-License-Identifier: MIT */
/* The clips of a training and their features: vectors in memory, or sequences left on disk of
 * which only the statistics are gathered when they are opened. */
#include "model/features/bs-left-out.h"
#include "model/features/bs-samples-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "model/features/bs-features.h"
#include "model/numeric/bs-scaler.h"

#define BLOCK_VALUES 65536 /* read at once */
#define STATISTICS_SHARE 0.9 /* of the progress: reading rows takes longer than finding clips */

typedef struct {
  BsCorpus *corpus;
  const BsTrainConfig *config;
  BsProgressFunc on_progress;
  gpointer user_data;
  GCancellable *cancellable;
} Loading;

/**
 * bs_samples_form:
 * @config: a configuration
 *
 * Returns: what its network sees of a clip
 */
BsSamplesForm
bs_samples_form (const BsTrainConfig *config)
{
  return bs_train_config_is_of_rows (config) ? BS_SAMPLES_ROWS
                                             : bs_train_config_model (config)->form;
}

static void
note_clips (BsSamples *self, const BsMetadata *metadata)
{
  g_clear_pointer (&self->names, g_strfreev);
  self->names = g_new0 (char *, self->n + 1);
  g_free (self->actors);
  g_free (self->folds);
  self->actors = g_new (int, self->n);
  self->folds = g_new (gint8, self->n);
  for (gsize i = 0; i < self->n; i++) {
    const BsClip *clip = bs_metadata_clip (metadata, self->clips[i]);
    self->names[i] = g_strdup (clip->filename);
    self->actors[i] = clip->actor;
    self->folds[i] = clip->is_test ? -1 : clip->fold;
  }
}

static gboolean
check_actors (const BsSamples *self, const BsMetadata *metadata, GError **error)
{
  for (gsize i = 0; i < self->n; i++)
    if (self->actors[i] < 0) {
      g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                   _ ("clip %s: has no actor, which normalise=actor needs"),
                   bs_metadata_clip (metadata, self->clips[i])->filename);
      return FALSE;
    }
  return TRUE;
}

/**
 * bs_samples_feature_spec:
 * @config: a configuration whose network takes vectors
 *
 * Returns: how a sequence becomes a vector
 */
BsFeatureSpec
bs_samples_feature_spec (const BsTrainConfig *config)
{
  BsFeatureSpec spec = { (gsize) config->layer_from, (gsize) config->layer_to, 1, FALSE };
  if ((bs_train_config_model (config)->settings & BS_MODEL_HAS_SEGMENTS) != 0) {
    spec.n_segments = (gsize) config->n_segments;
    spec.concat = config->segment_join == BS_SEGMENTS_CONCAT;
  }
  return spec;
}

static gboolean
load_vectors (BsSamples *self, const Loading *loading, BsClipChoice choice, GError **error)
{
  BsMetadata *metadata = bs_corpus_metadata (loading->corpus);
  const BsFeatureSpec spec = bs_samples_feature_spec (loading->config);
  g_autoptr (BsFeatures) features = bs_features_load (
    loading->corpus, (const char *const *) loading->config->encoders, &spec, choice,
    loading->on_progress, loading->user_data, loading->cancellable, error);
  if (features == NULL)
    return FALSE;
  self->n = features->n;
  self->clips = g_steal_pointer (&features->clips);
  self->vectors[0] = g_steal_pointer (&features->rows);
  self->n_modalities = 1;
  self->widths[0] = self->vectors[0]->n_cols;
  note_clips (self, metadata);
  if (loading->config->normalise != BS_NORMALISE_ACTOR)
    return TRUE;
  if (!check_actors (self, metadata, error))
    return FALSE;
  bs_standardise_groups (self->vectors[0], self->actors, bs_metadata_n_actors (metadata));
  return TRUE;
}

/* Sequences */

static gboolean
find_encoders (BsSamples *self, const Loading *loading, BsEncoder **encoders, GError **error)
{
  const char *folder = bs_corpus_folder (loading->corpus);
  char **names = loading->config->encoders;
  self->n_modalities = g_strv_length (names);
  if (self->n_modalities > BS_BATCH_MAX_MODALITIES) {
    g_set_error (error, BS_ERROR, BS_ERROR_LIMIT,
                 _ ("encoders: %u are named; at most %d are fused"), self->n_modalities,
                 BS_BATCH_MAX_MODALITIES);
    return FALSE;
  }
  for (guint m = 0; m < self->n_modalities; m++) {
    encoders[m] = bs_corpus_find_encoder (loading->corpus, names[m]);
    if (encoders[m] == NULL) {
      g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: has no encoder \"%s\""), folder,
                   names[m]);
      return FALSE;
    }
    if (!bs_encoder_width (encoders[m], &self->widths[m], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
every_encoder_has (const BsSamples *self, BsEncoder *const *encoders, gsize clip)
{
  for (guint m = 0; m < self->n_modalities; m++)
    if (!bs_encoder_has_clip (encoders[m], clip))
      return FALSE;
  return TRUE;
}

static gboolean
find_clips (BsSamples *self, const Loading *loading, BsEncoder *const *encoders,
            BsClipChoice choice, GError **error)
{
  BsMetadata *metadata = bs_corpus_metadata (loading->corpus);
  self->clips = g_new (gsize, MAX (1, bs_metadata_n_clips (metadata)));
  for (gsize clip = 0; clip < bs_metadata_n_clips (metadata); clip++)
    if (bs_clip_is_chosen (choice, bs_metadata_clip (metadata, clip)) &&
        every_encoder_has (self, encoders, clip))
      self->clips[self->n++] = clip;
  if (self->n > 0)
    return TRUE;
  g_autofree char *names = g_strjoinv (", ", loading->config->encoders);
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
               choice.is_test ? _ ("%s: no test clip has features of %s")
                              : _ ("%s: no training clip has features of %s"),
               bs_corpus_folder (loading->corpus), names);
  return FALSE;
}

/* Clips of one fold and one actor are always on the same side of a training. */
static gsize
group_of (const BsSamples *self, const BsMetadata *metadata, gsize i)
{
  gsize n_actors = bs_metadata_n_actors (metadata) + 1;
  return (gsize) (self->folds[i] + 1) * n_actors + (gsize) (self->actors[i] + 1);
}

static gsize
n_groups (const BsMetadata *metadata)
{
  return (gsize) (BS_MAX_FOLDS + 1) * (bs_metadata_n_actors (metadata) + 1);
}

/* Some rows of a sequence; one of the two is %NULL. */
typedef struct {
  float *narrow;
  double *wide;
} Rows;

static void
rows_clear (Rows *self)
{
  g_free (self->narrow);
  g_free (self->wide);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static gboolean
is_finite_row (const BsSequence *sequence, const Rows *rows, gsize i, gsize r, GError **error)
{
  gsize n_cols = sequence->n_cols;
  for (gsize c = 0; c < n_cols; c++)
    if (rows->wide != NULL ? !isfinite (rows->wide[i * n_cols + c])
                           : !isfinite (rows->narrow[i * n_cols + c])) {
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                   _ ("%s: expected a finite number at [%zu, %zu]"), bs_sequence_name (sequence), r,
                   c);
      return FALSE;
    }
  return TRUE;
}

/* Reads all rows, once, a block at a time; each is looked at and added to @moments. */
static gboolean
go_through (const BsSequence *sequence, BsMoments *moments, gsize group, GError **error)
{
  gsize n_cols = sequence->n_cols, block = MIN (MAX (BLOCK_VALUES / n_cols, 1), sequence->n_rows);
  g_auto (Rows) rows = { NULL, NULL };
  gboolean is_wide = bs_sequence_is_wide (sequence);
  if (is_wide)
    rows.wide = g_new (double, block *n_cols);
  else
    rows.narrow = g_new (float, block *n_cols);
  g_autofree gsize *wanted = g_new (gsize, block);
  for (gsize first = 0; first < sequence->n_rows; first += block) {
    gsize n = MIN (block, sequence->n_rows - first);
    for (gsize i = 0; i < n; i++)
      wanted[i] = first + i;
    if (!(is_wide ? bs_sequence_read_wide (sequence, wanted, n, rows.wide, error)
                  : bs_sequence_read (sequence, wanted, n, rows.narrow, error)))
      return FALSE;
    for (gsize i = 0; i < n; i++)
      if (!is_finite_row (sequence, &rows, i, first + i, error))
        return FALSE;
      else if (is_wide)
        bs_moments_add_wide (moments, group, rows.wide + i * n_cols);
      else
        bs_moments_add (moments, group, rows.narrow + i * n_cols);
  }
  return TRUE;
}

static BsSequence *
open_sequence (const Loading *loading, BsEncoder *encoder, gsize clip, const char *filename,
               BsMoments *moments, gsize group, GError **error)
{
  g_autoptr (BsSequence) sequence = bs_sequence_open (
    encoder, clip, (gsize) loading->config->layer_from, (gsize) loading->config->layer_to, error);
  if (sequence == NULL)
    return NULL;
  if (sequence->n_rows == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("encoder \"%s\", clip %s: has no rows"),
                 bs_encoder_name (encoder), filename);
    return NULL;
  }
  if (!go_through (sequence, moments, group, error)) {
    g_prefix_error (error, _ ("encoder \"%s\", clip %s: "), bs_encoder_name (encoder), filename);
    return NULL;
  }
  return g_steal_pointer (&sequence);
}

/* All encoders of a clip or none: a clip that is left out must not be in any statistics. */
static gboolean
open_clip (BsSamples *self, const Loading *loading, BsEncoder *const *encoders, gsize clip,
           gsize group, GError **error)
{
  const char *filename = bs_metadata_clip (bs_corpus_metadata (loading->corpus), clip)->filename;
  guint before = self->sequences->len;
  g_autoptr (GPtrArray) saved = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_moments_free);
  for (guint m = 0; m < self->n_modalities; m++) {
    g_ptr_array_add (saved, bs_moments_save (self->moments[m], group));
    BsSequence *sequence =
      open_sequence (loading, encoders[m], clip, filename, self->moments[m], group, error);
    if (sequence == NULL) {
      for (guint read = 0; read <= m; read++)
        bs_moments_restore (self->moments[read], group, g_ptr_array_index (saved, read));
      g_ptr_array_set_size (self->sequences, (int) before);
      return FALSE;
    }
    g_ptr_array_add (self->sequences, sequence);
  }
  return TRUE;
}

static gboolean
open_clips (BsSamples *self, const Loading *loading, BsEncoder *const *encoders, GError **error)
{
  BsMetadata *metadata = bs_corpus_metadata (loading->corpus);
  for (guint m = 0; m < self->n_modalities; m++)
    self->moments[m] = bs_moments_new (n_groups (metadata), self->widths[m]);
  self->sequences = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_sequence_free);
  g_auto (BsLeftOut) left_out = { 0 };
  gsize n = 0;
  for (gsize i = 0; i < self->n; i++) {
    GError *local = NULL;
    if (g_cancellable_set_error_if_cancelled (loading->cancellable, error))
      return FALSE;
    if (open_clip (self, loading, encoders, self->clips[i], group_of (self, metadata, i), &local)) {
      self->clips[n++] = self->clips[i];
    } else if (bs_left_out_may (loading->corpus, local)) {
      bs_left_out_add (&left_out, i, local);
    } else {
      g_propagate_error (error, local);
      return FALSE;
    }
    if (loading->on_progress != NULL)
      loading->on_progress (STATISTICS_SHARE * (double) (i + 1) / (double) self->n,
                            _ ("Reading features"), loading->user_data);
  }
  if (!bs_left_out_check (&left_out, self->n, error))
    return FALSE;
  self->n = n;
  note_clips (self, metadata);
  return TRUE;
}

/* Each actor's own mean and scale, over all folds (actors are in one). */
static void
fit_actors (BsSamples *self, const BsMetadata *metadata)
{
  gsize n_actors = bs_metadata_n_actors (metadata);
  g_autofree gboolean *wanted = g_new (gboolean, n_groups (metadata));
  for (guint m = 0; m < self->n_modalities; m++) {
    self->actor_scalers[m] = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_scaler_free);
    for (gsize actor = 0; actor < n_actors; actor++) {
      for (gsize g = 0; g < n_groups (metadata); g++)
        wanted[g] = g % (n_actors + 1) == actor + 1;
      g_ptr_array_add (self->actor_scalers[m], bs_moments_to_scaler (self->moments[m], wanted));
    }
  }
}

static gboolean
load_sequences (BsSamples *self, const Loading *loading, BsClipChoice choice, GError **error)
{
  BsMetadata *metadata = bs_corpus_metadata (loading->corpus);
  BsEncoder *encoders[BS_BATCH_MAX_MODALITIES];
  if (!find_encoders (self, loading, encoders, error) ||
      !find_clips (self, loading, encoders, choice, error))
    return FALSE;
  note_clips (self, metadata);
  self->n_actors = bs_metadata_n_actors (metadata);
  self->length = (gsize) loading->config->length;
  if (self->form == BS_SAMPLES_ROWS && self->n_modalities > 1) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("features: subsamples are rows of one encoder, and %u are named"),
                 self->n_modalities);
    return FALSE;
  }
  if (!open_clips (self, loading, encoders, error))
    return FALSE;
  if (loading->config->normalise == BS_NORMALISE_ACTOR) {
    if (!check_actors (self, metadata, error))
      return FALSE;
    fit_actors (self, metadata);
  }
  return TRUE;
}

/**
 * bs_samples_load:
 * @corpus: a corpus
 * @config: its model, encoders and settings decide what is read and how
 * @choice: which clips
 * @on_progress: (nullable) (scope call): told after each clip
 * @user_data: for @on_progress
 * @cancellable: (nullable): looked at before each clip
 * @error: %BS_ERROR_MISSING where an encoder is unknown, no clip has all of them, or an actor is
 *   needed and unknown; %BS_ERROR_VALUE for a clip without rows or with a number that is not
 *   finite; and the readers'
 *
 * Any thread.
 *
 * Returns: (transfer full): the clips that every encoder has, in metadata order
 */
BsSamples *
bs_samples_load (BsCorpus *corpus, const BsTrainConfig *config, BsClipChoice choice,
                 BsProgressFunc on_progress, gpointer user_data, GCancellable *cancellable,
                 GError **error)
{
  const Loading loading = { corpus, config, on_progress, user_data, cancellable };
  g_autoptr (BsSamples) self = g_new0 (BsSamples, 1);
  self->form = bs_samples_form (config);
  gboolean is_loaded = self->form == BS_SAMPLES_VECTORS
                         ? load_vectors (self, &loading, choice, error)
                         : load_sequences (self, &loading, choice, error);
  return is_loaded ? g_steal_pointer (&self) : NULL;
}

/**
 * bs_samples_new_vectors:
 * @metadata: of the corpus
 * @clips: (array length=n): indices into @metadata
 * @n: how many
 *
 * Returns: (transfer full): these clips, for bs_samples_add_vectors()
 */
BsSamples *
bs_samples_new_vectors (const BsMetadata *metadata, const gsize *clips, gsize n)
{
  BsSamples *self = g_new0 (BsSamples, 1);
  self->form = BS_SAMPLES_VECTORS;
  self->n = n;
  self->clips = g_memdup2 (clips, n * sizeof *clips);
  note_clips (self, metadata);
  return self;
}

/**
 * bs_samples_add_vectors:
 * @self: samples in the form of vectors, not shared yet
 * @vectors: (transfer full): n x any width
 *
 * Adds a modality.
 */
void
bs_samples_add_vectors (BsSamples *self, BsMatrix *vectors)
{
  g_return_if_fail (self->n_modalities < BS_BATCH_MAX_MODALITIES && vectors->n_rows == self->n);
  self->widths[self->n_modalities] = vectors->n_cols;
  self->vectors[self->n_modalities++] = vectors;
}

/**
 * bs_samples_free:
 * @self: (transfer full): samples
 */
void
bs_samples_free (BsSamples *self)
{
  g_strfreev (self->names);
  g_free (self->clips);
  g_free (self->actors);
  g_free (self->folds);
  g_free (self->columns);
  g_clear_pointer (&self->sequences, g_ptr_array_unref);
  for (guint m = 0; m < BS_BATCH_MAX_MODALITIES; m++) {
    g_clear_pointer (&self->vectors[m], bs_matrix_unref);
    g_clear_pointer (&self->moments[m], bs_moments_free);
    g_clear_pointer (&self->actor_scalers[m], g_ptr_array_unref);
  }
  g_free (self);
}

/**
 * bs_samples_standardise:
 * @self: samples of one actor, not shared yet
 * @modality: which
 * @scaler: of the actor
 *
 * Does to these samples what normalise=actor does to a corpus.
 */
void
bs_samples_standardise (BsSamples *self, guint modality, const BsScaler *scaler)
{
  if (self->form == BS_SAMPLES_VECTORS) {
    bs_scaler_apply_rows (scaler, self->vectors[modality]);
    return;
  }
  self->actor_scalers[modality] = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_scaler_free);
  for (int actor = 0; actor <= self->actors[0]; actor++)
    g_ptr_array_add (self->actor_scalers[modality], bs_scaler_copy (scaler));
}

/**
 * bs_samples_n_rows:
 * @self: samples
 * @i: number of a clip
 * @modality: which
 *
 * Returns: the rows that the clip has on disk, 1 of a vector
 */
gsize
bs_samples_n_rows (const BsSamples *self, gsize i, guint modality)
{
  if (self->form == BS_SAMPLES_VECTORS)
    return 1;
  const BsSequence *sequence =
    g_ptr_array_index (self->sequences, i * self->n_modalities + modality);
  return sequence->n_rows;
}

/**
 * bs_samples_list:
 * @self: samples
 * @index: (array length=n): clips
 * @n: how many
 *
 * Returns: (transfer full) (element-type BsSample): what an epoch over these clips goes through:
 *   a sample a clip, or a sample a row
 */
GArray *
bs_samples_list (const BsSamples *self, const gsize *index, gsize n)
{
  GArray *list = g_array_sized_new (FALSE, FALSE, sizeof (BsSample), (guint) n);
  for (gsize i = 0; i < n; i++) {
    gsize n_rows = self->form == BS_SAMPLES_ROWS ? bs_samples_n_rows (self, index[i], 0) : 1;
    for (gsize r = 0; r < n_rows; r++) {
      BsSample sample = { (guint32) index[i], (guint32) r };
      g_array_append_val (list, sample);
    }
  }
  return list;
}

/**
 * bs_samples_fit_scaler:
 * @self: samples
 * @modality: which
 * @index: (array length=n): clips of a training side: whole folds
 * @n: at least 1
 *
 * Returns: (transfer full): mean and scale of all rows of these clips; one that changes nothing
 *   where sequences are standardised by actor
 */
BsScaler *
bs_samples_fit_scaler (const BsSamples *self, guint modality, const gsize *index, gsize n)
{
  if (self->form == BS_SAMPLES_VECTORS)
    return bs_scaler_fit (self->vectors[modality], index, n);
  if (self->actor_scalers[modality] != NULL)
    return bs_scaler_new (self->widths[modality]);
  gsize n_actors = self->n_actors + 1;
  g_autofree gboolean *wanted = g_new0 (gboolean, (BS_MAX_FOLDS + 1) * n_actors);
  for (gsize i = 0; i < n; i++)
    wanted[(gsize) (self->folds[index[i]] + 1) * n_actors + (gsize) (self->actors[index[i]] + 1)] =
      TRUE;
  return bs_moments_to_scaler (self->moments[modality], wanted);
}
