/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/features/bs-samples.h"

G_BEGIN_DECLS

/**
 * BsWindows:
 * @clip: index into the metadata
 * @clip_s: how long the clip is
 * @window_s: how long a window is
 * @n: number of windows
 * @centre_s: (array length=n): middle of each, from the clip's start
 *
 * Windows laid over a clip (DEFINITIONS, Over time). Borrows everything.
 */
typedef struct {
  gsize clip;
  double clip_s;
  double window_s;
  gsize n;
  const double *centre_s;
} BsWindows;

BsSequence *bs_windows_open_sequence (BsCorpus *corpus, const BsTrainConfig *config,
                                      const char *name, gsize clip, GError **error);
BsSamples *bs_samples_new_windows (BsCorpus *corpus, const BsTrainConfig *config,
                                   const BsWindows *windows, GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
