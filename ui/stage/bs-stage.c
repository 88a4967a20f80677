/* SPDX-License-Identifier: MIT */
/* The middle of the window: which clip is open, and what follows what. The workspace says which
 * clip and which thresholds, the player which picture is on show. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "data/base/bs-visible.h"
#include "ui/chart/bs-chart-actions.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/common/bs-workspace-property.h"
#include "ui/session/bs-why.h"
#include "ui/stage/bs-stage-private.h"

G_DEFINE_FINAL_TYPE (BsStage, bs_stage, GTK_TYPE_WIDGET)

static const BsClip *
current_clip (BsStage *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  int clip = bs_clip_selection_get_clip (self->selection);

  return metadata && clip >= 0 ? bs_metadata_clip (metadata, (gsize) clip) : NULL;
}

static void
name_picture (BsStage *self, const BsClip *clip)
{
  g_autofree char *seen = clip ? bs_visible_dup (clip->filename) : NULL;
  /* Translators: name of a clip */
  g_autofree char *name =
    clip ? g_strdup_printf (_ ("Picture of %s"), seen) : g_strdup (_ ("No picture"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->video), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
show_facts (BsStage *self)
{
  const BsClip *clip = current_clip (self);
  int index = bs_clip_selection_get_clip (self->selection);
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  gboolean is_given = cases && cases->fixed;
  g_autofree char *given = NULL;
  BsOverlayFacts facts;

  bs_chart_actions_set_enabled (
    self->probability_actions,
    clip && bs_threshold_state_get_probabilities (self->thresholds, index) != NULL);
  if (!clip) {
    bs_overlay_set_facts (self->overlay, NULL);
    return;
  }
  if (is_given)
    given = bs_why_given (bs_workspace_get_run (self->workspace), clip->fold);
  facts = (BsOverlayFacts){
    .probabilities = bs_threshold_state_get_probabilities (self->thresholds, index),
    .decision = bs_threshold_state_get_decision (self->thresholds, index),
    .pair = bs_threshold_state_get_pair_of_clip (self->thresholds, index),
    .label = clip->label,
    .given = given,
    .synthetic = bs_corpus_is_demo (bs_workspace_get_corpus (self->workspace)),
  };
  bs_overlay_set_facts (self->overlay, &facts);
  bs_timeline_view_set_alpha (self->timeline,
                              facts.probabilities && !is_given ? facts.pair.alpha : NAN);
}

/**
 * bs_stage_follow_playhead:
 * @self: a stage
 *
 * Sets the moving bars to what is believed at the picture on show.
 */
void
bs_stage_follow_playhead (BsStage *self)
{
  const BsPredictionTrack *track = bs_timeline_view_get_track (self->timeline);
  double now[BS_N_EMOTIONS];

  if (!track) {
    bs_overlay_set_now (self->overlay, NULL);
    return;
  }
  bs_prediction_track_at (track, (double) bs_player_get_position_ns (self->player) / 1e9, now);
  bs_overlay_set_now (self->overlay, now);
}

/* What cannot be had of the clip: a file that breaks off is played as far as it goes. */
static void
show_remark (BsStage *self)
{
  const GPtrArray *notices = bs_player_get_notices (self->player);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; notices && i < notices->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (notices, i));
  gtk_label_set_text (self->remark, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->remark), text->len > 0);
}

static void
close_clip (BsStage *self)
{
  bs_stage_drop_jobs (self);
  bs_player_close (self->player);
  show_remark (self);
  g_clear_pointer (&self->path, g_free);
  bs_stage_forget_loop (self);
  bs_timeline_view_take_waveform (self->timeline, NULL);
  bs_timeline_view_take_track (self->timeline, NULL);
  bs_timeline_view_blank_attention (self->timeline);
  bs_timeline_view_set_note (self->timeline, NULL);
  bs_overlay_set_now (self->overlay, NULL);
}

/**
 * bs_stage_open_path:
 * @self: a stage
 * @path: of the clip
 *
 * Opens the clip; it plays as soon as it can.
 */
