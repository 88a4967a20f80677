/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "data/run/bs-run.h"

G_BEGIN_DECLS

#define BS_TYPE_MEMBER_TABLE (bs_member_table_get_type ())
/**
 * BsMemberTable:
 *
 * What each member of a late fusion is worth: its weight, its own score, the score without it.
 */
G_DECLARE_FINAL_TYPE (BsMemberTable, bs_member_table, BS, MEMBER_TABLE, GtkWidget)

gboolean bs_member_table_show (BsMemberTable *self, const BsRun *run);

G_END_DECLS
