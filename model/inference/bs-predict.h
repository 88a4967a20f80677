/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-corpus.h"
#include "data/run/bs-run.h"

G_BEGIN_DECLS

BsPredictions *bs_predict (BsCorpus *corpus, const BsRun *run, gboolean test_part,
                           GCancellable *cancellable, GError **error);

G_END_DECLS
