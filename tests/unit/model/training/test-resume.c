/* SPDX-License-Identifier: MIT */
/* A training that was stopped goes on to the same bits as one that never was. */
#include <glib/gstdio.h>
#include <string.h>

#include "data/format/bs-file.h"
#include "model/features/bs-features.h"
#include "model/network/bs-fused-linear-adam.h"
#include "model/training/bs-checkpoint-dir.h"
#include "model/training/bs-fold.h"
#include "model/training/bs-model.h"
#include "model/training/bs-train.h"
#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-same-run.h"

#define N_EPOCHS 5

static TestFolder *folder;

static void
config_set (BsTrainConfig *config, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;
  bs_train_config_set (config, key, value, &error);
  g_assert_no_error (error);
}

static BsTrainConfig *
config_new (const char *model, const char *protocol)
{
  static const char *const small[][2] = {
    { "epochs", "5" }, { "length", "6" }, { "width", "8" },  { "ff", "12" },      { "layers", "1" },
    { "heads", "2" },  { "latent", "8" }, { "lr", "0.003" }, { "patience", "0" }, { "batch", "16" },
  };
  BsTrainConfig *config = bs_train_config_new ();
  config_set (config, "model", model);
  config_set (config, "encoders", g_str_equal (model, "attention-pool") ? "Face" : "Face,Voice");
  config_set (config, "protocol", protocol);
  config_set (config, "threads", "2");
  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    bs_train_config_set (config, small[i][0], small[i][1], NULL);
  /* Wide enough for a first layer that takes each batch ahead of its step (BsFusedLinearAdam). */
  if (g_str_equal (model, "mlp-1024-512"))
    config_set (config, "segment-join", "concat");
  return config;
}

/* A place for a training that is stopped; nothing is there. */
static char *
dup_partial (const char *name)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  bs_checkpoint_dir_remove (path);
  return g_steal_pointer (&path);
}

/* Cancels once so many new epochs were told; those of a checkpoint are told again first. */
typedef struct {
  GCancellable *cancellable;
  int n_told;
  int n_left;
} Watch;

static void
cancel_cb (const BsEpoch *epoch, gpointer user_data)
{
  Watch *watch = user_data;
  watch->n_told++;
  if (watch->n_left-- == 0)
    g_cancellable_cancel (watch->cancellable);
}

