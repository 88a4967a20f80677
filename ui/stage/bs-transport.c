/* SPDX-License-Identifier: MIT */
/* The bar below the picture. Time and frame are inscriptions, which do not lay out the window
 * anew for every picture of a playing clip, as labels would. */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/common/bs-gtk48-compat.h"
#include "ui/session/bs-label-text.h"
#include "ui/stage/bs-stage-actions.h"
#include "ui/stage/bs-transport.h"

struct _BsTransport {
  GtkWidget parent_instance;

  GtkWidget *bar;
  GtkWidget *previous_button;
  GtkWidget *next_button;
  GtkWidget *loop_button;
  GtkWidget *loop_menu_button;
  GtkButton *play_button;
  GtkInscription *time;
  GtkInscription *frame;
  GMenu *rate_menu;
  GtkMenuButton *rate_button;
  GtkLabel *rate;
  GtkScaleButton *volume_button;
  GtkToggleButton *fullscreen_button;

  BsPlayer *player;
  GBinding *volume_binding;
};

G_DEFINE_FINAL_TYPE (BsTransport, bs_transport, GTK_TYPE_WIDGET)

/**
 * bs_transport_format_time:
 * @time_ns: a time in a clip
 *
 * Returns: (transfer full): "00:01.480", minutes, seconds, thousandths after the locale's sign
 */
char *
bs_transport_format_time (gint64 time_ns)
{
  gint64 ms = (MAX (time_ns, 0) + 500000) / 1000000;

  return g_strdup_printf ("%02d:%02d%s%03d", (int) (ms / 60000), (int) (ms / 1000 % 60),
                          bs_label_text_decimal_point (), (int) (ms % 1000));
}

static char *
format_rate (double rate)
{
  /* Translators: speed, as in "0.5×" */
  return g_strdup_printf (_ ("%g×"), rate);
}

static void
show_time (BsTransport *self)
{
  gint64 duration = self->player ? bs_player_get_duration_ns (self->player) : 0;
  int n_frames = self->player ? bs_player_get_n_frames (self->player) : 0;
  int index = self->player ? bs_player_get_frame_index (self->player) : -1;
  g_autofree char *now = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *time = NULL;
  g_autofree char *frame = NULL;

  if (duration > 0) {
    now = bs_transport_format_time (bs_player_get_position_ns (self->player));
    whole = bs_transport_format_time (duration);
    /* Translators: time of the picture on show, length of the clip */
    time = g_strdup_printf (_ ("%s / %s"), now, whole);
  }
  if (index >= 0 && n_frames > 0)
    /* Translators: number of the picture on show, from 1; how many there are */
    frame = g_strdup_printf (_ ("frame %d of %d"), index + 1, n_frames);
  gtk_inscription_set_text (self->time, time ? time : "–:– / –:–");
  gtk_inscription_set_text (self->frame, frame ? frame : "");
}

