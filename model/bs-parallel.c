/* SPDX-License-Identifier: MIT */
/* Independent pieces of work on several threads, for passes over a matrix. What a piece computes
 * never depends on who computes it, so neither does the result. */
#include "model/bs-parallel.h"

#define MAX_THREADS 16

typedef struct {
  BsParallelFunc func;
  gpointer user_data;
  gsize n_items;
  gsize next; /* (atomic) item */
} Loop;

static gpointer
run (gpointer user_data)
{
  Loop *loop = user_data;
  gsize item;
  while ((item = (gsize) g_atomic_pointer_add (&loop->next, 1)) < loop->n_items)
    loop->func (item, loop->user_data);
  return NULL;
}

/**
 * bs_parallel_for:
 * @n_items: number of items
 * @n_threads: threads to use at most, the calling one among them
 * @func: (scope call): does one item
 * @user_data: for @func
 *
 * Does the items 0 to @n_items - 1 and returns when all are done. Any thread.
 */
void
bs_parallel_for (gsize n_items, int n_threads, BsParallelFunc func, gpointer user_data)
{
  GThread *threads[MAX_THREADS];
  Loop loop = { func, user_data, n_items, 0 };
  int n_others = MIN ((int) MIN (n_items, MAX_THREADS), n_threads) - 1;
  for (int i = 0; i < n_others; i++)
    threads[i] = g_thread_new ("bs-parallel", run, &loop);
  run (&loop);
  for (int i = 0; i < n_others; i++)
    g_thread_join (threads[i]);
}
