/* SPDX-License-Identifier: MIT */
/* Kinds of error: exclusive and exhaustive, so that their counts add up to the clips judged. */
#include "model/decision/bs-error-kind.h"

static gboolean
contains (BsLabel blend, int emotion)
{
  return blend.first == emotion || blend.second == emotion;
}

static BsErrorKind
kind_of_single (int truth, BsLabel decision)
{
  if (bs_label_is_blend (decision))
    return contains (decision, truth) ? BS_ERROR_KIND_FALSE_BLEND_CONTAINING
                                      : BS_ERROR_KIND_FALSE_BLEND_WITHOUT;
  if (decision.first == truth)
    return BS_ERROR_KIND_SINGLE_EXACT;
  if (decision.first == BS_EMOTION_NEU)
    return BS_ERROR_KIND_NEUTRAL_FOR_EMOTION;
  if (truth == BS_EMOTION_NEU)
    return BS_ERROR_KIND_EMOTION_FOR_NEUTRAL;
  return BS_ERROR_KIND_OTHER_SINGLE;
}

static BsErrorKind
kind_of_blend_for_blend (BsLabel truth, BsLabel decision)
{
  if (!bs_label_same_set (truth, decision))
    return contains (truth, decision.first) || contains (truth, decision.second)
             ? BS_ERROR_KIND_BLEND_ONE_RIGHT
             : BS_ERROR_KIND_BLEND_NONE_RIGHT;
  if (truth.first_percent == decision.first_percent)
    return BS_ERROR_KIND_BLEND_EXACT;
  gboolean has_order =
    truth.first_percent != 50 && decision.first_percent != 50 && decision.first_percent >= 0;
  return has_order && (truth.first_percent > 50) != (decision.first_percent > 50)
           ? BS_ERROR_KIND_ORDER_SWAPPED
           : BS_ERROR_KIND_WRONG_RATIO;
}

static BsErrorKind
kind_of_single_for_blend (BsLabel truth, int decision)
{
  if (!contains (truth, decision))
    return decision == BS_EMOTION_NEU ? BS_ERROR_KIND_BLEND_NEUTRAL
                                      : BS_ERROR_KIND_BLEND_OTHER_SINGLE;
  if (truth.first_percent == 50)
    return BS_ERROR_KIND_EITHER_ALONE;
  int stronger = truth.first_percent > 50 ? truth.first : truth.second;
  return decision == stronger ? BS_ERROR_KIND_STRONGER_ALONE : BS_ERROR_KIND_WEAKER_ALONE;
}

/**
 * bs_error_kind:
 * @truth: a known label
 * @decision: a label; where it is unknown, as of a decision from elsewhere that no label can say,
 *   it counts as a blend with nothing right in it
 *
 * Returns: the one kind that holds for the two; any thread
 */
BsErrorKind
bs_error_kind (BsLabel truth, BsLabel decision)
{
  if (!bs_label_is_known (decision))
    return bs_label_is_blend (truth) ? BS_ERROR_KIND_BLEND_NONE_RIGHT
                                     : BS_ERROR_KIND_FALSE_BLEND_WITHOUT;
  if (!bs_label_is_blend (truth))
    return kind_of_single (truth.first, decision);
  if (bs_label_is_blend (decision))
    return kind_of_blend_for_blend (truth, decision);
  return kind_of_single_for_blend (truth, decision.first);
}

/**
 * bs_error_kind_name:
 * @kind: a kind
 *
 * Returns: a name for files, as "order-swapped"; ui/ has translated ones
 */
const char *
bs_error_kind_name (BsErrorKind kind)
{
  static const char *const names[BS_N_ERROR_KINDS] = {
    "single-exact",           "other-single",        "neutral-for-emotion", "emotion-for-neutral",
    "false-blend-containing", "false-blend-without", "blend-exact",         "wrong-ratio",
    "order-swapped",          "blend-one-right",     "blend-none-right",    "stronger-alone",
    "weaker-alone",           "either-alone",        "blend-other-single",  "blend-neutral",
  };
  g_return_val_if_fail ((int) kind >= 0 && kind < BS_N_ERROR_KINDS, NULL);
  return names[kind];
}

/**
 * bs_error_kind_is_of_blend:
 * @kind: a kind
 *
 * Returns: whether it is a kind of true blends
 */
gboolean
bs_error_kind_is_of_blend (BsErrorKind kind)
{
  return kind >= BS_ERROR_KIND_BLEND_EXACT;
}
