/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "data/format/bs-safetensors.h"

G_BEGIN_DECLS

GPtrArray *bs_safetensors_parse (GBytes *bytes, const char *name, GError **error);

G_END_DECLS
