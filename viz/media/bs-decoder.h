/* SPDX-License-Identifier: MIT */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

GstElement *bs_decoder_new (GstCaps *caps);
GstElement *bs_decoder_new_parser (GstCaps *caps);
char *bs_decoder_describe_missing (GstCaps *caps);

G_END_DECLS
