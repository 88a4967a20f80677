/* SPDX-License-Identifier: MIT */
/* The views there are. A new one is a row here. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/analysis/bs-actors-view.h"
#include "ui/analysis/bs-confusion-view.h"
#include "ui/analysis/bs-corpus-view.h"
#include "ui/analysis/bs-projection-view.h"
#include "ui/analysis/bs-thresholds-view.h"
#include "ui/window/bs-view-catalogue.h"

static const BsViewInfo views[] = {
  { "thresholds", N_ ("Thresholds"), N_ ("Thresholds"), N_ ("alpha beta folds map score protocol"),
    bs_thresholds_view_get_type },
  { "confusion", N_ ("Confusion"), N_ ("Errors"), N_ ("matrix classes kinds of error"),
    bs_confusion_view_get_type },
  { "actors", N_ ("Actors"), N_ ("Errors"), N_ ("people presence salience"),
    bs_actors_view_get_type },
  { "projection", N_ ("Projection"), N_ ("Features"), N_ ("PCA scatter encoder"),
    bs_projection_view_get_type },
  { "corpus", N_ ("Corpus"), N_ ("Corpus"), N_ ("labels durations clips encoders folder"),
    bs_corpus_view_get_type },
};

/**
 * bs_view_catalogue_fill:
 * @panes: panes without views
 * @workspace: what the views are of; outlives the panes
 */
void
bs_view_catalogue_fill (BsViewPanes *panes, BsWorkspace *workspace)
{
  bs_view_panes_set_views (panes, views, G_N_ELEMENTS (views), workspace);
  bs_view_panes_set_state (panes, bs_view_catalogue_default_state ());
}

/**
 * bs_view_catalogue_default_state:
 *
 * Returns: (transfer floating): what is open where nobody has chosen yet, for
 *   bs_view_panes_set_state()
 */
GVariant *
bs_view_catalogue_default_state (void)
{
  GVariantBuilder rows;
  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a(suubb)"));
  /* Three are what one pane has room for at 1280. */
  static const char *const open[] = { "thresholds", "confusion", "projection" };
  for (gsize i = 0; i < G_N_ELEMENTS (open); i++)
    g_variant_builder_add (&rows, "(suubb)", open[i], 0u, 0u, i == 0, FALSE);
  return g_variant_builder_end (&rows);
}
