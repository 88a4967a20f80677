/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/stage/bs-overlay.h"

G_BEGIN_DECLS

#define BS_TYPE_VERDICT_TABLE (bs_verdict_table_get_type ())
/**
 * BsVerdictTable:
 *
 * What a run decides on a clip with each encoder alone and with each left out, and its logits
 * before and after a learnt temperature; or a sentence on why it does not say.
 */
G_DECLARE_FINAL_TYPE (BsVerdictTable, bs_verdict_table, BS, VERDICT_TABLE, GtkWidget)

void bs_verdict_table_take (BsVerdictTable *self, BsVerdicts *verdicts, const char *sentence);
void bs_verdict_table_wait (BsVerdictTable *self, const char *sentence);
void bs_verdict_table_set_facts (BsVerdictTable *self, const BsOverlayFacts *facts);
gboolean bs_verdict_table_has_words (BsVerdictTable *self);

G_END_DECLS
