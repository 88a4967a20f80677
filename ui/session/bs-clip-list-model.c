/* SPDX-License-Identifier: MIT */
/* Filtering and sorting on plain arrays of indices: one pass and one sort over 100,000 clips
 * take milliseconds, where chained list models of objects would take seconds. What takes longer,
 * folding the case of all their names, is the worker's and done when the corpus is opened; a
 * search that comes sooner leaves the list as it is until then.
 *
 * A row is a place in the list, not a clip: another order gives the rows that somebody holds other
 * clips, and only places at the end come or go. GTK keeps 200 rows with their widgets around what
 * is seen; were every clip an item of its own, each search would make all of these anew. Where the
 * list was shorter than that, its rows come a few at a time, so that frames are drawn between. */
#include "config.h"

#include <string.h>

#include "ui/session/bs-clip-index.h"
#include "ui/session/bs-clip-list-model.h"
#include "ui/session/bs-key-sort.h"

#define N_KEPT_ROWS 200 /* GTK_LIST_VIEW_MAX_LIST_ITEMS of GTK 4.8 */
#define N_ROWS_AT_ONCE 24 /* more than a screen shows of two lines each */

struct _BsClipRow {
  GObject parent_instance;
  BsClipListModel *model; /* NULL once it has ended */
  guint position;
  int clip;
};

G_DEFINE_FINAL_TYPE (BsClipRow, bs_clip_row, G_TYPE_OBJECT)

struct _BsClipListModel {
  GObject parent_instance;
  BsWorkspace *workspace;
  BsClipSort sort;
  gboolean descending;
  guint32 *order;
  gsize n; /* in @order */
  guint n_rows; /* as many of them are in the list by now */
  guint growing; /* source that brings the others */
  GHashTable *rows; /* position -> row that somebody holds */
  BsMetadata *metadata; /* what @index is of */
  BsClipIndex *index; /* of the open corpus; NULL while it is made */
};

static guint moved_signal;
static guint rebuilt_signal;

static void
bs_clip_row_finalize (GObject *object)
{
  BsClipRow *self = BS_CLIP_ROW (object);
  if (self->model != NULL)
    g_hash_table_remove (self->model->rows, GUINT_TO_POINTER (self->position));
  G_OBJECT_CLASS (bs_clip_row_parent_class)->finalize (object);
}

