/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean bs_file_end_is_cut (const char *path, const char *container);

G_END_DECLS
