/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "data/format/bs-temporary.h"

G_BEGIN_DECLS

void bs_temporary_sweep (const char *folder);

G_END_DECLS
