/* SPDX-License-Identifier: MIT */
#include "data/base/bs-cores.h"

/**
 * bs_cores_enter:
 * @self: the cores
 *
 * Begins a piece of work, until bs_cores_leave().
 */
void
bs_cores_enter (BsCores *self)
{
  g_atomic_int_inc (&self->n_at_work);
}

/**
 * bs_cores_leave:
 * @self: the cores
 *
 * Ends a piece of work.
 */
void
bs_cores_leave (BsCores *self)
{
  g_atomic_int_add (&self->n_at_work, -1);
}

/**
 * bs_cores_share:
 * @self: the cores
 *
 * Changes while pieces come and go, so that nothing that decides a result may depend on it.
 *
 * Returns: threads that each piece may use now, at least 1
 */
guint
bs_cores_share (BsCores *self)
{
  int n = g_atomic_int_get (&self->n_at_work);
  return (guint) MAX (self->n_threads / MAX (n, 1), 1);
}
