/* SPDX-License-Identifier: MIT */
#pragma once

#include "model/bs-rule.h"

G_BEGIN_DECLS

char *bs_why_sentence (const BsVerdict *verdict, BsPair pair);
char *bs_why_change (const BsVerdict *verdict, BsPair pair);

G_END_DECLS
