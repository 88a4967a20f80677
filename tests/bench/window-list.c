/* SPDX-License-Identifier: MIT */
/* window-list: the list of clips with 100,000 of them. Every gesture is told by three times: how
 * long the main loop was held at one go, how much of that the processor worked for it, which a
 * busy machine does not change, and how long it took until what was asked for was painted. */
#include <string.h>

#include "tests/bench/window-common.h"
#include "tests/support/bs-many-clips.h"
#include "tests/support/bs-test-folder.h"
#include "ui/clips/bs-clip-list.h"

#define N_CLIPS 100000
#define N_SCROLLS 100
#define HOLD_LIMIT_US 16000
#define RESULT_LIMIT_US 150000

typedef struct {
  BsWorkspace *workspace;
  GtkWidget *list;
  GtkWidget *search;
  GtkAdjustment *adjustment;
  GListModel *model;
  gboolean painted;
  gboolean changed;
  double held_us; /* the longest at one go */
  double busy_us; /* the same, of the processor */
} Bench;

static void
painted_cb (Bench *self)
{
  self->painted = TRUE;
}

/* The list has new rows: what is painted from now on shows them. Before a corpus is opened it is
 * told that there is none. */
static void
order_changed_cb (Bench *self)
{
  self->changed = g_list_model_get_n_items (self->model) > 0;
  self->painted = FALSE;
}

static void
iterate (Bench *self)
{
  double start = bench_now_us (), start_cpu = bench_cpu_us ();
  if (!g_main_context_iteration (NULL, FALSE))
    return;
  self->held_us = MAX (self->held_us, bench_now_us () - start);
  self->busy_us = MAX (self->busy_us, bench_cpu_us () - start_cpu);
}

static void
wait_until_painted (Bench *self)
{
  while (!self->changed || !self->painted)
    iterate (self);
}

/* Lets everything that follows on a gesture come to an end. */
static void
rest (Bench *self)
{
  double until = bench_now_us () + 300000;
  while (bench_now_us () < until)
    iterate (self);
}

static void
measure (Bench *self, const char *what, BenchFunc gesture)
{
  g_autofree char *held = g_strconcat (what, ", main loop held", NULL);
  g_autofree char *busy = g_strconcat (what, ", processor held", NULL);
  g_autofree char *shown = g_strconcat (what, ", until it is painted", NULL);
  self->changed = FALSE;
  double start = bench_now_us (), start_cpu = bench_cpu_us ();
  gesture (self);
  self->held_us = bench_now_us () - start;
  self->busy_us = bench_cpu_us () - start_cpu;
  wait_until_painted (self);
  double total = bench_now_us () - start;
  rest (self);
  bench_report (held, self->held_us, HOLD_LIMIT_US);
  bench_report (busy, self->busy_us, HOLD_LIMIT_US);
  bench_report (shown, total, RESULT_LIMIT_US);
}

static void
open_corpus (gpointer data)
{
  Bench *self = data;
  bs_workspace_open_folder (self->workspace, g_object_get_data (G_OBJECT (self->list), "corpus"));
}

static void
search_many (gpointer data)
{
  gtk_editable_set_text (GTK_EDITABLE (((Bench *) data)->search), "ang");
}

static void
search_few (gpointer data)
{
  gtk_editable_set_text (GTK_EDITABLE (((Bench *) data)->search), "a017");
}

static void
search_none (gpointer data)
{
  gtk_editable_set_text (GTK_EDITABLE (((Bench *) data)->search), "");
}

static void
sort_by (Bench *self, const char *order)
{
  gtk_widget_activate_action (self->list, "clips.sort", "s", order);
}

static void
sort_by_name (gpointer data)
{
  sort_by (data, "name");
}

static void
sort_by_label (gpointer data)
{
  sort_by (data, "label");
}

static void
sort_by_file (gpointer data)
{
  sort_by (data, "file");
}

