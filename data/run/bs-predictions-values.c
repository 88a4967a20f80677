/* SPDX-License-Identifier: MIT */
/* Probabilities or logits? DEFINITIONS, Input: most rows sum to 1 and lie in [0, 1], or some value
 * is negative; anything else is refused, and somebody has to say. */
#include "data/run/bs-predictions-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define SUM_SLACK 1e-3
#define RANGE_SLACK 1e-6 /* what rounding to float32 leaves of a probability of 0 or 1 */

static gboolean
is_outside (double value)
{
  return value < -RANGE_SLACK || value > 1 + RANGE_SLACK;
}

static gboolean
is_negative (double value)
{
  return value < 0;
}

static gboolean
is_not_finite (double value)
{
  return !isfinite (value);
}

/* Looks for a value of which @is_sought holds. */
static gboolean
find_value (const BsPredictions *self, gboolean (*is_sought) (double), gsize *row, int *emotion)
{
  for (*row = 0; *row < self->n; (*row)++)
    for (*emotion = 0; *emotion < BS_N_EMOTIONS; (*emotion)++)
      if (is_sought (self->probabilities[*row][*emotion]))
        return TRUE;
  return FALSE;
}

/* Six values, each off by at most half a unit of its last decimal. Without any decimals the values
 * are 0 and 1 and were not rounded. */
static double
sum_slack (int n_decimals)
{
  double rounding = n_decimals > 0 ? BS_N_EMOTIONS * 0.5 * pow (10, -n_decimals) : 0;
  return MAX (SUM_SLACK, rounding) + 1e-9;
}

static double
sum_of_row (const BsPredictions *self, gsize row)
{
  double sum = 0;
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    sum += self->probabilities[row][k];
  return sum;
}

static gboolean
is_row_of_probabilities (const BsPredictions *self, gsize row)
{
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    if (is_outside (self->probabilities[row][k]))
      return FALSE;
  return fabs (sum_of_row (self, row) - 1) <= sum_slack (self->read_as.n_decimals);
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

static const char *
format_sum (double sum, char digits[G_ASCII_DTOSTR_BUF_SIZE])
{
  return g_ascii_formatd (digits, G_ASCII_DTOSTR_BUF_SIZE, "%.6g", sum);
}

/* Of a file whose rows are mostly probabilities, the first that is not. */
static void
set_odd_row_error (const BsPredictions *self, const BsPredictionsSource *source, GError **error)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  gsize row = 0;
  while (is_row_of_probabilities (self, row))
    row++;
  g_autofree char *place = source->dup_place (source, row, -1);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               _ ("%s: %s: expected six probabilities that sum to 1, as %zu of %zu rows have; the "
                  "sum here is %s"),
               source->name, place, self->read_as.n_sum_to_one, self->n,
               format_sum (sum_of_row (self, row), digits));
}

static void
set_unclear_error (const BsPredictions *self, const BsPredictionsSource *source, GError **error)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  double sum = sum_of_row (self, 0);
  g_autofree char *place = source->dup_place (source, 0, -1);
  g_set_error (error, BS_ERROR, BS_ERROR_UNCLEAR,
               fabs (sum - 100) <= 5
                 ? _ ("%s: %s: expected six probabilities that sum to 1, or logits, some of them "
                      "negative; the sum here is %s (per cent?)")
                 : _ ("%s: %s: expected six probabilities that sum to 1, or logits, some of them "
                      "negative; the sum here is %s"),
               source->name, place, format_sum (sum, digits));
}

static gboolean
guess_kind (BsPredictions *self, const BsPredictionsSource *source, BsPredictionsKind *kind,
            GError **error)
{
  BsReadAs *read_as = &self->read_as;
  gsize row;
  int emotion;
  read_as->n_rows = self->n;
  for (row = 0; row < self->n; row++)
    read_as->n_sum_to_one += is_row_of_probabilities (self, row);
  if (read_as->n_sum_to_one == self->n) {
    *kind = BS_PREDICTIONS_PROBABILITIES;
    read_as->kind_reason = g_strdup ("rows");
    return TRUE;
  }
  if (2 * read_as->n_sum_to_one > self->n) {
    set_odd_row_error (self, source, error);
    return FALSE;
  }
  if (!find_value (self, is_negative, &row, &emotion)) {
    set_unclear_error (self, source, error);
    return FALSE;
  }
  *kind = BS_PREDICTIONS_LOGITS;
  read_as->kind_reason = g_strdup ("negative");
  read_as->kind_place = source->dup_place (source, row, emotion);
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
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: %s: expected a probability from 0 to 1"),
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
 * Finds out what the values are, says so in how the file was read, and turns logits into
 * probabilities.
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
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: %s: expected a finite number"),
                 source->name, place);
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
  if (self->read_as.kind_reason == NULL)
    self->read_as.kind_reason = g_strdup ("said");
  self->read_as.kind = g_strdup (kind == BS_PREDICTIONS_LOGITS ? "logits" : "probabilities");
  return TRUE;
}
