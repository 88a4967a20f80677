/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

/* Shared by the workspace's files alone: state (bs-workspace.c), what is opened and made
 * (-open.c, -runs.c, -train.c, -compare.c, -fuse.c). */
struct _BsWorkspace {
  GObject parent_instance;

  BsJobQueue *jobs;
  BsThresholdState *thresholds;

  BsCorpus *corpus;
  BsDemo *demo;
  gboolean demo_has_features;
  char *problem;
  guint n_opening; /* corpora on their way: a later one displaces those before it */
  GPtrArray *trainings; /* queued or running */
  BsComparison *comparison; /* (nullable): the grid that was queued last, or runs side by side */
  int next_clip_to_draw;
  BsJob *drawing; /* of a clip of the open corpus */
  gboolean drawing_stopped; /* by the person, or by a full disk */

  GPtrArray *runs; /* of BsRun */
  BsRun *run;

  BsFilter filter;
  int clip;
  guint32 *order;
  gsize n_order;
};

typedef enum {
  BS_WORKSPACE_CORPUS_CHANGED,
  BS_WORKSPACE_RUNS_CHANGED,
  BS_WORKSPACE_RUN_CHANGED,
  BS_WORKSPACE_FILTER_CHANGED,
  BS_WORKSPACE_ORDER_CHANGED,
  BS_WORKSPACE_CLIP_CHANGED,
  BS_WORKSPACE_COMPARISON_CHANGED,
  BS_WORKSPACE_EPOCH,
  BS_WORKSPACE_IMPORT_UNCLEAR,
  BS_WORKSPACE_N_SIGNALS,
} BsWorkspaceSignal;

void bs_workspace_emit_unclear (BsWorkspace *self, const char *path, BsPredictions *unclear);
void bs_workspace_emit (BsWorkspace *self, BsWorkspaceSignal signal);
void bs_workspace_emit_epoch (BsWorkspace *self, const BsEpoch *epoch);
void bs_workspace_set_problem (BsWorkspace *self, const char *problem);
void bs_workspace_take_corpus (BsWorkspace *self, BsCorpus *corpus);
void bs_workspace_draw_remaining (BsWorkspace *self);
void bs_workspace_training_unref (gpointer data);
gboolean bs_workspace_has_open (BsWorkspace *self, BsCorpus *corpus);
char *bs_workspace_dup_runs_folder (BsWorkspace *self);
gboolean bs_workspace_save_run (BsRun *run, const char *parent, GError **error);
void bs_workspace_add_run (BsWorkspace *self, BsRun *run, gboolean opens);
void bs_workspace_load_runs (BsWorkspace *self);
void bs_workspace_complete_demo (BsWorkspace *self);
BsJob *bs_workspace_start_training (BsWorkspace *self, const BsTrainConfig *config,
                                    gboolean is_of_grid);
gboolean bs_workspace_tell_compared (BsWorkspace *self, BsJob *job, BsRun *run,
                                     const GError *error);
void bs_workspace_forget_compared (BsWorkspace *self, BsRun *run);

G_END_DECLS
