/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bs_visible_dup (const char *text);

G_END_DECLS
