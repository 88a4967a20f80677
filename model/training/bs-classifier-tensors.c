/* SPDX-License-Identifier: MIT */
/* A classifier as named tensors, which a run keeps, and back. */
#include <glib/gi18n.h>
#include <string.h>

#include "data/base/bs-error.h"
#include "model/training/bs-classifier.h"
#include "model/training/bs-model.h"

/* Of a network of one modality. */
#define ONLY_MEAN "scaler.mean"

static char *
dup_scaler_name (const char *prefix, guint n_modalities, guint modality, const char *what)
{
  return n_modalities == 1 ? g_strdup_printf ("%sscaler.%s", prefix, what)
                           : g_strdup_printf ("%sscaler.%u.%s", prefix, modality, what);
}

static void
add_tensor (GPtrArray *tensors, const char *name, const float *values, gsize n_rows, gsize n_cols,
            guint n_axes)
{
  BsMatrix *matrix = bs_matrix_new (n_rows, n_cols);
  memcpy (matrix->data, values, n_rows * n_cols * sizeof (float));
  g_ptr_array_add (tensors, bs_tensor_new (name, matrix, n_axes));
}

/* F64 where the features are wide, whose digits a float32 would cut off. */
static void
add_statistics (GPtrArray *tensors, const char *name, const BsScaler *scaler, const double *values)
{
  BsMatrix *matrix =
    scaler->is_wide ? bs_matrix_new_wide (1, scaler->n) : bs_matrix_new (1, scaler->n);
  for (gsize c = 0; c < scaler->n; c++)
    if (scaler->is_wide)
      matrix->doubles[c] = values[c];
    else
      matrix->data[c] = (float) values[c];
  g_ptr_array_add (tensors, bs_tensor_new (name, matrix, 1));
}

static void
add_scalers (GPtrArray *tensors, const char *prefix, const BsClassifier *self)
{
  for (guint m = 0; m < self->n_modalities; m++) {
    const BsScaler *scaler = self->scalers[m];
    g_autofree char *mean = dup_scaler_name (prefix, self->n_modalities, m, "mean");
    g_autofree char *scale = dup_scaler_name (prefix, self->n_modalities, m, "scale");
    add_statistics (tensors, mean, scaler, scaler->mean);
    add_statistics (tensors, scale, scaler, scaler->scale);
  }
}

typedef struct {
  GPtrArray *tensors;
  const char *prefix;
  const BsReal *values;
} Collect;

static void
collect_parameter (const char *name, const BsParameter *parameter, gpointer user_data)
{
  Collect *to = user_data;
  gboolean is_vector = parameter->n_axes == 1;
  g_autofree char *full = g_strconcat (to->prefix, name, NULL);
  add_tensor (to->tensors, full, to->values + parameter->offset,
              is_vector ? 1 : parameter->shape[0], parameter->shape[is_vector ? 0 : 1],
              parameter->n_axes);
}

/**
 * bs_classifier_add_tensors:
 * @self: a classifier
 * @prefix: goes before every name: "" or a frozen branch's "branches.0."
 * @tensors: (element-type BsTensor): gets copies of the weights under the names of the state_dict
 *   of the equivalent torch.nn.Module, of the scalers ("scaler.mean", "scaler.scale", with the
 *   modality's number between where there are several), and of the cut of a regressed share
 *   ("head.cut")
 */
void
bs_classifier_add_tensors (const BsClassifier *self, const char *prefix, GPtrArray *tensors)
{
  Collect collect = { tensors, prefix, self->network->values };
  float cut = (float) self->cut;
  bs_network_foreach_parameter (self->network, collect_parameter, &collect);
  add_scalers (tensors, prefix, self);
  if (self->head == BS_HEAD_SALIENCE)
    add_tensor (tensors, BS_CLASSIFIER_CUT, &cut, 1, 1, 1);
}

static void
set_lacking_error (int fold, const char *name, GError **error)
{
  g_autofree char *file = bs_run_weights_name (fold);
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: has no tensor \"%s\""), file, name);
}

