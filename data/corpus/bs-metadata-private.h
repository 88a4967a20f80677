/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-metadata.h"

G_BEGIN_DECLS

/* What bs-metadata-read.c fills; nobody else looks inside. */
struct _BsMetadata {
  GArray *clips; /* of BsClip */
  GStringChunk *strings; /* every name and value */
  GHashTable *index; /* filename -> index + 1 */
  GPtrArray *actors; /* of const char * */
  GHashTable *actor_index; /* name -> index + 1 */
  GPtrArray *extra_names; /* of const char * */
  GPtrArray *extra_values; /* of GPtrArray of (nullable) const char *, a column each */
  char *hash;
  int n_folds;
  char **fold_names; /* (nullable): as bs_fold_names_assign() gives them */
  BsReadAs read_as; /* of the training part's table */
};

BsMetadata *bs_metadata_new (void);
void bs_metadata_add (BsMetadata *self, const BsClip *clip, const char *filename,
                      const char *actor);

G_END_DECLS
