/* SPDX-License-Identifier: MIT */
/* Steps of training on batches of sequences, timed. */
#pragma once

#include "model/network/bs-adam.h"
#include "model/network/bs-network-spec.h"
#include "tests/bench/bench.h"

#define BENCH_SAMPLES 64
#define BENCH_POSITIONS 64 /* L' */
#define BENCH_MAX_THREADS 2

/**
 * BenchData:
 *
 * Sequences of noise. Full ones have BENCH_POSITIONS rows; the others 16 or 4 in turn, as the
 * features have that come from whole clips.
 */
typedef struct {
  BsReal *rows[BS_BATCH_MAX_MODALITIES];
  gsize offsets[BS_BATCH_MAX_MODALITIES][BENCH_SAMPLES + 1];
  BsBatch batch;
} BenchData;

/**
 * BenchLearner:
 *
 * A network in training: forward, KL, backward, Adam.
 */
typedef struct {
  BsNetwork *network;
  BsPass *pass;
  BsAdam *adam;
  BsRandom random;
  float targets[BENCH_SAMPLES * 6];
} BenchLearner;

/**
 * BenchSpeed:
 * @step_s: seconds of the best step
 * @products_s: of its own sgemm calls alone, the best of as many turns
 */
typedef struct {
  double step_s;
  double products_s;
} BenchSpeed;

void bench_data_init (BenchData *self, guint n_modalities, const gsize *widths, gboolean is_full);
void bench_data_clear (BenchData *self);

void bench_learner_init (BenchLearner *self, const BsNetworkSpec *spec, guint n_threads);
void bench_learner_step (BenchLearner *self, const BsBatch *batch);
void bench_learner_clear (BenchLearner *self);

BenchSpeed bench_speed (BenchFunc step, gpointer data, int n_steps);
void bench_speed_report (const BenchSpeed *self, guint n_threads, double limit);
