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
 * The elements that play one clip, from its opening to its end, and never another. Reference
 * counted; the last reference is dropped with the streams at rest.
 */
typedef struct {
  GstElement *pipe;
  /* Of the picture: its end, and what makes it as small as it is wanted. Of the sound: its output
   * and its volume. %NULL where there is none. */
  GstElement *sink;
  GstElement *size;
  GstElement *sound;
  GstElement *volume;
  GstBus *bus;
  char *path;

  /* Whether another clip is wanted; atomic, set on the main thread. */
  int left;

  /* Given to decoders; atomic. As long as it grows what is waited for may come. */
  int n_packets;

  /* Main thread alone; the pipeline is %NULL when another clip is wanted. */
  BsPipeline *pipeline;
  gboolean awaits_done;
  guint32 seek_seqnum;

  /* Guards what streaming threads share with the others. */
  GMutex lock;
  GMainContext *context;
  BsFrame *pending_frame;
  gboolean delivery_queued;
  BsMediaClip *clip;
} BsStreams;

BsStreams *bs_streams_new (BsPipeline *pipeline, const char *path, BsMediaClip *clip,
                           const BsStreamsSetup *setup);
BsStreams *bs_streams_ref (BsStreams *self);
void bs_streams_unref (BsStreams *self);
void bs_streams_deliver_frame (BsStreams *self);
GstElement *bs_streams_new_decoded (BsProgram *program, gint64 duration_ns, int *n_packets);
GstCaps *bs_streams_wanted_size (BsStreams *self, int width_px, int height_px);

void bs_pipeline_show_frame (BsPipeline *self, BsFrame *frame);

G_END_DECLS
