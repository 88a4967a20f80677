/* SPDX-License-Identifier: MIT */
#include "data/base/bs-thread-budget.h"

/**
 * bs_thread_budget_enter:
 * @self: the cores
 *
 * Begins a piece of work, until bs_thread_budget_leave().
 */
void
bs_thread_budget_enter (BsThreadBudget *self)
{
  g_atomic_int_inc (&self->n_at_work);
}

/**
 * bs_thread_budget_leave:
 * @self: the cores
 *
 * Ends a piece of work.
 */
void
bs_thread_budget_leave (BsThreadBudget *self)
{
  g_atomic_int_add (&self->n_at_work, -1);
}

/**
 * bs_thread_budget_share:
 * @self: the cores
 *
 * Changes while pieces come and go, so that nothing that decides a result may depend on it.
 *
 * Returns: threads that each piece may use now, at least 1
 */
guint
bs_thread_budget_share (BsThreadBudget *self)
{
  int n = g_atomic_int_get (&self->n_at_work);
  return (guint) MAX (self->n_threads / MAX (n, 1), 1);
}
