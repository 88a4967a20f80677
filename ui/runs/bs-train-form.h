/* SPDX-License-Identifier: MIT */
#pragma once

#include "ui/session/bs-workspace.h"

G_BEGIN_DECLS

#define BS_TYPE_TRAIN_FORM (bs_train_form_get_type ())
/**
 * BsTrainForm:
 *
 * What is to be trained: encoders, model, protocol and every setting of the model. Trains in the
 * workspace, or says why it cannot.
 */
G_DECLARE_FINAL_TYPE (BsTrainForm, bs_train_form, BS, TRAIN_FORM, GtkWidget)

void bs_train_form_set_workspace (BsTrainForm *self, BsWorkspace *workspace);

G_END_DECLS
