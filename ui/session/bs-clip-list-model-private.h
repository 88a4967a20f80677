/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "ui/session/bs-clip-list-model.h"

G_BEGIN_DECLS

void bs_clip_list_model_settle (BsClipListModel *self);

G_END_DECLS
