/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/config/bs-train-config.h"
#include "model/network/bs-network-spec.h"
#include "model/training/bs-head.h"

G_BEGIN_DECLS

BsNetworkSpec bs_model_spec (const BsTrainConfig *config, guint n_modalities, const gsize *widths);
BsObjective bs_model_objective (const BsTrainConfig *config);

G_END_DECLS
