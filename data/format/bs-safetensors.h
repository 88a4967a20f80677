/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/format/bs-tensor.h"

G_BEGIN_DECLS

GPtrArray *bs_safetensors_load (const char *path, GError **error);
gboolean bs_safetensors_save (GPtrArray *tensors, const char *path, GError **error);

G_END_DECLS
