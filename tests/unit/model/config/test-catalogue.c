/* SPDX-License-Identifier: MIT */
/* What a row of the catalogue of models must have for the model to be trained, shown and found. */
#include "model/config/bs-model-catalogue.h"

#include <string.h>

#include "model/config/bs-selection-protocol.h"
#include "model/config/bs-train-options.h"
#include "model/network/bs-network-spec.h"
#include "model/training/bs-model.h"

static gboolean
is_sentence (const char *text)
{
  return text != NULL && g_ascii_isupper (text[0]) && g_str_has_suffix (text, ".");
}

static void
test_every_model_is_described (void)
{
  gsize n = 0;
  const BsModelInfo *models = bs_model_infos (&n);
  g_assert_cmpuint (n, >, 0);
  for (gsize i = 0; i < n; i++) {
    g_assert_true (bs_model_find (models[i].name) == &models[i]); /* no name twice */
    g_assert_cmpstr (bs_model_names ()[i], ==, models[i].name);
    g_assert_true (models[i].title != NULL && models[i].title[0] != '\0');
    g_assert_cmpstr (bs_model_title (models[i].name), ==, models[i].title);
    g_assert_true (models[i].paper != NULL && models[i].paper[0] != '\0');
    g_assert_true (is_sentence (models[i].text));
  }
  g_assert_null (bs_model_names ()[n]);
  g_assert_null (bs_model_find ("imported"));
  g_assert_cmpstr (bs_model_title ("imported"), ==, "imported");
}

/* The window writes a heading above the first model of a paper. */
static void
test_models_of_a_paper_follow_each_other (void)
{
  gsize n = 0;
  const BsModelInfo *models = bs_model_infos (&n);
  for (gsize i = 2; i < n; i++)
    for (gsize k = 0; k + 1 < i; k++)
      g_assert_true (strcmp (models[i].paper, models[k].paper) != 0 ||
                     strcmp (models[i].paper, models[i - 1].paper) == 0);
}

static void
assert_values (const BsModelInfo *model, const char *const *values)
{
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  bs_train_config_set (config, "model", model->name, NULL);
  g_assert_nonnull (values);
  for (; *values != NULL; values++) {
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) pair = g_strsplit (*values, "=", 2);
    g_assert_cmpuint (g_strv_length (pair), ==, 2);
    bs_train_config_set (config, pair[0], pair[1], &error);
    g_assert_no_error (error);
  }
}

static void
test_every_model_has_defaults_that_it_takes (void)
{
  gsize n = 0;
  const BsModelInfo *models = bs_model_infos (&n);
  for (gsize i = 0; i < n; i++) {
    assert_values (&models[i], models[i].defaults);
    assert_values (&models[i], models[i].demo);
  }
}

/* As many modalities as its samples have: vectors come side by side, apart from a fusion's
 * branches. */
static guint
count_modalities (const BsModelInfo *model, guint n_encoders)
{
  if ((model->settings & BS_MODEL_HAS_BRANCHES) != 0)
    return n_encoders + (model->joint_branch != NULL);
  return model->form == BS_SAMPLES_SEQUENCES ? n_encoders : 1;
}

static void
assert_network (const BsModelInfo *model, const char *preset)
{
  const gsize widths[BS_BATCH_MAX_MODALITIES] = { 16, 16, 16 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  bs_train_config_set (config, "model", model->name, &error);
  bs_train_config_set (config, "preset", preset, &error);
  bs_train_config_set (config, "encoders", model->least_encoders == 1 ? "A" : "A,B", &error);
  g_assert_no_error (error);
  g_assert_true (bs_train_config_check (config, &error));
  g_assert_no_error (error);
  guint n_modalities = count_modalities (model, model->least_encoders);
  const BsNetworkSpec spec = bs_model_spec (config, n_modalities, widths);
  g_autoptr (BsNetwork) network = bs_network_new (&spec, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (network->n_out, ==, bs_head_n_out (model->head));
}

static void
test_every_model_builds_its_network (void)
{
  gsize n = 0;
  const BsModelInfo *models = bs_model_infos (&n);
  for (gsize i = 0; i < n; i++) {
    g_assert_cmpuint (models[i].least_encoders, >=, 1);
    g_assert_cmpuint (models[i].least_encoders, <=, models[i].most_encoders);
    assert_network (&models[i], "official");
    assert_network (&models[i], "demo");
  }
}

static void
test_a_fusion_finds_its_branches (void)
{
  gsize n = 0;
  const BsModelInfo *models = bs_model_infos (&n);
  for (gsize i = 0; bs_model_branches[i] != NULL; i++) {
    const BsModelInfo *branch = bs_model_find (bs_model_branches[i]);
    g_assert_nonnull (branch);
    g_assert_cmpuint (branch->most_encoders, ==, 1);
    g_assert_true ((branch->settings & BS_MODEL_HAS_LATENT) != 0);
  }
  for (gsize i = 0; i < n; i++) {
    const BsModelInfo *joint = bs_model_find (models[i].joint_branch);
    g_assert_true (models[i].joint_branch == NULL ||
                   (joint != NULL && joint->most_encoders == G_MAXUINT &&
                    (joint->settings & BS_MODEL_HAS_LATENT) != 0));
  }
}

static void
test_every_protocol_is_described (void)
{
  for (int i = 0; i < BS_N_SELECTION_PROTOCOLS; i++) {
    BsSelectionProtocol found = BS_N_SELECTION_PROTOCOLS;
    const BsSelectionProtocolInfo *info = bs_selection_protocol_info ((BsSelectionProtocol) i);
    g_assert_true (is_sentence (info->text));
    g_assert_cmpstr (bs_selection_protocol_names ()[i], ==, info->name);
    g_assert_true (bs_selection_protocol_find (info->name, &found) && (int) found == i);
  }
  BsSelectionProtocol none = BS_SELECTION_PROTOCOL_HONEST;
  g_assert_false (bs_selection_protocol_find ("best", &none));
  g_assert_cmpint (none, ==, BS_SELECTION_PROTOCOL_HONEST);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/described", test_every_model_is_described);
  g_test_add_func ("/catalogue/papers", test_models_of_a_paper_follow_each_other);
  g_test_add_func ("/catalogue/defaults", test_every_model_has_defaults_that_it_takes);
  g_test_add_func ("/catalogue/network", test_every_model_builds_its_network);
  g_test_add_func ("/catalogue/branches", test_a_fusion_finds_its_branches);
  g_test_add_func ("/catalogue/protocols", test_every_protocol_is_described);
  return g_test_run ();
}
