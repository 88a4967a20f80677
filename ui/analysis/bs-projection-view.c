/* SPDX-License-Identifier: MIT */
/* The projection is a job of the short lane; a newer choice replaces an older one that is still
 * being worked out. Colours follow the workspace without a new projection. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "model/features/bs-projection.h"
#include "ui/analysis/bs-projection-looks.h"
#include "ui/analysis/bs-projection-view-private.h"
#include "ui/chart/bs-chart-menu.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/session/bs-label-text.h"

struct _BsProjectionView {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  BsProjection *projection;
  char *source; /* what of the corpus a projection depends on */
  gboolean started_for_pair;
  gboolean shows_pair;
  gboolean wanted; /* choices changed since the last projection was started */
  gboolean looks_stale;
  gboolean filter_stale;
  gboolean following; /* the drop-downs are being filled */
  guint64 serial;

  GtkStack *stack;
  GtkDropDown *encoder;
  GtkDropDown *pair;
  GtkDropDown *color;
  GtkSwitch *per_actor;
  GtkSwitch *whiten;
  BsChartMenu *menu;
  BsScatterView *plane;
  GtkLabel *caption;
};

G_DEFINE_FINAL_TYPE (BsProjectionView, bs_projection_view, GTK_TYPE_WIDGET)

typedef struct {
  BsCorpus *corpus;
  char *encoder;
  BsProjectionSpec spec;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;
  bs_corpus_unref (input->corpus);
  g_free (input->encoder);
  g_free (input);
}

static void
report_cb (double fraction, const char *message, gpointer job)
{
  bs_job_report (job, fraction, message);
}

static gpointer
project_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  const char *const encoders[] = { input->encoder, NULL };
  return bs_projection_new (input->corpus, encoders, &input->spec, report_cb, job, cancellable,
                            error);
}

static BsLabel
chosen_pair (BsProjectionView *self)
{
  guint selected = gtk_drop_down_get_selected (self->pair);
  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return BS_LABEL_UNKNOWN;
  return bs_label_from_class (BS_N_EMOTIONS + (int) selected - 1);
}

static void
show_looks (BsProjectionView *self)
{
  BsProjectionLooks looks;
  self->looks_stale = FALSE;
  if (self->projection == NULL)
    return;
  bs_projection_looks_init (&looks, self->workspace, self->projection->clips, self->projection->n,
                            (BsColorBy) gtk_drop_down_get_selected (self->color), self->shows_pair);
  bs_scatter_view_set_groups (self->plane, looks.group, looks.looks, looks.n);
  bs_projection_looks_clear (&looks);
}

static void
show_filter (BsProjectionView *self)
{
  self->filter_stale = FALSE;
  if (self->projection == NULL)
    return;
  g_autofree guint8 *dimmed =
    bs_filter_is_empty (bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace)))
      ? NULL
      : g_new (guint8, self->projection->n + 1);
  for (gsize i = 0; dimmed != NULL && i < self->projection->n; i++)
    dimmed[i] = !bs_clip_selection_accepts (bs_workspace_get_selection (self->workspace),
                                            self->projection->clips[i], NULL);
  bs_scatter_view_set_dimmed (self->plane, dimmed);
}

/* Asks each point, of which there may be many: where nobody looks it waits until somebody does. */
static void
filter_changed_cb (BsProjectionView *self)
{
  self->filter_stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_filter (self);
}

static void
show_clip (BsProjectionView *self)
{
  int clip = bs_clip_selection_get_clip (bs_workspace_get_selection (self->workspace)), found = -1;
  for (gsize i = 0; self->projection != NULL && i < self->projection->n; i++)
    if ((int) self->projection->clips[i] == clip)
      found = (int) i;
  bs_scatter_view_set_chosen (self->plane, found);
}

static char *
axis_title (const BsPca *pca, gsize component)
{
  if (component >= pca->n_components)
    return g_strdup ("");
  /* Translators: number of a principal component, and how much of the variance it explains */
  return g_strdup_printf (_ ("PC%d (%.0f %%)"), (int) component + 1,
                          100 * pca->explained[component]);
}

static void
show_points (BsProjectionView *self)
{
  const BsProjection *projection = self->projection;
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  g_autofree float *xy = g_new0 (float, 2 * projection->n + 1);
  g_autofree const char **names = g_new0 (const char *, projection->n + 1);
  g_autofree char *x_title = axis_title (projection->pca, 0);
  g_autofree char *y_title = axis_title (projection->pca, 1);
  for (gsize i = 0; i < projection->n; i++) {
    const float *scores = bs_matrix_row (projection->pca->scores, i);
    names[i] = bs_metadata_clip (metadata, projection->clips[i])->filename;
    for (gsize c = 0; c < MIN (2, projection->pca->n_components); c++)
      xy[2 * i + c] = scores[c];
  }
  bs_scatter_view_set_points (self->plane, projection->n, xy, names, x_title, y_title);
  show_looks (self);
  show_filter (self);
  show_clip (self);
}

