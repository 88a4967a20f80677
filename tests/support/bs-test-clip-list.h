/* SPDX-License-Identifier: MIT */
/* The list of clips as it is painted, beside what it ought to show. */
#pragma once

#include <gtk/gtk.h>

#include "ui/clips/bs-clip-list.h"
#include "ui/session/bs-clip-list-model.h"

G_BEGIN_DECLS

/**
 * BsTestClipList:
 * @window: where @list is on show
 * @sort: what the list was asked to be sorted by
 * @descending: the other way round
 * @n_rows: rows that were looked at, in all checks
 */
typedef struct {
  BsWorkspace *workspace;
  GtkWidget *window;
  GtkWidget *list;
  BsClipSort sort;
  gboolean descending;
  guint n_rows;
} BsTestClipList;

GtkWidget *bs_test_clip_list_rows (BsTestClipList *self);
GtkEditable *bs_test_clip_list_search (BsTestClipList *self);
GtkAdjustment *bs_test_clip_list_adjustment (BsTestClipList *self);
GPtrArray *bs_test_clip_list_chips (BsTestClipList *self);
void bs_test_clip_list_set_sort (BsTestClipList *self, BsClipSort sort, gboolean descending);
GArray *bs_test_clip_list_expect (BsTestClipList *self);
gboolean bs_test_clip_list_shows (BsTestClipList *self, guint position);
void bs_test_clip_list_check (BsTestClipList *self);

G_END_DECLS
