/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-named-count.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-json.h"

G_BEGIN_DECLS

/**
 * BsFoldSource:
 * @BS_FOLD_SOURCE_UNKNOWN: nobody has looked
 * @BS_FOLD_SOURCE_NONE: no clip has a fold
 * @BS_FOLD_SOURCE_METADATA: the metadata say them
 * @BS_FOLD_SOURCE_PREDICTIONS: no clip has one in the metadata, so that the predictions say them
 *
 * Which file the folds come from: one of the two, never both (DEFINITIONS, Thresholds).
 */
typedef enum {
  BS_FOLD_SOURCE_UNKNOWN,
  BS_FOLD_SOURCE_NONE,
  BS_FOLD_SOURCE_METADATA,
  BS_FOLD_SOURCE_PREDICTIONS,
} BsFoldSource;

/**
 * BsOddity:
 *
 * What the official scorer takes in decisions although the challenge's form has no such thing.
 */
typedef enum {
  BS_ODDITY_FRACTION,
  BS_ODDITY_RATIO,
  BS_ODDITY_NEUTRAL,
  BS_ODDITY_TWICE,
  BS_ODDITY_NUMBER,
  BS_ODDITY_EMOTION,
  BS_N_ODDITIES,
} BsOddity;

/**
 * BsReadAs:
 * @form: of a table: separator 0 where the file is none
 * @names: clips whose name was changed: the first as the file has it
 * @first_name: (nullable): the first as it is kept
 * @kind: (nullable): "probabilities", "logits" or "decisions"
 * @kind_reason: (nullable): "said", "named", "rows" or "negative"
 * @kind_place: (nullable): of the negative value
 * @n_rows: rows that the file has
 * @n_sum_to_one: of these, rows of probabilities
 * @n_decimals: with which probabilities are printed, -1 where they are not text
 * @columns: (nullable): the order in which an array's columns stand, "neu,ang,..."
 * @folds: where the folds come from
 * @n_without_prediction: labelled clips of the metadata that the file does not have
 * @n_without_metadata: predictions of clips that the metadata do not have
 * @oddities: clips with decisions that the challenge's form does not know, by kind
 *
 * How a file was read: all that had to be assumed, so that it can be said and kept with a run. As
 * facts, of which bs_read_as_sentences() makes sentences in the reader's language.
 */
typedef struct {
  BsCsvForm form;
  BsNamedCount names;
  char *first_name;
  char *kind;
  char *kind_reason;
  char *kind_place;
  gsize n_rows;
  gsize n_sum_to_one;
  int n_decimals;
  char *columns;
  BsFoldSource folds;
  gsize n_without_prediction;
  gsize n_without_metadata;
  BsNamedCount oddities[BS_N_ODDITIES];
} BsReadAs;

void bs_read_as_clear (BsReadAs *self);
void bs_read_as_note_name (BsReadAs *self, const char *written, const char *kept);
GPtrArray *bs_read_as_sentences (const BsReadAs *self);
char *bs_read_as_to_text (const BsReadAs *self);
void bs_read_as_to_json (const BsReadAs *self, cJSON *object);
gboolean bs_read_as_from_json (BsReadAs *self, const BsJson *object, GError **error);

G_END_DECLS
