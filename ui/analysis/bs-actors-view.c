/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "data/base/bs-table.h"
#include "ui/analysis/bs-actor-row.h"
#include "ui/analysis/bs-actors-view-private.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-gtk48-list.h"
#include "ui/common/bs-save.h"
#include "ui/common/bs-workspace-property.h"

struct _BsActorsView {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  BsEvaluationSet *cases; /* (nullable): whose actors are listed */
  GListStore *rows; /* of BsActorRow, in the metadata's order */
  GtkSingleSelection *selection;
  GtkSorter *sorter; /* of the view: what its columns' headers chose */
  gboolean stale;
  guint64 serial;

  GtkStack *stack;
  GtkColumnView *view;
  GtkLabel *caption;
};

G_DEFINE_FINAL_TYPE (BsActorsView, bs_actors_view, GTK_TYPE_WIDGET)

static const char *const titles[BS_N_ACTOR_COLUMNS] = {
  [BS_ACTOR_NAME] = N_ ("actor"),         [BS_ACTOR_CLIPS] = N_ ("clips"),
  [BS_ACTOR_PRESENCE] = N_ ("presence"),  [BS_ACTOR_SALIENCE] = N_ ("salience"),
  [BS_ACTOR_BLENDS] = N_ ("blends seen"),
};

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer column)
{
  gtk_list_item_set_child (item, bs_actor_cell_new ((BsActorColumn) GPOINTER_TO_INT (column)));
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer column)
{
  bs_actor_cell_bind (BS_ACTOR_CELL (gtk_list_item_get_child (item)),
                      gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer column)
{
  bs_actor_cell_bind (BS_ACTOR_CELL (gtk_list_item_get_child (item)), NULL);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer column)
{
  return bs_actor_row_compare ((BsActorRow *) a, (BsActorRow *) b,
                               (BsActorColumn) GPOINTER_TO_INT (column));
}

static void
add_column (BsActorsView *self, BsActorColumn column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter =
    GTK_SORTER (gtk_custom_sorter_new (compare_cb, GINT_TO_POINTER (column), NULL));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  g_autoptr (GtkColumnViewColumn) view_column =
    gtk_column_view_column_new (_ (titles[column]), factory);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_expand (view_column, TRUE);
  gtk_column_view_append_column (self->view, view_column);
}

/* Which actors it goes best and worst with: what the table is looked at for. */
static void
show_caption (BsActorsView *self)
{
  BsActorRow *best = NULL, *worst = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  for (guint i = 0; i < n; i++) {
    g_autoptr (BsActorRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
    double presence = bs_actor_row_get_value (row, BS_ACTOR_PRESENCE);
    if (isnan (presence))
      continue;
    if (best == NULL || presence > bs_actor_row_get_value (best, BS_ACTOR_PRESENCE))
      best = row;
    if (worst == NULL || presence < bs_actor_row_get_value (worst, BS_ACTOR_PRESENCE))
      worst = row;
  }
  if (best == NULL) {
    gtk_label_set_label (self->caption, "");
    return;
  }
  g_autofree char *text = g_strdup_printf (
    _ (
      "Presence runs from %.3f (%s) to %.3f (%s). A double click or Enter shows an actor's clips."),
    bs_actor_row_get_value (worst, BS_ACTOR_PRESENCE), bs_actor_row_get_name (worst),
    bs_actor_row_get_value (best, BS_ACTOR_PRESENCE), bs_actor_row_get_name (best));
  gtk_label_set_label (self->caption, text);
}

static void
fill (BsActorsView *self)
{
  const BsMetrics *metrics = bs_threshold_state_get_metrics (self->thresholds);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  self->stale = FALSE;
  for (guint i = 0; metrics != NULL && i < n; i++) {
    g_autoptr (BsActorRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
    bs_actor_row_set_counts (row, &metrics->actors[bs_actor_row_get_actor (row)]);
  }
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  show_caption (self);
}

/* The actors that the run judges; another run may judge others. */
static void
list_actors (BsActorsView *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  g_clear_pointer (&self->cases, bs_evaluation_set_unref);
  self->cases = cases != NULL ? bs_evaluation_set_ref (cases) : NULL;
  g_list_store_remove_all (self->rows);
  if (cases == NULL)
    return;
  g_autofree gboolean *judged = g_new0 (gboolean, cases->n_actors + 1);
  for (gsize i = 0; i < cases->n; i++)
    if (cases->actor[i] >= 0)
      judged[cases->actor[i]] = TRUE;
  for (gsize actor = 0; actor < cases->n_actors; actor++) {
    if (!judged[actor])
      continue;
    g_autoptr (BsActorRow) row =
      bs_actor_row_new ((int) actor, bs_metadata_actor_name (metadata, actor));
    g_list_store_append (self->rows, row);
  }
}

static void
metrics_changed_cb (BsActorsView *self)
{
  if (bs_threshold_state_get_cases (self->thresholds) != self->cases)
    list_actors (self);
  gboolean has_run = bs_threshold_state_get_metrics (self->thresholds) != NULL;
  gtk_stack_set_visible_child_name (self->stack, has_run ? "table" : "empty");
  self->serial = bs_threshold_state_get_serial (self->thresholds);
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

static void
activate_cb (BsActorsView *self, guint position)
{
  g_autoptr (BsActorRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  BsFilter filter;
  if (row == NULL)
    return;
  bs_filter_copy (bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace)),
                  &filter);
  filter.actor = filter.actor == bs_actor_row_get_actor (row) ? -1 : bs_actor_row_get_actor (row);
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
  bs_filter_clear (&filter);
}

static void
save_cb (BsActorsView *self)
{
  static const char *const headers[] = {
    "actor", "n", "acc_presence", "acc_salience", "predicted_blends", "true_blends"
  };
  g_autoptr (BsTable) table = bs_table_new ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    bs_table_add_column (table, headers[i], 3);
  for (guint i = 0; i < n; i++) {
    g_autoptr (BsActorRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
    bs_table_add_text (table, bs_actor_row_get_name (row));
    for (int column = BS_ACTOR_CLIPS; column < BS_N_ACTOR_COLUMNS; column++)
      bs_table_add_number (table, bs_actor_row_get_value (row, (BsActorColumn) column));
    bs_table_add_number (table, bs_actor_row_get_true_blends (row));
  }
  g_autoptr (GBytes) csv = bs_table_to_csv (table);
  g_autofree char *name = g_strconcat (_ ("actors"), ".csv", NULL);
  bs_save_bytes (GTK_WIDGET (self), self->workspace, name, csv);
}

static void
bs_actors_view_map (GtkWidget *widget)
{
  BsActorsView *self = BS_ACTORS_VIEW (widget);
  if (self->stale && self->workspace != NULL)
    fill (self);
  GTK_WIDGET_CLASS (bs_actors_view_parent_class)->map (widget);
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsActorsView *self = BS_ACTORS_VIEW (widget);
  self->workspace = g_object_ref (workspace);
  self->thresholds = bs_workspace_get_thresholds (workspace);
  g_signal_connect_object (self->thresholds, "notify::metrics", G_CALLBACK (metrics_changed_cb),
                           self, G_CONNECT_SWAPPED);
  metrics_changed_cb (self);
}

/**
 * bs_actors_view_get_serial:
 * @self: the view
 *
 * Returns: the workspace's serial whose state the view carries
 */
guint64
bs_actors_view_get_serial (BsActorsView *self)
{
  return self->serial;
}

static void
bs_actors_view_dispose (GObject *object)
{
  BsActorsView *self = BS_ACTORS_VIEW (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_ACTORS_VIEW);
  g_clear_object (&self->sorter);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->cases, bs_evaluation_set_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_actors_view_parent_class)->dispose (object);
}

static void
bs_actors_view_class_init (BsActorsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_actors_view_dispose;
  bs_workspace_property_install (G_OBJECT_CLASS (klass), take_workspace);
  widget_class->map = bs_actors_view_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-actors-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BsActorsView, stack);
  gtk_widget_class_bind_template_child (widget_class, BsActorsView, view);
  gtk_widget_class_bind_template_child (widget_class, BsActorsView, caption);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
bs_actors_view_init (BsActorsView *self)
{
  bs_gtk48_compat_init (self);
  self->rows = g_list_store_new (BS_TYPE_ACTOR_ROW);
  for (int column = 0; column < BS_N_ACTOR_COLUMNS; column++)
    add_column (self, (BsActorColumn) column);
  self->sorter = g_object_ref (gtk_column_view_get_sorter (self->view));
  g_autoptr (GtkSortListModel) sorted =
    gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->rows)), g_object_ref (self->sorter));
  self->selection =
    gtk_single_selection_new (G_LIST_MODEL (bs_gtk48_list_new (G_LIST_MODEL (sorted))));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}
