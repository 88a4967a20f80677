/* SPDX-License-Identifier: MIT */
/* Probabilities or logits? DEFINITIONS, Input: rows that sum to 1 and lie in [0, 1] are
 * probabilities; a value outside makes the file logits; anything else is refused. */
#include "data/run/bs-predictions-private.h"

#include <math.h>

#define SUM_SLACK 1e-3
#define RANGE_SLACK 1e-6 /* what rounding to float32 leaves of a probability of 0 or 1 */

static gboolean
is_outside (double value)
{
  return value < -RANGE_SLACK || value > 1 + RANGE_SLACK;
}

/* Looks for a value that is not finite, or else lies outside [0, 1]. */
static gboolean
find_value (const BsPredictions *self, gboolean (*is_sought) (double), gsize *row, int *emotion)
{
  for (*row = 0; *row < self->n; (*row)++)
    for (*emotion = 0; *emotion < BS_N_EMOTIONS; (*emotion)++)
      if (is_sought (self->probabilities[*row][*emotion]))
        return TRUE;
  return FALSE;
}

static gboolean
is_not_finite (double value)
{
  return !isfinite (value);
}

static gboolean
find_other_sum (const BsPredictions *self, gsize *row, double *sum)
{
  for (*row = 0; *row < self->n; (*row)++) {
    *sum = 0;
    for (int k = 0; k < BS_N_EMOTIONS; k++)
      *sum += self->probabilities[*row][k];
    if (fabs (*sum - 1) > SUM_SLACK)
      return TRUE;
  }
  return FALSE;
}

/**
 * bs_predictions_softmax:
 * @values: six logits; replaced by exp (v - max) / sum
 *
 * In float64; the largest is subtracted, so that no logit overflows.
 */
void
bs_predictions_softmax (double values[BS_N_EMOTIONS])
{
  double top = values[0], sum = 0;
  for (int k = 1; k < BS_N_EMOTIONS; k++)
    top = MAX (top, values[k]);
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    sum += values[k] = exp (values[k] - top);
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    values[k] /= sum;
}

static gboolean
guess_kind (BsPredictions *self, const BsPredictionsSource *source, BsPredictionsKind *kind,
            GError **error)
{
  gsize row;
  int emotion;
  if (find_value (self, is_outside, &row, &emotion)) {
    g_autofree char *place = source->dup_place (source, row, emotion);
    *kind = BS_PREDICTIONS_LOGITS;
    self->note = g_strdup_printf ("read as logits, because %s lies outside 0 to 1", place);
    return TRUE;
  }
  double sum;
  if (find_other_sum (self, &row, &sum)) {
    g_autofree char *place = source->dup_place (source, row, -1);
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (digits, sizeof digits, "%.6g", sum);
    g_set_error (
      error, BS_ERROR, BS_ERROR_VALUE,
      "%s: %s: expected six probabilities that sum to 1, or logits, some of them outside "
      "0 to 1; the sum here is %s, so --probabilities or --logits must say which",
      source->name, place, digits);
    return FALSE;
  }
  *kind = BS_PREDICTIONS_PROBABILITIES;
  self->note = g_strdup ("read as probabilities, because every row sums to 1");
  return TRUE;
}

static gboolean
check_range (const BsPredictions *self, const BsPredictionsSource *source, GError **error)
{
  gsize row;
  int emotion;
  if (!find_value (self, is_outside, &row, &emotion))
    return TRUE;
  g_autofree char *place = source->dup_place (source, row, emotion);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "%s: %s: expected a probability from 0 to 1",
               source->name, place);
  return FALSE;
}

/**
 * bs_predictions_settle:
 * @self: predictions whose values are as the file has them
 * @kind: what the caller says they are, or auto
 * @source: where they come from, for messages
 * @error: return location
 *
 * Finds out what the values are, says so in the note, and turns logits into probabilities.
 *
 * Returns: whether they are one or the other, and finite
 */
gboolean
bs_predictions_settle (BsPredictions *self, BsPredictionsKind kind,
                       const BsPredictionsSource *source, GError **error)
{
  gsize row;
  int emotion;
  if (find_value (self, is_not_finite, &row, &emotion)) {
    g_autofree char *place = source->dup_place (source, row, emotion);
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "%s: %s: expected a finite number", source->name,
                 place);
    return FALSE;
  }
  if (kind == BS_PREDICTIONS_AUTO && !guess_kind (self, source, &kind, error))
    return FALSE;
  if (kind == BS_PREDICTIONS_PROBABILITIES && !check_range (self, source, error))
    return FALSE;
  if (kind == BS_PREDICTIONS_LOGITS)
    for (gsize i = 0; i < self->n; i++)
      bs_predictions_softmax (self->probabilities[i]);
  self->kind = kind;
  return TRUE;
}
