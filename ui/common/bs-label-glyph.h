/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "data/base/bs-labels.h"

G_BEGIN_DECLS

#define BS_LABEL_GLYPH_SIZE_PX 16

#define BS_TYPE_LABEL_GLYPH (bs_label_glyph_get_type ())
/**
 * BsLabelGlyph:
 *
 * A disc in the colours of a label, split as its salience is. Stands beside the label's words,
 * which a screen reader gets instead.
 */
G_DECLARE_FINAL_TYPE (BsLabelGlyph, bs_label_glyph, BS, LABEL_GLYPH, GtkWidget)

GtkWidget *bs_label_glyph_new (void);
void bs_label_glyph_append (GtkSnapshot *snapshot, BsLabel label, double x_px, double y_px);
void bs_label_glyph_set_label (BsLabelGlyph *self, BsLabel label);

G_END_DECLS
