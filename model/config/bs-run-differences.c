/* SPDX-License-Identifier: MIT */
/* What sets runs apart from each other: for the table that compares them, and their names in it. */
#include "model/config/bs-run-differences.h"

#include <string.h>

#include "model/config/bs-train-options.h"

/* What a run keeps beside its settings, in the order that people look for it. */
static const char *const named_keys[] = { "model", "encoders", "protocol", BS_OPTION_SEED_KEY };

/**
 * bs_run_dup_setting:
 * @run: a run
 * @key: "model", "encoders", "protocol", "seed" or a setting
 *
 * Returns: (transfer full) (nullable): its value as the command line takes it; %NULL where the run
 *   does not say, as one that was imported
 */
char *
bs_run_dup_setting (const BsRun *run, const char *key)
{
  if (strcmp (key, "model") == 0)
    return g_strdup (run->model);
  if (strcmp (key, "protocol") == 0)
    return g_strdup (run->protocol);
  if (strcmp (key, "encoders") == 0)
    return run->encoders != NULL && run->encoders[0] != NULL ? g_strjoinv (",", run->encoders)
                                                             : NULL;
  if (strcmp (key, BS_OPTION_SEED_KEY) == 0)
    return run->protocol != NULL ? g_strdup_printf ("%" G_GUINT64_FORMAT, run->seed) : NULL;
  return g_strdup (g_hash_table_lookup (run->settings, key));
}

static gboolean
differs (const GPtrArray *runs, const char *key)
{
  g_autofree char *first = NULL;
  for (guint i = 0; i < runs->len; i++) {
    g_autofree char *value = bs_run_dup_setting (g_ptr_array_index (runs, i), key);
    if (value == NULL)
      continue;
    if (first == NULL)
      first = g_steal_pointer (&value);
    else if (strcmp (first, value) != 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * bs_runs_differing:
 * @runs: (element-type BsRun): runs
 *
 * Returns: (transfer full) (array zero-terminated=1): keys of bs_run_dup_setting() in which two of
 *   those that say it have different values; one that only some of them have is none
 */
char **
bs_runs_differing (const GPtrArray *runs)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  gsize n = 0;
  const BsOptionInfo *infos = bs_option_infos (&n);
  for (gsize i = 0; i < G_N_ELEMENTS (named_keys); i++)
    if (differs (runs, named_keys[i]))
      g_strv_builder_add (keys, named_keys[i]);
  for (gsize i = 0; i < n; i++)
    if (differs (runs, infos[i].key))
      g_strv_builder_add (keys, infos[i].key);
  return g_strv_builder_end (keys);
}
