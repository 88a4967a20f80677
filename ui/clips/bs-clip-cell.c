/* SPDX-License-Identifier: MIT */
/* GTK 4.8 keeps 200 rows of the list whatever is seen of them, and makes new ones of those that a
 * search brings. A row that were a box of labels would be made, styled and measured 200 times
 * before the first is shown, and so would one of several columns; this one is a single widget that
 * draws itself, its height is the style sheet's, and only what is seen costs anything.
 *
 * A cell compares before it draws anew: while a slider is dragged every cell is asked, and nearly
 * none has anything new to show. */
#include "data/base/bs-visible.h"
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/clips/bs-clip-cell.h"
#include "ui/common/bs-label-glyph.h"
#include "ui/session/bs-label-text.h"

#define SPACING_PX 8
#define PILL_PADDING_PX 6
#define DIM_ALPHA 0.55f /* of the style class dim-label */
#define CAPTION_SCALE 0.82 /* of the style class caption */
#define DECISION_WIDTH_EM 4.4 /* glyph and mark of the decision, at the end of the row */

struct _BsClipCell {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  BsClipRow *row; /* (nullable) */
  BsLabel decision;
  BsOutcome outcome;
};

G_DEFINE_FINAL_TYPE (BsClipCell, bs_clip_cell, GTK_TYPE_WIDGET)

static const BsClip *
clip_of (BsClipCell *self)
{
  return bs_metadata_clip (bs_clip_row_get_metadata (self->row),
                           (gsize) bs_clip_row_get_clip (self->row));
}

static char *
dup_title (BsClipCell *self)
{
  const BsClip *clip = clip_of (self);
  return bs_label_is_known (clip->label) ? bs_label_text_label_short (clip->label)
                                         : bs_visible_dup (clip->filename);
}

