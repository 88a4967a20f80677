/* SPDX-License-Identifier: MIT */
/* What a run believes over the time of one clip. A model that speaks once a clip is asked again
 * for every window of two seconds. */
#include "model/bs-belief.h"

#include <math.h>
#include <string.h>

#include "model/bs-aggregate.h"
#include "model/bs-classifier.h"

#define BATCH_ROWS 32
#define MAX_DURATION_S 86400

/* One encoder's features of the clip. */
typedef struct {
  BsMatrix *sequence;
  gboolean is_static;
} Track;

static void
track_clear (gpointer data)
{
  Track *track = data;
  g_clear_pointer (&track->sequence, bs_matrix_unref);
}

static gsize
track_width (const Track *track)
{
  return track->sequence->n_cols * (track->is_static ? 1 : BS_N_STATISTICS);
}

static GArray *
read_tracks (BsCorpus *corpus, const BsRun *run, gsize clip, gsize *width, GError **error)
{
  g_autoptr (GArray) tracks = g_array_new (FALSE, TRUE, sizeof (Track));
  g_array_set_clear_func (tracks, track_clear);
  const char *filename = bs_metadata_clip (bs_corpus_metadata (corpus), clip)->filename;
  *width = 0;
  for (char **name = run->encoders; *name != NULL; name++) {
    BsEncoder *encoder = bs_corpus_find_encoder (corpus, *name);
    if (encoder == NULL || !bs_encoder_has_clip (encoder, clip)) {
      g_set_error (error, BS_ERROR, BS_ERROR_MISSING, "%s: clip %s has no features of \"%s\"",
                   bs_corpus_folder (corpus), filename, *name);
      return NULL;
    }
    Track track = { .is_static = bs_encoder_kind (encoder) == BS_ENCODER_STATIC };
    track.sequence = bs_encoder_read (encoder, clip, error);
    if (track.sequence == NULL)
      return NULL;
    g_array_append_val (tracks, track);
    if (track.sequence->n_rows == 0) {
      g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "encoder \"%s\", clip %s: has no rows", *name,
                   filename);
      return NULL;
    }
    *width += track_width (&track);
  }
  return g_steal_pointer (&tracks);
}

static GPtrArray *
find_classifiers (const BsRun *run, int fold, gsize width, GError **error)
{
  g_autoptr (GPtrArray) found =
    g_ptr_array_new_with_free_func ((GDestroyNotify) bs_classifier_free);
  for (guint i = 0; i < run->folds->len; i++) {
    const BsFoldResult *result = g_ptr_array_index (run->folds, i);
    if (fold >= 0 && result->fold != fold)
      continue;
    BsClassifier *classifier = bs_classifier_from_run (run, result->fold, width, error);
    if (classifier == NULL)
      return NULL;
    g_ptr_array_add (found, classifier);
  }
  if (found->len == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, "%s: has no network that held this clip out",
                 run->folder != NULL ? run->folder : "the run");
    return NULL;
  }
  return g_steal_pointer (&found);
}

/* The rows of @n whose middles lie in [start, end), rows being spread evenly over the clip;
 * where the encoder is too slow for any, the one that covers the window's middle. */
static void
rows_within (gsize n, double duration_s, double start_s, double end_s, gsize *first, gsize *last)
{
  double rate = (double) n / duration_s;
  double from = ceil (start_s * rate - 0.5), to = ceil (end_s * rate - 0.5) - 1;
  double last_row = (double) n - 1;
  if (to < from)
    from = to = floor ((start_s + end_s) / 2 * rate);
  *first = (gsize) CLAMP (from, 0, last_row);
  *last = (gsize) CLAMP (to, 0, last_row);
}

static void
fill_window (const GArray *tracks, double duration_s, double centre_s, float *out)
{
  double start = centre_s - BS_BELIEF_WINDOW_S / 2, end = centre_s + BS_BELIEF_WINDOW_S / 2;
  for (guint i = 0; i < tracks->len; i++) {
    const Track *track = &g_array_index (tracks, Track, i);
    const BsMatrix *m = track->sequence;
    gsize first = 0, last = 0;
    rows_within (m->n_rows, duration_s, start, end, &first, &last);
    if (track->is_static)
      memcpy (out, m->data, m->n_cols * sizeof (float));
    else
      bs_aggregate_rows (bs_matrix_row (m, first), last - first + 1, m->n_cols, out);
    out += track_width (track);
  }
}

