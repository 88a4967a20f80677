/* SPDX-License-Identifier: MIT */
/* Filtering and sorting on plain arrays of indices: one pass and one sort over 100,000 clips
 * take milliseconds, where chained list models of objects would take seconds. What takes longer,
 * folding the case of all their names, is the worker's and done when the corpus is opened; a
 * search that comes sooner leaves the list as it is until then.
 *
 * Several changes before one frame are one change of the list: what the filter, the order or the
 * decisions make of it is worked out once, in an idle source that comes before GTK lays out. A
 * corpus is another at once, as the rows of the one before mean nothing any more.
 *
 * A clip has one row for as long as its corpus is open, so that GTK knows it again where it has
 * moved to; it is made when it is asked for. Only the part of the list that is another is told. */
#include "config.h"

#include "ui/session/bs-clip-index.h"
#include "ui/session/bs-clip-list-model-private.h"
#include "ui/session/bs-key-sort.h"

struct _BsClipRow {
  GObject parent_instance;
  BsMetadata *metadata;
  int clip;
};

G_DEFINE_FINAL_TYPE (BsClipRow, bs_clip_row, G_TYPE_OBJECT)

struct _BsClipListModel {
  GObject parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  BsClipSelection *selection; /* likewise */
  BsClipSort sort;
  gboolean descending;
  guint32 *order;
  guint n; /* in @order */
  guint settling; /* source that works it out anew */
  BsMetadata *metadata; /* what @rows and @index are of */
  GPtrArray *rows; /* of each clip of @metadata; NULL until somebody asks for it */
  BsClipIndex *index; /* NULL while it is made */
};

static void
bs_clip_row_finalize (GObject *object)
{
  bs_metadata_unref (BS_CLIP_ROW (object)->metadata);
  G_OBJECT_CLASS (bs_clip_row_parent_class)->finalize (object);
}

static void
bs_clip_row_class_init (BsClipRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bs_clip_row_finalize;
}

static void
bs_clip_row_init (BsClipRow *self)
{
}

/**
 * bs_clip_row_get_clip:
 * @self: a row
 *
 * Returns: index of its clip into bs_clip_row_get_metadata()
 */
int
bs_clip_row_get_clip (BsClipRow *self)
{
  return self->clip;
}

/**
 * bs_clip_row_get_metadata:
 * @self: a row
 *
 * Returns: (transfer none): what its clip is in
 */
BsMetadata *
bs_clip_row_get_metadata (BsClipRow *self)
{
  return self->metadata;
}

static GType
get_item_type (GListModel *model)
{
  return BS_TYPE_CLIP_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return BS_CLIP_LIST_MODEL (model)->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  BsClipListModel *self = BS_CLIP_LIST_MODEL (model);
  if (position >= self->n)
    return NULL;
  guint32 clip = self->order[position];
  BsClipRow *row = g_ptr_array_index (self->rows, clip);
  if (row == NULL) {
    row = g_object_new (BS_TYPE_CLIP_ROW, NULL);
    row->metadata = bs_metadata_ref (self->metadata);
    row->clip = (int) clip;
    g_ptr_array_index (self->rows, clip) = row;
  }
  return g_object_ref (row);
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
  const BsDecision *decision = bs_threshold_state_get_decision (self->thresholds, index);
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
    return decision != NULL ? bs_threshold_state_get_margin (self->thresholds, index) : 2;
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
  gsize n = self->metadata != NULL ? bs_metadata_n_clips (self->metadata) : 0;
  GArray *entries = g_array_sized_new (FALSE, FALSE, sizeof (BsKeyed), (guint) n);
  const BsFilter *filter = bs_clip_selection_get_filter (self->selection);
  gboolean has_text = bs_filter_has (filter, BS_FACET_TEXT);
  for (gsize i = 0; i < n; i++) {
    const char *haystack = has_text ? g_ptr_array_index (self->index->haystacks, i) : NULL;
    if (!bs_clip_selection_accepts (self->selection, i, haystack))
      continue;
    double number = sort_key (self, bs_metadata_clip (self->metadata, i), (int) i);
    BsKeyed entry = { bs_key_of (number, self->descending), (guint32) i };
    g_array_append_val (entries, entry);
  }
  if (self->sort != BS_CLIP_SORT_FILE || self->descending)
    bs_key_sort ((BsKeyed *) (gpointer) entries->data, entries->len);
  return entries;
}

/* What is the same at the start and at the end is not told. */
static void
replace_order (BsClipListModel *self, guint32 *order, guint n, gboolean all)
{
  g_autofree guint32 *old = self->order;
  guint n_old = self->n, n_both = all ? 0 : MIN (n, n_old), start = 0, end = 0;
  while (start < n_both && order[start] == old[start])
    start++;
  while (end < n_both - start && order[n - 1 - end] == old[n_old - 1 - end])
    end++;
  self->order = order;
  self->n = n;
  if (start + end == n && n == n_old)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), start, n_old - start - end, n - start - end);
  bs_clip_selection_set_order (self->selection, order, n);
}

