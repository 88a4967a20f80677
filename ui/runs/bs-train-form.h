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
 *
 * Properties:
 * - workspace (#BsWorkspace): what it follows; set once
 */
G_DECLARE_FINAL_TYPE (BsTrainForm, bs_train_form, BS, TRAIN_FORM, GtkWidget)

G_END_DECLS
