/* SPDX-License-Identifier: MIT */
/* Colour and shape of the projection's points. By label a point is the disc that stands for the
 * label in lists, split by emotion; folds, actors and outcomes have colours of their own. */
#include "config.h"

#include <glib/gi18n.h>

#include "data/base/bs-visible.h"
#include "data/corpus/bs-fold-names.h"
#include "ui/analysis/bs-projection-looks.h"

static guint16
add_look (BsProjectionLooks *self, BsScatterLook look)
{
  self->looks = g_renew (BsScatterLook, self->looks, self->n + 2);
  self->looks[self->n] = look;
  return (guint16) self->n++;
}

static BsScatterLook
look_of_label (BsLabel label, const char *name)
{
  gboolean blend = bs_label_is_blend (label);
  return (BsScatterLook){
    .name = g_strdup (name),
    .palette = BS_SCATTER_EMOTIONS,
    .first = label.first,
    .second = blend ? label.second : -1,
    .first_share = blend ? label.first_percent / 100.0 : 1,
  };
}

/* Only the classes that occur get an entry in the legend; @group_of_class remembers which. */
static void
look_by_label (BsProjectionLooks *self, const BsMetadata *metadata, const gsize *clips, gsize n,
               gboolean with_salience)
{
  gboolean used[BS_N_SALIENCE_CLASSES] = { FALSE };
  guint16 group_of_class[BS_N_SALIENCE_CLASSES];
  int n_classes = with_salience ? BS_N_SALIENCE_CLASSES : BS_N_CLASSES;
  for (gsize i = 0; i < n; i++) {
    BsLabel label = bs_metadata_clip (metadata, clips[i])->label;
    if (bs_label_is_known (label))
      used[with_salience ? bs_label_salience_class (label) : bs_label_class (label)] = TRUE;
  }
  for (int c = 0; c < n_classes; c++) {
    BsLabel label = with_salience ? bs_label_from_salience_class (c) : bs_label_from_class (c);
    if (used[c])
      group_of_class[c] =
        add_look (self, look_of_label (label, with_salience ? bs_salience_class_name (c)
                                                            : bs_class_name (c)));
  }
  for (gsize i = 0; i < n; i++) {
    BsLabel label = bs_metadata_clip (metadata, clips[i])->label;
    self->group[i] =
      bs_label_is_known (label)
        ? group_of_class[with_salience ? bs_label_salience_class (label) : bs_label_class (label)]
        : G_MAXUINT16;
  }
}

static void
look_by_actor (BsProjectionLooks *self, const BsMetadata *metadata, const gsize *clips, gsize n)
{
  for (guint actor = 0; actor < bs_metadata_n_actors (metadata); actor++)
    add_look (self, (BsScatterLook){
                      .name = bs_visible_dup (bs_metadata_actor_name (metadata, actor)),
                      .palette = BS_SCATTER_ACTORS,
                      .index = actor,
                      /* Colours come again after eight, then with another shape. */
                      .marker = (BsMarker) (actor / 8 % BS_N_MARKERS),
                    });
  for (gsize i = 0; i < n; i++)
    self->group[i] = (guint16) bs_metadata_clip (metadata, clips[i])->actor;
}

static void
look_by_fold (BsProjectionLooks *self, const BsMetadata *metadata, const gsize *clips, gsize n)
{
  int n_folds = bs_metadata_n_folds (metadata);
  for (int fold = 0; fold < n_folds; fold++) {
    g_autofree char *name = bs_fold_name_dup_visible (bs_metadata_fold_names (metadata), fold);
    add_look (self, (BsScatterLook){
                      .name = g_strdup_printf (_ ("fold %s"), name),
                      .palette = BS_SCATTER_FOLDS,
                      .index = (guint) fold,
                      .marker = (BsMarker) (fold % BS_N_MARKERS),
                    });
  }
  for (gsize i = 0; i < n; i++)
    self->group[i] = (guint16) bs_metadata_clip (metadata, clips[i])->fold;
}

static void
look_by_outcome (BsProjectionLooks *self, BsWorkspace *workspace, const gsize *clips, gsize n)
{
  const struct {
    BsOutcome outcome;
    const char *name;
    BsScatterPalette palette;
    guint index;
    BsMarker marker;
  } rows[] = {
    { BS_OUTCOME_RIGHT, _ ("right"), BS_SCATTER_PAIR, 0, BS_MARKER_DISC },
    { BS_OUTCOME_RATIO, _ ("wrong ratio"), BS_SCATTER_PAIR, 1, BS_MARKER_DIAMOND },
    { BS_OUTCOME_WRONG, _ ("wrong"), BS_SCATTER_NOT_PAIR, 0, BS_MARKER_CROSS },
    { BS_OUTCOME_NONE, _ ("no decision"), BS_SCATTER_REST, 1, BS_MARKER_SQUARE },
  };
  BsMetadata *metadata = bs_workspace_get_metadata (workspace);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    add_look (self, (BsScatterLook){
                      .name = g_strdup (rows[i].name),
                      .palette = rows[i].palette,
                      .index = rows[i].index,
                      .marker = rows[i].marker,
                    });
  for (gsize i = 0; i < n; i++) {
    BsOutcome outcome = bs_outcome_of (
      bs_metadata_clip (metadata, clips[i])->label,
      bs_threshold_state_get_decision (bs_workspace_get_thresholds (workspace), (int) clips[i]));
    for (gsize r = 0; r < G_N_ELEMENTS (rows); r++)
      if (rows[r].outcome == outcome)
        self->group[i] = (guint16) r;
  }
}

/**
 * bs_projection_looks_init:
 * @self: (out caller-allocates): groups
 * @workspace: whose clips and decisions
 * @clips: (array length=n_clips): indices into the metadata
 * @n_clips: how many
 * @by: what decides
 * @with_salience: by label: a group for each ratio, as for a single pair
 */
void
bs_projection_looks_init (BsProjectionLooks *self, BsWorkspace *workspace, const gsize *clips,
                          gsize n_clips, BsColorBy by, gboolean with_salience)
{
  BsMetadata *metadata = bs_workspace_get_metadata (workspace);
  *self = (BsProjectionLooks){ .looks = g_new0 (BsScatterLook, 1),
                               .group = g_new0 (guint16, n_clips + 1) };
  switch (by) {
  case BS_COLOR_BY_LABEL:
    look_by_label (self, metadata, clips, n_clips, with_salience);
    break;
  case BS_COLOR_BY_ACTOR:
    look_by_actor (self, metadata, clips, n_clips);
    break;
  case BS_COLOR_BY_FOLD:
    look_by_fold (self, metadata, clips, n_clips);
    break;
  case BS_COLOR_BY_OUTCOME:
    look_by_outcome (self, workspace, clips, n_clips);
    break;
  }
}

/**
 * bs_projection_looks_clear:
 * @self: groups
 */
void
bs_projection_looks_clear (BsProjectionLooks *self)
{
  for (gsize i = 0; i < self->n; i++)
    g_free (self->looks[i].name);
  g_clear_pointer (&self->looks, g_free);
  g_clear_pointer (&self->group, g_free);
  self->n = 0;
}
