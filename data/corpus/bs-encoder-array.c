/* SPDX-License-Identifier: MIT */
/* From one clip's array to windows x width. What an array's axes mean is seen from their number,
 * unless encoder.json in its folder declares it. */
#include <glib/gi18n.h>
#include <string.h>

#include "data/corpus/bs-encoder-private.h"
#include "data/format/bs-json.h"

typedef struct {
  gsize lengths[3]; /* of the array's axes; 1 for a third that is not there */
  gsize from; /* layers wanted */
  gsize to;
  gsize width;
  double *sums; /* windows x width */
} Layers;

/**
 * bs_encoder_axes_load:
 * @path: an encoder.json: {"axes": ["layer", "time", "width"]} in any order, or without layer
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the axes are; %NULL without error where the file does
 *   not speak of axes
 */
BsEncoderAxes *
bs_encoder_axes_load (const char *path, GError **error)
{
  static const char *const words[] = { "layer", "time", "width" };
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (cJSON) document = bs_json_load (path, error);
  if (document == NULL)
    return NULL;
  BsJson root = bs_json_root (document, name), list;
  if (!bs_json_is_object (&root, error) || !bs_json_has (&root, "axes"))
    return NULL;
  g_auto (GStrv) axes = bs_json_get_strings (&root, "axes", error);
  if (axes == NULL || !bs_json_get (&root, "axes", &list, error))
    return NULL;
  int found[3] = { -1, -1, -1 }, n = (int) g_strv_length (axes), n_found = 0;
  for (int i = 0; i < n; i++)
    for (int k = 0; k < 3; k++)
      if (strcmp (axes[i], words[k]) == 0 && found[k] < 0) {
        found[k] = i;
        n_found++;
      }
  if (n_found != n || found[1] < 0 || found[2] < 0) {
    bs_json_set_error (&list, error, _ ("expected time, width and at most one layer, each once"));
    return NULL;
  }
  BsEncoderAxes *self = g_new (BsEncoderAxes, 1);
  *self = (BsEncoderAxes){ found[0], found[1], found[2] };
  return self;
}

static gboolean
set_shape_error (const BsArray *array, const char *expected, GError **error)
{
  g_autofree char *shape = bs_array_dup_shape (array);
  /* Translators: a file, what should be there ("at least one number"), and 0 x 3 */
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, _ ("%s: expected %s, not the shape %s"),
               array->name, expected, shape);
  return FALSE;
}

static gboolean
plain_shape (const BsArray *array, gsize *n_rows, gsize *width, GError **error)
{
  if (array->n_axes == 0 || array->n_axes > 3 || (array->n_axes == 3 && array->shape[1] != 1))
    return set_shape_error (array, _ ("time x width, time x 1 x width, or one vector"), error);
  *n_rows = array->n_axes == 1 ? 1 : array->shape[0];
  *width = array->shape[array->n_axes - 1];
  return TRUE;
}

/**
 * bs_encoder_array_shape:
 * @array: one clip's features
 * @axes: (nullable): what its axes are
 * @n_layers: (out): 1 where there are none
 * @n_rows: (out): windows
 * @width: (out): features
 * @error: return location
 *
 * Returns: whether the array has that many axes, none of them empty
 */
gboolean
bs_encoder_array_shape (const BsArray *array, const BsEncoderAxes *axes, gsize *n_layers,
                        gsize *n_rows, gsize *width, GError **error)
{
  *n_layers = 1;
  if (axes == NULL) {
    if (!plain_shape (array, n_rows, width, error))
      return FALSE;
  } else {
    if (array->n_axes != (axes->layer >= 0 ? 3u : 2u))
      return set_shape_error (array, _ ("the axes that encoder.json declares"), error);
    *n_rows = array->shape[axes->time];
    *width = array->shape[axes->width];
    if (axes->layer >= 0)
      *n_layers = array->shape[axes->layer];
  }
  if (*n_layers == 0 || *n_rows == 0 || *width == 0)
    return set_shape_error (array, _ ("at least one number"), error);
  return TRUE;
}

/* Adds one entry of the first axis: a plane of the other two. */
static void
add_plane (const Layers *self, const BsEncoderAxes *axes, gsize index, const double *plane)
{
  gsize at[3] = { index, 0, 0 };
  for (at[1] = 0; at[1] < self->lengths[1]; at[1]++)
    for (at[2] = 0; at[2] < self->lengths[2]; at[2]++, plane++) {
      gsize layer = axes->layer >= 0 ? at[axes->layer] : 0;
      if (layer >= self->from && layer <= self->to)
        self->sums[at[axes->time] * self->width + at[axes->width]] += *plane;
    }
}

static gboolean
sum_layers (const Layers *self, const BsArray *array, const BsEncoderAxes *axes, GError **error)
{
  g_autofree double *plane = g_try_new (double, bs_array_row_length (array));
  if (plane == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("%s: too large to be held"), array->name);
    return FALSE;
  }
  for (gsize i = 0; i < self->lengths[0]; i++) {
    if (axes->layer == 0 && (i < self->from || i > self->to))
      continue;
    if (!bs_array_read_wide_rows (array, &i, 1, plane, error))
      return FALSE;
    add_plane (self, axes, i, plane);
  }
  return TRUE;
}

static BsMatrix *
read_declared (const BsArray *array, const BsEncoderAxes *axes, gsize from, gsize to,
               GError **error)
{
  gsize n_layers, n_rows, width;
  if (!bs_encoder_array_shape (array, axes, &n_layers, &n_rows, &width, error))
    return NULL;
  if (from >= n_layers) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: expected a layer %zu, but there are only %zu"), array->name, from,
                 n_layers);
    return NULL;
  }
  Layers layers = { { array->shape[0], array->shape[1], axes->layer >= 0 ? array->shape[2] : 1 },
                    from,
                    MIN (to, n_layers - 1),
                    width,
                    NULL };
  g_autofree double *sums = layers.sums = g_try_malloc0_n (n_rows * width, sizeof (double));
  gboolean is_wide = bs_array_is_wide (array);
  g_autoptr (BsMatrix) out =
    is_wide ? bs_matrix_new_wide (n_rows, width) : bs_matrix_new (n_rows, width);
  if (out == NULL || sums == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_LIMIT, _ ("%s: too large to be held"), array->name);
    return NULL;
  }
  if (!sum_layers (&layers, array, axes, error))
    return NULL;
  for (gsize i = 0; i < n_rows * width; i++) {
    double mean = sums[i] / (double) (layers.to - from + 1);
    if (is_wide)
      out->doubles[i] = mean;
    else
      out->data[i] = (float) mean;
  }
  return g_steal_pointer (&out);
}

/**
 * bs_encoder_array_read:
 * @array: one clip's features
 * @axes: (nullable): what its axes are
 * @from: first layer
 * @to: last layer; larger numbers mean the last there is
 * @error: return location
 *
 * Returns: (transfer full) (nullable): windows x width, the mean over the layers where there are
 *   several; wide where @array is
 */
BsMatrix *
bs_encoder_array_read (const BsArray *array, const BsEncoderAxes *axes, gsize from, gsize to,
                       GError **error)
{
  gsize n_layers, n_rows, width;
  if (axes != NULL)
    return read_declared (array, axes, from, to, error);
  if (!bs_encoder_array_shape (array, NULL, &n_layers, &n_rows, &width, error))
    return NULL;
  if (from > 0) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: expected layers, which encoder.json in the folder would declare"),
                 array->name);
    return NULL;
  }
  return bs_array_to_matrix (array, error);
}
