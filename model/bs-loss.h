/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/bs-real.h"

G_BEGIN_DECLS

void bs_softmax (const BsReal *logits, gsize n_classes, double *p);
double bs_loss_kl (const BsReal *logits, const float *targets, gsize n, gsize n_classes,
                   BsReal *d_logits);

G_END_DECLS
