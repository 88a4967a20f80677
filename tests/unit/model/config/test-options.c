/* SPDX-License-Identifier: MIT */
#include "model/config/bs-train-config.h"

#include <string.h>

#include "model/config/bs-departures.h"
#include "model/config/bs-run-differences.h"
#include "model/config/bs-train-grid.h"

static void
test_every_model_has_defaults_that_it_takes (void)
{
  for (const char *const *model = bs_model_names (); *model != NULL; model++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BsTrainConfig) config = bs_train_config_new ();
    bs_train_config_set (config, "model", *model, &error);
    g_assert_no_error (error);
    g_autoptr (GArray) options = bs_train_options (*model);
    g_assert_cmpuint (options->len, >, 5);
    for (guint i = 0; i < options->len; i++) {
      const BsTrainOption *option = &g_array_index (options, BsTrainOption, i);
      bs_train_config_set (config, option->key, option->value, &error);
      g_assert_no_error (error);
    }
  }
}

static void
test_a_model_sets_its_defaults (void)
{
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  g_assert_cmpint (config->batch_size, ==, 32);
  g_assert_cmpfloat (config->learning_rate, ==, 5e-6);
  bs_train_config_set (config, "model", "attention", NULL);
  g_assert_cmpint (config->batch_size, ==, 64);
  g_assert_cmpint (config->n_epochs, ==, 500);
  g_assert_cmpint (config->patience, ==, 15);
  g_assert_cmpint (config->loss, ==, BS_LOSS_COMBINED);
  g_assert_true (config->temperature);
  bs_train_config_set (config, "model", "mlp-1024-512", NULL);
  g_assert_cmpint (config->loss, ==, BS_LOSS_KL);
  g_assert_cmpint (config->layer_from, ==, 6);
  g_assert_cmpint (config->layer_to, ==, 12);
}

static void
assert_refused (const char *model, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  bs_train_config_set (config, "model", model, NULL);
  g_assert_false (bs_train_config_set (config, key, value, &error));
  g_assert_nonnull (strstr (error->message, key));
}

static void
test_a_setting_of_another_model_is_refused (void)
{
  assert_refused ("mlp-512", "heads", "4");
  assert_refused ("attention", "features", "subsample");
  assert_refused ("direct-36", "loss", "kl");
  assert_refused ("stat", "modality-dropout", "0.1");
}

static void
test_a_wrong_value_is_refused (void)
{
  assert_refused ("linear", "lr", "0");
  assert_refused ("linear", "lr", "nan");
  assert_refused ("linear", "epochs", "1.5");
  assert_refused ("linear", "loss", "mse");
  assert_refused ("bilstm", "dropout", "1");
  assert_refused ("attention", "width", "-1");
}

