/* SPDX-License-Identifier: MIT */
/* Nothing here asks the list's own model: which clips are accepted is asked of the filter clip by
 * clip, and they are sorted here. A row is found by where it is painted. */
#include "tests/support/bs-test-clip-list.h"

#include <math.h>
#include <string.h>

#include "tests/support/bs-test-widgets.h"
#include "ui/session/bs-label-text.h"

/* The list with all its rows, seen or not. */
GtkWidget *
bs_test_clip_list_rows (BsTestClipList *self)
{
  GtkWidget *rows = bs_test_of_class (self->list, "clip-list");
  g_assert_nonnull (rows);
  return rows;
}

/* The field that is typed in. */
GtkEditable *
bs_test_clip_list_search (BsTestClipList *self)
{
  return GTK_EDITABLE (bs_test_part (self->list, GTK_TYPE_SEARCH_ENTRY));
}

/* How far the list is scrolled. */
GtkAdjustment *
bs_test_clip_list_adjustment (BsTestClipList *self)
{
  GtkWidget *rows = bs_test_clip_list_rows (self);
  return gtk_scrolled_window_get_vadjustment (
    GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (rows, GTK_TYPE_SCROLLED_WINDOW)));
}

static void
collect_chips (GtkWidget *root, GPtrArray *chips)
{
  if (gtk_widget_has_css_class (root, "chip"))
    g_ptr_array_add (chips, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_chips (child, chips);
}

/* (transfer full) (element-type GtkButton): the filter's chips, in order. */
GPtrArray *
bs_test_clip_list_chips (BsTestClipList *self)
{
  GPtrArray *chips = g_ptr_array_new ();
  collect_chips (self->list, chips);
  return chips;
}

/* As by the menu. */
void
bs_test_clip_list_set_sort (BsTestClipList *self, BsClipSort sort, gboolean descending)
{
  static const char *const names[BS_N_CLIP_SORTS] = {
    "file", "name", "actor", "label", "decision", "outcome", "margin", "confidence",
  };
  gtk_widget_activate_action (self->list, "clips.sort", "s", names[sort]);
  if (descending != self->descending)
    gtk_widget_activate_action (self->list, "clips.reversed", NULL);
  self->sort = sort;
  self->descending = descending;
}

static double
compare_by (BsTestClipList *self, int a, int b)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  const BsClip *x = bs_metadata_clip (metadata, (gsize) a);
  const BsClip *y = bs_metadata_clip (metadata, (gsize) b);
  const BsDecision *p =
    bs_threshold_state_get_decision (bs_workspace_get_thresholds (self->workspace), a);
  const BsDecision *q =
    bs_threshold_state_get_decision (bs_workspace_get_thresholds (self->workspace), b);
  if (self->sort >= BS_CLIP_SORT_DECISION && self->sort != BS_CLIP_SORT_OUTCOME &&
      (p == NULL || q == NULL))
    return (p == NULL) - (q == NULL);
  switch (self->sort) {
  case BS_CLIP_SORT_NAME:
    return strcmp (x->filename, y->filename);
  case BS_CLIP_SORT_ACTOR:
    return x->actor - y->actor;
  case BS_CLIP_SORT_LABEL:
    return bs_label_salience_class (x->label) - bs_label_salience_class (y->label);
  case BS_CLIP_SORT_DECISION:
    return bs_label_salience_class (p->label) - bs_label_salience_class (q->label);
  case BS_CLIP_SORT_OUTCOME:
    return (int) bs_outcome_of (x->label, p) - (int) bs_outcome_of (y->label, q);
  case BS_CLIP_SORT_MARGIN:
    return bs_threshold_state_get_margin (bs_workspace_get_thresholds (self->workspace), a) -
           bs_threshold_state_get_margin (bs_workspace_get_thresholds (self->workspace), b);
  case BS_CLIP_SORT_CONFIDENCE:
    return q->p1 - p->p1;
  case BS_CLIP_SORT_FILE:
  case BS_N_CLIP_SORTS:
    break;
  }
  return a - b;
}

static int
compare_clips (gconstpointer a, gconstpointer b, gpointer data)
{
  BsTestClipList *self = data;
  int x = *(const int *) a, y = *(const int *) b;
  double by = self->descending ? compare_by (self, y, x) : compare_by (self, x, y);
  return by < 0 ? -1 : by > 0 ? 1 : (x > y) - (x < y);
}

/* (transfer full) (element-type int): the clips that the list ought to have, in order. */
GArray *
bs_test_clip_list_expect (BsTestClipList *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  GArray *clips = g_array_new (FALSE, FALSE, sizeof (int));
  for (int i = 0; metadata != NULL && i < (int) bs_metadata_n_clips (metadata); i++)
    if (bs_clip_selection_accepts (bs_workspace_get_selection (self->workspace), (gsize) i, NULL))
      g_array_append_val (clips, i);
  g_array_sort_with_data (clips, compare_clips, self);
  return clips;
}

static char *
dup_sentence (BsTestClipList *self, int clip)
{
  static const char *const outcomes[] = { NULL, "right", "right emotions, wrong ratio", "wrong",
                                          "not judged" };
  const BsClip *info = bs_metadata_clip (bs_workspace_get_metadata (self->workspace), (gsize) clip);
  const BsDecision *decision =
    bs_threshold_state_get_decision (bs_workspace_get_thresholds (self->workspace), clip);
  g_autofree char *label = bs_label_text_label (info->label);
  g_autofree char *said =
    decision != NULL ? bs_label_text_label (decision->label) : g_strdup ("no prediction");
  return g_strdup_printf ("%s: %s, predicted %s, %s", info->filename, label, said,
                          outcomes[bs_outcome_of (info->label, decision)]);
}

