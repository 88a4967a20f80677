/* SPDX-License-Identifier: MIT */
/* Windows of a clip as samples, so that whatever judges clips judges windows too. Each encoder's
 * rows are taken to be spread evenly over the clip. */
#include "model/features/bs-windows.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "model/features/bs-features.h"
#include "model/features/bs-samples-private.h"

/* The rows of @n whose middles lie in the window; where the encoder is too slow for any, the one
 * that covers the window's middle. */
static void
rows_within (const BsWindows *windows, gsize window, gsize n, gsize *first, gsize *n_rows)
{
  double rate = (double) n / windows->clip_s, centre = windows->centre_s[window];
  double from = ceil ((centre - windows->window_s / 2) * rate - 0.5);
  double to = ceil ((centre + windows->window_s / 2) * rate - 0.5) - 1;
  double last_row = (double) n - 1;
  if (to < from)
    from = to = floor (centre * rate);
  *first = (gsize) CLAMP (from, 0, last_row);
  *n_rows = (gsize) CLAMP (to, 0, last_row) - *first + 1;
}

static BsEncoder *
find_encoder (BsCorpus *corpus, const char *name, gsize clip, GError **error)
{
  BsEncoder *encoder = bs_corpus_find_encoder (corpus, name);
  if (encoder == NULL)
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: has no encoder \"%s\""),
                 bs_corpus_folder (corpus), name);
  else if (!bs_encoder_has_clip (encoder, clip))
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("encoder \"%s\": has no features of %s"),
                 name, bs_metadata_clip (bs_corpus_metadata (corpus), clip)->filename);
  else
    return encoder;
  return NULL;
}

/**
 * bs_windows_open_sequence:
 * @corpus: a corpus
 * @config: what a network was trained with
 * @name: of one of its encoders
 * @clip: index into the metadata
 * @error: %BS_ERROR_MISSING where the corpus lacks the encoder, or the encoder the clip;
 *   %BS_ERROR_VALUE where it has no rows of it, and the reader's
 *
 * Returns: (transfer full) (nullable): all rows of the clip, one at least
 */
BsSequence *
bs_windows_open_sequence (BsCorpus *corpus, const BsTrainConfig *config, const char *name,
                          gsize clip, GError **error)
{
  BsEncoder *encoder = find_encoder (corpus, name, clip, error);
  if (encoder == NULL)
    return NULL;
  g_autoptr (BsSequence) sequence =
    bs_sequence_open (encoder, clip, (gsize) config->layer_from, (gsize) config->layer_to, error);
  if (sequence == NULL || sequence->n_rows > 0)
    return g_steal_pointer (&sequence);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("encoder \"%s\", clip %s: has no rows"), name,
               bs_metadata_clip (bs_corpus_metadata (corpus), clip)->filename);
  return NULL;
}

/* One encoder's columns of the vectors. */
static void
add_vectors (const BsWindows *windows, const BsFeatureSpec *spec, const BsEncoder *encoder,
             const BsMatrix *rows, BsMatrix *vectors, gsize column)
{
  for (gsize w = 0; w < windows->n; w++) {
    gsize first = 0, n = 0;
    rows_within (windows, w, rows->n_rows, &first, &n);
    bs_features_fill (encoder, rows, first, n, spec, vectors, w, column);
  }
}

/* Where each encoder's columns begin in a vector of all of them. */
static gboolean
lay_columns (BsSamples *self, BsCorpus *corpus, const BsTrainConfig *config,
             const BsFeatureSpec *spec, gsize clip, GError **error)
{
  self->columns = g_new0 (gsize, g_strv_length (config->encoders) + 1);
  for (char **name = config->encoders; *name != NULL; name++) {
    BsEncoder *encoder = find_encoder (corpus, *name, clip, error);
    gsize n_cols = 0;
    if (encoder == NULL || !bs_encoder_width (encoder, &n_cols, error))
      return FALSE;
    gsize *column = &self->columns[self->n_encoders++];
    column[1] = column[0] + bs_feature_spec_width (spec, encoder, n_cols);
  }
  return TRUE;
}

