/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/config/bs-train-config.h"

G_BEGIN_DECLS

typedef enum {
  BS_OPTION_INT,
  BS_OPTION_DOUBLE,
  BS_OPTION_CHOICE, /* an int, written as a word */
  BS_OPTION_SEED, /* a guint64 */
} BsOptionType;

/**
 * BsOptionInfo:
 * @key: name on the command line
 * @type: what lies at @offset
 * @offset: into #BsTrainConfig
 * @group: the #BsModelSettings that a model has it by, any of them; 0 for every model
 * @min: least number
 * @max: largest number
 * @above_min: @min itself is not allowed
 * @choices: (nullable) (array zero-terminated=1): words of a choice
 * @value: the default before a model's own
 * @summary: what it is
 * @paper: the papers' value, or "not public"
 *
 * A setting that is one value of #BsTrainConfig.
 */
typedef struct {
  const char *key;
  BsOptionType type;
  gsize offset;
  guint group;
  double min;
  double max;
  gboolean above_min;
  const char *const *choices;
  const char *value;
  const char *summary;
  const char *paper;
} BsOptionInfo;

#define BS_OPTION_SEED_KEY "seed"

const BsOptionInfo *bs_option_infos (gsize *n);
const BsOptionInfo *bs_option_find (const char *key);
gboolean bs_option_is_of (const BsOptionInfo *self, const BsModelInfo *model);
guint64 bs_option_bit (const BsOptionInfo *self);
gboolean bs_option_set (const BsOptionInfo *self, BsTrainConfig *config, const char *value,
                        GError **error);
char *bs_option_dup_value (const BsOptionInfo *self, const BsTrainConfig *config);

G_END_DECLS