static void
say (BsProjectionView *self, const char *words)
{
  gtk_label_set_label (self->caption, words);
}

static void
done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsProjectionView *self = user_data;
  if (result == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      say (self, error->message);
    return;
  }
  g_clear_pointer (&self->projection, bs_projection_free);
  self->projection = bs_job_steal_result (job);
  self->shows_pair = self->started_for_pair;
  show_points (self);
  guint n = (guint) self->projection->n;
  g_autofree char *words =
    g_strdup_printf (ngettext ("%u clip. Drag moves, the wheel zooms, Shift and drag selects; a "
                               "click plays.",
                               "%u clips. Drag moves, the wheel zooms, Shift and drag selects; a "
                               "click plays.",
                               n),
                     n);
  say (self, words);
}

static void
start (BsProjectionView *self)
{
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  guint selected = gtk_drop_down_get_selected (self->encoder);
  BsLabel pair = chosen_pair (self);
  self->wanted = FALSE;
  if (corpus == NULL || selected >= bs_corpus_n_encoders (corpus))
    return;
  Input *input = g_new0 (Input, 1);
  input->corpus = bs_corpus_ref (corpus);
  input->encoder = g_strdup (bs_encoder_name (bs_corpus_encoder (corpus, selected)));
  input->spec.per_actor = gtk_switch_get_active (self->per_actor);
  input->spec.whiten = gtk_switch_get_active (self->whiten);
  input->spec.n_components = 2;
  self->started_for_pair = bs_label_is_known (pair);
  input->spec.classes =
    bs_label_is_known (pair)
      ? bs_projection_pair_classes ((BsEmotion) pair.first, (BsEmotion) pair.second)
      : 0;
  say (self, _ ("Being worked out…"));
  bs_job_queue_start (bs_workspace_get_jobs (self->workspace), self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = "projection",
                        .title = _ ("Projecting the clips"),
                        .func = project_job,
                        .input = input,
                        .input_free = input_free,
                        .result_free = (GDestroyNotify) bs_projection_free,
                        .done = done_cb,
                        .user_data = self,
                      },
                      FALSE);
}

static void
choice_cb (BsProjectionView *self)
{
  if (self->workspace == NULL || self->following)
    return;
  self->wanted = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    start (self);
}

static void
color_cb (BsProjectionView *self)
{
  if (self->workspace != NULL)
    show_looks (self);
}

static void
fit_cb (BsProjectionView *self)
{
  bs_scatter_view_fit (self->plane);
}

static void
hovered_cb (BsProjectionView *self, int index)
{
  if (index < 0 || self->projection == NULL)
    return;
  int clip = (int) self->projection->clips[index];
  const BsClip *info = bs_metadata_clip (bs_workspace_get_metadata (self->workspace), (gsize) clip);
  const BsDecision *decision = bs_threshold_state_get_decision (self->thresholds, clip);
  g_autofree char *label = bs_label_text_label (info->label);
  g_autofree char *decided = decision != NULL ? bs_label_text_label (decision->label) : NULL;
  g_autofree char *words =
    decision != NULL
      /* Translators: a clip's name, its label, what it was judged to be */
      ? g_strdup_printf (_ ("%s\n%s\njudged %s"), info->filename, label, decided)
      : g_strdup_printf ("%s\n%s", info->filename, label);
  bs_scatter_view_set_hover_words (self->plane, words);
}

static void
activated_cb (BsProjectionView *self, int index)
{
  if (self->projection == NULL)
    return;
  bs_clip_selection_set_clip (bs_workspace_get_selection (self->workspace),
                              (int) self->projection->clips[index]);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.play", NULL);
}

static void
lasso_cb (BsProjectionView *self, GArray *points, gboolean add)
{
  BsFilter filter;
  bs_filter_copy (bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace)),
                  &filter);
  g_autoptr (GHashTable) before =
    add && filter.clips != NULL ? g_hash_table_ref (filter.clips) : NULL;
  bs_filter_drop (&filter, BS_FACET_CLIPS);
  filter.clips = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer clip;
  g_hash_table_iter_init (&iter, before != NULL ? before : filter.clips);
  while (before != NULL && g_hash_table_iter_next (&iter, &clip, NULL))
    g_hash_table_add (filter.clips, clip);
  for (guint i = 0; i < points->len; i++)
    g_hash_table_add (filter.clips,
                      GSIZE_TO_POINTER (self->projection->clips[g_array_index (points, guint, i)]));
  filter.clips_title = g_strdup (_ ("lasso"));
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
  bs_filter_clear (&filter);
}

static void
fill_pairs (BsProjectionView *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gtk_string_list_append (names, _ ("all clips"));
  for (int c = BS_N_EMOTIONS; c < BS_N_CLASSES; c++)
    gtk_string_list_append (names, bs_class_name (c));
  gtk_drop_down_set_model (self->pair, G_LIST_MODEL (names));
}

