/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-corpus.h"
#include "data/demo/bs-demo.h"
#include "data/run/bs-run.h"
#include "model/config/bs-train-grid.h"
#include "model/fusion/bs-late-fusion.h"
#include "model/training/bs-train.h"
#include "ui/session/bs-comparison.h"
#include "ui/session/bs-filter.h"
#include "ui/session/bs-job-queue.h"
#include "ui/session/bs-threshold-state.h"

G_BEGIN_DECLS

#define BS_TYPE_WORKSPACE (bs_workspace_get_type ())
/**
 * BsWorkspace:
 *
 * What is open: corpus, runs, filter, clip, and the objects that belong to them. Views listen to
 * these and never to each other. Main thread only.
 *
 * Signals, each without arguments unless said:
 * - corpus-changed: another corpus, or the same one with more in it; filter and clip were kept
 *   where they still make sense
 * - runs-changed: the list of runs, or what is known of one
 * - run-changed: another run is open
 * - filter-changed: the filter is another, or the decisions that it asks for; the list follows
 *   before the next frame
 * - order-changed: the list has other clips, or in another order
 * - clip-changed: another clip is chosen
 * - comparison-changed: other runs are compared, or one of a grid came to its end
 * - epoch (BsEpoch pointer): the training that runs finished an epoch
 */
G_DECLARE_FINAL_TYPE (BsWorkspace, bs_workspace, BS, WORKSPACE, GObject)

BsWorkspace *bs_workspace_new (void);

/* corpus */
void bs_workspace_open_folder (BsWorkspace *self, const char *folder);
void bs_workspace_open_demo (BsWorkspace *self, const char *folder);
gboolean bs_workspace_is_opening (BsWorkspace *self);
BsCorpus *bs_workspace_get_corpus (BsWorkspace *self);
BsMetadata *bs_workspace_get_metadata (BsWorkspace *self);
BsDemo *bs_workspace_get_demo (BsWorkspace *self);
gboolean bs_workspace_is_drawing_stopped (BsWorkspace *self);
const char *bs_workspace_get_problem (BsWorkspace *self);

/* run */
GPtrArray *bs_workspace_get_runs (BsWorkspace *self);
BsRun *bs_workspace_get_run (BsWorkspace *self);
void bs_workspace_open_run (BsWorkspace *self, BsRun *run);
void bs_workspace_import_predictions (BsWorkspace *self, const char *path);
void bs_workspace_import_predictions_as (BsWorkspace *self, const char *path,
                                         BsPredictionsKind kind);
void bs_workspace_train (BsWorkspace *self, const BsTrainConfig *config);
void bs_workspace_fuse (BsWorkspace *self, GPtrArray *runs, BsFusionProtocol protocol);
gboolean bs_workspace_is_training (BsWorkspace *self);
const BsTrainConfig *bs_workspace_get_training (BsWorkspace *self, char **message);
void bs_workspace_delete_run (BsWorkspace *self, BsRun *run);
void bs_workspace_train_grid (BsWorkspace *self, const BsTrainGrid *grid);
void bs_workspace_stop_grid (BsWorkspace *self);
void bs_workspace_compare (BsWorkspace *self, GPtrArray *runs);
void bs_workspace_close_comparison (BsWorkspace *self);
const BsComparison *bs_workspace_get_comparison (BsWorkspace *self);

/* what it hands out */
BsJobQueue *bs_workspace_get_jobs (BsWorkspace *self);
BsThresholdState *bs_workspace_get_thresholds (BsWorkspace *self);

/* selection */
const BsFilter *bs_workspace_get_filter (BsWorkspace *self);
gboolean bs_workspace_accepts (BsWorkspace *self, gsize clip, const char *haystack);
void bs_workspace_set_filter (BsWorkspace *self, const BsFilter *filter);
int bs_workspace_get_clip (BsWorkspace *self);
void bs_workspace_set_clip (BsWorkspace *self, int clip);
int bs_workspace_get_neighbour (BsWorkspace *self, int by);
gboolean bs_workspace_move_clip (BsWorkspace *self, int by);
void bs_workspace_set_order (BsWorkspace *self, const guint32 *clips, gsize n);

G_END_DECLS
