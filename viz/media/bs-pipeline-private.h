/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/media/bs-pipeline.h"

G_BEGIN_DECLS

struct _BsPipeline {
  BsPipelineListener listener;
  gpointer data;
  GMainContext *context;
  GThreadPool *control;
  GstElement *playbin;
  GstElement *sink;
  GstElement *size;
  GstBus *bus;

  /* Number of the clip last asked for; atomic, written on the main thread. */
  int clip;

  /* Main thread alone. */
  char *wanted_path;
  int heard_clip;
  gboolean awaits_done;
  guint32 seek_seqnum;

  /* Control thread alone. */
  char *path;
  gboolean is_open;

  /* Guards what streaming threads share with the others. */
  GMutex lock;
  int streaming_clip;
  BsFrame *pending_frame;
  gboolean delivery_queued;
  BsFrameIndex *index;
};

BsPipeline *bs_pipeline_ref (BsPipeline *self);
void bs_pipeline_unref (BsPipeline *self);

gboolean bs_pipeline_build (BsPipeline *self);
void bs_pipeline_renew_tempo (BsPipeline *self);
void bs_pipeline_deliver_frame (BsPipeline *self);

G_END_DECLS
