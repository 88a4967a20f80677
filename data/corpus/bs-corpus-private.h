/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/corpus/bs-corpus.h"
#include "data/corpus/bs-encoder-private.h"
#include "data/format/bs-open-file.h"

G_BEGIN_DECLS

struct _BsCorpus {
  char *folder;
  char *title;
  gboolean is_demo;
  gboolean is_strict;
  gboolean has_table; /* the metadata come from a table, not from the clips' names */
  BsMetadata *metadata;
  char **clip_paths; /* (nullable) elements, one a clip */
  GPtrArray *encoders; /* of BsEncoder */
  GPtrArray *problems; /* of char * */
  GPtrArray *files; /* of BsOpenFile: what was read when the corpus was opened */
  BsNamedCount foreign_clips; /* pictures of no clip of the metadata */
  BsNamedCount double_clips; /* clips that lie in two places, of which the first counts */
  BsNamedCount copied_clips; /* further files of one stem in one folder */
};

void bs_corpus_report (BsCorpus *self);
void bs_corpus_note_archives (BsCorpus *self);

G_END_DECLS
