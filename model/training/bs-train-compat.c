/* SPDX-License-Identifier: MIT */
/* Whether two trainings are the same: to continue one, and to find a fusion's branches again. */
#include <glib/gi18n.h>
#include <string.h>

#include "model/config/bs-train-options.h"
#include "model/training/bs-train-private.h"

/**
 * bs_train_load_weights:
 * @done: a run
 * @error: %BS_ERROR_MISSING naming the fold whose weights were not kept, and the reader's
 *
 * Returns: whether the weights of all its folds are in memory
 */
gboolean
bs_train_load_weights (const BsRun *done, GError **error)
{
  if (!bs_run_load_weights (done, -1, error))
    return FALSE;
  for (guint i = 0; i < done->folds->len; i++) {
    const BsFoldResult *fold = g_ptr_array_index (done->folds, i);
    if (fold->tensors != NULL)
      continue;
    g_autofree char *name = bs_run_dup_fold_name (done, fold->fold);
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: has no weights of fold %s"),
                 bs_run_name (done), name);
    return FALSE;
  }
  return TRUE;
}

/* The first setting whose value is another one; one that @done does not know has its default. The
 * same number may be written in two ways. */
static const char *
find_setting (const BsRun *done, const BsTrainConfig *config)
{
  g_autoptr (BsTrainConfig) of_done = bs_train_config_new ();
  gsize n = 0;
  const BsOptionInfo *infos = bs_option_infos (&n);
  bs_train_config_set (of_done, "model", config->model, NULL);
  for (gsize i = 0; i < n; i++) {
    const char *value = g_hash_table_lookup (done->settings, infos[i].key);
    if (!bs_option_is_of (&infos[i], bs_train_config_model (config)))
      continue;
    if (value != NULL && !bs_option_set (&infos[i], of_done, value, NULL))
      return infos[i].key;
    g_autofree char *there = bs_option_dup_value (&infos[i], of_done);
    g_autofree char *wanted = bs_option_dup_value (&infos[i], config);
    if (strcmp (there, wanted) != 0)
      return infos[i].key;
  }
  return NULL;
}

/**
 * bs_train_find_difference:
 * @done: a run
 * @config: what is asked for
 * @metadata: of the corpus
 *
 * Returns: (nullable) (transfer none): the first thing, of those that decide a fold's training,
 *   in which they differ
 */
const char *
bs_train_find_difference (const BsRun *done, const BsTrainConfig *config,
                          const BsMetadata *metadata)
{
  if (g_strcmp0 (done->model, config->model) != 0)
    return "model";
  if (g_strcmp0 (done->protocol, config->protocol) != 0)
    return "protocol";
  if (done->encoders == NULL ||
      !g_strv_equal ((const char *const *) done->encoders, (const char *const *) config->encoders))
    return "encoders";
  if (done->seed != config->seed)
    return "seed";
  if (g_strcmp0 (done->metadata_hash, bs_metadata_hash (metadata)) != 0)
    return "metadata";
  return find_setting (done, config);
}

/**
 * bs_train_check_compatible:
 * @done: a run
 * @config: what is asked for
 * @metadata: of the corpus
 * @error: %BS_ERROR_VALUE naming what differs, and the reader's
 *
 * Returns: whether @done was trained with the same settings on the same clips and has its
 *   weights, which are read
 */
gboolean
bs_train_check_compatible (const BsRun *done, const BsTrainConfig *config,
                           const BsMetadata *metadata, GError **error)
{
  const char *differs = bs_train_find_difference (done, config, metadata);
  if (differs == NULL)
    return bs_train_load_weights (done, error);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               /* Translators: a run, and the name of a setting: "seed" */
               _ ("%s: cannot be continued, because '%s' differs from what is asked for now"),
               bs_run_name (done), differs);
  return FALSE;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/**
 * bs_train_config_dup_hash:
 * @self: a configuration
 * @metadata: of the corpus
 *
 * Returns: (transfer full): SHA-256 in hexadecimal digits of all that decides a fold's training
 */
char *
bs_train_config_dup_hash (const BsTrainConfig *self, const BsMetadata *metadata)
{
  g_autoptr (GHashTable) settings = bs_train_config_to_settings (self);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (settings), compare_keys);
  g_autofree char *encoders = g_strjoinv (",", self->encoders);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_printf (text, "%s\n%s\n%s\n%" G_GUINT64_FORMAT "\n%s\n", self->model, self->protocol,
                   encoders, self->seed, bs_metadata_hash (metadata));
  for (GList *key = keys; key != NULL; key = key->next)
    g_string_append_printf (text, "%s=%s\n", (const char *) key->data,
                            (const char *) g_hash_table_lookup (settings, key->data));
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}
