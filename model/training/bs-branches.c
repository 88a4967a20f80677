/* SPDX-License-Identifier: MIT */
/* Frozen branches of the attention-fusion paper's concatenation and mixed fusions (4.2.2): their
 * latent vectors are computed once, in evaluation, and are all that the fusion learns from. */
#include "model/training/bs-branches.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/config/bs-train-options.h"
#include "model/features/bs-features.h"

/* Settings that a branch has in common with its fusion are the fusion's. */
static BsTrainConfig *
branch_config (const BsTrainConfig *fusion, const char *model, const char *encoders)
{
  BsTrainConfig *self = bs_train_config_new ();
  bs_train_config_set (self, "model", model, NULL);
  bs_train_config_set (self, "encoders", encoders, NULL);
  bs_train_config_set (self, "protocol", fusion->protocol, NULL);
  gsize n = 0;
  const BsOptionInfo *infos = bs_option_infos (&n);
  for (gsize i = 0; i < n; i++) {
    /* The temperature is the fusion's last step; a branch gives no logits to it. */
    if (strcmp (infos[i].key, "temperature") == 0 || strcmp (infos[i].key, "branch") == 0)
      continue;
    g_autofree char *value = bs_option_dup_value (&infos[i], fusion);
    if (bs_option_is_of (&infos[i], bs_train_config_model (self)))
      bs_option_set (&infos[i], self, value, NULL);
  }
  g_autofree char *name = g_strdup_printf ("branch/%s/%s", model, encoders);
  self->seed = bs_random_derive (fusion->seed, name);
  self->folds = g_strdup (fusion->folds);
  self->n_threads = fusion->n_threads;
  self->checkpoint_every_s = fusion->checkpoint_every_s;
  self->any_threads = fusion->any_threads;
  return self;
}

static gboolean
make_configs (BsBranches *self, const BsTrainConfig *fusion, GError **error)
{
  if (g_strv_length (fusion->encoders) >= BS_BATCH_MAX_MODALITIES) {
    g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("encoders: at most %d can be fused"),
                 BS_BATCH_MAX_MODALITIES - 1);
    return FALSE;
  }
  const char *model = bs_model_branches[fusion->branch];
  for (char **encoder = fusion->encoders; *encoder != NULL; encoder++)
    self->configs[self->n++] = branch_config (fusion, model, *encoder);
  const char *joint = bs_train_config_model (fusion)->joint_branch;
  if (joint == NULL)
    return TRUE;
  g_autofree char *all = g_strjoinv (",", fusion->encoders);
  self->configs[self->n++] = branch_config (fusion, joint, all);
  return TRUE;
}

/* Clips are in metadata order in every branch, so a merge finds those they share. */
static void
intersect (BsBranches *self)
{
  gsize at[BS_BATCH_MAX_MODALITIES] = { 0 };
  self->clips = g_new (gsize, self->samples[0]->n);
  for (guint b = 0; b < self->n; b++)
    self->places[b] = g_new (gsize, self->samples[0]->n);
  for (gsize i = 0; i < self->samples[0]->n; i++) {
    gsize clip = self->samples[0]->clips[i];
    gboolean is_shared = TRUE;
    for (guint b = 0; b < self->n; b++) {
      const BsSamples *samples = self->samples[b];
      while (at[b] < samples->n && samples->clips[at[b]] < clip)
        at[b]++;
      is_shared &= at[b] < samples->n && samples->clips[at[b]] == clip;
      self->places[b][self->n_clips] = at[b];
    }
    if (is_shared)
      self->clips[self->n_clips++] = clip;
  }
}

typedef struct {
  guint branch;
  guint n;
  BsProgressFunc func;
  gpointer user_data;
} Progress;

static void
branch_progress_cb (double fraction, const char *message, gpointer user_data)
{
  const Progress *progress = user_data;
  progress->func ((progress->branch + fraction) / progress->n, message, progress->user_data);
}

/**
 * bs_branches_new:
 * @corpus: a corpus
 * @fusion: settings of a fusion, checked
 * @choice: which clips
 * @on_progress: (nullable) (scope call): told after each clip
 * @user_data: for @on_progress
 * @cancellable: (nullable): looked at before each clip
 * @error: as bs_samples_load(), and %BS_ERROR_MISSING where no clip has features of all
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the branches
 */
