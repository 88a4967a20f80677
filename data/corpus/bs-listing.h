/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BsListedKind:
 * @BS_LISTED_CLIP: .mov, .mp4, .mkv, .webm
 * @BS_LISTED_ARRAY: .npy
 * @BS_LISTED_TABLE: .csv
 * @BS_LISTED_STATIC: *_static_features.npz
 * @BS_LISTED_JSON: .json
 *
 * What a file can be by its name, in any case of letters; others are not listed.
 */
typedef enum {
  BS_LISTED_CLIP,
  BS_LISTED_ARRAY,
  BS_LISTED_TABLE,
  BS_LISTED_STATIC,
  BS_LISTED_JSON,
} BsListedKind;

#define BS_N_LISTED_KINDS 5

/**
 * BsListedFolder:
 * @path: of the folder
 * @depth: 0 for the one that was asked for
 * @names: (element-type filename): names of its files by kind
 */
typedef struct {
  char *path;
  guint depth;
  GPtrArray *names[BS_N_LISTED_KINDS];
} BsListedFolder;

/**
 * BsListing:
 * @folders: (element-type BsListedFolder): the folder and all below it, parents before children,
 *   brothers in the order of their names
 * @unreadable: (element-type utf8): sentences on folders that could not be read
 *
 * What a walk through a corpus folder found, by names alone.
 */
typedef struct {
  GPtrArray *folders;
  GPtrArray *unreadable;
} BsListing;

BsListing *bs_listing_new (const char *folder, GCancellable *cancellable, GError **error);
void bs_listing_free (BsListing *self);
gboolean bs_listed_folder_has (const BsListedFolder *self, BsListedKind kind, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsListing, bs_listing_free)

G_END_DECLS
