/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BsWaveform:
 * @n: number of columns
 * @low: (array length=n): smallest sample of each column, -1 to 1
 * @high: (array length=n): largest
 * @duration_s: when the sound ends
 * @sound_s: how long it is, without the gaps in it and before it
 *
 * The outline of a clip's sound.
 */
typedef struct {
  gsize n;
  float *low;
  float *high;
  double duration_s;
  double sound_s;
} BsWaveform;

BsWaveform *bs_waveform_new (const char *path, gsize n_columns, GCancellable *cancellable,
                             GError **error);
void bs_waveform_free (BsWaveform *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsWaveform, bs_waveform_free)

G_END_DECLS
