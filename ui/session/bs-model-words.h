/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *bs_model_group (const char *model);
const char *bs_model_title (const char *model);
const char *bs_model_description (const char *model);
const char *bs_model_protocol_words (const char *protocol);

G_END_DECLS
