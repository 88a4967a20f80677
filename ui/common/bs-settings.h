/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *bs_settings_new (void);

G_END_DECLS
