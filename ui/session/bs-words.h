/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/base/bs-labels.h"

G_BEGIN_DECLS

const char *bs_words_emotion (BsEmotion emotion);
char *bs_words_label (BsLabel label);
char *bs_words_label_short (BsLabel label);

#define BS_WORDS_FIGURE 32 /* bytes that hold a figure's text */

const char *bs_words_decimal_point (void);
const char *bs_words_figure (char text[BS_WORDS_FIGURE], double value);

G_END_DECLS