/* One tensor of such a shape, or NULL and a sentence that it is of something else. */
static const BsMatrix *
find_tensor (const BsFoldResult *fold, const char *name, gsize n_rows, gsize n_cols, GError **error)
{
  const BsMatrix *tensor = bs_fold_result_tensor (fold, name);
  if (tensor != NULL && tensor->n_rows == n_rows && tensor->n_cols == n_cols)
    return tensor;
  if (tensor == NULL) {
    set_lacking_error (fold->fold, name, error);
    return NULL;
  }
  g_autofree char *file = bs_run_weights_name (fold->fold);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               _ ("%s: the weights are for other features: \"%s\" has %zu x %zu values, "
                  "expected %zu x %zu"),
               file, name, tensor->n_rows, tensor->n_cols, n_rows, n_cols);
  return NULL;
}

static gboolean
restore (const BsFoldResult *fold, const char *name, gsize n_rows, gsize n_cols, float *out,
         GError **error)
{
  const BsMatrix *tensor = find_tensor (fold, name, n_rows, n_cols, error);
  if (tensor == NULL)
    return FALSE;
  for (gsize i = 0; i < n_rows * n_cols; i++)
    out[i] = (float) bs_matrix_get (tensor, i);
  return TRUE;
}

static gboolean
restore_statistics (const BsFoldResult *fold, const char *name, BsScaler *scaler, double *out,
                    GError **error)
{
  const BsMatrix *tensor = find_tensor (fold, name, 1, scaler->n, error);
  if (tensor == NULL)
    return FALSE;
  scaler->is_wide = tensor->doubles != NULL;
  for (gsize c = 0; c < scaler->n; c++)
    out[c] = bs_matrix_get (tensor, c);
  return TRUE;
}

typedef struct {
  const BsFoldResult *fold;
  const char *prefix;
  BsReal *values;
  GError *error;
} Restore;

static void
restore_parameter (const char *name, const BsParameter *parameter, gpointer user_data)
{
  Restore *from = user_data;
  g_autofree char *full = g_strconcat (from->prefix, name, NULL);
  gboolean is_vector = parameter->n_axes == 1;
  if (from->error == NULL)
    restore (from->fold, full, is_vector ? 1 : parameter->shape[0],
             parameter->shape[is_vector ? 0 : 1], from->values + parameter->offset, &from->error);
}

static gboolean
restore_all (BsClassifier *self, const BsFoldResult *fold, const char *prefix, GError **error)
{
  for (guint m = 0; m < self->n_modalities; m++) {
    BsScaler *scaler = self->scalers[m];
    g_autofree char *mean = dup_scaler_name (prefix, self->n_modalities, m, "mean");
    g_autofree char *scale = dup_scaler_name (prefix, self->n_modalities, m, "scale");
    if (!restore_statistics (fold, mean, scaler, scaler->mean, error) ||
        !restore_statistics (fold, scale, scaler, scaler->scale, error))
      return FALSE;
  }
  float cut = 0;
  if (self->head == BS_HEAD_SALIENCE && !restore (fold, BS_CLASSIFIER_CUT, 1, 1, &cut, error))
    return FALSE;
  self->cut = (double) cut;
  Restore from = { fold, prefix, self->network->values, NULL };
  bs_network_foreach_parameter (self->network, restore_parameter, &from);
  if (from.error == NULL)
    return TRUE;
  g_propagate_error (error, from.error);
  return FALSE;
}

static const BsFoldResult *
find_weights (const BsRun *run, int fold, GError **error)
{
  if (!bs_run_load_weights (run, fold, error))
    return NULL;
  const BsFoldResult *result = bs_run_fold (run, fold);
  if (result != NULL && result->tensors != NULL)
    return result;
  if (fold == BS_FOLD_ALL_CLIPS) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("has no weights of all clips"));
    return NULL;
  }
  g_autofree char *shown = bs_run_dup_fold_name (run, fold);
  g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("has no weights of fold %s"), shown);
  return NULL;
}

