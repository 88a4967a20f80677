/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_CORPUS_VIEW (bs_corpus_view_get_type ())
/**
 * BsCorpusView:
 *
 * What the corpus holds: clips by class, ratio, fold, actor and gender, durations, encoders, and
 * what is missing.
 *
 * Properties:
 * - workspace (#BsWorkspace): what it follows; set once
 */
G_DECLARE_FINAL_TYPE (BsCorpusView, bs_corpus_view, BS, CORPUS_VIEW, GtkWidget)

G_END_DECLS
