/* SPDX-License-Identifier: MIT */
/* What a fold's training makes and a run keeps: a scaler and a network. */
#include "model/bs-classifier.h"

#include <string.h>

#include "data/bs-error.h"
#include "model/bs-loss.h"

#define BATCH_ROWS 32
#define MEAN_NAME "scaler.mean"
#define SCALE_NAME "scaler.scale"

/**
 * bs_classifier_new:
 * @scaler: (transfer full): of the network's input width
 * @network: (transfer full): with six outputs
 * @max_rows: the largest batch
 *
 * Returns: (transfer full): a classifier
 */
BsClassifier *
bs_classifier_new (BsScaler *scaler, BsNetwork *network, gsize max_rows)
{
  g_assert (scaler->n == network->n_in && network->n_out == BS_N_EMOTIONS);
  BsClassifier *self = g_new (BsClassifier, 1);
  self->scaler = scaler;
  self->network = network;
  self->max_rows = max_rows;
  self->pass = bs_pass_new (network, max_rows);
  self->batch = g_aligned_alloc0 (max_rows * network->n_in, sizeof (BsReal), 64);
  return self;
}

/**
 * bs_classifier_free:
 * @self: (transfer full): a classifier
 */
void
bs_classifier_free (BsClassifier *self)
{
  bs_scaler_free (self->scaler);
  bs_network_free (self->network);
  bs_pass_free (self->pass);
  g_aligned_free (self->batch);
  g_free (self);
}

/**
 * bs_classifier_scale:
 * @self: a classifier
 * @rows: features
 * @index: (nullable) (array length=n): the rows to take; %NULL for the first @n
 * @n: rows, at most max_rows
 *
 * Scales the rows into the batch.
 */
void
bs_classifier_scale (BsClassifier *self, const BsMatrix *rows, const gsize *index, gsize n)
{
  for (gsize i = 0; i < n; i++)
    bs_scaler_apply (self->scaler, bs_matrix_row (rows, index != NULL ? index[i] : i),
                     self->batch + i * self->network->n_in);
}

/**
 * bs_classifier_logits:
 * @self: a classifier
 * @rows: features
 * @index: (nullable) (array length=n): the rows to take; %NULL for the first @n
 * @n: rows, at most max_rows
 *
 * Scales the rows into the batch, where a backward pass finds them, and runs the network.
 *
 * Returns: (transfer none): n x 6, valid until the next call
 */
const BsReal *
bs_classifier_logits (BsClassifier *self, const BsMatrix *rows, const gsize *index, gsize n)
{
  bs_classifier_scale (self, rows, index, n);
  return bs_network_forward (self->network, self->pass, self->batch, n);
}

/**
 * bs_classifier_predict:
 * @self: a classifier
 * @rows: features, as wide as the network's input
 * @index: (nullable) (array length=n): the rows to take; %NULL for the first @n
 * @n: rows
 * @p: (out caller-allocates) (array length=n): six probabilities each
 * @cancellable: (nullable): looked at before each batch
 * @error: %BS_ERROR_NUMERIC where a probability is not a number
 *
 * Returns: whether it was done
 */
gboolean
bs_classifier_predict (BsClassifier *self, const BsMatrix *rows, const gsize *index, gsize n,
                       double (*p)[BS_N_EMOTIONS], GCancellable *cancellable, GError **error)
{
  gsize all[BATCH_ROWS];
  for (gsize from = 0; from < n; from += BATCH_ROWS) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    gsize n_batch = MIN (MIN (BATCH_ROWS, self->max_rows), n - from);
    for (gsize i = 0; i < n_batch; i++)
      all[i] = index != NULL ? index[from + i] : from + i;
    const BsReal *logits = bs_classifier_logits (self, rows, all, n_batch);
    for (gsize i = 0; i < n_batch; i++) {
      bs_softmax (logits + i * BS_N_EMOTIONS, BS_N_EMOTIONS, p[from + i]);
      if (!(p[from + i][0] >= 0)) {
        g_set_error (error, BS_ERROR, BS_ERROR_NUMERIC,
                     "the network's output for row %" G_GSIZE_FORMAT " is not a number", all[i]);
        return FALSE;
      }
    }
  }
  return TRUE;
}

static void
add_tensor (GPtrArray *tensors, const char *name, const float *values, gsize n_rows, gsize n_cols,
            guint n_axes)
{
  BsMatrix *matrix = bs_matrix_new (n_rows, n_cols);
  memcpy (matrix->data, values, n_rows * n_cols * sizeof (float));
  g_ptr_array_add (tensors, bs_tensor_new (name, matrix, n_axes));
}

typedef struct {
  GPtrArray *tensors;
  const BsReal *values;
} Collect;

