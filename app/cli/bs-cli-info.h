/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-corpus-summary.h"
#include "data/run/bs-run.h"

G_BEGIN_DECLS

/* "blendscope-cli info" in its two forms. */
void bs_cli_info_append_text (GString *out, const BsCorpus *corpus, const BsCorpusSummary *summary);
char *bs_cli_info_to_json (const BsCorpus *corpus, const BsCorpusSummary *summary);

/* The same of a run's folder. */
void bs_cli_info_append_run_text (GString *out, const BsRun *run);
char *bs_cli_info_run_to_json (const BsRun *run);

G_END_DECLS
