/* SPDX-License-Identifier: MIT */
/* Waiting for what happens in the main loop: tests of the window and its benches. */
#pragma once

#include <glib.h>

typedef gboolean (*BsTestCondition) (gpointer data);

void bs_test_wait (BsTestCondition condition, gpointer data, const char *what);
