/* SPDX-License-Identifier: MIT */
#include "viz/media/bs-media-info.h"

#include "viz/media/bs-media-reader.h"

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
  g_autoptr (BsMediaReader) reader = bs_media_reader_new (path, BS_MEDIA_PICTURE, NULL, error);
  if (!reader || !bs_media_reader_start (reader, cancellable, error))
    return FALSE;
  bs_media_reader_get_info (reader, info);
  return TRUE;
}
