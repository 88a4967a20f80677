/* SPDX-License-Identifier: MIT */
/* The peak of whole trainings of models over sequences, with the guide's defaults on the demo
 * corpus: five folds, reading, validation, judging and all. Beside it what no training can do
 * without:
 *
 *   weights       of every fold, since the run has them all, and of the branches of a fusion
 *   Adam's state  two moments of each fold at work
 *   activations   of a batch of each fold at work: the output of every operation, once; ReLU and
 *                 dropout, which can be done in place, and gradients are not counted
 *   features      the rows that are learnt from, which are read from disk when they are wanted
 *
 * Batches are drawn by chance and counted as the mean clip's rows times their size; positions that
 * temporal dropout takes away are counted as if they were there. */
#include <cblas.h>

#include "data/demo/bs-demo.h"
#include "model/features/bs-features.h"
#include "model/features/bs-samples.h"
#include "model/numeric/bs-blas.h"
#include "model/training/bs-model.h"
#include "model/training/bs-train.h"
#include "tests/bench/memory.h"
#include "tests/support/bs-test-folder.h"

#define N_FOLDS 5
#define N_ENCODERS 5
#define N_VALUES_OF_ADAM 2

static const char *const encoders[] = {
  "ImageBind", "VideoMAEv2", "WavLM_large", "HuBERT_large", "HiCMAE", NULL,
};

typedef struct {
  const char *folder; /* of the corpus */
  BsTrainConfig *config;
} Training;

/* In numbers of four bytes. */
typedef struct {
  double weights; /* of one fold */
  double activations; /* of one batch */
  double features; /* of all clips */
} Needs;

static void
check (gboolean done, const GError *error)
{
  if (!done)
    g_error ("%s", error->message);
}

static BsTrainConfig *
config_new (const char *model, const char *names, int n_threads)
{
  g_autoptr (GError) error = NULL;
  BsTrainConfig *self = bs_train_config_new ();
  check (bs_train_config_set (self, "model", model, &error) &&
           bs_train_config_set (self, "encoders", names, &error),
         error);
  self->n_epochs = 1;
  self->n_threads = n_threads;
  return self;
}

/* A transformer's, of @n_rows rows whose sequences have @n_weights pairs of rows: q, k, v, what
 * attention gives, its map, both normalisations, the inner row, the outer one. */
static double
count_encoder (const BsNetworkSpec *spec, double width, double n_rows, double n_pairs)
{
  double of_row = 8 * width + (double) spec->n_inner;
  return spec->n_layers * (of_row * n_rows + spec->n_heads * n_pairs);
}

/* A bidirectional LSTM's, of @n_rows rows: these in the order of time, and either way four gates,
 * the cell, its hyperbolic tangent and the state. */
static double
count_lstm (const BsNetworkSpec *spec, double width, double n_rows)
{
  return (width + 2 * 7 * (double) spec->n_inner) * n_rows;
}

static Needs
count (const Training *training)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = bs_corpus_open (training->folder, NULL, &error);
  check (corpus != NULL, error);
  g_autoptr (BsSamples) samples =
    bs_samples_load (corpus, training->config, BS_CLIPS_TRAINING, NULL, NULL, NULL, &error);
  check (samples != NULL, error);
  BsNetworkSpec spec = bs_model_spec (training->config, samples->n_modalities, samples->widths);
  g_autoptr (BsNetwork) network = bs_network_new (&spec, &error);
  check (network != NULL, error);
  double n_rows = 0, n_pairs = 0, n_in = 0, n_mapped = 0;
  for (gsize i = 0; i < samples->n; i++) {
    double of_clip = 0;
    for (guint m = 0; m < samples->n_modalities; m++) {
      double n = (double) MIN (bs_samples_n_rows (samples, i, m), samples->length);
      n_in += n * (double) samples->widths[m];
      n_mapped += (double) (bs_samples_n_rows (samples, i, m) * samples->widths[m]);
      of_clip += n;
    }
    n_rows += of_clip;
    n_pairs += of_clip * of_clip;
  }
  double width = (double) (spec.width > 0 ? spec.width : samples->widths[0]);
  double layers = spec.kind == BS_NETWORK_BILSTM ? count_lstm (&spec, width, n_rows)
                                                 : count_encoder (&spec, width, n_rows, n_pairs);
  double share = training->config->batch_size / (double) samples->n;
  double projected = (double) spec.width * n_rows, ends = n_rows + spec.n_latent + spec.width;
  return (Needs){
    .weights = (double) network->n_values,
    .activations = share * (n_in + projected + layers + ends),
    .features = n_mapped,
  };
}

static void
train (gpointer user_data)
{
  const Training *training = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = bs_corpus_open (training->folder, NULL, &error);
  check (corpus != NULL, error);
  g_autoptr (BsRun) run = bs_train (corpus, training->config, NULL, NULL, NULL, NULL, &error);
  check (run != NULL, error);
}

static double
bytes_of (const Needs *needs, int n_threads)
{
  double at_work = N_VALUES_OF_ADAM * needs->weights + needs->activations;
  return sizeof (float) * (N_FOLDS * needs->weights + n_threads * at_work + needs->features);
}

static void
report (const char *what, Training *training, double needed_bytes)
{
  double growth = bench_peak_growth (train, training);
  g_autofree char *title =
    g_strdup_printf ("%s, %d fold%s at a time", what, training->config->n_threads,
                     training->config->n_threads > 1 ? "s" : "");
  bench_memory_report (title, growth, needed_bytes);
}

static void
report_branch (const char *folder, const char *model, int n_threads)
{
  Training training = { folder, config_new (model, "WavLM_large", n_threads) };
  g_autofree char *what = g_strdup_printf ("%s on WavLM", model);
  Needs needs = count (&training);
  report (what, &training, bytes_of (&needs, n_threads));
  bs_train_config_free (training.config);
}

/* Its joint branch is the largest thing that it trains; the weights of the other branches are there
 * meanwhile. What is learnt over the branches is small, and is not counted. */
static void
report_mixed (const char *folder, int n_threads)
{
  double weights = 0;
  for (guint i = 0; i < N_ENCODERS; i++) {
    Training branch = { folder, config_new ("attention-pool", encoders[i], n_threads) };
    weights += count (&branch).weights;
    bs_train_config_free (branch.config);
  }
  g_autofree char *all = g_strjoinv (",", (char **) encoders);
  Training joint = { folder, config_new ("attention", all, n_threads) };
  Needs needs = count (&joint);
  bs_train_config_free (joint.config);
  Training mixed = { folder, config_new ("mixed", all, n_threads) };
  report ("mixed on five encoders", &mixed,
          bytes_of (&needs, n_threads) + sizeof (float) * N_FOLDS * weights);
  bs_train_config_free (mixed.config);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, 1);
  bs_blas_hold (); /* one thread */
  setvbuf (stdout, NULL, _IOLBF, 0);
  check (bs_demo_write_metadata (demo, folder->path, &error) &&
           bs_demo_write_features (demo, folder->path, NULL, NULL, NULL, &error),
         error);
  printf ("whole trainings of five folds, an epoch each\n");
  for (int n_threads = 1; n_threads <= 2; n_threads++)
    report_branch (folder->path, "attention-pool", n_threads);
  report_branch (folder->path, "bilstm", 2);
  report_mixed (folder->path, 2);
  return 0;
}
