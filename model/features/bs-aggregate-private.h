/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "model/features/bs-aggregate.h"

G_BEGIN_DECLS

void bs_aggregate (const BsMatrix *sequence, float *out);

G_END_DECLS
