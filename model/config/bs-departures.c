/* SPDX-License-Identifier: MIT */
/* In what a training departs from the preset that it names: "official" beside a figure is true
 * only together with this. */
#include "model/config/bs-departures.h"

#include <glib/gi18n.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "model/config/bs-train-options.h"

static void
departure_clear (gpointer data)
{
  BsDeparture *self = data;
  g_free (self->value);
  g_free (self->usual);
}

/* What is asked for beside the folds, or is a choice that the preset has values for either way. */
static gboolean
is_free (const char *key)
{
  return strcmp (key, "features") == 0 || strcmp (key, "all-clips") == 0;
}

static BsTrainConfig *
preset_of (const BsTrainConfig *config)
{
  BsTrainConfig *usual = bs_train_config_new ();
  bs_train_config_set (usual, "model", config->model, NULL);
  bs_train_config_set (usual, "preset", config->preset != NULL ? config->preset : "official", NULL);
  if (bs_train_config_is_of_rows (config))
    bs_train_config_set (usual, "features", "subsample", NULL);
  return usual;
}

/**
 * bs_train_config_departures:
 * @self: a configuration
 *
 * Whether a network of all clips is trained as well is no departure, and neither is what a sample
 * is: the official code has batch and epochs for both kinds.
 *
 * Returns: (transfer full) (element-type BsDeparture): the settings of its model whose value is not
 *   its preset's, in the order of bs_option_infos()
 */
GArray *
bs_train_config_departures (const BsTrainConfig *self)
{
  GArray *departures = g_array_new (FALSE, FALSE, sizeof (BsDeparture));
  g_autoptr (BsTrainConfig) preset = preset_of (self);
  gsize n = 0;
  const BsOptionInfo *infos = bs_option_infos (&n);
  g_array_set_clear_func (departures, departure_clear);
  for (gsize i = 0; i < n; i++) {
    if (!bs_option_is_of (&infos[i], bs_train_config_model (self)) || is_free (infos[i].key))
      continue;
    g_autofree char *value = bs_option_dup_value (&infos[i], self);
    g_autofree char *usual = bs_option_dup_value (&infos[i], preset);
    if (strcmp (value, usual) == 0)
      continue;
    BsDeparture departure = { infos[i].key, g_steal_pointer (&value), g_steal_pointer (&usual) };
    g_array_append_val (departures, departure);
  }
  return departures;
}

/**
 * bs_train_config_of_run:
 * @run: a run that was trained
 * @error: %BS_ERROR_MISSING where it was not, %BS_ERROR_VALUE for a setting of another version
 *
 * Returns: (transfer full): what it was trained with, apart from folds and threads
 */
BsTrainConfig *
bs_train_config_of_run (const BsRun *run, GError **error)
{
  if (bs_model_find (run->model) == NULL || run->encoders == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("has no networks that could be run"));
    return NULL;
  }
  g_autoptr (BsTrainConfig) self = bs_train_config_new ();
  bs_train_config_set (self, "model", run->model, NULL);
  g_strfreev (self->encoders);
  self->encoders = g_strdupv (run->encoders);
  self->seed = run->seed;
  g_free (self->preset);
  self->preset = g_strdup (g_hash_table_lookup (run->settings, "preset"));
  if (run->protocol != NULL && !bs_train_config_set (self, "protocol", run->protocol, error))
    return NULL;
  gsize n = 0;
  const BsOptionInfo *infos = bs_option_infos (&n);
  for (gsize i = 0; i < n; i++) {
    const char *value = g_hash_table_lookup (run->settings, infos[i].key);
    if (value == NULL)
      continue;
    if (!bs_option_set (&infos[i], self, value, error))
      return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * bs_run_departures:
 * @run: a run
 *
 * Worked out from its settings, so that a run of an earlier version says it too.
 *
 * Returns: (transfer full) (element-type BsDeparture) (nullable): in what its training departs from
 *   its preset; %NULL where it was not trained by this program
 */
GArray *
bs_run_departures (const BsRun *run)
{
  g_autoptr (BsTrainConfig) config = bs_train_config_of_run (run, NULL);
  return config != NULL ? bs_train_config_departures (config) : NULL;
}

/**
 * bs_departures_to_text:
 * @departures: (element-type BsDeparture): some
 *
 * Returns: (transfer full): "batch=32 (512), epochs=20 (300)": each value with the preset's
 */
char *
bs_departures_to_text (const GArray *departures)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < departures->len; i++) {
    const BsDeparture *departure = &g_array_index (departures, BsDeparture, i);
    g_string_append_printf (text, "%s%s=%s (%s)", i > 0 ? ", " : "", departure->key,
                            departure->value, departure->usual);
  }
  return g_string_free (text, FALSE);
}
