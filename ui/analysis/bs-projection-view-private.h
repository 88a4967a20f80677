/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "ui/analysis/bs-projection-view.h"

G_BEGIN_DECLS

guint64 bs_projection_view_get_serial (BsProjectionView *self);

G_END_DECLS
