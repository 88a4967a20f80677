/* SPDX-License-Identifier: MIT */
/* The property "workspace", the same for each widget that follows one. A template binds it to the
 * property of the widget around it, so that a workspace that is given to a view reaches all that
 * is in it. */
#include "config.h"

#include "ui/common/bs-workspace-property.h"

#define NAME "workspace"

static GQuark
workspace_quark (void)
{
  return g_quark_from_static_string ("bs-workspace");
}

static GQuark
take_quark (void)
{
  return g_quark_from_static_string ("bs-take-workspace");
}

/* A binding says NULL as long as the widget around has none. */
static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BsWorkspace *workspace = g_value_get_object (value);
  if (workspace == NULL)
    return;
  g_return_if_fail (g_object_get_qdata (object, workspace_quark ()) == NULL);
  g_object_set_qdata_full (object, workspace_quark (), g_object_ref (workspace), g_object_unref);
  BsTakeWorkspaceFunc take = (BsTakeWorkspaceFunc) g_param_spec_get_qdata (pspec, take_quark ());
  take (object, workspace);
  g_object_notify_by_pspec (object, pspec);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, g_object_get_qdata (object, workspace_quark ()));
}

/**
 * bs_workspace_property_install:
 * @klass: a class without properties of its own
 * @take: what an instance does with its workspace
 *
 * Adds the property "workspace", which is set once. It is told after @take, so that what is bound
 * to it comes second.
 */
void
bs_workspace_property_install (GObjectClass *klass, BsTakeWorkspaceFunc take)
{
  GParamSpec *pspec =
    g_param_spec_object (NAME, NULL, NULL, BS_TYPE_WORKSPACE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_param_spec_set_qdata (pspec, take_quark (), (gpointer) take);
  klass->set_property = set_property;
  klass->get_property = get_property;
  g_object_class_install_property (klass, 1, pspec);
}
