/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-corpus.h"
#include "data/run/bs-run.h"
#include "model/fusion/bs-late-fusion.h"
#include "ui/session/bs-job-queue.h"

G_BEGIN_DECLS

#define BS_TYPE_RUN_LIBRARY (bs_run_library_get_type ())
/**
 * BsRunLibrary:
 *
 * The runs of a corpus: found on disk, imported, fused, deleted. Main thread only.
 *
 * Properties:
 * - corpus (BsCorpus, read): whose runs they are, or %NULL
 * - runs (element-type BsRun, read): newest first; notified when the list is another, the pointer
 *   may be the same
 * - loading (boolean, read): whether they are still being looked for
 *
 * Signals, once the list is in place and before "runs" is told:
 * - ready (BsRun, gboolean wanted): a run can be opened; it takes the place of an open one where it
 *   is wanted
 * - deleted (BsRun): it is gone from the list
 * - import-unclear (path, BsPredictions): somebody has to say what a file's numbers are, and then
 *   to call bs_run_library_import_as()
 */
G_DECLARE_FINAL_TYPE (BsRunLibrary, bs_run_library, BS, RUN_LIBRARY, GObject)

BsRunLibrary *bs_run_library_new (BsJobQueue *jobs);
void bs_run_library_set_corpus (BsRunLibrary *self, BsCorpus *corpus);
BsCorpus *bs_run_library_get_corpus (BsRunLibrary *self);
BsJobQueue *bs_run_library_get_jobs (BsRunLibrary *self);
gboolean bs_run_library_is_of (BsRunLibrary *self, BsCorpus *corpus);
GPtrArray *bs_run_library_get_runs (BsRunLibrary *self);
gboolean bs_run_library_is_loading (BsRunLibrary *self);
char *bs_run_library_dup_folder (BsRunLibrary *self);
void bs_run_library_add (BsRunLibrary *self, BsRun *run, gboolean is_wanted);
void bs_run_library_delete (BsRunLibrary *self, BsRun *run);
gboolean bs_run_library_save (BsRun *run, const char *parent, GError **error);

void bs_run_library_import (BsRunLibrary *self, const char *path);
void bs_run_library_import_as (BsRunLibrary *self, const char *path, BsPredictionsKind kind);
void bs_run_library_fuse (BsRunLibrary *self, GPtrArray *runs, BsFusionProtocol protocol);

G_END_DECLS