BsBranches *
bs_branches_new (BsCorpus *corpus, const BsTrainConfig *fusion, BsClipChoice choice,
                 BsProgressFunc on_progress, gpointer user_data, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (BsBranches) self = g_new0 (BsBranches, 1);
  if (!make_configs (self, fusion, error))
    return NULL;
  for (guint b = 0; b < self->n; b++) {
    Progress progress = { b, self->n, on_progress, user_data };
    self->samples[b] = bs_samples_load (corpus, self->configs[b], choice,
                                        on_progress != NULL ? branch_progress_cb : NULL, &progress,
                                        cancellable, error);
    if (self->samples[b] == NULL)
      return NULL;
  }
  intersect (self);
  if (self->n_clips > 0)
    return g_steal_pointer (&self);
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: no clip has features of all encoders"),
               bs_corpus_folder (corpus));
  return NULL;
}

/**
 * bs_branches_new_windows:
 * @corpus: a corpus
 * @fusion: settings of a fusion
 * @windows: laid over a clip
 * @cancellable: (nullable): as bs_samples_new_windows()
 * @error: as bs_samples_new_windows()
 *
 * Returns: (transfer full) (nullable): the branches, whose clips are the windows
 */
BsBranches *
bs_branches_new_windows (BsCorpus *corpus, const BsTrainConfig *fusion, const BsWindows *windows,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (BsBranches) self = g_new0 (BsBranches, 1);
  if (!make_configs (self, fusion, error))
    return NULL;
  self->n_clips = windows->n;
  self->clips = g_new (gsize, windows->n);
  for (gsize w = 0; w < windows->n; w++)
    self->clips[w] = windows->clip;
  for (guint b = 0; b < self->n; b++) {
    self->samples[b] =
      bs_samples_new_windows (corpus, self->configs[b], windows, cancellable, error);
    if (self->samples[b] == NULL)
      return NULL;
    self->places[b] = g_new (gsize, windows->n);
    for (gsize w = 0; w < windows->n; w++)
      self->places[b][w] = w;
  }
  return g_steal_pointer (&self);
}

/**
 * bs_branches_free:
 * @self: (transfer full): branches
 */
void
bs_branches_free (BsBranches *self)
{
  for (guint b = 0; b < self->n; b++) {
    bs_train_config_free (self->configs[b]);
    g_clear_pointer (&self->samples[b], bs_samples_free);
    g_free (self->places[b]);
  }
  g_free (self->clips);
  g_free (self);
}

/**
 * bs_branches_dup_prefix:
 * @branch: number of a branch
 *
 * Returns: (transfer full): what stands before its tensors' names in the fusion's run
 */
char *
bs_branches_dup_prefix (guint branch)
{
  return g_strdup_printf ("branches.%u.", branch);
}

/* The fusion's own rows are what its branches give. */
static gboolean
check_width (const BsRun *run, int fold, guint branch, gsize n_latent, GError **error)
{
  g_autofree char *name = g_strdup_printf ("scaler.%u.mean", branch);
  const BsMatrix *mean = bs_fold_result_tensor (bs_run_fold (run, fold), name);
  if (mean != NULL && mean->n_cols == n_latent)
    return TRUE;
  g_autofree char *file = bs_run_weights_name (fold);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               _ ("%s: %s: \"%s\" has not the %zu values that its branch gives"), bs_run_name (run),
               file, name, n_latent);
  return FALSE;
}

/**
 * bs_branches_check_run:
 * @run: a fusion's run
 * @fold: one of its folds
 * @fusion: what it was trained with
 * @error: %BS_ERROR_MISSING where a tensor is lacking, %BS_ERROR_VALUE where one has another shape
 *
 * Builds the frozen branches that the run keeps once. Any thread; reads the fold's weights where
 * they lie on disk.
 *
 * Returns: whether the run's tensors are those of its branches
 */
