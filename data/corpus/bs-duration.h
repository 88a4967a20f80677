/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean bs_duration_read (const char *path, double *seconds);

G_END_DECLS
