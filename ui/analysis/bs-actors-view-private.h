/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "ui/analysis/bs-actors-view.h"

G_BEGIN_DECLS

guint64 bs_actors_view_get_serial (BsActorsView *self);

G_END_DECLS
