/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/stage/bs-overlay.h"

G_BEGIN_DECLS

#define BS_TYPE_ABLATION_TABLE (bs_ablation_table_get_type ())
/**
 * BsAblationTable:
 *
 * What a run decides on a clip with each encoder alone and with each left out, and its logits
 * before and after a learnt temperature; or a sentence on why it does not say.
 */
G_DECLARE_FINAL_TYPE (BsAblationTable, bs_ablation_table, BS, ABLATION_TABLE, GtkWidget)

void bs_ablation_table_take (BsAblationTable *self, BsEncoderAblation *ablation,
                             const char *sentence);
void bs_ablation_table_wait (BsAblationTable *self, const char *sentence);
void bs_ablation_table_set_facts (BsAblationTable *self, const BsOverlayFacts *facts);
gboolean bs_ablation_table_has_words (BsAblationTable *self);

G_END_DECLS