static char *
dup_subtitle (BsClipCell *self)
{
  return bs_label_text_origin (bs_clip_row_get_metadata (self->row), clip_of (self));
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

static char *
dup_sentence (BsClipCell *self)
{
  const BsClip *clip = clip_of (self);
  g_autofree char *label = bs_label_text_label (clip->label);
  g_autofree char *said = bs_label_is_known (self->decision) ? bs_label_text_label (self->decision)
                                                             : g_strdup (_ ("no prediction"));
  /* Translators: name of a clip, its label, the prediction, and how they compare */
  g_autofree char *name = bs_visible_dup (clip->filename);
  return g_strdup_printf (_ ("%s: %s, predicted %s, %s"), name, label, said,
                          outcome_sentence (self->outcome));
}

/* Of the row, which takes the focus. */
static void
describe (BsClipCell *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *text = dup_sentence (self);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* Asked for when the pointer rests: setting the tooltip of every cell at every step of a slider
 * would ask the display server where the pointer is each time. */
static gboolean
bs_clip_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  BsClipCell *self = BS_CLIP_CELL (widget);
  if (self->row == NULL)
    return FALSE;
  g_autofree char *text = dup_sentence (self);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* While another corpus is opened, the workspace's decisions are of other clips. */
static const BsDecision *
get_decision (BsClipCell *self)
{
  return bs_workspace_get_metadata (self->workspace) == bs_clip_row_get_metadata (self->row)
           ? bs_threshold_state_get_decision (self->thresholds, bs_clip_row_get_clip (self->row))
           : NULL;
}

/* Returns: whether it has something new to show */
static gboolean
judge (BsClipCell *self)
{
  const BsDecision *decision = get_decision (self);
  BsLabel label = decision != NULL ? decision->label : BS_LABEL_UNKNOWN;
  BsOutcome outcome = bs_outcome_of (clip_of (self)->label, decision);
  if (bs_label_equal (label, self->decision) && outcome == self->outcome)
    return FALSE;
  self->decision = label;
  self->outcome = outcome;
  return TRUE;
}

static void
show (BsClipCell *self)
{
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
metrics_changed_cb (BsClipCell *self)
{
  if (self->row != NULL && judge (self))
    show (self);
}

/**
 * bs_clip_cell_set_row:
 * @self: a cell
 * @row: (nullable) (transfer none): what it shows, or %NULL to let go of it
 */
void
bs_clip_cell_set_row (BsClipCell *self, BsClipRow *row)
{
  if (!g_set_object (&self->row, row) || row == NULL)
    return;
  judge (self);
  show (self);
}

typedef struct {
  const char *text; /* NULL: no mark */
  const char *color; /* of the theme */
} Mark;

static const Mark marks[] = {
  [BS_OUTCOME_RIGHT] = { "✓", "success_color" },
  [BS_OUTCOME_RATIO] = { N_ ("ratio"), "warning_color" },
  [BS_OUTCOME_WRONG] = { "✗", "error_color" },
  [BS_OUTCOME_NONE] = { NULL, NULL },
};

/* Places are of a cell read from the left; read from the right, it is the mirror image. */
static double
place (BsClipCell *self, double x, double width)
{
  GtkWidget *widget = GTK_WIDGET (self);
  return gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL
           ? gtk_widget_get_width (widget) - x - width
           : x;
}

/* Where the decision begins. */
static double
decision_x (BsClipCell *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  double em = pango_font_description_get_size (pango_context_get_font_description (context)) /
              (double) PANGO_SCALE;
  return gtk_widget_get_width (GTK_WIDGET (self)) - round (DECISION_WIDTH_EM * em);
}

static PangoLayout *
layout_new (BsClipCell *self, const char *text, PangoWeight weight, double scale)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_weight_new (weight));
  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static void
append_text (GtkSnapshot *snapshot, PangoLayout *layout, double x, double y, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static PangoLayout *
line_new (BsClipCell *self, const char *text, PangoWeight weight, double scale, double room)
{
  PangoLayout *layout = layout_new (self, text, weight, scale);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
  return layout;
}

static void
snapshot_words (BsClipCell *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  double x = BS_LABEL_GLYPH_SIZE_PX + SPACING_PX;
  double room = MAX (decision_x (self) - SPACING_PX - x, 0);
  g_autofree char *title_text = dup_title (self), *subtitle_text = dup_subtitle (self);
  g_autoptr (PangoLayout) title = line_new (self, title_text, PANGO_WEIGHT_SEMIBOLD, 1, room);
  g_autoptr (PangoLayout) subtitle =
    line_new (self, subtitle_text, PANGO_WEIGHT_NORMAL, CAPTION_SCALE, room);
  GdkRGBA dim = *color;
  dim.alpha *= DIM_ALPHA;
  int title_height, subtitle_height;
  pango_layout_get_pixel_size (title, NULL, &title_height);
  pango_layout_get_pixel_size (subtitle, NULL, &subtitle_height);
  double y = (gtk_widget_get_height (GTK_WIDGET (self)) - title_height - subtitle_height) / 2.0;
  append_text (snapshot, title, place (self, x, room), y, color);
  append_text (snapshot, subtitle, place (self, x, room), y + title_height, &dim);
}

static void
append_pill (GtkSnapshot *snapshot, GtkStyleContext *style, const graphene_rect_t *bounds)
{
  GdkRGBA ground;
  GskRoundedRect shape;
  if (!gtk_style_context_lookup_color (style, "warning_bg_color", &ground))
    return;
  ground.alpha *= 0.25f;
  gsk_rounded_rect_init_from_rect (&shape, bounds, bounds->size.height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &ground, bounds);
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_mark (BsClipCell *self, GtkSnapshot *snapshot, const GdkRGBA *plain)
{
  const Mark *mark = &marks[self->outcome];
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  if (mark->text == NULL)
    return;
  gboolean is_pill = self->outcome == BS_OUTCOME_RATIO;
  GdkRGBA color = *plain;
  gtk_style_context_lookup_color (style, mark->color, &color);
  g_autoptr (PangoLayout) layout =
    layout_new (self, is_pill ? _ (mark->text) : mark->text,
                is_pill ? PANGO_WEIGHT_NORMAL : PANGO_WEIGHT_BOLD, is_pill ? PANGO_SCALE_SMALL : 1);
  int width, height;
  pango_layout_get_pixel_size (layout, &width, &height);
  double padding = is_pill ? PILL_PADDING_PX : 0;
  double outer = width + 2 * padding;
  double x = place (self, gtk_widget_get_width (GTK_WIDGET (self)) - outer, outer);
  double y = floor ((gtk_widget_get_height (GTK_WIDGET (self)) - height) / 2.0);
  if (is_pill)
    append_pill (snapshot, style,
                 &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) outer, (float) height));
  append_text (snapshot, layout, x + padding, y, &color);
}

static void
append_glyph (BsClipCell *self, GtkSnapshot *snapshot, BsLabel label, double x)
{
  bs_label_glyph_append (snapshot, label, place (self, x, BS_LABEL_GLYPH_SIZE_PX),
                         (gtk_widget_get_height (GTK_WIDGET (self)) - BS_LABEL_GLYPH_SIZE_PX) /
                           2.0);
}

static void
bs_clip_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BsClipCell *self = BS_CLIP_CELL (widget);
  GdkRGBA color;
  if (self->row == NULL)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  append_glyph (self, snapshot, clip_of (self)->label, 0);
  snapshot_words (self, snapshot, &color);
  append_glyph (self, snapshot, self->decision, decision_x (self));
  snapshot_mark (self, snapshot, &color);
}

static void
bs_clip_cell_dispose (GObject *object)
{
  BsClipCell *self = BS_CLIP_CELL (object);
  g_clear_object (&self->row);
  G_OBJECT_CLASS (bs_clip_cell_parent_class)->dispose (object);
}

static void
bs_clip_cell_class_init (BsClipCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_clip_cell_dispose;
  widget_class->snapshot = bs_clip_cell_snapshot;
  widget_class->query_tooltip = bs_clip_cell_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "clipcell");
}

static void
bs_clip_cell_init (BsClipCell *self)
{
  self->decision = BS_LABEL_UNKNOWN;
  self->outcome = BS_OUTCOME_NONE;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/**
 * bs_clip_cell_new:
 * @workspace: what the cell follows
 *
 * Returns: (transfer floating): a cell without a clip
 */
GtkWidget *
bs_clip_cell_new (BsWorkspace *workspace)
{
  BsClipCell *self = g_object_new (BS_TYPE_CLIP_CELL, NULL);
  self->workspace = workspace;
  self->thresholds = bs_workspace_get_thresholds (workspace);
  g_signal_connect_object (self->thresholds, "notify::metrics", G_CALLBACK (metrics_changed_cb),
                           self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
