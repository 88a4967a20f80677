/* SPDX-License-Identifier: MIT */
/* Aggregated features of several encoders, side by side: early fusion by concatenation. Clips
 * are read by a few threads, each into its own row; the calling one tells how far they are. */
#include <glib/gi18n.h>
#include <string.h>

#include "model/features/bs-aggregate.h"
#include "model/features/bs-features.h"
#include "model/features/bs-left-out.h"
#include "model/numeric/bs-blas.h"

#define MAX_READERS 16

typedef struct {
  BsEncoder *encoder;
  gsize width; /* of one row on disk */
  gsize fused; /* of its part of a fused row */
} ClipRange;

static void
part_clear (gpointer data)
{
  ClipRange *part = data;
  g_clear_pointer (&part->encoder, bs_encoder_unref);
}

/**
 * bs_clip_is_chosen:
 * @choice: which clips are wanted
 * @clip: a clip
 *
 * Returns: whether it is one of them
 */
gboolean
bs_clip_is_chosen (BsClipChoice choice, const BsClip *clip)
{
  return !clip->is_test == !choice.is_test && (choice.actor < 0 || clip->actor == choice.actor);
}

static gsize
n_vectors (const BsFeatureSpec *spec)
{
  return spec->concat ? spec->n_segments : 1;
}

/**
 * bs_feature_spec_width:
 * @self: how a sequence becomes a vector
 * @encoder: whose
 * @n_cols: width of a row
 *
 * Returns: width of the vector; 0 where it is too large for this machine
 */
gsize
bs_feature_spec_width (const BsFeatureSpec *self, const BsEncoder *encoder, gsize n_cols)
{
  gsize width = 0;
  if (bs_encoder_kind (encoder) == BS_ENCODER_STATIC)
    return n_cols;
  return g_size_checked_mul (&width, n_cols, BS_N_STATISTICS * n_vectors (self)) ? width : 0;
}

static GArray *
find_parts (BsCorpus *corpus, const char *const *encoders, const BsFeatureSpec *spec, gsize *n_cols,
            GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (ClipRange));
  g_array_set_clear_func (parts, part_clear);
  *n_cols = 0;
  for (; *encoders != NULL; encoders++) {
    BsEncoder *encoder = bs_corpus_find_encoder (corpus, *encoders);
    if (encoder == NULL) {
      g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: has no encoder \"%s\""),
                   bs_corpus_folder (corpus), *encoders);
      return NULL;
    }
    ClipRange part = { .encoder = bs_encoder_ref (encoder) };
    g_array_append_val (parts, part);
    ClipRange *added = &g_array_index (parts, ClipRange, parts->len - 1);
    if (!bs_encoder_width (encoder, &added->width, error))
      return NULL;
    added->fused = bs_feature_spec_width (spec, encoder, added->width);
    if (added->fused == 0 || !g_size_checked_add (n_cols, *n_cols, added->fused)) {
      g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("%s: encoder \"%s\" is too wide"),
                   bs_corpus_folder (corpus), *encoders);
      return NULL;
    }
  }
  if (parts->len == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: no encoder was named"),
                 bs_corpus_folder (corpus));
    return NULL;
  }
  return g_steal_pointer (&parts);
}

static gboolean
every_part_has (const GArray *parts, gsize clip)
{
  for (guint i = 0; i < parts->len; i++)
    if (!bs_encoder_has_clip (g_array_index (parts, ClipRange, i).encoder, clip))
      return FALSE;
  return TRUE;
}

static gsize
find_clips (BsCorpus *corpus, const GArray *parts, BsClipChoice choice, gsize *clips)
{
  BsMetadata *metadata = bs_corpus_metadata (corpus);
  gsize n = 0;
  for (gsize clip = 0; clip < bs_metadata_n_clips (metadata); clip++)
    if (bs_clip_is_chosen (choice, bs_metadata_clip (metadata, clip)) &&
        every_part_has (parts, clip))
      clips[n++] = clip;
  return n;
}

/* The same numbers, in a wide row. */
static void
widen (const float *from, gsize n, double *to)
{
  for (gsize c = 0; c < n; c++)
    to[c] = from[c];
}