static gboolean
judge_windows (BsBelief *self, const GArray *tracks, gsize width, const GPtrArray *classifiers,
               double duration_s, GCancellable *cancellable, GError **error)
{
  g_autoptr (BsMatrix) batch = bs_matrix_new (BATCH_ROWS, width);
  double p[BATCH_ROWS][BS_N_EMOTIONS];
  for (gsize from = 0; from < self->n; from += BATCH_ROWS) {
    gsize n = MIN (BATCH_ROWS, self->n - from);
    for (gsize i = 0; i < n; i++)
      fill_window (tracks, duration_s, self->centre_s[from + i], bs_matrix_row (batch, i));
    for (guint k = 0; k < classifiers->len; k++) {
      if (!bs_classifier_predict (g_ptr_array_index (classifiers, k), batch, NULL, n, p,
                                  cancellable, error))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        for (int e = 0; e < BS_N_EMOTIONS; e++)
          self->p[from + i][e] += p[i][e] / classifiers->len;
    }
  }
  return TRUE;
}

static BsBelief *
belief_new (double duration_s)
{
  BsBelief *self = g_new0 (BsBelief, 1);
  double beyond = duration_s - BS_BELIEF_WINDOW_S;
  self->n = beyond > 0 ? (gsize) floor (beyond / BS_BELIEF_STEP_S + 1e-9) + 1 : 1;
  self->centre_s = g_new (double, self->n);
  self->p = g_malloc0_n (self->n, sizeof *self->p);
  for (gsize i = 0; i < self->n; i++)
    self->centre_s[i] =
      beyond > 0 ? BS_BELIEF_WINDOW_S / 2 + (double) i * BS_BELIEF_STEP_S : duration_s / 2;
  return self;
}

/**
 * bs_belief_new:
 * @corpus: a corpus
 * @run: a run with weights
 * @clip: index into the corpus' metadata
 * @duration_s: how long the clip is
 * @cancellable: (nullable): looked at between batches of windows
 * @error: %BS_ERROR_MISSING where the clip has no features or the run no network for it,
 *   %BS_ERROR_VALUE where the duration or the widths do not fit
 *
 * Windows of 2 s every 0.2 s, one for the whole of a shorter clip. Each encoder's rows are
 * taken to be spread evenly over the clip. The network that held the clip out judges; clips
 * without a fold get the mean of all networks. Any thread; a few milliseconds.
 *
 * Returns: (transfer full): the belief
 */
BsBelief *
bs_belief_new (BsCorpus *corpus, const BsRun *run, gsize clip, double duration_s,
               GCancellable *cancellable, GError **error)
{
  if (!(duration_s > 0 && duration_s <= MAX_DURATION_S)) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 "%s: clip %s has no duration that windows could be laid over",
                 bs_corpus_folder (corpus),
                 bs_metadata_clip (bs_corpus_metadata (corpus), clip)->filename);
    return NULL;
  }
  if (run->encoders[0] == NULL || run->folds->len == 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, "%s: has no networks",
                 run->folder != NULL ? run->folder : "the run");
    return NULL;
  }
  gsize width = 0;
  g_autoptr (GArray) tracks = read_tracks (corpus, run, clip, &width, error);
  if (tracks == NULL)
    return NULL;
  int fold = bs_metadata_clip (bs_corpus_metadata (corpus), clip)->fold;
  g_autoptr (GPtrArray) classifiers = find_classifiers (run, fold, width, error);
  if (classifiers == NULL)
    return NULL;
  g_autoptr (BsBelief) self = belief_new (duration_s);
  if (!judge_windows (self, tracks, width, classifiers, duration_s, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * bs_belief_free:
 * @self: (transfer full): a belief
 */
void
bs_belief_free (BsBelief *self)
{
  g_free (self->centre_s);
  g_free (self->p);
  g_free (self);
}

/**
 * bs_belief_at:
 * @self: a belief
 * @time_s: seconds from the clip's start
 * @p: (out caller-allocates): six probabilities
 *
 * Between the middles of two windows the two are mixed; before the first and after the last
 * middle theirs are given.
 */
void
bs_belief_at (const BsBelief *self, double time_s, double p[BS_N_EMOTIONS])
{
  double at = (time_s - self->centre_s[0]) / BS_BELIEF_STEP_S;
  at = CLAMP (at, 0, (double) (self->n - 1));
  gsize before = (gsize) at;
  gsize after = MIN (before + 1, self->n - 1);
  double share = at - (double) before;
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    p[e] = (1 - share) * self->p[before][e] + share * self->p[after][e];
}
