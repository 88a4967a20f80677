/* SPDX-License-Identifier: MIT */
#pragma once

#include "viz/media/bs-pipeline.h"

G_BEGIN_DECLS

/*
 * BsStreamsSetup:
 * @width_px: widest picture wanted, 0 for any
 * @height_px: highest
 * @volume: loudness, 0 to 1
 * @muted: whether there is no sound at all
 * @sound_sink: (nullable): description of the sound's output, %NULL for the system's
 *
 * What stays from clip to clip.
 */
typedef struct {
  int width_px, height_px;
  double volume;
  gboolean muted;
  const char *sound_sink;
} BsStreamsSetup;

/*
 * BsStreams:
 *
 * The elements that play one clip, from its opening to its end, and never another: playbin's
 * streamsynchronizer keeps pads of a clip that was left while it was being opened, and counts its
 * next ones from 0 again. Reference counted; the last reference is dropped with the streams at rest.
 */
typedef struct {
  GstElement *playbin;
  GstElement *sink;
  GstElement *size;
  GstElement *sound;
  GstBus *bus;
  char *path;

  /* Whether another clip is wanted; atomic, set on the main thread. */
  int left;

  /* Main thread alone; the pipeline is %NULL when another clip is wanted. */
  BsPipeline *pipeline;
  gboolean awaits_done;
  guint32 seek_seqnum;

  /* Guards what streaming threads share with the others. */
  GMutex lock;
  GMainContext *context;
  BsFrame *pending_frame;
  gboolean delivery_queued;
  BsFrameIndex *index;
} BsStreams;

BsStreams *bs_streams_new (BsPipeline *pipeline, const char *path, const BsStreamsSetup *setup);
BsStreams *bs_streams_ref (BsStreams *self);
void bs_streams_unref (BsStreams *self);
void bs_streams_deliver_frame (BsStreams *self);
void bs_streams_set_index (BsStreams *self, BsFrameIndex *index);

void bs_pipeline_show_frame (BsPipeline *self, BsFrame *frame);

G_END_DECLS
