/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "data/base/bs-table.h"
#include "ui/session/bs-run-scores.h"

G_BEGIN_DECLS

#define BS_TYPE_COMPARISON_VIEW (bs_comparison_view_get_type ())
/**
 * BsComparisonView:
 *
 * The workspace's comparison as one table: the settings in which the runs differ, and what each is
 * worth. Hidden where nothing is compared.
 *
 * Properties:
 * - workspace (#BsWorkspace): what it follows; set once
 */
G_DECLARE_FINAL_TYPE (BsComparisonView, bs_comparison_view, BS, COMPARISON_VIEW, GtkWidget)

void bs_comparison_view_set_scores (BsComparisonView *self, BsRunScores *scores);

G_END_DECLS
