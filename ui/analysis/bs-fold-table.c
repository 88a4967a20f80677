/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "data/base/bs-visible.h"
#include "ui/analysis/bs-fold-table.h"
#include "ui/session/bs-label-text.h"

enum {
  COLUMN_FOLD,
  COLUMN_PRESENCE,
  COLUMN_SALIENCE,
  COLUMN_SCORE,
  COLUMN_ALPHA,
  COLUMN_BETA,
  N_COLUMNS,
};

/* The folds, clips without a fold, mean, pooled. */
#define MOST_ROWS (BS_MAX_FOLDS + 3)

typedef struct {
  char *title;
  int fold; /* -1 for rows that are no fold */
  double values[N_COLUMNS];
  double deviations[N_COLUMNS]; /* NaN where there is none */
} Row;

struct _BsFoldTable {
  GtkWidget parent_instance;
  GtkGrid *grid;
  GtkInscription *cells[MOST_ROWS][N_COLUMNS];
  Row rows[MOST_ROWS];
  char *shown[MOST_ROWS][N_COLUMNS]; /* markup of the cells, as setting it is what costs */
  guint n_rows;
  guint n_built;
};

G_DEFINE_FINAL_TYPE (BsFoldTable, bs_fold_table, GTK_TYPE_WIDGET)

static const char *const headers[N_COLUMNS] = {
  N_ ("fold"), N_ ("presence"), N_ ("salience"), N_ ("score"), N_ ("best α"), N_ ("best β"),
};

static GtkInscription *
new_cell (BsFoldTable *self, int column, int row)
{
  GtkWidget *cell = gtk_inscription_new (NULL);
  gboolean wide = column >= COLUMN_PRESENCE && column <= COLUMN_SCORE;
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), column == COLUMN_FOLD ? 0 : 1);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), wide ? 8 : 5);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), wide ? 10 : 6);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_CLIP);
  gtk_widget_set_hexpand (cell, column > COLUMN_FOLD && column < COLUMN_ALPHA);
  gtk_widget_add_css_class (cell, "numeric");
  if (column == COLUMN_ALPHA || column == COLUMN_BETA)
    gtk_widget_add_css_class (cell, "dim-label");
  gtk_grid_attach (self->grid, cell, column, row, 1, 1);
  return GTK_INSCRIPTION (cell);
}

static void
build_headers (BsFoldTable *self)
{
  for (int column = 0; column < N_COLUMNS; column++) {
    GtkInscription *cell = new_cell (self, column, 0);
    gtk_inscription_set_text (cell, _ (headers[column]));
    gtk_widget_add_css_class (GTK_WIDGET (cell), "head");
  }
}

static void
build_rows (BsFoldTable *self)
{
  for (; self->n_built > self->n_rows; self->n_built--) {
    gtk_grid_remove_row (self->grid, (int) self->n_built);
    for (int column = 0; column < N_COLUMNS; column++)
      g_clear_pointer (&self->shown[self->n_built - 1][column], g_free);
  }
  for (; self->n_built < self->n_rows; self->n_built++)
    for (int column = 0; column < N_COLUMNS; column++)
      self->cells[self->n_built][column] = new_cell (self, column, (int) self->n_built + 1);
}

static char *
words_of (const Row *row, int column, gboolean bold)
{
  char value[BS_LABEL_TEXT_FIGURE], deviation[BS_LABEL_TEXT_FIGURE];
  const char *weight = bold ? "<b>" : "", *end = bold ? "</b>" : "";
  bs_label_text_figure (value, row->values[column]);
  if (isnan (row->deviations[column]))
    return g_strconcat (weight, value, end, NULL);
  return g_strdup_printf ("%s%s%s<span size=\"72%%\" alpha=\"70%%\">±%s</span>", weight, value, end,
                          bs_label_text_figure (deviation, row->deviations[column]));
}

static void
set_class (GtkInscription *cell, const char *class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (cell), class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (cell), class);
}

