/* SPDX-License-Identifier: MIT */
/* Sound, probabilities and attention over the time of the clip. Unlike other charts it keeps what
 * does not move as a render node, so that a picture more of a playing clip costs the playhead's
 * pixels and no more. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ui/session/bs-label-text.h"
#include "ui/stage/bs-timeline-view-private.h"
#include "ui/stage/bs-transport.h"
#include "viz/chart/bs-timeline.h"

#define NATURAL_HEIGHT_PX 148
#define MIN_HEIGHT_PX 96
/* Lanes that the timeline grows for; more share their place, as it is the picture's. */
#define MOST_LANES 3
#define WEIGHT_DECIMALS 4
#define PLAYHEAD_REACH_PX 6
#define BIG_STEP_FRAMES 10
/* How often a playing clip tells assistive tools its time. */
#define TELL_EVERY_US (500 * 1000)

struct _BsTimelineView {
  BsChartView parent_instance;

  BsPlayer *player;
  BsWaveform *waveform;
  BsPredictionTrack *track;
  BsAttentionTrace *attention;
  GArray *lanes; /* of BsTimelineLane: what is drawn of the attention */
  char *note;
  double alpha;

  GskRenderNode *standing; /* all but playhead and pointer; NULL when it has to be drawn anew */
  double hover_x, hover_y; /* x is NaN where the pointer is elsewhere */
  BsTimelinePart held;
  gboolean play_after;
  gint64 told_us;
};

G_DEFINE_FINAL_TYPE (BsTimelineView, bs_timeline_view, BS_TYPE_CHART_VIEW)

static const BsChartTheme *
theme_of (BsTimelineView *self)
{
  return bs_chart_view_get_theme (BS_CHART_VIEW (self));
}

static double
seconds (gint64 ns)
{
  return (double) ns / 1e9;
}

static BsTimeline
describe (BsTimelineView *self)
{
  BsTimeline timeline;
  gint64 from_ns, to_ns;

  bs_timeline_init (&timeline);
  timeline.sound_label = _ ("sound");
  /* Translators: name of a lane; a narrow place, at most a dozen letters */
  timeline.probability_label = _ ("probabilities");
  timeline.probability_note = self->note;
  timeline.ends_note = _ ("no whole window");
  timeline.alpha = self->alpha;
  if (!self->player || bs_player_get_duration_ns (self->player) <= 0)
    return timeline;
  timeline.duration_s = seconds (bs_player_get_duration_ns (self->player));
  timeline.playhead_s = seconds (bs_player_get_position_ns (self->player));
  if (bs_player_get_loop (self->player, &from_ns, &to_ns)) {
    timeline.loop_from_s = seconds (from_ns);
    timeline.loop_to_s = seconds (to_ns);
  }
  if (self->waveform) {
    timeline.n_columns = self->waveform->n;
    timeline.low = self->waveform->low;
    timeline.high = self->waveform->high;
    timeline.sound_s = self->waveform->duration_s;
  }
  if (self->track) {
    timeline.n_windows = self->track->n;
    timeline.centre_s = self->track->centre_s;
    timeline.p = (const double (*)[BS_N_EMOTIONS]) self->track->p;
  }
  timeline.n_lanes = self->lanes->len;
  timeline.lanes = (const BsTimelineLane *) (gpointer) self->lanes->data;
  return timeline;
}

static void
redraw (BsTimelineView *self)
{
  g_clear_pointer (&self->standing, gsk_render_node_unref);
  bs_chart_view_changed (BS_CHART_VIEW (self));
}

static void
draw (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  BsTimeline timeline = describe (BS_TIMELINE_VIEW (view));

  bs_timeline_draw (&timeline, cr, width, height, theme);
}

static void
draw_marks (BsChartView *view, cairo_t *cr, double width, double height, const BsChartTheme *theme)
{
  BsTimeline timeline = describe (BS_TIMELINE_VIEW (view));

  bs_timeline_draw_playhead (&timeline, cr, width, height, theme);
}

static BsTable *
make_table (BsChartView *view)
{
  BsTimeline timeline = describe (BS_TIMELINE_VIEW (view));

  return bs_timeline_table (&timeline);
}

static GskRenderNode *
draw_standing (BsTimelineView *self, const BsTimeline *timeline, int width, int height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  bs_timeline_draw (timeline, cr, width, height, theme_of (self));
  cairo_destroy (cr);
  return gtk_snapshot_free_to_node (snapshot);
}

