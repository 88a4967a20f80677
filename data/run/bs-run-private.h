/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/format/bs-json.h"
#include "data/run/bs-run.h"

G_BEGIN_DECLS

/* Names in a run's folder, and the number of its form: a reader refuses a higher one. */
#define BS_RUN_FORM 1
#define BS_RUN_FILE "run.json"
#define BS_RUN_ARRAYS "probabilities.npz"
#define BS_RUN_HISTORY "history.csv"

char *bs_run_train_prefix (int fold);
void bs_fold_result_free (BsFoldResult *self);
gboolean bs_run_add_sums (const BsRun *self, const char *folder, cJSON *object, GError **error);
gboolean bs_run_read_sums (BsRun *self, const BsJson *root, GError **error);
gboolean bs_run_check_sum (const BsRun *self, const char *name, GError **error);

G_END_DECLS
