/* SPDX-License-Identifier: MIT */
#pragma once

#include <gst/gst.h>

#include "viz/media/bs-frame.h"
#include "viz/media/bs-media-clip.h"

G_BEGIN_DECLS

/*
 * BsPipelineListener:
 * @opened: the first frame stands
 * @done: a seek, step or pause asked for is finished; @ok is FALSE where it was refused
 * @frame: a new picture; between a request and its @done none is told, then the newest
 * @ended: what plays has come to its end
 * @segment_done: all of a looping segment is read; it will be heard to its end
 * @position: an answer to bs_pipeline_ask_position()
 * @failed: the clip cannot be played (any further); one sentence
 * @no_device: the sound's output failed, the clip itself is fine
 *
 * What comes of requests, told on the main context that was the thread's own when the clip was
 * opened. Nothing is told of a clip after another is asked for.
 */
typedef struct {
  void (*opened) (gpointer data);
  void (*done) (gpointer data, gboolean ok);
  void (*frame) (gpointer data, BsFrame *frame);
  void (*ended) (gpointer data);
  void (*segment_done) (gpointer data);
  void (*position) (gpointer data, gint64 position_ns);
  void (*failed) (gpointer data, const char *problem);
  void (*no_device) (gpointer data);
} BsPipelineListener;

/*
 * BsPipelineSeek:
 * @start_ns: where to
 * @stop_ns: where playing ends, -1 for the clip's end
 * @rate: speed, above 0
 * @flush: FALSE to go on from the end of a segment without a gap
 * @segment: whether reaching the stop is told by segment_done
 * @play: whether it plays on from there
 */
typedef struct {
  gint64 start_ns;
  gint64 stop_ns;
  double rate;
  gboolean flush;
  gboolean segment;
  gboolean play;
} BsPipelineSeek;

typedef struct _BsPipeline BsPipeline;

BsPipeline *bs_pipeline_new (const BsPipelineListener *listener, gpointer data);
void bs_pipeline_free (BsPipeline *self);

gboolean bs_pipeline_open (BsPipeline *self, const char *path, BsMediaClip *clip);
void bs_pipeline_close (BsPipeline *self);
void bs_pipeline_play (BsPipeline *self);
void bs_pipeline_pause (BsPipeline *self, gboolean frame_follows);
void bs_pipeline_seek (BsPipeline *self, const BsPipelineSeek *seek);
void bs_pipeline_step (BsPipeline *self, guint n_frames);
void bs_pipeline_ask_position (BsPipeline *self);
guint bs_pipeline_get_progress (BsPipeline *self);
void bs_pipeline_set_max_size (BsPipeline *self, int width_px, int height_px);
void bs_pipeline_set_volume (BsPipeline *self, double volume, gboolean muted);
void bs_pipeline_drop_sound_device (BsPipeline *self);

G_END_DECLS
