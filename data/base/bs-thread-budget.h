/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsThreadBudget:
 *
 * Threads that pieces of work share: as long as there are as many pieces, each has one; the last
 * ones have those of the others too. On the stack, by BS_THREAD_BUDGET_INIT(); any thread.
 */
typedef struct {
  /*< private >*/
  int n_threads;
  int n_at_work;
} BsThreadBudget;

#define BS_THREAD_BUDGET_INIT(n) \
  {                              \
    (n), 0                       \
  }

void bs_thread_budget_enter (BsThreadBudget *self);
void bs_thread_budget_leave (BsThreadBudget *self);
guint bs_thread_budget_share (BsThreadBudget *self);

G_END_DECLS
