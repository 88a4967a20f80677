/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-error.h"
#include "data/base/bs-labels.h"
#include "data/corpus/bs-metadata.h"

G_BEGIN_DECLS

/**
 * BsPredictionsKind:
 * @BS_PREDICTIONS_AUTO: told apart by the values (DEFINITIONS, Input)
 * @BS_PREDICTIONS_PROBABILITIES: rows that sum to 1
 * @BS_PREDICTIONS_LOGITS: softmax is taken
 * @BS_PREDICTIONS_DECISIONS: labels alone, the challenge's JSON; no probabilities
 * @BS_PREDICTIONS_RAW: numbers as the file has them, for a look at what they may be
 */
typedef enum {
  BS_PREDICTIONS_AUTO,
  BS_PREDICTIONS_PROBABILITIES,
  BS_PREDICTIONS_LOGITS,
  BS_PREDICTIONS_DECISIONS,
  BS_PREDICTIONS_RAW,
} BsPredictionsKind;

/**
 * BsPredictions:
 * @n: number of clips
 * @filenames: (array length=n): clip names without extension
 * @folds: (array length=n): fold that held the clip out, -1 where not stated
 * @fold_names: (nullable): what the folds are called, as bs_fold_names_assign() gives them
 * @probabilities: (array): n x 6, official order; where @kind is decisions the marginals that came
 *   with them, or zeros
 * @decisions: (nullable) (array length=n): labels, where @kind is decisions; unknown where a file
 *   decides for what no label can say; the first's per cent is -1 where there is no such ratio
 * @kind: what the file held
 * @read_as: how the file was read
 * @note: (nullable): what was left out when they were made, for people
 *
 * What a model said of each clip. Reference counted, immutable.
 */
typedef struct {
  gsize n;
  char **filenames;
  gint8 *folds;
  char **fold_names;
  double (*probabilities)[BS_N_EMOTIONS];
  BsLabel *decisions;
  BsPredictionsKind kind;
  BsReadAs read_as;
  char *note;
} BsPredictions;

BsPredictions *bs_predictions_new (gsize n);
BsPredictions *bs_predictions_load (const char *path, BsPredictionsKind kind, GError **error);
BsPredictions *bs_predictions_parse (GBytes *bytes, const char *name, BsPredictionsKind kind,
                                     GError **error);
BsPredictions *bs_predictions_ref (BsPredictions *self);
void bs_predictions_unref (BsPredictions *self);
char *bs_predictions_dup_note (const BsPredictions *self);
void bs_predictions_softmax (double values[BS_N_EMOTIONS]);
gboolean bs_predictions_save (const BsPredictions *self, const char *path, GError **error);
gboolean bs_predictions_save_decisions (const char *const *filenames, const BsLabel *decisions,
                                        gsize n, const char *path, GError **error);
gboolean bs_predictions_check_test_clips (const char *const *filenames, gsize n,
                                          const BsMetadata *metadata, GError **error);

/**
 * BsAlignment:
 * @n: clips that have metadata and a prediction
 * @clip: (array length=n): index into the metadata
 * @row: (array length=n): index into the predictions
 * @n_without_prediction: labelled clips left out
 * @n_without_metadata: predictions left out
 * @n_other_fold: pairs whose two folds are stated and differ
 * @folds: which of the two the folds come from
 *
 * Which prediction belongs to which clip, in metadata order.
 */
typedef struct {
  gsize n;
  gsize *clip;
  gsize *row;
  gsize n_without_prediction;
  gsize n_without_metadata;
  gsize n_other_fold;
  BsFoldSource folds;
} BsAlignment;

BsAlignment *bs_predictions_align (const BsPredictions *self, const BsMetadata *metadata,
                                   GError **error);
void bs_alignment_free (BsAlignment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsPredictions, bs_predictions_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsAlignment, bs_alignment_free)

G_END_DECLS
