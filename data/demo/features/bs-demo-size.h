/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsDemoSize:
 * @BS_DEMO_SMALL: 10 actors, two per fold, 54 clips each, 640 x 360 at 25 frames a second
 * @BS_DEMO_FULL: 47 identifiers and 2,456 clips in the real counts, 15 actors and 594 test clips
 */
typedef enum {
  BS_DEMO_SMALL,
  BS_DEMO_FULL,
} BsDemoSize;

G_END_DECLS