static gboolean
fill_vectors (BsSamples *self, BsCorpus *corpus, const BsTrainConfig *config,
              const BsWindows *windows, GError **error)
{
  const BsFeatureSpec spec = bs_samples_feature_spec (config);
  if (!lay_columns (self, corpus, config, &spec, windows->clip, error))
    return FALSE;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_matrix_unref);
  gboolean is_wide = FALSE;
  for (guint e = 0; e < self->n_encoders; e++) {
    BsMatrix *of_clip = bs_features_read (bs_corpus_find_encoder (corpus, config->encoders[e]),
                                          windows->clip, spec.layer_from, spec.layer_to, error);
    if (of_clip == NULL)
      return FALSE;
    g_ptr_array_add (rows, of_clip);
    is_wide |= of_clip->doubles != NULL;
  }
  gsize width = self->columns[self->n_encoders];
  g_autoptr (BsMatrix) vectors =
    is_wide ? bs_matrix_new_wide (windows->n, width) : bs_matrix_new (windows->n, width);
  for (guint e = 0; e < self->n_encoders; e++)
    add_vectors (windows, &spec, bs_corpus_find_encoder (corpus, config->encoders[e]),
                 g_ptr_array_index (rows, e), vectors, self->columns[e]);
  bs_samples_add_vectors (self, g_steal_pointer (&vectors));
  return TRUE;
}

static gboolean
fill_sequences (BsSamples *self, BsCorpus *corpus, const BsTrainConfig *config,
                const BsWindows *windows, GError **error)
{
  g_autoptr (GPtrArray) whole = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_sequence_free);
  for (char **name = config->encoders; *name != NULL; name++) {
    BsSequence *sequence = bs_windows_open_sequence (corpus, config, *name, windows->clip, error);
    if (sequence == NULL)
      return FALSE;
    g_ptr_array_add (whole, sequence);
    self->widths[self->n_modalities++] = sequence->n_cols;
  }
  self->sequences = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_sequence_free);
  for (gsize w = 0; w < windows->n; w++)
    for (guint m = 0; m < self->n_modalities; m++) {
      const BsSequence *sequence = g_ptr_array_index (whole, m);
      gsize first = 0, n = 0;
      rows_within (windows, w, sequence->n_rows, &first, &n);
      g_ptr_array_add (self->sequences, bs_sequence_new_part (sequence, first, n));
    }
  return TRUE;
}

/* Windows are standardised by all of their actor's clips, as the clips were. */
static gboolean
standardise (BsSamples *self, BsCorpus *corpus, const BsTrainConfig *config, gsize clip,
             GCancellable *cancellable, GError **error)
{
  const BsClip *of = bs_metadata_clip (bs_corpus_metadata (corpus), clip);
  if (of->actor < 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 _ ("clip %s: has no actor, which normalise=actor needs"), of->filename);
    return FALSE;
  }
  g_autoptr (BsTrainConfig) plain = bs_train_config_copy (config);
  plain->normalise = BS_NORMALISE_FOLD;
  const BsClipChoice choice = { of->is_test, of->actor };
  g_autoptr (BsSamples) of_actor =
    bs_samples_load (corpus, plain, choice, NULL, NULL, cancellable, error);
  if (of_actor == NULL)
    return FALSE;
  g_autofree gsize *all = g_new (gsize, of_actor->n);
  for (gsize i = 0; i < of_actor->n; i++)
    all[i] = i;
  for (guint m = 0; m < self->n_modalities; m++) {
    g_autoptr (BsScaler) scaler = bs_samples_fit_scaler (of_actor, m, all, of_actor->n);
    bs_samples_standardise (self, m, scaler);
  }
  return TRUE;
}

/**
 * bs_samples_new_windows:
 * @corpus: a corpus
 * @config: what a network was trained with; its branches' for a fusion
 * @windows: laid over one of the clips
 * @cancellable: (nullable): looked at while an actor's clips are read
 * @error: %BS_ERROR_MISSING where the clip has no features, and the readers'
 *
 * Any thread; a few milliseconds, unless the features are standardised by actor.
 *
 * Returns: (transfer full) (nullable): a sample a window, in the form that the network takes
 */
BsSamples *
bs_samples_new_windows (BsCorpus *corpus, const BsTrainConfig *config, const BsWindows *windows,
                        GCancellable *cancellable, GError **error)
{
  g_autofree gsize *clips = g_new (gsize, windows->n);
  for (gsize w = 0; w < windows->n; w++)
    clips[w] = windows->clip;
  g_autoptr (BsSamples) self =
    bs_samples_new_vectors (bs_corpus_metadata (corpus), clips, windows->n);
  self->form = bs_samples_form (config);
  self->length = (gsize) config->length;
  gboolean is_filled = self->form == BS_SAMPLES_VECTORS
                         ? fill_vectors (self, corpus, config, windows, error)
                         : fill_sequences (self, corpus, config, windows, error);
  if (!is_filled)
    return NULL;
  if (config->normalise == BS_NORMALISE_ACTOR &&
      !standardise (self, corpus, config, windows->clip, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
