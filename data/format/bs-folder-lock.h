/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsFolderLock:
 *
 * The right to write in a folder, which one process has at a time; another is told who has it. Any
 * thread.
 */
typedef struct _BsFolderLock BsFolderLock;

BsFolderLock *bs_folder_lock_new (const char *folder, GError **error);
BsFolderLock *bs_folder_lock_new_alone (const char *folder, GError **error);
gboolean bs_folder_lock_is_on (BsFolderLock *self, const char *folder);
void bs_folder_lock_free (BsFolderLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsFolderLock, bs_folder_lock_free)

G_END_DECLS
