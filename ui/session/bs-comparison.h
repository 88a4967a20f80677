/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-worker.h"
#include "data/run/bs-run.h"

G_BEGIN_DECLS

/**
 * BsCompared:
 * @values: (array zero-terminated=1): of each key of the comparison; empty where a run does not say
 * @run: (nullable): %NULL as long as it is not trained
 * @job: (nullable): what trains it, or did
 * @problem: (nullable): why it was not trained
 *
 * A run among others, or one that is to come.
 */
typedef struct {
  char **values;
  BsRun *run;
  BsJob *job;
  char *problem;
} BsCompared;

/**
 * BsComparison:
 * @keys: (array zero-terminated=1): settings in which the runs differ
 * @entries: (element-type BsCompared): in the order that they were named
 * @is_grid: whether they were queued together
 *
 * Runs side by side. Main thread.
 */
typedef struct {
  char **keys;
  GPtrArray *entries;
  gboolean is_grid;
} BsComparison;

BsComparison *bs_comparison_new (char **keys, gboolean is_grid);
BsComparison *bs_comparison_new_of_runs (const GPtrArray *runs);
void bs_comparison_free (BsComparison *self);
void bs_comparison_add (BsComparison *self, char **values, BsRun *run, BsJob *job);
guint bs_comparison_n_done (const BsComparison *self);
gboolean bs_comparison_is_at_work (const BsComparison *self);
const char *bs_compared_state (const BsCompared *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsComparison, bs_comparison_free)

G_END_DECLS
