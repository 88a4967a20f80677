/* SPDX-License-Identifier: MIT */
#include "data/demo/bs-demo-pool.h"

struct _BsDemoPool {
  GstTaskPool parent_instance;
};

G_DEFINE_FINAL_TYPE (BsDemoPool, bs_demo_pool, GST_TYPE_TASK_POOL)

typedef struct {
  GstTaskPoolFunction func;
  gpointer data;
} Start;

static gpointer
run (gpointer data)
{
  Start start = *(Start *) data;
  g_free (data);
  start.func (start.data);
  return NULL;
}

static void
prepare (GstTaskPool *pool, GError **error)
{
}

static void
cleanup (GstTaskPool *pool)
{
}

static gpointer
push (GstTaskPool *pool, GstTaskPoolFunction func, gpointer data, GError **error)
{
  Start *start = g_new (Start, 1);
  *start = (Start){ func, data };
  GThread *thread = g_thread_try_new ("bs-encode", run, start, error);
  if (thread == NULL)
    g_free (start);
  return thread;
}

static void
join (GstTaskPool *pool, gpointer id)
{
  if (id != NULL)
    g_thread_join (id);
}

static void
dispose_handle (GstTaskPool *pool, gpointer id)
{
  if (id != NULL)
    g_thread_unref (id);
}

static void
bs_demo_pool_class_init (BsDemoPoolClass *klass)
{
  GstTaskPoolClass *pool_class = GST_TASK_POOL_CLASS (klass);
  pool_class->prepare = prepare;
  pool_class->cleanup = cleanup;
  pool_class->push = push;
  pool_class->join = join;
  pool_class->dispose_handle = dispose_handle;
}

static void
bs_demo_pool_init (BsDemoPool *self)
{
}

static GstBusSyncReply
give_pool_cb (GstBus *bus, GstMessage *message, gpointer pool)
{
  GstStreamStatusType type;
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_STREAM_STATUS)
    return GST_BUS_PASS;
  gst_message_parse_stream_status (message, &type, NULL);
  const GValue *task = gst_message_get_stream_status_object (message);
  if (type == GST_STREAM_STATUS_TYPE_CREATE && task != NULL && G_VALUE_HOLDS (task, GST_TYPE_TASK))
    gst_task_set_pool (g_value_get_object (task), pool);
  return GST_BUS_PASS;
}

/**
 * bs_demo_pool_serve:
 * @pipeline: a pipeline at rest
 *
 * Has every thread that @pipeline starts made by the thread that starts it.
 */
void
bs_demo_pool_serve (GstPipeline *pipeline)
{
  g_autoptr (GstBus) bus = gst_pipeline_get_bus (pipeline);
  gst_bus_set_sync_handler (bus, give_pool_cb, g_object_new (BS_TYPE_DEMO_POOL, NULL),
                            (GDestroyNotify) gst_object_unref);
}
