/* SPDX-License-Identifier: MIT */
#pragma once

#include "data/bs-labels.h"

G_BEGIN_DECLS

const char *bs_words_emotion (BsEmotion emotion);
char *bs_words_label (BsLabel label);
char *bs_words_label_short (BsLabel label);

G_END_DECLS
