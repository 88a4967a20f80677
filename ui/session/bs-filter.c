/* SPDX-License-Identifier: MIT */
/* The conditions of the clip list, and the words for them. */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "data/base/bs-visible.h"
#include "data/corpus/bs-fold-names.h"
#include "ui/session/bs-filter.h"
#include "ui/session/bs-label-text.h"

/**
 * bs_outcome_of:
 * @truth: the label
 * @verdict: (nullable): the decision
 *
 * Returns: how they compare; never %BS_OUTCOME_ANY
 */
BsOutcome
bs_outcome_of (BsLabel truth, const BsDecision *decision)
{
  if (!bs_label_is_known (truth) || decision == NULL)
    return BS_OUTCOME_NONE;
  if (!bs_label_same_set (truth, decision->label))
    return BS_OUTCOME_WRONG;
  return bs_label_equal (truth, decision->label) ? BS_OUTCOME_RIGHT : BS_OUTCOME_RATIO;
}

/**
 * bs_filter_init:
 * @self: (out caller-allocates): a filter
 *
 * Makes @self accept every clip.
 */
void
bs_filter_init (BsFilter *self)
{
  *self = (BsFilter){ .actor = -1, .extra = -1 };
}

/**
 * bs_filter_clear:
 * @self: a filter
 *
 * Frees what @self holds; it then accepts every clip.
 */
void
bs_filter_clear (BsFilter *self)
{
  g_free (self->text);
  g_clear_pointer (&self->clips, g_hash_table_unref);
  g_free (self->clips_title);
  g_free (self->extra_value);
  bs_filter_init (self);
}

/**
 * bs_filter_copy:
 * @self: a filter
 * @copy: (out caller-allocates): gets a copy; the set of clips is shared, as it never changes
 */
void
bs_filter_copy (const BsFilter *self, BsFilter *copy)
{
  *copy = *self;
  copy->text = g_strdup (self->text);
  copy->clips = self->clips != NULL ? g_hash_table_ref (self->clips) : NULL;
  copy->clips_title = g_strdup (self->clips_title);
  copy->extra_value = g_strdup (self->extra_value);
}

static gboolean
same_clips (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer clip;
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &clip, NULL))
    if (!g_hash_table_contains (b, clip))
      return FALSE;
  return TRUE;
}

/**
 * bs_filter_equal:
 * @self: a filter
 * @other: another
 *
 * Returns: whether both have the same conditions, in the same words
 */
gboolean
bs_filter_equal (const BsFilter *self, const BsFilter *other)
{
  return self->folds == other->folds && self->actor == other->actor &&
         self->truth == other->truth && self->decision == other->decision &&
         self->outcome == other->outcome && self->gender == other->gender &&
         self->margin_to == other->margin_to && self->extra == other->extra &&
         g_strcmp0 (self->text, other->text) == 0 &&
         g_strcmp0 (self->extra_value, other->extra_value) == 0 &&
         g_strcmp0 (self->clips_title, other->clips_title) == 0 &&
         same_clips (self->clips, other->clips);
}

/**
 * bs_filter_has:
 * @self: a filter
 * @facet: a facet
 *
 * Returns: whether @self has a condition of that kind
 */
gboolean
bs_filter_has (const BsFilter *self, BsFacet facet)
{
  switch (facet) {
  case BS_FACET_TEXT:
    return self->text != NULL && *self->text != '\0';
  case BS_FACET_FOLD:
    return self->folds != 0;
  case BS_FACET_ACTOR:
    return self->actor >= 0;
  case BS_FACET_TRUTH:
    return self->truth != 0;
  case BS_FACET_DECISION:
    return self->decision != 0;
  case BS_FACET_OUTCOME:
    return self->outcome != BS_OUTCOME_ANY;
  case BS_FACET_GENDER:
    return self->gender != 0;
  case BS_FACET_MARGIN:
    return self->margin_to > 0;
  case BS_FACET_CLIPS:
    return self->clips != NULL;
  case BS_FACET_EXTRA:
    return self->extra >= 0;
  case BS_N_FACETS:
    break;
  }
  return FALSE;
}

/**
 * bs_filter_drop:
 * @self: a filter
 * @facet: the condition to take away
 */