/* Of a row on show, within the list; FALSE where it is out of sight. */
static gboolean
bounds_of (GtkWidget *row, GtkWidget *rows, graphene_rect_t *bounds)
{
  return gtk_widget_get_mapped (row) && gtk_widget_get_child_visible (row) &&
         gtk_widget_compute_bounds (row, rows, bounds) && bounds->size.height > 0 &&
         bounds->origin.y + bounds->size.height > 0 &&
         bounds->origin.y < gtk_widget_get_height (rows);
}

static void
check_row (BsTestClipList *self, GtkWidget *row, guint position, int clip)
{
  g_autofree char *sentence = dup_sentence (self, clip);
  g_autofree char *other = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence);
  gboolean is_marked = (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0;
  if (other != NULL)
    g_error ("row %u says \"%s\" and is \"%s\"", position, other, sentence);
  if (is_marked !=
      (clip == bs_clip_selection_get_clip (bs_workspace_get_selection (self->workspace))))
    g_error ("row %u, \"%s\", is %smarked", position, sentence, is_marked ? "" : "not ");
}

/* With its margins, as rows follow on one another. */
static double
height_of_rows (GtkWidget *rows)
{
  int height = 0;
  gtk_widget_measure (gtk_widget_get_first_child (rows), GTK_ORIENTATION_VERTICAL, -1, &height,
                      NULL, NULL, NULL);
  return height;
}

/* Each place that is seen has one row, and it is that of the clip that belongs there. */
static void
check_rows (BsTestClipList *self, GArray *clips)
{
  GtkWidget *rows = bs_test_clip_list_rows (self);
  double scrolled = gtk_adjustment_get_value (bs_test_clip_list_adjustment (self));
  double height = height_of_rows (rows), page = gtk_widget_get_height (rows);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint first = G_MAXUINT, last = 0;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT_ZERO;
  for (GtkWidget *row = gtk_widget_get_first_child (rows); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    if (!bounds_of (row, rows, &bounds))
      continue;
    guint position = (guint) floor ((scrolled + bounds.origin.y) / height);
    g_assert_cmpuint (position, <, clips->len);
    g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (position)));
    check_row (self, row, position, g_array_index (clips, int, position));
    first = MIN (first, position);
    last = MAX (last, position);
  }
  /* Between two rows is a gap, which may be all that is seen of either. */
  double gap = height - bounds.size.height;
  g_assert_cmpuint (g_hash_table_size (seen), ==, last - first + 1);
  g_assert_cmpfloat (first * height, <=, scrolled + gap);
  g_assert_cmpfloat ((last + 1) * height + gap, >=, MIN (scrolled + page, clips->len * height));
  self->n_rows += g_hash_table_size (seen);
}

static void
check_count (BsTestClipList *self, guint n)
{
  guint all = (guint) bs_metadata_n_clips (bs_workspace_get_metadata (self->workspace));
  g_autofree char *text =
    n == all ? g_strdup_printf ("%'u clips", all) : g_strdup_printf ("%'u of %'u clips", n, all);
  GtkWidget *count = bs_test_of_class (self->list, "numeric");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (count)), ==, text);
}

static void
check_chips (BsTestClipList *self)
{
  const BsFilter *filter =
    bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace));
  g_autoptr (GPtrArray) chips = bs_test_clip_list_chips (self);
  guint n = 0;
  for (int facet = 0; facet < BS_N_FACETS; facet++) {
    if (facet == BS_FACET_TEXT || !bs_filter_has (filter, (BsFacet) facet))
      continue;
    g_autofree char *words =
      bs_filter_describe (filter, (BsFacet) facet, bs_workspace_get_metadata (self->workspace));
    g_assert_cmpuint (n, <, chips->len);
    g_assert_true (bs_test_has_label (g_ptr_array_index (chips, n), words));
    n++;
  }
  g_assert_cmpuint (chips->len, ==, n);
}

/* Whether the row at @position, if there were one, would be seen whole. */
gboolean
bs_test_clip_list_shows (BsTestClipList *self, guint position)
{
  GtkWidget *rows = bs_test_clip_list_rows (self);
  GtkAdjustment *adjustment = bs_test_clip_list_adjustment (self);
  double height = height_of_rows (rows);
  double from = gtk_adjustment_get_value (adjustment);
  double to = from + gtk_adjustment_get_page_size (adjustment);
  return position * height >= from - 1 && (position + 1) * height <= to + 1;
}

/**
 * bs_test_clip_list_check:
 * @self: a list on show
 *
 * Paints once, then compares what is seen with what ought to be: every row, which of them is
 * marked, the count, the text of the search and the chips.
 */
void
bs_test_clip_list_check (BsTestClipList *self)
{
  bs_test_paint_once (self->window);
  g_autoptr (GArray) clips = bs_test_clip_list_expect (self);
  const char *text =
    bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace))->text;
  g_autofree char *typed =
    g_utf8_casefold (gtk_editable_get_text (bs_test_clip_list_search (self)), -1);
  g_assert_cmpstr (typed, ==, text != NULL ? text : "");
  check_count (self, clips->len);
  check_chips (self);
  g_assert_true (gtk_widget_get_mapped (bs_test_clip_list_rows (self)) == (clips->len > 0));
  if (clips->len > 0)
    check_rows (self, clips);
}
