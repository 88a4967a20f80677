/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/config/bs-train-config.h"

G_BEGIN_DECLS

void bs_train_config_reset (BsTrainConfig *self);
gboolean bs_train_config_apply_preset (BsTrainConfig *self, const char *preset, GError **error);
void bs_train_config_follow_features (BsTrainConfig *self);

G_END_DECLS
