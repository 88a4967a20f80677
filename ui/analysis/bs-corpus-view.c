/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "data/base/bs-visible.h"
#include "data/corpus/bs-corpus-check.h"
#include "data/corpus/bs-corpus-summary.h"
#include "data/corpus/bs-fold-names.h"
#include "ui/analysis/bs-corpus-view.h"
#include "ui/chart/bs-chart-menu.h"
#include "ui/chart/bs-count-chart.h"
#include "ui/chart/bs-duration-chart.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"

/* Clips of an encoder that are named; the others are counted. */
#define MOST_NAMED 10

typedef enum {
  BY_CLASS,
  BY_RATIO,
  BY_FOLD,
  BY_ACTOR,
  BY_GENDER,
} By;

struct _BsCorpusView {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsCorpusSummary *summary;
  BsCorpus *checked; /* (nullable): whose features are read, or were */
  char *unusable; /* (nullable): what is to be said of those of @checked */

  GtkWidget *synthetic;
  GtkLabel *overview;
  GtkDropDown *by;
  BsChartMenu *counts_menu;
  BsCountChart *counts;
  BsChartMenu *durations_menu;
  GtkWidget *no_durations;
  BsDurationChart *durations;
  GtkLabel *encoders;
  GtkLabel *problems;
};

G_DEFINE_FINAL_TYPE (BsCorpusView, bs_corpus_view, GTK_TYPE_WIDGET)

/* Names and counts of one way to count, put together bar by bar. */
typedef struct {
  GPtrArray *names;
  GPtrArray *parts;
  GArray *values;
} Bars;

static void
bars_init (Bars *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->parts = g_ptr_array_new_with_free_func (g_free);
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
bars_show (Bars *self, BsCountChart *chart)
{
  g_ptr_array_add (self->names, NULL);
  g_ptr_array_add (self->parts, NULL);
  bs_count_chart_set (chart, (const char *const *) self->names->pdata,
                      (const double *) self->values->data,
                      (const char *const *) self->parts->pdata);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->parts);
  g_array_unref (self->values);
}

static void
add_value (Bars *self, gsize count)
{
  double value = (double) count;
  g_array_append_val (self->values, value);
}

static void
add_fold_names (GPtrArray *names, const BsMetadata *metadata)
{
  for (int fold = 0; fold < bs_metadata_n_folds (metadata); fold++) {
    g_autofree char *name = bs_fold_name_dup_visible (bs_metadata_fold_names (metadata), fold);
    g_ptr_array_add (names, g_strdup_printf (_ ("fold %s"), name));
  }
}

static void
count_classes (Bars *bars, const BsCorpusSummary *summary, const BsMetadata *metadata)
{
  add_fold_names (bars->parts, metadata);
  for (int c = 0; c < BS_N_CLASSES; c++) {
    g_ptr_array_add (bars->names, g_strdup (bs_class_name (c)));
    for (int fold = 0; fold < summary->n_folds; fold++)
      add_value (bars, summary->fold_classes[fold][c]);
  }
}

static void
count_ratios (Bars *bars, const BsCorpusSummary *summary)
{
  static const char *const names[BS_N_RATIOS] = { "30/70", "50/50", "70/30" };
  g_ptr_array_add (bars->parts, g_strdup (_ ("blends")));
  for (int i = 0; i < BS_N_RATIOS; i++) {
    g_ptr_array_add (bars->names, g_strdup (names[i]));
    add_value (bars, summary->ratios[i]);
  }
}

static void
count_folds (Bars *bars, const BsCorpusSummary *summary, const BsMetadata *metadata)
{
  g_ptr_array_add (bars->parts, g_strdup (_ ("single emotions")));
  g_ptr_array_add (bars->parts, g_strdup (_ ("blends")));
  add_fold_names (bars->names, metadata);
  for (int fold = 0; fold < summary->n_folds; fold++) {
    add_value (bars, summary->folds[fold] - summary->fold_blends[fold]);
    add_value (bars, summary->fold_blends[fold]);
  }
}

