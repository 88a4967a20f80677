/* SPDX-License-Identifier: MIT */
/* A cell compares before it changes a label: while a slider is dragged every visible cell is
 * asked, and nearly none has anything new to show. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/bs-label-glyph.h"
#include "ui/bs-clip-cell.h"
#include "ui/bs-template.h"
#include "ui/bs-words.h"

struct _BsClipCell {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsClipCellKind kind;
  int clip;
  BsLabel shown;
  BsOutcome outcome;
  char *sentence;

  GtkWidget *glyph;
  GtkWidget *words;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *mark;
};

G_DEFINE_FINAL_TYPE (BsClipCell, bs_clip_cell, GTK_TYPE_WIDGET)

/* What is known of where the clip comes from: not every corpus has folds or names its actors. */
static char *
dup_subtitle (BsClipCell *self, const BsClip *clip)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  if (clip->actor >= 0)
    g_ptr_array_add (parts, g_strdup (bs_metadata_actor_name (metadata, (gsize) clip->actor)));
  if (clip->is_test)
    g_ptr_array_add (parts, g_strdup (_ ("test part")));
  else if (clip->fold >= 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("fold %d"), clip->fold));
  if (clip->intensity > 0)
    /* Translators: intensity of the portrayal, 1 to 4 */
    g_ptr_array_add (parts, g_strdup_printf (_ ("intensity %d"), clip->intensity));
  else if (clip->situation > 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("situation %d"), clip->situation));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
show_label (BsClipCell *self, const BsClip *clip)
{
  g_autofree char *title = bs_label_is_known (clip->label) ? bs_words_label_short (clip->label)
                                                           : g_strdup (clip->filename);
  g_autofree char *subtitle = dup_subtitle (self, clip);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  bs_label_glyph_set_label (BS_LABEL_GLYPH (self->glyph), clip->label);
}

static const char *
mark_class (BsOutcome outcome)
{
  switch (outcome) {
  case BS_OUTCOME_RIGHT:
    return "right";
  case BS_OUTCOME_RATIO:
    return "ratio";
  case BS_OUTCOME_WRONG:
    return "wrong";
  case BS_OUTCOME_ANY:
  case BS_OUTCOME_NONE:
    break;
  }
  return NULL;
}

static void
show_outcome (BsClipCell *self, BsOutcome outcome)
{
  const char *before = mark_class (self->outcome), *now = mark_class (outcome);
  self->outcome = outcome;
  if (before != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->mark), before);
  if (now != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->mark), now);
  const char *text = outcome == BS_OUTCOME_RIGHT   ? "✓"
                     : outcome == BS_OUTCOME_WRONG ? "✗"
                     : outcome == BS_OUTCOME_RATIO ? _ ("ratio")
                                                   : "";
  gtk_label_set_text (self->mark, text);
}

static const char *
outcome_sentence (BsOutcome outcome)
{
  switch (outcome) {
  case BS_OUTCOME_RIGHT:
    return _ ("right");
  case BS_OUTCOME_RATIO:
    return _ ("right emotions, wrong ratio");
  case BS_OUTCOME_WRONG:
    return _ ("wrong");
  case BS_OUTCOME_ANY:
  case BS_OUTCOME_NONE:
    break;
  }
  return _ ("not judged");
}

static void
describe (BsClipCell *self, const BsClip *clip, BsLabel decision)
{
  g_autofree char *label = bs_words_label (clip->label);
  g_autofree char *said =
    bs_label_is_known (decision) ? bs_words_label (decision) : g_strdup (_ ("no prediction"));
  /* Translators: name of a clip, its label, the prediction, and how they compare */
  g_autofree char *text = g_strdup_printf (_ ("%s: %s, predicted %s, %s"), clip->filename, label,
                                           said, outcome_sentence (self->outcome));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_free (self->sentence);
  self->sentence = g_steal_pointer (&text);
}

/* Asked for when the pointer rests: setting the tooltip of every cell at every step of a slider
 * would ask the display server where the pointer is each time. */
static gboolean
bs_clip_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  BsClipCell *self = BS_CLIP_CELL (widget);
  gtk_tooltip_set_text (tooltip, self->sentence);
  return self->sentence != NULL;
}

static void
refresh (BsClipCell *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  if (self->clip < 0 || metadata == NULL || (gsize) self->clip >= bs_metadata_n_clips (metadata))
    return;
  const BsClip *clip = bs_metadata_clip (metadata, (gsize) self->clip);
  const BsVerdict *verdict = bs_workspace_get_verdict (self->workspace, self->clip);
  BsLabel decision = verdict != NULL ? verdict->label : BS_LABEL_UNKNOWN;
  BsOutcome outcome = bs_outcome_of (clip->label, verdict);
  if (bs_label_equal (decision, self->shown) && outcome == self->outcome)
    return;
  self->shown = decision;
  show_outcome (self, outcome);
  if (self->kind == BS_CLIP_CELL_DECISION)
    bs_label_glyph_set_label (BS_LABEL_GLYPH (self->glyph), decision);
  describe (self, clip, decision);
}

/**
 * bs_clip_cell_set_clip:
 * @self: a cell
 * @clip: index into the metadata, or -1 to let go of it
 */
void
bs_clip_cell_set_clip (BsClipCell *self, int clip)
{
  self->clip = clip;
  self->shown = (BsLabel){ -2, -2, -2 }; /* no decision is equal to this one */
  if (clip < 0)
    return;
  if (self->kind == BS_CLIP_CELL_LABEL)
    show_label (self, bs_metadata_clip (bs_workspace_get_metadata (self->workspace), (gsize) clip));
  refresh (self);
}

static void
bs_clip_cell_dispose (GObject *object)
{
  bs_template_dispose (object, BS_TYPE_CLIP_CELL);
  g_clear_pointer (&BS_CLIP_CELL (object)->sentence, g_free);
  G_OBJECT_CLASS (bs_clip_cell_parent_class)->dispose (object);
}

static void
bs_clip_cell_class_init (BsClipCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_clip_cell_dispose;
  widget_class->query_tooltip = bs_clip_cell_query_tooltip;
  g_type_ensure (BS_TYPE_LABEL_GLYPH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-clip-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, BsClipCell, glyph);
  gtk_widget_class_bind_template_child (widget_class, BsClipCell, words);
  gtk_widget_class_bind_template_child (widget_class, BsClipCell, title);
  gtk_widget_class_bind_template_child (widget_class, BsClipCell, subtitle);
  gtk_widget_class_bind_template_child (widget_class, BsClipCell, mark);
  gtk_widget_class_set_css_name (widget_class, "clipcell");
}

static void
bs_clip_cell_init (BsClipCell *self)
{
  self->clip = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/**
 * bs_clip_cell_new:
 * @workspace: what the cell follows
 * @kind: which column it is for
 *
 * Returns: (transfer floating): a cell without a clip
 */
GtkWidget *
bs_clip_cell_new (BsWorkspace *workspace, BsClipCellKind kind)
{
  BsClipCell *self = g_object_new (BS_TYPE_CLIP_CELL, NULL);
  self->workspace = workspace;
  self->kind = kind;
  gtk_widget_set_visible (self->words, kind == BS_CLIP_CELL_LABEL);
  gtk_widget_set_visible (GTK_WIDGET (self->mark), kind == BS_CLIP_CELL_DECISION);
  g_signal_connect_object (workspace, "figures-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
