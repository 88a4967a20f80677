/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/chart/bs-chart.h"

G_BEGIN_DECLS

#define BS_TIMELINE_LANE_PX 12.0 /* from one lane of attention to the next, where there is room */

/**
 * BsTimelineLane:
 * @name: at its left
 * @header: of its column in the table
 * @share: of all attention, from 0 to 1; beside the name. NaN where it is not known yet
 * @n: weights; where there are none the whole lane stands for @share
 * @time_s: (array length=n): middle of each
 * @weight: (array length=n): of each
 * @full: the weight that fills the lane's height
 * @series: number of the modality's colour
 *
 * Attention to one modality over time.
 */
typedef struct {
  const char *name;
  const char *header;
  double share;
  gsize n;
  const double *time_s;
  const double *weight;
  double full;
  guint series;
} BsTimelineLane;

/**
 * BsTimeline:
 * @duration_s: what the width stands for; nothing is drawn where it is not above 0
 * @n_columns: columns of the waveform
 * @low: (nullable) (array length=n_columns): smallest sample of each, -1 to 1
 * @high: (nullable) (array length=n_columns): largest
 * @sound_s: time that the columns span
 * @n_windows: windows with probabilities
 * @centre_s: (nullable) (array length=n_windows): middle of each
 * @p: (nullable) (array length=n_windows): six probabilities each, official order
 * @n_lanes: lanes of attention, below the probabilities
 * @lanes: (nullable) (array length=n_lanes): each modality's
 * @alpha: dashed line across the curves; NaN where there is none
 * @loop_from_s: loop's start; NaN where there is none
 * @loop_to_s: loop's end; NaN where there is none
 * @playhead_s: time of the picture on show
 * @sound_label: (nullable): name of the first lane
 * @probability_label: (nullable): name of the second lane
 * @probability_note: (nullable): smaller, below it
 * @ends_note: (nullable): why there are no windows at both ends of the clip
 *
 * Sound, probabilities and attention over the time of one clip.
 */
typedef struct {
  double duration_s;
  gsize n_columns;
  const float *low, *high;
  double sound_s;
  gsize n_windows;
  const double *centre_s;
  const double (*p)[BS_N_EMOTIONS];
  guint n_lanes;
  const BsTimelineLane *lanes;
  double alpha;
  double loop_from_s, loop_to_s;
  double playhead_s;
  const char *sound_label, *probability_label, *probability_note, *ends_note;
} BsTimeline;

/**
 * BsTimelinePart:
 *
 * What lies under a point. Handles of the loop come before what is behind them.
 */
typedef enum {
  BS_TIMELINE_NOTHING,
  BS_TIMELINE_TIME,
  BS_TIMELINE_PLAYHEAD,
  BS_TIMELINE_LOOP_FROM,
  BS_TIMELINE_LOOP_TO,
} BsTimelinePart;

void bs_timeline_init (BsTimeline *self);
void bs_timeline_draw (const BsTimeline *self, cairo_t *cr, double width, double height,
                       const BsChartTheme *theme);
void bs_timeline_draw_playhead (const BsTimeline *self, cairo_t *cr, double width, double height,
                                const BsChartTheme *theme);
BsRect bs_timeline_plot (const BsTimeline *self, double width, double height,
                         const BsChartTheme *theme);
double bs_timeline_x (const BsTimeline *self, double width, double height,
                      const BsChartTheme *theme, double time_s);
double bs_timeline_time (const BsTimeline *self, double width, double height,
                         const BsChartTheme *theme, double x);
BsTimelinePart bs_timeline_hit (const BsTimeline *self, double width, double height,
                                const BsChartTheme *theme, double x, double y);
int bs_timeline_lane_at (const BsTimeline *self, double width, double height,
                         const BsChartTheme *theme, double y);
gboolean bs_timeline_has_window (const BsTimeline *self, double time_s);
BsTable *bs_timeline_table (const BsTimeline *self);

G_END_DECLS
