/* SPDX-License-Identifier: MIT */
/* The window's actions that concern the clip: buttons, menus, keys and other programs (over
 * D-Bus) all go through them. */
#include "config.h"

#include "ui/stage/bs-stage-actions.h"
#include "ui/stage/bs-stage-private.h"

#define BIG_STEP_FRAMES 10

const double bs_rates[BS_N_RATES] = { 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2 };

static gboolean
is_open (BsStage *self)
{
  BsPlayerState state = bs_player_get_state (self->player);

  return state == BS_PLAYER_PAUSED || state == BS_PLAYER_PLAYING;
}

static gboolean
is_at_end (BsStage *self)
{
  int n = bs_player_get_n_frames (self->player);

  if (n > 0)
    return bs_player_get_frame_index (self->player) >= n - 1;
  return bs_player_get_position_ns (self->player) >= bs_player_get_duration_ns (self->player);
}

static void
play_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsStage *self = user_data;

  if (bs_player_get_state (self->player) == BS_PLAYER_PLAYING) {
    bs_player_pause (self->player);
    return;
  }
  /* Whoever stepped to the last picture wants to see the clip, not its last picture again. */
  if (is_at_end (self))
    bs_player_seek (self->player, 0);
  bs_player_play (self->player);
}

static void
pause_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_player_pause (BS_STAGE (user_data)->player);
}

static void
step_forward_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_player_step (BS_STAGE (user_data)->player, 1);
}

static void
step_back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_player_step (BS_STAGE (user_data)->player, -1);
}

static void
step_forward_10_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_player_step (BS_STAGE (user_data)->player, BIG_STEP_FRAMES);
}

static void
step_back_10_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_player_step (BS_STAGE (user_data)->player, -BIG_STEP_FRAMES);
}

static void
seek_start_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_player_seek (BS_STAGE (user_data)->player, 0);
}

static void
seek_end_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsStage *self = user_data;
  int n = bs_player_get_n_frames (self->player);

  bs_player_pause (self->player);
  if (n > 0)
    bs_player_seek_frame (self->player, n - 1);
  else
    bs_player_seek (self->player, bs_player_get_duration_ns (self->player));
}

static void
next_clip_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_clip_selection_move (BS_STAGE (user_data)->selection, 1);
}

static void
previous_clip_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_clip_selection_move (BS_STAGE (user_data)->selection, -1);
}

static void
set_loop_state (BsStage *self, gboolean looping)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->window), "loop");

  self->looping = looping;
  if (action)
    g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (looping));
  bs_stage_apply_loop (self);
  bs_stage_update_actions (self);
}

static void
change_loop_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  set_loop_state (user_data, g_variant_get_boolean (value));
}

static void
loop_start_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsStage *self = user_data;

  self->loop_from_ns = bs_player_get_position_ns (self->player);
  if (self->loop_to_ns <= self->loop_from_ns)
    self->loop_to_ns = -1;
  set_loop_state (self, TRUE);
}

/* The picture on show is the loop's last one, so the loop ends where the next one begins. */
static void
loop_end_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsStage *self = user_data;
  int index = bs_player_get_frame_index (self->player);

  self->loop_to_ns = index >= 0 ? bs_player_get_frame_time_ns (self->player, index + 1)
                                : bs_player_get_position_ns (self->player);
  if (self->loop_from_ns >= self->loop_to_ns)
    self->loop_from_ns = -1;
  set_loop_state (self, TRUE);
}

static void
loop_clear_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BsStage *self = user_data;

  self->loop_from_ns = self->loop_to_ns = -1;
  set_loop_state (self, FALSE);
}

static void
change_rate_by (BsStage *self, int steps)
{
  double rate = bs_player_get_rate (self->player);
  int nearest = 0;

  for (int i = 1; i < BS_N_RATES; i++)
    if (ABS (bs_rates[i] - rate) < ABS (bs_rates[nearest] - rate))
      nearest = i;
  bs_player_set_rate (self->player, bs_rates[CLAMP (nearest + steps, 0, BS_N_RATES - 1)]);
}

static void
slower_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  change_rate_by (user_data, -1);
}

static void
faster_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  change_rate_by (user_data, 1);
}

static void
rate_normal_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bs_player_set_rate (BS_STAGE (user_data)->player, 1);
}

static void
change_fullscreen_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  GtkWindow *window = GTK_WINDOW (BS_STAGE (user_data)->window);

  if (g_variant_get_boolean (value))
    gtk_window_fullscreen (window);
  else
    gtk_window_unfullscreen (window);
}

/* The window manager may refuse, or do it by itself: the state is the window's. */
static void
fullscreened_cb (GtkWindow *window)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), "fullscreen");

  if (action)
    g_simple_action_set_state (G_SIMPLE_ACTION (action),
                               g_variant_new_boolean (gtk_window_is_fullscreen (window)));
}