/**
 * bs_features_fill:
 * @encoder: whose
 * @sequence: what bs_features_read() gave of a clip
 * @first: first row of those that are wanted
 * @n_rows: at least 1
 * @spec: how they become a vector
 * @out: (inout): a matrix, wide where @sequence is
 * @row: of @out
 * @column: the first of bs_feature_spec_width() that are filled
 *
 * Makes a vector of rows. Statistics of floats are rounded to float32 wherever they go.
 */
void
bs_features_fill (const BsEncoder *encoder, const BsMatrix *sequence, gsize first, gsize n_rows,
                  const BsFeatureSpec *spec, BsMatrix *out, gsize row, gsize column)
{
  gsize n_cols = sequence->n_cols;
  if (sequence->doubles == NULL && out->doubles != NULL) {
    gsize width = bs_feature_spec_width (spec, encoder, n_cols);
    g_autofree float *narrow = g_new (float, width);
    BsMatrix vector = { 1, width, narrow, NULL };
    bs_features_fill (encoder, sequence, first, n_rows, spec, &vector, 0, 0);
    widen (narrow, width, bs_matrix_wide_row (out, row) + column);
  } else if (bs_encoder_kind (encoder) != BS_ENCODER_STATIC) {
    bs_aggregate_segments (sequence, first, n_rows, spec->n_segments, spec->concat, out, row,
                           column);
  } else if (sequence->doubles != NULL) {
    memcpy (bs_matrix_wide_row (out, row) + column, sequence->doubles, n_cols * sizeof (double));
  } else {
    memcpy (bs_matrix_row (out, row) + column, sequence->data, n_cols * sizeof (float));
  }
}

/**
 * bs_features_read:
 * @encoder: an encoder
 * @clip: index of a clip
 * @layer_from: first layer averaged
 * @layer_to: last one
 * @error: as bs_encoder_read_layers()
 *
 * The layers are of encoders that keep any: another's only one is taken whatever was asked for,
 * so that both kinds can be fused.
 *
 * Returns: (transfer full) (nullable): time x width
 */
BsMatrix *
bs_features_read (BsEncoder *encoder, gsize clip, gsize layer_from, gsize layer_to, GError **error)
{
  gsize n_layers = 1;
  if (!bs_encoder_n_layers (encoder, &n_layers, error))
    return NULL;
  return bs_encoder_read_layers (encoder, clip, n_layers == 1 ? 0 : layer_from, layer_to, error);
}

static void
set_memory_error (const BsCorpus *corpus, gsize n, gsize n_cols, GError **error)
{
  g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("%s: no memory for %zu clips of %zu features"),
               bs_corpus_folder (corpus), n, n_cols);
}

typedef struct {
  BsCorpus *corpus;
  BsMetadata *metadata;
  const GArray *parts;
  const BsFeatureSpec *spec;
  const BsFeatures *features;
  GCancellable *cancellable;
  GMutex mutex;
  GCond changed;
  /* under the mutex */
  gsize next; /* clip to be read; clips are given out in order */
  gsize n_done;
  int n_readers; /* that still run */
  gsize failed; /* the first clip that could not be read */
  GError *error; /* what was wrong with it */
  BsLeftOut left_out; /* clips that can be done without */
  BsMatrix *wide; /* (nullable): the parts of rows whose files are wide, once there is one */
  guint8 *is_wide; /* clips x parts, each written by the clip's reader alone */
  gboolean *is_left_out; /* by clip */
} Reading;

static BsMatrix *
need_wide (Reading *self, GError **error)
{
  const BsMatrix *rows = self->features->rows;
  g_mutex_lock (&self->mutex);
  if (self->wide == NULL)
    self->wide = bs_matrix_new_wide (rows->n_rows, rows->n_cols);
  BsMatrix *wide = self->wide;
  g_mutex_unlock (&self->mutex);
  if (wide == NULL)
    set_memory_error (self->corpus, rows->n_rows, rows->n_cols, error);
  return wide;
}

