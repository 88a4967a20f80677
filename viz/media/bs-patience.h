/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * BsPatience:
 *
 * How long a wait that polls goes on without any progress. Time counts as far as the wait itself
 * had the processor: a machine that stalls, or sleeps, for a minute has waited for one poll.
 */
typedef struct {
  gint64 limit_us;
  gint64 poll_us;
  gint64 left_us;
  gint64 last_us;
  guint progress;
} BsPatience;

/* Begins to wait: at most @limit_us without progress, with a look every @poll_us. */
static inline void
bs_patience_begin (BsPatience *self, gint64 limit_us, gint64 poll_us)
{
  *self = (BsPatience){ .limit_us = limit_us, .poll_us = poll_us, .left_us = limit_us };
  self->last_us = g_get_monotonic_time ();
}

/* After each poll. Any change of @progress, a count of what has come, begins the wait anew. Returns
 * whether nothing came for too long. */
static inline gboolean
bs_patience_is_over (BsPatience *self, guint progress)
{
  gint64 now_us = g_get_monotonic_time ();
  if (progress != self->progress)
    self->left_us = self->limit_us;
  else
    self->left_us -= MIN (now_us - self->last_us, 2 * self->poll_us);
  self->progress = progress;
  self->last_us = now_us;
  return self->left_us <= 0;
}

G_END_DECLS
