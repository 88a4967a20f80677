/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "model/fusion/bs-late-fusion.h"
#include "ui/runs/bs-member-table-private.h"
#include "ui/session/bs-label-text.h"

enum {
  COLUMN_MEMBER,
  COLUMN_WEIGHT,
  COLUMN_ALONE,
  COLUMN_WITHOUT,
  N_COLUMNS,
};

struct _BsMemberTable {
  GtkWidget parent_instance;
  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (BsMemberTable, bs_member_table, GTK_TYPE_WIDGET)

static const char *const headers[N_COLUMNS] = {
  N_ ("member"),
  N_ ("weight"),
  N_ ("own score"),
  N_ ("without it"),
};

static GtkWidget *
add_cell (BsMemberTable *self, int column, int row, const char *text)
{
  GtkWidget *cell = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (cell), column == COLUMN_MEMBER ? 0 : 1);
  if (column == COLUMN_MEMBER) {
    gtk_label_set_ellipsize (GTK_LABEL (cell), PANGO_ELLIPSIZE_MIDDLE);
    gtk_widget_set_hexpand (cell, TRUE);
    gtk_widget_set_tooltip_text (cell, text);
  }
  gtk_widget_add_css_class (cell, row == 0 ? "dim-label" : "numeric");
  gtk_grid_attach (self->grid, cell, column, row, 1, 1);
  return cell;
}

static void
add_figure (BsMemberTable *self, int column, int row, const char *member, double value)
{
  char text[BS_LABEL_TEXT_FIGURE];
  GtkWidget *cell = add_cell (self, column, row, bs_label_text_figure (text, value));
  g_autofree char *description = g_strdup_printf ("%s, %s", member, _ (headers[column]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

static void
clear (BsMemberTable *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

/**
 * bs_member_table_show:
 * @self: the table
 * @run: (nullable): a run
 *
 * Returns: whether @run is a late fusion, so that there is something to show
 */
gboolean
bs_member_table_show (BsMemberTable *self, const BsRun *run)
{
  clear (self);
  if (run == NULL || !bs_run_is_late_fusion (run))
    return FALSE;
  g_autoptr (GArray) members = bs_late_fusion_worth_of_run (run);
  for (int column = 0; column < N_COLUMNS; column++)
    add_cell (self, column, 0, _ (headers[column]));
  for (guint m = 0; m < members->len; m++) {
    const BsFusionWorth *worth = &g_array_index (members, BsFusionWorth, m);
    int row = (int) m + 1;
    add_cell (self, COLUMN_MEMBER, row, worth->name);
    add_figure (self, COLUMN_WEIGHT, row, worth->name, worth->weight);
    add_figure (self, COLUMN_ALONE, row, worth->name, worth->alone);
    add_figure (self, COLUMN_WITHOUT, row, worth->name, worth->without);
  }
  return members->len > 0;
}

/**
 * bs_member_table_get_text:
 * @self: the table
 * @column: of member, weight, own score and score without it
 * @row: 0 for the headings
 *
 * Returns: (nullable): what stands there
 */
const char *
bs_member_table_get_text (BsMemberTable *self, int column, int row)
{
  GtkWidget *cell = gtk_grid_get_child_at (self->grid, column, row);
  return cell != NULL ? gtk_label_get_text (GTK_LABEL (cell)) : NULL;
}

static void
bs_member_table_dispose (GObject *object)
{
  BsMemberTable *self = BS_MEMBER_TABLE (object);
  if (self->grid != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;
  G_OBJECT_CLASS (bs_member_table_parent_class)->dispose (object);
}

static void
bs_member_table_class_init (BsMemberTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_member_table_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bs_member_table_init (BsMemberTable *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 2);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the members are worth"), -1);
}
