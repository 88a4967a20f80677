/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-encoder.h"
#include "data/corpus/bs-metadata.h"

G_BEGIN_DECLS

/**
 * BsCorpus:
 *
 * What was found in a corpus folder: metadata, where each clip's picture and sound lie, the
 * encoders, and what is missing. Reference counted, immutable; any thread may read it.
 */
typedef struct _BsCorpus BsCorpus;

BsCorpus *bs_corpus_open (const char *folder, GCancellable *cancellable, GError **error);
BsCorpus *bs_corpus_ref (BsCorpus *self);
void bs_corpus_unref (BsCorpus *self);

const char *bs_corpus_folder (const BsCorpus *self);
const char *bs_corpus_title (const BsCorpus *self);
gboolean bs_corpus_is_demo (const BsCorpus *self);
void bs_corpus_set_strict (BsCorpus *self);
gboolean bs_corpus_is_strict (const BsCorpus *self);
BsMetadata *bs_corpus_metadata (const BsCorpus *self);
gboolean bs_corpus_clip_is_listed (const BsCorpus *self, gsize clip);
char *bs_corpus_dup_clip_path (const BsCorpus *self, gsize clip);
gsize bs_corpus_n_encoders (const BsCorpus *self);
BsEncoder *bs_corpus_encoder (const BsCorpus *self, gsize index);
BsEncoder *bs_corpus_find_encoder (const BsCorpus *self, const char *name);

gsize bs_corpus_n_problems (const BsCorpus *self);
const char *bs_corpus_problem (const BsCorpus *self, gsize index);

char **bs_corpus_dup_files (const BsCorpus *self);
char *bs_corpus_dup_changed_file (const BsCorpus *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsCorpus, bs_corpus_unref)

G_END_DECLS