static void
bs_clip_row_class_init (BsClipRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bs_clip_row_finalize;
  /* The row stands for another clip. */
  moved_signal = g_signal_new ("moved", BS_TYPE_CLIP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
bs_clip_row_init (BsClipRow *self)
{
}

/**
 * bs_clip_row_get_clip:
 * @self: a row
 *
 * Returns: index into the metadata of the clip that is in this place now
 */
int
bs_clip_row_get_clip (BsClipRow *self)
{
  return self->clip;
}

static GType
get_item_type (GListModel *model)
{
  return BS_TYPE_CLIP_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return BS_CLIP_LIST_MODEL (model)->n_rows;
}

static gpointer
get_item (GListModel *model, guint position)
{
  BsClipListModel *self = BS_CLIP_LIST_MODEL (model);
  if (position >= self->n_rows)
    return NULL;
  BsClipRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
  if (row != NULL)
    return g_object_ref (row);
  row = g_object_new (BS_TYPE_CLIP_ROW, NULL);
  row->model = self;
  row->position = position;
  row->clip = (int) self->order[position];
  g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), row);
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BsClipListModel, bs_clip_list_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static double
sort_key (BsClipListModel *self, const BsClip *clip, int index)
{
  const BsDecision *decision = bs_workspace_get_decision (self->workspace, index);
  switch (self->sort) {
  case BS_CLIP_SORT_ACTOR:
    return clip->actor;
  case BS_CLIP_SORT_LABEL:
    return bs_label_salience_class (clip->label);
  case BS_CLIP_SORT_DECISION:
    return decision != NULL ? bs_label_salience_class (decision->label) : BS_N_SALIENCE_CLASSES;
  case BS_CLIP_SORT_OUTCOME:
    return bs_outcome_of (clip->label, decision);
  case BS_CLIP_SORT_MARGIN:
    return decision != NULL ? bs_workspace_get_margin (self->workspace, index) : 2;
  case BS_CLIP_SORT_CONFIDENCE:
    return decision != NULL ? -decision->p1 : 0;
  case BS_CLIP_SORT_FILE:
    return index;
  case BS_CLIP_SORT_NAME:
    return self->index->name_ranks[index];
  case BS_N_CLIP_SORTS:
    break;
  }
  return 0;
}

static GArray *
collect (BsClipListModel *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  gsize n = metadata != NULL ? bs_metadata_n_clips (metadata) : 0;
  GArray *entries = g_array_sized_new (FALSE, FALSE, sizeof (BsKeyed), (guint) n);
  const BsFilter *filter = bs_workspace_get_filter (self->workspace);
  gboolean has_text = bs_filter_has (filter, BS_FACET_TEXT);
  for (gsize i = 0; i < n; i++) {
    const char *haystack = has_text ? g_ptr_array_index (self->index->haystacks, i) : NULL;
    if (!bs_workspace_accepts (self->workspace, i, haystack))
      continue;
    double number = sort_key (self, bs_metadata_clip (metadata, i), (int) i);
    BsKeyed entry = { bs_key_of (number, self->descending), (guint32) i };
    g_array_append_val (entries, entry);
  }
  if (self->sort != BS_CLIP_SORT_FILE || self->descending)
    bs_key_sort ((BsKeyed *) (gpointer) entries->data, entries->len);
  return entries;
}

/* Rows past the end are left as they are: they go with the change of the items. */
static void
move_rows (BsClipListModel *self)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_full (g_hash_table_size (self->rows), g_object_unref);
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (BS_CLIP_ROW (value)->position < self->n)
      g_ptr_array_add (rows, g_object_ref (value));
  for (guint i = 0; i < rows->len; i++) {
    BsClipRow *row = g_ptr_array_index (rows, i);
    row->clip = (int) self->order[row->position];
    g_signal_emit (row, moved_signal, 0);
  }
}

static void
change_length (BsClipListModel *self, guint n_rows)
{
  guint before = self->n_rows;
  self->n_rows = n_rows;
  if (n_rows < before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_rows, before - n_rows, 0);
  else if (n_rows > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, n_rows - before);
}

static gboolean
grow_cb (gpointer user_data)
{
  BsClipListModel *self = user_data;
  guint n = (guint) self->n;
  change_length (self, self->n_rows < N_KEPT_ROWS ? MIN (n, self->n_rows + N_ROWS_AT_ONCE) : n);
  if (self->n_rows < n)
    return G_SOURCE_CONTINUE;
  self->growing = 0;
  g_signal_emit (self, rebuilt_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
replace_order (BsClipListModel *self, guint32 *order, gsize n)
{
  g_clear_handle_id (&self->growing, g_source_remove);
  g_free (self->order);
  self->order = order;
  self->n = n;
  bs_workspace_set_order (self->workspace, order, n);
  move_rows (self);
  change_length (self, MIN (self->n_rows, (guint) n));
  if (grow_cb (self) == G_SOURCE_CONTINUE)
    self->growing = g_idle_add (grow_cb, self);
}

static gboolean
needs_index (BsClipListModel *self)
{
  return self->sort == BS_CLIP_SORT_NAME ||
         bs_filter_has (bs_workspace_get_filter (self->workspace), BS_FACET_TEXT);
}

static void
rebuild (BsClipListModel *self)
{
  if (self->index == NULL && self->metadata != NULL && needs_index (self))
    return;
  g_autoptr (GArray) entries = collect (self);
  guint32 *order = g_new (guint32, MAX (entries->len, 1));
  for (guint i = 0; i < entries->len; i++)
    order[i] = g_array_index (entries, BsKeyed, i).value;
  if (self->n == entries->len && self->order != NULL &&
      memcmp (order, self->order, self->n * sizeof *order) == 0)
    g_free (order);
  else
    replace_order (self, order, entries->len);
}

static gpointer
index_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  return bs_clip_index_new (input, cancellable, error);
}

static void
index_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsClipListModel *self = user_data;
  if (result == NULL)
    return;
  self->index = bs_job_steal_result (job);
  if (needs_index (self))
    rebuild (self);
}

