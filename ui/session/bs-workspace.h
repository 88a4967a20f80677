/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-corpus.h"
#include "data/run/bs-run.h"
#include "ui/session/bs-clip-maker.h"
#include "ui/session/bs-clip-selection.h"
#include "ui/session/bs-job-queue.h"
#include "ui/session/bs-run-library.h"
#include "ui/session/bs-threshold-state.h"
#include "ui/session/bs-training-queue.h"

G_BEGIN_DECLS

#define BS_TYPE_WORKSPACE (bs_workspace_get_type ())
/**
 * BsWorkspace:
 *
 * What is open, and the objects of the session that belong to it. Views listen to these and never
 * to each other. Main thread only.
 *
 * Properties, all read-only. Another corpus is one change: corpus, run, runs, filter, clip and
 * thresholds are told once all of them are in place.
 * - corpus (BsCorpus): what is open, or %NULL; the same corpus with more in it is another one
 * - run (BsRun): the open run, or %NULL
 * - clip-maker (BsClipMaker): what makes clips of the corpus that have no file, or %NULL
 * - opening (boolean): whether a corpus is on its way
 * - problem (string): why the last one could not be opened, or %NULL
 * - jobs (BsJobQueue), thresholds (BsThresholdState), selection (BsClipSelection),
 *   library (BsRunLibrary), training-queue (BsTrainingQueue): always the same
 */
G_DECLARE_FINAL_TYPE (BsWorkspace, bs_workspace, BS, WORKSPACE, GObject)

/**
 * BsPrepareFunc:
 * @folder: a folder, which need not be there
 * @error: return location
 *
 * Called in the worker before @folder is opened.
 *
 * Returns: whether there is a corpus now
 */
typedef gboolean (*BsPrepareFunc) (const char *folder, GError **error);

BsWorkspace *bs_workspace_new (void);
void bs_workspace_set_clip_maker_func (BsWorkspace *self, BsClipMakerFunc func);

void bs_workspace_open_folder (BsWorkspace *self, const char *folder);
void bs_workspace_open_prepared (BsWorkspace *self, const char *folder, BsPrepareFunc prepare);
gboolean bs_workspace_is_opening (BsWorkspace *self);
const char *bs_workspace_get_problem (BsWorkspace *self);
BsCorpus *bs_workspace_get_corpus (BsWorkspace *self);
BsMetadata *bs_workspace_get_metadata (BsWorkspace *self);
BsClipMaker *bs_workspace_get_clip_maker (BsWorkspace *self);
BsRun *bs_workspace_get_run (BsWorkspace *self);
void bs_workspace_open_run (BsWorkspace *self, BsRun *run);

BsJobQueue *bs_workspace_get_jobs (BsWorkspace *self);
BsThresholdState *bs_workspace_get_thresholds (BsWorkspace *self);
BsClipSelection *bs_workspace_get_selection (BsWorkspace *self);
BsRunLibrary *bs_workspace_get_library (BsWorkspace *self);
BsTrainingQueue *bs_workspace_get_training_queue (BsWorkspace *self);

G_END_DECLS