static void
assert_impossible (const char *model, const char *encoders, const char *key, const char *value,
                   const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  bs_train_config_set (config, "model", model, &error);
  bs_train_config_set (config, "encoders", encoders, &error);
  if (key != NULL)
    bs_train_config_set (config, key, value, &error);
  g_assert_no_error (error);
  g_assert_false (bs_train_config_check (config, &error));
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_settings_that_do_not_go_together (void)
{
  assert_impossible ("bilstm", "A,B", NULL, NULL, "one encoder");
  assert_impossible ("mixed", "A", NULL, NULL, "two or more");
  assert_impossible ("attention", "A,B", "heads", "5", "divide");
  assert_impossible ("mlp-1024-512", "A", "layer-to", "3", "layer-from");
}

static void
test_a_value_may_be_set_to_itself (void)
{
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  bs_train_config_set (config, "preset", "demo", NULL);
  bs_train_config_set (config, "preset", config->preset, NULL);
  bs_train_config_set (config, "protocol", config->protocol, NULL);
  bs_train_config_set (config, "model", config->model, NULL);
  g_assert_cmpstr (config->preset, ==, "demo");
  g_assert_cmpstr (config->protocol, ==, "official");
  g_assert_cmpstr (config->model, ==, "mlp-512");
}

static void
test_a_copy_is_its_own (void)
{
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  bs_train_config_set (config, "encoders", "A,B", NULL);
  g_autoptr (BsTrainConfig) copy = bs_train_config_copy (config);
  bs_train_config_set (copy, "encoders", "C", NULL);
  bs_train_config_set (copy, "model", "attention", NULL);
  g_assert_cmpstr (config->encoders[1], ==, "B");
  g_assert_cmpstr (config->model, ==, "mlp-512");
}

static void
test_the_demo_preset_is_small_and_of_any_model (void)
{
  g_autoptr (GError) error = NULL;
  for (const char *const *model = bs_model_names (); *model != NULL; model++) {
    g_autoptr (BsTrainConfig) config = bs_train_config_new ();
    bs_train_config_set (config, "model", *model, NULL);
    bs_train_config_set (config, "encoders", bs_train_config_is_fusion (config) ? "A,B" : "A",
                         NULL);
    bs_train_config_set (config, "preset", "demo", &error);
    g_assert_no_error (error);
    g_assert_true (bs_train_config_check (config, &error));
    g_assert_no_error (error);
  }
  g_autoptr (BsTrainConfig) lstm = bs_train_config_new ();
  bs_train_config_set (lstm, "model", "bilstm", NULL);
  bs_train_config_set (lstm, "preset", "demo", NULL);
  g_assert_cmpint (lstm->width, ==, 64);
  g_assert_cmpint (lstm->length, ==, 32);
  g_assert_cmpint (lstm->n_epochs, ==, 500);
  bs_train_config_set (lstm, "preset", "official", NULL);
  g_assert_cmpint (lstm->width, ==, 256);
}

static void
test_models_say_how_many_encoders_they_take (void)
{
  static const struct {
    const char *model, *features;
    guint least, most;
  } cases[] = {
    { "mlp-512", NULL, 1, G_MAXUINT },   { "mlp-512", "subsample", 1, 1 }, { "stat", NULL, 1, 1 },
    { "attention", NULL, 1, G_MAXUINT }, { "mixed", NULL, 2, G_MAXUINT },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint least, most;
    g_autoptr (BsTrainConfig) config = bs_train_config_new ();
    bs_train_config_set (config, "model", cases[i].model, NULL);
    if (cases[i].features != NULL)
      bs_train_config_set (config, "features", cases[i].features, NULL);
    bs_train_config_encoder_range (config, &least, &most);
    g_assert_cmpuint (least, ==, cases[i].least);
    g_assert_cmpuint (most, ==, cases[i].most);
  }
}

/* Batch and epochs of main.py and main_subsampling.py. */
static void
test_subsamples_bring_the_official_batch_and_epochs (void)
{
  static const char *const models[] = { "linear", "mlp-256", "mlp-512" };
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++) {
    g_autoptr (BsTrainConfig) config = bs_train_config_new ();
    bs_train_config_set (config, "model", models[i], NULL);
    bs_train_config_set (config, "features", "subsample", NULL);
    g_assert_cmpint (config->batch_size, ==, 512);
    g_assert_cmpint (config->n_epochs, ==, 300);
    bs_train_config_set (config, "features", "aggregate", NULL);
    g_assert_cmpint (config->batch_size, ==, 32);
    g_assert_cmpint (config->n_epochs, ==, 200);
  }
}

