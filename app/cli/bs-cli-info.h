/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-corpus-summary.h"

G_BEGIN_DECLS

/* "blendscope-cli info" in its two forms. */
void bs_cli_info_append_text (GString *out, const BsCorpus *corpus, const BsCorpusSummary *summary);
char *bs_cli_info_to_json (const BsCorpus *corpus, const BsCorpusSummary *summary);

G_END_DECLS