/* Trains until so many epochs were told; %NULL where it was stopped in time. */
static BsRun *
train_for (BsCorpus *corpus, const BsTrainConfig *config, int n_epochs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch watch = { cancellable, 0, n_epochs };
  BsRun *run = bs_train_resume (corpus, config, NULL, cancel_cb, NULL, &watch, cancellable, &error);
  if (run == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return run;
}

/* Stops again and again, each time a little later, until the training ends all the same. */
static BsRun *
train_in_pieces (BsCorpus *corpus, const BsTrainConfig *config, int n_first, int n_more,
                 int *n_stops)
{
  BsRun *run = NULL;
  *n_stops = -1;
  for (int n = n_first; run == NULL; n += n_more, ++*n_stops)
    run = train_for (corpus, config, n);
  return run;
}

static void
check_model (const char *model, const char *protocol)
{
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = config_new (model, protocol);
  g_autofree char *name = g_strdup_printf ("whole-%s-%s", model, protocol);
  config_set (config, "folds", "0-1");
  config->branch_folder = g_strdup (test_folder_path (folder, name));
  g_autoptr (BsRun) whole = train_for (corpus, config, G_MAXINT);
  for (int n_first = 0; n_first < 2; n_first++) {
    int n_stops = 0;
    g_autofree char *partial = g_strdup_printf ("%s-%d.partial", name, n_first);
    config->partial_folder = dup_partial (partial);
    g_autoptr (BsRun) pieces = train_in_pieces (corpus, config, n_first, 4 + 3 * n_first, &n_stops);
    g_assert_cmpint (n_stops, >, 0);
    assert_same_run (whole, pieces);
    bs_checkpoint_dir_remove (config->partial_folder);
    g_assert_false (g_file_test (config->partial_folder, G_FILE_TEST_EXISTS));
    g_clear_pointer (&config->partial_folder, g_free);
  }
}

static void
test_pieces (gconstpointer model)
{
  check_model (model, "official");
  check_model (model, "paper-000");
  check_model (model, "honest");
}

/* One fold of a training, which tells its epochs where it trains, so that where it stops is
 * settled. */
typedef struct {
  BsSamples *samples;
  BsLabel *labels;
  gint8 *folds;
  BsFoldData data;
  BsFoldJob plan;
  char *path;
} OneFold;

static void
one_fold_clear (OneFold *self)
{
  bs_samples_free (self->samples);
  g_free (self->labels);
  g_free (self->folds);
  g_free (self->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OneFold, one_fold_clear)

static void
one_fold_init (OneFold *self, BsCorpus *corpus, const BsTrainConfig *config,
               BsSelectionProtocol select)
{
  g_autoptr (GError) error = NULL;
  BsMetadata *metadata = bs_corpus_metadata (corpus);
  BsSamples *samples =
    bs_samples_load (corpus, config, BS_CLIPS_TRAINING, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  self->samples = samples;
  self->labels = g_new (BsLabel, samples->n);
  self->folds = g_new (gint8, samples->n);
  for (gsize i = 0; i < samples->n; i++) {
    self->labels[i] = bs_metadata_clip (metadata, samples->clips[i])->label;
    self->folds[i] = samples->folds[i];
  }
  self->path = g_build_filename (folder->path, "one.checkpoint", NULL);
  self->data = (BsFoldData){ samples, self->labels, self->folds, MADE_N_FOLDS };
  self->plan = (BsFoldJob){
    .fold = 1,
    .select = select,
    .n_epochs = N_EPOCHS,
    .checkpoint_path = self->path,
    .checkpoint_every_s = 3600,
    .origin = { "one", 1, 2 },
    .options = {
      .network = bs_model_spec (config, samples->n_modalities, samples->widths),
      .head = bs_train_config_model (config)->head,
      .objective = bs_model_objective (config),
      .batch_size = 16,
      .learning_rate = 0.003,
      .learning_rate_end = 0.001,
      .n_epochs = N_EPOCHS,
      .seed = 5,
    },
  };
  g_unlink (self->path);
}

static BsTrainedFold *
one_fold_train (OneFold *self, int n_epochs, int *n_told)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (BsCheckpoint) earlier = NULL;
  Watch watch = { cancellable, 0, n_epochs };
  if (g_file_test (self->path, G_FILE_TEST_EXISTS)) {
    earlier = bs_checkpoint_load (self->path, &self->plan.origin, &error);
    g_assert_no_error (error);
  }
  self->plan.earlier = earlier;
  BsTrainedFold *outcome =
    bs_fold_train (&self->data, &self->plan, cancel_cb, &watch, cancellable, &error);
  if (outcome == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *n_told = watch.n_told;
  return outcome;
}

static void
assert_same_outcome (const BsTrainedFold *a, const BsTrainedFold *b)
{
  const BsNetwork *x = a->classifier->network, *y = b->classifier->network;
  gsize n_bytes = a->held_out.n * sizeof a->held_out.p[0];
  g_assert_cmpint (a->best_epoch, ==, b->best_epoch);
  g_assert_cmpmem (a->held_out.p, n_bytes, b->held_out.p, n_bytes);
  g_assert_cmpmem (x->values, x->n_values * sizeof (BsReal), y->values,
                   y->n_values * sizeof (BsReal));
}

/* Stopped after each epoch in turn: every epoch is told once, none is trained twice. */
static void
test_no_epoch_is_trained_twice (void)
{
  static const BsSelectionProtocol selects[] = { BS_SELECTION_PROTOCOL_OFFICIAL,
                                                 BS_SELECTION_PROTOCOL_PAPER_000,
                                                 BS_SELECTION_PROTOCOL_HONEST };
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = config_new ("mlp-256", "official");
  for (gsize i = 0; i < G_N_ELEMENTS (selects); i++) {
    g_auto (OneFold) one = { 0 };
    int n_told = 0, n_all = 0, n_starts = 0;
    one_fold_init (&one, corpus, config, selects[i]);
    g_autoptr (BsTrainedFold) whole = one_fold_train (&one, G_MAXINT, &n_told);
    g_assert_cmpint (n_told, ==, N_EPOCHS);
    g_unlink (one.path);
    g_autoptr (BsTrainedFold) pieces = NULL;
    for (; pieces == NULL; n_starts++) {
      pieces = one_fold_train (&one, 0, &n_told);
      n_all += n_told;
    }
    g_assert_cmpint (n_all, ==, N_EPOCHS);
    g_assert_cmpint (n_starts, >=, N_EPOCHS);
    assert_same_outcome (whole, pieces);
  }
}

/* After the last epoch that chooses, the honest protocol is stopped as it trains again. */
static void
test_the_second_training_is_stopped (void)
{
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = config_new ("mlp-256", "honest");
  g_auto (OneFold) one = { 0 };
  int n_told = 0;
  one_fold_init (&one, corpus, config, BS_SELECTION_PROTOCOL_HONEST);
  g_autoptr (BsTrainedFold) whole = one_fold_train (&one, G_MAXINT, &n_told);
  g_unlink (one.path);
  g_assert_null (one_fold_train (&one, N_EPOCHS - 1, &n_told));
  g_autoptr (BsCheckpoint) checkpoint = bs_checkpoint_peek (one.path);
  g_assert_cmpint (checkpoint->stage, ==, BS_STAGE_AGAIN);
  g_assert_cmpuint (checkpoint->n_rows, ==, N_EPOCHS);
  g_autoptr (BsTrainedFold) pieces = one_fold_train (&one, G_MAXINT, &n_told);
  g_assert_cmpint (n_told, ==, 0);
  assert_same_outcome (whole, pieces);
}

typedef struct {
  GCancellable *cancellable;
  int n_epochs; /* atomic: over */
} Stopping;

static gpointer
stop_after_two (gpointer user_data)
{
  Stopping *stopping = user_data;
  while (g_atomic_int_get (&stopping->n_epochs) < 2)
    g_thread_yield ();
  g_cancellable_cancel (stopping->cancellable);
  return NULL;
}

/* Trains until another thread has stopped it, between any two batches. */
static void
train_until_stopped (BsTrainer *trainer, const BsSubset *side)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stopping stopping = { cancellable, 0 };
  BsLossTerms loss;
  GThread *thread = g_thread_new ("stop", stop_after_two, &stopping);
  while (bs_trainer_epoch (trainer, side, &loss, cancellable, &error))
    g_atomic_int_inc (&stopping.n_epochs);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static BsLossTerms
train_to_epoch (BsTrainer *trainer, const BsSubset *side, int from, int to)
{
  g_autoptr (GError) error = NULL;
  BsLossTerms loss = { 0 };
  for (int epoch = from; epoch <= to; epoch++)
    bs_trainer_epoch (trainer, side, &loss, NULL, &error);
  g_assert_no_error (error);
  return loss;
}

/* Returns how many samples of its last epoch the stopped trainer had behind it. */
static gsize
check_stop_within_an_epoch (const OneFold *one, const BsSubset *side, gboolean is_wide)
{
  g_autoptr (GError) error = NULL;
  const BsTrainerOptions *options = &one->plan.options;
  g_autoptr (BsTrainer) stopped = bs_trainer_new (side, options, &error);
  g_autoptr (BsTrainer) next = bs_trainer_new (side, options, &error);
  g_autoptr (BsTrainer) whole = bs_trainer_new (side, options, &error);
  const BsNetwork *a = bs_trainer_classifier (next)->network;
  const BsNetwork *b = bs_trainer_classifier (whole)->network;
  BsTrainerState state;
  g_assert_true (bs_fused_linear_adam_serves (a) == is_wide);
  train_until_stopped (stopped, side);
  bs_trainer_get_state (stopped, &state);
  state.is_open = TRUE;
  g_assert_true (bs_trainer_set_state (next, &state, &error));
  BsLossTerms x = train_to_epoch (next, side, state.epoch, state.epoch + 2);
  BsLossTerms y = train_to_epoch (whole, side, 1, state.epoch + 2);
  g_assert_cmpfloat (x.total, ==, y.total);
  g_assert_cmpmem (a->values, a->n_values * sizeof (BsReal), b->values,
                   b->n_values * sizeof (BsReal));
  return state.n_samples;
}

static void
test_a_stop_within_an_epoch (gconstpointer model)
{
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = config_new (model, "official");
  g_auto (OneFold) one = { 0 };
  one_fold_init (&one, corpus, config, BS_SELECTION_PROTOCOL_OFFICIAL);
  g_autofree gsize *index = g_new (gsize, one.samples->n);
  for (gsize i = 0; i < one.samples->n; i++)
    index[i] = i;
  const BsSubset side = { one.samples, one.labels, index, one.samples->n };
  /* Most stops come between two batches; one is enough. */
  while (check_stop_within_an_epoch (&one, &side, g_str_equal (model, "mlp-1024-512")) == 0)
    g_test_message ("stopped between two epochs; once more");
}

static void
test_a_partial_says_how_far_it_came (void)
{
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = config_new ("mlp-256", "official");
  BsCheckpointProgress partial;
  config_set (config, "folds", "3");
  config->checkpoint_every_s = 0;
  config->partial_folder = dup_partial ("far.partial");
  g_assert_false (bs_checkpoint_dir_look (config->partial_folder, &partial));
  g_assert_null (train_for (corpus, config, 1));
  g_assert_true (bs_checkpoint_dir_look (config->partial_folder, &partial));
  g_assert_cmpuint (partial.n_done + partial.n_begun, ==, 1);
  config_set (config, "folds", "0-4");
  g_autoptr (BsRun) run = train_for (corpus, config, G_MAXINT);
  g_assert_cmpuint (run->folds->len, ==, MADE_N_FOLDS);
  g_assert_true (bs_checkpoint_dir_look (config->partial_folder, &partial));
  g_assert_cmpuint (partial.n_done, ==, MADE_N_FOLDS);
  g_assert_cmpuint (partial.n_begun, ==, 0);
  bs_checkpoint_dir_remove (config->partial_folder);
  g_assert_false (bs_checkpoint_dir_look (config->partial_folder, &partial));
}

static void
cancel_all_cb (double fraction, const char *message, gpointer cancellable)
{
  if (g_str_has_prefix (message, "All clips, epoch 2"))
    g_cancellable_cancel (cancellable);
}

static void
test_the_network_of_all_clips (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = config_new ("mlp-256", "official");
  config_set (config, "all-clips", "yes");
  config_set (config, "all-epochs", "4");
  g_autoptr (BsRun) whole = train_for (corpus, config, G_MAXINT);
  config->partial_folder = dup_partial ("all.partial");
  g_autofree char *path = bs_checkpoint_dir_dup_path (config->partial_folder, BS_FOLD_ALL_CLIPS);
  g_assert_null (bs_train (corpus, config, NULL, cancel_all_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autoptr (BsCheckpoint) stopped = bs_checkpoint_peek (path);
  g_assert_cmpint (stopped->stage, ==, BS_STAGE_AGAIN);
  g_assert_cmpint (stopped->trainer.epoch, ==, 3);
  g_assert_true (stopped->trainer.is_open);
  g_autoptr (BsRun) run = train_for (corpus, config, G_MAXINT);
  assert_same_run (whole, run);
  g_autoptr (BsCheckpoint) done = bs_checkpoint_peek (path);
  g_assert_cmpint (done->stage, ==, BS_STAGE_DONE);
  g_autoptr (BsRun) again = train_for (corpus, config, G_MAXINT);
  assert_same_run (whole, again);
}

/* What a training says of the checkpoint that it finds. */
static void
assert_refused (BsCorpus *corpus, const BsTrainConfig *config, BsError code, const char *said)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bs_train (corpus, config, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, BS_ERROR, (int) code);
  if (strstr (error->message, said) == NULL || strstr (error->message, ".checkpoint") == NULL)
    g_error ("'%s' does not hold '%s'", error->message, said);
}

/* Numbers that no training has, in a file whose sum is right. */
static void
assert_impossible_fields_are_refused (BsCorpus *corpus, const BsTrainConfig *config,
                                      const char *path, const char *bytes, gsize length)
{
  /* Bytes of the head: fold, threads, stage, epoch, whether it is open. */
  const struct {
    gsize at;
    gint64 value;
  } cases[] = { { 160, 99 },        { 168, -1 }, { 176, 3 }, { 176, -1 },
                { 184, 1LL << 40 }, { 184, -5 }, { 192, 2 } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *changed = g_memdup2 (bytes, length);
    memcpy (changed + cases[i].at, &cases[i].value, sizeof cases[i].value);
    guint64 sum = bs_file_sum (0, changed, length - sizeof sum);
    memcpy (changed + length - sizeof sum, &sum, sizeof sum);
    g_assert_true (bs_file_write (path, changed, length, NULL));
    assert_refused (corpus, config, BS_ERROR_SYNTAX, "damaged");
  }
}

static void
test_other_checkpoints_are_refused (void)
{
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = config_new ("mlp-256", "official");
  g_autoptr (BsRun) whole = train_for (corpus, config, G_MAXINT);
  config->partial_folder = dup_partial ("refused.partial");
  config->checkpoint_every_s = 0;
  config_set (config, "folds", "0");
  g_assert_null (train_for (corpus, config, 2));
  config_set (config, "folds", "0-4");
  g_autofree char *path = bs_checkpoint_dir_dup_path (config->partial_folder, 0);
  g_autofree char *other = bs_checkpoint_dir_dup_path (config->partial_folder, 1);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  config_set (config, "seed", "43");
  assert_refused (corpus, config, BS_ERROR_VALUE, "seed");
  config_set (config, "seed", "42");
  config_set (config, "threads", "1");
  assert_refused (corpus, config, BS_ERROR_VALUE, "2 threads");
  config->any_threads = TRUE;
  g_autoptr (BsRun) run = train_for (corpus, config, G_MAXINT);
  assert_same_run (whole, run);

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (bs_file_write (other, bytes, length, NULL));
  assert_refused (corpus, config, BS_ERROR_VALUE, "other settings");
  g_unlink (other);
  for (gsize cut = 0; cut < length; cut += length / 7) {
    g_assert_true (bs_file_write (path, bytes, cut, NULL));
    assert_refused (corpus, config, BS_ERROR_SYNTAX, "cut off");
  }
  for (gsize at = 0; at < length; at += length / 9) {
    bytes[at] ^= 4;
    g_assert_true (bs_file_write (path, bytes, length, NULL));
    assert_refused (corpus, config, BS_ERROR_SYNTAX, "damaged");
    bytes[at] ^= 4;
  }
  assert_impossible_fields_are_refused (corpus, config, path, bytes, length);
  g_assert_true (bs_file_write (path, bytes, length, NULL));
  g_autoptr (BsRun) good = train_for (corpus, config, G_MAXINT);
  assert_same_run (whole, good);
}

static void
test_other_features_are_refused (void)
{
  MadeCorpus made = MADE_CORPUS_PLAIN;
  made.bad_clip = 3;
  made.bad_value = 40;
  g_autoptr (TestFolder) changed = made_corpus_write (&made);
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsCorpus) other = made_corpus_open (changed);
  g_autoptr (BsTrainConfig) config = config_new ("mlp-256", "official");
  config->partial_folder = dup_partial ("features.partial");
  config->checkpoint_every_s = 0;
  config_set (config, "folds", "1");
  g_assert_null (train_for (corpus, config, 1));
  assert_refused (other, config, BS_ERROR_VALUE, "other features");
}

static void
test_a_checkpoint_that_cannot_be_written_is_said (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = made_corpus_open (folder);
  g_autoptr (BsTrainConfig) config = config_new ("mlp-256", "official");
  test_folder_write (folder, "a-file", "");
  config->partial_folder = g_strdup (test_folder_path (folder, "a-file/partial"));
  g_assert_null (bs_train (corpus, config, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_FILE);
}

typedef struct {
  const char *partial_folder;
  gboolean was_there;
} Seen;

static void
look_cb (double fraction, const char *message, gpointer user_data)
{
  Seen *seen = user_data;
  seen->was_there |= bs_checkpoint_dir_look (seen->partial_folder, NULL);
}

/* Fold 0 is trained on the clip that fold 1 cannot be judged on. */
static void
test_what_left_the_numbers_leaves_nothing (void)
{
  MadeCorpus made = MADE_CORPUS_PLAIN;
  made.bad_clip = 40;
  made.bad_value = 3e38f;
  g_autoptr (GError) error = NULL;
  g_autoptr (TestFolder) bad = made_corpus_write (&made);
  g_autoptr (BsCorpus) corpus = made_corpus_open (bad);
  g_autoptr (BsTrainConfig) config = config_new ("mlp-256", "official");
  config_set (config, "encoders", "Face");
  config_set (config, "folds", "0-1");
  config_set (config, "threads", "1");
  config->partial_folder = dup_partial ("numbers.partial");
  Seen seen = { config->partial_folder, FALSE };
  g_assert_null (bs_train (corpus, config, NULL, look_cb, &seen, NULL, &error));
  g_assert_error (error, BS_ERROR, BS_ERROR_NUMERIC);
  g_assert_true (seen.was_there);
  g_assert_false (bs_checkpoint_dir_look (config->partial_folder, NULL));
}

int
main (int argc, char **argv)
{
  static const char *const models[] = { "mlp-256", "attention-pool", "mlp-1024-512",
                                        "concatenation" };
  g_test_init (&argc, &argv, NULL);
  folder = made_corpus_write (&MADE_CORPUS_PLAIN);
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++) {
    g_autofree char *name = g_strdup_printf ("/resume/pieces/%s", models[i]);
    g_test_add_data_func (name, models[i], test_pieces);
  }
  g_test_add_func ("/resume/no-epoch-twice", test_no_epoch_is_trained_twice);
  g_test_add_func ("/resume/second-training", test_the_second_training_is_stopped);
  for (gsize i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("/resume/within/%s", models[i]);
    g_test_add_data_func (name, models[i], test_a_stop_within_an_epoch);
  }
  g_test_add_func ("/resume/partial", test_a_partial_says_how_far_it_came);
  g_test_add_func ("/resume/all-clips", test_the_network_of_all_clips);
  g_test_add_func ("/resume/refused", test_other_checkpoints_are_refused);
  g_test_add_func ("/resume/features", test_other_features_are_refused);
  g_test_add_func ("/resume/unwritable", test_a_checkpoint_that_cannot_be_written_is_said);
  g_test_add_func ("/resume/numbers", test_what_left_the_numbers_leaves_nothing);
  int status = g_test_run ();
  test_folder_free (folder);
  return status;
}
