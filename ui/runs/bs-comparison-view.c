/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/runs/bs-comparison-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "model/training/bs-train.h"
#include "ui/chart/bs-table-view.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-save.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/session/bs-label-text.h"

struct _BsComparisonView {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsRunScores *scores;
  int at_work; /* the entry that is being trained, as the table has it; -1 for none */

  GtkLabel *title;
  GtkWidget *stop;
  GtkWidget *close;
  BsTableView *table;
  GtkLabel *best;
};

G_DEFINE_FINAL_TYPE (BsComparisonView, bs_comparison_view, GTK_TYPE_WIDGET)

#define N_FIGURES 6
#define MOST_ROWS 8

static const char *const names[N_FIGURES] = { "acc_presence", "std_acc_presence",
                                              "acc_salience", "std_acc_salience",
                                              "score",        "std_score" };

static const BsCompared *
get_entry (const BsComparison *comparison, guint i)
{
  return g_ptr_array_index (comparison->entries, i);
}

/* Nowhere a number where the run is not there, or not looked at yet. */
static BsRunScore
score_of (BsComparisonView *self, const BsCompared *entry)
{
  const BsRunScore *score =
    entry->run != NULL ? bs_run_scores_get (self->scores, entry->run) : NULL;
  return score != NULL ? *score : (BsRunScore){ NAN, NAN, NAN, NAN, NAN, NAN, FALSE };
}

/* Values are sorted as numbers where all of a setting's are. */
static gboolean
is_numeric (const BsComparison *comparison, guint key)
{
  for (guint i = 0; i < comparison->entries->len; i++) {
    const char *value = get_entry (comparison, i)->values[key];
    char *end = NULL;
    g_ascii_strtod (value, &end);
    if (*value != '\0' && *end != '\0')
      return FALSE;
  }
  return TRUE;
}

/* For each of the comparison's settings. */
static gboolean *
find_numeric (const BsComparison *comparison)
{
  guint n = g_strv_length (comparison->keys);
  gboolean *numeric = g_new (gboolean, n + 1);
  for (guint k = 0; k < n; k++)
    numeric[k] = is_numeric (comparison, k);
  return numeric;
}

static void
add_values (BsTable *table, const BsCompared *entry, const gboolean *numeric)
{
  for (guint k = 0; entry->values[k] != NULL; k++) {
    const char *value = entry->values[k];
    if (!numeric[k])
      bs_table_add_text (table, value);
    else
      bs_table_add_number (table, *value != '\0' ? g_ascii_strtod (value, NULL) : NAN);
  }
}

/* With as many digits as any other, so that it is sorted as text. */
static void
add_spread (BsTable *table, double mean, double std)
{
  char a[BS_LABEL_TEXT_FIGURE], b[BS_LABEL_TEXT_FIGURE];
  if (isnan (mean)) {
    bs_table_add_text (table, "");
    return;
  }
  g_autofree char *text =
    g_strdup_printf ("%s ±%s", bs_label_text_figure (a, mean), bs_label_text_figure (b, std));
  bs_table_add_text (table, text);
}

/* Where its thresholds come from, or why it has none yet. */
static const char *
word_of (const BsCompared *entry, const BsRunScore *score)
{
  const char *state = bs_compared_state (entry);
  if (state != NULL)
    return state;
  if (isnan (score->score))
    return "";
  return _ (bs_chosen_word (score->tuned));
}

static BsTable *
make_table (BsComparisonView *self, const BsComparison *comparison)
{
  BsTable *table = bs_table_new ();
  g_autofree gboolean *numeric = find_numeric (comparison);
  for (char **key = comparison->keys; *key != NULL; key++)
    bs_table_add_column (table, *key, -1);
  bs_table_add_column (table, N_ ("tuned"), 0);
  bs_table_add_column (table, N_ ("score"), 3);
  bs_table_add_column (table, N_ ("presence"), 0);
  bs_table_add_column (table, N_ ("salience"), 0);
  for (guint i = 0; i < comparison->entries->len; i++) {
    const BsCompared *entry = get_entry (comparison, i);
    const BsRunScore score = score_of (self, entry);
    add_values (table, entry, numeric);
    bs_table_add_text (table, word_of (entry, &score));
    bs_table_add_number (table, score.score);
    add_spread (table, score.presence, score.presence_std);
    add_spread (table, score.salience, score.salience_std);
  }
  return table;
}