/* Whatever the order, and also where it is the value that the setting had. */
static void
test_what_somebody_set_stays (void)
{
  g_autoptr (BsTrainConfig) before = bs_train_config_new ();
  bs_train_config_set (before, "epochs", "200", NULL);
  bs_train_config_set (before, "features", "subsample", NULL);
  g_assert_cmpint (before->n_epochs, ==, 200);
  g_assert_cmpint (before->batch_size, ==, 512);
  g_autoptr (BsTrainConfig) after = bs_train_config_copy (before);
  bs_train_config_set (after, "batch", "64", NULL);
  bs_train_config_set (after, "features", "subsample", NULL);
  g_assert_cmpint (after->batch_size, ==, 64);
  bs_train_config_set (after, "preset", "official", NULL);
  g_assert_cmpint (after->batch_size, ==, 32);
  g_autoptr (BsTrainConfig) demo = bs_train_config_new ();
  bs_train_config_set (demo, "preset", "demo", NULL);
  bs_train_config_set (demo, "features", "subsample", NULL);
  g_assert_cmpint (demo->n_epochs, ==, 12);
}

static void
assert_departs (const BsTrainConfig *config, const char *words)
{
  g_autoptr (GArray) departures = bs_train_config_departures (config);
  g_autofree char *text = bs_departures_to_text (departures);
  g_assert_cmpstr (text, ==, words);
}

static void
test_a_training_says_in_what_it_departs (void)
{
  g_autoptr (BsTrainConfig) config = bs_train_config_new ();
  assert_departs (config, "");
  bs_train_config_set (config, "features", "subsample", NULL);
  assert_departs (config, "");
  bs_train_config_set (config, "batch", "32", NULL);
  bs_train_config_set (config, "epochs", "20", NULL);
  assert_departs (config, "epochs=20 (300), batch=32 (512)");
  bs_train_config_set (config, "preset", "demo", NULL);
  assert_departs (config, "");
  bs_train_config_set (config, "lr", "1e-3", NULL);
  assert_departs (config, "lr=0.001 (0.0001)");
  bs_train_config_set (config, "model", "attention", NULL);
  bs_train_config_set (config, "preset", "official", NULL);
  assert_departs (config, "");
}

static void
test_a_run_of_an_earlier_version_says_it_too (void)
{
  g_autoptr (BsRun) run = bs_run_new ();
  g_autoptr (GArray) none = bs_run_departures (run);
  g_assert_null (none);
  run->model = g_strdup ("mlp-512");
  g_hash_table_insert (run->settings, g_strdup ("features"), g_strdup ("subsample"));
  g_hash_table_insert (run->settings, g_strdup ("epochs"), g_strdup ("200"));
  g_hash_table_insert (run->settings, g_strdup ("batch"), g_strdup ("512"));
  g_autoptr (GArray) departures = bs_run_departures (run);
  g_autofree char *text = bs_departures_to_text (departures);
  g_assert_cmpstr (text, ==, "epochs=200 (300)");
}

static void
test_lists_of_values_are_combined (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsTrainConfig) base = bs_train_config_new ();
  const char *const settings[] = { "model=linear", "lr=1e-3, 1e-2", "encoders=A,B",
                                   "smoothing=0,0.1,0.2", NULL };
  const char *const named[][2] = { { "seed", "7" }, { "folds", NULL } };
  g_autoptr (BsTrainGrid) grid =
    bs_train_grid_new (base, settings, named, G_N_ELEMENTS (named), 6, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (grid->keys), ==, 2);
  g_assert_cmpuint (grid->points->len, ==, 6);
  const BsTrainPoint *fifth = g_ptr_array_index (grid->points, 4);
  g_assert_cmpstr (fifth->name, ==, "lr=1e-2_smoothing=0.1");
  g_assert_cmpstr (fifth->values[1], ==, "0.1");
  g_assert_cmpfloat (fifth->config->learning_rate, ==, 1e-2);
  g_assert_cmpfloat (fifth->config->smoothing, ==, 0.1);
  g_assert_cmpstr (fifth->config->model, ==, "linear");
  g_assert_cmpstr (fifth->config->encoders[1], ==, "B");
  g_assert_cmpuint (fifth->config->seed, ==, 7);
  g_assert_cmpfloat (base->learning_rate, ==, 5e-6);
}

