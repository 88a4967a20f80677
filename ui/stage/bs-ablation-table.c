/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "data/base/bs-table.h"
#include "ui/common/bs-label-glyph.h"
#include "ui/common/bs-outcome-icon.h"
#include "ui/session/bs-label-text.h"
#include "ui/stage/bs-ablation-table.h"
#include "viz/chart/bs-glyph.h"

#define NAME_CHARS 12
#define SENTENCE_CHARS 30
#define LOGIT_DECIMALS 2

enum {
  COLUMN_ENCODER,
  COLUMN_ALONE,
  COLUMN_WITHOUT,
};

/* A decision in its cell. */
typedef struct {
  BsLabelGlyph *glyph;
  GtkLabel *label;
  GtkImage *sign; /* of one alone: right or wrong */
  GtkLabel *word; /* of one left out: whether that changes the decision */
} Cell;

typedef struct {
  Cell alone;
  Cell without;
} Row;

struct _BsAblationTable {
  GtkWidget parent_instance;

  GtkGrid *grid;
  GtkLabel *temperature;
  GtkGrid *logits;
  GtkLabel *sentence;

  BsEncoderAblation *ablation;
  GArray *rows; /* of Row, an encoder each */
  BsOverlayFacts facts; /* only what is no pointer */
  gboolean waiting; /* for the next clip's */
};

G_DEFINE_FINAL_TYPE (BsAblationTable, bs_ablation_table, GTK_TYPE_WIDGET)

static GtkLabel *
add_text (GtkGrid *grid, int column, int row, const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_add_css_class (label, class);
  gtk_grid_attach (grid, label, column, row, 1, 1);
  return GTK_LABEL (label);
}

static void
clear (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static Cell
add_cell (BsAblationTable *self, int column, int row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);
  Cell cell = {
    .glyph = BS_LABEL_GLYPH (bs_label_glyph_new ()),
    .label = GTK_LABEL (gtk_label_new (NULL)),
  };

  gtk_widget_set_valign (GTK_WIDGET (cell.glyph), GTK_ALIGN_CENTER);
  gtk_label_set_xalign (cell.label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (cell.label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (cell.label), "numeric");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell.glyph));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell.label));
  if (column == COLUMN_ALONE) {
    cell.sign = GTK_IMAGE (gtk_image_new ());
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell.sign));
  } else {
    cell.word = GTK_LABEL (gtk_label_new (NULL));
    gtk_widget_add_css_class (GTK_WIDGET (cell.word), "bs-key");
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell.word));
  }
  gtk_grid_attach (self->grid, box, column, row, 1, 1);
  return cell;
}

static void
add_name (BsAblationTable *self, int row, const char *encoder)
{
  GtkLabel *name = add_text (self->grid, COLUMN_ENCODER, row, encoder, "bs-value");

  gtk_label_set_ellipsize (name, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (name, NAME_CHARS);
  gtk_widget_set_tooltip_text (GTK_WIDGET (name), encoder);
}

static void
build_rows (BsAblationTable *self)
{
  static const char *const headers[] = { N_ ("encoder"), N_ ("alone"), N_ ("left out") };

  clear (self->grid);
  g_array_set_size (self->rows, 0);
  for (int column = 0; self->ablation && column < (int) G_N_ELEMENTS (headers); column++)
    gtk_label_set_xalign (add_text (self->grid, column, 0, _ (headers[column]), "bs-key"), 0);
  for (guint e = 0; self->ablation && e < self->ablation->n; e++) {
    int at = (int) e + 1;
    Row row;

    add_name (self, at, self->ablation->of[e].encoder);
    row.alone = add_cell (self, COLUMN_ALONE, at);
    row.without = add_cell (self, COLUMN_WITHOUT, at);
    g_array_append_val (self->rows, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->grid), self->rows->len > 0);
}

static void
add_number (BsAblationTable *self, int column, int row, double value)
{
  char text[BS_NUMBER_SIZE];

  add_text (self->logits, column, row,
            bs_number_for (text, value, LOGIT_DECIMALS, bs_label_text_decimal_point ()), "numeric");
}

static void
build_logits (BsAblationTable *self)
{
  const BsEncoderAblation *of = self->ablation;
  gboolean has_logits = of && isfinite (of->temperature);
  char text[BS_NUMBER_SIZE];
  g_autofree char *title = NULL;

  clear (self->logits);
  gtk_widget_set_visible (GTK_WIDGET (self->logits), has_logits);
  gtk_widget_set_visible (GTK_WIDGET (self->temperature), has_logits);
  if (!has_logits)
    return;
  bs_number_for (text, of->temperature, LOGIT_DECIMALS + 1, bs_label_text_decimal_point ());
  /* Translators: temperature that logits are divided by */
  title = g_strdup_printf (_ ("Logits and the learnt temperature T = %s"), text);
  gtk_label_set_text (self->temperature, title);
  add_text (self->logits, 0, 1, _ ("before"), "bs-key");
  add_text (self->logits, 0, 2, _ ("after"), "bs-key");
  for (int e = 0; e < BS_N_EMOTIONS; e++) {
    GtkLabel *head = add_text (self->logits, e + 1, 0, bs_emotion_code ((BsEmotion) e), "bs-key");

    gtk_accessible_update_property (GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    bs_label_text_emotion ((BsEmotion) e), -1);
    add_number (self, e + 1, 1, of->logits[e]);
    add_number (self, e + 1, 2, of->logits[e] / of->temperature);
  }
}

static BsLabel
decide (const BsAblationTable *self, const BsAblationResult *result)
{
  if (!self->ablation->has_thresholds)
    return result->decision;
  return bs_rule_decide (result->p, self->facts.pair).label;
}

static void
show_decision (const Cell *cell, BsLabel decision, const char *encoder, const char *header,
               const char *outcome)
{
  g_autofree char *code = bs_label_text_label_short (decision);
  g_autofree char *words = bs_label_text_label (decision);
  g_autofree char *name = g_strdup_printf ("%s, %s: %s%s%s", encoder, header, words,
                                           *outcome != '\0' ? ", " : "", outcome);

  bs_label_glyph_set_label (cell->glyph, decision);
  gtk_label_set_text (cell->label, code);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->label), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
show_row (BsAblationTable *self, guint e)
{
  const BsAblatedEncoder *of = &self->ablation->of[e];
  const Row *row = &g_array_index (self->rows, Row, e);
  gboolean judged = bs_label_is_known (self->facts.label) && !self->facts.blind;
  BsLabel alone = decide (self, &of->alone), without = decide (self, &of->without);
  gboolean stays = bs_label_equal (without, decide (self, &self->ablation->whole));
  const char *word = stays ? _ ("same") : _ ("changes");
  const char *outcome = "";

  if (judged)
    outcome = bs_outcome_icon_show (row->alone.sign, bs_label_equal (alone, self->facts.label));
  gtk_widget_set_visible (GTK_WIDGET (row->alone.sign), judged);
  show_decision (&row->alone, alone, of->encoder, _ ("alone"), outcome);
  gtk_label_set_text (row->without.word, word);
  show_decision (&row->without, without, of->encoder, _ ("left out"), word);
}

static void
show_rows (BsAblationTable *self)
{
  for (guint e = 0; e < self->rows->len && !self->waiting; e++)
    show_row (self, e);
}

static void
set_sentence (BsAblationTable *self, const char *sentence)
{
  gtk_label_set_text (self->sentence, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), sentence != NULL);
}

