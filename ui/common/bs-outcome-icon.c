/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/common/bs-outcome-icon.h"

/**
 * bs_outcome_icon_show:
 * @sign: an image
 * @right: whether a decision is right
 *
 * Makes @sign say so by form and colour.
 *
 * Returns: the same in a translated word
 */
const char *
bs_outcome_icon_show (GtkImage *sign, gboolean right)
{
  const char *class = right ? "bs-right" : "bs-wrong";
  const char *other = right ? "bs-wrong" : "bs-right";

  /* An image lays the window out anew even where the icon is the same. */
  if (!gtk_widget_has_css_class (GTK_WIDGET (sign), class)) {
    gtk_image_set_from_icon_name (sign, right ? "object-select-symbolic" : "window-close-symbolic");
    gtk_widget_add_css_class (GTK_WIDGET (sign), class);
    gtk_widget_remove_css_class (GTK_WIDGET (sign), other);
  }
  return right ? _ ("right") : _ ("wrong");
}