static gint64
time_at (BsTimelineView *self, const BsTimeline *timeline, double x)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  return (gint64) (bs_timeline_time (timeline, width, height, theme_of (self), x) * 1e9);
}

static char *
describe_time (BsTimelineView *self, gint64 time_ns)
{
  g_autofree char *time = bs_transport_format_time (time_ns);
  int frame = bs_player_find_frame (self->player, time_ns);

  if (frame < 0)
    return g_steal_pointer (&time);
  /* Translators: time in the clip, number of the picture from 1 */
  return g_strdup_printf (_ ("%s, frame %d"), time, frame + 1);
}

static char *
describe_weight (BsTimelineView *self, guint lane, gint64 time_ns)
{
  const BsTimelineLane *drawn = &g_array_index (self->lanes, BsTimelineLane, lane);
  const BsAttentionLane *of = &self->attention->lanes[lane];
  gssize row = bs_attention_lane_find (of, seconds (time_ns));
  char text[BS_NUMBER_SIZE];

  bs_number_for (text, row >= 0 ? of->weight[row] : of->branch_weight, WEIGHT_DECIMALS,
                 bs_label_text_decimal_point ());
  /* Translators: name of an encoder, weight of attention */
  return g_strdup_printf (_ ("%s: attention %s"), drawn->header, text);
}

static char *
describe_hover (BsTimelineView *self, const BsTimeline *timeline, int width, int height)
{
  gint64 time_ns = time_at (self, timeline, self->hover_x);
  int lane = bs_timeline_lane_at (timeline, width, height, theme_of (self), self->hover_y);
  g_autofree char *time = describe_time (self, time_ns);
  g_autofree char *weight = NULL;

  if ((lane < 0 || !self->attention) && !bs_timeline_has_window (timeline, seconds (time_ns)))
    return g_strdup_printf (_ ("%s\na window centred here would reach beyond the clip"), time);
  if (lane < 0 || !self->attention)
    return g_steal_pointer (&time);
  weight = describe_weight (self, (guint) lane, time_ns);
  return g_strdup_printf ("%s · %s", time, weight);
}

static void
draw_hover (BsTimelineView *self, const BsTimeline *timeline, GtkSnapshot *snapshot, int width,
            int height)
{
  const BsChartTheme *theme = theme_of (self);
  BsRect plot = bs_timeline_plot (timeline, width, height, theme);
  g_autofree char *text = describe_hover (self, timeline, width, height);
  double x = CLAMP (self->hover_x, plot.x, plot.x + plot.width);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  BsPainter *painter = bs_painter_new (cr, theme);

  cairo_rectangle (cr, x - .5, plot.y, 1, plot.height);
  bs_color_set_alpha (cr, theme->text, .5);
  cairo_fill (cr);
  bs_painter_bubble (painter, width, height, x, 0, text);
  bs_painter_free (painter);
  cairo_destroy (cr);
}

static void
bs_timeline_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BsTimelineView *self = BS_TIMELINE_VIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  const BsChartTheme *theme = theme_of (self);
  BsTimeline timeline = describe (self);
  cairo_t *cr;
  double x;

  if (!(timeline.duration_s > 0))
    return;
  if (!self->standing)
    self->standing = draw_standing (self, &timeline, width, height);
  if (self->standing)
    gtk_snapshot_append_node (snapshot, self->standing);
  x = floor (bs_timeline_x (&timeline, width, height, theme, timeline.playhead_s));
  cr =
    gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x - PLAYHEAD_REACH_PX, 0,
                                                              2 * PLAYHEAD_REACH_PX + 1, height));
  bs_timeline_draw_playhead (&timeline, cr, width, height, theme);
  cairo_destroy (cr);
  if (isfinite (self->hover_x))
    draw_hover (self, &timeline, snapshot, width, height);
}

static void
bs_timeline_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  g_clear_pointer (&BS_TIMELINE_VIEW (widget)->standing, gsk_render_node_unref);
}

static void
bs_timeline_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  int lanes = (int) (MIN (BS_TIMELINE_VIEW (widget)->lanes->len, MOST_LANES) * BS_TIMELINE_LANE_PX);

  *minimum = across ? 200 : MIN_HEIGHT_PX + lanes;
  *natural = across ? 400 : NATURAL_HEIGHT_PX + lanes;
}

