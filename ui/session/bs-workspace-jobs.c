/* SPDX-License-Identifier: MIT */
/* Work: what is given to the worker, and the list of it that the header bar shows. */
#include "config.h"

#include "ui/session/bs-workspace-private.h"

/* A job whose callbacks do not go straight to the submitter. */
typedef struct {
  BsWorkspace *workspace;
  BsJobSpec spec; /* the submitter's, whose callbacks are passed on */
  gboolean visible;
  gboolean owned;
  GWeakRef owner;
} Wrapped;

/**
 * bs_workspace_free_wrapped:
 * @data: (transfer full): what the workspace keeps of a job
 */
void
bs_workspace_free_wrapped (gpointer data)
{
  Wrapped *wrapped = data;
  g_weak_ref_clear (&wrapped->owner);
  g_free (wrapped);
}

static void
wrapped_progress_cb (BsJob *job, gpointer user_data)
{
  Wrapped *wrapped = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&wrapped->owner);
  if (wrapped->spec.progress != NULL && (!wrapped->owned || owner != NULL))
    wrapped->spec.progress (job, wrapped->spec.user_data);
  if (wrapped->visible)
    bs_workspace_emit (wrapped->workspace, BS_WORKSPACE_JOBS_CHANGED);
}

static void
wrapped_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  Wrapped *wrapped = user_data;
  BsWorkspace *self = wrapped->workspace;
  g_autoptr (BsJob) keep = bs_job_ref (job);
  g_autoptr (GObject) owner = g_weak_ref_get (&wrapped->owner);
  gboolean visible = wrapped->visible;
  g_hash_table_steal (self->wrapped, job);
  g_ptr_array_remove (self->jobs, job);
  if (wrapped->spec.done != NULL && (!wrapped->owned || owner != NULL))
    wrapped->spec.done (keep, result, error, wrapped->spec.user_data);
  bs_workspace_free_wrapped (wrapped);
  if (visible)
    bs_workspace_emit (self, BS_WORKSPACE_JOBS_CHANGED);
}

static BsJob *
submit_wrapped (BsWorkspace *self, const BsJobSpec *spec, GObject *owner, gboolean visible)
{
  Wrapped *wrapped = g_new0 (Wrapped, 1);
  wrapped->workspace = self;
  wrapped->spec = *spec;
  wrapped->visible = visible;
  wrapped->owned = owner != NULL;
  g_weak_ref_init (&wrapped->owner, owner);
  BsJobSpec outer = *spec;
  outer.progress = wrapped_progress_cb;
  outer.done = wrapped_done_cb;
  outer.user_data = wrapped;
  BsJob *job = bs_worker_submit (self->worker, &outer);
  g_hash_table_insert (self->wrapped, job, wrapped);
  if (visible) {
    g_ptr_array_add (self->jobs, bs_job_ref (job));
    bs_workspace_emit (self, BS_WORKSPACE_JOBS_CHANGED);
  }
  return job;
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
  return visible ? submit_wrapped (self, spec, NULL, TRUE) : bs_worker_submit (self->worker, spec);
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
 * bs_workspace_start_for:
 * @self: the workspace
 * @owner: (type GObject): who wants the result, as a widget
 * @spec: as for bs_workspace_submit()
 *
 * bs_workspace_start() for work that the header bar does not show, without callbacks once @owner
 * is gone.
 */
void
bs_workspace_start_for (BsWorkspace *self, gpointer owner, const BsJobSpec *spec)
{
  bs_job_unref (submit_wrapped (self, spec, owner, FALSE));
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
