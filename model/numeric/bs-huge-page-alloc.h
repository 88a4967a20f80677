/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gpointer bs_huge_page_page_new0 (gsize n, gsize size);
void bs_huge_page_page_free (gpointer memory);

G_END_DECLS
