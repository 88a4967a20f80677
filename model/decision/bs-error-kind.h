/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-labels.h"

G_BEGIN_DECLS

/**
 * BsErrorKind:
 * @BS_ERROR_KIND_SINGLE_EXACT: true single, right
 * @BS_ERROR_KIND_OTHER_SINGLE: true single, another emotion
 * @BS_ERROR_KIND_NEUTRAL_FOR_EMOTION: true emotion, judged neutral
 * @BS_ERROR_KIND_EMOTION_FOR_NEUTRAL: true neutral, judged one emotion
 * @BS_ERROR_KIND_FALSE_BLEND_CONTAINING: true single, judged a blend with it
 * @BS_ERROR_KIND_FALSE_BLEND_WITHOUT: true single, judged a blend without it
 * @BS_ERROR_KIND_BLEND_EXACT: true blend, right
 * @BS_ERROR_KIND_WRONG_RATIO: right pair, 50/50 for 70/30 or the reverse
 * @BS_ERROR_KIND_ORDER_SWAPPED: right pair, 70/30 for 30/70
 * @BS_ERROR_KIND_BLEND_ONE_RIGHT: another pair that shares one emotion
 * @BS_ERROR_KIND_BLEND_NONE_RIGHT: another pair that shares none
 * @BS_ERROR_KIND_STRONGER_ALONE: the stronger of an unequal pair alone
 * @BS_ERROR_KIND_WEAKER_ALONE: the weaker of an unequal pair alone
 * @BS_ERROR_KIND_EITHER_ALONE: one of a 50/50 pair alone
 * @BS_ERROR_KIND_BLEND_OTHER_SINGLE: a single emotion that is not in the pair
 * @BS_ERROR_KIND_BLEND_NEUTRAL: true blend, judged neutral
 *
 * How a decision stands to the truth (DEFINITIONS, Kinds of error). Each clip has exactly one.
 */
typedef enum {
  BS_ERROR_KIND_SINGLE_EXACT,
  BS_ERROR_KIND_OTHER_SINGLE,
  BS_ERROR_KIND_NEUTRAL_FOR_EMOTION,
  BS_ERROR_KIND_EMOTION_FOR_NEUTRAL,
  BS_ERROR_KIND_FALSE_BLEND_CONTAINING,
  BS_ERROR_KIND_FALSE_BLEND_WITHOUT,
  BS_ERROR_KIND_BLEND_EXACT,
  BS_ERROR_KIND_WRONG_RATIO,
  BS_ERROR_KIND_ORDER_SWAPPED,
  BS_ERROR_KIND_BLEND_ONE_RIGHT,
  BS_ERROR_KIND_BLEND_NONE_RIGHT,
  BS_ERROR_KIND_STRONGER_ALONE,
  BS_ERROR_KIND_WEAKER_ALONE,
  BS_ERROR_KIND_EITHER_ALONE,
  BS_ERROR_KIND_BLEND_OTHER_SINGLE,
  BS_ERROR_KIND_BLEND_NEUTRAL,
  BS_N_ERROR_KINDS,
} BsErrorKind;

BsErrorKind bs_error_kind (BsLabel truth, BsLabel decision);
const char *bs_error_kind_name (BsErrorKind kind);
gboolean bs_error_kind_is_of_blend (BsErrorKind kind);

G_END_DECLS
