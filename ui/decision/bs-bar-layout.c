/* SPDX-License-Identifier: MIT */
/* The step is decided where the width is known: in allocate. Nothing there may change what a widget
 * asks for, or GTK 4.8 begins anew in the middle of it, so what a step leaves out is hidden by
 * gtk_widget_set_child_visible(), which is a container's own and asks for no new layout: as
 * GtkPaned and GtkStack do. Sizes asked for never depend on the step, so that no step can follow
 * from itself. */
#include "config.h"

#include "ui/decision/bs-bar-layout.h"

struct _BsBarLayoutChild {
  GtkLayoutChild parent_instance;
  int leaves;
  int narrows;
  int enters;
  int wishes;
};

G_DEFINE_FINAL_TYPE (BsBarLayoutChild, bs_bar_layout_child, GTK_TYPE_LAYOUT_CHILD)

struct _BsBarLayout {
  GtkLayoutManager parent_instance;
  int spacing;
  int step; /* of the last allocation */
};

G_DEFINE_FINAL_TYPE (BsBarLayout, bs_bar_layout, GTK_TYPE_LAYOUT_MANAGER)

enum {
  CHILD_PROP_0,
  CHILD_PROP_LEAVES,
  CHILD_PROP_NARROWS,
  CHILD_PROP_ENTERS,
  CHILD_PROP_WISHES,
  N_CHILD_PROPS,
};

enum {
  PROP_0,
  PROP_SPACING,
  N_PROPS,
};

static GParamSpec *child_properties[N_CHILD_PROPS];
static GParamSpec *properties[N_PROPS];

/* A child while its place is worked out. */
typedef struct {
  GtkWidget *widget;
  const BsBarLayoutChild *rule;
  int minimum;
  int natural;
  int width; /* what it gets */
} Place;

static BsBarLayoutChild *
rule_of (BsBarLayout *self, GtkWidget *child)
{
  return BS_BAR_LAYOUT_CHILD (
    gtk_layout_manager_get_layout_child (GTK_LAYOUT_MANAGER (self), child));
}

static gboolean
is_there (const BsBarLayoutChild *rule, int step)
{
  return step >= rule->enters && (rule->leaves == 0 || step < rule->leaves);
}

static gboolean
is_narrow (const BsBarLayoutChild *rule, int step)
{
  return rule->narrows > 0 && step >= rule->narrows;
}

/* (transfer full) (element-type Place): the children that are not hidden. */
static GArray *
collect (BsBarLayout *self, GtkWidget *bar)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));
  for (GtkWidget *child = gtk_widget_get_first_child (bar); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    Place place = { .widget = child, .rule = rule_of (self, child) };
    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &place.minimum, &place.natural, NULL,
                        NULL);
    place.natural = MAX (place.natural, place.rule->wishes);
    g_array_append_val (places, place);
  }
  return places;
}

static int
last_step (const GArray *places)
{
  int last = 0;
  for (guint i = 0; i < places->len; i++) {
    const BsBarLayoutChild *rule = g_array_index (places, Place, i).rule;
    last = MAX (last, MAX (rule->leaves, MAX (rule->narrows, rule->enters)));
  }
  return last;
}

static int
width_at (BsBarLayout *self, const GArray *places, int step)
{
  int width = 0, n = 0;
  for (guint i = 0; i < places->len; i++) {
    const Place *place = &g_array_index (places, Place, i);
    if (!is_there (place->rule, step))
      continue;
    width += is_narrow (place->rule, step) ? place->minimum : place->natural;
    n++;
  }
  return width + self->spacing * MAX (n - 1, 0);
}

static void
bs_bar_layout_measure (GtkLayoutManager *manager, GtkWidget *bar, GtkOrientation orientation,
                       int for_size, int *minimum, int *natural, int *minimum_baseline,
                       int *natural_baseline)
{
  BsBarLayout *self = BS_BAR_LAYOUT (manager);
  g_autoptr (GArray) places = collect (self, bar);
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *natural = width_at (self, places, 0);
    *minimum = MIN (*natural, width_at (self, places, last_step (places)));
    return;
  }
  for (guint i = 0; i < places->len; i++) {
    int least, wished;
    gtk_widget_measure (g_array_index (places, Place, i).widget, orientation, -1, &least, &wished,
                        NULL, NULL);
    *minimum = MAX (*minimum, least);
    *natural = MAX (*natural, wished);
  }
}

/* What the last thing that gave way can have back. */
static int
give_back (GArray *places, int step, int narrowed_at, int spare)
{
  int wished = 0, given = 0;
  for (guint i = 0; i < places->len; i++) {
    const Place *place = &g_array_index (places, Place, i);
    if (place->rule->narrows == narrowed_at && is_there (place->rule, step))
      wished += place->natural - place->minimum;
  }
  for (guint i = 0; i < places->len && wished > 0; i++) {
    Place *place = &g_array_index (places, Place, i);
    int more = (int) ((gint64) MIN (spare, wished) * (place->natural - place->minimum) / wished);
    if (place->rule->narrows != narrowed_at || !is_there (place->rule, step))
      continue;
    place->width += more;
    given += more;
  }
  return spare - given;
}

