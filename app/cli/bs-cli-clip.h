/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/media/bs-player.h"

G_BEGIN_DECLS

/**
 * BsCliWay:
 * @BS_CLI_WAY_SEEK: one jump from the first frame
 * @BS_CLI_WAY_FORWARD: stepped from the first
 * @BS_CLI_WAY_BACK: stepped from the last
 *
 * How a frame is reached.
 */
typedef enum { BS_CLI_WAY_SEEK, BS_CLI_WAY_FORWARD, BS_CLI_WAY_BACK } BsCliWay;

gboolean bs_cli_clip_open (BsPlayer *player, const char *path, GError **error);
gboolean bs_cli_clip_go (BsPlayer *player, int index, BsCliWay way, GError **error);

G_END_DECLS
