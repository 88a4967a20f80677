/* SPDX-License-Identifier: MIT */
/* The picture of a clip, or why there is none. It draws the frame that the player showed last
 * and asks the player for frames no larger than the area, so that scaling is done once, in the
 * pipeline's own threads. */
#include "config.h"

#include <glib/gi18n.h>
#include <gsk/gsk.h>

#include "ui/common/bs-gtk48-compat.h"
#include "ui/stage/bs-frame-painter.h"
#include "ui/stage/bs-video-view-private.h"

#define RADIUS_PX 12
#define MIN_WIDTH_PX 200
#define MIN_HEIGHT_PX 112
#define NATURAL_WIDTH_PX 640
#define NATURAL_HEIGHT_PX 360
/* Opening a clip mostly takes less; a spinner that flashes between two clips only disturbs. */
#define PATIENCE_MS 350
/* While the window is being resized the pipeline need not follow every step. */
#define RESIZE_REST_MS 150

static const GdkRGBA backdrop = { 0.082f, 0.082f, 0.098f, 1.0f };

struct _BsVideoView {
  GtkWidget parent_instance;

  GtkWidget *note_box;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *title;
  GtkLabel *detail;

  BsFramePainter *painter;
  BsPlayer *player;
  BsVideoNote note;
  gboolean fresh;
  guint n_painted;
  guint patience_source;
  guint size_source;
  int natural_height_px;
};

G_DEFINE_FINAL_TYPE (BsVideoView, bs_video_view, GTK_TYPE_WIDGET)

static gboolean
tell_size_cb (gpointer data)
{
  BsVideoView *self = data;
  int scale = gtk_widget_get_scale_factor (data), width = gtk_widget_get_width (data);

  self->size_source = 0;
  if (self->player && width > 0)
    bs_player_set_max_size (self->player, width * scale, gtk_widget_get_height (data) * scale);
  return G_SOURCE_REMOVE;
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BsVideoView *self = BS_VIDEO_VIEW (widget);

  if (gtk_widget_should_layout (self->note_box))
    gtk_widget_allocate (self->note_box, width, height, -1, NULL);
  g_clear_handle_id (&self->size_source, g_source_remove);
  self->size_source = g_timeout_add (RESIZE_REST_MS, tell_size_cb, self);
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  int note = 0;

  gtk_widget_measure (BS_VIDEO_VIEW (widget)->note_box, orientation, for_size, &note, NULL, NULL,
                      NULL);
  *minimum = MAX (note, across ? MIN_WIDTH_PX : MIN_HEIGHT_PX);
  if (across)
    *natural = MAX (*minimum, NATURAL_WIDTH_PX);
  else
    *natural = MAX (*minimum, BS_VIDEO_VIEW (widget)->natural_height_px);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BsVideoView *self = BS_VIDEO_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  gboolean full = GTK_IS_WINDOW (root) && gtk_window_is_fullscreen (GTK_WINDOW (root));

  bs_frame_painter_snapshot (self->painter, snapshot, gtk_widget_get_width (widget),
                             gtk_widget_get_height (widget), gtk_widget_get_scale_factor (widget),
                             full ? 0 : RADIUS_PX, &backdrop);
  if (self->fresh)
    self->n_painted++;
  self->fresh = FALSE;
  gtk_widget_snapshot_child (widget, self->note_box, snapshot);
}

static void
realize (GtkWidget *widget)
{
  BsVideoView *self = BS_VIDEO_VIEW (widget);
  GskRenderer *renderer;

  GTK_WIDGET_CLASS (bs_video_view_parent_class)->realize (widget);
  renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  bs_frame_painter_set_textures (
    self->painter, g_strcmp0 (G_OBJECT_TYPE_NAME (renderer), "GskCairoRenderer") != 0);
}

static void
frame_cb (BsPlayer *player, BsFrame *frame, BsVideoView *self)
{
  if (self->note == BS_VIDEO_NOTE_LOADING)
    bs_video_view_set_note (self, BS_VIDEO_NOTE_NONE, NULL);
  bs_video_view_set_frame (self, frame);
}

static void
release_player (BsVideoView *self)
{
  if (self->player)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
}

static void
dispose (GObject *object)
{
  BsVideoView *self = BS_VIDEO_VIEW (object);

  release_player (self);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  g_clear_handle_id (&self->size_source, g_source_remove);
  bs_gtk48_compat_dispose (object, BS_TYPE_VIDEO_VIEW);
  G_OBJECT_CLASS (bs_video_view_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  bs_frame_painter_free (BS_VIDEO_VIEW (object)->painter);
  G_OBJECT_CLASS (bs_video_view_parent_class)->finalize (object);
}

static void
bs_video_view_class_init (BsVideoViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dispose;
  object_class->finalize = finalize;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;
  widget_class->realize = realize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-video-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BsVideoView, note_box);
  gtk_widget_class_bind_template_child (widget_class, BsVideoView, icon);
  gtk_widget_class_bind_template_child (widget_class, BsVideoView, spinner);
  gtk_widget_class_bind_template_child (widget_class, BsVideoView, title);
  gtk_widget_class_bind_template_child (widget_class, BsVideoView, detail);
  gtk_widget_class_set_css_name (widget_class, "bs-video-view");
}

static void
bs_video_view_init (BsVideoView *self)
{
  self->natural_height_px = NATURAL_HEIGHT_PX;
  self->painter = bs_frame_painter_new ();
  bs_gtk48_compat_init (self);
  bs_video_view_set_note (self, BS_VIDEO_NOTE_NO_CLIP, NULL);
}

/**
 * bs_video_view_set_player:
 * @self: a view
 * @player: (nullable): whose frames are shown
 */