static void
tell_value (BsTimelineView *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean playing = bs_player_get_state (self->player) == BS_PLAYER_PLAYING;
  g_autofree char *text = NULL;

  if (playing && now - self->told_us < TELL_EVERY_US)
    return;
  self->told_us = now;
  text = describe_time (self, bs_player_get_position_ns (self->player));
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
    GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, seconds (bs_player_get_duration_ns (self->player)),
    GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, seconds (bs_player_get_position_ns (self->player)),
    GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
position_cb (BsTimelineView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  tell_value (self);
}

static void
clip_cb (BsTimelineView *self)
{
  redraw (self);
  tell_value (self);
}

static void
move_hold (BsTimelineView *self, double x)
{
  BsTimeline timeline = describe (self);
  gint64 time = time_at (self, &timeline, x), from, to;

  if (self->held == BS_TIMELINE_TIME || self->held == BS_TIMELINE_PLAYHEAD) {
    bs_player_seek (self->player, time);
    return;
  }
  if (!bs_player_get_loop (self->player, &from, &to))
    return;
  if (self->held == BS_TIMELINE_LOOP_FROM && time < to)
    bs_player_set_loop (self->player, time, to);
  if (self->held == BS_TIMELINE_LOOP_TO && time > from)
    bs_player_set_loop (self->player, from, time);
}

static BsTimelinePart
part_at (BsTimelineView *self, double x, double y)
{
  BsTimeline timeline = describe (self);

  return bs_timeline_hit (&timeline, gtk_widget_get_width (GTK_WIDGET (self)),
                          gtk_widget_get_height (GTK_WIDGET (self)), theme_of (self), x, y);
}

static void
take_hold (BsTimelineView *self, const BsChartPress *press)
{
  self->held = self->player ? part_at (self, press->x, press->y) : BS_TIMELINE_NOTHING;
  if (self->held == BS_TIMELINE_NOTHING)
    return;
  self->play_after = bs_player_get_state (self->player) == BS_PLAYER_PLAYING;
  if (self->play_after)
    bs_player_pause (self->player);
  move_hold (self, press->x);
}

static void
let_go (BsTimelineView *self)
{
  if (self->held != BS_TIMELINE_NOTHING && self->play_after)
    bs_player_play (self->player);
  self->held = BS_TIMELINE_NOTHING;
}

static void
press (BsChartView *view, const BsChartPress *press)
{
  BsTimelineView *self = BS_TIMELINE_VIEW (view);

  if (press->phase == BS_CHART_DRAG_BEGIN) {
    take_hold (self, press);
  } else if (press->phase == BS_CHART_DRAG_UPDATE && self->held != BS_TIMELINE_NOTHING) {
    self->hover_x = press->x;
    self->hover_y = press->y;
    move_hold (self, press->x);
  } else if (press->phase == BS_CHART_DRAG_END || press->phase == BS_CHART_DRAG_CLICK) {
    let_go (self);
  }
}

static void
point (BsChartView *view, double x, double y)
{
  BsTimelineView *self = BS_TIMELINE_VIEW (view);
  BsTimelinePart part = isfinite (x) ? part_at (self, x, y) : BS_TIMELINE_NOTHING;
  gboolean handle =
    part == BS_TIMELINE_LOOP_FROM || part == BS_TIMELINE_LOOP_TO || part == BS_TIMELINE_PLAYHEAD;

  self->hover_x = part == BS_TIMELINE_NOTHING ? NAN : x;
  self->hover_y = y;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), handle ? "col-resize" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key (BsChartView *view, guint keyval, GdkModifierType state)
{
  BsTimelineView *self = BS_TIMELINE_VIEW (view);
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  int step = modifiers == GDK_SHIFT_MASK ? BIG_STEP_FRAMES : 1;

  if (!self->player || (modifiers & ~GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (keyval) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    bs_player_step (self->player, -step);
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    bs_player_step (self->player, step);
    return GDK_EVENT_STOP;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    bs_player_step (self->player, -BIG_STEP_FRAMES);
    return GDK_EVENT_STOP;
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    bs_player_step (self->player, BIG_STEP_FRAMES);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
release_player (BsTimelineView *self)
{
  if (self->player)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
}

static void
bs_timeline_view_dispose (GObject *object)
{
  release_player (BS_TIMELINE_VIEW (object));
  G_OBJECT_CLASS (bs_timeline_view_parent_class)->dispose (object);
}

static void
bs_timeline_view_finalize (GObject *object)
{
  BsTimelineView *self = BS_TIMELINE_VIEW (object);

  g_clear_pointer (&self->standing, gsk_render_node_unref);
  g_clear_pointer (&self->waveform, bs_waveform_free);
  g_clear_pointer (&self->track, bs_prediction_track_free);
  g_clear_pointer (&self->attention, bs_attention_trace_free);
  g_clear_pointer (&self->lanes, g_array_unref);
  g_free (self->note);
  G_OBJECT_CLASS (bs_timeline_view_parent_class)->finalize (object);
}

static void
bs_timeline_view_class_init (BsTimelineViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BsChartViewClass *chart_class = BS_CHART_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bs_timeline_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = bs_timeline_view_finalize;
  widget_class->snapshot = bs_timeline_view_snapshot;
  widget_class->measure = bs_timeline_view_measure;
  widget_class->size_allocate = bs_timeline_view_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_widget_class_set_css_name (widget_class, "bs-timeline");
  chart_class->draw = draw;
  chart_class->draw_marks = draw_marks;
  chart_class->make_table = make_table;
  chart_class->point = point;
  chart_class->press = press;
  chart_class->key = key;
}

static void
clear_lane (gpointer data)
{
  BsTimelineLane *lane = data;

  g_free ((char *) lane->name);
  g_free ((char *) lane->header);
}

static void
say_what_is_there (BsTimelineView *self)
{
  bs_chart_view_set_words (BS_CHART_VIEW (self), _ ("Timeline"),
                           self->lanes->len > 0
                             ? _ ("Sound, probabilities and attention over the time of the clip.")
                             : _ ("Sound and probabilities over the time of the clip."));
}

static void
bs_timeline_view_init (BsTimelineView *self)
{
  self->alpha = NAN;
  self->hover_x = NAN;
  self->lanes = g_array_new (FALSE, FALSE, sizeof (BsTimelineLane));
  g_array_set_clear_func (self->lanes, clear_lane);
  say_what_is_there (self);
}

/**
 * bs_timeline_view_set_player:
 * @self: a timeline
 * @player: (nullable): whose time it shows and sets
 */
void
bs_timeline_view_set_player (BsTimelineView *self, BsPlayer *player)
{
  g_return_if_fail (BS_IS_TIMELINE_VIEW (self));
  release_player (self);
  if (player) {
    self->player = g_object_ref (player);
    g_signal_connect_swapped (player, "notify::position-ns", G_CALLBACK (position_cb), self);
    g_signal_connect_swapped (player, "notify::state", G_CALLBACK (clip_cb), self);
    g_signal_connect_swapped (player, "notify::loop", G_CALLBACK (clip_cb), self);
    g_signal_connect_swapped (player, "clip-loaded", G_CALLBACK (clip_cb), self);
  }
  redraw (self);
}

/**
 * bs_timeline_view_take_waveform:
 * @self: a timeline
 * @waveform: (nullable) (transfer full): the clip's sound
 */
void
bs_timeline_view_take_waveform (BsTimelineView *self, BsWaveform *waveform)
{
  g_return_if_fail (BS_IS_TIMELINE_VIEW (self));
  g_clear_pointer (&self->waveform, bs_waveform_free);
  self->waveform = waveform;
  redraw (self);
}

/**
 * bs_timeline_view_take_track:
 * @self: a timeline
 * @track: (nullable) (transfer full): the probabilities over time
 */
void
bs_timeline_view_take_track (BsTimelineView *self, BsPredictionTrack *track)
{
  g_return_if_fail (BS_IS_TIMELINE_VIEW (self));
  g_clear_pointer (&self->track, bs_prediction_track_free);
  self->track = track;
  redraw (self);
}

/* The largest weight of a network fills a lane's height, so that its lanes can be compared. */
static double
largest_weight (const BsAttentionTrace *attention, const BsAttentionLane *like)
{
  double largest = 0;

  for (guint i = 0; i < attention->n_lanes; i++) {
    const BsAttentionLane *lane = &attention->lanes[i];

    for (gsize t = 0; t < lane->n && g_strcmp0 (lane->branch, like->branch) == 0; t++)
      largest = MAX (largest, lane->weight[t]);
  }
  return largest;
}

/* An encoder has one colour in all lanes. */
static guint
first_lane_of (const BsAttentionTrace *attention, const char *encoder)
{
  guint first = 0;

  while (strcmp (attention->lanes[first].encoder, encoder) != 0)
    first++;
  return first;
}

/* Of a fusion that has a branch of all encoders beside each encoder's own the lanes of the former
 * have a sign before their names. */
static BsTimelineLane
lane_of (const BsAttentionTrace *attention, guint i)
{
  const BsAttentionLane *lane = &attention->lanes[i];
  gboolean is_joint = g_strcmp0 (lane->branch, "attention") == 0;

  return (BsTimelineLane){
    .name = g_strconcat (is_joint ? "+ " : "", lane->encoder, NULL),
    .header = lane->branch ? g_strdup_printf ("%s (%s)", lane->encoder, lane->branch)
                           : g_strdup (lane->encoder),
    .share = bs_attention_lane_share (lane),
    .n = lane->n,
    .time_s = lane->time_s,
    .weight = lane->weight,
    .full = largest_weight (attention, lane),
    .series = first_lane_of (attention, lane->encoder),
  };
}

/**
 * bs_timeline_view_take_attention:
 * @self: a timeline
 * @attention: (nullable) (transfer full): where the run looked
 */
void
bs_timeline_view_take_attention (BsTimelineView *self, BsAttentionTrace *attention)
{
  guint n_before;

  g_return_if_fail (BS_IS_TIMELINE_VIEW (self));
  n_before = self->lanes->len;
  g_array_set_size (self->lanes, 0);
  g_clear_pointer (&self->attention, bs_attention_trace_free);
  self->attention = attention;
  for (guint i = 0; attention && i < attention->n_lanes; i++) {
    BsTimelineLane lane = lane_of (attention, i);

    g_array_append_val (self->lanes, lane);
  }
  if (self->lanes->len != n_before) {
    say_what_is_there (self);
    gtk_widget_queue_resize (GTK_WIDGET (self));
  }
  redraw (self);
}

/**
 * bs_timeline_view_blank_attention:
 * @self: a timeline
 *
 * Empties the lanes of attention until the next bs_timeline_view_take_attention(): going from
 * clip to clip the timeline keeps its size.
 */
void
bs_timeline_view_blank_attention (BsTimelineView *self)
{
  g_return_if_fail (BS_IS_TIMELINE_VIEW (self));
  for (guint i = 0; i < self->lanes->len; i++) {
    BsTimelineLane *lane = &g_array_index (self->lanes, BsTimelineLane, i);

    lane->n = 0;
    lane->share = NAN;
  }
  g_clear_pointer (&self->attention, bs_attention_trace_free);
  redraw (self);
}

/**
 * bs_timeline_view_get_attention:
 * @self: a timeline
 *
 * Returns: (transfer none) (nullable): where the run looked
 */
const BsAttentionTrace *
bs_timeline_view_get_attention (BsTimelineView *self)
{
  g_return_val_if_fail (BS_IS_TIMELINE_VIEW (self), NULL);
  return self->attention;
}

/**
 * bs_timeline_view_get_track:
 * @self: a timeline
 *
 * Returns: (transfer none) (nullable): what is believed over time
 */
const BsPredictionTrack *
bs_timeline_view_get_track (BsTimelineView *self)
{
  g_return_val_if_fail (BS_IS_TIMELINE_VIEW (self), NULL);
  return self->track;
}

/**
 * bs_timeline_view_set_alpha:
 * @self: a timeline
 * @alpha: the threshold drawn across the probabilities; NaN for none
 */
void
bs_timeline_view_set_alpha (BsTimelineView *self, double alpha)
{
  g_return_if_fail (BS_IS_TIMELINE_VIEW (self));
  if (alpha == self->alpha || (isnan (alpha) && isnan (self->alpha)))
    return; /* as when beta is dragged */
  self->alpha = alpha;
  redraw (self);
}

/**
 * bs_timeline_view_set_note:
 * @self: a timeline
 * @note: (nullable): what the lane of the probabilities says of itself, a few words
 */
void
bs_timeline_view_set_note (BsTimelineView *self, const char *note)
{
  g_return_if_fail (BS_IS_TIMELINE_VIEW (self));
  g_free (self->note);
  self->note = g_strdup (note);
  redraw (self);
}
