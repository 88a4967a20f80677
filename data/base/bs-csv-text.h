/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bs_csv_append_field (GString *out, const char *text);
void bs_csv_append_double (GString *out, double value);

G_END_DECLS
