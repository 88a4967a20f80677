/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/decision/bs-metrics.h"

G_BEGIN_DECLS

/**
 * BsThresholdSetting:
 * @thresholds: the pair of each fold, and of clips without one
 * @protocol: the #BsProtocol that gave them, or -1 where they were set by hand
 *
 * What a person goes back to: numbers, with where they came from.
 */
typedef struct {
  BsThresholds thresholds;
  int protocol;
} BsThresholdSetting;

/**
 * BsThresholdHistory:
 * @undo: (element-type BsThresholdSetting): earlier settings, oldest first
 * @redo: (element-type BsThresholdSetting): settings that were taken back, the next one last
 * @last_us: when the last change of a gesture came, or 0 where the next begins another
 *
 * Steps back and forth between settings. Owned by one object, on one thread.
 */
typedef struct {
  GArray *undo;
  GArray *redo;
  gint64 last_us;
} BsThresholdHistory;

void bs_threshold_history_init (BsThresholdHistory *self);
void bs_threshold_history_clear (BsThresholdHistory *self);
void bs_threshold_history_forget (BsThresholdHistory *self);
void bs_threshold_history_remember (BsThresholdHistory *self, const BsThresholdSetting *before,
                                    gint64 now_us);
void bs_threshold_history_end_gesture (BsThresholdHistory *self);
gboolean bs_threshold_history_undo (BsThresholdHistory *self, BsThresholdSetting *setting);
gboolean bs_threshold_history_redo (BsThresholdHistory *self, BsThresholdSetting *setting);

G_END_DECLS
