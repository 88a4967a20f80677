/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "model/network/bs-loss.h"

G_BEGIN_DECLS

double bs_loss_kl (const BsReal *logits, const float *targets, gsize n, gsize n_classes,
                   BsReal *d_logits);

G_END_DECLS