gboolean
bs_branches_check_run (const BsRun *run, int fold, const BsTrainConfig *fusion, GError **error)
{
  g_autoptr (BsBranches) self = g_new0 (BsBranches, 1);
  if (!make_configs (self, fusion, error))
    return FALSE;
  for (guint b = 0; b < self->n; b++) {
    g_autofree char *prefix = bs_branches_dup_prefix (b);
    gsize n_latent;
    if (!bs_classifier_check_run (run, fold, self->configs[b], prefix, &n_latent, error) ||
        !check_width (run, fold, b, n_latent, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * bs_branches_load:
 * @self: branches
 * @branch: which
 * @run: the branch's own run, or the fusion's, which keeps a copy of its branches
 * @is_fusion: which of the two @run is
 * @fold: the fold whose network is wanted: that of the fusion, since it never saw its clips
 * @error: as bs_classifier_from_run()
 *
 * Returns: (transfer full) (nullable): the branch's network of that fold
 */
BsClassifier *
bs_branches_load (const BsBranches *self, guint branch, const BsRun *run, gboolean is_fusion,
                  int fold, GError **error)
{
  const BsSamples *samples = self->samples[branch];
  g_autofree char *prefix = is_fusion ? bs_branches_dup_prefix (branch) : g_strdup ("");
  return bs_classifier_from_run (run, fold, self->configs[branch], prefix, samples->n_modalities,
                                 samples->widths, error);
}

/**
 * bs_branches_add_latents:
 * @self: branches
 * @branch: the next branch
 * @classifier: its network
 * @latents: of the branches before it; gets one more vector a clip
 * @cancellable: (nullable): looked at between batches
 * @error: the reader's
 *
 * Returns: whether the vectors were added
 */
gboolean
bs_branches_add_latents (const BsBranches *self, guint branch, BsClassifier *classifier,
                         BsSamples *latents, GCancellable *cancellable, GError **error)
{
  BsMatrix *vectors = bs_classifier_latents (
    classifier, self->samples[branch], self->places[branch], self->n_clips, cancellable, error);
  if (vectors == NULL)
    return FALSE;
  bs_samples_add_vectors (latents, vectors);
  return TRUE;
}

/**
 * bs_branches_latents:
 * @self: branches
 * @metadata: of the corpus
 * @classifiers: (array): the network of each branch
 * @cancellable: (nullable): looked at between batches
 * @error: the reader's
 *
 * Returns: (transfer full) (nullable): one vector a clip and branch: what the fusion learns from
 */
BsSamples *
bs_branches_latents (const BsBranches *self, const BsMetadata *metadata,
                     BsClassifier *const *classifiers, GCancellable *cancellable, GError **error)
{
  g_autoptr (BsSamples) latents = bs_samples_new_vectors (metadata, self->clips, self->n_clips);
  for (guint b = 0; b < self->n; b++)
    if (!bs_branches_add_latents (self, b, classifiers[b], latents, cancellable, error))
      return NULL;
  return g_steal_pointer (&latents);
}

/**
 * bs_branches_load_all:
 * @self: branches
 * @run: a fusion's run
 * @fold: the fold whose networks are wanted
 * @classifiers: (out caller-allocates) (array): the copies of the branches that the run keeps;
 *   all %NULL on error
 * @error: as bs_branches_load()
 *
 * Returns: whether all are there
 */
gboolean
bs_branches_load_all (const BsBranches *self, const BsRun *run, int fold,
                      BsClassifier **classifiers, GError **error)
{
  for (guint b = 0; b < self->n; b++) {
    classifiers[b] = bs_branches_load (self, b, run, TRUE, fold, error);
    if (classifiers[b] != NULL)
      continue;
    while (b-- > 0)
      g_clear_pointer (&classifiers[b], bs_classifier_free);
    return FALSE;
  }
  return TRUE;
}

/**
 * bs_branches_ask:
 * @self: branches
 * @metadata: of the corpus
 * @run: a fusion's run
 * @fold: the fold whose networks are asked
 * @cancellable: (nullable): looked at between batches
 * @error: as bs_branches_load()
 *
 * Returns: (transfer full) (nullable): as bs_branches_latents(), from the copies of the branches
 *   that the run keeps
 */
BsSamples *
bs_branches_ask (const BsBranches *self, const BsMetadata *metadata, const BsRun *run, int fold,
                 GCancellable *cancellable, GError **error)
{
  BsClassifier *classifiers[BS_BATCH_MAX_MODALITIES] = { NULL };
  if (!bs_branches_load_all (self, run, fold, classifiers, error))
    return NULL;
  BsSamples *latents = bs_branches_latents (self, metadata, classifiers, cancellable, error);
  for (guint b = 0; b < self->n; b++)
    bs_classifier_free (classifiers[b]);
  return latents;
}
