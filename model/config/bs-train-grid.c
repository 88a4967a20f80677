/* SPDX-License-Identifier: MIT */
/* From lists of values to the trainings they mean: a configuration a combination. */
#include "model/config/bs-train-grid.h"

#include <glib/gi18n.h>
#include <string.h>

#include "data/base/bs-error.h"

/* A setting with the values given for it. */
typedef struct {
  char *key;
  char **values;
  guint n;
} Axis;

typedef struct {
  const BsTrainConfig *base;
  GArray *axes; /* of Axis, in the order written */
  const char *const (*named)[2];
  gsize n_named;
  guint most;
} Words;

static void
axis_clear (gpointer data)
{
  Axis *axis = data;
  g_free (axis->key);
  g_strfreev (axis->values);
}

static void
point_free (gpointer data)
{
  BsTrainPoint *point = data;
  g_free (point->name);
  g_strfreev (point->values);
  g_clear_pointer (&point->config, bs_train_config_free);
  g_free (point);
}

/* Commas are part of a list of encoders or of folds; elsewhere they part values. */
static gboolean
is_list (const char *key)
{
  return strcmp (key, "encoders") == 0 || strcmp (key, "folds") == 0;
}

/**
 * bs_train_grid_split:
 * @key: a setting
 * @values: "1e-4, 1e-3"; of encoders and folds a single value
 * @error: %BS_ERROR_VALUE where there is none, or one twice
 *
 * Returns: (transfer full) (array zero-terminated=1): the values, at least one; whether they can be
 *   set is not looked at
 */
char **
bs_train_grid_split (const char *key, const char *values, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (values, is_list (key) ? "\n" : ",", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    g_strstrip (parts[i]);
    for (guint before = 0; before < i; before++)
      if (strcmp (parts[i], parts[before]) == 0) {
        g_set_error (error, BS_ERROR,
                     BS_ERROR_VALUE, /* Translators: a setting and one of the values given for it */
                     _ ("%s: the value %s is given twice"), key, parts[i]);
        return NULL;
      }
  }
  if (parts[0] != NULL)
    return g_steal_pointer (&parts);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: expected a value"), key);
  return NULL;
}

static gboolean
add_axis (GArray *axes, const char *setting, GError **error)
{
  const char *equals = strchr (setting, '=');
  if (equals == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: expected KEY=VALUE"), setting);
    return FALSE;
  }
  Axis axis = { .key = g_strndup (setting, (gsize) (equals - setting)) };
  axis.values = bs_train_grid_split (axis.key, equals + 1, error);
  if (axis.values == NULL) {
    g_free (axis.key);
    return FALSE;
  }
  axis.n = g_strv_length (axis.values);
  g_array_append_val (axes, axis);
  return TRUE;
}

/* The base first, then the values in the order written, so that a setting of its own name has the
 * last word. */
static gboolean
configure (BsTrainConfig *config, const Words *words, const guint *chosen, GError **error)
{
  for (guint a = 0; a < words->axes->len; a++) {
    const Axis *axis = &g_array_index (words->axes, Axis, a);
    if (!bs_train_config_set (config, axis->key, axis->values[chosen[a]], error))
      return FALSE;
  }
  for (gsize i = 0; i < words->n_named; i++)
    if (words->named[i][1] != NULL &&
        !bs_train_config_set (config, words->named[i][0], words->named[i][1], error))
      return FALSE;
  return bs_train_config_check (config, error);
}

static char *
dup_name (const BsTrainPoint *point, char **keys)
{
  g_autoptr (GString) name = g_string_new (NULL);
  for (guint k = 0; keys[k] != NULL; k++)
    g_string_append_printf (name, "%s%s=%s", k > 0 ? "_" : "", keys[k], point->values[k]);
  return name->len > 0 ? g_string_free (g_steal_pointer (&name), FALSE) : NULL;
}

static gboolean
add_point (BsTrainGrid *self, const Words *words, const guint *chosen, GError **error)
{
  BsTrainPoint *point = g_new0 (BsTrainPoint, 1);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_ptr_array_add (self->points, point);
  for (guint a = 0; a < words->axes->len; a++) {
    const Axis *axis = &g_array_index (words->axes, Axis, a);
    if (axis->n > 1)
      g_strv_builder_add (values, axis->values[chosen[a]]);
  }
  point->values = g_strv_builder_end (values);
  point->config = bs_train_config_copy (words->base);
  point->name = dup_name (point, self->keys);
  return configure (point->config, words, chosen, error);
}

/* Counts on, as an odometer does; %FALSE after the last combination. */
static gboolean
next (const GArray *axes, guint *chosen)
{
  for (guint a = axes->len; a-- > 0;) {
    if (++chosen[a] < g_array_index (axes, Axis, a).n)
      return TRUE;
    chosen[a] = 0;
  }
  return FALSE;
}

/* As long as there are not too many, which is known before the first is made. */
static gboolean
check_number (const GArray *axes, guint most, GError **error)
{
  double n = 1;
  for (guint a = 0; a < axes->len; a++)
    n *= g_array_index (axes, Axis, a).n;
  if (n <= most)
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("more than %u combinations of values"), most);
  return FALSE;
}

static gboolean
fill (BsTrainGrid *self, const Words *words, GError **error)
{
  g_autofree guint *chosen = g_new0 (guint, words->axes->len + 1);
  if (!check_number (words->axes, words->most, error))
    return FALSE;
  do {
    if (!add_point (self, words, chosen, error))
      return FALSE;
  } while (next (words->axes, chosen));
  return TRUE;
}

static char **
keys_of (const GArray *axes)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  for (guint a = 0; a < axes->len; a++)
    if (g_array_index (axes, Axis, a).n > 1)
      g_strv_builder_add (keys, g_array_index (axes, Axis, a).key);
  return g_strv_builder_end (keys);
}

/**
 * bs_train_grid_new:
 * @base: what every training starts from
 * @settings: (nullable) (array zero-terminated=1): as "lr=1e-4,1e-3"
 * @named: (nullable) (array length=n_named): keys and values (or %NULL) that are set after these
 * @n_named: how many
 * @most: trainings, %BS_TRAIN_GRID_MOST at most
 * @error: %BS_ERROR_VALUE naming the setting and what was expected; %BS_ERROR_LIMIT
 *
 * Every training's settings are checked, so that the last one does not fail after hours.
 *
 * Returns: (transfer full): at least one training
 */
BsTrainGrid *
bs_train_grid_new (const BsTrainConfig *base, const char *const *settings,
                   const char *const (*named)[2], gsize n_named, guint most, GError **error)
{
  g_autoptr (BsTrainGrid) self = g_new0 (BsTrainGrid, 1);
  g_autoptr (GArray) axes = g_array_new (FALSE, FALSE, sizeof (Axis));
  g_array_set_clear_func (axes, axis_clear);
  self->points = g_ptr_array_new_with_free_func (point_free);
  for (; settings != NULL && *settings != NULL; settings++)
    if (!add_axis (axes, *settings, error))
      return NULL;
  self->keys = keys_of (axes);
  const Words words = { base, axes, named, n_named, most };
  return fill (self, &words, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * bs_train_grid_free:
 * @self: (transfer full): a grid
 */
void
bs_train_grid_free (BsTrainGrid *self)
{
  g_strfreev (self->keys);
  g_clear_pointer (&self->points, g_ptr_array_unref);
  g_free (self);
}