static void
show_state (BsTransport *self)
{
  gboolean playing = self->player && bs_player_get_state (self->player) == BS_PLAYER_PLAYING;

  gtk_button_set_icon_name (self->play_button, playing ? "media-playback-pause-symbolic"
                                                       : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play_button),
                               playing ? _ ("Pause (Space)") : _ ("Play (Space)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  playing ? _ ("Pause") : _ ("Play"), -1);
}

static void
show_rate (BsTransport *self)
{
  g_autofree char *text = format_rate (self->player ? bs_player_get_rate (self->player) : 1);
  /* Translators: as in "Speed 0.5×" */
  g_autofree char *name = g_strdup_printf (_ ("Speed %s"), text);

  gtk_label_set_text (self->rate, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rate_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
show_muted (BsTransport *self)
{
  static const char *const muted_icons[] = { "audio-volume-muted-symbolic", NULL };
  static const char *const icons[] = { "audio-volume-muted-symbolic", "audio-volume-high-symbolic",
                                       "audio-volume-low-symbolic", "audio-volume-medium-symbolic",
                                       NULL };
  gboolean muted = FALSE;

  if (self->player)
    g_object_get (self->player, "muted", &muted, NULL);
  gtk_scale_button_set_icons (self->volume_button, (const char **) (muted ? muted_icons : icons));
}

static void
fullscreen_cb (BsTransport *self)
{
  gboolean full = gtk_toggle_button_get_active (self->fullscreen_button);

  gtk_button_set_icon_name (GTK_BUTTON (self->fullscreen_button),
                            full ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->fullscreen_button),
                               full ? _ ("Leave Full Screen (F11)") : _ ("Full Screen (F11)"));
}

static void
release_player (BsTransport *self)
{
  if (self->player)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_pointer (&self->volume_binding, g_binding_unbind);
  g_clear_object (&self->player);
}

static void
bs_transport_dispose (GObject *object)
{
  BsTransport *self = BS_TRANSPORT (object);

  release_player (self);
  bs_gtk48_compat_dispose (object, BS_TYPE_TRANSPORT);
  G_OBJECT_CLASS (bs_transport_parent_class)->dispose (object);
}

static void
bs_transport_class_init (BsTransportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bs_transport_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-transport.ui");
  gtk_widget_class_bind_template_child (widget_class, BsTransport, bar);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, previous_button);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, next_button);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, loop_button);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, loop_menu_button);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, play_button);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, time);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, frame);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, rate_menu);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, rate_button);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, rate);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, volume_button);
  gtk_widget_class_bind_template_child (widget_class, BsTransport, fullscreen_button);
  gtk_widget_class_bind_template_callback (widget_class, fullscreen_cb);
}

static void
fill_rate_menu (GMenu *menu)
{
  for (guint i = 0; i < BS_N_RATES; i++) {
    g_autofree char *label = format_rate (bs_rates[i]);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "win.rate", "d", bs_rates[i]);
    g_menu_append_item (menu, item);
  }
}

static void
bs_transport_init (BsTransport *self)
{
  bs_gtk48_compat_init (self);
  bs_gtk48_compat_name_button (self->volume_button, _ ("Volume"));
  fill_rate_menu (self->rate_menu);
  bs_transport_refresh (self);
}

/**
 * bs_transport_set_player:
 * @self: a bar
 * @player: (nullable): what it shows and controls
 */
void
bs_transport_set_player (BsTransport *self, BsPlayer *player)
{
  g_return_if_fail (BS_IS_TRANSPORT (self));
  release_player (self);
  if (player) {
    self->player = g_object_ref (player);
    g_signal_connect_swapped (player, "notify::state", G_CALLBACK (bs_transport_refresh), self);
    g_signal_connect_swapped (player, "clip-loaded", G_CALLBACK (bs_transport_refresh), self);
    g_signal_connect_swapped (player, "notify::position-ns", G_CALLBACK (show_time), self);
    g_signal_connect_swapped (player, "notify::rate", G_CALLBACK (show_rate), self);
    g_signal_connect_swapped (player, "notify::muted", G_CALLBACK (show_muted), self);
    self->volume_binding = g_object_bind_property (player, "volume", self->volume_button, "value",
                                                   G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  }
  bs_transport_refresh (self);
}

/**
 * bs_transport_set_compact:
 * @self: a bar
 * @compact: whether there is room for time, frames and play alone; the rest has keys
 */
void
bs_transport_set_compact (BsTransport *self, gboolean compact)
{
  GtkWidget *const rest[] = { self->previous_button,
                              self->next_button,
                              self->loop_button,
                              self->loop_menu_button,
                              GTK_WIDGET (self->rate_button),
                              GTK_WIDGET (self->volume_button),
                              GTK_WIDGET (self->fullscreen_button) };
  g_return_if_fail (BS_IS_TRANSPORT (self));
  for (gsize i = 0; i < G_N_ELEMENTS (rest); i++)
    gtk_widget_set_visible (rest[i], !compact);
}

/**
 * bs_transport_refresh:
 * @self: a bar
 *
 * Shows what holds now.
 */
void
bs_transport_refresh (BsTransport *self)
{
  g_return_if_fail (BS_IS_TRANSPORT (self));
  show_state (self);
  show_time (self);
  show_rate (self);
  show_muted (self);
}