static void
filter_fold (gpointer data)
{
  Bench *self = data;
  BsFilter filter;
  bs_filter_init (&filter);
  filter.folds = 1u << 2;
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
}

static void
filter_none (gpointer data)
{
  Bench *self = data;
  BsFilter filter;
  bs_filter_init (&filter);
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
}

static double
next_page (Bench *self, double value)
{
  return value + gtk_adjustment_get_page_size (self->adjustment);
}

static double
random_place (Bench *self, double value)
{
  return g_random_double () * (gtk_adjustment_get_upper (self->adjustment) -
                               gtk_adjustment_get_page_size (self->adjustment));
}

static void
scroll (Bench *self, const char *what, double (*next) (Bench *self, double value))
{
  double times[N_SCROLLS], cpu_times[N_SCROLLS];
  g_autofree char *median = g_strconcat (what, ", frame's work, median", NULL);
  g_autofree char *worst = g_strconcat (what, ", frame's work, worst", NULL);
  g_autofree char *cpu_median = g_strconcat (what, ", processor a frame, median", NULL);
  g_autofree char *cpu_worst = g_strconcat (what, ", processor a frame, worst", NULL);
  /* The list has gone to the chosen clip, which need not be the first. */
  gtk_adjustment_set_value (self->adjustment, 0);
  rest (self);
  for (int i = 0; i < N_SCROLLS; i++) {
    self->painted = FALSE;
    self->held_us = self->busy_us = 0;
    gtk_adjustment_set_value (self->adjustment,
                              next (self, gtk_adjustment_get_value (self->adjustment)));
    while (!self->painted)
      iterate (self);
    times[i] = self->held_us;
    cpu_times[i] = self->busy_us;
  }
  bench_report (median, bench_quantile (times, N_SCROLLS, 0.5), HOLD_LIMIT_US);
  bench_report (worst, bench_quantile (times, N_SCROLLS, 1), HOLD_LIMIT_US);
  bench_report (cpu_median, bench_quantile (cpu_times, N_SCROLLS, 0.5), HOLD_LIMIT_US);
  bench_report (cpu_worst, bench_quantile (cpu_times, N_SCROLLS, 1), HOLD_LIMIT_US);
}

static void
run (Bench *self)
{
  measure (self, "opening", open_corpus);
  measure (self, "first search", search_many);
  measure (self, "search, few", search_few);
  measure (self, "end of search", search_none);
  measure (self, "sort by name", sort_by_name);
  measure (self, "sort by label", sort_by_label);
  measure (self, "sort as in the file", sort_by_file);
  measure (self, "filter by fold", filter_fold);
  measure (self, "end of filter", filter_none);
  scroll (self, "scrolling by pages", next_page);
  scroll (self, "scrolling to random places", random_place);
}

int
main (int argc, char **argv)
{
  gtk_init ();
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *table = many_clips_table (N_CLIPS);
  test_folder_write (folder, "train_metadata.csv", table);
  g_autoptr (BsWorkspace) workspace = bs_workspace_new ();
  Bench self = { .workspace = workspace, .list = g_object_new (BS_TYPE_CLIP_LIST, NULL) };
  bs_test_load_style ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (window, 300, 760);
  gtk_window_set_child (window, self.list);
  g_object_set_data (G_OBJECT (self.list), "corpus", folder->path);
  g_object_set (self.list, "workspace", workspace, NULL);
  self.search = bs_test_find (self.list, GTK_TYPE_SEARCH_ENTRY);
  GtkWidget *view = bs_test_of_class (self.list, "clip-list");
  self.adjustment = gtk_scrolled_window_get_vadjustment (
    GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW)));
  self.model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
  g_signal_connect_swapped (bs_workspace_get_selection (workspace), "notify::order",
                            G_CALLBACK (order_changed_cb), &self);
  gtk_window_present (window);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                            G_CALLBACK (painted_cb), &self);
  run (&self);
  gtk_window_destroy (window);
  g_object_run_dispose (G_OBJECT (workspace));
  return 0;
}