static void
show_title (BsComparisonView *self, const BsComparison *comparison)
{
  guint n = comparison->entries->len;
  g_autofree char *keys = g_strjoinv (", ", comparison->keys);
  g_autofree char *text = NULL;
  if (comparison->is_grid)
    /* Translators: settings; how many runs of how many are there */
    text = g_strdup_printf (
      ngettext ("Grid of %s: %u of %u run is there", "Grid of %s: %u of %u runs are there", n),
      keys, bs_comparison_n_done (comparison), n);
  else
    text = g_strdup_printf (ngettext ("%u run compared", "%u runs compared", n), n);
  gtk_label_set_text (self->title, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), text);
}

static char *
dup_values (const BsComparison *comparison, const BsCompared *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint k = 0; comparison->keys[k] != NULL; k++)
    g_string_append_printf (text, "%s%s %s", k > 0 ? ", " : "", comparison->keys[k],
                            entry->values[k]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Sentences on what the table is looked at for, and on what went wrong. */
static char *
dup_summary (BsComparisonView *self, const BsComparison *comparison)
{
  const BsCompared *best = NULL, *failed = NULL;
  double best_score = -1;
  char figure[BS_LABEL_TEXT_FIGURE];
  for (guint i = 0; i < comparison->entries->len; i++) {
    const BsCompared *entry = get_entry (comparison, i);
    double score = score_of (self, entry).score;
    if (entry->problem != NULL && failed == NULL)
      failed = entry;
    if (score > best_score) {
      best_score = score;
      best = entry;
    }
  }
  g_autofree char *values = best != NULL ? dup_values (comparison, best) : NULL;
  g_autofree char *winner =
    best == NULL || comparison->entries->len < 2
      ? NULL
      /* Translators: a score; the settings that it was reached with */
      : g_strdup_printf (_ ("Best score %s with %s. Whoever chooses by it has tuned here."),
                         bs_label_text_figure (figure, best_score), values);
  if (failed == NULL)
    return g_strdup (winner != NULL ? winner : "");
  return g_strjoin (winner != NULL ? "\n" : "", winner != NULL ? winner : "", failed->problem,
                    NULL);
}

static int
find_at_work (const BsComparison *comparison)
{
  for (guint i = 0; i < comparison->entries->len; i++) {
    const BsCompared *entry = get_entry (comparison, i);
    if (entry->run == NULL && entry->job != NULL && bs_job_state (entry->job) == BS_JOB_RUNNING)
      return (int) i;
  }
  return -1;
}

static void
refresh (BsComparisonView *self)
{
  const BsComparison *comparison =
    bs_training_queue_get_comparison (bs_workspace_get_training_queue (self->workspace));
  gtk_widget_set_visible (GTK_WIDGET (self), comparison != NULL);
  if (comparison == NULL)
    return;
  g_autofree char *summary = dup_summary (self, comparison);
  gboolean is_at_work = bs_comparison_is_at_work (comparison);
  self->at_work = find_at_work (comparison);
  show_title (self, comparison);
  gtk_widget_set_visible (self->stop, is_at_work);
  gtk_widget_set_visible (self->close, !is_at_work);
  gtk_label_set_text (self->best, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->best), *summary != '\0');
  bs_table_view_take (self->table, make_table (self, comparison));
}

/* The table is made anew only where an entry has begun; the rest of a job's way is not in it. */
static void
jobs_changed_cb (BsComparisonView *self)
{
  const BsComparison *comparison =
    bs_training_queue_get_comparison (bs_workspace_get_training_queue (self->workspace));
  if (comparison != NULL && find_at_work (comparison) != self->at_work)
    refresh (self);
}

static void
stop_cb (BsComparisonView *self)
{
  bs_training_queue_stop_grid (bs_workspace_get_training_queue (self->workspace));
}

static void
close_cb (BsComparisonView *self)
{
  bs_training_queue_close_comparison (bs_workspace_get_training_queue (self->workspace));
}

/**
 * bs_comparison_view_make_table:
 * @self: the view, with something to compare
 *
 * Returns: (transfer full): the same for a file, its columns named as the command line names them
 */
