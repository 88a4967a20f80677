/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "data/format/bs-npy.h"

G_BEGIN_DECLS

BsArray *bs_npy_parse (GBytes *bytes, const char *name, GError **error);

G_END_DECLS
