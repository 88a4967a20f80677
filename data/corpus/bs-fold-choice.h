/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-metadata.h"

G_BEGIN_DECLS

gboolean bs_fold_choice_parse (const BsMetadata *metadata, const char *text, guint *folds,
                               GError **error);

G_END_DECLS
