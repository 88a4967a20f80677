/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BS_TYPE_GTK48_LIST (bs_gtk48_list_get_type ())
/**
 * BsGtk48List:
 *
 * A list with the same items that tells of its changes as the list views of GTK 4.8 take them
 * rightly and fast. What goes between a list whose rows may be hundreds and the view that shows it.
 */
G_DECLARE_FINAL_TYPE (BsGtk48List, bs_gtk48_list, BS, GTK48_LIST, GObject)

BsGtk48List *bs_gtk48_list_new (GListModel *model);
guint bs_gtk48_list_place (BsGtk48List *self, guint position);

G_END_DECLS