static gboolean
load_part (Reading *self, gsize i, guint p, gsize column, GError **error)
{
  const ClipRange *part = &g_array_index (self->parts, ClipRange, p);
  const BsFeatureSpec *spec = self->spec;
  gsize clip = self->features->clips[i];
  BsMatrix *to = self->features->rows;
  g_autoptr (BsMatrix) sequence =
    bs_features_read (part->encoder, clip, spec->layer_from, spec->layer_to, error);
  if (sequence == NULL)
    return FALSE;
  if (sequence->n_rows == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("encoder \"%s\", clip %s: has no rows"),
                 bs_encoder_name (part->encoder),
                 bs_metadata_clip (self->metadata, clip)->filename);
    return FALSE;
  }
  if (sequence->doubles != NULL && (to = need_wide (self, error)) == NULL)
    return FALSE;
  self->is_wide[i * self->parts->len + p] = sequence->doubles != NULL;
  bs_features_fill (part->encoder, sequence, 0, sequence->n_rows, spec, to, i, column);
  return TRUE;
}

static gboolean
load_clip (Reading *self, gsize i, GError **error)
{
  gsize column = 0;
  for (guint p = 0; p < self->parts->len; p++) {
    if (!load_part (self, i, p, column, error))
      return FALSE;
    column += g_array_index (self->parts, ClipRange, p).fused;
  }
  return TRUE;
}

/* Where some numbers are wide, all become so. */
static void
take_wide (BsFeatures *self, const Reading *reading)
{
  for (gsize i = 0; i < self->n; i++) {
    gsize column = 0;
    for (guint p = 0; p < reading->parts->len; p++) {
      gsize width = g_array_index (reading->parts, ClipRange, p).fused;
      if (!reading->is_wide[i * reading->parts->len + p])
        widen (bs_matrix_row (self->rows, i) + column, width,
               bs_matrix_wide_row (reading->wide, i) + column);
      column += width;
    }
  }
  bs_matrix_unref (self->rows);
  self->rows = bs_matrix_ref (reading->wide);
}

/* With the mutex held. The clips before one that fails were given out before it and are read to
 * their end, so that the error told is always the first one. */
static gboolean
has_next (const Reading *self)
{
  return self->next < self->features->n && self->error == NULL &&
         !g_cancellable_is_cancelled (self->cancellable);
}

static void
take_result (Reading *self, gsize i, GError *error)
{
  if (error == NULL) {
    self->n_done++;
  } else if (bs_left_out_may (self->corpus, error)) {
    bs_left_out_add (&self->left_out, i, error);
    self->is_left_out[i] = TRUE;
    self->n_done++;
  } else if (self->error == NULL || i < self->failed) {
    g_clear_error (&self->error);
    self->error = error;
    self->failed = i;
  } else {
    g_error_free (error);
  }
  g_cond_signal (&self->changed);
}

