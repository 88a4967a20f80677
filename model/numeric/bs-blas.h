/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int bs_blas_hold (void);
void bs_blas_release (void);
int bs_blas_n_threads (void);

G_END_DECLS
