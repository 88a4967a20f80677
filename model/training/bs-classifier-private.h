/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "model/training/bs-classifier.h"

G_BEGIN_DECLS

const BsReal *bs_classifier_logits (BsClassifier *self, const BsBatch *batch);

G_END_DECLS
