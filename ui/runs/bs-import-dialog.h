/* SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_IMPORT_DIALOG (bs_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BsImportDialog, bs_import_dialog, BS, IMPORT_DIALOG, AdwMessageDialog)

GtkWidget *bs_import_dialog_new (GtkWindow *parent, BsWorkspace *workspace, const char *path,
                                 const BsPredictions *unclear);

G_END_DECLS
