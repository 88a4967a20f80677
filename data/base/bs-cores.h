/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsCores:
 *
 * Threads that pieces of work share: as long as there are as many pieces, each has one; the last
 * ones have those of the others too. On the stack, by BS_CORES_INIT(); any thread.
 */
typedef struct {
  /*< private >*/
  int n_threads;
  int n_at_work;
} BsCores;

#define BS_CORES_INIT(n) \
  {                      \
    (n), 0               \
  }

void bs_cores_enter (BsCores *self);
void bs_cores_leave (BsCores *self);
guint bs_cores_share (BsCores *self);

G_END_DECLS
