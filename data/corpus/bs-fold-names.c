/* SPDX-License-Identifier: MIT */
/* Folds are numbers from 0 inside the program and whatever a table calls them outside: their names
 * are kept as written, and neighbours go by rank (DEFINITIONS, Thresholds). */
#include "data/corpus/bs-fold-names.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "data/base/bs-visible.h"
#include "data/corpus/bs-metadata.h"

/* A cell of a column of folds. */
typedef enum {
  CELL_NONE,
  CELL_NUMBER,
  CELL_WORD,
  CELL_WRONG,
} CellKind;

/* pandas writes "3.0" for 3 where a column has empty cells; -1 is how arrays say "none". */
static CellKind
read_cell (const char *cell, char **name)
{
  *name = NULL;
  if (cell == NULL || cell[strspn (cell, " \t")] == '\0')
    return CELL_NONE;
  char *end;
  double number = g_ascii_strtod (cell, &end);
  if (end == cell || end[strspn (end, " \t")] != '\0') {
    *name = g_strstrip (g_strdup (cell));
    return CELL_WORD;
  }
  if (number == -1)
    return CELL_NONE;
  if (!isfinite (number) || number != floor (number) || number < 0 || number > G_MAXINT)
    return CELL_WRONG;
  *name = g_strdup_printf ("%d", (int) number);
  return CELL_NUMBER;
}

static const char *
skip_zeros (const char *digits)
{
  while (digits[0] == '0' && g_ascii_isdigit (digits[1]))
    digits++;
  return digits;
}

/* "fold2" before "fold10": stretches of digits are compared as numbers. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *left = *(const char *const *) a, *right = *(const char *const *) b;
  while (*left != '\0' && *right != '\0') {
    if (!g_ascii_isdigit (*left) || !g_ascii_isdigit (*right)) {
      if (*left != *right)
        return (guchar) *left < (guchar) *right ? -1 : 1;
      left++;
      right++;
      continue;
    }
    left = skip_zeros (left);
    right = skip_zeros (right);
    gsize n = strspn (left, "0123456789"), m = strspn (right, "0123456789");
    int order = n != m ? (n < m ? -1 : 1) : strncmp (left, right, n);
    if (order != 0)
      return order;
    left += n;
    right += m;
  }
  return (*left != '\0') - (*right != '\0');
}

/* What is known of a column while it is read. */
typedef struct {
  char **names; /* of each cell, or NULL */
  GPtrArray *distinct; /* borrowed from @names */
  gsize n[CELL_WRONG + 1]; /* cells of each kind */
  gsize first[CELL_WRONG + 1];
  gsize first_too_many; /* the cell with one name more than there may be */
} Column;

static void
read_column (Column *self, const char *const *cells, gsize n)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  self->names = g_new0 (char *, n + 1);
  self->distinct = g_ptr_array_new ();
  for (gsize i = 0; i < n; i++) {
    CellKind kind = read_cell (cells[i], &self->names[i]);
    if (self->n[kind]++ == 0)
      self->first[kind] = i;
    if (self->names[i] == NULL || !g_hash_table_add (seen, self->names[i]))
      continue;
    g_ptr_array_add (self->distinct, self->names[i]);
    if (self->distinct->len == BS_MAX_FOLDS + 1)
      self->first_too_many = i;
  }
}

static gboolean
check_column (const Column *self, gsize *wrong, char **expected)
{
  gsize n_numbers = self->n[CELL_NUMBER], n_words = self->n[CELL_WORD];
  if (self->n[CELL_WRONG] > 0) {
    *wrong = self->first[CELL_WRONG];
    *expected = g_strdup (_ ("expected a fold's whole number from 0 on, or -1 for none"));
  } else if (n_numbers > 0 && n_words > 0) {
    gboolean is_word = n_words <= n_numbers;
    *wrong = self->first[is_word ? CELL_WORD : CELL_NUMBER];
    *expected = g_strdup (is_word ? _ ("expected a whole number, as the other folds have")
                                  : _ ("expected a name, as the other folds have, and no number"));
  } else if (self->distinct->len > BS_MAX_FOLDS) {
    *wrong = self->first_too_many;
    *expected = g_strdup_printf (_ ("expected at most %d folds"), BS_MAX_FOLDS);
  } else {
    return TRUE;
  }
  return FALSE;
}

/* Whether the numbers can stand for themselves. */
static gboolean
are_own_numbers (const Column *self)
{
  for (guint i = 0; i < self->distinct->len; i++)
    if (g_ascii_strtoll (g_ptr_array_index (self->distinct, i), NULL, 10) >= BS_MAX_FOLDS)
      return FALSE;
  return self->n[CELL_WORD] == 0;
}

