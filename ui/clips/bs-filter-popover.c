/* SPDX-License-Identifier: MIT */
/* Each row of the popover is one facet of the filter; further columns of the metadata get rows
 * of their own below. What is shown is read from the filter each time the popover opens. */
#include "config.h"

#include <glib/gi18n.h>

#include "data/base/bs-visible.h"
#include "data/corpus/bs-fold-names.h"
#include "ui/clips/bs-filter-popover.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/session/bs-label-text.h"

#define FIRST_EXTRA_ROW 7
#define MAX_EXTRA_VALUES 200

struct _BsFilterPopover {
  GtkPopover parent_instance;
  BsWorkspace *workspace;
  gboolean is_stale; /* its choices are of another corpus */
  gboolean filling;

  GtkGrid *grid;
  GtkDropDown *fold;
  GtkDropDown *actor;
  GtkDropDown *truth;
  GtkDropDown *decision;
  GtkDropDown *outcome;
  GtkDropDown *gender;
  GtkSpinButton *margin;
  GPtrArray *extras; /* of GtkDropDown, owned by the grid */
};

G_DEFINE_FINAL_TYPE (BsFilterPopover, bs_filter_popover, GTK_TYPE_POPOVER)

/* 0 any, 1 every single, 2 every blend, then the 16 classes. */
#define SINGLES_MASK ((G_GUINT64_CONSTANT (1) << BS_N_EMOTIONS) - 1)
#define BLENDS_MASK (((G_GUINT64_CONSTANT (1) << BS_N_SALIENCE_CLASSES) - 1) & ~SINGLES_MASK)

static guint64
mask_of_choice (guint choice)
{
  if (choice == 0 || choice == GTK_INVALID_LIST_POSITION)
    return 0;
  if (choice == 1)
    return SINGLES_MASK;
  if (choice == 2)
    return BLENDS_MASK;
  return bs_filter_class_mask ((int) choice - 3);
}

static guint
choice_of_mask (guint64 mask)
{
  for (guint choice = 0; choice < BS_N_CLASSES + 3; choice++)
    if (mask_of_choice (choice) == mask)
      return choice;
  return GTK_INVALID_LIST_POSITION;
}

static GtkStringList *
class_choices (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  gtk_string_list_append (list, _ ("any"));
  gtk_string_list_append (list, _ ("single emotions"));
  gtk_string_list_append (list, _ ("blends"));
  for (int c = 0; c < BS_N_CLASSES; c++) {
    BsLabel label = bs_label_from_class (c);
    g_autofree char *words = bs_label_is_blend (label)
                               ? g_strdup_printf ("%s · %s", bs_label_text_emotion (label.first),
                                                  bs_label_text_emotion (label.second))
                               : g_strdup (bs_label_text_emotion (label.first));
    gtk_string_list_append (list, words);
  }
  return list;
}

static void
take_model (GtkDropDown *drop_down, GtkStringList *list)
{
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
  g_object_unref (list);
}

static void
fill_choices (BsFilterPopover *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  GtkStringList *folds = gtk_string_list_new ((const char *const[]){ _ ("any"), NULL });
  GtkStringList *actors = gtk_string_list_new ((const char *const[]){ _ ("any"), NULL });
  GtkStringList *genders = gtk_string_list_new ((const char *const[]){ _ ("any"), NULL });
  gboolean seen[256] = { FALSE };
  if (metadata != NULL) {
    const char *const *names = bs_metadata_fold_names (metadata);
    for (int fold = 0; fold < bs_metadata_n_folds (metadata); fold++)
      gtk_string_list_take (folds, bs_fold_name_dup_visible (names, fold));
    for (gsize i = 0; i < bs_metadata_n_actors (metadata); i++)
      gtk_string_list_take (actors, bs_visible_dup (bs_metadata_actor_name (metadata, i)));
    for (gsize i = 0; i < bs_metadata_n_clips (metadata); i++)
      seen[(guint8) bs_metadata_clip (metadata, i)->gender] = TRUE;
    for (int letter = 1; letter < 256; letter++)
      if (seen[letter])
        gtk_string_list_append (genders, (const char[]){ (char) letter, '\0' });
  }
  take_model (self->fold, folds);
  take_model (self->actor, actors);
  take_model (self->gender, genders);
  take_model (self->truth, class_choices ());
  take_model (self->decision, class_choices ());
}

