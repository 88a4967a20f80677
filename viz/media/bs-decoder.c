/* SPDX-License-Identifier: MIT */
/* Which of the installed elements decodes a format, and what to install where none does. */
#include "viz/media/bs-decoder.h"

#include <glib/gi18n.h>
#include <gst/pbutils/pbutils.h>

typedef struct {
  const char *format;
  const char *package;
} Home;

/* Debian's packages by the formats they decode; for all others it is libav. */
static const Home homes[] = {
  { "video/x-vp8", "gstreamer1.0-plugins-good" },
  { "video/x-vp9", "gstreamer1.0-plugins-good" },
  { "image/jpeg", "gstreamer1.0-plugins-good" },
  { "image/png", "gstreamer1.0-plugins-good" },
  { "audio/x-flac", "gstreamer1.0-plugins-good" },
  { "audio/x-alaw", "gstreamer1.0-plugins-good" },
  { "audio/x-mulaw", "gstreamer1.0-plugins-good" },
  { "audio/x-speex", "gstreamer1.0-plugins-good" },
  { "video/x-theora", "gstreamer1.0-plugins-base" },
  { "audio/x-vorbis", "gstreamer1.0-plugins-base" },
  { "audio/x-opus", "gstreamer1.0-plugins-base" },
  { "video/x-av1", "gstreamer1.0-plugins-bad" },
};

static gboolean
is_raw (GstCaps *caps)
{
  const GstStructure *format = gst_caps_get_structure (caps, 0);
  return gst_structure_has_name (format, "video/x-raw") ||
         gst_structure_has_name (format, "audio/x-raw");
}

/* Those that take just this format; where there are none, those that may. */
static GList *
list_factories (GstElementFactoryListType type, GstCaps *caps)
{
  GList *all = gst_element_factory_list_get_elements (type, GST_RANK_MARGINAL);
  GList *fitting = gst_element_factory_list_filter (all, caps, GST_PAD_SINK, TRUE);
  if (!fitting)
    fitting = gst_element_factory_list_filter (all, caps, GST_PAD_SINK, FALSE);
  gst_plugin_feature_list_free (all);
  return g_list_sort (fitting, gst_plugin_feature_rank_compare_func);
}

/* The best that can be made and started: what needs a device that is not there cannot. */
static GstElement *
make_first (GList *factories)
{
  for (GList *i = factories; i; i = i->next) {
    GstElement *element = gst_element_factory_create (i->data, NULL);
    if (!element)
      continue;
    if (gst_element_set_state (element, GST_STATE_READY) != GST_STATE_CHANGE_FAILURE)
      return element;
    gst_element_set_state (element, GST_STATE_NULL);
    gst_object_unref (gst_object_ref_sink (element));
  }
  return NULL;
}

/**
 * bs_decoder_new:
 * @caps: a coded stream's format, of pictures or of sound
 *
 * Any thread.
 *
 * Returns: (transfer floating) (nullable): what decodes it, ready; %NULL where nothing does
 */
GstElement *
bs_decoder_new (GstCaps *caps)
{
  if (is_raw (caps))
    return gst_element_factory_make ("identity", NULL);
  GList *factories =
    list_factories (GST_ELEMENT_FACTORY_TYPE_DECODER | GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO |
                      GST_ELEMENT_FACTORY_TYPE_MEDIA_IMAGE | GST_ELEMENT_FACTORY_TYPE_MEDIA_AUDIO,
                    caps);
  GstElement *decoder = make_first (factories);
  gst_plugin_feature_list_free (factories);
  return decoder;
}

/**
 * bs_decoder_new_parser:
 * @caps: a coded stream's format
 *
 * Returns: (transfer floating) (nullable): what cuts it into what a decoder takes at once; %NULL
 *   where it needs no cutting
 */
GstElement *
bs_decoder_new_parser (GstCaps *caps)
{
  GList *factories = list_factories (GST_ELEMENT_FACTORY_TYPE_PARSER, caps);
  GstElement *parser = factories ? gst_element_factory_create (factories->data, NULL) : NULL;
  gst_plugin_feature_list_free (factories);
  return parser;
}

/**
 * bs_decoder_describe_missing:
 * @caps: a format that nothing decodes
 *
 * Returns: (transfer full): the format's name and the package that decodes it, to go into a
 *   sentence
 */
char *
bs_decoder_describe_missing (GstCaps *caps)
{
  const GstStructure *format = gst_caps_get_structure (caps, 0);
  const char *package = "gstreamer1.0-libav";
  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    if (gst_structure_has_name (format, homes[i].format))
      package = homes[i].package;
  g_autofree char *name = gst_pb_utils_get_codec_description (caps);
  /* Translators: name of a format, name of a package of Debian */
  return g_strdup_printf (_ ("no decoder for %s is installed (Debian’s package %s has one)"),
                          name ? name : gst_structure_get_name (format), package);
}
