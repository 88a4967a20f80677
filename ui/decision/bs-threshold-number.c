/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "data/base/bs-table.h"
#include "ui/common/bs-gtk48-compat.h"
#include "ui/decision/bs-threshold-number.h"
#include "ui/session/bs-label-text.h"

#define FEWEST_DECIMALS 3
#define MOST_DECIMALS 5

struct _BsThresholdNumber {
  GtkWidget parent_instance;
  BsWorkspace *workspace;
  BsThresholdState *thresholds; /* the workspace's */
  BsThresholdAxis axis;
  gboolean following; /* the number is being set from the workspace */

  GtkSpinButton *number;
};

G_DEFINE_FINAL_TYPE (BsThresholdNumber, bs_threshold_number, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_WORKSPACE,
  PROP_AXIS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static const struct {
  const char *name;
  const char *tooltip;
} words[] = {
  [BS_THRESHOLD_ALPHA] = { N_ ("Alpha, as a number"),
                           N_ ("Alpha: from which probability on an emotion counts as present. Up "
                               "and Down go to where the next decision changes") },
  [BS_THRESHOLD_BETA] = { N_ ("Beta, as a number"),
                          N_ ("Beta: up to which difference two emotions count as equally salient. "
                              "Up and Down go to where the next decision changes") },
};

/* Three decimals, or the few more that the number has: 0.145 for a mean of pairs, 0.1109 for what
 * was typed or stepped to. */
static void
write_number (char text[BS_NUMBER_SIZE], double value)
{
  for (int decimals = FEWEST_DECIMALS; decimals <= MOST_DECIMALS; decimals++)
    if (g_ascii_strtod (bs_number_fixed (text, value, decimals), NULL) == value) {
      bs_number_for (text, value, decimals, bs_label_text_decimal_point ());
      return;
    }
  bs_number_for (text, value, FEWEST_DECIMALS, bs_label_text_decimal_point ());
}

static gboolean
output_cb (GtkSpinButton *number, BsThresholdNumber *self)
{
  char text[BS_NUMBER_SIZE];
  write_number (text, gtk_adjustment_get_value (gtk_spin_button_get_adjustment (number)));
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (number)), text))
    gtk_editable_set_text (GTK_EDITABLE (number), text);
  return TRUE;
}

/* Both decimal signs are understood, and a number that was only shown rounded is not rounded
 * by looking at it. */
static int
input_cb (GtkSpinButton *number, double *value, BsThresholdNumber *self)
{
  double now = gtk_adjustment_get_value (gtk_spin_button_get_adjustment (number));
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (number))));
  char shown[BS_NUMBER_SIZE], *end;
  write_number (shown, now);
  *value = now;
  if (g_str_equal (text, shown))
    return TRUE;
  double typed = g_ascii_strtod (g_strdelimit (text, ",", '.'), &end);
  if (*text == '\0' || *end != '\0' || !isfinite (typed))
    return GTK_INPUT_ERROR;
  *value = typed;
  return TRUE;
}

static void
value_changed_cb (BsThresholdNumber *self)
{
  if (self->following || self->workspace == NULL)
    return;
  BsThresholdPair pair = bs_threshold_state_get_pair (self->thresholds);
  if (self->axis == BS_THRESHOLD_ALPHA)
    pair.alpha = gtk_spin_button_get_value (self->number);
  else
    pair.beta = gtk_spin_button_get_value (self->number);
  bs_threshold_state_set_pair (self->thresholds, pair);
}

/* What is being typed counts first. */
static gboolean
key_pressed_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
                BsThresholdNumber *self)
{
  gboolean up = keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up;
  gboolean down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;
  if ((!up && !down) || (state & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      self->workspace == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_spin_button_update (self->number);
  if (!bs_threshold_state_step (self->thresholds, self->axis, up))
    gtk_widget_error_bell (GTK_WIDGET (self));
  return GDK_EVENT_STOP;
}

static void
follow (BsThresholdNumber *self)
{
  BsThresholdPair pair = bs_threshold_state_get_pair (self->thresholds);
  BsEvaluationSet *cases = bs_threshold_state_get_cases (self->thresholds);
  self->following = TRUE;
  gtk_spin_button_set_value (self->number,
                             self->axis == BS_THRESHOLD_ALPHA ? pair.alpha : pair.beta);
  self->following = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->number), cases != NULL && cases->fixed == NULL);
}

static void
set_workspace (BsThresholdNumber *self, BsWorkspace *workspace)
{
  if (workspace == NULL)
    return;
  g_return_if_fail (self->workspace == NULL);
  self->workspace = g_object_ref (workspace);
  self->thresholds = bs_workspace_get_thresholds (workspace);
  g_signal_connect_object (self->thresholds, "notify::metrics", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thresholds, "notify::edited-fold", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  follow (self);
}

static void
set_axis (BsThresholdNumber *self, BsThresholdAxis axis)
{
  self->axis = axis;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (words[axis].name), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->number), _ (words[axis].tooltip));
}

static void
bs_threshold_number_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BsThresholdNumber *self = BS_THRESHOLD_NUMBER (object);
  if (id == PROP_WORKSPACE)
    g_value_set_object (value, self->workspace);
  else if (id == PROP_AXIS)
    g_value_set_int (value, self->axis);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bs_threshold_number_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BsThresholdNumber *self = BS_THRESHOLD_NUMBER (object);
  if (id == PROP_WORKSPACE)
    set_workspace (self, g_value_get_object (value));
  else if (id == PROP_AXIS)
    set_axis (self, (BsThresholdAxis) g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bs_threshold_number_dispose (GObject *object)
{
  BsThresholdNumber *self = BS_THRESHOLD_NUMBER (object);
  bs_gtk48_compat_dispose (self, BS_TYPE_THRESHOLD_NUMBER);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (bs_threshold_number_parent_class)->dispose (object);
}

static void
bs_threshold_number_class_init (BsThresholdNumberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->get_property = bs_threshold_number_get_property;
  object_class->set_property = bs_threshold_number_set_property;
  object_class->dispose = bs_threshold_number_dispose;
  properties[PROP_WORKSPACE] = g_param_spec_object ("workspace", NULL, NULL, BS_TYPE_WORKSPACE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_AXIS] =
    g_param_spec_int ("axis", NULL, NULL, BS_THRESHOLD_ALPHA, BS_THRESHOLD_BETA, BS_THRESHOLD_ALPHA,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/blendscope/Blendscope/bs-threshold-number.ui");
  gtk_widget_class_bind_template_child (widget_class, BsThresholdNumber, number);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

/* The slider beside it moves in steps; the number is for typing and needs its width. */
static void
hide_buttons (GtkSpinButton *number)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (number)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      gtk_widget_set_visible (child, FALSE);
}

static void
bs_threshold_number_init (BsThresholdNumber *self)
{
  bs_gtk48_compat_init (self);
  hide_buttons (self->number);
  set_axis (self, BS_THRESHOLD_ALPHA);
}
