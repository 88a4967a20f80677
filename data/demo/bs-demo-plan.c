/* SPDX-License-Identifier: MIT */
/* Which clips a demo corpus has. The full size repeats the release's counts of folds, classes
 * and ratios; identifiers begin at A901, where the release has none. */
#include "data/demo/bs-demo-plan.h"

#include <string.h>

#include "data/base/bs-random.h"

#define N_FOLDS 5
#define N_RATIOS 3
#define N_INTENSITIES 4
#define FIRST_ACTOR 901
#define N_TEST_ACTORS 15

static const int ratios[N_RATIOS] = { 50, 70, 30 };

/* One fold as the release has it: identifiers (some show singles alone, some blends alone),
 * clips of each emotion, of each pair, and of each ratio. */
typedef struct {
  int n_actors;
  int n_only_singles;
  int n_only_blends;
  int n_single[BS_N_EMOTIONS];
  int n_pair[BS_N_PAIRS];
  int n_ratio[N_RATIOS]; /* in the order of ratios[] */
} Fold;

static const Fold release_folds[N_FOLDS] = {
  { 10,
    1,
    0,
    { 40, 40, 40, 41, 41, 40 },
    { 30, 33, 34, 32, 31, 24, 24, 24, 24, 24 },
    { 92, 94, 94 } },
  { 9,
    0,
    0,
    { 36, 36, 36, 36, 36, 36 },
    { 27, 27, 27, 27, 27, 27, 27, 27, 27, 27 },
    { 90, 90, 90 } },
  { 9,
    1,
    0,
    { 36, 36, 41, 37, 39, 39 },
    { 24, 26, 25, 24, 24, 24, 24, 24, 21, 24 },
    { 80, 79, 81 } },
  { 9,
    1,
    0,
    { 38, 39, 39, 42, 37, 37 },
    { 24, 24, 24, 24, 24, 24, 24, 24, 24, 24 },
    { 80, 80, 80 } },
  { 10,
    0,
    1,
    { 32, 36, 36, 36, 36, 36 },
    { 30, 30, 30, 29, 30, 27, 30, 29, 30, 31 },
    { 99, 99, 98 } },
};

/* Two actors that show everything once: 54 clips each. */
static const Fold small_fold = {
  2, 0, 0, { 8, 8, 8, 8, 8, 8 }, { 6, 6, 6, 6, 6, 6, 6, 6, 6, 6 }, { 20, 20, 20 },
};

/* The release's test part: 260 singles, 112 equal and 222 unequal blends. */
static const Fold test_part = {
  N_TEST_ACTORS,     0, 0, { 44, 43, 43, 43, 43, 44 }, { 33, 33, 33, 33, 33, 33, 34, 34, 34, 34 },
  { 112, 111, 111 },
};

/**
 * bs_demo_plan_gender:
 * @actor: index of an actor
 *
 * Returns: 'f' or 'm', in turn
 */
char
bs_demo_plan_gender (int actor)
{
  return actor % 2 == 0 ? 'f' : 'm';
}

typedef struct {
  GArray *clips;
  GStringChunk *names;
  char **actors;
} Builder;

static BsLabel
pair_label (int pair, int ratio)
{
  BsLabel label = bs_label_from_class (BS_N_EMOTIONS + pair);
  return bs_label_blend ((BsEmotion) label.first, (BsEmotion) label.second, ratios[ratio]);
}

static char *
clip_name (const char *actor, const BsClip *clip)
{
  BsLabel l = clip->label;
  if (bs_label_is_blend (l))
    return g_strdup_printf ("%s_mix_%s_%s_%d_%d_ver%d", actor,
                            bs_emotion_code ((BsEmotion) l.first),
                            bs_emotion_code ((BsEmotion) l.second), l.first_percent,
                            100 - l.first_percent, clip->version);
  if (l.first == BS_EMOTION_NEU)
    return g_strdup_printf ("%s_neu_sit%d_ver%d", actor, clip->situation, clip->version);
  return g_strdup_printf ("%s_%s_int%d_ver%d", actor, bs_emotion_code ((BsEmotion) l.first),
                          clip->intensity, clip->version);
}

static void
add_clip (Builder *self, BsClip clip)
{
  g_autofree char *name = clip_name (self->actors[clip.actor], &clip);
  clip.gender = bs_demo_plan_gender (clip.actor);
  clip.filename = g_string_chunk_insert (self->names, name);
  g_array_append_val (self->clips, clip);
}

/* Each actor shows each intensity once; what is left over are second takes. */
static void
add_singles (Builder *self, const Fold *fold, int first_actor, BsClip clip)
{
  int n = fold->n_actors - fold->n_only_blends;
  for (int emotion = 0; emotion < BS_N_EMOTIONS; emotion++)
    for (int i = 0; i < fold->n_single[emotion]; i++) {
      int step = i % N_INTENSITIES + 1;
      clip.label = bs_label_single ((BsEmotion) emotion);
      clip.actor = first_actor + (i / N_INTENSITIES + emotion) % n;
      clip.version = i / (N_INTENSITIES * n) + 1;
      clip.intensity = emotion == BS_EMOTION_NEU ? 0 : (gint8) step;
      clip.situation = emotion == BS_EMOTION_NEU ? (gint8) step : 0;
      add_clip (self, clip);
    }
}

