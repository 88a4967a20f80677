/* SPDX-License-Identifier: MIT */
/* Late fusion: the weighted mean of several models' probabilities, with weights on the simplex that
 * make the score largest (Foundation Model Embeddings Meet Blended Emotions, II-F), and what each
 * member is worth. Every search is a task of its own, seeded by its name, so that the result does
 * not depend on the number of threads. */
#include "model/fusion/bs-late-fusion.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-random.h"
#include "model/fusion/bs-fusion-search.h"

/* For a score without a member: the search starts where the members left stood, and need not find
 * the way there. */
#define LINES_WITHOUT 250
#define PATIENCE_US 20000 /* between two looks at progress and cancellation */

/* A search for weights. */
typedef struct {
  const BsFusionClips *clips;
  BsFusionSearch search;
  double *weights;
  double score;
} Task;

/* A fold whose labelled clips choose weights; without folds, all clips. */
typedef struct {
  int fold;
  BsFusionClips *own;
  BsFusionClips *others; /* under the honest protocol */
  Task best; /* on its own clips */
  Task honest; /* on the others */
  Task *without; /* of each member */
} Group;

typedef struct {
  const BsFusionTable *table;
  const BsFusionConfig *config;
  GArray *groups; /* of Group */
  GPtrArray *tasks; /* of Task, to be done now */
  GAsyncQueue *ended;
  int next_task; /* atomic */
  guint n_done, n_expected;
  BsProgressFunc on_progress;
  gpointer user_data;
  GCancellable *cancellable;
} Session;

static void
group_clear (gpointer data)
{
  Group *group = data;
  g_clear_pointer (&group->own, bs_fusion_clips_free);
  g_clear_pointer (&group->others, bs_fusion_clips_free);
  g_free (group->best.weights);
  g_free (group->honest.weights);
  for (gsize m = 0; group->without != NULL && group->without[m].weights != NULL; m++)
    g_free (group->without[m].weights);
  g_free (group->without);
}

static void
session_clear (Session *self)
{
  g_clear_pointer (&self->groups, g_array_unref);
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  g_clear_pointer (&self->ended, g_async_queue_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

static const char *const protocol_names[BS_FUSION_N_PROTOCOLS] = {
  [BS_FUSION_GIVEN] = "given",
  [BS_FUSION_OFFICIAL] = "official",
  [BS_FUSION_MEAN] = "mean",
  [BS_FUSION_HONEST] = "honest",
};

/**
 * bs_fusion_protocol_name:
 * @protocol: a protocol
 *
 * Returns: its name on the command line and in a run's description
 */
const char *
bs_fusion_protocol_name (BsFusionProtocol protocol)
{
  g_return_val_if_fail ((int) protocol >= 0 && protocol < BS_FUSION_N_PROTOCOLS, NULL);
  return protocol_names[protocol];
}

/**
 * bs_fusion_protocol_from_name:
 * @name: a word
 *
 * Returns: the #BsFusionProtocol, or -1 where @name is none
 */
int
bs_fusion_protocol_from_name (const char *name)
{
  for (int p = 0; p < BS_FUSION_N_PROTOCOLS; p++)
    if (strcmp (protocol_names[p], name) == 0)
      return p;
  return -1;
}

static Group *
group_at (const Session *self, guint index)
{
  return &g_array_index (self->groups, Group, index);
}

/* Labelled clips of @fold, or, where @others, those of all other folds. */
static BsFusionClips *
choose_clips (const BsFusionTable *table, int fold, gboolean others)
{
  g_autofree gsize *index = g_new (gsize, table->n);
  g_autofree BsLabel *truth = g_new (BsLabel, table->n);
  gsize n = 0;
  for (gsize i = 0; i < table->n; i++) {
    const BsClip *clip = bs_metadata_clip (table->metadata, table->clip[i]);
    truth[i] = clip->label;
    int of = table->fold[i];
    if (bs_label_is_known (clip->label) && (others ? of >= 0 && of != fold : of == fold))
      index[n++] = i;
  }
  if (n == 0)
    return NULL;
  return bs_fusion_clips_new ((const double (*const *)[BS_N_EMOTIONS]) table->p, table->n_members,
                              truth, index, n);
}

static void
add_group (Session *self, int fold)
{
  BsFusionClips *own = choose_clips (self->table, fold, FALSE);
  gsize n = self->table->n_members;
  if (own == NULL)
    return;
  Group group = { .fold = fold, .own = own, .without = g_new0 (Task, n + 1) };
  group.best = (Task){ own, .weights = g_new0 (double, n) };
  group.honest = (Task){ .weights = g_new0 (double, n) };
  for (gsize m = 0; m < n; m++)
    group.without[m] = (Task){ own, .weights = g_new0 (double, n) };
  if (self->config->protocol == BS_FUSION_HONEST)
    group.honest.clips = group.others = choose_clips (self->table, fold, TRUE);
  g_array_append_val (self->groups, group);
}

static gboolean
make_groups (Session *self, GError **error)
{
  self->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_array_set_clear_func (self->groups, group_clear);
  for (int fold = 0; fold < (int) self->table->n_folds; fold++)
    add_group (self, fold);
  if (self->config->protocol == BS_FUSION_HONEST && self->groups->len < 2) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 _ ("honest weights need labelled clips in at least two folds"));
    return FALSE;
  }
  if (self->groups->len == 0)
    add_group (self, -1);
  if (self->groups->len > 0)
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
               _ ("none of the %zu clips that all members have is labelled"), self->table->n);
  return FALSE;
}

