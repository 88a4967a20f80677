/* SPDX-License-Identifier: MIT */
/* Reads what tests/reference/make-rule-cases.py wrote: invented clips and the decisions of an
 * independent rule. */
#pragma once

#include "model/decision/bs-metrics.h"

#define FIXTURE_FIRST_PAIR 10 /* column */

typedef struct {
  gsize n;
  gsize n_pairs;
  BsThresholdPair *pairs;
  BsLabel *truth;
  gint8 *fold;
  int *actor;
  double (*p)[BS_N_EMOTIONS];
  BsLabel *decisions; /* n x n_pairs */
} RuleFixture;

static inline char **
fixture_lines (const char *name)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("BLENDSCOPE_SOURCE"), "tests/unit/model/fixtures", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static inline BsLabel
fixture_label (const char *text)
{
  for (int c = 0; c < BS_N_SALIENCE_CLASSES; c++)
    if (g_str_equal (text, bs_salience_class_name (c)))
      return bs_label_from_salience_class (c);
  g_error ("\"%s\" is not a class", text);
}

static inline void
fixture_read_row (RuleFixture *self, gsize i, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, ",", -1);
  g_assert_cmpuint (g_strv_length (fields), ==, FIXTURE_FIRST_PAIR + self->n_pairs);
  self->fold[i] = (gint8) g_ascii_strtoll (fields[1], NULL, 10);
  self->actor[i] = (int) g_ascii_strtoll (fields[2], NULL, 10);
  self->truth[i] = fixture_label (fields[3]);
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    self->p[i][e] = g_ascii_strtod (fields[4 + e], NULL);
  for (gsize k = 0; k < self->n_pairs; k++)
    self->decisions[i * self->n_pairs + k] = fixture_label (fields[FIXTURE_FIRST_PAIR + k]);
}

static inline RuleFixture *
rule_fixture_load (void)
{
  g_auto (GStrv) lines = fixture_lines ("rule-cases.csv");
  g_auto (GStrv) header = g_strsplit (lines[0], ",", -1);
  RuleFixture *self = g_new0 (RuleFixture, 1);
  self->n = g_strv_length (lines) - 1;
  self->n_pairs = g_strv_length (header) - FIXTURE_FIRST_PAIR;
  self->pairs = g_new (BsThresholdPair, self->n_pairs);
  for (gsize k = 0; k < self->n_pairs; k++) {
    g_auto (GStrv) pair = g_strsplit (header[FIXTURE_FIRST_PAIR + k], "|", 2);
    self->pairs[k] =
      (BsThresholdPair){ g_ascii_strtod (pair[0], NULL), g_ascii_strtod (pair[1], NULL) };
  }
  self->truth = g_new (BsLabel, self->n);
  self->fold = g_new (gint8, self->n);
  self->actor = g_new (int, self->n);
  self->p = g_malloc_n (self->n, sizeof *self->p);
  self->decisions = g_new (BsLabel, self->n * self->n_pairs);
  for (gsize i = 0; i < self->n; i++)
    fixture_read_row (self, i, lines[i + 1]);
  return self;
}

static inline BsEvaluationSet *
rule_fixture_cases (const RuleFixture *self)
{
  return bs_evaluation_set_new_from_arrays (self->n, self->truth, self->fold, self->actor,
                                            (const double (*)[BS_N_EMOTIONS]) self->p, NULL);
}

static inline void
rule_fixture_free (RuleFixture *self)
{
  g_free (self->pairs);
  g_free (self->truth);
  g_free (self->fold);
  g_free (self->actor);
  g_free (self->p);
  g_free (self->decisions);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RuleFixture, rule_fixture_free)
