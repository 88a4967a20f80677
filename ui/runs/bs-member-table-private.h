/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "ui/runs/bs-member-table.h"

G_BEGIN_DECLS

const char *bs_member_table_get_text (BsMemberTable *self, int column, int row);

G_END_DECLS