void
bs_video_view_set_player (BsVideoView *self, BsPlayer *player)
{
  g_return_if_fail (BS_IS_VIDEO_VIEW (self));
  release_player (self);
  if (!player)
    return;
  self->player = g_object_ref (player);
  g_signal_connect (player, "frame", G_CALLBACK (frame_cb), self);
  tell_size_cb (self);
}

/**
 * bs_video_view_set_frame:
 * @self: a view
 * @frame: (nullable) (transfer none): the picture to show
 */
void
bs_video_view_set_frame (BsVideoView *self, BsFrame *frame)
{
  BsFrame *old;
  gboolean same_picture;

  g_return_if_fail (BS_IS_VIDEO_VIEW (self));
  old = bs_frame_painter_get_frame (self->painter);
  if (old == frame)
    return;
  /* A picture comes a second time when its number becomes known. */
  same_picture = old && frame && old->pixels == frame->pixels;
  bs_frame_painter_set_frame (self->painter, frame);
  self->fresh |= frame != NULL && !same_picture;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * bs_video_view_get_frame:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the picture on show
 */
BsFrame *
bs_video_view_get_frame (BsVideoView *self)
{
  g_return_val_if_fail (BS_IS_VIDEO_VIEW (self), NULL);
  return bs_frame_painter_get_frame (self->painter);
}

/* Title, icon (%NULL for a spinner) and, where the caller gives none, detail. */
typedef struct {
  const char *title;
  const char *icon;
  const char *detail;
} NoteWords;

static NoteWords
words_of (BsVideoNote note)
{
  switch (note) {
  case BS_VIDEO_NOTE_NONE:
    break;
  case BS_VIDEO_NOTE_NO_CLIP:
    return (NoteWords){ _ ("No clip chosen"), "video-x-generic-symbolic",
                        _ ("Choose a clip in the list, or press N for the first one.") };
  case BS_VIDEO_NOTE_DRAWING:
    return (NoteWords){ _ ("Drawing this synthetic clip…"), NULL, NULL };
  case BS_VIDEO_NOTE_LOADING:
    return (NoteWords){ _ ("Opening the clip…"), NULL, NULL };
  case BS_VIDEO_NOTE_SOUND_ONLY:
    return (NoteWords){ _ ("Sound without a picture"), "bs-sound-symbolic",
                        _ ("This clip has no picture. Its sound plays as usual.") };
  case BS_VIDEO_NOTE_FAILED:
    return (NoteWords){ _ ("This clip cannot be played"), "dialog-warning-symbolic", NULL };
  case BS_VIDEO_NOTE_MISSING:
    return (NoteWords){ _ ("The clip is not there"), "image-missing-symbolic", NULL };
  }
  return (NoteWords){ "", NULL, NULL };
}

static gboolean
patience_cb (gpointer data)
{
  BsVideoView *self = data;

  self->patience_source = 0;
  gtk_widget_set_visible (self->note_box, TRUE);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
show_note (BsVideoView *self, const char *detail)
{
  NoteWords words = words_of (self->note);
  const char *further = detail ? detail : words.detail;

  gtk_label_set_text (self->title, words.title);
  gtk_label_set_text (self->detail, further ? further : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), further != NULL);
  gtk_image_set_from_icon_name (self->icon, words.icon);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), words.icon != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), words.icon == NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  further ? further : words.title, -1);
}

/**
 * bs_video_view_set_natural_height:
 * @self: a view
 * @height_px: what it takes where others have a use for the rest; 0 for the usual
 */
void
bs_video_view_set_natural_height (BsVideoView *self, int height_px)
{
  g_return_if_fail (BS_IS_VIDEO_VIEW (self));
  height_px = height_px > 0 ? height_px : NATURAL_HEIGHT_PX;
  if (height_px == self->natural_height_px)
    return;
  self->natural_height_px = height_px;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * bs_video_view_set_note:
 * @self: a view
 * @note: what stands in the picture's place
 * @detail: (nullable): a sentence that says more, in place of the note's own
 *
 * The picture on show is dropped unless @note is %BS_VIDEO_NOTE_NONE.
 */
void
bs_video_view_set_note (BsVideoView *self, BsVideoNote note, const char *detail)
{
  gboolean waiting = note == BS_VIDEO_NOTE_LOADING || note == BS_VIDEO_NOTE_DRAWING;

  g_return_if_fail (BS_IS_VIDEO_VIEW (self));
  g_clear_handle_id (&self->patience_source, g_source_remove);
  gtk_spinner_stop (self->spinner);
  self->note = note;
  show_note (self, detail);
  gtk_widget_set_visible (self->note_box, note != BS_VIDEO_NOTE_NONE && !waiting);
  if (note != BS_VIDEO_NOTE_NONE)
    bs_video_view_set_frame (self, NULL);
  if (waiting)
    self->patience_source = g_timeout_add (PATIENCE_MS, patience_cb, self);
}

/**
 * bs_video_view_get_note:
 * @self: a view
 *
 * Returns: what stands in the picture's place
 */
BsVideoNote
bs_video_view_get_note (BsVideoView *self)
{
  g_return_val_if_fail (BS_IS_VIDEO_VIEW (self), BS_VIDEO_NOTE_NONE);
  return self->note;
}

/**
 * bs_video_view_get_n_painted:
 * @self: a view
 *
 * Returns: how many different frames reached the screen, for measuring loss
 */
guint
bs_video_view_get_n_painted (BsVideoView *self)
{
  g_return_val_if_fail (BS_IS_VIDEO_VIEW (self), 0);
  return self->n_painted;
}