/**
 * bs_ablation_table_take:
 * @self: the table
 * @ablation: (nullable) (transfer full): what is to be shown
 * @sentence: (nullable): why there are none
 */
void
bs_ablation_table_take (BsAblationTable *self, BsEncoderAblation *ablation, const char *sentence)
{
  g_return_if_fail (BS_IS_ABLATION_TABLE (self));
  if (!ablation && !self->ablation) {
    set_sentence (self, sentence);
    return;
  }
  g_clear_pointer (&self->ablation, bs_encoder_ablation_free);
  self->ablation = ablation;
  self->waiting = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  build_rows (self);
  build_logits (self);
  show_rows (self);
  if (ablation && ablation->n == 0)
    sentence = _ ("This run learnt from a single encoder, so there is nothing to leave out.");
  set_sentence (self, sentence);
}

/**
 * bs_ablation_table_wait:
 * @self: the table
 * @sentence: what stands in an empty table meanwhile
 *
 * Greys what is shown until the next bs_ablation_table_take(): going from clip to clip the table
 * keeps its size.
 */
void
bs_ablation_table_wait (BsAblationTable *self, const char *sentence)
{
  g_return_if_fail (BS_IS_ABLATION_TABLE (self));
  self->waiting = self->ablation != NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self), !self->waiting);
  if (!self->waiting)
    set_sentence (self, sentence);
}

/**
 * bs_ablation_table_set_facts:
 * @self: the table
 * @facts: thresholds and label of the clip
 */
void
bs_ablation_table_set_facts (BsAblationTable *self, const BsOverlayFacts *facts)
{
  g_return_if_fail (BS_IS_ABLATION_TABLE (self));
  self->facts =
    (BsOverlayFacts){ .pair = facts->pair, .label = facts->label, .blind = facts->blind };
  show_rows (self);
}

/**
 * bs_ablation_table_has_words:
 * @self: the table
 *
 * Returns: whether there is anything in it
 */
gboolean
bs_ablation_table_has_words (BsAblationTable *self)
{
  g_return_val_if_fail (BS_IS_ABLATION_TABLE (self), FALSE);
  return self->ablation != NULL || gtk_widget_get_visible (GTK_WIDGET (self->sentence));
}

static void
bs_ablation_table_dispose (GObject *object)
{
  BsAblationTable *self = BS_ABLATION_TABLE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bs_ablation_table_parent_class)->dispose (object);
}

static void
bs_ablation_table_finalize (GObject *object)
{
  BsAblationTable *self = BS_ABLATION_TABLE (object);

  g_clear_pointer (&self->ablation, bs_encoder_ablation_free);
  g_clear_pointer (&self->rows, g_array_unref);
  G_OBJECT_CLASS (bs_ablation_table_parent_class)->finalize (object);
}

static void
bs_ablation_table_class_init (BsAblationTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bs_ablation_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = bs_ablation_table_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkGrid *
add_grid (BsAblationTable *self, int spacing)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());

  gtk_grid_set_column_spacing (grid, spacing);
  gtk_grid_set_row_spacing (grid, 2);
  gtk_widget_set_visible (GTK_WIDGET (grid), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (grid), GTK_WIDGET (self));
  return grid;
}

static GtkLabel *
add_line (BsAblationTable *self, const char *class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_xalign (label, 0);
  gtk_label_set_max_width_chars (label, SENTENCE_CHARS);
  gtk_widget_add_css_class (GTK_WIDGET (label), class);
  gtk_widget_set_visible (GTK_WIDGET (label), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (label), GTK_WIDGET (self));
  return label;
}

static void
bs_ablation_table_init (BsAblationTable *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 4);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->facts.label = BS_LABEL_UNKNOWN;
  self->grid = add_grid (self, 14);
  self->sentence = add_line (self, "bs-value");
  self->temperature = add_line (self, "bs-key");
  self->logits = add_grid (self, 10);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What each encoder is worth for this clip"), -1);
}
