/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "ui/runs/bs-comparison-view.h"

G_BEGIN_DECLS

BsTable *bs_comparison_view_make_table (BsComparisonView *self);

G_END_DECLS
