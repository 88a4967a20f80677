/* SPDX-License-Identifier: MIT */
/* From the words of "train" to the trainings they mean: one, or a grid of them. */
#include "app/cli/bs-cli-queue.h"

#include <string.h>

#define MOST_TRAININGS 10000

/* A setting with the values given for it. */
typedef struct {
  char *key;
  char **values;
  guint n;
} Axis;

typedef struct {
  const char *model;
  GArray *axes; /* of Axis, in the order written */
  const char *const (*named)[2];
  gsize n_named;
  const char *out;
} Words;

static void
axis_clear (gpointer data)
{
  Axis *axis = data;
  g_free (axis->key);
  g_strfreev (axis->values);
}

static void
training_free (gpointer data)
{
  BsCliTraining *training = data;
  g_free (training->name);
  g_strfreev (training->values);
  g_clear_pointer (&training->config, bs_train_config_free);
  g_free (training->out);
  g_free (training);
}

/* Commas are part of a list of encoders or of folds; elsewhere they part values. */
static gboolean
is_list (const char *key)
{
  return strcmp (key, "encoders") == 0 || strcmp (key, "folds") == 0;
}

static gboolean
add_axis (GArray *axes, const char *setting, GError **error)
{
  const char *equals = strchr (setting, '=');
  if (equals == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "--set %s: expected KEY=VALUE", setting);
    return FALSE;
  }
  Axis axis = { .key = g_strndup (setting, (gsize) (equals - setting)) };
  axis.values = g_strsplit (equals + 1, is_list (axis.key) ? "\n" : ",", -1);
  axis.n = g_strv_length (axis.values);
  g_array_append_val (axes, axis);
  for (guint i = 0; i < axis.n; i++)
    for (guint before = 0; before < i; before++)
      if (strcmp (axis.values[i], axis.values[before]) == 0) {
        g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "--set %s: has %s twice", setting,
                     axis.values[i]);
        return FALSE;
      }
  if (axis.n > 0)
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "--set %s: expected a value", setting);
  return FALSE;
}

/* The model first, whose defaults everything else changes; then --set, so that an option of its
 * own name has the last word. */
static gboolean
configure (BsTrainConfig *config, const Words *words, const guint *chosen, GError **error)
{
  if (words->model != NULL && !bs_train_config_set (config, "model", words->model, error))
    return FALSE;
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

static void
name_training (BsCliTraining *training, char **keys, const char *out)
{
  g_autoptr (GString) name = g_string_new (NULL);
  for (guint k = 0; keys[k] != NULL; k++)
    g_string_append_printf (name, "%s%s=%s", k > 0 ? "_" : "", keys[k], training->values[k]);
  if (name->len == 0) {
    training->out = g_strdup (out);
    return;
  }
  training->out = g_build_filename (out, name->str, NULL);
  training->name = g_string_free (g_steal_pointer (&name), FALSE);
}

static gboolean
add_training (BsCliQueue *self, const Words *words, const guint *chosen, GError **error)
{
  BsCliTraining *training = g_new0 (BsCliTraining, 1);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_ptr_array_add (self->trainings, training);
  for (guint a = 0; a < words->axes->len; a++) {
    const Axis *axis = &g_array_index (words->axes, Axis, a);
    if (axis->n > 1)
      g_strv_builder_add (values, axis->values[chosen[a]]);
  }
  training->values = g_strv_builder_end (values);
  training->config = bs_train_config_new ();
  name_training (training, self->keys, words->out);
  if (!configure (training->config, words, chosen, error))
    return FALSE;
  training->config->branch_folder = g_path_get_dirname (training->out);
  return TRUE;
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

static gboolean
fill (BsCliQueue *self, const Words *words, GError **error)
{
  g_autofree guint *chosen = g_new0 (guint, words->axes->len + 1);
  do {
    if (self->trainings->len == MOST_TRAININGS) {
      g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, "--set: more than %d combinations",
                   MOST_TRAININGS);
      return FALSE;
    }
    if (!add_training (self, words, chosen, error))
      return FALSE;
  } while (next (words->axes, chosen));
  return TRUE;
}

/**
 * bs_cli_queue_new:
 * @model: (nullable): --model
 * @settings: (nullable) (array zero-terminated=1): --set, as "lr=1e-4,1e-3"
 * @named: (array length=n_named): keys and values (or %NULL) of options of their own
 * @n_named: how many
 * @out: --out: the run's folder, or that of the runs of a grid
 * @error: %BS_ERROR_VALUE naming the setting and what was expected
 *
 * Every training's settings are checked, so that the last one does not fail after hours.
 *
 * Returns: (transfer full): at least one training
 */
BsCliQueue *
bs_cli_queue_new (const char *model, char **settings, const char *const (*named)[2], gsize n_named,
                  const char *out, GError **error)
{
  g_autoptr (BsCliQueue) self = g_new0 (BsCliQueue, 1);
  g_autoptr (GArray) axes = g_array_new (FALSE, FALSE, sizeof (Axis));
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_array_set_clear_func (axes, axis_clear);
  self->trainings = g_ptr_array_new_with_free_func (training_free);
  for (char **setting = settings; setting != NULL && *setting != NULL; setting++) {
    if (!add_axis (axes, *setting, error))
      return NULL;
    const Axis *axis = &g_array_index (axes, Axis, axes->len - 1);
    if (axis->n > 1)
      g_strv_builder_add (keys, axis->key);
  }
  self->keys = g_strv_builder_end (keys);
  const Words words = { model, axes, named, n_named, out };
  return fill (self, &words, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * bs_cli_queue_is_grid:
 * @self: a queue
 *
 * Returns: whether several values were given for some setting
 */
gboolean
bs_cli_queue_is_grid (const BsCliQueue *self)
{
  return self->keys[0] != NULL;
}

/**
 * bs_cli_queue_keep:
 * @self: a queue
 * @index: below the number of its trainings
 *
 * Leaves out all other trainings.
 */
void
bs_cli_queue_keep (BsCliQueue *self, guint index)
{
  g_return_if_fail (index < self->trainings->len);
  g_ptr_array_set_size (self->trainings, (int) index + 1);
  if (index > 0)
    g_ptr_array_remove_range (self->trainings, 0, index);
}

/**
 * bs_cli_queue_free:
 * @self: (transfer full): a queue
 */
void
bs_cli_queue_free (BsCliQueue *self)
{
  g_strfreev (self->keys);
  g_clear_pointer (&self->trainings, g_ptr_array_unref);
  g_free (self);
}
