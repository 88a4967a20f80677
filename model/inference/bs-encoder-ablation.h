/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/corpus/bs-corpus.h"
#include "data/run/bs-run.h"

G_BEGIN_DECLS

/**
 * BsAblationResult:
 * @p: six probabilities, marginals of a head without thresholds
 * @decision: of a head without thresholds; unknown where the rule is to decide
 *
 * What networks say of a clip.
 */
typedef struct {
  double p[BS_N_EMOTIONS];
  BsLabel decision;
} BsAblationResult;

/**
 * BsAblatedEncoder:
 * @encoder: name
 * @alone: with this encoder and no other
 * @without: with all others
 */
typedef struct {
  char *encoder;
  BsAblationResult alone;
  BsAblationResult without;
} BsAblatedEncoder;

/**
 * BsEncoderAblation:
 * @whole: with every encoder
 * @has_thresholds: whether alpha and beta decide
 * @n: encoders; 0 for a run of a single one, which nothing can be left out of
 * @of: (array length=n): each encoder's
 * @temperature: that the logits of the network which held the clip out are divided by; NaN where
 *   none was learnt, or several networks were asked
 * @logits: before the division, where there is a temperature
 *
 * What each encoder is worth for one clip.
 */
typedef struct {
  BsAblationResult whole;
  gboolean has_thresholds;
  guint n;
  BsAblatedEncoder *of;
  double temperature;
  double logits[BS_N_EMOTIONS];
} BsEncoderAblation;

BsEncoderAblation *bs_encoder_ablation_new (BsCorpus *corpus, const BsRun *run, gsize clip,
                                            GCancellable *cancellable, GError **error);
void bs_encoder_ablation_free (BsEncoderAblation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsEncoderAblation, bs_encoder_ablation_free)

G_END_DECLS
