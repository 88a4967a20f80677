/* SPDX-License-Identifier: MIT */
/* The protocols by which a training chooses epoch and thresholds, in one table. */
#include "model/config/bs-selection-protocol.h"

#include <glib/gi18n.h>

static const BsSelectionProtocolInfo protocols[BS_N_SELECTION_PROTOCOLS] = {
  [BS_SELECTION_PROTOCOL_OFFICIAL] = {
    .name = "official",
    .text = N_ ("Epoch and thresholds are chosen on the fold reported: tuned here."),
  },
  [BS_SELECTION_PROTOCOL_PAPER_000] = {
    .name = "paper-000",
    .text = N_ ("As official, and a fold stops when its score gets no better: tuned here."),
    .patience = 15,
  },
  [BS_SELECTION_PROTOCOL_HONEST] = {
    .name = "honest",
    .text = N_ ("Nothing is chosen with the fold reported: tuned elsewhere. Takes twice as "
                "long."),
  },
};

/**
 * bs_selection_protocol_info:
 * @protocol: a protocol
 *
 * Any thread, as all functions of this file.
 *
 * Returns: (transfer none): its row of the table
 */
const BsSelectionProtocolInfo *
bs_selection_protocol_info (BsSelectionProtocol protocol)
{
  return &protocols[protocol];
}

/**
 * bs_selection_protocol_find:
 * @name: (nullable): a name
 * @protocol: (out): the protocol of that name
 *
 * Returns: whether there is one
 */
gboolean
bs_selection_protocol_find (const char *name, BsSelectionProtocol *protocol)
{
  for (int i = 0; i < BS_N_SELECTION_PROTOCOLS; i++)
    if (g_strcmp0 (protocols[i].name, name) == 0) {
      *protocol = (BsSelectionProtocol) i;
      return TRUE;
    }
  return FALSE;
}

/**
 * bs_selection_protocol_names:
 *
 * Returns: (transfer none) (array zero-terminated=1): their names, in the order of
 *   #BsSelectionProtocol
 */
const char *const *
bs_selection_protocol_names (void)
{
  static const char *names[BS_N_SELECTION_PROTOCOLS + 1];
  static gsize once;
  if (g_once_init_enter (&once)) {
    for (int i = 0; i < BS_N_SELECTION_PROTOCOLS; i++)
      names[i] = protocols[i].name;
    g_once_init_leave (&once, 1);
  }
  return names;
}