static char *
source_of (BsCorpus *corpus)
{
  GString *source = g_string_new (corpus != NULL ? bs_corpus_folder (corpus) : NULL);
  for (gsize i = 0; corpus != NULL && i < bs_corpus_n_encoders (corpus); i++) {
    const BsEncoder *encoder = bs_corpus_encoder (corpus, i);
    g_string_append_printf (source, "\n%s %" G_GSIZE_FORMAT, bs_encoder_name (encoder),
                            bs_encoder_n_clips (encoder));
  }
  return g_string_free (source, FALSE);
}

/* Also told when clips were added to the open corpus: then the points stay. */
static void
corpus_changed_cb (BsProjectionView *self)
{
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  g_autofree char *source = source_of (corpus);
  if (g_strcmp0 (source, self->source) == 0)
    return;
  g_free (self->source);
  self->source = g_steal_pointer (&source);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gsize n = corpus != NULL ? bs_corpus_n_encoders (corpus) : 0;
  guint selected = gtk_drop_down_get_selected (self->encoder);
  for (gsize i = 0; i < n; i++)
    gtk_string_list_append (names, bs_encoder_name (bs_corpus_encoder (corpus, i)));
  self->following = TRUE;
  gtk_drop_down_set_model (self->encoder, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->encoder, selected < n ? selected : 0);
  self->following = FALSE;
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "plane" : "empty");
  g_clear_pointer (&self->projection, bs_projection_free);
  bs_scatter_view_set_points (self->plane, 0, NULL, NULL, NULL, NULL);
  choice_cb (self);
}

static void
metrics_changed_cb (BsProjectionView *self)
{
  self->serial = bs_threshold_state_get_serial (self->thresholds);
  if (bs_filter_needs_decisions (
        bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace))))
    filter_changed_cb (self);
  if (gtk_drop_down_get_selected (self->color) != BS_COLOR_BY_OUTCOME)
    return;
  self->looks_stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_looks (self);
}

static void
bs_projection_view_map (GtkWidget *widget)
{
  BsProjectionView *self = BS_PROJECTION_VIEW (widget);
  if (self->workspace != NULL && self->looks_stale)
    show_looks (self);
  if (self->workspace != NULL && self->filter_stale)
    show_filter (self);
  if (self->workspace != NULL && self->wanted)
    start (self);
  GTK_WIDGET_CLASS (bs_projection_view_parent_class)->map (widget);
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsProjectionView *self = BS_PROJECTION_VIEW (widget);
  self->workspace = g_object_ref (workspace);
  self->thresholds = bs_workspace_get_thresholds (workspace);
  bs_chart_menu_set_chart (self->menu, BS_CHART_VIEW (self->plane), workspace);
  g_signal_connect_object (workspace, "notify::corpus", G_CALLBACK (corpus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::metrics", G_CALLBACK (metrics_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bs_workspace_get_selection (workspace), "notify::filter",
                           G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bs_workspace_get_selection (workspace), "notify::clip",
                           G_CALLBACK (show_clip), self, G_CONNECT_SWAPPED);
  corpus_changed_cb (self);
  metrics_changed_cb (self);
}

/**
 * bs_projection_view_get_serial:
 * @self: the view
 *
 * Returns: the workspace's serial whose state the view carries
 */
guint64
bs_projection_view_get_serial (BsProjectionView *self)
{
  return self->serial;
}

static void
bs_projection_view_dispose (GObject *object)
{
  BsProjectionView *self = BS_PROJECTION_VIEW (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_PROJECTION_VIEW);
  g_clear_pointer (&self->projection, bs_projection_free);
  g_clear_pointer (&self->source, g_free);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_projection_view_parent_class)->dispose (object);
}

static void
bs_projection_view_class_init (BsProjectionViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_projection_view_dispose;
  bs_workspace_property_install (G_OBJECT_CLASS (klass), take_workspace);
  widget_class->map = bs_projection_view_map;
  g_type_ensure (BS_TYPE_CHART_MENU);
  g_type_ensure (BS_TYPE_SCATTER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-projection-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BsProjectionView, stack);
  gtk_widget_class_bind_template_child (widget_class, BsProjectionView, encoder);
  gtk_widget_class_bind_template_child (widget_class, BsProjectionView, pair);
  gtk_widget_class_bind_template_child (widget_class, BsProjectionView, color);
  gtk_widget_class_bind_template_child (widget_class, BsProjectionView, per_actor);
  gtk_widget_class_bind_template_child (widget_class, BsProjectionView, whiten);
  gtk_widget_class_bind_template_child (widget_class, BsProjectionView, menu);
  gtk_widget_class_bind_template_child (widget_class, BsProjectionView, plane);
  gtk_widget_class_bind_template_child (widget_class, BsProjectionView, caption);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, color_cb);
  gtk_widget_class_bind_template_callback (widget_class, fit_cb);
  gtk_widget_class_bind_template_callback (widget_class, hovered_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, lasso_cb);
}

static void
bs_projection_view_init (BsProjectionView *self)
{
  bs_gtk48_compat_init (self);
  fill_pairs (self);
}
