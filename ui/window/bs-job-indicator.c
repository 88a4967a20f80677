/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/window/bs-job-indicator.h"

struct _BsJobIndicator {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsJob *shown;

  GtkLabel *title;
  GtkProgressBar *progress;
  GtkLabel *percent;
  GtkWidget *cancel;
};

G_DEFINE_FINAL_TYPE (BsJobIndicator, bs_job_indicator, GTK_TYPE_WIDGET)

/* The job that is at work says more than the ones that wait. */
static BsJob *
choose_job (GPtrArray *jobs)
{
  for (guint i = 0; i < jobs->len; i++)
    if (bs_job_state (g_ptr_array_index (jobs, i)) == BS_JOB_RUNNING)
      return g_ptr_array_index (jobs, i);
  return jobs->len > 0 ? g_ptr_array_index (jobs, 0) : NULL;
}

static void
refresh (BsJobIndicator *self)
{
  GPtrArray *jobs = bs_job_queue_get_jobs (bs_workspace_get_jobs (self->workspace));
  BsJob *job = choose_job (jobs);
  g_clear_pointer (&self->shown, bs_job_unref);
  gtk_widget_set_visible (GTK_WIDGET (self), job != NULL);
  if (job == NULL)
    return;
  self->shown = bs_job_ref (job);
  g_autofree char *message = bs_job_dup_message (job);
  g_autofree char *words = message != NULL && *message != '\0'
                             ? g_strdup_printf ("%s · %s", bs_job_title (job), message)
                             : g_strdup (bs_job_title (job));
  gtk_label_set_text (self->title, words);
  double fraction = CLAMP (bs_job_fraction (job), 0, 1);
  gtk_progress_bar_set_fraction (self->progress, fraction);
  g_autofree char *percent = g_strdup_printf (_ ("%.0f %%"), 100 * fraction);
  gtk_label_set_text (self->percent, percent);
  g_autofree char *more =
    jobs->len > 1
      ? g_strdup_printf (ngettext ("%s; %u more waits", "%s; %u more wait", jobs->len - 1), words,
                         jobs->len - 1)
      : g_strdup (words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), more);
}

static void
cancel_cb (BsJobIndicator *self)
{
  if (self->shown != NULL)
    bs_job_cancel (self->shown);
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsJobIndicator *self = BS_JOB_INDICATOR (widget);
  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (bs_workspace_get_jobs (workspace), "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
}

static void
bs_job_indicator_dispose (GObject *object)
{
  BsJobIndicator *self = BS_JOB_INDICATOR (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_JOB_INDICATOR);
  g_clear_pointer (&self->shown, bs_job_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_job_indicator_parent_class)->dispose (object);
}

static void
bs_job_indicator_class_init (BsJobIndicatorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_job_indicator_dispose;
  bs_workspace_property_install (G_OBJECT_CLASS (klass), take_workspace);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-job-indicator.ui");
  gtk_widget_class_bind_template_child (widget_class, BsJobIndicator, title);
  gtk_widget_class_bind_template_child (widget_class, BsJobIndicator, progress);
  gtk_widget_class_bind_template_child (widget_class, BsJobIndicator, percent);
  gtk_widget_class_bind_template_child (widget_class, BsJobIndicator, cancel);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_set_css_name (widget_class, "jobpill");
}

static void
bs_job_indicator_init (BsJobIndicator *self)
{
  bs_gtk48_compat_init (self);
}
