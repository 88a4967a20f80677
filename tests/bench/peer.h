/* SPDX-License-Identifier: MIT */
/* The scripts of this folder that do the same in PyTorch (peer.py). */
#pragma once

#include <glib.h>

gboolean bench_peer_run (const char *script, guint n, double *seconds);
void bench_peer_report (const char *what, double seconds, double ours, double limit);
