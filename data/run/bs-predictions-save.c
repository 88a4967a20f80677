/* SPDX-License-Identifier: MIT */
/* Predictions written as other programs read them. */
#include <glib/gi18n.h>
#include <string.h>

#include "data/corpus/bs-fold-names.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-file.h"
#include "data/format/bs-npz.h"
#include "data/run/bs-predictions-private.h"

static gboolean
save_csv (const BsPredictions *self, const char *path, GError **error)
{
  g_autoptr (GString) out = g_string_new ("filename,fold");
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    g_string_append_printf (out, ",%s", bs_emotion_code ((BsEmotion) k));
  g_string_append_c (out, '\n');
  for (gsize i = 0; i < self->n; i++) {
    bs_csv_append_field (out, self->filenames[i]);
    g_string_append_c (out, ',');
    if (self->folds[i] >= 0)
      bs_csv_append_field (out,
                           bs_fold_name ((const char *const *) self->fold_names, self->folds[i]));
    for (int k = 0; k < BS_N_EMOTIONS; k++) {
      g_string_append_c (out, ',');
      bs_csv_append_double (out, self->probabilities[i][k]);
    }
    g_string_append_c (out, '\n');
  }
  return bs_file_write (path, out->str, out->len, error);
}

static void
add_array (BsNpzWriter *writer, const char *prefix, const char *member, GBytes *npy)
{
  g_autofree char *name = g_strconcat (prefix, member, NULL);
  bs_npz_writer_add (writer, name, npy);
  g_bytes_unref (npy);
}

/* Numbers where the folds are called so, texts where they have other names. */
static GBytes *
folds_to_npy (const BsPredictions *self)
{
  g_autofree gint64 *folds = g_new (gint64, MAX (self->n, 1));
  g_autofree const char **names = g_new0 (const char *, self->n + 1);
  for (gsize i = 0; i < self->n; i++) {
    folds[i] = self->folds[i];
    names[i] = self->fold_names != NULL && folds[i] >= 0 ? self->fold_names[folds[i]] : "";
  }
  return self->fold_names != NULL ? bs_npy_from_strings (names, self->n)
                                  : bs_npy_from_ints (folds, &self->n, 1);
}

/**
 * bs_predictions_to_npz:
 * @self: predictions
 * @writer: gets `filenames`, `fold` (-1 for none, or texts), `probabilities`, and `decisions` where
 *   there are any: first and second emotion (-1 for none) and the first's per cent
 * @prefix: goes before the members' names
 */
void
bs_predictions_to_npz (const BsPredictions *self, BsNpzWriter *writer, const char *prefix)
{
  const gsize shape[2] = { self->n, BS_N_EMOTIONS }, decisions_shape[2] = { self->n, 3 };
  g_autofree gint64 *decisions = g_new (gint64, MAX (3 * self->n, 1));
  for (gsize i = 0; i < self->n; i++) {
    if (self->decisions == NULL)
      break;
    decisions[3 * i] = self->decisions[i].first;
    decisions[3 * i + 1] = self->decisions[i].second;
    decisions[3 * i + 2] = self->decisions[i].first_percent;
  }
  add_array (writer, prefix, "filenames",
             bs_npy_from_strings ((const char *const *) self->filenames, self->n));
  add_array (writer, prefix, "fold", folds_to_npy (self));
  add_array (writer, prefix, "probabilities",
             bs_npy_from_doubles ((const double *) self->probabilities, shape, 2));
  if (self->decisions != NULL)
    add_array (writer, prefix, "decisions", bs_npy_from_ints (decisions, decisions_shape, 2));
}

/**
 * bs_predictions_save:
 * @self: predictions with probabilities
 * @path: ends in .csv or .npz
 * @error: return location
 *
 * Writes names, folds and probabilities, as bs_predictions_load() reads them: to the same doubles.
 * The file appears whole or not at all. Blocks; any thread.
 *
 * Returns: whether it was written
 */
gboolean
bs_predictions_save (const BsPredictions *self, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *lower = g_ascii_strdown (path, -1);
  if (self->kind == BS_PREDICTIONS_DECISIONS) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: decisions have no probabilities; .json and .zip hold them"), name);
    return FALSE;
  }
  if (g_str_has_suffix (lower, ".csv"))
    return save_csv (self, path, error);
  if (g_str_has_suffix (lower, ".npz")) {
    g_autoptr (BsNpzWriter) writer = bs_npz_writer_new ();
    bs_predictions_to_npz (self, writer, "");
    return bs_npz_writer_save (writer, path, error);
  }
  g_set_error (error, BS_ERROR, BS_ERROR_UNSUPPORTED, _ ("%s: expected a name in .csv or .npz"),
               name);
  return FALSE;
}
