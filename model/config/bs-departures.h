/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/run/bs-run.h"
#include "model/config/bs-train-config.h"

G_BEGIN_DECLS

/* The setting of a run that holds bs_departures_to_text(), where it departs at all. */
#define BS_RUN_DEPARTURES "departures"

/**
 * BsDeparture:
 * @key: a setting
 * @value: what it is, as bs_option_set() takes it
 * @usual: what the preset has
 *
 * A setting in which a training departs from its preset.
 */
typedef struct {
  const char *key;
  char *value;
  char *usual;
} BsDeparture;

BsTrainConfig *bs_train_config_of_run (const BsRun *run, GError **error);
GArray *bs_train_config_departures (const BsTrainConfig *self);
GArray *bs_run_departures (const BsRun *run);
char *bs_departures_to_text (const GArray *departures);

G_END_DECLS