BsTable *
bs_comparison_view_make_table (BsComparisonView *self)
{
  const BsComparison *comparison =
    bs_training_queue_get_comparison (bs_workspace_get_training_queue (self->workspace));
  BsTable *table = bs_table_new ();
  g_autofree gboolean *numeric = find_numeric (comparison);
  bs_table_add_column (table, "run", 0);
  for (char **key = comparison->keys; *key != NULL; key++)
    bs_table_add_column (table, *key, -1);
  for (gsize f = 0; f < N_FIGURES; f++)
    bs_table_add_column (table, names[f], -1);
  bs_table_add_column (table, "tuned", 0);
  bs_table_add_column (table, "n_folds", 0);
  bs_table_add_column (table, "seconds", -1);
  for (guint i = 0; i < comparison->entries->len; i++) {
    const BsCompared *entry = get_entry (comparison, i);
    const BsRunScore score = score_of (self, entry);
    g_autofree char *run = entry->run != NULL && entry->run->folder != NULL
                             ? g_path_get_basename (entry->run->folder)
                             : NULL;
    bs_table_add_text (table, run);
    const double metrics[N_FIGURES] = { score.presence,     score.presence_std, score.salience,
                                        score.salience_std, score.score,        score.score_std };
    add_values (table, entry, numeric);
    for (gsize f = 0; f < N_FIGURES; f++)
      bs_table_add_number (table, metrics[f]);
    bs_table_add_text (table, isnan (score.score) ? "" : bs_chosen_word (score.tuned));
    bs_table_add_number (table, entry->run != NULL ? entry->run->folds->len : NAN);
    bs_table_add_number (table, entry->run != NULL ? bs_train_seconds (entry->run) : NAN);
  }
  return table;
}

static void
save_cb (BsComparisonView *self)
{
  g_autoptr (BsTable) table = bs_comparison_view_make_table (self);
  g_autoptr (GBytes) csv = bs_table_to_csv (table);
  g_autofree char *name = g_strconcat (_ ("runs"), ".csv", NULL);
  bs_save_bytes (GTK_WIDGET (self), self->workspace, name, csv);
}

static void
activate_cb (BsComparisonView *self, guint row)
{
  const BsComparison *comparison =
    bs_training_queue_get_comparison (bs_workspace_get_training_queue (self->workspace));
  if (comparison == NULL || row >= comparison->entries->len)
    return;
  BsRun *run = get_entry (comparison, row)->run;
  if (run != NULL && run != bs_workspace_get_run (self->workspace))
    bs_workspace_open_run (self->workspace, run);
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsComparisonView *self = BS_COMPARISON_VIEW (widget);
  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (bs_workspace_get_training_queue (workspace), "notify::comparison",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bs_workspace_get_jobs (workspace), "changed",
                           G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
  refresh (self);
}

/**
 * bs_comparison_view_set_scores:
 * @self: a view without a workspace yet
 * @scores: what the runs of its workspace are worth
 */
void
bs_comparison_view_set_scores (BsComparisonView *self, BsRunScores *scores)
{
  g_return_if_fail (self->scores == NULL);
  self->scores = g_object_ref (scores);
  g_signal_connect_object (scores, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

static void
bs_comparison_view_dispose (GObject *object)
{
  BsComparisonView *self = BS_COMPARISON_VIEW (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_COMPARISON_VIEW);
  g_clear_object (&self->scores);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_comparison_view_parent_class)->dispose (object);
}

static void
bs_comparison_view_class_init (BsComparisonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_comparison_view_dispose;
  bs_workspace_property_install (G_OBJECT_CLASS (klass), take_workspace);
  g_type_ensure (BS_TYPE_TABLE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-comparison-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BsComparisonView, title);
  gtk_widget_class_bind_template_child (widget_class, BsComparisonView, stop);
  gtk_widget_class_bind_template_child (widget_class, BsComparisonView, close);
  gtk_widget_class_bind_template_child (widget_class, BsComparisonView, table);
  gtk_widget_class_bind_template_child (widget_class, BsComparisonView, best);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
bs_comparison_view_init (BsComparisonView *self)
{
  bs_gtk48_compat_init (self);
  bs_table_view_set_name (self->table, _ ("Runs compared"));
  bs_table_view_set_most_rows (self->table, MOST_ROWS);
}
