/* SPDX-License-Identifier: MIT */
/* blendscope-cli clip: what the player sees of a clip, and the picture it shows at an index. */
#include "app/cli/bs-cli-clip.h"

#include <cairo.h>
#include <glib/gi18n.h>
#include <string.h>

#include "app/cli/common/bs-cli.h"
#include "data/base/bs-error.h"
#include "data/format/bs-file.h"
#include "data/format/bs-json.h"
#include "viz/media/bs-media-error.h"
#include "viz/media/bs-waveform.h"

/* No picture is larger; that any size is named makes pixels square. */
#define MAX_SIZE_PX 32767

typedef struct {
  const char *path;
  gboolean json;
  int frame;
  BsCliWay way;
  const char *out;
} Wish;

/* What the player sees *********************************************************/

static double
sound_s (BsPlayer *player, const char *path)
{
  if (!bs_player_has_sound (player))
    return 0;
  g_autoptr (BsWaveform) sound = bs_waveform_new (path, 1, NULL, NULL);
  return sound != NULL ? sound->sound_s : 0;
}

static void
add_times (cJSON *object, BsPlayer *player)
{
  cJSON *times = cJSON_AddArrayToObject (object, "times_s");
  int n = bs_player_get_n_frames (player);
  gint64 first = n > 0 ? bs_player_get_frame_time_ns (player, 0) : 0;
  for (int i = 0; i < n; i++)
    bs_json_append_double (times, (double) (bs_player_get_frame_time_ns (player, i) - first) / 1e9);
}

static char *
to_json (BsPlayer *player, const char *path)
{
  g_autoptr (cJSON) object = cJSON_CreateObject ();
  BsFrame *frame = bs_player_get_frame (player);
  gboolean mirrored = FALSE;
  cJSON_AddNumberToObject (object, "n_frames", bs_player_get_n_frames (player));
  cJSON_AddNumberToObject (object, "width", frame != NULL ? frame->width_px : 0);
  cJSON_AddNumberToObject (object, "height", frame != NULL ? frame->height_px : 0);
  cJSON_AddNumberToObject (object, "rotation", bs_player_get_orientation (player, &mirrored));
  cJSON_AddBoolToObject (object, "mirrored", mirrored);
  bs_json_add_double (object, "sound_s", sound_s (player, path));
  cJSON *list = cJSON_AddArrayToObject (object, "notices");
  const GPtrArray *notices = bs_player_get_notices (player);
  for (guint i = 0; i < notices->len; i++)
    cJSON_AddItemToArray (list, cJSON_CreateString (g_ptr_array_index (notices, i)));
  add_times (object, player);
  return bs_json_to_text (object);
}

static void
append_text (GString *out, BsPlayer *player, const char *path)
{
  BsFrame *frame = bs_player_get_frame (player);
  int n = bs_player_get_n_frames (player);
  g_string_append_printf (out, "frames    %d\n", n);
  if (n > 0)
    g_string_append_printf (out, "times     %.3f s to %.3f s\n",
                            (double) bs_player_get_frame_time_ns (player, 0) / 1e9,
                            (double) bs_player_get_frame_time_ns (player, n) / 1e9);
  if (frame != NULL)
    g_string_append_printf (out, "picture   %d x %d\n", frame->width_px, frame->height_px);
  g_string_append_printf (out, "sound     %.3f s\n", sound_s (player, path));
  const GPtrArray *notices = bs_player_get_notices (player);
  for (guint i = 0; i < notices->len; i++)
    g_string_append_printf (out, "notice    %s\n", (const char *) g_ptr_array_index (notices, i));
}

static BsCliStatus
print_clip (BsPlayer *player, const Wish *wish)
{
  g_autoptr (GString) out = g_string_new (NULL);
  if (wish->json) {
    g_autofree char *text = to_json (player, wish->path);
    g_string_append (out, text);
  } else {
    append_text (out, player, wish->path);
  }
  return bs_cli_print (out);
}

/* Its picture ******************************************************************/

