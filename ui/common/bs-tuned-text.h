/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/session/bs-threshold-state.h"

G_BEGIN_DECLS

gboolean bs_tuned_text_where (BsThresholdState *state, BsChosen *where);
char *bs_tuned_text_sentence (BsThresholdState *state);
char *bs_tuned_text_sources (BsThresholdState *state);

G_END_DECLS
