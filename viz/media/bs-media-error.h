/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsMediaError:
 * @BS_MEDIA_ERROR_MISSING: the clip, or the sound or picture asked of it, is not there
 * @BS_MEDIA_ERROR_DAMAGED: the bytes are not those of a clip, or stop being so
 * @BS_MEDIA_ERROR_UNSUPPORTED: a format for which no decoder is installed
 * @BS_MEDIA_ERROR_FAILED: reading or decoding failed otherwise
 *
 * What a clip can cause. Messages are one sentence that begins with the clip's file name. This
 * folder knows nothing of data/, so the codes of BS_ERROR are not available to it.
 */
typedef enum {
  BS_MEDIA_ERROR_MISSING,
  BS_MEDIA_ERROR_DAMAGED,
  BS_MEDIA_ERROR_UNSUPPORTED,
  BS_MEDIA_ERROR_FAILED,
} BsMediaError;

#define BS_MEDIA_ERROR (bs_media_error_quark ())

GQuark bs_media_error_quark (void);

G_END_DECLS
