/* SPDX-License-Identifier: MIT */
/* Work: what is given to the worker, and the list of it that the header bar shows. */
#include "config.h"

#include "ui/bs-workspace-private.h"

typedef struct {
  BsWorkspace *workspace;
  BsJobSpec spec; /* the submitter's, whose callbacks are passed on */
} Visible;

static void
visible_progress_cb (BsJob *job, gpointer user_data)
{
  Visible *visible = user_data;
  if (visible->spec.progress != NULL)
    visible->spec.progress (job, visible->spec.user_data);
  bs_workspace_emit (visible->workspace, BS_WORKSPACE_JOBS_CHANGED);
}

static void
visible_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  Visible *visible = user_data;
  BsWorkspace *self = visible->workspace;
  g_autoptr (BsJob) keep = bs_job_ref (job);
  g_hash_table_steal (self->visible, job);
  g_ptr_array_remove (self->jobs, job);
  if (visible->spec.done != NULL)
    visible->spec.done (job, result, error, visible->spec.user_data);
  bs_workspace_emit (self, BS_WORKSPACE_JOBS_CHANGED);
  g_free (visible);
}

/**
 * bs_workspace_submit:
 * @self: the workspace
 * @spec: the work; its callbacks come on the main thread, and not after the workspace is gone
 * @visible: whether the header bar shows it, with progress and cancel
 *
 * Returns: (transfer full): the job
 */
BsJob *
bs_workspace_submit (BsWorkspace *self, const BsJobSpec *spec, gboolean visible)
{
  if (!visible)
    return bs_worker_submit (self->worker, spec);
  Visible *wrapped = g_new (Visible, 1);
  *wrapped = (Visible){ self, *spec };
  BsJobSpec outer = *spec;
  outer.progress = visible_progress_cb;
  outer.done = visible_done_cb;
  outer.user_data = wrapped;
  BsJob *job = bs_worker_submit (self->worker, &outer);
  g_ptr_array_add (self->jobs, bs_job_ref (job));
  g_hash_table_insert (self->visible, job, wrapped);
  bs_workspace_emit (self, BS_WORKSPACE_JOBS_CHANGED);
  return job;
}

/**
 * bs_workspace_start:
 * @self: the workspace
 * @spec: as for bs_workspace_submit()
 * @visible: likewise
 *
 * bs_workspace_submit() for those who have no use for the job.
 */
void
bs_workspace_start (BsWorkspace *self, const BsJobSpec *spec, gboolean visible)
{
  bs_job_unref (bs_workspace_submit (self, spec, visible));
}

/**
 * bs_workspace_get_jobs:
 * @self: the workspace
 *
 * Returns: (transfer none) (element-type BsJob): visible work, oldest first
 */
GPtrArray *
bs_workspace_get_jobs (BsWorkspace *self)
{
  return self->jobs;
}

/**
 * bs_workspace_get_worker:
 * @self: the workspace
 *
 * Returns: (transfer none): the worker
 */
BsWorker *
bs_workspace_get_worker (BsWorkspace *self)
{
  return self->worker;
}
