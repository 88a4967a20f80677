/* SPDX-License-Identifier: MIT */
/* Models small enough to be trained on a made corpus in a moment. */
#pragma once

#include "model/config/bs-train-config.h"
#include "model/training/bs-train.h"
#include "tests/support/bs-made-corpus.h"

static inline BsTrainConfig *
made_config_new (const char *model, const char *encoders)
{
  static const char *const small[][2] = {
    { "epochs", "3" }, { "length", "6" }, { "width", "8" },  { "ff", "12" },    { "layers", "1" },
    { "heads", "2" },  { "latent", "8" }, { "hidden", "6" }, { "lr", "0.003" }, { "patience", "0" },
  };
  g_autoptr (GError) error = NULL;
  BsTrainConfig *config = bs_train_config_new ();
  bs_train_config_set (config, "model", model, &error);
  bs_train_config_set (config, "encoders", encoders, &error);
  bs_train_config_set (config, "threads", "2", &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    bs_train_config_set (config, small[i][0], small[i][1], NULL);
  return config;
}

static inline void
made_config_set (BsTrainConfig *config, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;
  bs_train_config_set (config, key, value, &error);
  g_assert_no_error (error);
}

static inline BsRun *
made_train (BsCorpus *corpus, const BsTrainConfig *config)
{
  g_autoptr (GError) error = NULL;
  BsRun *run = bs_train (corpus, config, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return run;
}
