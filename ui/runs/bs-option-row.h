/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "model/config/bs-train-config.h"

G_BEGIN_DECLS

#define BS_TYPE_OPTION_ROW (bs_option_row_get_type ())
/**
 * BsOptionRow:
 *
 * One setting of a training: what it is, its value or several of a grid, the usual one and the
 * papers'. Signal "changed": the values are others, or what was typed is refused.
 */
G_DECLARE_FINAL_TYPE (BsOptionRow, bs_option_row, BS, OPTION_ROW, GtkWidget)

GtkWidget *bs_option_row_new (const BsTrainOption *option, BsTrainConfig *config,
                              const BsTrainConfig *start, const char *text);
char *bs_option_row_dup_several (BsOptionRow *self);
const char *bs_option_row_get_key (BsOptionRow *self);
const char *bs_option_row_get_problem (BsOptionRow *self);
gboolean bs_option_row_is_changed (BsOptionRow *self);
void bs_option_row_reset (BsOptionRow *self);

G_END_DECLS
