/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-error.h"
#include "data/base/bs-labels.h"
#include "data/base/bs-named-count.h"
#include "data/corpus/bs-read-as.h"

G_BEGIN_DECLS

#define BS_MAX_FOLDS 16
#define BS_MAX_LEVEL 4 /* of intensities and of situations */

/**
 * BsClip:
 * @filename: name without extension, as "A102_ang_int1_ver1"
 * @actor: index into the metadata's actors, -1 where unknown
 * @label: what the clip shows; unknown in the test part
 * @gender: 'm', 'f', another letter as the file has it, or 0
 * @fold: 0 to 4 (in other data up to %BS_MAX_FOLDS - 1), -1 where there is none; the table's name
 *   for it is bs_metadata_fold_name()
 * @intensity: 1 to 4, 0 where there is none
 * @situation: 1 to 4 (neutral clips), 0 where there is none
 * @version: take, 0 where unknown
 * @is_test: from test_metadata.csv
 */
typedef struct {
  const char *filename;
  int actor;
  BsLabel label;
  char gender;
  gint8 fold;
  gint8 intensity;
  gint8 situation;
  int version;
  gboolean is_test;
} BsClip;

/**
 * BsMetadata:
 *
 * The clips of a corpus with their labels and folds, in file order. Reference counted,
 * immutable; any thread may read it.
 */
typedef struct _BsMetadata BsMetadata;

BsMetadata *bs_metadata_load (const char *train_path, const char *test_path, GError **error);
BsMetadata *bs_metadata_parse (GBytes *train, const char *train_name, GBytes *test,
                               const char *test_name, GError **error);
BsMetadata *bs_metadata_new_from_names (const char *const *names, gsize n);
BsMetadata *bs_metadata_ref (BsMetadata *self);
void bs_metadata_unref (BsMetadata *self);

gsize bs_metadata_n_clips (const BsMetadata *self);
const BsClip *bs_metadata_clip (const BsMetadata *self, gsize clip);
int bs_metadata_find (const BsMetadata *self, const char *filename);
gsize bs_metadata_n_actors (const BsMetadata *self);
const char *bs_metadata_actor_name (const BsMetadata *self, gsize actor);
int bs_metadata_n_folds (const BsMetadata *self);
const char *const *bs_metadata_fold_names (const BsMetadata *self);
const char *bs_metadata_fold_name (const BsMetadata *self, int fold);
void bs_metadata_count_contradictions (const BsMetadata *self, BsNamedCount *count);
const BsReadAs *bs_metadata_read_as (const BsMetadata *self);
const char *bs_metadata_hash (const BsMetadata *self);

gsize bs_metadata_n_extras (const BsMetadata *self);
const char *bs_metadata_extra_name (const BsMetadata *self, gsize extra);
const char *bs_metadata_extra_value (const BsMetadata *self, gsize clip, gsize extra);

gboolean bs_clip_name_parse (const char *filename, BsClip *clip, char **actor);
gboolean bs_clip_contradicts_name (const BsClip *clip);
gsize bs_clip_name_stem_length (const char *filename);
gsize bs_clip_name_extension (const char *filename);
char *bs_clip_name_clean (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsMetadata, bs_metadata_unref)

G_END_DECLS
