/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int bs_blas_n_wanted (void);
void bs_blas_start (void);

G_END_DECLS
