/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-labels.h"
#include "data/corpus/bs-metadata.h"
#include "model/decision/bs-tuning-source.h"

G_BEGIN_DECLS

const char *bs_label_text_emotion (BsEmotion emotion);
char *bs_label_text_label (BsLabel label);
char *bs_label_text_label_short (BsLabel label);
char *bs_label_text_origin (const BsMetadata *metadata, const BsClip *clip);
const char *bs_label_text_tuned (BsChosen chosen);

#define BS_LABEL_TEXT_FIGURE 32 /* bytes that hold a figure's text */

const char *bs_label_text_decimal_point (void);
const char *bs_label_text_figure (char text[BS_LABEL_TEXT_FIGURE], double value);

G_END_DECLS
