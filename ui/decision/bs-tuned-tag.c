/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/decision/bs-tuned-tag.h"
#include "ui/decision/bs-word-stack.h"
#include "ui/common/bs-tuned-text.h"

struct _BsTunedTag {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  int shown; /* #BsChosen, -1 for none */

  AdwBin *bin;
  GtkWidget *words;
};

G_DEFINE_FINAL_TYPE (BsTunedTag, bs_tuned_tag, GTK_TYPE_WIDGET)

static const char *const words[] = {
  [BS_CHOSEN_ELSEWHERE] = N_ ("tuned elsewhere"),
  [BS_CHOSEN_NOT_KNOWN] = N_ ("not known"),
  [BS_CHOSEN_HERE] = N_ ("tuned here"),
};

static const char *const css_classes[] = {
  [BS_CHOSEN_ELSEWHERE] = "elsewhere",
  [BS_CHOSEN_NOT_KNOWN] = "not-known",
  [BS_CHOSEN_HERE] = "here",
};

/* Without a run the tag keeps its place, so that the bar stays as it is when one opens. */
static void
show_word (BsTunedTag *self, int where)
{
  if (self->shown == where)
    return;
  if (self->shown >= 0)
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_classes[self->shown]);
  self->shown = where;
  gtk_widget_set_opacity (GTK_WIDGET (self), where >= 0 ? 1 : 0);
  if (where < 0)
    return;
  gtk_widget_add_css_class (GTK_WIDGET (self), css_classes[where]);
  bs_word_stack_show (self->words, (gsize) where);
}

static gboolean
query_tooltip_cb (BsTunedTag *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  if (self->workspace == NULL || self->shown < 0)
    return FALSE;
  g_autofree char *sentence = bs_tuned_text_sentence (self->thresholds);
  g_autofree char *sources = bs_tuned_text_sources (self->thresholds);
  g_autofree char *text = g_strdup_printf ("%s\n%s", sentence, sources);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
follow (BsTunedTag *self)
{
  BsChosen where;
  gboolean any = bs_tuned_text_where (self->thresholds, &where);
  g_autofree char *sentence = bs_tuned_text_sentence (self->thresholds);
  show_word (self, any ? (int) where : -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  any ? _ (words[where]) : "", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence, -1);
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsTunedTag *self = BS_TUNED_TAG (widget);
  self->workspace = g_object_ref (workspace);
  self->thresholds = bs_workspace_get_thresholds (workspace);
  g_signal_connect_object (self->thresholds, "notify::metrics", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::protocol", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  follow (self);
}

static void
bs_tuned_tag_dispose (GObject *object)
{
  BsTunedTag *self = BS_TUNED_TAG (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_TUNED_TAG);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_tuned_tag_parent_class)->dispose (object);
}

static void
bs_tuned_tag_class_init (BsTunedTagClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = bs_tuned_tag_dispose;
  bs_workspace_property_install (object_class, take_workspace);
  gtk_widget_class_set_css_name (widget_class, "tunedtag");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-tuned-tag.ui");
  gtk_widget_class_bind_template_child (widget_class, BsTunedTag, bin);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
}

static void
bs_tuned_tag_init (BsTunedTag *self)
{
  bs_gtk48_compat_init (self);
  self->words = bs_word_stack_new (words, G_N_ELEMENTS (words));
  adw_bin_set_child (self->bin, self->words);
  self->shown = -1;
  gtk_widget_set_opacity (GTK_WIDGET (self), 0);
}
