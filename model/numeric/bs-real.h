/* SPDX-License-Identifier: MIT */
/* The number that networks compute with: float32, or double in the test that holds the same
 * sources against finite differences (tests/unit/model/network/test-gradients.c). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#ifdef BS_REAL_DOUBLE
typedef double BsReal;
#else
typedef float BsReal;
#endif

G_END_DECLS
