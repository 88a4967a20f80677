/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "model/decision/bs-metrics.h"

G_BEGIN_DECLS

/**
 * BsActorColumn:
 *
 * What is shown of an actor.
 */
typedef enum {
  BS_ACTOR_NAME,
  BS_ACTOR_CLIPS,
  BS_ACTOR_PRESENCE,
  BS_ACTOR_SALIENCE,
  BS_ACTOR_BLENDS,
  BS_N_ACTOR_COLUMNS,
} BsActorColumn;

#define BS_TYPE_ACTOR_ROW (bs_actor_row_get_type ())
/**
 * BsActorRow:
 *
 * The figures of one actor, as a list widget wants them.
 *
 * Signals: "changed": the figures are new.
 */
G_DECLARE_FINAL_TYPE (BsActorRow, bs_actor_row, BS, ACTOR_ROW, GObject)

BsActorRow *bs_actor_row_new (int actor, const char *name);
int bs_actor_row_get_actor (BsActorRow *self);
const char *bs_actor_row_get_name (BsActorRow *self);
void bs_actor_row_set_counts (BsActorRow *self, const BsCounts *counts);
double bs_actor_row_get_value (BsActorRow *self, BsActorColumn column);
double bs_actor_row_get_true_blends (BsActorRow *self);
int bs_actor_row_compare (BsActorRow *self, BsActorRow *other, BsActorColumn column);

#define BS_TYPE_ACTOR_CELL (bs_actor_cell_get_type ())
/**
 * BsActorCell:
 *
 * A number with a bar behind it; a mark on the bar where there is something to compare with.
 */
G_DECLARE_FINAL_TYPE (BsActorCell, bs_actor_cell, BS, ACTOR_CELL, GtkWidget)

GtkWidget *bs_actor_cell_new (BsActorColumn column);
void bs_actor_cell_bind (BsActorCell *self, BsActorRow *row);

G_END_DECLS
