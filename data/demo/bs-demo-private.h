/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/demo/bs-demo-plan.h"
#include "data/demo/voice/bs-demo-score.h"
#include "data/format/bs-folder-lock.h"

G_BEGIN_DECLS

struct _BsDemo {
  gatomicrefcount n_refs;
  BsDemoSize size;
  guint64 seed;
  BsDemoPlan *plan;
  BsDemoActor *cast; /* one for each of the plan's actors */
  GMutex mutex;
  BsFolderLock *lock; /* (nullable): on the folder that was written to; guarded by the mutex */
};

/**
 * BsDemoTaskFunc:
 * @index: which of the tasks
 * @user_data: what the caller gave
 * @error: set where it fails
 *
 * One of many tasks that do not depend on each other.
 *
 * Returns: whether it was done
 */
typedef gboolean (*BsDemoTaskFunc) (gsize index, gpointer user_data, GError **error);

gboolean bs_demo_run_tasks (gsize n, int n_threads, BsDemoTaskFunc func, gpointer func_data,
                            const char *message, BsProgressFunc progress, gpointer user_data,
                            GCancellable *cancellable, GError **error);
#define BS_DEMO_BYTES_PER_FRAME 3300 /* of a drawn clip, half of them sound */

GString *bs_demo_describe_training_clips (const BsDemo *self);
const char *bs_demo_clips_name (gboolean is_test);
gboolean bs_demo_claim (const BsDemo *self, const char *folder, GError **error);
gboolean bs_demo_make_folder_of_clips (const char *folder, const char *name, GError **error);
BsDemoScore *bs_demo_make_score (const BsDemo *self, const BsClip *clip);
gint16 *bs_demo_make_sound (const BsDemo *self, const BsClip *clip, const BsDemoScore *score,
                            gsize *n_samples);
gboolean bs_demo_clip_encode (const char *path, const BsDemoLook *look, const BsDemoScore *score,
                              const gint16 *samples, gsize n_samples, GCancellable *cancellable,
                              GError **error);

G_END_DECLS