static void
share (BsBarLayout *self, GArray *places, int width)
{
  int n_springs = 0, spare = width - width_at (self, places, self->step);
  for (guint i = 0; i < places->len; i++) {
    Place *place = &g_array_index (places, Place, i);
    place->width = is_narrow (place->rule, self->step) ? place->minimum : place->natural;
    n_springs += gtk_widget_get_hexpand (place->widget) && is_there (place->rule, self->step);
  }
  for (int narrowed = self->step; narrowed > 0 && spare > 0; narrowed--)
    spare = give_back (places, self->step, narrowed, spare);
  for (guint i = 0; i < places->len && spare > 0; i++) {
    Place *place = &g_array_index (places, Place, i);
    if (!gtk_widget_get_hexpand (place->widget) || !is_there (place->rule, self->step))
      continue;
    place->width += spare / n_springs;
    spare -= spare / n_springs--;
  }
}

static void
bs_bar_layout_allocate (GtkLayoutManager *manager, GtkWidget *bar, int width, int height,
                        int baseline)
{
  BsBarLayout *self = BS_BAR_LAYOUT (manager);
  g_autoptr (GArray) places = collect (self, bar);
  gboolean mirrored = gtk_widget_get_direction (bar) == GTK_TEXT_DIR_RTL;
  int x = 0, last = last_step (places);
  for (self->step = 0; self->step < last && width_at (self, places, self->step) > width;)
    self->step++;
  share (self, places, width);
  for (guint i = 0; i < places->len; i++) {
    const Place *place = &g_array_index (places, Place, i);
    gboolean shown = is_there (place->rule, self->step);
    gtk_widget_set_child_visible (place->widget, shown);
    if (!shown)
      continue;
    GtkAllocation at = { mirrored ? width - x - place->width : x, 0, place->width, height };
    gtk_widget_size_allocate (place->widget, &at, -1);
    x += place->width + self->spacing;
  }
}

static GtkLayoutChild *
bs_bar_layout_create_layout_child (GtkLayoutManager *manager, GtkWidget *bar, GtkWidget *child)
{
  return g_object_new (BS_TYPE_BAR_LAYOUT_CHILD, "layout-manager", manager, "child-widget", child,
                       NULL);
}

static GtkSizeRequestMode
bs_bar_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *bar)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
bs_bar_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SPACING)
    g_value_set_int (value, BS_BAR_LAYOUT (object)->spacing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bs_bar_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SPACING)
    BS_BAR_LAYOUT (object)->spacing = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static int *
field_of (BsBarLayoutChild *self, guint id)
{
  int *const fields[N_CHILD_PROPS] = {
    [CHILD_PROP_LEAVES] = &self->leaves,
    [CHILD_PROP_NARROWS] = &self->narrows,
    [CHILD_PROP_ENTERS] = &self->enters,
    [CHILD_PROP_WISHES] = &self->wishes,
  };
  return fields[id];
}

static void
bs_bar_layout_child_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, *field_of (BS_BAR_LAYOUT_CHILD (object), id));
}

static void
bs_bar_layout_child_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  *field_of (BS_BAR_LAYOUT_CHILD (object), id) = g_value_get_int (value);
  gtk_layout_manager_layout_changed (
    gtk_layout_child_get_layout_manager (GTK_LAYOUT_CHILD (object)));
}

static GParamSpec *
new_int (const char *name)
{
  return g_param_spec_int (name, NULL, NULL, 0, G_MAXINT, 0,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
}

static void
bs_bar_layout_child_class_init (BsBarLayoutChildClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = bs_bar_layout_child_get_property;
  object_class->set_property = bs_bar_layout_child_set_property;
  child_properties[CHILD_PROP_LEAVES] = new_int ("leaves");
  child_properties[CHILD_PROP_NARROWS] = new_int ("narrows");
  child_properties[CHILD_PROP_ENTERS] = new_int ("enters");
  child_properties[CHILD_PROP_WISHES] = new_int ("wishes");
  g_object_class_install_properties (object_class, N_CHILD_PROPS, child_properties);
}

static void
bs_bar_layout_child_init (BsBarLayoutChild *self)
{
}

static void
bs_bar_layout_class_init (BsBarLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  object_class->get_property = bs_bar_layout_get_property;
  object_class->set_property = bs_bar_layout_set_property;
  layout_class->layout_child_type = BS_TYPE_BAR_LAYOUT_CHILD;
  layout_class->get_request_mode = bs_bar_layout_get_request_mode;
  layout_class->measure = bs_bar_layout_measure;
  layout_class->allocate = bs_bar_layout_allocate;
  layout_class->create_layout_child = bs_bar_layout_create_layout_child;
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bs_bar_layout_init (BsBarLayout *self)
{
}

/**
 * bs_bar_layout_get_step:
 * @self: a layout
 *
 * Returns: the step that the bar's width asked for when it was last laid out; 0 with everything
 *   shown
 */
int
bs_bar_layout_get_step (BsBarLayout *self)
{
  return self->step;
}
