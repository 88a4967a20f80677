/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "data/format/bs-npz.h"

G_BEGIN_DECLS

char **bs_npz_list (const BsNpz *self);
BsNpz *bs_npz_parse (GBytes *bytes, const char *name, GError **error);

G_END_DECLS
