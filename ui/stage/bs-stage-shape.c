/* SPDX-License-Identifier: MIT */
/* The stage's shape. In a column the picture is too small for panels over it: they are rows below,
 * the same widgets, and what else there was gives way to them. */
#include "config.h"

#include "data/base/bs-visible.h"
#include "ui/session/bs-label-text.h"
#include "ui/stage/bs-stage-private.h"

#define COMPACT_BELOW_PX 532 /* of text at its usual size: what the full transport needs */

static void
move_panels (BsStage *self, gboolean compact)
{
  GtkWidget *overlay = GTK_WIDGET (self->overlay);
  g_object_ref (overlay);
  if (compact) {
    gtk_overlay_remove_overlay (GTK_OVERLAY (self->picture), overlay);
    gtk_scrolled_window_set_child (self->rows, overlay);
  } else {
    GtkWidget *viewport = gtk_widget_get_parent (overlay);
    if (GTK_IS_VIEWPORT (viewport))
      gtk_viewport_set_child (GTK_VIEWPORT (viewport), NULL);
    gtk_scrolled_window_set_child (self->rows, NULL);
    gtk_overlay_add_overlay (GTK_OVERLAY (self->picture), overlay);
  }
  g_object_unref (overlay);
  bs_overlay_set_stacked (self->overlay, compact);
}

/**
 * bs_stage_reshape:
 * @self: a stage
 *
 * Gives it the shape that its width asks for. Never called while sizes are given out.
 */
void
bs_stage_reshape (BsStage *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->room));
  gboolean compact =
    width > 0 && width < COMPACT_BELOW_PX * bs_adaptive_bin_get_text_scale (self->room);
  /* The height of most clips at this width; the rows have the rest. */
  bs_video_view_set_natural_height (self->video, compact ? width * 9 / 16 : 0);
  if (compact == self->is_compact)
    return;
  self->is_compact = compact;
  gtk_widget_set_vexpand (self->picture, !compact);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), compact);
  gtk_widget_set_visible (self->time_card, !compact);
  gtk_orientable_set_orientation (self->title_texts,
                                  compact ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  bs_transport_set_compact (self->transport, compact);
  move_panels (self, compact);
}

/**
 * bs_stage_show_title:
 * @self: a stage
 * @clip: (nullable): the clip that is open
 *
 * Says above the picture which clip it is, and whose.
 */
void
bs_stage_show_title (BsStage *self, const BsClip *clip)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  g_autofree char *name = clip != NULL ? bs_visible_dup (clip->filename) : g_strdup ("");
  g_autofree char *origin =
    clip != NULL && metadata != NULL ? bs_label_text_origin (metadata, clip) : g_strdup ("");
  gboolean known = clip != NULL && bs_label_is_known (clip->label);
  g_autofree char *label = known ? bs_label_text_label (clip->label) : NULL;
  g_autofree char *brief = known ? bs_label_text_label_short (clip->label) : NULL;
  gtk_label_set_text (self->clip_name, name);
  gtk_label_set_text (self->clip_origin, origin);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->clip_name), name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->clip_origin), origin);
  gtk_label_set_text (self->clip_label, known ? brief : "");
  gtk_widget_set_visible (GTK_WIDGET (self->clip_label), known);
  gtk_widget_set_visible (GTK_WIDGET (self->label_glyph), known);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->clip_label), label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label_glyph), label);
  if (known)
    bs_label_glyph_set_label (self->label_glyph, clip->label);
}