static cairo_status_t
append_bytes (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
write_still (const BsFrame *frame, const char *out, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
    (guchar *) frame->pixels, CAIRO_FORMAT_RGB24, frame->width_px, frame->height_px, frame->stride);
  cairo_status_t status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return bs_file_write (out, bytes->data, bytes->len, error);
  g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("%s: cannot be drawn: %s"), out,
               cairo_status_to_string (status));
  return FALSE;
}

static BsCliStatus
save_frame (BsPlayer *player, const Wish *wish)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_filename_display_basename (wish->path);
  int n = bs_player_get_n_frames (player);
  if (wish->frame >= n) {
    g_set_error (&error, BS_MEDIA_ERROR, BS_MEDIA_ERROR_MISSING,
                 n > 0 ? _ ("%s: there is no frame %d, expected 0 to %d.")
                       : _ ("%s: there is no frame %d, the clip has no picture."),
                 name, wish->frame, n - 1);
    return bs_cli_fail (error);
  }
  if (!bs_cli_clip_go (player, wish->frame, wish->way, &error)) {
    g_prefix_error (&error, "%s: ", name);
    return bs_cli_fail (error);
  }
  if (!write_still (bs_player_get_frame (player), wish->out, &error))
    return bs_cli_fail (error);
  return BS_CLI_DONE;
}

/* The command ******************************************************************/

static BsCliStatus
show_clip (const Wish *wish)
{
  g_autoptr (GError) error = NULL;
  /* Nothing is played, so that no sound device is asked for. */
  g_setenv ("BLENDSCOPE_AUDIO_SINK", "fakesink sync=true", FALSE);
  g_autoptr (BsPlayer) player = bs_player_new ();
  bs_player_set_max_size (player, MAX_SIZE_PX, MAX_SIZE_PX);
  if (!bs_cli_clip_open (player, wish->path, &error))
    return bs_cli_fail (error);
  if (wish->frame < 0)
    return print_clip (player, wish);
  BsCliStatus status = save_frame (player, wish);
  return status == BS_CLI_DONE && wish->json ? print_clip (player, wish) : status;
}

static gboolean
read_way (const char *word, BsCliWay *way)
{
  static const char *const words[] = { "seek", "forward", "back", NULL };
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (word, words[i]) == 0) {
      *way = (BsCliWay) i;
      return TRUE;
    }
  return FALSE;
}

/**
 * bs_cli_clip:
 * @argc: number of words
 * @argv: "clip", the file and options
 *
 * Returns: the exit status
 */
BsCliStatus
bs_cli_clip (int argc, char **argv)
{
  g_autofree char *format = NULL, *frame = NULL, *way = NULL, *out = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("how it is written (text)"), "text|json" },
    { "frame", 0, 0, G_OPTION_ARG_STRING, &frame, N_ ("a frame to be saved, from 0"), "N" },
    { "way", 0, 0, G_OPTION_ARG_STRING, &way, N_ ("how the frame is reached (seek)"),
      "seek|back|forward" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, N_ ("where the frame is saved"), "STILL.png" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("clip", "FILE");
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse (context, &argc, &argv, 1);
  if (status != BS_CLI_DONE)
    return status;
  Wish wish = { .path = argv[1], .frame = -1, .way = BS_CLI_WAY_SEEK, .out = out };
  gint64 number = 0;
  wish.json = g_strcmp0 (format, "json") == 0;
  if (format != NULL && !wish.json && strcmp (format, "text") != 0)
    return bs_cli_usage_error (_ ("--format %s: expected text or json"), format);
  if (frame != NULL && !g_ascii_string_to_signed (frame, 10, 0, G_MAXINT, &number, NULL))
    return bs_cli_usage_error (_ ("--frame %s: expected a whole number from 0"), frame);
  if (way != NULL && !read_way (way, &wish.way))
    return bs_cli_usage_error (_ ("--way %s: expected seek, back or forward"), way);
  if ((frame != NULL) != (out != NULL) || (way != NULL && frame == NULL))
    return bs_cli_usage_error (_ ("--frame and --out belong together, and --way to them"));
  if (frame != NULL)
    wish.frame = (int) number;
  return show_clip (&wish);
}
