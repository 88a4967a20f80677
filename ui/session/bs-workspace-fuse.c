/* SPDX-License-Identifier: MIT */
/* Late fusion of runs of the open corpus, in the worker. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/session/bs-workspace-private.h"

#define SEED 42

typedef struct {
  BsCorpus *corpus;
  GPtrArray *runs; /* of BsRun */
  BsFusionProtocol protocol;
  char *parent;
  BsJob *job; /* on the lane's thread, while it runs */
} FuseInput;

/* A run, and whose it is. */
typedef struct {
  BsCorpus *corpus;
  BsRun *run;
} Fused;

static void
fuse_input_free (gpointer data)
{
  FuseInput *input = data;
  bs_corpus_unref (input->corpus);
  g_ptr_array_unref (input->runs);
  g_free (input->parent);
  g_free (input);
}

static void
fused_free (gpointer data)
{
  Fused *fused = data;
  bs_corpus_unref (fused->corpus);
  bs_run_unref (fused->run);
  g_free (fused);
}

static void
on_fuse_progress (double fraction, const char *message, gpointer user_data)
{
  FuseInput *input = user_data;
  bs_job_report (input->job, fraction, message);
}

static gpointer
fuse_job (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  FuseInput *input = data;
  BsMetadata *metadata = bs_corpus_metadata (input->corpus);
  const BsFusionConfig config = { .protocol = input->protocol, .seed = SEED };
  g_autofree BsFusionMember *members = g_new (BsFusionMember, input->runs->len);
  input->job = job;
  for (guint m = 0; m < input->runs->len; m++) {
    const BsRun *run = g_ptr_array_index (input->runs, m);
    members[m] = (BsFusionMember){ run->title, run->predictions, bs_run_chosen (run) };
  }
  g_autoptr (BsLateFusion) fusion = bs_late_fusion_new (
    metadata, members, input->runs->len, &config, on_fuse_progress, input, cancellable, error);
  if (fusion == NULL)
    return NULL;
  g_autoptr (BsRun) run = bs_late_fusion_make_run (fusion, metadata);
  if (!bs_workspace_save_run (run, input->parent, error))
    return NULL;
  Fused *fused = g_new (Fused, 1);
  *fused = (Fused){ bs_corpus_ref (input->corpus), g_steal_pointer (&run) };
  return fused;
}

static void
fuse_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsWorkspace *self = user_data;
  Fused *fused = result;
  if (fused == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      bs_job_queue_say (self->jobs, "%s", error->message);
    return;
  }
  if (!bs_workspace_has_open (self, fused->corpus))
    return; /* it lies with the corpus that was open before, and is found there */
  if (fused->run->predictions->note != NULL)
    bs_job_queue_say (self->jobs, "%s", fused->run->predictions->note);
  bs_workspace_add_run (self, fused->run, TRUE);
}

/**
 * bs_workspace_fuse:
 * @self: the workspace, with a corpus open
 * @runs: (element-type BsRun): at least two of its runs, with probabilities
 * @protocol: whose clips choose the weights
 *
 * Fuses in the long lane; the result is saved as a run and opened.
 */
void
bs_workspace_fuse (BsWorkspace *self, GPtrArray *runs, BsFusionProtocol protocol)
{
  g_return_if_fail (self->corpus != NULL && runs->len >= 2);
  FuseInput *input = g_new0 (FuseInput, 1);
  input->corpus = bs_corpus_ref (self->corpus);
  input->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_run_unref);
  for (guint m = 0; m < runs->len; m++)
    g_ptr_array_add (input->runs, bs_run_ref (g_ptr_array_index (runs, m)));
  input->protocol = protocol;
  input->parent = bs_workspace_dup_runs_folder (self);
  g_autofree char *title =
    g_strdup_printf (ngettext ("Fusing %u run", "Fusing %u runs", runs->len), runs->len);
  bs_job_queue_start (self->jobs, self,
                      &(BsJobSpec){
                        .lane = BS_LANE_LONG,
                        .title = title,
                        .func = fuse_job,
                        .input = input,
                        .input_free = fuse_input_free,
                        .result_free = fused_free,
                        .done = fuse_done_cb,
                        .user_data = self,
                      },
                      TRUE);
}