static gpointer
run_tasks (gpointer data)
{
  Session *self = data;
  for (;;) {
    int i = g_atomic_int_add (&self->next_task, 1);
    if (i >= (int) self->tasks->len)
      return NULL;
    Task *task = g_ptr_array_index (self->tasks, i);
    task->score = bs_fusion_search (task->clips, &task->search, task->weights);
    g_async_queue_push (self->ended, task);
  }
}

static void
report (Session *self)
{
  g_autofree char *text = g_strdup_printf (_ ("%u of %u searches"), self->n_done, self->n_expected);
  if (self->on_progress != NULL)
    self->on_progress ((double) self->n_done / self->n_expected, text, self->user_data);
}

/* Does the tasks that were put up, side by side; tells of them on the caller's thread. */
static gboolean
do_tasks (Session *self, GError **error)
{
  guint wanted =
    self->config->n_threads > 0 ? (guint) self->config->n_threads : g_get_num_processors ();
  guint n_threads = MIN (wanted, self->tasks->len);
  g_autofree GThread **threads = g_new (GThread *, n_threads + 1);
  self->next_task = 0;
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("bs-fusion", run_tasks, self);
  for (guint n_left = self->tasks->len; n_left > 0;) {
    if (g_async_queue_timeout_pop (self->ended, PATIENCE_US) != NULL) {
      n_left--;
      self->n_done++;
    }
    report (self);
  }
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_ptr_array_set_size (self->tasks, 0);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static void
put_up (Session *self, Task *task, const char *name, int fold, int without)
{
  g_autofree char *stream = g_strdup_printf ("%s/%d/%d", name, fold, without);
  task->search.without = without;
  task->search.seed = bs_random_derive (self->config->seed, stream);
  task->search.cancellable = self->cancellable;
  g_ptr_array_add (self->tasks, task);
}

static gboolean
search_best (Session *self, GError **error)
{
  gboolean honest = self->config->protocol == BS_FUSION_HONEST;
  for (guint g = 0; g < self->groups->len; g++) {
    Group *group = group_at (self, g);
    if (honest)
      put_up (self, &group->honest, "others", group->fold, -1);
    put_up (self, &group->best, "own", group->fold, -1);
  }
  return do_tasks (self, error);
}

static gboolean
search_without (Session *self, GError **error)
{
  for (guint g = 0; g < self->groups->len; g++) {
    Group *group = group_at (self, g);
    for (gsize m = 0; m < self->table->n_members; m++) {
      group->without[m].search.start = group->best.weights;
      group->without[m].search.n_lines = LINES_WITHOUT;
      put_up (self, &group->without[m], "own", group->fold, (int) m);
    }
  }
  return do_tasks (self, error);
}

/* What was found without a member is open with it too: nothing is worth less than nothing. */
static void
take_better_subsets (Session *self)
{
  for (guint g = 0; g < self->groups->len; g++) {
    Group *group = group_at (self, g);
    for (gsize m = 0; m < self->table->n_members; m++) {
      if (group->without[m].score <= group->best.score)
        continue;
      group->best.score = group->without[m].score;
      memcpy (group->best.weights, group->without[m].weights,
              self->table->n_members * sizeof (double));
    }
  }
}

static gboolean
optimise (Session *self, GError **error)
{
  guint per_group =
    (self->config->protocol == BS_FUSION_HONEST ? 2 : 1) + (guint) self->table->n_members;
  self->n_expected = per_group * self->groups->len;
  if (!search_best (self, error) || !search_without (self, error))
    return FALSE;
  take_better_subsets (self);
  return TRUE;
}

/* The score on a group's own clips. */
static double
score_group (const Group *group, const double *weights)
{
  g_autofree double *scratch = g_new (double, group->own->n *BS_N_EMOTIONS);
  return bs_fusion_clips_total (group->own, weights, scratch) / group->own->full_total;
}

static double
mean_score (const Session *self, const double *weights)
{
  double sum = 0;
  for (guint g = 0; g < self->groups->len; g++)
    sum += score_group (group_at (self, g), weights);
  return sum / self->groups->len;
}

static void
set_equal (double *weights, gsize n)
{
  for (gsize m = 0; m < n; m++)
    weights[m] = 1.0 / (double) n;
}

/* Given weights with the share of @without spread over the others. */
static double
score_given_without (const Session *self, const double *given, gsize without)
{
  gsize n = self->table->n_members;
  g_autofree double *weights = g_memdup2 (given, n * sizeof *weights);
  double sum = 0;
  weights[without] = 0;
  for (gsize m = 0; m < n; m++)
    sum += weights[m];
  for (gsize m = 0; m < n; m++)
    weights[m] /= sum;
  return sum > 0 ? mean_score (self, weights) : NAN;
}

/* Each fold's weights; the mean of the folds that chose some, for the others. */
static void
fill_weights (BsLateFusion *fusion, const Session *self)
{
  gsize n = fusion->n_members, size = n * sizeof (double);
  g_autofree double *mean = g_new0 (double, n);
  if (self->config->protocol == BS_FUSION_GIVEN) {
    if (self->config->weights != NULL)
      memcpy (mean, self->config->weights, size);
    else
      set_equal (mean, n);
  }
  gboolean honest = self->config->protocol == BS_FUSION_HONEST;
  for (guint g = 0; g < self->groups->len && self->config->protocol != BS_FUSION_GIVEN; g++) {
    const Group *group = group_at (self, g);
    for (gsize m = 0; m < n; m++)
      mean[m] += (honest ? group->honest : group->best).weights[m] / self->groups->len;
  }
  for (gsize row = 0; row <= fusion->n_folds; row++)
    memcpy (fusion->weights + row * n, mean, size);
  if (self->config->protocol != BS_FUSION_OFFICIAL && !honest)
    return;
  for (guint g = 0; g < self->groups->len; g++) {
    const Group *group = group_at (self, g);
    gsize row = group->fold >= 0 ? (gsize) group->fold : fusion->n_folds;
    memcpy (fusion->weights + row * n, (honest ? group->honest : group->best).weights, size);
  }
}

static void
fill_worth (BsLateFusion *fusion, const Session *self, const BsFusionMember *members)
{
  gsize n = fusion->n_members;
  gboolean given = self->config->protocol == BS_FUSION_GIVEN;
  g_autofree double *weights = g_new0 (double, n);
  for (gsize m = 0; m < n; m++) {
    BsFusionWorth *worth = &fusion->worth[m];
    memset (weights, 0, n * sizeof *weights);
    weights[m] = 1;
    worth->name = g_strdup (members[m].name);
    worth->alone = mean_score (self, weights);
    if (given)
      worth->without = score_given_without (self, fusion->weights, m);
    for (guint g = 0; g < self->groups->len; g++) {
      const Group *group = group_at (self, g);
      worth->weight += bs_late_fusion_weights (fusion, group->fold)[m] / self->groups->len;
      if (!given)
        worth->without += group->without[m].score / self->groups->len;
    }
  }
  set_equal (weights, n);
  fusion->equal_score = mean_score (self, weights);
  for (guint g = 0; g < self->groups->len; g++)
    fusion->best_score +=
      (given ? score_group (group_at (self, g), fusion->weights) : group_at (self, g)->best.score) /
      self->groups->len;
}

/* Honest thresholds of a fold are those of the other folds' clips, fused by that fold's weights. */
static gboolean
choose_honest_thresholds (BsLateFusion *fusion, const Session *self, GError **error)
{
  gsize n = fusion->n_members;
  g_autofree double *weights = g_new (double, (fusion->n_folds + 1) * n);
  for (guint g = 0; g < self->groups->len; g++) {
    const Group *group = group_at (self, g);
    for (gsize row = 0; row <= fusion->n_folds; row++)
      memcpy (weights + row * n, group->honest.weights, n * sizeof *weights);
    g_autoptr (BsPredictions) fused = bs_fusion_table_fuse (self->table, weights);
    g_autoptr (BsEvaluationSet) cases = bs_evaluation_set_new (self->table->metadata, fused, error);
    if (cases == NULL)
      return FALSE;
    BsOptimum optimum;
    bs_tune_fold (cases, group->fold, BS_PROTOCOL_TRAIN, BS_SEARCH_GRID, &optimum);
    fusion->thresholds.fold[group->fold] = optimum.pair;
    bs_optimum_clear (&optimum);
  }
  return TRUE;
}

static gboolean
choose_thresholds (BsLateFusion *fusion, const Session *self, GError **error)
{
  g_autoptr (BsEvaluationSet) cases =
    bs_evaluation_set_new (self->table->metadata, fusion->predictions, error);
  if (cases == NULL)
    return FALSE;
  /* Clips without a fold get what all folds together say under honest weights. */
  gboolean honest = self->config->protocol == BS_FUSION_HONEST;
  bs_tune (cases, honest ? BS_PROTOCOL_TRAIN : BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID,
           &fusion->thresholds);
  return !honest || choose_honest_thresholds (fusion, self, error);
}

/* Of weights that somebody gives nobody says how they were found; equal ones are no choice. */
static BsChosen
weights_chosen (const BsFusionConfig *config)
{
  switch (config->protocol) {
  case BS_FUSION_GIVEN:
    return config->weights != NULL ? BS_CHOSEN_NOT_KNOWN : BS_CHOSEN_ELSEWHERE;
  case BS_FUSION_OFFICIAL:
  case BS_FUSION_MEAN:
    return BS_CHOSEN_HERE;
  case BS_FUSION_HONEST:
    return BS_CHOSEN_ELSEWHERE;
  case BS_FUSION_N_PROTOCOLS:
  default:
    g_return_val_if_reached (BS_CHOSEN_NOT_KNOWN);
  }
}

static BsLateFusion *
fusion_new (const Session *self, const BsFusionMember *members)
{
  BsLateFusion *fusion = g_new0 (BsLateFusion, 1);
  BsFusionProtocol protocol = self->config->protocol;
  fusion->protocol = protocol;
  fusion->seed = self->config->seed;
  fusion->n_members = self->table->n_members;
  fusion->n_folds = self->table->n_folds;
  fusion->n = self->table->n;
  fusion->n_left_out = self->table->n_left_out;
  fusion->n_without_metadata = self->table->n_without_metadata;
  fusion->weights = g_new0 (double, (fusion->n_folds + 1) * fusion->n_members);
  fusion->worth = g_new0 (BsFusionWorth, fusion->n_members);
  fusion->source = (BsTuningSource){
    .network = BS_CHOSEN_ELSEWHERE,
    .thresholds = protocol == BS_FUSION_HONEST ? BS_CHOSEN_ELSEWHERE : BS_CHOSEN_HERE,
    .weights = weights_chosen (self->config),
  };
  for (gsize m = 0; m < fusion->n_members; m++)
    fusion->source.network = MAX (fusion->source.network, members[m].chosen);
  return fusion;
}

/**
 * bs_late_fusion_new:
 * @metadata: labels and folds
 * @members: (array length=n_members): what is fused, all with probabilities
 * @n_members: at least 2
 * @config: how weights are chosen
 * @on_progress: (nullable) (scope call): told on the calling thread, at least every 20 ms
 * @user_data: for @on_progress
 * @cancellable: (nullable): looked at between lines of a search, a few milliseconds apart
 * @error: as bs_fusion_table_new(); %BS_ERROR_MISSING too where there are no clips to choose on
 *
 * Weights chosen on clips are there never below the best member, equal weights, or the best
 * without some member. The same input gives the same bits. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the fusion
 */
BsLateFusion *
bs_late_fusion_new (BsMetadata *metadata, const BsFusionMember *members, gsize n_members,
                    const BsFusionConfig *config, BsProgressFunc on_progress, gpointer user_data,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (BsFusionTable) table = bs_fusion_table_new (metadata, members, n_members, error);
  if (table == NULL)
    return NULL;
  g_auto (Session) self = { .table = table,
                            .config = config,
                            .tasks = g_ptr_array_new (),
                            .ended = g_async_queue_new (),
                            .on_progress = on_progress,
                            .user_data = user_data,
                            .cancellable = cancellable };
  if (!make_groups (&self, error) ||
      (config->protocol != BS_FUSION_GIVEN && !optimise (&self, error)))
    return NULL;
  g_autoptr (BsLateFusion) fusion = fusion_new (&self, members);
  fill_weights (fusion, &self);
  fill_worth (fusion, &self, members);
  fusion->predictions = bs_fusion_table_fuse (table, fusion->weights);
  if (!choose_thresholds (fusion, &self, error))
    return NULL;
  return g_steal_pointer (&fusion);
}

/**
 * bs_late_fusion_weights:
 * @self: a fusion
 * @fold: a fold, or -1 for clips without one
 *
 * Returns: (transfer none) (array): the members' weights for that fold's clips
 */
const double *
bs_late_fusion_weights (const BsLateFusion *self, int fold)
{
  return self->weights + (fold >= 0 ? (gsize) fold : self->n_folds) * self->n_members;
}

/**
 * bs_late_fusion_free:
 * @self: (transfer full): a fusion
 */
void
bs_late_fusion_free (BsLateFusion *self)
{
  for (gsize m = 0; m < self->n_members; m++)
    g_free (self->worth[m].name);
  g_free (self->worth);
  g_free (self->weights);
  g_clear_pointer (&self->predictions, bs_predictions_unref);
  g_free (self);
}
