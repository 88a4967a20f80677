/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/common/bs-settings.h"

/**
 * bs_settings_new:
 *
 * Returns: (transfer full) (nullable): the program's settings, or %NULL where their schema is not
 *   installed, which GSettings itself would answer by ending the program
 */
GSettings *
bs_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, BS_APP_ID, TRUE) : NULL;
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