static BsClassifier *
from_run (const BsRun *run, int fold, const BsTrainConfig *config, const char *prefix,
          guint n_modalities, const gsize *widths, GError **error)
{
  const BsFoldResult *result = find_weights (run, fold, error);
  if (result == NULL)
    return NULL;
  const BsNetworkSpec spec = bs_model_spec (config, n_modalities, widths);
  BsNetwork *network = bs_network_new (&spec, error);
  if (network == NULL)
    return NULL;
  BsScaler *scalers[BS_BATCH_MAX_MODALITIES];
  for (guint m = 0; m < n_modalities; m++)
    scalers[m] = bs_scaler_new (widths[m]);
  g_autoptr (BsClassifier) self =
    bs_classifier_new (bs_train_config_model (config)->head, scalers, network);
  return restore_all (self, result, prefix, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * bs_classifier_from_run:
 * @run: a run
 * @fold: the fold whose network is wanted
 * @config: what the network was trained with: the run's own, or a branch's
 * @prefix: what stands before its tensors' names: "" or a branch's
 * @n_modalities: of the samples it will be given
 * @widths: (array length=n_modalities): of a row of each
 * @error: %BS_ERROR_MISSING where the run kept no weights, %BS_ERROR_VALUE where they are for
 *   other features, and the reader's
 *
 * Any thread; reads the fold's weights where they lie on disk.
 *
 * Returns: (transfer full): the fold's classifier
 */
BsClassifier *
bs_classifier_from_run (const BsRun *run, int fold, const BsTrainConfig *config, const char *prefix,
                        guint n_modalities, const gsize *widths, GError **error)
{
  BsClassifier *self = from_run (run, fold, config, prefix, n_modalities, widths, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", bs_run_name (run));
  return self;
}

/* Widths of the rows that the network was trained on, as its scalers tell. */
static guint
find_widths (const BsFoldResult *fold, const char *prefix, gsize widths[BS_BATCH_MAX_MODALITIES])
{
  g_autofree char *only_name = g_strconcat (prefix, ONLY_MEAN, NULL);
  const BsMatrix *only = bs_fold_result_tensor (fold, only_name);
  if (only != NULL) {
    widths[0] = only->n_cols;
    return 1;
  }
  guint n = 0;
  for (; n < BS_BATCH_MAX_MODALITIES; n++) {
    g_autofree char *name = g_strdup_printf ("%sscaler.%u.mean", prefix, n);
    const BsMatrix *mean = bs_fold_result_tensor (fold, name);
    if (mean == NULL)
      break;
    widths[n] = mean->n_cols;
  }
  return n;
}

/**
 * bs_classifier_check_run:
 * @run: a run
 * @fold: one of its folds
 * @config: what the network was trained with: the run's own, or a branch's
 * @prefix: what stands before its tensors' names: "" or a branch's
 * @n_latent: (out) (optional): values that go into its head
 * @error: %BS_ERROR_MISSING where a tensor is lacking, %BS_ERROR_VALUE where one has another shape
 *
 * Builds the fold's network once, for features of whatever width its scalers are for. Any thread;
 * reads the fold's weights where they lie on disk.
 *
 * Returns: whether the run's tensors are those of its network
 */
gboolean
bs_classifier_check_run (const BsRun *run, int fold, const BsTrainConfig *config,
                         const char *prefix, gsize *n_latent, GError **error)
{
  gsize widths[BS_BATCH_MAX_MODALITIES];
  const BsFoldResult *result = find_weights (run, fold, error);
  guint n = result != NULL ? find_widths (result, prefix, widths) : 0;
  g_autoptr (BsClassifier) classifier = NULL;
  g_autofree char *only_name = g_strconcat (prefix, ONLY_MEAN, NULL);
  if (result != NULL && n == 0)
    set_lacking_error (fold, only_name, error);
  else if (result != NULL)
    classifier = from_run (run, fold, config, prefix, n, widths, error);
  if (classifier == NULL)
    g_prefix_error (error, "%s: ", bs_run_name (run));
  else if (n_latent != NULL)
    *n_latent = classifier->network->n_latent;
  return classifier != NULL;
}