void
bs_stage_open_path (BsStage *self, const char *path)
{
  g_free (self->path);
  self->path = g_strdup (path);
  bs_video_view_set_note (self->video, BS_VIDEO_NOTE_LOADING, NULL);
  bs_player_open (self->player, path);
  bs_player_play (self->player);
}

static void
open_clip (BsStage *self)
{
  const BsClip *clip = current_clip (self);
  g_autofree char *path = NULL;
  g_autofree char *sentence = NULL;

  close_clip (self);
  name_picture (self, clip);
  bs_stage_show_title (self, clip);
  show_facts (self);
  if (!clip) {
    bs_video_view_set_note (self->video, BS_VIDEO_NOTE_NO_CLIP, NULL);
    return;
  }
  path = bs_corpus_dup_clip_path (bs_workspace_get_corpus (self->workspace),
                                  (gsize) bs_clip_selection_get_clip (self->selection));
  if (path) {
    bs_stage_open_path (self, path);
  } else if (bs_workspace_get_clip_maker (self->workspace) != NULL) {
    bs_video_view_set_note (self->video, BS_VIDEO_NOTE_DRAWING, NULL);
    bs_stage_draw_clip (self);
  } else {
    g_autofree char *name = bs_visible_dup (clip->filename);
    /* Translators: name of a clip */
    sentence = g_strdup_printf (_ ("There is no video named “%s” below the corpus folder. What is "
                                   "known of the clip is shown all the same."),
                                name);
    bs_video_view_set_note (self->video, BS_VIDEO_NOTE_MISSING, sentence);
  }
}

/**
 * bs_stage_clip_drawn:
 * @self: a stage
 * @error: (nullable): why the clip could not be drawn
 *
 * Goes on with the clip that was waited for.
 */
void
bs_stage_clip_drawn (BsStage *self, const GError *error)
{
  g_autofree char *path = NULL;

  if (!error)
    path = bs_corpus_dup_clip_path (bs_workspace_get_corpus (self->workspace),
                                    (gsize) bs_clip_selection_get_clip (self->selection));
  if (path)
    bs_stage_open_path (self, path);
  else
    bs_video_view_set_note (self->video, BS_VIDEO_NOTE_FAILED, error ? error->message : NULL);
}

static void
clip_loaded_cb (BsStage *self)
{
  if (!bs_player_has_picture (self->player))
    bs_video_view_set_note (self->video, BS_VIDEO_NOTE_SOUND_ONLY,
                            bs_player_get_problem (self->player));
  show_remark (self);
  bs_stage_apply_loop (self);
  bs_stage_update_actions (self);
  if (bs_player_has_sound (self->player))
    bs_stage_fetch_waveform (self);
  bs_stage_fetch_track (self);
  bs_stage_fetch_attention (self);
  bs_stage_draw_neighbours (self);
}

static void
state_cb (BsStage *self)
{
  if (bs_player_get_state (self->player) == BS_PLAYER_FAILED)
    bs_video_view_set_note (self->video, BS_VIDEO_NOTE_FAILED,
                            bs_player_get_problem (self->player));
  bs_stage_update_actions (self);
}

static void
clip_changed_cb (BsStage *self)
{
  open_clip (self);
  bs_stage_fetch_ablation (self);
  bs_stage_update_actions (self);
}

/* The same corpus with more in it may have what was missing. */
static void
corpus_changed_cb (BsStage *self)
{
  BsVideoNote note = bs_video_view_get_note (self->video);

  if (note == BS_VIDEO_NOTE_MISSING || note == BS_VIDEO_NOTE_NO_CLIP)
    open_clip (self);
  else
    show_facts (self);
  bs_stage_fetch_ablation (self);
}

static void
run_changed_cb (BsStage *self)
{
  show_facts (self);
  bs_stage_fetch_track (self);
  bs_stage_fetch_attention (self);
  bs_stage_fetch_ablation (self);
}

/* The second click of two takes back what the first one did. */
static void
picture_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, BsStage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.play", NULL);
  if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.fullscreen", NULL);
}

static void
show_menu (BsStage *self, double x, double y)
{
  const GdkRectangle at = { (int) x, (int) y, 1, 1 };

  gtk_popover_set_pointing_to (self->menu, &at);
  gtk_popover_popup (self->menu);
}

