/* SPDX-License-Identifier: MIT */
/* Where the figures on show were tuned, in words (definitions, Thresholds, folds, figures). */
#include "config.h"

#include <glib/gi18n.h>

#include "model/fusion/bs-late-fusion.h"
#include "ui/session/bs-label-text.h"
#include "ui/common/bs-tuned-text.h"
#include "ui/session/bs-why.h"

static gboolean
look (BsThresholdState *state, BsThresholdOrigin *origin, BsTuningSource *source)
{
  BsRun *run = bs_threshold_state_get_run (state);
  BsEvaluationSet *cases = bs_threshold_state_get_cases (state);
  int protocol = bs_threshold_state_get_protocol (state);
  if (run == NULL || cases == NULL)
    return FALSE;
  *origin = bs_threshold_origin (run, cases, bs_threshold_state_get_thresholds (state), protocol);
  *source = bs_tuning_source (run, *origin, (BsProtocol) MAX (protocol, 0));
  return TRUE;
}

/**
 * bs_tuned_text_where:
 * @state: thresholds and the run that they judge
 * @where: (out): the worst of the figures' sources
 *
 * Returns: %FALSE where no run is judged
 */
gboolean
bs_tuned_text_where (BsThresholdState *state, BsChosen *where)
{
  BsThresholdOrigin origin;
  BsTuningSource source;
  if (!look (state, &origin, &source))
    return FALSE;
  *where = bs_tuning_source_worst (&source);
  return TRUE;
}

/**
 * bs_tuned_text_sentence:
 * @state: thresholds and the run that they judge
 *
 * Returns: (transfer full): where the figures on show were tuned, one translated sentence; of a run
 *   that decides by itself, who decides; empty where no run is judged
 */
char *
bs_tuned_text_sentence (BsThresholdState *state)
{
  BsThresholdOrigin origin;
  BsTuningSource source;
  if (!look (state, &origin, &source))
    return g_strdup ("");
  if (origin == BS_THRESHOLDS_NONE)
    return bs_why_given (bs_threshold_state_get_run (state), -1);
  switch (bs_tuning_source_worst (&source)) {
  case BS_CHOSEN_ELSEWHERE:
    return g_strdup (_ ("Tuned elsewhere: chosen on other clips than those reported."));
  case BS_CHOSEN_NOT_KNOWN:
    return g_strdup (
      _ ("Not known where tuned: the file does not say on which clips its network was chosen."));
  case BS_CHOSEN_HERE:
    return g_strdup (
      origin == BS_THRESHOLDS_HAND
        ? _ ("Tuned here: thresholds set by hand while these clips' figures are on show.")
        : _ ("Tuned here: chosen on the clips reported."));
  }
  g_return_val_if_reached (g_strdup (""));
}

/**
 * bs_tuned_text_sources:
 * @state: thresholds and the run that they judge
 *
 * Returns: (transfer full): each source of the figures with where it was chosen, a line each; empty
 *   where no run is judged
 */
char *
bs_tuned_text_sources (BsThresholdState *state)
{
  BsThresholdOrigin origin;
  BsTuningSource source;
  g_autoptr (GString) text = g_string_new (NULL);
  if (!look (state, &origin, &source))
    return g_strdup ("");
  /* Translators: what chose the epoch of a network; "tuned here" or the like follows */
  g_string_append_printf (text, _ ("network: %s"), bs_label_text_tuned (source.network));
  g_string_append_c (text, '\n');
  if (origin == BS_THRESHOLDS_NONE)
    g_string_append (text, _ ("thresholds: none"));
  else
    /* Translators: "tuned here" or the like follows */
    g_string_append_printf (text, _ ("thresholds: %s"), bs_label_text_tuned (source.thresholds));
  if (bs_run_is_late_fusion (bs_threshold_state_get_run (state))) {
    g_string_append_c (text, '\n');
    /* Translators: of a fusion; "tuned here" or the like follows */
    g_string_append_printf (text, _ ("weights: %s"), bs_label_text_tuned (source.weights));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
