/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "data/base/bs-visible.h"
#include "ui/window/bs-go-to.h"

/* Of clips and runs; who wants others types more. */
#define MOST_OF_A_KIND 20

struct _BsGoTo {
  AdwWindow parent_instance;
  BsWorkspace *workspace;
  BsViewPanes *panes; /* outlives this */
  GtkSearchEntry *search;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (BsGoTo, bs_go_to, ADW_TYPE_WINDOW)

typedef struct {
  char *action; /* (nullable): detailed, of the window */
  BsRun *run; /* (nullable) */
  int clip; /* -1 where it is none */
} Goal;

static const struct {
  const char *title, *action;
} actions[] = {
  { N_ ("Page: Inspect"), "win.page::inspect" },
  { N_ ("Page: Models"), "win.page::models" },
  { N_ ("Layout: clip"), "win.layout::clip" },
  { N_ ("Layout: split"), "win.layout::split" },
  { N_ ("Layout: analysis"), "win.layout::analysis" },
  { N_ ("List of clips"), "win.show-clips" },
  { N_ ("Search the list"), "win.search" },
  { N_ ("Clear the filter"), "win.clear-filters" },
  { N_ ("Undo a change of thresholds"), "win.undo-thresholds" },
  { N_ ("Redo a change of thresholds"), "win.redo-thresholds" },
  { N_ ("View beside the others, and back"), "win.view-beside" },
  { N_ ("View to a window of its own, and back"), "win.view-window" },
  { N_ ("Full screen"), "win.fullscreen" },
  { N_ ("Panels over the picture"), "win.overlay" },
  { N_ ("Open a corpus folder"), "win.open-folder" },
  { N_ ("Import predictions"), "win.import-predictions" },
  { N_ ("Keyboard shortcuts"), "win.show-keys" },
};

static void
goal_free (gpointer data)
{
  Goal *goal = data;
  g_clear_pointer (&goal->run, bs_run_unref);
  g_free (goal->action);
  g_free (goal);
}

static gboolean
is_found (const char *title, const char *folded)
{
  g_autofree char *mine = g_utf8_casefold (title, -1);
  return strstr (mine, folded) != NULL;
}

static void
add (BsGoTo *self, const char *title, const char *kind, Goal goal)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *seen = bs_visible_dup (title);
  GtkWidget *name = gtk_label_new (seen), *what = gtk_label_new (kind);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (name, seen);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (what, "caption");
  gtk_widget_add_css_class (what, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), what);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "goal", g_memdup2 (&goal, sizeof goal), goal_free);
  gtk_list_box_append (self->list, row);
}

static void
add_views (BsGoTo *self, const char *folded)
{
  for (gsize i = 0; i < bs_view_panes_get_n_views (self->panes); i++) {
    const BsViewInfo *info = bs_view_panes_get_info (self->panes, i);
    if (is_found (_ (info->title), folded) || is_found (_ (info->words), folded))
      add (self, _ (info->title), _ ("view"),
           (Goal){ g_strdup_printf ("win.view::%s", info->name), NULL, -1 });
  }
}

static void
add_actions (BsGoTo *self, const char *folded)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (is_found (_ (actions[i].title), folded))
      add (self, _ (actions[i].title), _ ("action"),
           (Goal){ g_strdup (actions[i].action), NULL, -1 });
}

static void
add_runs (BsGoTo *self, const char *folded)
{
  GPtrArray *runs = bs_run_library_get_runs (bs_workspace_get_library (self->workspace));
  guint n = 0;
  for (guint i = 0; runs != NULL && i < runs->len && n < MOST_OF_A_KIND; i++) {
    BsRun *run = g_ptr_array_index (runs, i);
    if (!is_found (run->title, folded))
      continue;
    add (self, run->title, _ ("run"), (Goal){ NULL, bs_run_ref (run), -1 });
    n++;
  }
}