static void
count_actors (Bars *bars, const BsCorpusSummary *summary, const BsMetadata *metadata)
{
  add_fold_names (bars->parts, metadata);
  for (gsize actor = 0; actor < summary->n_actors; actor++) {
    g_ptr_array_add (bars->names, bs_visible_dup (bs_metadata_actor_name (metadata, actor)));
    for (int fold = 0; fold < summary->n_folds; fold++)
      add_value (bars, summary->actor_folds[actor * (gsize) summary->n_folds + (gsize) fold]);
  }
}

static void
count_genders (Bars *bars, const BsCorpusSummary *summary)
{
  g_ptr_array_add (bars->parts, g_strdup (_ ("clips")));
  for (gsize i = 0; i < summary->n_genders; i++) {
    char letter = summary->genders[i].letter;
    g_ptr_array_add (bars->names,
                     letter != 0 ? g_strdup_printf ("%c", letter) : g_strdup (_ ("not stated")));
    add_value (bars, summary->genders[i].n_clips);
  }
}

static void
show_counts (BsCorpusView *self)
{
  if (self->summary == NULL)
    return;
  const BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  Bars bars;
  bars_init (&bars);
  switch ((By) gtk_drop_down_get_selected (self->by)) {
  case BY_CLASS:
    count_classes (&bars, self->summary, metadata);
    break;
  case BY_RATIO:
    count_ratios (&bars, self->summary);
    break;
  case BY_FOLD:
    count_folds (&bars, self->summary, metadata);
    break;
  case BY_ACTOR:
    count_actors (&bars, self->summary, metadata);
    break;
  case BY_GENDER:
    count_genders (&bars, self->summary);
    break;
  }
  bars_show (&bars, self->counts);
}

static void
show_durations (BsCorpusView *self)
{
  const BsCorpusSummary *summary = self->summary;
  gsize n = summary->n_bins;
  gboolean any = summary->singles.n + summary->blends.n > 0;
  gtk_widget_set_visible (GTK_WIDGET (self->durations), any);
  gtk_widget_set_visible (GTK_WIDGET (self->durations_menu), any);
  gtk_widget_set_visible (self->no_durations, !any);
  if (!any)
    return;
  g_autofree double *counts = g_new (double, 2 * MAX (n, 1));
  for (gsize i = 0; i < n; i++) {
    counts[i] = (double) summary->singles.bins[i];
    counts[n + i] = (double) summary->blends.bins[i];
  }
  bs_duration_chart_set (self->durations, summary->bin_s, n, counts);
}

static void
show_overview (BsCorpusView *self)
{
  const BsCorpusSummary *summary = self->summary;
  gsize blends = 0;
  for (int i = 0; i < BS_N_RATIOS; i++)
    blends += summary->ratios[i];
  /* Translators: counts of clips: training, test, singles, blends, actors, files */
  g_autofree char *text = g_strdup_printf (
    _ ("%u training clips, %u test clips; %u single emotions, %u blends; "
       "%u actors; %u clips have a file"),
    (guint) summary->n_train, (guint) summary->n_test, (guint) (summary->n_labelled - blends),
    (guint) blends, (guint) summary->n_actors, (guint) summary->n_files);
  gtk_label_set_text (self->overview, text);
}

static void
show_lists (BsCorpusView *self)
{
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  g_autoptr (GString) encoders = g_string_new (NULL);
  g_autoptr (GString) problems = g_string_new (NULL);
  for (gsize i = 0; i < bs_corpus_n_encoders (corpus); i++) {
    BsEncoder *encoder = bs_corpus_encoder (corpus, i);
    guint n = (guint) bs_encoder_n_clips (encoder);
    if (i > 0)
      g_string_append_c (encoders, '\n');
    g_string_append_printf (encoders, ngettext ("%s: %u clip", "%s: %u clips", n),
                            bs_encoder_name (encoder), n);
  }
  for (gsize i = 0; i < bs_corpus_n_problems (corpus); i++)
    g_string_append_printf (problems, "%s%s", i > 0 ? "\n" : "", bs_corpus_problem (corpus, i));
  if (self->unusable != NULL)
    g_string_append_printf (problems, "%s%s", problems->len > 0 ? "\n" : "", self->unusable);
  gtk_label_set_text (self->encoders, encoders->len > 0 ? encoders->str : C_ ("encoders", "none"));
  gtk_label_set_text (self->problems, problems->len > 0 ? problems->str : _ ("nothing"));
  gtk_widget_set_visible (self->synthetic, bs_corpus_is_demo (corpus));
}

