/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsSelectionProtocol:
 * @BS_SELECTION_PROTOCOL_OFFICIAL: epoch and thresholds on the reported fold
 * @BS_SELECTION_PROTOCOL_PAPER_000: thresholds on the network's own training clips, epoch and
 *   early stop by the reported fold's score
 * @BS_SELECTION_PROTOCOL_HONEST: epoch and thresholds on the next fold, which is then trained on
 *   as well
 *
 * How a training chooses epoch and thresholds (DEFINITIONS, Tuning protocols).
 */
typedef enum {
  BS_SELECTION_PROTOCOL_OFFICIAL,
  BS_SELECTION_PROTOCOL_PAPER_000,
  BS_SELECTION_PROTOCOL_HONEST,
  BS_N_SELECTION_PROTOCOLS,
} BsSelectionProtocol;

/**
 * BsSelectionProtocolInfo:
 * @name: on the command line and in a run's folder
 * @text: what it is, a sentence in English, for gettext()
 * @patience: epochs without a better score after which a fold stops, 0 for never
 */
typedef struct {
  const char *name;
  const char *text;
  int patience;
} BsSelectionProtocolInfo;

const BsSelectionProtocolInfo *bs_selection_protocol_info (BsSelectionProtocol protocol);
gboolean bs_selection_protocol_find (const char *name, BsSelectionProtocol *protocol);
const char *const *bs_selection_protocol_names (void);

G_END_DECLS
