/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "model/network/bs-network.h"

G_BEGIN_DECLS

BsNetwork *bs_network_new_mlp (gsize n_in, gsize n_hidden, gsize n_out);

G_END_DECLS
