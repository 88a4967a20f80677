/* SPDX-License-Identifier: MIT */
#include "viz/media/bs-media-info.h"

#include "viz/media/bs-media-scan.h"

/**
 * bs_media_info_read:
 * @path: the clip
 * @info: (out): what the clip says about itself
 * @cancellable: (nullable): ends it early
 * @error: where to put a BS_MEDIA_ERROR
 *
 * Reads a clip's headers. Blocks for some ten milliseconds; worker threads only.
 */
gboolean
bs_media_info_read (const char *path, BsMediaInfo *info, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL && info != NULL, FALSE);
  return bs_media_scan (path, FALSE, NULL, NULL, info, cancellable, error);
}
