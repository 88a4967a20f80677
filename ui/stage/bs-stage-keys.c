/* SPDX-License-Identifier: MIT */
/* The keys of the clip. Single letters cannot be accelerators of the application: those fire
 * while a person types into a search. Here a key first belongs to what has the focus (bubble
 * phase), and to nobody else while that is a field of text or a popover; only a list gives up
 * keys beforehand (capture phase), because the usual way is to choose a clip there and to step
 * through it at once. */
#include "config.h"

#include "ui/stage/bs-stage-private.h"

typedef struct {
  const char *trigger;
  const char *action;
  gboolean in_lists; /* taken before a list with the focus sees it */
  gboolean in_text; /* means nothing to a field of text, so works there too */
} KeyRow;

static const KeyRow rows[] = {
  { "space", "win.play", TRUE, FALSE },
  { "k", "win.pause", TRUE, FALSE },
  { "period|Right|KP_Right", "win.step-forward", TRUE, FALSE },
  { "comma|Left|KP_Left", "win.step-back", TRUE, FALSE },
  /* With Shift a layout makes another sign of the key; this is the usual one. */
  { "greater|<Shift>period|<Shift>Right|<Shift>KP_Right", "win.step-forward-10", TRUE, FALSE },
  { "less|<Shift>comma|<Shift>Left|<Shift>KP_Left", "win.step-back-10", TRUE, FALSE },
  { "Home|KP_Home", "win.seek-start", FALSE, FALSE },
  { "End|KP_End", "win.seek-end", FALSE, FALSE },
  { "j|minus|KP_Subtract", "win.slower", TRUE, FALSE },
  { "l|plus|equal|KP_Add", "win.faster", TRUE, FALSE },
  { "BackSpace", "win.rate-normal", TRUE, FALSE },
  { "bracketleft", "win.loop-start", TRUE, FALSE },
  { "bracketright", "win.loop-end", TRUE, FALSE },
  { "<Control>l", "win.loop", TRUE, TRUE },
  { "n", "win.next-clip", TRUE, FALSE },
  { "p", "win.previous-clip", TRUE, FALSE },
  { "Page_Down|KP_Page_Down", "win.next-clip", FALSE, FALSE },
  { "Page_Up|KP_Page_Up", "win.previous-clip", FALSE, FALSE },
  { "m", "win.mute", TRUE, FALSE },
  { "o", "win.overlay", TRUE, FALSE },
  { "F11", "win.fullscreen", TRUE, TRUE },
};

static gboolean
is_inside (GtkWidget *widget, GType type)
{
  return widget && gtk_widget_get_ancestor (widget, type) != NULL;
}

static gboolean
is_text (GtkWidget *focus)
{
  return GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus);
}

static gboolean
is_list (GtkWidget *focus)
{
  return is_inside (focus, GTK_TYPE_LIST_BASE);
}

static gboolean
activate (GtkWidget *window, const KeyRow *row)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  if (!row->in_text && (is_text (focus) || is_inside (focus, GTK_TYPE_POPOVER)))
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (window, row->action, NULL);
}

static gboolean
before_focus_cb (GtkWidget *window, GVariant *args, gpointer row)
{
  if (!is_list (gtk_window_get_focus (GTK_WINDOW (window))))
    return GDK_EVENT_PROPAGATE;
  return activate (window, row);
}

static gboolean
after_focus_cb (GtkWidget *window, GVariant *args, gpointer row)
{
  return activate (window, row);
}

static gboolean
escape_cb (GtkWidget *window, GVariant *args, gpointer data)
{
  if (!gtk_window_is_fullscreen (GTK_WINDOW (window)))
    return GDK_EVENT_PROPAGATE;
  gtk_window_unfullscreen (GTK_WINDOW (window));
  return GDK_EVENT_STOP;
}

static void
add_shortcut (GtkEventController *controller, const char *trigger, GtkShortcutFunc func,
              const KeyRow *row)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                            gtk_callback_action_new (func, (gpointer) row, NULL));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/**
 * bs_stage_add_keys:
 * @window: a window that has the stage's actions
 *
 * Gives the actions their keys (FIELD's conventions).
 */
void
bs_stage_add_keys (GtkWidget *window)
{
  GtkEventController *before = gtk_shortcut_controller_new ();
  GtkEventController *after = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (before, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (rows[i].in_lists)
      add_shortcut (before, rows[i].trigger, before_focus_cb, &rows[i]);
    add_shortcut (after, rows[i].trigger, after_focus_cb, &rows[i]);
  }
  add_shortcut (after, "Escape", escape_cb, NULL);
  gtk_widget_add_controller (window, before);
  gtk_widget_add_controller (window, after);
}
