/* SPDX-License-Identifier: MIT */
#include "data/bs-error.h"

G_DEFINE_QUARK (bs - error - quark, bs_error)
