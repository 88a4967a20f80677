/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-metadata.h"
#include "model/decision/bs-evaluation-set.h"

G_BEGIN_DECLS

/**
 * BsOutcome:
 * @BS_OUTCOME_ANY: no condition
 * @BS_OUTCOME_RIGHT: emotions and, for blends, salience are right
 * @BS_OUTCOME_RATIO: the emotions are right, the salience is not
 * @BS_OUTCOME_WRONG: the emotions are wrong
 * @BS_OUTCOME_NONE: no prediction or no label
 *
 * How a decision compares with the label.
 */
typedef enum {
  BS_OUTCOME_ANY,
  BS_OUTCOME_RIGHT,
  BS_OUTCOME_RATIO,
  BS_OUTCOME_WRONG,
  BS_OUTCOME_NONE,
} BsOutcome;

BsOutcome bs_outcome_of (BsLabel truth, const BsDecision *decision);

/**
 * BsFacet:
 *
 * The conditions a filter can hold; each shows as one chip.
 */
typedef enum {
  BS_FACET_TEXT,
  BS_FACET_FOLD,
  BS_FACET_ACTOR,
  BS_FACET_TRUTH,
  BS_FACET_DECISION,
  BS_FACET_OUTCOME,
  BS_FACET_GENDER,
  BS_FACET_MARGIN,
  BS_FACET_CLIPS,
  BS_FACET_EXTRA,
  BS_N_FACETS,
} BsFacet;

/**
 * BsFilter:
 * @text: (nullable): part of a clip's name, actor or label, case-folded
 * @folds: bit k + 1: fold k; bit 0: no fold; 0 for all
 * @actor: index, or -1 for all
 * @truth: bit c: labels of salience class c; 0 for all
 * @decision: bit c: decisions of salience class c; 0 for all
 * @outcome: condition on the decision
 * @gender: letter, or 0 for all
 * @margin_to: decisions whose distance to the nearest change is at most this; 0 for all
 * @clips: (nullable) (element-type int): a hand-picked selection, as from a lasso
 * @clips_title: (nullable): what that selection is, for its chip
 * @extra: index of a further column of the metadata, or -1
 * @extra_value: (nullable): the value it must have
 *
 * Which clips are wanted: conditions of different facets are joined by "and". A value type with
 * owned strings: bs_filter_init(), bs_filter_copy(), bs_filter_clear().
 */
typedef struct {
  char *text;
  guint32 folds;
  int actor;
  guint64 truth;
  guint64 decision;
  BsOutcome outcome;
  char gender;
  double margin_to;
  GHashTable *clips;
  char *clips_title;
  int extra;
  char *extra_value;
} BsFilter;

void bs_filter_init (BsFilter *self);
void bs_filter_clear (BsFilter *self);
void bs_filter_copy (const BsFilter *self, BsFilter *copy);
gboolean bs_filter_equal (const BsFilter *self, const BsFilter *other);
gboolean bs_filter_has (const BsFilter *self, BsFacet facet);
void bs_filter_drop (BsFilter *self, BsFacet facet);
gboolean bs_filter_is_empty (const BsFilter *self);
gboolean bs_filter_needs_decisions (const BsFilter *self);
char *bs_filter_describe (const BsFilter *self, BsFacet facet, const BsMetadata *metadata);
guint64 bs_filter_class_mask (int class16);

char *bs_filter_haystack (const BsMetadata *metadata, gsize clip);

/**
 * BsFilterFacts:
 * @verdict: (nullable): the decision on the clip
 * @margin: how far the nearer threshold is from changing it; looked at with @verdict alone
 * @haystack: (nullable): its bs_filter_haystack(), needed where the filter has a text
 *
 * What a filter has to know of a clip beside its metadata.
 */
typedef struct {
  const BsDecision *decision;
  double margin;
  const char *haystack;
} BsFilterFacts;

gboolean bs_filter_accepts (const BsFilter *self, const BsMetadata *metadata, gsize clip,
                            const BsFilterFacts *facts);

G_END_DECLS
