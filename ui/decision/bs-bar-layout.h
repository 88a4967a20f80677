/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BS_TYPE_BAR_LAYOUT_CHILD (bs_bar_layout_child_get_type ())
/**
 * BsBarLayoutChild:
 *
 * What a child of a bar does as the bar gets narrow. Properties:
 * - leaves (int): the step from which on it is left out; 0 for never
 * - narrows (int): the step from which on its minimum width will do; 0 for never
 * - enters (int): the step from which on it is there; 0 for always
 * - wishes (int): pixels that it takes where there is room, if it asks for less
 */
G_DECLARE_FINAL_TYPE (BsBarLayoutChild, bs_bar_layout_child, BS, BAR_LAYOUT_CHILD, GtkLayoutChild)

#define BS_TYPE_BAR_LAYOUT (bs_bar_layout_get_type ())
/**
 * BsBarLayout:
 *
 * One row of which less is shown the narrower it is, in a fixed order of steps. Property:
 * - spacing (int): pixels between the children
 */
G_DECLARE_FINAL_TYPE (BsBarLayout, bs_bar_layout, BS, BAR_LAYOUT, GtkLayoutManager)

int bs_bar_layout_get_step (BsBarLayout *self);

G_END_DECLS