static gpointer
read_clips (gpointer user_data)
{
  Reading *self = user_data;
  g_mutex_lock (&self->mutex);
  while (has_next (self)) {
    gsize i = self->next++;
    g_mutex_unlock (&self->mutex);
    GError *error = NULL;
    load_clip (self, i, &error);
    g_mutex_lock (&self->mutex);
    take_result (self, i, error);
  }
  self->n_readers--;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* Until the last reader ends. */
static void
listen (Reading *self, BsProgressFunc on_progress, gpointer user_data)
{
  gsize told = 0;
  g_mutex_lock (&self->mutex);
  while (self->n_readers > 0 || told < self->n_done) {
    if (told == self->n_done) {
      g_cond_wait (&self->changed, &self->mutex);
      continue;
    }
    told = self->n_done;
    g_mutex_unlock (&self->mutex);
    if (on_progress != NULL)
      on_progress ((double) told / (double) self->features->n, _ ("Reading features"), user_data);
    g_mutex_lock (&self->mutex);
  }
  g_mutex_unlock (&self->mutex);
}

static gboolean
read_all (Reading *self, BsProgressFunc on_progress, gpointer user_data, GError **error)
{
  GThread *threads[MAX_READERS];
  int n = (int) MIN (self->features->n, (gsize) CLAMP (bs_blas_n_threads (), 1, MAX_READERS));
  self->n_readers = n;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  for (int i = 0; i < n; i++)
    threads[i] = g_thread_new ("bs-features", read_clips, self);
  listen (self, on_progress, user_data);
  for (int i = 0; i < n; i++)
    g_thread_join (threads[i]);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  if (self->error != NULL) {
    g_propagate_error (error, g_steal_pointer (&self->error));
    return FALSE;
  }
  return self->n_done == self->features->n ||
         !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Moves the clips that can be used together. */
static gboolean
leave_out (BsFeatures *self, Reading *reading, GError **error)
{
  gsize n = 0;
  if (!bs_left_out_check (&reading->left_out, self->n, error))
    return FALSE;
  for (gsize i = 0; i < self->n; i++) {
    if (reading->is_left_out[i])
      continue;
    bs_matrix_copy_row (self->rows, i, n);
    self->clips[n++] = self->clips[i];
  }
  self->n = self->rows->n_rows = n;
  return TRUE;
}

/**
 * bs_features_load:
 * @corpus: a corpus
 * @encoders: (array zero-terminated=1): fused in this order
 * @spec: how a sequence becomes a vector
 * @choice: which clips
 * @on_progress: (nullable) (scope call): told as clips are read, on the calling thread
 * @user_data: for @on_progress
 * @cancellable: (nullable): looked at before each clip
 * @error: %BS_ERROR_MISSING where an encoder is unknown or no clip has all of them,
 *   %BS_ERROR_VALUE where a clip has no rows, and the readers', which also refuse what is not
 *   finite; of clips that cannot be used only where they are more than a tenth, or the corpus is
 *   strict
 *
 * Reads the clips that every encoder has and can be read, and aggregates each sequence over time;
 * encoders that hold one vector a clip are used as they are. As many threads read as BLAS has; of
 * several clips that cannot be read, the first one's error is told. Any thread.
 *
 * Returns: (transfer full): the fused features, clips in metadata order
 */
BsFeatures *
bs_features_load (BsCorpus *corpus, const char *const *encoders, const BsFeatureSpec *spec,
                  BsClipChoice choice, BsProgressFunc on_progress, gpointer user_data,
                  GCancellable *cancellable, GError **error)
{
  gsize n_cols = 0;
  g_autoptr (GArray) parts = find_parts (corpus, encoders, spec, &n_cols, error);
  if (parts == NULL)
    return NULL;
  BsMetadata *metadata = bs_corpus_metadata (corpus);
  g_autoptr (BsFeatures) self = g_new0 (BsFeatures, 1);
  self->clips = g_new (gsize, MAX (1, bs_metadata_n_clips (metadata)));
  self->n = find_clips (corpus, parts, choice, self->clips);
  if (self->n == 0) {
    g_autofree char *names = g_strjoinv (", ", (char **) encoders);
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 choice.is_test ? _ ("%s: no test clip has features of %s")
                                : _ ("%s: no training clip has features of %s"),
                 bs_corpus_folder (corpus), names);
    return NULL;
  }
  self->rows = bs_matrix_new (self->n, n_cols);
  if (self->rows == NULL) {
    set_memory_error (corpus, self->n, n_cols, error);
    return NULL;
  }
  g_autofree gboolean *is_left_out = g_new0 (gboolean, self->n);
  g_autofree guint8 *is_wide = g_new0 (guint8, self->n * parts->len);
  Reading reading = {
    .corpus = corpus,
    .is_left_out = is_left_out,
    .is_wide = is_wide,
    .metadata = metadata,
    .parts = parts,
    .spec = spec,
    .features = self,
    .cancellable = cancellable,
  };
  gboolean done = read_all (&reading, on_progress, user_data, error);
  if (done && reading.wide != NULL)
    take_wide (self, &reading);
  done = done && leave_out (self, &reading, error);
  g_clear_pointer (&reading.wide, bs_matrix_unref);
  bs_left_out_clear (&reading.left_out);
  return done ? g_steal_pointer (&self) : NULL;
}

/**
 * bs_features_free:
 * @self: (transfer full): features
 */
void
bs_features_free (BsFeatures *self)
{
  g_clear_pointer (&self->rows, bs_matrix_unref);
  g_free (self->clips);
  g_free (self);
}
