/* SPDX-License-Identifier: MIT */
/* A late fusion as a run: what the folder needs beside the fused probabilities is kept as settings,
 * so that any program can read it. */
#include <math.h>

#include "data/format/bs-csv.h"
#include "model/fusion/bs-late-fusion.h"

#define MODEL "late-fusion"

/* Takes over @value. */
static void
set (BsRun *run, gsize member, const char *what, char *value)
{
  g_hash_table_insert (run->settings,
                       g_strdup_printf ("member_%" G_GSIZE_FORMAT "%s", member + 1, what), value);
}

static char *
number (double value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (!isnan (value))
    bs_csv_append_double (text, value);
  return g_strdup (text->str);
}

/* A member's weight in each fold, and for clips without one. */
static char *
list_weights (const BsLateFusion *self, gsize member)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int fold = 0; fold <= (int) self->n_folds; fold++) {
    if (fold > 0)
      g_string_append_c (text, ' ');
    bs_csv_append_double (
      text, bs_late_fusion_weights (self, fold < (int) self->n_folds ? fold : -1)[member]);
  }
  return g_strdup (text->str);
}

/**
 * bs_late_fusion_best_key:
 * @self: a fusion
 *
 * The other side of the members' scores is the official protocol's optimum under the honest one
 * too, and must not pass for what the honest weights reach.
 *
 * Returns: (transfer none): the name of @best_score in files
 */
const char *
bs_late_fusion_best_key (const BsLateFusion *self)
{
  return self->protocol == BS_FUSION_HONEST ? "score_official" : "score_best";
}

static void
describe_members (const BsLateFusion *self, BsRun *run)
{
  g_hash_table_insert (run->settings, g_strdup ("members"),
                       g_strdup_printf ("%" G_GSIZE_FORMAT, self->n_members));
  g_hash_table_insert (run->settings, g_strdup (BS_RUN_CHOSEN),
                       g_strdup (bs_chosen_word (self->source.network)));
  g_hash_table_insert (run->settings, g_strdup (BS_RUN_WEIGHTS_CHOSEN),
                       g_strdup (bs_chosen_word (self->source.weights)));
  g_hash_table_insert (run->settings, g_strdup (bs_late_fusion_best_key (self)),
                       number (self->best_score));
  g_hash_table_insert (run->settings, g_strdup ("score_equal"), number (self->equal_score));
  for (gsize m = 0; m < self->n_members; m++) {
    set (run, m, "", g_strdup (self->worth[m].name));
    set (run, m, "_weight", number (self->worth[m].weight));
    set (run, m, "_weights", list_weights (self, m));
    set (run, m, "_alone", number (self->worth[m].alone));
    set (run, m, "_without", number (self->worth[m].without));
  }
}

/**
 * bs_late_fusion_make_run:
 * @self: a fusion
 * @metadata: labels and folds
 *
 * Any thread.
 *
 * Returns: (transfer full): a run of model "late-fusion", with its members, weights and what they
 *   are worth among the settings, and each fold's thresholds; not saved yet
 */
BsRun *
bs_late_fusion_make_run (const BsLateFusion *self, const BsMetadata *metadata)
{
  g_autofree char *title =
    self->n_members == 2
      ? g_strdup_printf (MODEL ": %s + %s", self->worth[0].name, self->worth[1].name)
      : g_strdup_printf (MODEL ": %" G_GSIZE_FORMAT " runs", self->n_members);
  BsRun *run = bs_run_from_predictions (self->predictions, title, metadata);
  g_free (run->model);
  run->model = g_strdup (MODEL);
  run->protocol = g_strdup (bs_fusion_protocol_name (self->protocol));
  run->seed = self->seed;
  describe_members (self, run);
  for (int fold = 0; fold < (int) self->n_folds; fold++) {
    BsFoldResult *result = g_new0 (BsFoldResult, 1);
    result->fold = fold;
    result->alpha = self->thresholds.fold[fold].alpha;
    result->beta = self->thresholds.fold[fold].beta;
    g_ptr_array_add (run->folds, result);
  }
  return run;
}

/**
 * bs_run_is_late_fusion:
 * @run: a run
 *
 * Returns: whether it is a late fusion of others
 */
gboolean
bs_run_is_late_fusion (const BsRun *run)
{
  return g_strcmp0 (run->model, MODEL) == 0;
}

static void
clear_worth (gpointer data)
{
  g_free (((BsFusionWorth *) data)->name);
}

static const char *
look_up (const BsRun *run, gsize member, const char *what)
{
  g_autofree char *key = g_strdup_printf ("member_%" G_GSIZE_FORMAT "%s", member + 1, what);
  return g_hash_table_lookup (run->settings, key);
}

static double
look_up_number (const BsRun *run, gsize member, const char *what)
{
  const char *text = look_up (run, member, what);
  char *end = NULL;
  double value = text != NULL ? g_ascii_strtod (text, &end) : NAN;
  return end == text ? NAN : value;
}

/**
 * bs_late_fusion_worth_of_run:
 * @run: a run, perhaps loaded
 *
 * Returns: (transfer full) (element-type BsFusionWorth): its members; empty where it is no late
 *   fusion. What its settings lack is NaN.
 */
GArray *
bs_late_fusion_worth_of_run (const BsRun *run)
{
  GArray *worth = g_array_new (FALSE, TRUE, sizeof (BsFusionWorth));
  g_array_set_clear_func (worth, clear_worth);
  const char *name;
  for (gsize m = 0; bs_run_is_late_fusion (run) && (name = look_up (run, m, "")) != NULL; m++) {
    BsFusionWorth member = { .name = g_strdup (name),
                             .weight = look_up_number (run, m, "_weight"),
                             .alone = look_up_number (run, m, "_alone"),
                             .without = look_up_number (run, m, "_without") };
    g_array_append_val (worth, member);
  }
  return worth;
}
