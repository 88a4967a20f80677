/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsTaskFunc:
 * @task: number of the task
 * @thread: which of the threads runs it, below the number of threads
 * @user_data: what the caller gave
 */
typedef void (*BsTaskFunc) (guint task, guint thread, gpointer user_data);

void bs_parallel (guint n_threads, guint n_tasks, BsTaskFunc func, gpointer user_data);

G_END_DECLS