void
bs_filter_drop (BsFilter *self, BsFacet facet)
{
  switch (facet) {
  case BS_FACET_TEXT:
    g_clear_pointer (&self->text, g_free);
    break;
  case BS_FACET_FOLD:
    self->folds = 0;
    break;
  case BS_FACET_ACTOR:
    self->actor = -1;
    break;
  case BS_FACET_TRUTH:
    self->truth = 0;
    break;
  case BS_FACET_DECISION:
    self->decision = 0;
    break;
  case BS_FACET_OUTCOME:
    self->outcome = BS_OUTCOME_ANY;
    break;
  case BS_FACET_GENDER:
    self->gender = 0;
    break;
  case BS_FACET_MARGIN:
    self->margin_to = 0;
    break;
  case BS_FACET_CLIPS:
    g_clear_pointer (&self->clips, g_hash_table_unref);
    g_clear_pointer (&self->clips_title, g_free);
    break;
  case BS_FACET_EXTRA:
    self->extra = -1;
    g_clear_pointer (&self->extra_value, g_free);
    break;
  case BS_N_FACETS:
    break;
  }
}

/**
 * bs_filter_is_empty:
 * @self: a filter
 *
 * Returns: whether it accepts every clip
 */
gboolean
bs_filter_is_empty (const BsFilter *self)
{
  for (int facet = 0; facet < BS_N_FACETS; facet++)
    if (bs_filter_has (self, (BsFacet) facet))
      return FALSE;
  return TRUE;
}

/**
 * bs_filter_needs_decisions:
 * @self: a filter
 *
 * Returns: whether what it accepts changes with the thresholds
 */
gboolean
bs_filter_needs_decisions (const BsFilter *self)
{
  return self->decision != 0 || self->outcome != BS_OUTCOME_ANY || self->margin_to > 0;
}

/**
 * bs_filter_class_mask:
 * @class16: 0 to 15
 *
 * Returns: the bits of the salience classes that belong to one of the 16 classes
 */
guint64
bs_filter_class_mask (int class16)
{
  if (class16 < BS_N_EMOTIONS)
    return G_GUINT64_CONSTANT (1) << class16;
  return G_GUINT64_CONSTANT (7) << (BS_N_EMOTIONS + 3 * (class16 - BS_N_EMOTIONS));
}

