/* SPDX-License-Identifier: MIT */
/* A change is put in place whole, and told afterwards. The clips of the scope are kept as a set, so
 * that whoever counts asks of each clip in constant time, and is told only where they are
 * others. */
#include "config.h"

#include "ui/session/bs-clip-selection.h"

#include <string.h>

struct _BsClipSelection {
  GObject parent_instance;
  BsThresholdState *thresholds;
  BsMetadata *metadata; /* (nullable) */

  BsFilter filter;
  guint32 *order;
  gsize n_order;
  int clip;
  BsClipSet *selected;
  BsScope scope;
  BsClipSet *scope_clips;
};

G_DEFINE_ENUM_TYPE (BsScope, bs_scope, G_DEFINE_ENUM_VALUE (BS_SCOPE_ALL, "all"),
                    G_DEFINE_ENUM_VALUE (BS_SCOPE_LIST, "list"),
                    G_DEFINE_ENUM_VALUE (BS_SCOPE_SELECTION, "selection"))
G_DEFINE_FINAL_TYPE (BsClipSelection, bs_clip_selection, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_THRESHOLDS,
  PROP_CLIP,
  PROP_FILTER,
  PROP_ORDER,
  PROP_SELECTED,
  PROP_N_SELECTED,
  PROP_SCOPE,
  PROP_SCOPE_CLIPS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
tell (BsClipSelection *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gsize
n_clips (BsClipSelection *self)
{
  return self->metadata != NULL ? bs_metadata_n_clips (self->metadata) : 0;
}

static BsClipSet *
set_of (BsClipSelection *self, const guint32 *clips, gsize n)
{
  BsClipSet *set = bs_clip_set_new (n_clips (self));
  for (gsize i = 0; i < n; i++)
    bs_clip_set_add (set, clips[i]);
  return set;
}

static BsClipSet *
dup_scope_clips (BsClipSelection *self)
{
  switch (self->scope) {
  case BS_SCOPE_LIST:
    return set_of (self, self->order, self->n_order);
  case BS_SCOPE_SELECTION:
    return bs_clip_set_copy (self->selected);
  case BS_SCOPE_ALL:
    break;
  }
  return bs_clip_set_new_full (n_clips (self));
}

/* After a change of whatever the scope consists of. */
static void
settle_scope (BsClipSelection *self)
{
  g_autoptr (BsClipSet) clips = dup_scope_clips (self);
  if (bs_clip_set_equal (clips, self->scope_clips))
    return;
  bs_clip_set_free (self->scope_clips);
  self->scope_clips = g_steal_pointer (&clips);
  tell (self, PROP_SCOPE_CLIPS);
}

/* Puts @selected in the place of what is selected. */
static void
take_selected (BsClipSelection *self, BsClipSet *selected)
{
  g_autoptr (BsClipSet) before = self->selected;
  self->selected = selected;
  if (bs_clip_set_equal (selected, before))
    return;
  g_object_freeze_notify (G_OBJECT (self));
  tell (self, PROP_SELECTED);
  if (selected->count != before->count)
    tell (self, PROP_N_SELECTED);
  if (self->scope == BS_SCOPE_SELECTION)
    settle_scope (self);
  g_object_thaw_notify (G_OBJECT (self));
}

static int
find_again (const BsMetadata *from, BsMetadata *to, gssize clip)
{
  return clip >= 0 && to != NULL
           ? bs_metadata_find (to, bs_metadata_clip (from, (gsize) clip)->filename)
           : -1;
}

/* The clips of @selected that @metadata has too. */
static BsClipSet *
find_all_again (const BsMetadata *from, BsMetadata *to, const BsClipSet *selected)
{
  BsClipSet *found = bs_clip_set_new (to != NULL ? bs_metadata_n_clips (to) : 0);
  for (gssize c = bs_clip_set_next (selected, -1); c >= 0; c = bs_clip_set_next (selected, c)) {
    int again = find_again (from, to, c);
    if (again >= 0)
      bs_clip_set_add (found, (gsize) again);
  }
  return found;
}

static void
drop_list (BsClipSelection *self)
{
  BsFilter none;
  bs_filter_init (&none);
  if (!bs_filter_equal (&none, &self->filter))
    tell (self, PROP_FILTER);
  bs_filter_clear (&self->filter);
  self->filter = none;
  self->scope = BS_SCOPE_ALL;
}

static void
drop_order (BsClipSelection *self)
{
  g_clear_pointer (&self->order, g_free);
  if (self->n_order > 0)
    tell (self, PROP_ORDER);
  self->n_order = 0;
}

/**
 * bs_clip_selection_set_metadata:
 * @self: the selection
 * @metadata: (nullable) (transfer none): the clips of what was opened
 * @is_same_corpus: whether it is the same corpus, read again: filter and scope stay then, and the
 *   current clip and the selected ones where they are still there
 *
 * Looks at other clips. Where the current clip is not among them the first is chosen; the list has
 * none until bs_clip_selection_set_order(), unless it is the same corpus with as many clips.
 */
void
bs_clip_selection_set_metadata (BsClipSelection *self, BsMetadata *metadata,
                                gboolean is_same_corpus)
{
  g_autoptr (BsMetadata) before = g_steal_pointer (&self->metadata);
  gsize n_before = before != NULL ? bs_metadata_n_clips (before) : 0;
  BsScope scope = self->scope;
  g_object_freeze_notify (G_OBJECT (self));
  self->metadata = metadata != NULL ? bs_metadata_ref (metadata) : NULL;
  int clip = is_same_corpus ? find_again (before, metadata, self->clip) : -1;
  if (clip < 0 && n_clips (self) > 0)
    clip = 0;
  if (clip != self->clip || !is_same_corpus)
    tell (self, PROP_CLIP);
  self->clip = clip;
  if (!is_same_corpus)
    drop_list (self);
  if (!is_same_corpus || n_clips (self) != n_before)
    drop_order (self);
  take_selected (self, is_same_corpus ? find_all_again (before, metadata, self->selected)
                                      : bs_clip_set_new (n_clips (self)));
  if (self->scope != scope)
    tell (self, PROP_SCOPE);
  settle_scope (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bs_clip_selection_get_filter:
 * @self: the selection
 *
 * Returns: (transfer none): the conditions of the clip list
 */
const BsFilter *
bs_clip_selection_get_filter (BsClipSelection *self)
{
  return &self->filter;
}

/**
 * bs_clip_selection_set_filter:
 * @self: the selection
 * @filter: conditions; copied
 */
void
bs_clip_selection_set_filter (BsClipSelection *self, const BsFilter *filter)
{
  BsFilter copy;
  if (bs_filter_equal (filter, &self->filter))
    return;
  bs_filter_copy (filter, &copy);
  bs_filter_clear (&self->filter);
  self->filter = copy;
  tell (self, PROP_FILTER);
}

/**
 * bs_clip_selection_accepts:
 * @self: the selection
 * @clip: index into the metadata
 * @haystack: (nullable): its bs_filter_haystack(), made here where the filter has a text and the
 *   caller does not keep them
 *
 * Returns: whether the clip meets the filter's conditions
 */
gboolean
bs_clip_selection_accepts (BsClipSelection *self, gsize clip, const char *haystack)
{
  g_autofree char *made = haystack == NULL && bs_filter_has (&self->filter, BS_FACET_TEXT)
                            ? bs_filter_haystack (self->metadata, clip)
                            : NULL;
  BsFilterFacts facts = { bs_threshold_state_get_decision (self->thresholds, (int) clip), 1,
                          made != NULL ? made : haystack };
  if (facts.decision != NULL && self->filter.margin_to > 0)
    facts.margin = bs_threshold_state_get_margin (self->thresholds, (int) clip);
  return bs_filter_accepts (&self->filter, self->metadata, clip, &facts);
}

/**
 * bs_clip_selection_get_order:
 * @self: the selection
 * @n: (out): how many
 *
 * Returns: (array length=n) (transfer none): clips as the list shows them
 */
const guint32 *
bs_clip_selection_get_order (BsClipSelection *self, gsize *n)
{
  *n = self->n_order;
  return self->order;
}

/**
 * bs_clip_selection_set_order:
 * @self: the selection
 * @clips: (array length=n): clips as the list shows them
 * @n: how many
 *
 * Told by the clip list, so that next and previous follow what is seen.
 */
void
bs_clip_selection_set_order (BsClipSelection *self, const guint32 *clips, gsize n)
{
  if (n == self->n_order && (n == 0 || memcmp (clips, self->order, n * sizeof *clips) == 0))
    return;
  for (gsize i = 0; i < n; i++)
    g_return_if_fail (clips[i] < n_clips (self));
  g_free (self->order);
  self->order = g_memdup2 (clips, n * sizeof *clips);
  self->n_order = n;
  g_object_freeze_notify (G_OBJECT (self));
  tell (self, PROP_ORDER);
  if (self->scope == BS_SCOPE_LIST)
    settle_scope (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bs_clip_selection_get_clip:
 * @self: the selection
 *
 * Returns: the current clip's index into the metadata, or -1
 */
int
bs_clip_selection_get_clip (BsClipSelection *self)
{
  return self->clip;
}

/**
 * bs_clip_selection_set_clip:
 * @self: the selection
 * @clip: index into the metadata, or -1
 */
void
bs_clip_selection_set_clip (BsClipSelection *self, int clip)
{
  g_return_if_fail (clip < 0 || (gsize) clip < n_clips (self));
  clip = MAX (clip, -1);
  if (clip == self->clip)
    return;
  self->clip = clip;
  tell (self, PROP_CLIP);
}

/**
 * bs_clip_selection_get_neighbour:
 * @self: the selection
 * @by: how many clips further down the list
 *
 * Returns: the clip that many places after the current one, the list's first where the current one
 *   is not in it, or -1 where there is none
 */
int
bs_clip_selection_get_neighbour (BsClipSelection *self, int by)
{
  gssize at = -1;
  for (gsize i = 0; i < self->n_order && at < 0; i++)
    if ((int) self->order[i] == self->clip)
      at = (gssize) i;
  gssize next = at < 0 ? 0 : at + by;
  return next >= 0 && next < (gssize) self->n_order ? (int) self->order[next] : -1;
}

/**
 * bs_clip_selection_move:
 * @self: the selection
 * @by: 1 for the next clip of the list, -1 for the previous
 *
 * Returns: whether there was one
 */
gboolean
bs_clip_selection_move (BsClipSelection *self, int by)
{
  int clip = bs_clip_selection_get_neighbour (self, by);
  if (clip < 0)
    return FALSE;
  bs_clip_selection_set_clip (self, clip);
  return TRUE;
}

/**
 * bs_clip_selection_get_selected:
 * @self: the selection
 *
 * Returns: (transfer none): the selected clips; valid until "selected" is told
 */
const BsClipSet *
bs_clip_selection_get_selected (BsClipSelection *self)
{
  return self->selected;
}

/**
 * bs_clip_selection_get_n_selected:
 * @self: the selection
 *
 * Returns: how many clips are selected
 */
gsize
bs_clip_selection_get_n_selected (BsClipSelection *self)
{
  return self->selected->count;
}

/**
 * bs_clip_selection_contains:
 * @self: the selection
 * @clip: index into the metadata, or -1
 *
 * Returns: whether @clip is among the selected clips
 */
gboolean
bs_clip_selection_contains (BsClipSelection *self, int clip)
{
  return clip >= 0 && bs_clip_set_contains (self->selected, (gsize) clip);
}

/**
 * bs_clip_selection_add:
 * @self: the selection
 * @clips: (array length=n): indices into the metadata
 * @n: how many
 *
 * Selects @clips beside those that are selected.
 */
void
bs_clip_selection_add (BsClipSelection *self, const guint32 *clips, gsize n)
{
  BsClipSet *selected = bs_clip_set_copy (self->selected);
  for (gsize i = 0; i < n; i++)
    bs_clip_set_add (selected, clips[i]);
  take_selected (self, selected);
}

/**
 * bs_clip_selection_remove:
 * @self: the selection
 * @clips: (array length=n): indices into the metadata
 * @n: how many
 *
 * Has @clips not be selected; the others stay so.
 */
void
bs_clip_selection_remove (BsClipSelection *self, const guint32 *clips, gsize n)
{
  BsClipSet *selected = bs_clip_set_copy (self->selected);
  for (gsize i = 0; i < n; i++)
    bs_clip_set_remove (selected, clips[i]);
  take_selected (self, selected);
}

/**
 * bs_clip_selection_set:
 * @self: the selection
 * @clips: (array length=n): indices into the metadata
 * @n: how many
 *
 * Selects @clips and no others.
 */
void
bs_clip_selection_set (BsClipSelection *self, const guint32 *clips, gsize n)
{
  take_selected (self, set_of (self, clips, n));
}

/**
 * bs_clip_selection_clear:
 * @self: the selection
 *
 * Has no clip be selected; the current clip stays.
 */
void
bs_clip_selection_clear (BsClipSelection *self)
{
  take_selected (self, bs_clip_set_new (n_clips (self)));
}

/**
 * bs_clip_selection_get_scope:
 * @self: the selection
 *
 * Returns: of which clips counts and charts are
 */
BsScope
bs_clip_selection_get_scope (BsClipSelection *self)
{
  return self->scope;
}

/**
 * bs_clip_selection_set_scope:
 * @self: the selection
 * @scope: of which clips counts and charts are to be
 */
void
bs_clip_selection_set_scope (BsClipSelection *self, BsScope scope)
{
  if (scope == self->scope)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  self->scope = scope;
  tell (self, PROP_SCOPE);
  settle_scope (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bs_clip_selection_get_scope_clips:
 * @self: the selection
 *
 * Returns: (transfer none): the clips of the scope, none where it is the selection and that is
 *   empty; valid until "scope-clips" is told
 */
const BsClipSet *
bs_clip_selection_get_scope_clips (BsClipSelection *self)
{
  return self->scope_clips;
}

static void
bs_clip_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BsClipSelection *self = BS_CLIP_SELECTION (object);
  switch (id) {
  case PROP_CLIP:
    g_value_set_int (value, self->clip);
    break;
  case PROP_FILTER:
    g_value_set_pointer (value, &self->filter);
    break;
  case PROP_ORDER:
    g_value_set_pointer (value, self->order);
    break;
  case PROP_SELECTED:
    g_value_set_pointer (value, self->selected);
    break;
  case PROP_N_SELECTED:
    g_value_set_uint (value, (guint) self->selected->count);
    break;
  case PROP_SCOPE:
    g_value_set_enum (value, (int) self->scope);
    break;
  case PROP_SCOPE_CLIPS:
    g_value_set_pointer (value, self->scope_clips);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_clip_selection_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BsClipSelection *self = BS_CLIP_SELECTION (object);
  switch (id) {
  case PROP_THRESHOLDS:
    self->thresholds = g_value_dup_object (value);
    break;
  case PROP_CLIP:
    bs_clip_selection_set_clip (self, g_value_get_int (value));
    break;
  case PROP_SCOPE:
    bs_clip_selection_set_scope (self, (BsScope) g_value_get_enum (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_clip_selection_finalize (GObject *object)
{
  BsClipSelection *self = BS_CLIP_SELECTION (object);
  g_clear_object (&self->thresholds);
  g_clear_pointer (&self->metadata, bs_metadata_unref);
  bs_filter_clear (&self->filter);
  g_free (self->order);
  bs_clip_set_free (self->selected);
  bs_clip_set_free (self->scope_clips);
  G_OBJECT_CLASS (bs_clip_selection_parent_class)->finalize (object);
}

static void
bs_clip_selection_class_init (BsClipSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags told = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  object_class->get_property = bs_clip_selection_get_property;
  object_class->set_property = bs_clip_selection_set_property;
  object_class->finalize = bs_clip_selection_finalize;
  properties[PROP_THRESHOLDS] =
    g_param_spec_object ("thresholds", NULL, NULL, BS_TYPE_THRESHOLD_STATE,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CLIP] = g_param_spec_int ("clip", NULL, NULL, -1, G_MAXINT, -1, told);
  properties[PROP_FILTER] = g_param_spec_pointer ("filter", NULL, NULL, readable);
  properties[PROP_ORDER] = g_param_spec_pointer ("order", NULL, NULL, readable);
  properties[PROP_SELECTED] = g_param_spec_pointer ("selected", NULL, NULL, readable);
  properties[PROP_N_SELECTED] =
    g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_SCOPE] =
    g_param_spec_enum ("scope", NULL, NULL, BS_TYPE_SCOPE, BS_SCOPE_ALL, told);
  properties[PROP_SCOPE_CLIPS] = g_param_spec_pointer ("scope-clips", NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bs_clip_selection_init (BsClipSelection *self)
{
  bs_filter_init (&self->filter);
  self->clip = -1;
  self->selected = bs_clip_set_new (0);
  self->scope_clips = bs_clip_set_new (0);
}

/**
 * bs_clip_selection_new:
 * @thresholds: which decide on the clips
 *
 * Returns: (transfer full): a selection of no clips
 */
BsClipSelection *
bs_clip_selection_new (BsThresholdState *thresholds)
{
  return g_object_new (BS_TYPE_CLIP_SELECTION, "thresholds", thresholds, NULL);
}
