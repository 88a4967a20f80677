/* SPDX-License-Identifier: MIT */
/* Static features: one archive with a row X[i] for each of `filenames`, as the official
 * timeseries2aggregate.py writes it. */
#include "data/corpus/bs-encoder-private.h"

#include <glib/gi18n.h>

/**
 * bs_encoder_static_open:
 * @part: a part whose path is an archive; not shared yet
 * @error: return location
 *
 * Reads the names alone; X may be large and is looked at on first use.
 *
 * Returns: (transfer full) (nullable): the clips' names in the order of the rows of X
 */
char **
bs_encoder_static_open (BsEncoderPart *part, GError **error)
{
  static const char *const members[] = { "X", "filenames" };
  g_autofree char *name = g_filename_display_name (part->path);
  part->npz = bs_npz_open (part->path, error);
  if (part->npz == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (!bs_npz_has (part->npz, members[i])) {
      g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: expected an array '%s'"), name,
                   members[i]);
      return NULL;
    }
  g_autoptr (BsArray) array = bs_npz_get (part->npz, "filenames", error);
  char **names = array != NULL ? bs_array_to_strings (array, error) : NULL;
  part->n_rows = names != NULL ? g_strv_length (names) : 0;
  return names;
}

/**
 * bs_encoder_static_x:
 * @part: a part that bs_encoder_static_open() opened; nobody else may use it meanwhile
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the array X, with as many rows as there are names
 */
BsArray *
bs_encoder_static_x (BsEncoderPart *part, GError **error)
{
  if (part->x != NULL)
    return part->x;
  g_autoptr (BsArray) x = bs_npz_get (part->npz, "X", error);
  if (x == NULL)
    return NULL;
  if (x->n_axes != 2 || x->shape[0] != part->n_rows || x->shape[1] == 0) {
    g_autofree char *shape = bs_array_dup_shape (x);
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: expected %zu rows, one for each of 'filenames', not the shape %s"),
                 x->name, part->n_rows, shape);
    return NULL;
  }
  return part->x = g_steal_pointer (&x);
}
