/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "viz/media/bs-player.h"

G_BEGIN_DECLS

#define BS_TYPE_TRANSPORT (bs_transport_get_type ())
/**
 * BsTransport:
 *
 * The bar below the picture: clips, frames, play, loop, speed, time and frame, volume, full
 * screen. Its buttons are the window's actions.
 */
G_DECLARE_FINAL_TYPE (BsTransport, bs_transport, BS, TRANSPORT, GtkWidget)

void bs_transport_set_player (BsTransport *self, BsPlayer *player);
void bs_transport_set_compact (BsTransport *self, gboolean compact);
void bs_transport_refresh (BsTransport *self);

char *bs_transport_format_time (gint64 time_ns);

G_END_DECLS