static void
collect_parameter (const char *name, const BsParameter *parameter, gpointer user_data)
{
  Collect *to = user_data;
  gboolean is_vector = parameter->n_axes == 1;
  add_tensor (to->tensors, name, to->values + parameter->offset,
              is_vector ? 1 : parameter->shape[0], parameter->shape[is_vector ? 0 : 1],
              parameter->n_axes);
}

/**
 * bs_classifier_dup_tensors:
 * @self: a classifier
 *
 * Returns: (transfer full) (element-type BsTensor): copies of the weights under the names of a
 *   state_dict of torch.nn.Sequential ("0.weight", "0.bias", "2.weight", "2.bias"), and
 *   "scaler.mean" and "scaler.scale"
 */
GPtrArray *
bs_classifier_dup_tensors (const BsClassifier *self)
{
  GPtrArray *tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_tensor_free);
  Collect collect = { tensors, self->network->values };
  bs_network_foreach_parameter (self->network, collect_parameter, &collect);
  add_tensor (tensors, MEAN_NAME, self->scaler->mean, 1, self->scaler->n, 1);
  add_tensor (tensors, SCALE_NAME, self->scaler->scale, 1, self->scaler->n, 1);
  return tensors;
}

typedef struct {
  const BsFoldResult *fold;
  BsReal *values;
  GError *error;
} Restore;

static void
restore_parameter (const char *name, const BsParameter *parameter, gpointer user_data)
{
  Restore *from = user_data;
  if (from->error != NULL)
    return;
  BsMatrix *tensor = bs_fold_result_tensor (from->fold, name);
  gsize n_cols = parameter->shape[parameter->n_axes - 1];
  if (tensor == NULL || tensor->n_cols != n_cols || tensor->n_rows * n_cols != parameter->n) {
    g_set_error (&from->error, BS_ERROR, BS_ERROR_VALUE,
                 "the weights of fold %d: tensor \"%s\" with %" G_GSIZE_FORMAT
                 " values was expected",
                 from->fold->fold, name, parameter->n);
    return;
  }
  memcpy (from->values + parameter->offset, tensor->data, parameter->n * sizeof (float));
}

static BsScaler *
restore_scaler (const BsFoldResult *fold, gsize n_in, GError **error)
{
  BsMatrix *mean = bs_fold_result_tensor (fold, MEAN_NAME);
  BsMatrix *scale = bs_fold_result_tensor (fold, SCALE_NAME);
  if (mean == NULL || scale == NULL || mean->n_cols != n_in || scale->n_cols != n_in) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 "the weights of fold %d: they were made for %" G_GSIZE_FORMAT
                 " features, and the corpus gives %" G_GSIZE_FORMAT,
                 fold->fold, mean != NULL ? mean->n_cols : 0, n_in);
    return NULL;
  }
  BsScaler *self = bs_scaler_new (n_in);
  memcpy (self->mean, mean->data, n_in * sizeof (float));
  memcpy (self->scale, scale->data, n_in * sizeof (float));
  return self;
}

static BsNetwork *
restore_network (const BsFoldResult *fold, gsize n_in, GError **error)
{
  BsMatrix *first = bs_fold_result_tensor (fold, "0.weight");
  gboolean has_hidden = bs_fold_result_tensor (fold, "2.weight") != NULL;
  g_autoptr (BsNetwork) self =
    bs_network_new_mlp (n_in, has_hidden && first != NULL ? first->n_rows : 0, BS_N_EMOTIONS);
  Restore restore = { fold, self->values, NULL };
  bs_network_foreach_parameter (self, restore_parameter, &restore);
  if (restore.error != NULL) {
    g_propagate_error (error, restore.error);
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * bs_classifier_from_run:
 * @run: a run
 * @fold: the fold whose network is wanted
 * @n_in: width of the features it will be given
 * @error: %BS_ERROR_MISSING where the run kept no weights, %BS_ERROR_VALUE where they are for
 *   other features, and the reader's
 *
 * Any thread; reads the fold's weights where they lie on disk.
 *
 * Returns: (transfer full): the fold's classifier
 */
BsClassifier *
bs_classifier_from_run (const BsRun *run, int fold, gsize n_in, GError **error)
{
  if (!bs_run_load_weights (run, fold, error))
    return NULL;
  const BsFoldResult *result = bs_run_fold (run, fold);
  if (result == NULL || result->tensors == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, "%s: has no weights of fold %d",
                 run->folder != NULL ? run->folder : "the run", fold);
    return NULL;
  }
  g_autoptr (BsScaler) scaler = restore_scaler (result, n_in, error);
  if (scaler == NULL)
    return NULL;
  BsNetwork *network = restore_network (result, n_in, error);
  if (network == NULL)
    return NULL;
  return bs_classifier_new (g_steal_pointer (&scaler), network, BATCH_ROWS);
}
