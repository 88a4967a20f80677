/* SPDX-License-Identifier: MIT */
/* What a coded picture says of itself in its first bytes, where containers say it wrongly or not
 * at all. Nothing is decoded. */
#include "viz/media/bs-access-unit.h"

#include <string.h>

/* ITU-T H.264, table 7-1 and annex D. */
enum { H264_IDR = 5, H264_SEI = 6, SEI_RECOVERY_POINT = 6 };

/* ITU-T H.265, table 7-1. */
enum {
  H265_RADL_N = 6,
  H265_RADL_R = 7,
  H265_FIRST_IRAP = 16,
  H265_LAST_IRAP = 21,
  H265_FIRST_PARAMETERS = 32
};

/* ISO/IEC 13818-2, 6.2.1. */
enum { MPEG2_GROUP = 0xb8 };

typedef void (*UnitFunc) (BsAccessUnit *found, const guint8 *unit, gsize size);

static void
look_at_h264 (BsAccessUnit *found, const guint8 *unit, gsize size)
{
  int type = unit[0] & 0x1f;
  if (type == H264_IDR)
    found->is_key = TRUE;
  /* The first bit after type and size is the whole of a recovery count of nought. */
  if (type == H264_SEI && size >= 4 && unit[1] == SEI_RECOVERY_POINT && (unit[3] & 0x80))
    found->is_key = TRUE;
}

static void
look_at_h265 (BsAccessUnit *found, const guint8 *unit, gsize size)
{
  int type = unit[0] >> 1 & 0x3f;
  if (type >= H265_FIRST_IRAP && type <= H265_LAST_IRAP)
    found->is_key = TRUE;
  if (type == H265_RADL_N || type == H265_RADL_R)
    found->is_closed = TRUE;
}

/* Units that begin with 00 00 01. */
static void
read_start_codes (BsAccessUnit *found, const guint8 *data, gsize size, UnitFunc look)
{
  for (gsize i = 0; i + 4 < size; i++)
    if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1)
      look (found, data + i + 3, size - i - 3);
}

/* Units behind their size. */
static void
read_sized (BsAccessUnit *found, const guint8 *data, gsize size, gsize width, UnitFunc look)
{
  for (gsize i = 0; i + width < size;) {
    gsize length = 0;
    for (gsize k = 0; k < width; k++)
      length = length << 8 | data[i + k];
    i += width;
    if (length == 0 || length > size - i)
      return;
    look (found, data + i, length);
    i += length;
  }
}

/* ISO/IEC 14496-15: how wide the sizes are stands in the decoder's configuration. */
static gsize
width_of_sizes (const GstStructure *format, gsize offset)
{
  const GValue *value = gst_structure_get_value (format, "codec_data");
  GstBuffer *data = value ? gst_value_get_buffer (value) : NULL;
  guint8 byte;
  return data && gst_buffer_extract (data, offset, &byte, 1) == 1 ? (gsize) (byte & 3) + 1 : 4;
}

static void
read_units (BsAccessUnit *found, const GstMapInfo *map, const GstStructure *format,
            gsize offset_of_width, UnitFunc look)
{
  if (g_strcmp0 (gst_structure_get_string (format, "stream-format"), "byte-stream") == 0)
    read_start_codes (found, map->data, map->size, look);
  else
    read_sized (found, map->data, map->size, width_of_sizes (format, offset_of_width), look);
}

static void
look_at_mpeg2 (BsAccessUnit *found, const guint8 *unit, gsize size)
{
  if (unit[0] == MPEG2_GROUP && size >= 5)
    found->is_closed = (unit[4] & 0x40) != 0;
}

static void
read_mapped (BsAccessUnit *found, const GstMapInfo *map, const GstStructure *format)
{
  if (gst_structure_has_name (format, "video/x-h264")) {
    found->knows_key = TRUE;
    read_units (found, map, format, 4, look_at_h264);
  } else if (gst_structure_has_name (format, "video/x-h265")) {
    found->knows_key = TRUE;
    read_units (found, map, format, 21, look_at_h265);
  } else if (gst_structure_has_name (format, "video/mpeg")) {
    read_start_codes (found, map->data, map->size, look_at_mpeg2);
  } else if (gst_structure_has_name (format, "video/x-vp8")) {
    /* RFC 6386, 9.1, the bit show_frame. */
    found->is_hidden = map->size > 0 && !(map->data[0] & 0x10);
  }
}

/**
 * bs_access_unit_read:
 * @buffer: one coded picture
 * @format: its stream's format
 *
 * Any thread.
 *
 * Returns: what its bytes say
 */
BsAccessUnit
bs_access_unit_read (GstBuffer *buffer, const GstStructure *format)
{
  BsAccessUnit found = { 0 };
  GstMapInfo map;
  if (gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    read_mapped (&found, &map, format);
    gst_buffer_unmap (buffer, &map);
  }
  return found;
}