static void
start_index (BsClipListModel *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  g_clear_pointer (&self->index, bs_clip_index_unref);
  g_clear_pointer (&self->metadata, bs_metadata_unref);
  self->metadata = metadata != NULL ? bs_metadata_ref (metadata) : NULL;
  bs_worker_cancel_key (bs_workspace_get_worker (self->workspace), "clip-index");
  if (metadata == NULL)
    return;
  bs_workspace_start_for (self->workspace, self,
                          &(BsJobSpec){
                            .lane = BS_LANE_SHORT,
                            .key = "clip-index",
                            .title = "",
                            .func = index_job,
                            .input = bs_metadata_ref (metadata),
                            .input_free = (GDestroyNotify) bs_metadata_unref,
                            .result_free = (GDestroyNotify) bs_clip_index_unref,
                            .done = index_done_cb,
                            .user_data = self,
                          });
}

static void
corpus_changed_cb (BsClipListModel *self)
{
  if (bs_workspace_get_metadata (self->workspace) != self->metadata)
    start_index (self);
  /* The same order is of other clips now, and must not stay while their index is made. */
  g_clear_pointer (&self->order, g_free);
  if (self->index == NULL && needs_index (self))
    replace_order (self, NULL, 0);
  else
    rebuild (self);
}

static void
metrics_changed_cb (BsClipListModel *self)
{
  if (self->sort >= BS_CLIP_SORT_DECISION)
    rebuild (self);
}

/**
 * bs_clip_list_model_set_sort:
 * @self: the model
 * @sort: by what
 * @descending: largest first
 */
void
bs_clip_list_model_set_sort (BsClipListModel *self, BsClipSort sort, gboolean descending)
{
  if (self->sort == sort && self->descending == descending)
    return;
  self->sort = sort;
  self->descending = descending;
  rebuild (self);
}

/**
 * bs_clip_list_model_find:
 * @self: the model
 * @clip: index into the metadata
 *
 * Returns: its position, or %G_MAXUINT where the filter hides it or its row is still to come
 */
guint
bs_clip_list_model_find (BsClipListModel *self, int clip)
{
  for (guint i = 0; i < self->n_rows; i++)
    if ((int) self->order[i] == clip)
      return i;
  return G_MAXUINT;
}

/**
 * bs_clip_list_model_get_n_clips:
 * @self: the model
 *
 * Returns: how many clips the filter accepts, with those whose rows are still to come
 */
guint
bs_clip_list_model_get_n_clips (BsClipListModel *self)
{
  return (guint) self->n;
}

static void
bs_clip_list_model_finalize (GObject *object)
{
  BsClipListModel *self = BS_CLIP_LIST_MODEL (object);
  GHashTableIter iter;
  gpointer row;
  g_clear_handle_id (&self->growing, g_source_remove);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    BS_CLIP_ROW (row)->model = NULL;
  g_hash_table_unref (self->rows);
  g_clear_pointer (&self->index, bs_clip_index_unref);
  g_clear_pointer (&self->metadata, bs_metadata_unref);
  g_free (self->order);
  G_OBJECT_CLASS (bs_clip_list_model_parent_class)->finalize (object);
}

static void
bs_clip_list_model_class_init (BsClipListModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bs_clip_list_model_finalize;
  /* After the items have changed and the last of them has come. */
  rebuilt_signal = g_signal_new ("rebuilt", BS_TYPE_CLIP_LIST_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
bs_clip_list_model_init (BsClipListModel *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
}

/**
 * bs_clip_list_model_new:
 * @workspace: (transfer none): outlives the model
 *
 * Returns: (transfer full): a model that follows @workspace
 */
BsClipListModel *
bs_clip_list_model_new (BsWorkspace *workspace)
{
  BsClipListModel *self = g_object_new (BS_TYPE_CLIP_LIST_MODEL, NULL);
  self->workspace = workspace;
  g_signal_connect_object (workspace, "corpus-changed", G_CALLBACK (corpus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "filter-changed", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "metrics-changed", G_CALLBACK (metrics_changed_cb), self,
                           G_CONNECT_SWAPPED);
  corpus_changed_cb (self);
  return self;
}
