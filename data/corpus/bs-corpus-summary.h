/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-corpus.h"

G_BEGIN_DECLS

#define BS_N_RATIOS 3 /* 30/70, 50/50, 70/30 of the first emotion to the second */

/**
 * BsDurations:
 * @n: clips whose length is known
 * @total_s: their sum
 * @min_s: the shortest
 * @max_s: the longest
 * @bins: (array): counts over [i, i + 1) times the summary's bin
 *
 * Lengths of a kind of clip.
 */
typedef struct {
  gsize n;
  double total_s;
  double min_s;
  double max_s;
  gsize *bins;
} BsDurations;

/**
 * BsGenderCount:
 * @letter: 'm', 'f', another, or 0 where the table has none
 * @n_clips: clips
 * @n_actors: actors, by their first clip
 */
typedef struct {
  char letter;
  gsize n_clips;
  gsize n_actors;
} BsGenderCount;

/**
 * BsCorpusSummary:
 * @n_train: clips of the training part
 * @n_test: clips of the test part
 * @n_labelled: clips with a label
 * @n_files: clips whose file was there
 * @classes: labelled clips by class
 * @ratios: blends by ratio
 * @n_folds: folds
 * @folds: clips by fold
 * @fold_blends: blends by fold
 * @fold_actors: actors by fold
 * @fold_classes: labelled clips by fold and class
 * @n_actors: actors
 * @actors: (array length=n_actors): clips by actor
 * @actor_folds: (array): n_actors x n_folds clips
 * @genders: (array length=n_genders): by gender, the most frequent first
 * @n_genders: different letters
 * @bin_s: width of a bin of the durations
 * @n_bins: bins, shared by both kinds
 * @singles: lengths of singles
 * @blends: lengths of blends
 *
 * What `info` prints and the corpus view draws (the dataset paper's figures 2 and 3).
 */
typedef struct {
  gsize n_train;
  gsize n_test;
  gsize n_labelled;
  gsize n_files;
  gsize classes[BS_N_CLASSES];
  gsize ratios[BS_N_RATIOS];
  int n_folds;
  gsize folds[BS_MAX_FOLDS];
  gsize fold_blends[BS_MAX_FOLDS];
  gsize fold_actors[BS_MAX_FOLDS];
  gsize fold_classes[BS_MAX_FOLDS][BS_N_CLASSES];
  gsize n_actors;
  gsize *actors;
  gsize *actor_folds;
  BsGenderCount *genders;
  gsize n_genders;
  double bin_s;
  gsize n_bins;
  BsDurations singles;
  BsDurations blends;
} BsCorpusSummary;

BsCorpusSummary *bs_corpus_summary_new (const BsCorpus *corpus, GCancellable *cancellable,
                                        GError **error);
void bs_corpus_summary_free (BsCorpusSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsCorpusSummary, bs_corpus_summary_free)

G_END_DECLS
