/* SPDX-License-Identifier: MIT */
/* In which order things give way as the window becomes narrower: first the second pane of views,
 * then the list's own column, then the clip's. */
#include "ui/window/bs-window-shape.h"

#include <string.h>

/* In pixels of text at its usual size. */
#define NARROW 960
#define LIST_BESIDE 1240
#define TWO_PANES 1460
#define WIDE 1900
#define CLIP_COLUMN 320
#define CLIP_HALF 535
#define CLIP_HALF_WIDE 600
#define VIEWS_COLUMN 400

static const char *const names[BS_N_LAYOUTS] = { "clip", "split", "analysis" };

/**
 * bs_layout_name:
 * @layout: a layout
 *
 * Returns: what actions and the stored state call it
 */
const char *
bs_layout_name (BsLayout layout)
{
  g_return_val_if_fail (layout < BS_N_LAYOUTS, NULL);
  return names[layout];
}

/**
 * bs_layout_from_name:
 * @name: of bs_layout_name()
 * @layout: (out): which it is
 *
 * Returns: whether there is one of that name
 */
gboolean
bs_layout_from_name (const char *name, BsLayout *layout)
{
  for (int i = 0; i < BS_N_LAYOUTS; i++)
    if (strcmp (name, names[i]) == 0) {
      *layout = (BsLayout) i;
      return TRUE;
    }
  return FALSE;
}

/**
 * bs_window_shape_at:
 * @width_px: the window's width
 * @text_scale: how much larger than usual text is; 1 at 96 dpi
 * @layout: which is chosen
 * @wants_split: whether views are to stand side by side
 *
 * Any thread.
 *
 * Returns: how the window is laid out at that width
 */
BsWindowShape
bs_window_shape_at (int width_px, double text_scale, BsLayout layout, gboolean wants_split)
{
  BsWindowShape shape = { .clip_width_px = -1, .views_width_px = -1 };
  double width = width_px / text_scale;
  gboolean one_more = layout == BS_LAYOUT_ANALYSIS && wants_split;
  shape.is_narrow = width < NARROW;
  shape.may_split = width >= (layout == BS_LAYOUT_ANALYSIS ? LIST_BESIDE : TWO_PANES);
  shape.is_list_folded = width < (one_more ? TWO_PANES : LIST_BESIDE);
  if (layout == BS_LAYOUT_CLIP)
    shape.views_width_px = (int) (VIEWS_COLUMN * text_scale);
  else if (layout == BS_LAYOUT_ANALYSIS)
    shape.clip_width_px = (int) (CLIP_COLUMN * text_scale);
  else
    shape.clip_width_px = (int) ((width >= WIDE ? CLIP_HALF_WIDE : CLIP_HALF) * text_scale);
  return shape;
}
