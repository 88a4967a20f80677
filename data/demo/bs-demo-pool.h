/* SPDX-License-Identifier: MIT */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define BS_TYPE_DEMO_POOL (bs_demo_pool_get_type ())
/**
 * BsDemoPool:
 *
 * Where an encoding pipeline's threads come from: each is new, and so has the priority of the
 * thread that starts the pipeline. Those of GStreamer's own pool serve one pipeline after another
 * with the priority they were born with, and would carry a low one over to the player.
 */
G_DECLARE_FINAL_TYPE (BsDemoPool, bs_demo_pool, BS, DEMO_POOL, GstTaskPool)

void bs_demo_pool_serve (GstPipeline *pipeline);

G_END_DECLS