static void
picture_menu_cb (GtkGestureClick *gesture, int n_press, double x, double y, BsStage *self)
{
  double stage_x, stage_y;

  if (gtk_widget_translate_coordinates (self->picture, GTK_WIDGET (self), x, y, &stage_x, &stage_y))
    show_menu (self, stage_x, stage_y);
}

static void
menu_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BsStage *self = BS_STAGE (widget);

  show_menu (self, gtk_widget_get_width (self->picture) / 2.0,
             gtk_widget_get_height (self->picture) / 2.0);
}

/* The bars stand over the picture, so what can be done with them is in the picture's menu. */
static void
add_chart_menus (BsStage *self)
{
  BsChartView *track = bs_overlay_get_track (self->overlay);
  g_autoptr (GMenuModel) items = bs_chart_actions_menu ();

  bs_chart_menu_set_chart (self->timeline_menu, BS_CHART_VIEW (self->timeline), self->workspace);
  self->probability_actions = bs_chart_actions_new (track, self->workspace);
  gtk_widget_insert_action_group (GTK_WIDGET (self->menu), "chart",
                                  G_ACTION_GROUP (self->probability_actions));
  g_menu_append_submenu (self->metrics_section, _ ("E_xport the Probabilities"), items);
}

static void
take_workspace (gpointer widget, BsWorkspace *workspace)
{
  BsStage *self = BS_STAGE (widget);
  self->workspace = g_object_ref (workspace);
  self->thresholds = bs_workspace_get_thresholds (workspace);
  self->selection = bs_workspace_get_selection (workspace);
  add_chart_menus (self);
  g_signal_connect_swapped (self->selection, "notify::clip", G_CALLBACK (clip_changed_cb), self);
  g_signal_connect_swapped (workspace, "notify::corpus", G_CALLBACK (corpus_changed_cb), self);
  g_signal_connect_swapped (workspace, "notify::run", G_CALLBACK (run_changed_cb), self);
  g_signal_connect_swapped (self->thresholds, "notify::metrics", G_CALLBACK (show_facts), self);
  g_signal_connect_swapped (self->selection, "notify::order", G_CALLBACK (bs_stage_update_actions),
                            self);
  clip_changed_cb (self);
}

static void
bs_stage_dispose (GObject *object)
{
  BsStage *self = BS_STAGE (object);

  bs_stage_remove_actions (self);
  if (self->workspace) {
    g_signal_handlers_disconnect_by_data (self->workspace, self);
    g_signal_handlers_disconnect_by_data (self->selection, self);
    g_signal_handlers_disconnect_by_data (self->thresholds, self);
    bs_stage_drop_jobs (self);
  }
  if (self->player) {
    g_signal_handlers_disconnect_by_data (self->player, self);
    bs_player_close (self->player);
  }
  bs_gtk48_compat_dispose (object, BS_TYPE_STAGE);
  g_clear_object (&self->player);
  g_clear_object (&self->probability_actions);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (bs_stage_parent_class)->dispose (object);
}

