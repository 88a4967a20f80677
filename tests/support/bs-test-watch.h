/* SPDX-License-Identifier: MIT */
/* A player that is watched: every frame it hands out is read and compared with its number. */
#pragma once

#include "tests/support/bs-test-clip.h"
#include "viz/media/bs-player.h"

typedef struct {
  BsPlayer *player;
  const BsTestClip *clip;
  gboolean has_holes;
  gboolean is_edited; /* numbers are not places; whoever asks compares them */
  int number;
  int n_frames;
  int n_wrong;
  int lowest, highest;
  int n_loaded;
  int n_ended;
} TestWatch;

static inline void
test_watch_frame_cb (BsPlayer *player, BsFrame *frame, gpointer data)
{
  TestWatch *self = data;
  self->n_frames++;
  self->number = self->clip ? bs_test_clip_read (frame, self->clip->id) : -1;
  if (!self->clip || self->is_edited)
    return;
  /* Where frames are missing they are told by their time. */
  gint64 off = frame->time_ns - bs_test_clip_frame_time (self->clip, self->number);
  gboolean right = self->has_holes ? ABS (off) < 1100000 : frame->index == self->number;
  if (self->number < 0 || (frame->index >= 0 && !right)) {
    g_test_message ("%s: frame %d at %.6f s shows %d", self->clip->name, frame->index,
                    frame->time_ns / 1e9, self->number);
    self->n_wrong++;
  }
  self->lowest = MIN (self->lowest, self->number);
  self->highest = MAX (self->highest, self->number);
}

static inline void
test_watch_loaded_cb (BsPlayer *player, gpointer data)
{
  ((TestWatch *) data)->n_loaded++;
}

static inline void
test_watch_ended_cb (BsPlayer *player, gpointer data)
{
  ((TestWatch *) data)->n_ended++;
}

static inline void
test_watch_forget (TestWatch *self)
{
  self->n_frames = self->n_wrong = self->n_loaded = self->n_ended = 0;
  self->lowest = G_MAXINT;
  self->highest = -1;
}

static inline TestWatch *
test_watch_new (void)
{
  TestWatch *self = g_new0 (TestWatch, 1);
  self->player = bs_player_new ();
  self->number = -1;
  test_watch_forget (self);
  g_signal_connect (self->player, "frame", G_CALLBACK (test_watch_frame_cb), self);
  g_signal_connect (self->player, "clip-loaded", G_CALLBACK (test_watch_loaded_cb), self);
  g_signal_connect (self->player, "ended", G_CALLBACK (test_watch_ended_cb), self);
  return self;
}

static inline void
test_watch_free (TestWatch *self)
{
  g_assert_finalize_object (self->player);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestWatch, test_watch_free)

static inline gboolean
test_wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @condition holds; that it never does fails the test. */
#define test_await(condition)                                                   \
  G_STMT_START                                                                  \
  {                                                                             \
    guint wake_ = g_timeout_add (10, test_wake_cb, NULL);                       \
    gint64 limit_ = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;          \
    while (!(condition) && g_get_monotonic_time () < limit_)                    \
      g_main_context_iteration (NULL, TRUE);                                    \
    g_source_remove (wake_);                                                    \
    if (!(condition))                                                           \
      g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition); \
  }                                                                             \
  G_STMT_END

/* Lets everything come that is on its way already. */
static inline void
test_settle (void)
{
  gint64 until = g_get_monotonic_time () + 50 * G_TIME_SPAN_MILLISECOND;
  test_await (g_get_monotonic_time () >= until);
}

static inline void
test_watch_open (TestWatch *self, const BsTestClip *clip, const char *path)
{
  test_watch_forget (self);
  self->clip = clip;
  bs_player_open (self->player, path);
  test_await (self->n_loaded > 0 || bs_player_get_state (self->player) == BS_PLAYER_FAILED);
}
