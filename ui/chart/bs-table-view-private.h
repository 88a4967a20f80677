/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "ui/chart/bs-table-view.h"

G_BEGIN_DECLS

const BsTable *bs_table_view_get_table (BsTableView *self);

G_END_DECLS