static void
describe (GtkInscription *cell, const char *row, const char *column)
{
  g_autofree char *description = g_strdup_printf ("%s, %s", row, column);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

static void
show_row (BsFoldTable *self, guint index, gboolean is_mean, gboolean is_edited)
{
  const Row *row = &self->rows[index];
  g_autofree char *title = bs_visible_dup (row->title);
  gboolean renamed =
    g_strcmp0 (gtk_inscription_get_text (self->cells[index][COLUMN_FOLD]), title) != 0;
  if (renamed)
    gtk_inscription_set_text (self->cells[index][COLUMN_FOLD], title);
  for (int column = COLUMN_PRESENCE; column < N_COLUMNS; column++) {
    g_autofree char *words = words_of (row, column, is_mean || column == COLUMN_SCORE);
    if (renamed)
      describe (self->cells[index][column], title, _ (headers[column]));
    if (g_strcmp0 (words, self->shown[index][column]) == 0)
      continue;
    gtk_inscription_set_markup (self->cells[index][column], words);
    g_free (self->shown[index][column]);
    self->shown[index][column] = g_steal_pointer (&words);
  }
  for (int column = 0; column < N_COLUMNS; column++) {
    set_class (self->cells[index][column], "mean", is_mean);
    set_class (self->cells[index][column], "edited", is_edited);
  }
}

static Row *
add_row (BsFoldTable *self, const char *title, int fold)
{
  Row *row = &self->rows[self->n_rows++];
  g_free (row->title);
  row->title = g_strdup (title);
  row->fold = fold;
  for (int column = 0; column < N_COLUMNS; column++)
    row->values[column] = row->deviations[column] = NAN;
  return row;
}

static void
take_counts (Row *row, const BsCounts *counts)
{
  row->values[COLUMN_PRESENCE] = bs_counts_presence (counts);
  row->values[COLUMN_SALIENCE] = bs_counts_salience (counts);
  row->values[COLUMN_SCORE] = bs_counts_score (counts);
}

static void
take_folds (BsFoldTable *self, const BsEvaluationSet *cases, const BsMetrics *metrics,
            const BsTuning *tuning)
{
  for (gsize fold = 0; fold < cases->n_folds; fold++) {
    const char *title = bs_evaluation_set_fold_name (cases, (int) fold);
    if (metrics->fold[fold].n == 0)
      continue;
    Row *row = add_row (self, title, (int) fold);
    take_counts (row, &metrics->fold[fold]);
    if (tuning != NULL) {
      row->values[COLUMN_ALPHA] = tuning->official[fold].pair.alpha;
      row->values[COLUMN_BETA] = tuning->official[fold].pair.beta;
    }
  }
  if (metrics->rest.n > 0)
    take_counts (add_row (self, C_ ("fold", "none"), -1), &metrics->rest);
}

static void
take_mean (BsFoldTable *self, const BsMetrics *metrics)
{
  guint n = self->n_rows;
  Row *row = add_row (self, _ ("mean"), -1);
  const double values[N_COLUMNS] = { [COLUMN_PRESENCE] = metrics->mean_presence,
                                     [COLUMN_SALIENCE] = metrics->mean_salience,
                                     [COLUMN_SCORE] = metrics->mean_score };
  const double deviations[N_COLUMNS] = { [COLUMN_PRESENCE] = metrics->std_presence,
                                         [COLUMN_SALIENCE] = metrics->std_salience,
                                         [COLUMN_SCORE] = metrics->std_score };
  for (int column = COLUMN_PRESENCE; column <= COLUMN_SCORE; column++) {
    row->values[column] = values[column];
    row->deviations[column] = deviations[column];
  }
  for (int column = COLUMN_ALPHA; column <= COLUMN_BETA; column++) {
    double best[MOST_ROWS], ignored;
    gsize n_best = 0;
    for (guint i = 0; i < n; i++)
      if (self->rows[i].fold >= 0)
        best[n_best++] = self->rows[i].values[column];
    bs_mean_std (best, n_best, &row->values[column], &ignored);
  }
}

/**
 * bs_fold_table_show:
 * @self: the table
 * @cases: (nullable): what is judged; %NULL empties the table
 * @figures: (nullable): its figures
 * @tuning: (nullable): the folds' best pairs, where they are known yet
 * @edited_fold: the row that stands out, -1 for none
 */
void
bs_fold_table_show (BsFoldTable *self, const BsEvaluationSet *cases, const BsMetrics *metrics,
                    const BsTuning *tuning, int edited_fold)
{
  guint mean = MOST_ROWS;
  self->n_rows = 0;
  if (cases != NULL && metrics != NULL) {
    take_folds (self, cases, metrics, tuning);
    if (metrics->n_scored_folds > 0) {
      mean = self->n_rows;
      take_mean (self, metrics);
    }
    take_counts (add_row (self, _ ("pooled"), -1), &metrics->pooled);
  }
  build_rows (self);
  for (guint i = 0; i < self->n_rows; i++)
    show_row (self, i, i == mean, edited_fold >= 0 && self->rows[i].fold == edited_fold);
}

/**
 * bs_fold_table_make_table:
 * @self: the table
 *
 * Returns: (transfer full): the same for a file
 */
BsTable *
bs_fold_table_make_table (BsFoldTable *self)
{
  BsTable *table = bs_table_new ();
  static const char *const names[N_COLUMNS] = {
    "fold", "acc_presence", "acc_salience", "score", "best_alpha", "best_beta",
  };
  for (int column = 0; column < N_COLUMNS; column++)
    bs_table_add_column (table, names[column], 3);
  for (guint i = 0; i < self->n_rows; i++) {
    bs_table_add_text (table, self->rows[i].title);
    for (int column = COLUMN_PRESENCE; column < N_COLUMNS; column++)
      bs_table_add_number (table, self->rows[i].values[column]);
  }
  return table;
}

static void
bs_fold_table_dispose (GObject *object)
{
  BsFoldTable *self = BS_FOLD_TABLE (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  if (child != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; i < MOST_ROWS; i++) {
    g_clear_pointer (&self->rows[i].title, g_free);
    for (int column = 0; column < N_COLUMNS; column++)
      g_clear_pointer (&self->shown[i][column], g_free);
  }
  G_OBJECT_CLASS (bs_fold_table_parent_class)->dispose (object);
}

static void
bs_fold_table_class_init (BsFoldTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_fold_table_dispose;
  gtk_widget_class_set_css_name (widget_class, "foldtable");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bs_fold_table_init (BsFoldTable *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Figures of the folds"), -1);
  build_headers (self);
}
