/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TestEdit:
 * @length_s: how long it lasts in the clip, 0 for to the end
 * @from_s: where in the track it begins, negative for nothing
 * @rate: its speed
 *
 * One entry of an edit list.
 */
typedef struct {
  double length_s;
  double from_s;
  double rate;
} TestEdit;

void bs_test_boxes_set_edits (const char *path, const char *kind, const TestEdit *edits, guint n,
                              gboolean wide);
void bs_test_boxes_set_matrix (const char *path, int a, int b, int c, int d);
void bs_test_boxes_hide_colours (const char *path);

G_END_DECLS
