/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BsCliWork:
 * @cancellable: cancelled by the first SIGINT, SIGTERM or SIGHUP
 *
 * Work that takes a while: says on stderr how far it is, and can be interrupted. A second
 * signal ends the program.
 */
typedef struct {
  GCancellable *cancellable;
  /*< private >*/
  gboolean on_terminal;
  int told; /* per cent, -1 at first */
} BsCliWork;

void bs_cli_work_begin (BsCliWork *self);
void bs_cli_work_report (double fraction, const char *message, gpointer work);
void bs_cli_work_clear (BsCliWork *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BsCliWork, bs_cli_work_clear)

G_END_DECLS