static const char *
choice_text (GtkDropDown *drop_down)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop_down);
  return item != NULL ? gtk_string_object_get_string (item) : NULL;
}

static gboolean
has_choice (GtkDropDown *drop_down)
{
  guint selected = gtk_drop_down_get_selected (drop_down);
  return selected != 0 && selected != GTK_INVALID_LIST_POSITION;
}

static void
read_extras (BsFilterPopover *self, BsFilter *filter)
{
  bs_filter_drop (filter, BS_FACET_EXTRA);
  for (guint i = 0; i < self->extras->len; i++) {
    GtkDropDown *drop_down = g_ptr_array_index (self->extras, i);
    if (!has_choice (drop_down))
      continue;
    filter->extra = (int) i;
    filter->extra_value = g_strdup (choice_text (drop_down));
    return;
  }
}

static void
changed_cb (BsFilterPopover *self)
{
  if (self->filling || self->workspace == NULL)
    return;
  BsFilter filter;
  bs_filter_copy (bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace)),
                  &filter);
  /* Positions without a match stand for conditions set elsewhere, as by a click in a chart. */
  if (gtk_drop_down_get_selected (self->fold) != GTK_INVALID_LIST_POSITION)
    filter.folds = has_choice (self->fold) ? 1u << gtk_drop_down_get_selected (self->fold) : 0;
  filter.actor = has_choice (self->actor) ? (int) gtk_drop_down_get_selected (self->actor) - 1 : -1;
  if (gtk_drop_down_get_selected (self->truth) != GTK_INVALID_LIST_POSITION)
    filter.truth = mask_of_choice (gtk_drop_down_get_selected (self->truth));
  if (gtk_drop_down_get_selected (self->decision) != GTK_INVALID_LIST_POSITION)
    filter.decision = mask_of_choice (gtk_drop_down_get_selected (self->decision));
  filter.outcome = (BsOutcome) gtk_drop_down_get_selected (self->outcome);
  filter.gender = has_choice (self->gender) ? *choice_text (self->gender) : 0;
  filter.margin_to = gtk_spin_button_get_value (self->margin);
  read_extras (self, &filter);
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
  bs_filter_clear (&filter);
}

static void
select_text (GtkDropDown *drop_down, const char *text)
{
  GListModel *model = gtk_drop_down_get_model (drop_down);
  for (guint i = 0; text != NULL && i < g_list_model_get_n_items (model); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), text)) {
      gtk_drop_down_set_selected (drop_down, i);
      return;
    }
  gtk_drop_down_set_selected (drop_down, 0);
}

static GtkDropDown *
add_extra (BsFilterPopover *self, BsMetadata *metadata, gsize extra)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GtkStringList *values = gtk_string_list_new ((const char *const[]){ _ ("any"), NULL });
  for (gsize i = 0; i < bs_metadata_n_clips (metadata); i++) {
    const char *value = bs_metadata_extra_value (metadata, i, extra);
    if (value != NULL && g_hash_table_size (seen) < MAX_EXTRA_VALUES &&
        g_hash_table_add (seen, (gpointer) value))
      gtk_string_list_append (values, value);
  }
  GtkWidget *label = gtk_label_new (bs_metadata_extra_name (metadata, extra));
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "dim-label");
  GtkWidget *drop_down = gtk_drop_down_new (G_LIST_MODEL (values), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  bs_metadata_extra_name (metadata, extra), -1);
  bs_gtk48_compat_name_inner (drop_down);
  g_signal_connect_swapped (drop_down, "notify::selected", G_CALLBACK (changed_cb), self);
  gtk_grid_attach (self->grid, label, 0, FIRST_EXTRA_ROW + (int) extra, 1, 1);
  gtk_grid_attach (self->grid, drop_down, 1, FIRST_EXTRA_ROW + (int) extra, 1, 1);
  return GTK_DROP_DOWN (drop_down);
}

