/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bs_signals_ignore_limits (void);
int bs_signals_catch (void);

G_END_DECLS