/* Shares a pair's clips among the ratios so that the fold's totals of the ratios come out. */
static void
share_ratios (const Fold *fold, int n[BS_N_PAIRS][N_RATIOS])
{
  int open[N_RATIOS];
  memcpy (open, fold->n_ratio, sizeof (open));
  for (int pair = 0; pair < BS_N_PAIRS; pair++)
    for (int r = 0; r < N_RATIOS; r++) {
      n[pair][r] = fold->n_pair[pair] / N_RATIOS;
      open[r] -= n[pair][r];
    }
  for (int pair = 0; pair < BS_N_PAIRS; pair++) {
    gboolean taken[N_RATIOS] = { FALSE };
    for (int left = fold->n_pair[pair] % N_RATIOS; left > 0; left--) {
      int best = -1;
      for (int r = 0; r < N_RATIOS; r++)
        if (!taken[r] && (best < 0 || open[r] > open[best]))
          best = r;
      taken[best] = TRUE;
      open[best]--;
      n[pair][best]++;
    }
  }
}

static void
add_blends (Builder *self, const Fold *fold, int first_actor, BsClip clip)
{
  int n_cell[BS_N_PAIRS][N_RATIOS];
  share_ratios (fold, n_cell);
  int first = first_actor + fold->n_only_singles, n = fold->n_actors - fold->n_only_singles;
  for (int pair = 0; pair < BS_N_PAIRS; pair++)
    for (int r = 0; r < N_RATIOS; r++)
      for (int i = 0; i < n_cell[pair][r]; i++) {
        clip.label = pair_label (pair, r);
        clip.actor = first + (i + N_RATIOS * pair + r) % n;
        clip.version = i / n + 1;
        add_clip (self, clip);
      }
}

static int
compare_clips (gconstpointer a, gconstpointer b)
{
  return strcmp (((const BsClip *) a)->filename, ((const BsClip *) b)->filename);
}

/* Test clips come in random order under numbers, so that a name says nothing. */
static void
make_anonymous (Builder *self, gsize n_train, guint64 seed)
{
  gsize n = self->clips->len - n_train;
  g_autofree guint32 *order = g_new (guint32, n);
  g_autofree BsClip *named =
    g_memdup2 (&g_array_index (self->clips, BsClip, n_train), n * sizeof (BsClip));
  for (gsize i = 0; i < n; i++)
    order[i] = (guint32) i;
  BsRandom random;
  bs_random_init_named (&random, seed, "order of the test clips");
  bs_random_shuffle (&random, order, n);
  for (gsize i = 0; i < n; i++) {
    BsClip clip = named[order[i]];
    g_autofree char *name = g_strdup_printf ("test_%04" G_GSIZE_FORMAT, i + 1);
    clip.filename = g_string_chunk_insert (self->names, name);
    g_array_index (self->clips, BsClip, n_train + i) = clip;
  }
}

/**
 * bs_demo_plan_new:
 * @size: which corpus
 * @seed: the corpus's seed
 *
 * Returns: (transfer full): the clips and actors
 */
BsDemoPlan *
bs_demo_plan_new (BsDemoSize size, guint64 seed)
{
  int n_train_actors = 0;
  for (int f = 0; f < N_FOLDS; f++)
    n_train_actors += size == BS_DEMO_FULL ? release_folds[f].n_actors : small_fold.n_actors;
  int n_actors = n_train_actors + (size == BS_DEMO_FULL ? test_part.n_actors : 0);
  Builder b = { g_array_new (FALSE, TRUE, sizeof (BsClip)), g_string_chunk_new (4096),
                g_new0 (char *, n_actors + 1) };
  for (int i = 0; i < n_actors; i++)
    b.actors[i] = g_strdup_printf ("A%d", FIRST_ACTOR + i);
  int first_actor = 0;
  for (int f = 0; f < N_FOLDS; f++) {
    const Fold *fold = size == BS_DEMO_FULL ? &release_folds[f] : &small_fold;
    BsClip clip = { .fold = (gint8) f };
    add_singles (&b, fold, first_actor, clip);
    add_blends (&b, fold, first_actor, clip);
    first_actor += fold->n_actors;
  }
  gsize n_train = b.clips->len;
  g_array_sort (b.clips, compare_clips);
  if (size == BS_DEMO_FULL) {
    BsClip clip = { .fold = -1, .is_test = TRUE };
    add_singles (&b, &test_part, first_actor, clip);
    add_blends (&b, &test_part, first_actor, clip);
    make_anonymous (&b, n_train, seed);
  }
  BsDemoPlan *self = g_new0 (BsDemoPlan, 1);
  self->n_clips = b.clips->len;
  self->n_train = n_train;
  self->clips = (BsClip *) (gpointer) g_array_free (b.clips, FALSE);
  self->actors = b.actors;
  self->n_actors = (gsize) n_actors;
  self->names = b.names;
  return self;
}

/**
 * bs_demo_plan_free:
 * @self: (nullable): a plan
 */
void
bs_demo_plan_free (BsDemoPlan *self)
{
  if (self == NULL)
    return;
  g_free (self->clips);
  g_strfreev (self->actors);
  g_string_chunk_free (self->names);
  g_free (self);
}
