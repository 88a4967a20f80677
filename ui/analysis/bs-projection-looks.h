/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/chart/bs-scatter-view.h"
#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

/**
 * BsColorBy:
 *
 * What the colours and shapes of the projection say.
 */
typedef enum {
  BS_COLOR_BY_LABEL,
  BS_COLOR_BY_ACTOR,
  BS_COLOR_BY_FOLD,
  BS_COLOR_BY_OUTCOME,
} BsColorBy;

/**
 * BsProjectionLooks:
 * @looks: (array length=n): groups
 * @n: how many
 * @group: (array): for each clip given, its group
 */
typedef struct {
  BsScatterLook *looks;
  gsize n;
  guint16 *group;
} BsProjectionLooks;

void bs_projection_looks_init (BsProjectionLooks *self, BsWorkspace *workspace, const gsize *clips,
                               gsize n_clips, BsColorBy by, gboolean with_salience);
void bs_projection_looks_clear (BsProjectionLooks *self);

G_END_DECLS
