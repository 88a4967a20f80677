/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsLayout:
 * @BS_LAYOUT_CLIP: the picture large, one column of views beside it
 * @BS_LAYOUT_SPLIT: clip and views alike
 * @BS_LAYOUT_ANALYSIS: the clip as a column, the rest for views
 */
typedef enum {
  BS_LAYOUT_CLIP,
  BS_LAYOUT_SPLIT,
  BS_LAYOUT_ANALYSIS,
  BS_N_LAYOUTS,
} BsLayout;

/**
 * BsWindowShape:
 * @is_narrow: the clip is a tab among the views, layouts and the list's place are given up
 * @is_list_folded: the list slides over the rest instead of standing beside it
 * @may_split: two panes of views have room side by side
 * @clip_width_px: what the clip is given, or -1 where that is what the views leave
 * @views_width_px: what the views are given, or -1 where that is what the clip leaves
 *
 * How the window is laid out at its size.
 */
typedef struct {
  gboolean is_narrow;
  gboolean is_list_folded;
  gboolean may_split;
  int clip_width_px;
  int views_width_px;
} BsWindowShape;

BsWindowShape bs_window_shape_at (int width_px, double text_scale, BsLayout layout,
                                  gboolean wants_split);
const char *bs_layout_name (BsLayout layout);
gboolean bs_layout_from_name (const char *name, BsLayout *layout);

G_END_DECLS
