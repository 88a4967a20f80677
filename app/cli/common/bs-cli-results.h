/* SPDX-License-Identifier: MIT */
#pragma once

#include "app/cli/common/bs-cli-queue.h"
#include "data/run/bs-run.h"
#include "model/decision/bs-metrics.h"

G_BEGIN_DECLS

/**
 * BsCliResults:
 *
 * What trainings have reached, a row each.
 */
typedef struct _BsCliResults BsCliResults;

typedef void (*BsCliResultsWriteFunc) (const BsCliResults *self, GString *out);

BsCliResults *bs_cli_results_new (char **keys);
gboolean bs_cli_results_add (BsCliResults *self, char **values, BsMetadata *metadata,
                             const BsRun *run, GError **error);
void bs_cli_results_add_failure (BsCliResults *self, char **values);
BsCliResultsWriteFunc bs_cli_results_writer (const char *format);
BsCliStatus bs_cli_results_print (const BsCliResults *self, BsCliResultsWriteFunc write);
void bs_cli_results_free (BsCliResults *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsCliResults, bs_cli_results_free)

G_END_DECLS
