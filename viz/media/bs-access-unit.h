/* SPDX-License-Identifier: MIT */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/*
 * BsAccessUnit:
 * @is_key: whether decoding can begin here, by the stream itself
 * @knows_key: whether the format's keys are told by @is_key
 * @is_hidden: whether it is only referred to and never shown
 * @is_closed: whether it can be decoded from the last key frame on even where it is shown before
 *   that one
 *
 * What a stream's own bytes say of one picture.
 */
typedef struct {
  gboolean is_key;
  gboolean knows_key;
  gboolean is_hidden;
  gboolean is_closed;
} BsAccessUnit;

BsAccessUnit bs_access_unit_read (GstBuffer *buffer, const GstStructure *format);

G_END_DECLS
