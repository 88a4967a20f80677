/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-metadata.h"
#include "data/demo/bs-demo.h"

G_BEGIN_DECLS

/**
 * BsDemoPlan:
 * @clips: (array length=n_clips): the training clips in order of their names, then the test
 *   clips; labels are known for both, though those of the test part are never written
 * @n_clips: number of clips
 * @n_train: how many of them are training clips
 * @actors: (array length=n_actors): identifiers, those of the training part first
 * @n_actors: number of actors
 *
 * Which clips a demo corpus has, worked out from its size and, for the order of the test
 * clips, its seed.
 */
typedef struct {
  BsClip *clips;
  gsize n_clips;
  gsize n_train;
  char **actors;
  gsize n_actors;
  /*< private >*/
  GStringChunk *names;
} BsDemoPlan;

BsDemoPlan *bs_demo_plan_new (BsDemoSize size, guint64 seed);
char bs_demo_plan_gender (int actor);
void bs_demo_plan_free (BsDemoPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsDemoPlan, bs_demo_plan_free)

G_END_DECLS