/* Clips are many: they are looked for once something was typed. */
static void
add_clips (BsGoTo *self, const char *folded)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  gsize n_clips = metadata != NULL && *folded != '\0' ? bs_metadata_n_clips (metadata) : 0;
  guint n = 0;
  for (gsize clip = 0; clip < n_clips && n < MOST_OF_A_KIND; clip++) {
    const char *name = bs_metadata_clip (metadata, clip)->filename;
    if (!is_found (name, folded))
      continue;
    add (self, name, _ ("clip"), (Goal){ NULL, NULL, (int) clip });
    n++;
  }
}

static void
search_changed_cb (BsGoTo *self)
{
  g_autofree char *typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_autofree char *folded = g_utf8_casefold (g_strstrip (typed), -1);
  GtkWidget *row;
  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, row);
  add_views (self, folded);
  add_runs (self, folded);
  add_actions (self, folded);
  add_clips (self, folded);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static void
row_activated_cb (BsGoTo *self, GtkListBoxRow *row)
{
  const Goal *kept = g_object_get_data (G_OBJECT (row), "goal");
  g_autoptr (BsWorkspace) workspace = g_object_ref (self->workspace);
  g_autoptr (GtkWidget) window =
    g_object_ref (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))));
  g_autofree char *action = g_strdup (kept->action);
  BsRun *run = kept->run != NULL ? bs_run_ref (kept->run) : NULL;
  int clip = kept->clip;
  /* First: the focus is to be where the way ends. */
  gtk_window_destroy (GTK_WINDOW (self));
  if (clip >= 0)
    bs_clip_selection_set_clip (bs_workspace_get_selection (workspace), clip);
  if (run != NULL)
    bs_workspace_open_run (workspace, run);
  if (action != NULL) {
    g_autofree char *name = NULL;
    g_autoptr (GVariant) target = NULL;
    if (g_action_parse_detailed_name (action, &name, &target, NULL))
      gtk_widget_activate_action_variant (window, name, target);
  }
  g_clear_pointer (&run, bs_run_unref);
}

static void
search_activate_cb (BsGoTo *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (row != NULL)
    row_activated_cb (self, row);
}

/* Up and Down choose while the text keeps the focus. */
static gboolean
key_cb (BsGoTo *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int by = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;
  if (by == 0 || row == NULL)
    return GDK_EVENT_PROPAGATE;
  GtkListBoxRow *next =
    gtk_list_box_get_row_at_index (self->list, gtk_list_box_row_get_index (row) + by);
  if (next != NULL) {
    gtk_list_box_select_row (self->list, next);
    GtkAdjustment *adjustment = gtk_list_box_get_adjustment (self->list);
    double x, y;
    gtk_widget_translate_coordinates (GTK_WIDGET (next), GTK_WIDGET (self->list), 0, 0, &x, &y);
    gtk_adjustment_clamp_page (adjustment, y, y + gtk_widget_get_height (GTK_WIDGET (next)));
  }
  return GDK_EVENT_STOP;
}

static void
bs_go_to_dispose (GObject *object)
{
  BsGoTo *self = BS_GO_TO (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), BS_TYPE_GO_TO);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_go_to_parent_class)->dispose (object);
}

static void
bs_go_to_class_init (BsGoToClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bs_go_to_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-go-to.ui");
  gtk_widget_class_bind_template_child (widget_class, BsGoTo, search);
  gtk_widget_class_bind_template_child (widget_class, BsGoTo, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
}

static void
bs_go_to_init (BsGoTo *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * bs_go_to_new:
 * @window: it is shown over, whose actions are taken
 * @workspace: whose clips and runs can be gone to
 * @panes: whose views can
 *
 * Returns: (transfer floating): a window that closes once something was chosen
 */
GtkWidget *
bs_go_to_new (GtkWindow *window, BsWorkspace *workspace, BsViewPanes *panes)
{
  BsGoTo *self = g_object_new (BS_TYPE_GO_TO, "transient-for", window, NULL);
  self->workspace = g_object_ref (workspace);
  self->panes = panes;
  search_changed_cb (self);
  return GTK_WIDGET (self);
}
