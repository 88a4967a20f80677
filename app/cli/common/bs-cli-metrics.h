/* SPDX-License-Identifier: MIT */
#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

#include "model/decision/bs-evaluation-set.h"
#include "model/decision/bs-tuning-source.h"

G_BEGIN_DECLS

char *bs_cli_dup_tuned_words (BsChosen chosen);
void bs_cli_append_figure (GString *out, double value, int width);
void bs_cli_append_accuracies (GString *out, double presence, double salience, double score);
void bs_cli_append_csv_figure (GString *out, double value);
void bs_cli_add_fold (cJSON *object, const char *name);
void bs_cli_add_accuracies (cJSON *object, double presence, double salience, double score);

G_END_DECLS
