/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/chart/bs-chart-view.h"
#include "viz/chart/bs-scatter.h"

G_BEGIN_DECLS

/**
 * BsScatterPalette:
 * @BS_SCATTER_EMOTIONS: a disc of one emotion, or of two
 * @BS_SCATTER_FOLDS: colours of folds
 * @BS_SCATTER_ACTORS: colours of actors
 * @BS_SCATTER_PAIR: outcomes where the emotions are right
 * @BS_SCATTER_NOT_PAIR: outcomes where they are not
 * @BS_SCATTER_REST: other outcomes
 *
 * Where a group's colour comes from.
 */
typedef enum {
  BS_SCATTER_EMOTIONS,
  BS_SCATTER_FOLDS,
  BS_SCATTER_ACTORS,
  BS_SCATTER_PAIR,
  BS_SCATTER_NOT_PAIR,
  BS_SCATTER_REST,
} BsScatterPalette;

/**
 * BsScatterLook:
 * @name: in the legend
 * @palette: where the colour comes from
 * @index: number of the colour there
 * @marker: shape, but for emotions
 * @first: an emotion
 * @second: the other of a blend, or -1
 * @first_share: salience of @first, 0 to 1
 *
 * How a group of points looks, whatever the theme.
 */
typedef struct {
  char *name;
  BsScatterPalette palette;
  guint index;
  BsMarker marker;
  int first, second;
  double first_share;
} BsScatterLook;

#define BS_TYPE_SCATTER_VIEW (bs_scatter_view_get_type ())
/**
 * BsScatterView:
 *
 * Points as a widget. Drag moves, the wheel zooms; Shift and a straight drag draws a rectangle, any
 * other with Shift a lasso, and Control with Shift adds to what was chosen before. A click on the
 * legend hides a group and a double click leaves it alone; arrow keys go from point to point,
 * plus and minus zoom, Home shows all.
 *
 * Signals: "hovered" (int): the pointer or the keyboard is on this point, -1 for none; the
 * receiver may set words. "activated" (int): a click on a point, or Enter. "lasso" (GArray of
 * guint, gboolean): points inside a rectangle or an outline, and whether they are added.
 */
G_DECLARE_FINAL_TYPE (BsScatterView, bs_scatter_view, BS, SCATTER_VIEW, BsChartView)

void bs_scatter_view_set_points (BsScatterView *self, gsize n, const float *xy,
                                 const char *const *names, const char *x_title,
                                 const char *y_title);
void bs_scatter_view_set_groups (BsScatterView *self, const guint16 *group,
                                 const BsScatterLook *looks, gsize n_looks);
void bs_scatter_view_set_dimmed (BsScatterView *self, const guint8 *dimmed);
void bs_scatter_view_set_chosen (BsScatterView *self, int index);
void bs_scatter_view_set_hover_words (BsScatterView *self, const char *words);
void bs_scatter_view_fit (BsScatterView *self);

G_END_DECLS
