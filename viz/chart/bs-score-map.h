/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/chart/bs-chart.h"

G_BEGIN_DECLS

/**
 * BsMapRegion:
 *
 * A rectangle of equally good thresholds of one fold.
 */
typedef struct {
  double alpha_from, alpha_to;
  double beta_from, beta_to;
  int fold;
} BsMapRegion;

/**
 * BsMapOptimum:
 * @alpha: thresholds
 * @beta: likewise
 * @fold: a fold
 * @name: (nullable): what it is called, by its number where this is %NULL
 *
 * A fold's best pair.
 */
typedef struct {
  double alpha, beta;
  int fold;
  const char *name;
} BsMapOptimum;

/**
 * BsScoreMap:
 * @n_alpha: columns of the raster
 * @n_beta: rows, from the lowest beta up
 * @score: (nullable) (array): n_beta x n_alpha, at the middles of the cells; NaN where nothing
 *   is known
 * @alpha_from: left end
 * @alpha_to: right end
 * @beta_from: lower end
 * @beta_to: upper end
 * @largest_p2: largest second probability of the data: alpha above it changes nothing; NaN
 *   where not known
 * @largest_d: largest difference of the data, likewise for beta
 * @n_regions: how many
 * @regions: (nullable) (array length=n_regions): outlined
 * @n_optima: how many
 * @optima: (nullable) (array length=n_optima): numbered discs
 * @alpha: of the handle; NaN for none
 * @beta: of the handle
 * @map: colours
 *
 * The score over alpha (across) and beta (up), with a handle at the pair in use. The raster is
 * turned into an image once: bs_score_map_raster_changed() says that it is another.
 */
typedef struct {
  gsize n_alpha, n_beta;
  const double *score;
  double alpha_from, alpha_to, beta_from, beta_to;
  double largest_p2, largest_d;
  gsize n_regions;
  const BsMapRegion *regions;
  gsize n_optima;
  const BsMapOptimum *optima;
  double alpha, beta;
  BsColorMap map;
  /*< private >*/
  cairo_surface_t *image;
  double least, most;
} BsScoreMap;

void bs_score_map_init (BsScoreMap *self);
void bs_score_map_clear (BsScoreMap *self);
void bs_score_map_raster_changed (BsScoreMap *self);

void bs_score_map_draw (BsScoreMap *self, cairo_t *cr, double width, double height,
                        const BsChartTheme *theme);
void bs_score_map_draw_marks (const BsScoreMap *self, cairo_t *cr, double width, double height,
                              const BsChartTheme *theme);
gboolean bs_score_map_hit (const BsScoreMap *self, double width, double height,
                           const BsChartTheme *theme, double x, double y, double *alpha,
                           double *beta);
int bs_score_map_hit_optimum (const BsScoreMap *self, double width, double height,
                              const BsChartTheme *theme, double x, double y);
double bs_score_map_value (const BsScoreMap *self, double alpha, double beta);
BsTable *bs_score_map_table (const BsScoreMap *self);

G_END_DECLS