static const GActionEntry entries[] = {
  { .name = "play", .activate = play_cb },
  { .name = "pause", .activate = pause_cb },
  { .name = "step-forward", .activate = step_forward_cb },
  { .name = "step-back", .activate = step_back_cb },
  { .name = "step-forward-10", .activate = step_forward_10_cb },
  { .name = "step-back-10", .activate = step_back_10_cb },
  { .name = "seek-start", .activate = seek_start_cb },
  { .name = "seek-end", .activate = seek_end_cb },
  { .name = "next-clip", .activate = next_clip_cb },
  { .name = "previous-clip", .activate = previous_clip_cb },
  { .name = "loop", .state = "false", .change_state = change_loop_cb },
  { .name = "loop-start", .activate = loop_start_cb },
  { .name = "loop-end", .activate = loop_end_cb },
  { .name = "loop-clear", .activate = loop_clear_cb },
  { .name = "slower", .activate = slower_cb },
  { .name = "faster", .activate = faster_cb },
  { .name = "rate-normal", .activate = rate_normal_cb },
  { .name = "fullscreen", .state = "false", .change_state = change_fullscreen_cb },
};

typedef enum {
  OF_PLAYER,
  OF_OVERLAY,
} ActionOwner;

/* Actions that are a property of an object, so that both always agree. */
static const struct {
  const char *name;
  ActionOwner owner;
  const char *property;
} property_entries[] = {
  { "rate", OF_PLAYER, "rate" },
  { "mute", OF_PLAYER, "muted" },
  { "overlay", OF_OVERLAY, "shown" },
  { "overlay-probabilities", OF_OVERLAY, "probabilities-shown" },
  { "overlay-decision", OF_OVERLAY, "decision-shown" },
  { "overlay-why", OF_OVERLAY, "why-shown" },
  { "overlay-ablation", OF_OVERLAY, "ablation-shown" },
};

static void
enable (BsStage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->window), name);

  if (action)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * bs_stage_update_actions:
 * @self: a stage
 *
 * Enables what can be done now.
 */
void
bs_stage_update_actions (BsStage *self)
{
  static const char *const of_clip[] = { "play",       "pause",           "step-forward",
                                         "step-back",  "step-forward-10", "step-back-10",
                                         "seek-start", "seek-end",        "loop-start",
                                         "loop-end" };
  gboolean open = is_open (self);

  if (!self->window)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (of_clip); i++)
    enable (self, of_clip[i], open);
  enable (self, "loop-clear", self->looping || self->loop_from_ns >= 0 || self->loop_to_ns >= 0);
  enable (self, "next-clip", bs_clip_selection_get_neighbour (self->selection, 1) >= 0);
  enable (self, "previous-clip", bs_clip_selection_get_neighbour (self->selection, -1) >= 0);
}

/**
 * bs_stage_apply_loop:
 * @self: a stage
 *
 * Makes the player loop between the points that were set, or over the whole clip.
 */
void
bs_stage_apply_loop (BsStage *self)
{
  gint64 duration = bs_player_get_duration_ns (self->player);

  if (!is_open (self))
    return;
  if (self->looping && duration > 0)
    bs_player_set_loop (self->player, MAX (self->loop_from_ns, 0),
                        self->loop_to_ns >= 0 ? self->loop_to_ns : duration);
  else
    bs_player_clear_loop (self->player);
}

/**
 * bs_stage_forget_loop:
 * @self: a stage
 *
 * Drops the loop's points, which mean nothing in another clip. Looping itself goes on.
 */
void
bs_stage_forget_loop (BsStage *self)
{
  self->loop_from_ns = self->loop_to_ns = -1;
}

/**
 * bs_stage_add_actions:
 * @self: a stage with a workspace
 * @window: the window it stands in
 *
 * Adds the clip's actions to @window, and its keys.
 */
void
bs_stage_add_actions (BsStage *self, GtkApplicationWindow *window)
{
  GActionMap *map = G_ACTION_MAP (window);

  g_return_if_fail (BS_IS_STAGE (self) && self->workspace && !self->window);
  g_set_weak_pointer (&self->window, GTK_WIDGET (window));
  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (property_entries); i++) {
    gpointer owner =
      property_entries[i].owner == OF_PLAYER ? (gpointer) self->player : (gpointer) self->overlay;
    g_autoptr (GPropertyAction) action =
      g_property_action_new (property_entries[i].name, owner, property_entries[i].property);

    g_action_map_add_action (map, G_ACTION (action));
  }
  g_signal_connect (window, "notify::fullscreened", G_CALLBACK (fullscreened_cb), NULL);
  bs_stage_add_keys (self->window);
  bs_stage_update_actions (self);
}

/**
 * bs_stage_remove_actions:
 * @self: a stage
 *
 * Takes its actions from the window: a stage that is gone cannot carry them out.
 */
void
bs_stage_remove_actions (BsStage *self)
{
  if (!self->window)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->window), entries[i].name);
  for (guint i = 0; i < G_N_ELEMENTS (property_entries); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->window), property_entries[i].name);
  g_clear_weak_pointer (&self->window);
}
