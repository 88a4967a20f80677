/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Files and folders on their way to a name: hidden, and locked while their writer lives. */
int bs_temporary_file_new (const char *path, int mode, char **temporary);
int bs_temporary_folder_new (const char *path, char **temporary);
void bs_temporary_folder_remove (const char *folder);
void bs_temporary_sweep_once (const char *folder);

G_END_DECLS