static void
bs_stage_class_init (BsStageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bs_stage_dispose;
  bs_workspace_property_install (G_OBJECT_CLASS (klass), take_workspace);
  g_type_ensure (BS_TYPE_ADAPTIVE_BIN);
  g_type_ensure (BS_TYPE_LABEL_GLYPH);
  g_type_ensure (BS_TYPE_VIDEO_VIEW);
  g_type_ensure (BS_TYPE_OVERLAY);
  g_type_ensure (BS_TYPE_TRANSPORT);
  g_type_ensure (BS_TYPE_TIMELINE_VIEW);
  g_type_ensure (BS_TYPE_CHART_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-stage.ui");
  gtk_widget_class_bind_template_child (widget_class, BsStage, room);
  gtk_widget_class_bind_template_child (widget_class, BsStage, box);
  gtk_widget_class_bind_template_child (widget_class, BsStage, title_texts);
  gtk_widget_class_bind_template_child (widget_class, BsStage, label_glyph);
  gtk_widget_class_bind_template_child (widget_class, BsStage, clip_name);
  gtk_widget_class_bind_template_child (widget_class, BsStage, clip_origin);
  gtk_widget_class_bind_template_child (widget_class, BsStage, clip_label);
  gtk_widget_class_bind_template_child (widget_class, BsStage, rows);
  gtk_widget_class_bind_template_child (widget_class, BsStage, time_card);
  gtk_widget_class_bind_template_child (widget_class, BsStage, picture);
  gtk_widget_class_bind_template_child (widget_class, BsStage, menu);
  gtk_widget_class_bind_template_child (widget_class, BsStage, remark);
  gtk_widget_class_bind_template_child (widget_class, BsStage, video);
  gtk_widget_class_bind_template_child (widget_class, BsStage, overlay);
  gtk_widget_class_bind_template_child (widget_class, BsStage, transport);
  gtk_widget_class_bind_template_child (widget_class, BsStage, timeline);
  gtk_widget_class_bind_template_child (widget_class, BsStage, timeline_menu);
  gtk_widget_class_bind_template_child (widget_class, BsStage, metrics_section);
  gtk_widget_class_bind_template_callback (widget_class, picture_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, picture_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, bs_stage_reshape);
  gtk_widget_class_install_action (widget_class, "stage.menu", NULL, menu_action);
}

static void
bs_stage_init (BsStage *self)
{
  self->loop_from_ns = self->loop_to_ns = -1;
  self->player = bs_player_new ();
  bs_gtk48_compat_init (self);
  g_signal_connect_swapped (self->player, "clip-loaded", G_CALLBACK (clip_loaded_cb), self);
  g_signal_connect_swapped (self->player, "notify::state", G_CALLBACK (state_cb), self);
  g_signal_connect_swapped (self->player, "notify::position-ns",
                            G_CALLBACK (bs_stage_follow_playhead), self);
  g_signal_connect_swapped (self->overlay, "notify::ablation-shown",
                            G_CALLBACK (bs_stage_fetch_ablation), self);
  bs_video_view_set_player (self->video, self->player);
  bs_transport_set_player (self->transport, self->player);
  bs_timeline_view_set_player (self->timeline, self->player);
}

/**
 * bs_stage_new:
 *
 * Returns: (transfer floating): a stage; it needs a workspace before it is of use
 */
GtkWidget *
bs_stage_new (void)
{
  return g_object_new (BS_TYPE_STAGE, NULL);
}

/**
 * bs_stage_bind_settings:
 * @self: a stage
 * @settings: the program's settings
 *
 * Keeps volume and overlay from one start to the next.
 */
void
bs_stage_bind_settings (BsStage *self, GSettings *settings)
{
  g_return_if_fail (BS_IS_STAGE (self));
  bs_overlay_bind_settings (self->overlay, settings);
  g_settings_bind (settings, "volume", self->player, "volume", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "muted", self->player, "muted", G_SETTINGS_BIND_DEFAULT);
}

/**
 * bs_stage_get_player:
 * @self: a stage
 *
 * Returns: (transfer none): what plays the clip
 */
BsPlayer *
bs_stage_get_player (BsStage *self)
{
  g_return_val_if_fail (BS_IS_STAGE (self), NULL);
  return self->player;
}

/**
 * bs_stage_get_video:
 * @self: a stage
 *
 * Returns: (transfer none): the picture
 */
BsVideoView *
bs_stage_get_video (BsStage *self)
{
  g_return_val_if_fail (BS_IS_STAGE (self), NULL);
  return self->video;
}

/**
 * bs_stage_get_overlay:
 * @self: a stage
 *
 * Returns: (transfer none): the panels over the picture
 */
BsOverlay *
bs_stage_get_overlay (BsStage *self)
{
  g_return_val_if_fail (BS_IS_STAGE (self), NULL);
  return self->overlay;
}

/**
 * bs_stage_get_timeline:
 * @self: a stage
 *
 * Returns: (transfer none): sound and track over time
 */
BsTimelineView *
bs_stage_get_timeline (BsStage *self)
{
  g_return_val_if_fail (BS_IS_STAGE (self), NULL);
  return self->timeline;
}