static char *
describe_classes (guint64 mask)
{
  g_autoptr (GString) out = g_string_new (NULL);
  int n = 0;
  for (int c = 0; c < BS_N_CLASSES; c++) {
    guint64 bits = bs_filter_class_mask (c) & mask;
    if (bits == 0)
      continue;
    if (++n > 2)
      return g_strdup_printf (ngettext ("%d class", "%d classes", __builtin_popcountll (mask)),
                              __builtin_popcountll (mask));
    if (out->len > 0)
      g_string_append (out, ", ");
    if (c >= BS_N_EMOTIONS && bits != bs_filter_class_mask (c)) {
      g_autofree char *one =
        bs_label_text_label_short (bs_label_from_salience_class (__builtin_ctzll (bits)));
      g_string_append (out, one);
    } else {
      g_string_append (out, bs_class_name (c));
    }
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
describe_folds (guint32 folds, const BsMetadata *metadata)
{
  g_autoptr (GString) out = g_string_new (NULL);
  for (int bit = 0; bit <= BS_MAX_FOLDS; bit++) {
    if (!(folds & (1u << bit)))
      continue;
    if (out->len > 0)
      g_string_append (out, ", ");
    if (bit == 0) {
      g_string_append (out, C_ ("fold", "none"));
      continue;
    }
    g_autofree char *name = bs_fold_name_dup_visible (
      metadata != NULL ? bs_metadata_fold_names (metadata) : NULL, bit - 1);
    g_string_append (out, name);
  }
  /* Translators: a filter on cross-validation folds, as "fold 0, 2" */
  return g_strdup_printf (_ ("fold %s"), out->str);
}

static const char *
outcome_words (BsOutcome outcome)
{
  switch (outcome) {
  case BS_OUTCOME_RIGHT:
    return _ ("right");
  case BS_OUTCOME_RATIO:
    return _ ("right pair, wrong ratio");
  case BS_OUTCOME_WRONG:
    return _ ("wrong emotions");
  case BS_OUTCOME_NONE:
    return _ ("not judged");
  case BS_OUTCOME_ANY:
    break;
  }
  return _ ("any outcome");
}

static char *
describe (const BsFilter *self, BsFacet facet, const BsMetadata *metadata)
{
  g_autofree char *classes = NULL;
  switch (facet) {
  case BS_FACET_TEXT:
    /* Translators: a chip for the search text, in quotation marks */
    return g_strdup_printf (_ ("“%s”"), self->text);
  case BS_FACET_FOLD:
    return describe_folds (self->folds, metadata);
  case BS_FACET_ACTOR:
    return g_strdup_printf (
      _ ("actor %s"),
      metadata != NULL ? bs_metadata_actor_name (metadata, (gsize) self->actor) : "?");
  case BS_FACET_TRUTH:
    classes = describe_classes (self->truth);
    return g_strdup_printf (_ ("true: %s"), classes);
  case BS_FACET_DECISION:
    classes = describe_classes (self->decision);
    return g_strdup_printf (_ ("predicted: %s"), classes);
  case BS_FACET_OUTCOME:
    return g_strdup (outcome_words (self->outcome));
  case BS_FACET_GENDER:
    return g_strdup_printf (_ ("gender %c"), self->gender);
  case BS_FACET_MARGIN:
    return g_strdup_printf (_ ("margin ≤ %.3f"), self->margin_to);
  case BS_FACET_CLIPS:
    return g_strdup (self->clips_title != NULL ? self->clips_title : _ ("selected clips"));
  case BS_FACET_EXTRA:
    return g_strdup_printf (
      "%s: %s", metadata != NULL ? bs_metadata_extra_name (metadata, (gsize) self->extra) : "?",
      self->extra_value);
  case BS_N_FACETS:
    break;
  }
  return g_strdup ("");
}

/**
 * bs_filter_describe:
 * @self: a filter
 * @facet: a condition that it has
 * @metadata: (nullable): for the names of folds, actors and columns
 *
 * Returns: (transfer full): the words of its chip
 */
char *
bs_filter_describe (const BsFilter *self, BsFacet facet, const BsMetadata *metadata)
{
  g_autofree char *text = describe (self, facet, metadata);
  return bs_visible_dup (text);
}

/**
 * bs_filter_haystack:
 * @metadata: the clips
 * @clip: index of one
 *
 * Returns: (transfer full): what the search looks through: name, actor and label, case-folded
 */
char *
bs_filter_haystack (const BsMetadata *metadata, gsize clip)
{
  const BsClip *c = bs_metadata_clip (metadata, clip);
  g_autofree char *words =
    bs_label_is_known (c->label) ? bs_label_text_label (c->label) : g_strdup ("");
  g_autofree char *codes =
    bs_label_is_known (c->label) ? bs_label_text_label_short (c->label) : g_strdup ("");
  const char *actor = c->actor >= 0 ? bs_metadata_actor_name (metadata, (gsize) c->actor) : "";
  g_autofree char *joined = g_strjoin ("\n", c->filename, actor, words, codes, NULL);
  return g_utf8_casefold (joined, -1);
}

static gboolean
class_in_mask (BsLabel label, guint64 mask)
{
  int c = bs_label_salience_class (label);
  return c >= 0 && (mask & (G_GUINT64_CONSTANT (1) << c)) != 0;
}

static gboolean
accepts_decision (const BsFilter *self, const BsClip *clip, const BsFilterFacts *facts)
{
  const BsDecision *decision = facts->decision;
  if (self->decision != 0 && (decision == NULL || !class_in_mask (decision->label, self->decision)))
    return FALSE;
  if (self->outcome != BS_OUTCOME_ANY && bs_outcome_of (clip->label, decision) != self->outcome)
    return FALSE;
  return self->margin_to <= 0 || (decision != NULL && facts->margin <= self->margin_to);
}

/**
 * bs_filter_accepts:
 * @self: a filter
 * @metadata: the clips
 * @clip: index of one
 * @facts: what else is known of it
 *
 * Returns: whether the clip meets every condition
 */
gboolean
bs_filter_accepts (const BsFilter *self, const BsMetadata *metadata, gsize clip,
                   const BsFilterFacts *facts)
{
  const BsClip *c = bs_metadata_clip (metadata, clip);
  if (self->folds != 0 && !(self->folds & (1u << (c->fold + 1))))
    return FALSE;
  if (self->actor >= 0 && c->actor != self->actor)
    return FALSE;
  if (self->truth != 0 && !class_in_mask (c->label, self->truth))
    return FALSE;
  if (self->gender != 0 && c->gender != self->gender)
    return FALSE;
  if (self->clips != NULL && !g_hash_table_contains (self->clips, GINT_TO_POINTER ((int) clip)))
    return FALSE;
  if (self->extra >= 0 && g_strcmp0 (bs_metadata_extra_value (metadata, clip, (gsize) self->extra),
                                     self->extra_value) != 0)
    return FALSE;
  if (!accepts_decision (self, c, facts))
    return FALSE;
  return !bs_filter_has (self, BS_FACET_TEXT) || strstr (facts->haystack, self->text) != NULL;
}
