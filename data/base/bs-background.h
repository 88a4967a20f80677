/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Weighs 36 where a thread as it comes weighs 1024: a frame is not held up, and a training still
 * goes on beside other programs. */
#define BS_BACKGROUND_NICENESS 15

void bs_background_enter (void);
gboolean bs_background_is_entered (void);

G_END_DECLS
