/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-metadata.h"
#include "data/run/bs-predictions.h"
#include "model/decision/bs-tuning-source.h"

G_BEGIN_DECLS

/**
 * BsFusionMember:
 * @name: for people
 * @predictions: what it says
 * @chosen: where its network, or what it is made of, was chosen, as bs_run_chosen() has it
 *
 * One of several sets of predictions that are fused. Borrows both.
 */
typedef struct {
  const char *name;
  BsPredictions *predictions;
  BsChosen chosen;
} BsFusionMember;

/**
 * BsFusionTable:
 * @metadata: labels and folds
 * @n_members: members
 * @n: clips that all members have
 * @n_left_out: clips of the metadata that some member has and another lacks
 * @n_without_metadata: the most predictions of a member that the metadata does not know
 * @clip: (array length=n): index into @metadata, ascending
 * @fold: (array length=n): fold of each, -1 for none: the metadata's if any clip has one there,
 *   else those of the first member that states any
 * @n_folds: folds are below this
 * @fold_names: (nullable): what they are called, as bs_fold_names_assign() gives them
 * @p: (array length=n_members): each n x 6 probabilities
 *
 * Members' probabilities side by side.
 */
typedef struct {
  BsMetadata *metadata;
  gsize n_members;
  gsize n;
  gsize n_left_out;
  gsize n_without_metadata;
  gsize *clip;
  gint8 *fold;
  gsize n_folds;
  char **fold_names;
  double (**p)[BS_N_EMOTIONS];
} BsFusionTable;

BsFusionTable *bs_fusion_table_new (BsMetadata *metadata, const BsFusionMember *members,
                                    gsize n_members, GError **error);
void bs_fusion_table_free (BsFusionTable *self);
BsPredictions *bs_fusion_table_fuse (const BsFusionTable *self, const double *weights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFusionTable, bs_fusion_table_free)

G_END_DECLS
