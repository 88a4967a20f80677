/* SPDX-License-Identifier: MIT */
#include "ui/session/bs-threshold-history.h"

/* Changes closer together than this are one step of undo, as in one drag of a slider. */
#define GESTURE_PAUSE_US (700 * G_TIME_SPAN_MILLISECOND)
#define MOST_STEPS 50

/**
 * bs_threshold_history_init:
 * @self: (out caller-allocates): a history without steps
 */
void
bs_threshold_history_init (BsThresholdHistory *self)
{
  self->undo = g_array_new (FALSE, FALSE, sizeof (BsThresholdSetting));
  self->redo = g_array_new (FALSE, FALSE, sizeof (BsThresholdSetting));
  self->last_us = 0;
}

/**
 * bs_threshold_history_clear:
 * @self: a history
 *
 * Frees what @self owns.
 */
void
bs_threshold_history_clear (BsThresholdHistory *self)
{
  g_clear_pointer (&self->undo, g_array_unref);
  g_clear_pointer (&self->redo, g_array_unref);
}

/**
 * bs_threshold_history_forget:
 * @self: a history
 *
 * Drops all steps, as when another run is judged.
 */
void
bs_threshold_history_forget (BsThresholdHistory *self)
{
  g_array_set_size (self->undo, 0);
  g_array_set_size (self->redo, 0);
  self->last_us = 0;
}

/**
 * bs_threshold_history_remember:
 * @self: a history
 * @before: the setting that is about to be changed
 * @now_us: monotonic time of the change
 *
 * Makes @before a step to go back to, unless the change belongs to the gesture before it. What was
 * taken back is gone.
 */
void
bs_threshold_history_remember (BsThresholdHistory *self, const BsThresholdSetting *before,
                               gint64 now_us)
{
  gboolean same_gesture = self->last_us != 0 && now_us - self->last_us < GESTURE_PAUSE_US;
  self->last_us = now_us;
  g_array_set_size (self->redo, 0);
  if (same_gesture && self->undo->len > 0)
    return;
  if (self->undo->len == MOST_STEPS)
    g_array_remove_index (self->undo, 0);
  g_array_append_val (self->undo, *before);
}

/**
 * bs_threshold_history_end_gesture:
 * @self: a history
 *
 * Makes the next change a step of its own, however soon it comes.
 */
void
bs_threshold_history_end_gesture (BsThresholdHistory *self)
{
  self->last_us = 0;
}

static gboolean
step (BsThresholdHistory *self, GArray *from, GArray *to, BsThresholdSetting *setting)
{
  if (from->len == 0)
    return FALSE;
  BsThresholdSetting next = g_array_index (from, BsThresholdSetting, from->len - 1);
  g_array_set_size (from, from->len - 1);
  g_array_append_val (to, *setting);
  *setting = next;
  self->last_us = 0;
  return TRUE;
}

/**
 * bs_threshold_history_undo:
 * @self: a history
 * @setting: (inout): the present setting, which becomes that before the last gesture
 *
 * Returns: whether there was a step to take back
 */
gboolean
bs_threshold_history_undo (BsThresholdHistory *self, BsThresholdSetting *setting)
{
  return step (self, self->undo, self->redo, setting);
}

/**
 * bs_threshold_history_redo:
 * @self: a history
 * @setting: (inout): the present setting, which becomes the one that was taken back last
 *
 * Returns: whether there was one
 */
gboolean
bs_threshold_history_redo (BsThresholdHistory *self, BsThresholdSetting *setting)
{
  return step (self, self->redo, self->undo, setting);
}
