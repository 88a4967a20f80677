/* SPDX-License-Identifier: MIT */
/* Counting a corpus: by class, ratio, fold, actor and gender, and how long its clips are. */
#include "data/corpus/bs-corpus-summary.h"

#include <math.h>

#include "data/corpus/bs-duration.h"

#define BIN_S 0.5
#define LONGEST_S 3600 /* longer ones are damaged headers, not clips */

static void
count_gender (GArray *genders, char letter, gsize n_clips, gsize n_actors)
{
  guint i = 0;
  while (i < genders->len && g_array_index (genders, BsGenderCount, i).letter != letter)
    i++;
  if (i == genders->len) {
    BsGenderCount added = { letter, 0, 0 };
    g_array_append_val (genders, added);
  }
  BsGenderCount *found = &g_array_index (genders, BsGenderCount, i);
  found->n_clips += n_clips;
  found->n_actors += n_actors;
}

static int
compare_genders (gconstpointer a, gconstpointer b)
{
  const BsGenderCount *left = a, *right = b;
  if (left->n_clips != right->n_clips)
    return left->n_clips < right->n_clips ? 1 : -1;
  return (left->letter > right->letter) - (left->letter < right->letter);
}

static void
count_label (BsCorpusSummary *self, const BsClip *clip)
{
  int class_index = bs_label_class (clip->label);
  if (class_index < 0)
    return;
  gboolean blend = bs_label_is_blend (clip->label);
  self->n_labelled++;
  self->classes[class_index]++;
  if (blend)
    self->ratios[(clip->label.first_percent - 30) / 20]++;
  if (clip->fold < 0)
    return;
  self->fold_classes[clip->fold][class_index]++;
  self->fold_blends[clip->fold] += blend;
}

static void
count_clip (BsCorpusSummary *self, const BsClip *clip, GArray *genders)
{
  *(clip->is_test ? &self->n_test : &self->n_train) += 1;
  count_label (self, clip);
  if (clip->fold >= 0)
    self->folds[clip->fold]++;
  count_gender (genders, clip->gender, 1, 0);
  if (clip->actor < 0)
    return;
  if (self->actors[clip->actor]++ == 0)
    count_gender (genders, clip->gender, 0, 1);
  if (clip->fold >= 0) {
    gsize *cell = &self->actor_folds[clip->actor * self->n_folds + clip->fold];
    self->fold_actors[clip->fold] += (*cell)++ == 0;
  }
}

static void
count_clips (BsCorpusSummary *self, BsMetadata *metadata)
{
  g_autoptr (GArray) genders = g_array_new (FALSE, FALSE, sizeof (BsGenderCount));
  self->n_folds = bs_metadata_n_folds (metadata);
  self->n_actors = bs_metadata_n_actors (metadata);
  self->actors = g_new0 (gsize, MAX (self->n_actors, 1));
  self->actor_folds = g_new0 (gsize, MAX (self->n_actors * (gsize) self->n_folds, 1));
  for (gsize i = 0; i < bs_metadata_n_clips (metadata); i++)
    count_clip (self, bs_metadata_clip (metadata, i), genders);
  g_array_sort (genders, compare_genders);
  self->n_genders = genders->len;
  self->genders = (BsGenderCount *) (void *) g_array_free (g_steal_pointer (&genders), FALSE);
}

static void
add_duration (BsDurations *self, double seconds)
{
  self->min_s = self->n == 0 ? seconds : MIN (self->min_s, seconds);
  self->max_s = MAX (self->max_s, seconds);
  self->total_s += seconds;
  self->n++;
}

/* Seconds of each clip, 0 where they are not known. */
static double *
measure (BsCorpusSummary *self, const BsCorpus *corpus, GCancellable *cancellable, GError **error)
{
  gsize n = bs_metadata_n_clips (bs_corpus_metadata (corpus));
  g_autofree double *seconds = g_new0 (double, n);
  for (gsize i = 0; i < n; i++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    g_autofree char *path = bs_corpus_dup_clip_path (corpus, i);
    double found;
    self->n_files += path != NULL;
    if (path != NULL && bs_duration_read (path, &found) && found <= LONGEST_S)
      seconds[i] = found;
  }
  return g_steal_pointer (&seconds);
}

static void
count_durations (BsCorpusSummary *self, BsMetadata *metadata, const double *seconds)
{
  for (gsize pass = 0; pass < 2; pass++) {
    for (gsize i = 0; i < bs_metadata_n_clips (metadata); i++) {
      const BsClip *clip = bs_metadata_clip (metadata, i);
      if (seconds[i] <= 0 || !bs_label_is_known (clip->label))
        continue;
      BsDurations *kind = bs_label_is_blend (clip->label) ? &self->blends : &self->singles;
      if (pass == 0)
        add_duration (kind, seconds[i]);
      else
        kind->bins[(gsize) (seconds[i] / BIN_S)]++;
    }
    if (pass == 1)
      break;
    double longest = MAX (self->singles.max_s, self->blends.max_s);
    self->n_bins = self->singles.n + self->blends.n > 0 ? (gsize) (longest / BIN_S) + 1 : 0;
    self->singles.bins = g_new0 (gsize, MAX (self->n_bins, 1));
    self->blends.bins = g_new0 (gsize, MAX (self->n_bins, 1));
  }
}

/**
 * bs_corpus_summary_new:
 * @corpus: a corpus
 * @cancellable: (nullable): checked at every clip
 * @error: return location
 *
 * Counts the clips, and reads the headers of those that are there for their lengths. Blocks; for a
 * worker.
 *
 * Returns: (transfer full) (nullable): the counts, or %NULL where it was cancelled
 */
BsCorpusSummary *
bs_corpus_summary_new (const BsCorpus *corpus, GCancellable *cancellable, GError **error)
{
  g_autoptr (BsCorpusSummary) self = g_new0 (BsCorpusSummary, 1);
  BsMetadata *metadata = bs_corpus_metadata (corpus);
  self->bin_s = BIN_S;
  count_clips (self, metadata);
  g_autofree double *seconds = measure (self, corpus, cancellable, error);
  if (seconds == NULL)
    return NULL;
  count_durations (self, metadata, seconds);
  return g_steal_pointer (&self);
}

/**
 * bs_corpus_summary_free:
 * @self: (transfer full): a summary
 */
void
bs_corpus_summary_free (BsCorpusSummary *self)
{
  g_free (self->actors);
  g_free (self->actor_folds);
  g_free (self->genders);
  g_free (self->singles.bins);
  g_free (self->blends.bins);
  g_free (self);
}