static void
assert_no_grid (const char *setting, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsTrainConfig) base = bs_train_config_new ();
  const char *const settings[] = { "encoders=A", setting, NULL };
  g_assert_null (bs_train_grid_new (base, settings, NULL, 0, BS_TRAIN_GRID_MOST, &error));
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_an_impossible_grid_is_refused (void)
{
  g_autoptr (GString) many = g_string_new ("seed=0");
  for (int i = 1; i <= 10000; i++)
    g_string_append_printf (many, ",%d", i);
  assert_no_grid ("lr", "KEY=VALUE");
  assert_no_grid ("lr=1e-3,", "lr");
  assert_no_grid ("lr=1,1", "lr: the value 1 is given twice");
  assert_no_grid ("heads=2,4", "no such setting");
  assert_no_grid ("seed=1,-1", "seed");
  assert_no_grid (many->str, "more than 10000 combinations");
}

static BsRun *
make_run (const char *model, const char *encoder, const char *lr)
{
  BsRun *run = bs_run_new ();
  run->model = g_strdup (model);
  run->protocol = g_strdup ("official");
  g_strfreev (run->encoders);
  run->encoders = g_strsplit (encoder, ",", -1);
  g_hash_table_insert (run->settings, g_strdup ("epochs"), g_strdup ("12"));
  if (lr != NULL)
    g_hash_table_insert (run->settings, g_strdup ("lr"), g_strdup (lr));
  return run;
}

static void
assert_differing (BsRun *a, BsRun *b, const char *keys)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  g_ptr_array_add (runs, a);
  g_ptr_array_add (runs, b);
  g_auto (GStrv) found = bs_runs_differing (runs);
  g_autofree char *text = g_strjoinv (" ", found);
  g_assert_cmpstr (text, ==, keys);
}

static void
test_runs_are_told_apart (void)
{
  g_autoptr (BsRun) a = make_run ("linear", "A,B", "0.1");
  g_autoptr (BsRun) b = make_run ("mlp-512", "A", "0.2");
  g_autoptr (BsRun) c = make_run ("linear", "A,B", NULL);
  assert_differing (a, a, "");
  assert_differing (a, b, "model encoders lr");
  assert_differing (a, c, ""); /* one that does not say it */
  c->seed = 5;
  assert_differing (a, c, "seed");
  g_autofree char *encoders = bs_run_dup_setting (a, "encoders");
  g_assert_cmpstr (encoders, ==, "A,B");
  g_assert_null (bs_run_dup_setting (c, "lr"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/subsamples", test_subsamples_bring_the_official_batch_and_epochs);
  g_test_add_func ("/options/given", test_what_somebody_set_stays);
  g_test_add_func ("/options/departures", test_a_training_says_in_what_it_departs);
  g_test_add_func ("/options/departures-of-run", test_a_run_of_an_earlier_version_says_it_too);
  g_test_add_func ("/options/defaults", test_every_model_has_defaults_that_it_takes);
  g_test_add_func ("/options/model", test_a_model_sets_its_defaults);
  g_test_add_func ("/options/other-model", test_a_setting_of_another_model_is_refused);
  g_test_add_func ("/options/wrong", test_a_wrong_value_is_refused);
  g_test_add_func ("/options/together", test_settings_that_do_not_go_together);
  g_test_add_func ("/options/itself", test_a_value_may_be_set_to_itself);
  g_test_add_func ("/options/copy", test_a_copy_is_its_own);
  g_test_add_func ("/options/demo", test_the_demo_preset_is_small_and_of_any_model);
  g_test_add_func ("/options/encoders", test_models_say_how_many_encoders_they_take);
  g_test_add_func ("/options/lists of values are combined", test_lists_of_values_are_combined);
  g_test_add_func ("/options/an impossible grid is refused", test_an_impossible_grid_is_refused);
  g_test_add_func ("/options/runs are told apart", test_runs_are_told_apart);
  return g_test_run ();
}
