/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BS_N_RATES 7

extern const double bs_rates[BS_N_RATES];

G_END_DECLS
