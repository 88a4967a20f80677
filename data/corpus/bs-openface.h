/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-error.h"
#include "data/format/bs-matrix.h"

G_BEGIN_DECLS

#define BS_OPENFACE_3_WIDTH 11
#define BS_OPENFACE_2_WIDTH 31

gboolean bs_openface_is_table (const char *path);
BsMatrix *bs_openface_load (const char *path, GError **error);

G_END_DECLS