static void
number_folds (const Column *self, gsize n, gint8 *folds, char ***names)
{
  gboolean own = are_own_numbers (self);
  g_ptr_array_sort (self->distinct, compare_names);
  g_autoptr (GHashTable) ranks = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->distinct->len; i++) {
    char *name = g_ptr_array_index (self->distinct, i);
    guint fold = own ? (guint) g_ascii_strtoull (name, NULL, 10) : i;
    g_hash_table_insert (ranks, name, GUINT_TO_POINTER (fold));
  }
  for (gsize i = 0; i < n; i++) {
    gpointer fold = self->names[i] != NULL ? g_hash_table_lookup (ranks, self->names[i]) : NULL;
    folds[i] = self->names[i] != NULL ? (gint8) GPOINTER_TO_UINT (fold) : -1;
  }
  if (own)
    return;
  *names = g_new0 (char *, self->distinct->len + 1);
  for (guint i = 0; i < self->distinct->len; i++)
    (*names)[i] = g_strdup (g_ptr_array_index (self->distinct, i));
}

/**
 * bs_fold_names_assign:
 * @cells: (array length=n): what a column of folds says; %NULL, blanks and -1 are no fold
 * @n: how many
 * @folds: (out) (array length=n): the folds, -1 for none
 * @names: (out) (transfer full) (nullable): what folds 0, 1, ... are called, in order of rank;
 *   %NULL where they are called by their own numbers
 * @wrong: (out): where this fails, the cell
 * @expected: (out) (transfer full): where this fails, what was expected there
 *
 * Whole numbers below %BS_MAX_FOLDS stand for themselves. Other numbers, and words, are numbered by
 * rank; digits in words count as numbers, so that "fold2" comes before "fold10". Any thread.
 *
 * Returns: whether the column holds folds: numbers or words, not both, and at most %BS_MAX_FOLDS of
 *   them
 */
gboolean
bs_fold_names_assign (const char *const *cells, gsize n, gint8 *folds, char ***names, gsize *wrong,
                      char **expected)
{
  Column column = { 0 };
  *names = NULL;
  read_column (&column, cells, n);
  gboolean good = check_column (&column, wrong, expected);
  if (good)
    number_folds (&column, n, folds, names);
  for (gsize i = 0; i < n; i++)
    g_free (column.names[i]);
  g_free (column.names);
  g_ptr_array_unref (column.distinct);
  return good;
}

/**
 * bs_fold_name:
 * @names: (nullable): as bs_fold_names_assign() gives them
 * @fold: a fold, from 0
 *
 * A run of another corpus may have more folds than there are names; they are called by their
 * numbers.
 *
 * Returns: (transfer none): what the table calls it, as written there
 */
const char *
bs_fold_name (const char *const *names, int fold)
{
  static const char *const numbers[BS_MAX_FOLDS] = {
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15",
  };
  g_return_val_if_fail (fold >= 0 && fold < BS_MAX_FOLDS, NULL);
  for (int i = 0; names != NULL && names[i] != NULL; i++)
    if (i == fold)
      return names[i];
  return numbers[fold];
}

/**
 * bs_fold_name_dup_visible:
 * @names: (nullable): as bs_fold_names_assign() gives them
 * @fold: a fold, from 0
 *
 * What every sentence, label and chart calls a fold; a table for programs has bs_fold_name().
 *
 * Returns: (transfer full): bs_fold_name() with nothing in it that cannot be seen
 */
char *
bs_fold_name_dup_visible (const char *const *names, int fold)
{
  return bs_visible_dup (bs_fold_name (names, fold));
}

/**
 * bs_fold_names_from_csv:
 * @csv: a table
 * @column: its column of folds
 * @folds: (out) (array): a fold for each row, -1 for none
 * @names: (out) (transfer full) (nullable): as bs_fold_names_assign() gives them
 * @error: return location
 *
 * Returns: whether the column holds folds; otherwise @error names file, row and column
 */
gboolean
bs_fold_names_from_csv (const BsCsv *csv, gsize column, gint8 *folds, char ***names, GError **error)
{
  gsize n = bs_csv_n_rows (csv), wrong;
  g_autofree const char **cells = g_new (const char *, MAX (n, 1));
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *expected = NULL;
  for (gsize row = 0; row < n; row++) {
    int number;
    cells[row] = bs_csv_is_empty (csv, row, column) ? NULL : bs_csv_text (csv, row, column);
    /* The table knows of decimal commas. */
    if (cells[row] == NULL || strchr (cells[row], ',') == NULL ||
        !bs_csv_int (csv, row, column, &number, NULL))
      continue;
    cells[row] = g_strdup_printf ("%d", number);
    g_ptr_array_add (numbers, (char *) cells[row]);
  }
  if (bs_fold_names_assign (cells, n, folds, names, &wrong, &expected))
    return TRUE;
  g_autofree char *excerpt = bs_error_excerpt (cells[wrong]);
  bs_csv_set_error (csv, wrong, column,
                    error, /* Translators: "expected at most 20 folds", and what is there */
                    _ ("%s, not '%s'"), expected, excerpt);
  return FALSE;
}
