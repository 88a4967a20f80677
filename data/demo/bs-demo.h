/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "data/base/bs-error.h"
#include "data/demo/features/bs-demo-size.h"

G_BEGIN_DECLS

/**
 * BsDemo:
 *
 * A synthetic corpus in the release's layout: who its actors are and what each clip shows,
 * worked out from a seed alone. Reference counted, immutable; any thread may use it.
 */
typedef struct _BsDemo BsDemo;

BsDemo *bs_demo_new (BsDemoSize size, guint64 seed);
BsDemo *bs_demo_open (const char *folder, GError **error);
BsDemo *bs_demo_ref (BsDemo *self);
void bs_demo_unref (BsDemo *self);
gsize bs_demo_n_clips (const BsDemo *self);
guint64 bs_demo_estimate_bytes (const BsDemo *self, gboolean with_clips);

/* Whether bs_demo_write_features() has come to its end in the folder. */
gboolean bs_demo_has_features (const BsDemo *self, const char *folder);

gboolean bs_demo_holds_other (const BsDemo *self, const char *folder);
void bs_demo_forget_clips (const char *folder);
gboolean bs_demo_write_metadata (const BsDemo *self, const char *folder, GError **error);
gboolean bs_demo_write_features (const BsDemo *self, const char *folder, BsProgressFunc progress,
                                 gpointer user_data, GCancellable *cancellable, GError **error);
gboolean bs_demo_render_clip (const BsDemo *self, const char *folder, const char *filename,
                              GCancellable *cancellable, GError **error);
gboolean bs_demo_render_all (const BsDemo *self, const char *folder, BsProgressFunc progress,
                             gpointer user_data, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsDemo, bs_demo_unref)

G_END_DECLS
