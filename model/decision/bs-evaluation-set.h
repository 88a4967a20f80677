/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-metadata.h"
#include "data/run/bs-predictions.h"
#include "model/decision/bs-rule.h"

G_BEGIN_DECLS

/**
 * BsCandidate:
 * @label: a decision that a clip can get
 * @salience_class: its class of 36, -1 where it has none
 * @is_blend: it names two emotions
 * @presence: its emotions are the true ones
 * @salience: the clip is a true blend and the answer is right in emotions and salience
 *
 * A possible decision, compared with the truth beforehand.
 */
typedef struct {
  BsLabel label;
  gint8 salience_class;
  guint8 is_blend;
  guint8 presence;
  guint8 salience;
} BsCandidate;

/**
 * BsCandidateIndex:
 * @BS_CANDIDATE_SINGLE: the top emotion alone
 * @BS_CANDIDATE_EQUAL: both, 50/50
 * @BS_CANDIDATE_UNEQUAL: both, 70/30
 *
 * Whatever the thresholds, the rule gives one of three answers for a clip.
 */
typedef enum {
  BS_CANDIDATE_SINGLE,
  BS_CANDIDATE_EQUAL,
  BS_CANDIDATE_UNEQUAL,
  BS_N_CANDIDATES,
} BsCandidateIndex;

/**
 * BsRanked:
 * @two: the two emotions that decide; -1 for given decisions
 * @d: difference of their probabilities: where beta changes the answer
 * @can_blend: whether the thresholds can change the answer: neither neutral among the two, nor
 *   a second probability of nought, nor a given decision
 * @truth_class: the truth's class of 36, -1 where it has none
 * @truth_is_blend: the truth names two emotions
 * @answers: by #BsCandidateIndex; all the same where not @can_blend
 *
 * What is left of a clip once its probabilities are ranked: all that figures and searches read.
 */
typedef struct {
  BsTopTwo two;
  double d;
  guint8 can_blend;
  gint8 truth_class;
  guint8 truth_is_blend;
  BsCandidate answers[BS_N_CANDIDATES];
} BsRanked;

/**
 * bs_candidate_index:
 * @step: what decided
 *
 * Returns: which of a clip's answers that is
 */
static inline BsCandidateIndex
bs_candidate_index (BsRuleStep step)
{
  if (step == BS_RULE_EQUAL)
    return BS_CANDIDATE_EQUAL;
  return step == BS_RULE_UNEQUAL ? BS_CANDIDATE_UNEQUAL : BS_CANDIDATE_SINGLE;
}

/**
 * bs_ranked_answer:
 * @ranked: a clip
 * @pair: thresholds
 *
 * Returns: its answer at @pair
 */
static inline const BsCandidate *
bs_ranked_answer (const BsRanked *ranked, BsThresholdPair pair)
{
  return &ranked->answers[bs_candidate_index (bs_rule_step (ranked->two, pair))];
}

/**
 * BsEvaluationSet:
 * @n: number of clips judged
 * @n_folds: folds are 0 to @n_folds - 1, at most %BS_MAX_FOLDS
 * @fold_names: (nullable): what they are called, as bs_fold_names_assign() gives them
 * @fold_source: which file the folds come from
 * @n_actors: actors are 0 to @n_actors - 1
 * @n_without_prediction: labelled clips left out
 * @n_without_metadata: predictions left out
 * @n_other_fold: clips whose fold in the predictions is another one than in the metadata, so that
 *   the network may have seen them
 * @clip: (array length=n): index into the metadata
 * @truth: (array length=n): labels
 * @fold: (array length=n): fold, or -1
 * @actor: (array length=n): actor, or -1
 * @p: (array length=n): six probabilities each; beside @fixed its marginals, or zeros
 * @fixed: (nullable) (array length=n): decisions where the model makes them itself
 * @ranked: (array length=n): the rule's view of each clip
 *
 * Labels and probabilities side by side, in metadata order: what every figure is computed
 * from. Reference counted, immutable.
 */
typedef struct {
  gsize n;
  gsize n_folds;
  char **fold_names;
  BsFoldSource fold_source;
  gsize n_actors;
  gsize n_without_prediction;
  gsize n_without_metadata;
  gsize n_other_fold;
  gsize *clip;
  BsLabel *truth;
  gint8 *fold;
  int *actor;
  double (*p)[BS_N_EMOTIONS];
  BsLabel *fixed;
  BsRanked *ranked;
} BsEvaluationSet;

BsEvaluationSet *bs_evaluation_set_new (const BsMetadata *metadata,
                                        const BsPredictions *predictions, GError **error);
BsEvaluationSet *bs_evaluation_set_new_from_arrays (gsize n, const BsLabel *truth,
                                                    const gint8 *fold, const int *actor,
                                                    const double (*p)[BS_N_EMOTIONS],
                                                    const BsLabel *fixed);
BsEvaluationSet *bs_evaluation_set_ref (BsEvaluationSet *self);
void bs_evaluation_set_unref (BsEvaluationSet *self);
const char *bs_evaluation_set_fold_name (const BsEvaluationSet *self, int fold);
char *bs_evaluation_set_dup_fold_name (const BsEvaluationSet *self, int fold);
gboolean bs_evaluation_set_has_folds (const BsEvaluationSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsEvaluationSet, bs_evaluation_set_unref)

G_END_DECLS
