/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "ui/analysis/bs-confusion-view.h"

G_BEGIN_DECLS

guint64 bs_confusion_view_get_serial (BsConfusionView *self);

G_END_DECLS
