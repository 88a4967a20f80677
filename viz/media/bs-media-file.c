/* SPDX-License-Identifier: MIT */
/* What all readers of clips share: whether the file can be a clip at all, and GStreamer's errors as
 * one sentence. */
#include "viz/media/bs-media-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "viz/media/bs-media-error.h"

/**
 * bs_media_error_quark:
 *
 * Not by G_DEFINE_QUARK(), which keeps it in a variable without a lock. Any thread.
 *
 * Returns: the domain
 */
GQuark
bs_media_error_quark (void)
{
  return g_quark_from_static_string ("bs-media-error-quark");
}

/**
 * bs_media_start:
 *
 * Starts GStreamer where it is not running yet. Any thread.
 */
void
bs_media_start (void)
{
  static gsize once = 0;
  if (g_once_init_enter (&once)) {
    gst_init (NULL, NULL);
    g_once_init_leave (&once, 1);
  }
}

/**
 * bs_media_file_name:
 * @path: a clip's place
 *
 * Returns: (transfer full): the file's name as it is shown in messages
 */
char *
bs_media_file_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  return g_filename_display_name (base);
}

/**
 * bs_media_file_check:
 * @path: a clip's place
 * @error: where to put an error
 *
 * Finds what can be said before a decoder is asked. A pipe or a device would keep the reader
 * waiting for ever, hence regular files alone. Blocks as long as the file system does.
 */
gboolean
bs_media_file_check (const char *path, GError **error)
{
  g_autofree char *name = bs_media_file_name (path);
  GStatBuf status;
  if (g_stat (path, &status) != 0) {
    int reason = errno;
    if (reason == ENOENT || reason == ENOTDIR)
      g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_MISSING,
                   _ ("%s: the file does not exist."), name);
    else
      g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_FAILED, _ ("%s: cannot be opened (%s)."),
                   name, g_strerror (reason));
    return FALSE;
  }
  if (!S_ISREG (status.st_mode)) {
    g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_DAMAGED, _ ("%s: is not a file."), name);
    return FALSE;
  }
  if (status.st_size == 0) {
    g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_DAMAGED, _ ("%s: the file is empty."), name);
    return FALSE;
  }
  if (g_access (path, R_OK) != 0) {
    g_set_error (error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_FAILED, _ ("%s: cannot be opened (%s)."),
                 name, g_strerror (errno));
    return FALSE;
  }
  return TRUE;
}

static BsMediaError
classify (const GError *problem, const char **what)
{
  if (g_error_matches (problem, GST_STREAM_ERROR, GST_STREAM_ERROR_TYPE_NOT_FOUND) ||
      g_error_matches (problem, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE)) {
    *what = "is not a clip that can be read";
    return BS_MEDIA_ERROR_DAMAGED;
  }
  if (g_error_matches (problem, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND) ||
      g_error_matches (problem, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN)) {
    *what = "no decoder for it is installed";
    return BS_MEDIA_ERROR_UNSUPPORTED;
  }
  if (problem->domain == GST_STREAM_ERROR) {
    *what = "the file is damaged";
    return BS_MEDIA_ERROR_DAMAGED;
  }
  *what = "cannot be read";
  return BS_MEDIA_ERROR_FAILED;
}

/**
 * bs_media_error_from_message:
 * @path: the clip
 * @message: an error message of a pipeline that reads it
 *
 * Returns: (transfer full): a BS_MEDIA_ERROR of one sentence
 */
GError *
bs_media_error_from_message (const char *path, GstMessage *message)
{
  g_autoptr (GError) problem = NULL;
  gst_message_parse_error (message, &problem, NULL);
  g_autofree char *name = bs_media_file_name (path);
  g_autofree char *detail = g_strdup (problem->message);
  const char *what;
  BsMediaError code = classify (problem, &what);
  g_strdelimit (g_strchomp (detail), "\n", ' ');
  if (g_str_has_suffix (detail, "."))
    detail[strlen (detail) - 1] = '\0';
  return g_error_new (BS_MEDIA_ERROR, code, "%s: %s (%s).", name, what, detail);
}