static gboolean
needs_index (BsClipListModel *self)
{
  return self->sort == BS_CLIP_SORT_NAME ||
         bs_filter_has (bs_clip_selection_get_filter (self->selection), BS_FACET_TEXT);
}

static gboolean
has_what_it_needs (BsClipListModel *self)
{
  return self->index != NULL || self->metadata == NULL || !needs_index (self);
}

static void
rebuild (BsClipListModel *self, gboolean all)
{
  g_autoptr (GArray) entries = collect (self);
  guint32 *order = g_new (guint32, entries->len + 1);
  for (guint i = 0; i < entries->len; i++)
    order[i] = g_array_index (entries, BsKeyed, i).value;
  replace_order (self, order, entries->len, all);
}

/**
 * bs_clip_list_model_settle:
 * @self: the model
 *
 * Has the list be what the workspace says now rather than when the main loop comes to it, which
 * is before the next frame. Does nothing where it is already, or waits for its index.
 */
void
bs_clip_list_model_settle (BsClipListModel *self)
{
  if (self->settling == 0)
    return;
  g_clear_handle_id (&self->settling, g_source_remove);
  if (self->metadata == bs_workspace_get_metadata (self->workspace) && has_what_it_needs (self))
    rebuild (self, FALSE);
}

static gboolean
settle_cb (gpointer user_data)
{
  bs_clip_list_model_settle (user_data);
  return G_SOURCE_REMOVE;
}

/* GTK lays out and paints at GDK_PRIORITY_REDRAW, which comes after this. */
static void
queue_settle (BsClipListModel *self)
{
  if (self->settling == 0)
    self->settling = g_idle_add_full (G_PRIORITY_HIGH_IDLE, settle_cb, self, NULL);
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
    queue_settle (self);
}

static void
start_index (BsClipListModel *self)
{
  g_clear_pointer (&self->index, bs_clip_index_unref);
  bs_job_queue_cancel_key (bs_workspace_get_jobs (self->workspace), "clip-index");
  if (self->metadata == NULL)
    return;
  bs_job_queue_start (bs_workspace_get_jobs (self->workspace), self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = "clip-index",
                        .title = "",
                        .func = index_job,
                        .input = bs_metadata_ref (self->metadata),
                        .input_free = (GDestroyNotify) bs_metadata_unref,
                        .result_free = (GDestroyNotify) bs_clip_index_unref,
                        .done = index_done_cb,
                        .user_data = self,
                      },
                      FALSE);
}

static void
free_row (gpointer row)
{
  if (row != NULL)
    g_object_unref (row);
}

static GPtrArray *
rows_new (BsMetadata *metadata)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (free_row);
  g_ptr_array_set_size (rows, metadata != NULL ? (int) bs_metadata_n_clips (metadata) : 0);
  return rows;
}

static void
corpus_changed_cb (BsClipListModel *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  if (metadata == self->metadata)
    return;
  GPtrArray *old_rows = self->rows;
  g_clear_pointer (&self->metadata, bs_metadata_unref);
  self->metadata = metadata != NULL ? bs_metadata_ref (metadata) : NULL;
  self->rows = rows_new (metadata);
  start_index (self);
  g_clear_handle_id (&self->settling, g_source_remove);
  if (has_what_it_needs (self))
    rebuild (self, TRUE);
  else
    replace_order (self, g_new (guint32, 1), 0, TRUE);
  g_ptr_array_unref (old_rows);
}

static void
metrics_changed_cb (BsClipListModel *self)
{
  if (self->sort >= BS_CLIP_SORT_DECISION ||
      bs_filter_needs_decisions (bs_clip_selection_get_filter (self->selection)))
    queue_settle (self);
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
  queue_settle (self);
}

/**
 * bs_clip_list_model_find:
 * @self: the model
 * @clip: index into the metadata
 *
 * Returns: its position, or %G_MAXUINT where the filter hides it
 */
guint
bs_clip_list_model_find (BsClipListModel *self, int clip)
{
  for (guint i = 0; i < self->n; i++)
    if ((int) self->order[i] == clip)
      return i;
  return G_MAXUINT;
}

static void
bs_clip_list_model_finalize (GObject *object)
{
  BsClipListModel *self = BS_CLIP_LIST_MODEL (object);
  g_clear_handle_id (&self->settling, g_source_remove);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->index, bs_clip_index_unref);
  g_clear_pointer (&self->metadata, bs_metadata_unref);
  g_free (self->order);
  G_OBJECT_CLASS (bs_clip_list_model_parent_class)->finalize (object);
}

static void
bs_clip_list_model_class_init (BsClipListModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bs_clip_list_model_finalize;
}

static void
bs_clip_list_model_init (BsClipListModel *self)
{
  self->rows = rows_new (NULL);
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
  self->thresholds = bs_workspace_get_thresholds (workspace);
  self->selection = bs_workspace_get_selection (workspace);
  g_signal_connect_object (workspace, "notify::corpus", G_CALLBACK (corpus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::filter", G_CALLBACK (queue_settle), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::metrics", G_CALLBACK (metrics_changed_cb),
                           self, G_CONNECT_SWAPPED);
  corpus_changed_cb (self);
  return self;
}
