/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/format/bs-npz.h"
#include "data/run/bs-predictions.h"

G_BEGIN_DECLS

typedef struct _BsPredictionsSource BsPredictionsSource;

/**
 * BsPredictionsSource:
 * @name: the file
 * @dup_place: names the place of a value, or of a row where the emotion is -1
 *
 * Where predictions come from: a table's row 7 is an array's index 5.
 */
struct _BsPredictionsSource {
  const char *name;
  char *(*dup_place) (const BsPredictionsSource *self, gsize row, int emotion);
};

gboolean bs_predictions_check_names (const BsPredictions *self, const BsPredictionsSource *source,
                                     GError **error);
gboolean bs_predictions_settle (BsPredictions *self, BsPredictionsKind kind,
                                const BsPredictionsSource *source, GError **error);
BsPredictions *bs_predictions_read_csv (const char *text, gsize length, const char *name,
                                        BsPredictionsKind kind, GError **error);
BsPredictions *bs_predictions_from_npz (BsNpz *npz, const char *name, const char *prefix,
                                        BsPredictionsKind kind, GError **error);
BsPredictions *bs_predictions_read_json (const char *text, gsize length, const char *name,
                                         GError **error);
void bs_predictions_to_npz (const BsPredictions *self, BsNpzWriter *writer, const char *prefix);

G_END_DECLS
