/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BsViewInfo:
 * @name: what actions and the stored state call it; never changes
 * @title: what its tab says, to be translated
 * @group: what it stands under where views are chosen, to be translated
 * @words: what else a search finds it by, to be translated
 * @get_type: its type, with a property "workspace"
 *
 * A view that can be opened in the panes.
 */
typedef struct {
  const char *name;
  const char *title;
  const char *group;
  const char *words;
  GType (*get_type) (void);
} BsViewInfo;

G_END_DECLS