static gpointer
summary_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  return bs_corpus_summary_new (input, cancellable, error);
}

static void
summary_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsCorpusView *self = user_data;
  if (result == NULL)
    return;
  g_clear_pointer (&self->summary, bs_corpus_summary_free);
  self->summary = bs_job_steal_result (job);
  show_overview (self);
  show_counts (self);
  show_durations (self);
}

/* A reason begins with the file's path, which is shown from the corpus' folder on. */
static void
append_clip (GString *out, const BsCorpus *corpus, const BsUnusableFeatures *clip)
{
  g_autofree char *folder = g_filename_display_name (bs_corpus_folder (corpus));
  gsize length = strlen (folder);
  gboolean is_within = g_str_has_prefix (clip->reason, folder) && clip->reason[length] == '/';
  const char *name = bs_metadata_clip (bs_corpus_metadata (corpus), clip->clip)->filename;
  if (is_within)
    g_string_append_printf (out, "\n• %s", clip->reason + length + 1);
  else
    g_string_append_printf (out, "\n• %s: %s", name, clip->reason);
}

static void
append_unusable (GString *out, const BsCorpus *corpus, const char *encoder, const GPtrArray *clips)
{
  guint n_named = MIN (clips->len, MOST_NAMED), n_more = clips->len - n_named;
  if (clips->len == 0)
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append_printf (out,
                          /* Translators: an encoder's name, and how many clips */
                          ngettext ("%s: features of %u clip cannot be used",
                                    "%s: features of %u clips cannot be used", clips->len),
                          encoder, clips->len);
  for (guint i = 0; i < n_named; i++)
    append_clip (out, corpus, g_ptr_array_index (clips, i));
  if (n_more > 0) {
    g_string_append (out, "\n• ");
    g_string_append_printf (out, ngettext ("and %u more", "and %u more", n_more), n_more);
  }
}

static gpointer
check_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  BsCorpus *corpus = input;
  g_autoptr (GString) out = g_string_new (NULL);
  for (gsize i = 0; i < bs_corpus_n_encoders (corpus); i++) {
    BsEncoder *encoder = bs_corpus_encoder (corpus, i);
    g_autoptr (GPtrArray) clips = bs_corpus_find_unusable (corpus, encoder, cancellable, error);
    if (clips == NULL)
      return NULL;
    append_unusable (out, corpus, bs_encoder_name (encoder), clips);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
check_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsCorpusView *self = user_data;
  const char *text = result;
  if (text == NULL || *text == '\0' || self->checked == NULL)
    return;
  self->unusable = bs_job_steal_result (job);
  show_lists (self);
}

/* Reads all features of a corpus, once, and not before somebody looks. More than one view may. */
static void
check_features (BsCorpusView *self)
{
  BsCorpus *corpus = self->workspace != NULL ? bs_workspace_get_corpus (self->workspace) : NULL;
  if (corpus == NULL || corpus == self->checked)
    return;
  g_autofree char *key = g_strdup_printf ("check-features-%p", (void *) self);
  self->checked = bs_corpus_ref (corpus);
  bs_job_queue_start (bs_workspace_get_jobs (self->workspace), self,
                      &(BsJobSpec){
                        .lane = BS_LANE_LONG,
                        .key = key,
                        .title = "",
                        .func = check_job,
                        .input = bs_corpus_ref (corpus),
                        .input_free = (GDestroyNotify) bs_corpus_unref,
                        .result_free = g_free,
                        .done = check_done_cb,
                        .user_data = self,
                      },
                      FALSE);
}

static void
forget_check (BsCorpusView *self)
{
  g_clear_pointer (&self->checked, bs_corpus_unref);
  g_clear_pointer (&self->unusable, g_free);
}

