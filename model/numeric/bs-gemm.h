/* SPDX-License-Identifier: MIT */
/* OpenBLAS in the networks' number; matrices are row-major. */
#pragma once

#include <cblas.h>

#include "model/numeric/bs-real.h"

G_BEGIN_DECLS

#ifdef BS_REAL_DOUBLE
#define bs_gemm cblas_dgemm
#else
#define bs_gemm cblas_sgemm
#endif

G_END_DECLS