static void
corpus_changed_cb (BsFilterPopover *self)
{
  self->is_stale = TRUE;
}

/* When it is first shown for a corpus: a drop-down makes rows of all its values at once, which
 * those who open a corpus need not wait for. */
static void
fill (BsFilterPopover *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  self->is_stale = FALSE;
  for (guint i = self->extras->len; i > 0; i--)
    gtk_grid_remove_row (self->grid, FIRST_EXTRA_ROW + (int) i - 1);
  g_ptr_array_set_size (self->extras, 0);
  fill_choices (self);
  for (gsize i = 0; metadata != NULL && i < bs_metadata_n_extras (metadata); i++)
    g_ptr_array_add (self->extras, add_extra (self, metadata, i));
}

static guint
fold_choice (guint32 folds)
{
  if (folds == 0)
    return 0;
  guint bit = (guint) __builtin_ctz (folds);
  return folds == 1u << bit && bit > 0 ? bit : GTK_INVALID_LIST_POSITION;
}

static void
show_cb (BsFilterPopover *self)
{
  const BsFilter *filter =
    bs_clip_selection_get_filter (bs_workspace_get_selection (self->workspace));
  self->filling = TRUE;
  if (self->is_stale)
    fill (self);
  gtk_drop_down_set_selected (self->fold, fold_choice (filter->folds));
  gtk_drop_down_set_selected (self->actor, (guint) (filter->actor + 1));
  gtk_drop_down_set_selected (self->truth, choice_of_mask (filter->truth));
  gtk_drop_down_set_selected (self->decision, choice_of_mask (filter->decision));
  gtk_drop_down_set_selected (self->outcome, filter->outcome);
  select_text (self->gender, filter->gender != 0 ? (const char[]){ filter->gender, '\0' } : NULL);
  gtk_spin_button_set_value (self->margin, filter->margin_to);
  for (guint i = 0; i < self->extras->len; i++)
    select_text (g_ptr_array_index (self->extras, i),
                 filter->extra == (int) i ? filter->extra_value : NULL);
  self->filling = FALSE;
}

static void
bs_filter_popover_dispose (GObject *object)
{
  BsFilterPopover *self = BS_FILTER_POPOVER (object);
  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), BS_TYPE_FILTER_POPOVER);
  g_clear_pointer (&self->extras, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_filter_popover_parent_class)->dispose (object);
}

static void
bs_filter_popover_class_init (BsFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_filter_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BsFilterPopover, grid);
  gtk_widget_class_bind_template_child (widget_class, BsFilterPopover, fold);
  gtk_widget_class_bind_template_child (widget_class, BsFilterPopover, actor);
  gtk_widget_class_bind_template_child (widget_class, BsFilterPopover, truth);
  gtk_widget_class_bind_template_child (widget_class, BsFilterPopover, decision);
  gtk_widget_class_bind_template_child (widget_class, BsFilterPopover, outcome);
  gtk_widget_class_bind_template_child (widget_class, BsFilterPopover, gender);
  gtk_widget_class_bind_template_child (widget_class, BsFilterPopover, margin);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
}

static void
bs_filter_popover_init (BsFilterPopover *self)
{
  self->extras = g_ptr_array_new ();
  bs_gtk48_compat_init (self);
}

/**
 * bs_filter_popover_new:
 * @workspace: whose filter it sets
 *
 * Returns: (transfer floating): a popover for a menu button
 */
BsFilterPopover *
bs_filter_popover_new (BsWorkspace *workspace)
{
  BsFilterPopover *self = g_object_new (BS_TYPE_FILTER_POPOVER, NULL);
  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "notify::corpus", G_CALLBACK (corpus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->is_stale = TRUE;
  return self;
}