static void
corpus_changed_cb (BsCorpusView *self)
{
  BsCorpus *corpus = bs_workspace_get_corpus (self->workspace);
  if (corpus != self->checked)
    forget_check (self);
  if (corpus == NULL)
    return;
  show_lists (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    check_features (self);
  bs_job_queue_start (bs_workspace_get_jobs (self->workspace), self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = "summary",
                        .title = "",
                        .func = summary_job,
                        .input = bs_corpus_ref (corpus),
                        .input_free = (GDestroyNotify) bs_corpus_unref,
                        .result_free = (GDestroyNotify) bs_corpus_summary_free,
                        .done = summary_done_cb,
                        .user_data = self,
                      },
                      FALSE);
}

static void
filter_to_bar (BsFilter *filter, By by, int bar, const BsCorpusSummary *summary)
{
  switch (by) {
  case BY_CLASS:
    filter->truth = bs_filter_class_mask (bar);
    break;
  case BY_RATIO:
    filter->truth = 0;
    for (int c = BS_N_EMOTIONS + bar; c < BS_N_SALIENCE_CLASSES; c += BS_N_RATIOS)
      filter->truth |= G_GUINT64_CONSTANT (1) << c;
    break;
  case BY_FOLD:
    filter->folds = 1u << (bar + 1);
    break;
  case BY_ACTOR:
    filter->actor = bar;
    break;
  case BY_GENDER:
    filter->gender = summary->genders[bar].letter;
    break;
  }
}

static void
picked_cb (BsCorpusView *self, int bar)
{
  BsFilter filter;
  bs_filter_copy (bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace)),
                  &filter);
  filter_to_bar (&filter, (By) gtk_drop_down_get_selected (self->by), bar, self->summary);
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
  bs_filter_clear (&filter);
}

static void
bs_corpus_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bs_corpus_view_parent_class)->map (widget);
  check_features (BS_CORPUS_VIEW (widget));
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsCorpusView *self = BS_CORPUS_VIEW (widget);
  self->workspace = g_object_ref (workspace);
  bs_chart_menu_set_chart (self->counts_menu, BS_CHART_VIEW (self->counts), workspace);
  bs_chart_menu_set_chart (self->durations_menu, BS_CHART_VIEW (self->durations), workspace);
  g_signal_connect_object (workspace, "notify::corpus", G_CALLBACK (corpus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->counts, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  corpus_changed_cb (self);
}

static void
bs_corpus_view_dispose (GObject *object)
{
  BsCorpusView *self = BS_CORPUS_VIEW (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_CORPUS_VIEW);
  g_clear_pointer (&self->summary, bs_corpus_summary_free);
  forget_check (self);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_corpus_view_parent_class)->dispose (object);
}

static void
bs_corpus_view_class_init (BsCorpusViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_corpus_view_dispose;
  bs_workspace_property_install (G_OBJECT_CLASS (klass), take_workspace);
  widget_class->map = bs_corpus_view_map;
  g_type_ensure (BS_TYPE_CHART_MENU);
  g_type_ensure (BS_TYPE_COUNT_CHART);
  g_type_ensure (BS_TYPE_DURATION_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-corpus-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BsCorpusView, synthetic);
  gtk_widget_class_bind_template_child (widget_class, BsCorpusView, overview);
  gtk_widget_class_bind_template_child (widget_class, BsCorpusView, by);
  gtk_widget_class_bind_template_child (widget_class, BsCorpusView, counts_menu);
  gtk_widget_class_bind_template_child (widget_class, BsCorpusView, counts);
  gtk_widget_class_bind_template_child (widget_class, BsCorpusView, durations_menu);
  gtk_widget_class_bind_template_child (widget_class, BsCorpusView, no_durations);
  gtk_widget_class_bind_template_child (widget_class, BsCorpusView, durations);
  gtk_widget_class_bind_template_child (widget_class, BsCorpusView, encoders);
  gtk_widget_class_bind_template_child (widget_class, BsCorpusView, problems);
  gtk_widget_class_bind_template_callback (widget_class, show_counts);
}

static void
bs_corpus_view_init (BsCorpusView *self)
{
  bs_gtk48_compat_init (self);
  bs_chart_view_set_words (BS_CHART_VIEW (self->counts), _ ("Counts of clips"),
                           _ ("How many clips there are of each kind; Enter shows those of the "
                              "chosen bar in the list."));
}
