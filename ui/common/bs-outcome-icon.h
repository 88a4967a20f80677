/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

const char *bs_outcome_icon_show (GtkImage *sign, gboolean right);

G_END_DECLS
