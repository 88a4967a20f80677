/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/run/bs-run.h"

G_BEGIN_DECLS

char *bs_run_dup_setting (const BsRun *run, const char *key);
char **bs_runs_differing (const GPtrArray *runs);

G_END_DECLS
