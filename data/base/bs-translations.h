/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bs_translations_start (void);
void bs_translations_stop (void);

G_END_DECLS
