/* SPDX-License-Identifier: MIT */
/* info of a run's folder: what it was trained with, and in what that is not its preset. */
#include <string.h>

#include "app/cli/bs-cli-info.h"
#include "data/format/bs-json.h"
#include "model/config/bs-departures.h"
#include "model/decision/bs-tuning-source.h"

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
sorted_keys (const BsRun *run)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, run->settings);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (strcmp (key, BS_RUN_DEPARTURES) != 0)
      g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_keys);
  return keys;
}

/* %NULL where nothing of the kind can be said, "" where it departs in nothing. */
static char *
dup_departures (const BsRun *run)
{
  g_autoptr (GArray) departures = bs_run_departures (run);
  return departures != NULL ? bs_departures_to_text (departures) : NULL;
}

/* At the run's own thresholds. */
static const char *
tuned_word (const BsRun *run)
{
  gboolean has_decisions = run->predictions->kind == BS_PREDICTIONS_DECISIONS;
  BsTuningSource source = bs_tuning_source (
    run, has_decisions ? BS_THRESHOLDS_NONE : BS_THRESHOLDS_RUN, BS_PROTOCOL_OFFICIAL);
  return bs_chosen_word (bs_tuning_source_worst (&source));
}

static void
append_line (GString *out, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (out, "%-11s%s\n", name, value);
}

/**
 * bs_cli_info_append_run_text:
 * @out: where to write
 * @run: a run
 */
void
bs_cli_info_append_run_text (GString *out, const BsRun *run)
{
  g_autofree char *encoders =
    run->encoders != NULL ? g_strjoinv (", ", run->encoders) : g_strdup ("");
  g_autofree char *departures = dup_departures (run);
  g_autoptr (GPtrArray) keys = sorted_keys (run);
  g_string_append_printf (out, "%s\n%s\n\n", run->title, bs_run_name (run));
  append_line (out, "model", run->model);
  append_line (out, "encoders", encoders);
  append_line (out, "protocol", run->protocol);
  append_line (out, "tuned", tuned_word (run));
  append_line (out, "created", run->created);
  append_line (out, "departs in",
               departures != NULL && *departures == '\0' ? "nothing, it is the preset's own"
                                                         : departures);
  g_string_append_printf (out, "%-11s%zu\n%-11s%u\n", "clips", run->predictions->n, "folds",
                          run->folds->len);
  if (keys->len > 0)
    g_string_append (out, "\nsettings\n");
  for (guint i = 0; i < keys->len; i++) {
    const char *key = g_ptr_array_index (keys, i);
    g_string_append_printf (out, "%-18s %s\n", key,
                            (const char *) g_hash_table_lookup (run->settings, key));
  }
}

static void
add_string (cJSON *object, const char *key, const char *value)
{
  if (value != NULL)
    cJSON_AddStringToObject (object, key, value);
  else
    cJSON_AddNullToObject (object, key);
}

/**
 * bs_cli_info_run_to_json:
 * @run: a run
 *
 * Returns: (transfer full): a document
 */
char *
bs_cli_info_run_to_json (const BsRun *run)
{
  g_autoptr (cJSON) object = cJSON_CreateObject ();
  g_autoptr (GPtrArray) keys = sorted_keys (run);
  g_autofree char *departures = dup_departures (run);
  add_string (object, "title", run->title);
  add_string (object, "model", run->model);
  add_string (object, "protocol", run->protocol);
  add_string (object, "tuned", tuned_word (run));
  add_string (object, "created", run->created);
  add_string (object, "departures", departures);
  cJSON *encoders = cJSON_AddArrayToObject (object, "encoders");
  for (char **name = run->encoders; name != NULL && *name != NULL; name++)
    cJSON_AddItemToArray (encoders, cJSON_CreateString (*name));
  cJSON_AddNumberToObject (object, "n", (double) run->predictions->n);
  cJSON_AddNumberToObject (object, "n_folds", run->folds->len);
  cJSON *settings = cJSON_AddObjectToObject (object, "settings");
  for (guint i = 0; i < keys->len; i++) {
    const char *key = g_ptr_array_index (keys, i);
    cJSON_AddStringToObject (settings, key, g_hash_table_lookup (run->settings, key));
  }
  return bs_json_to_text (object);
}
