/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/features/bs-features.h"
#include "model/features/bs-samples.h"

G_BEGIN_DECLS

BsSamplesForm bs_samples_form (const BsTrainConfig *config);
BsFeatureSpec bs_samples_feature_spec (const BsTrainConfig *config);
void bs_samples_standardise (BsSamples *self, guint modality, const BsScaler *scaler);

G_END_DECLS
