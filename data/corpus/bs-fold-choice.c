/* SPDX-License-Identifier: MIT */
/* Some of a corpus's folds, as a person names them. */
#include "data/corpus/bs-fold-choice.h"

#include <glib/gi18n.h>
#include <string.h>

#include "data/corpus/bs-fold-names.h"

static guint
folds_there (const BsMetadata *metadata)
{
  guint folds = 0;
  for (gsize i = 0; i < bs_metadata_n_clips (metadata); i++) {
    int fold = bs_metadata_clip (metadata, i)->fold;
    if (fold >= 0)
      folds |= 1u << fold;
  }
  return folds;
}

typedef struct {
  const BsMetadata *metadata;
  guint there;
} Folds;

/* Returns: the fold of that name, or -1 */
static int
find (const Folds *self, const char *text, gsize length)
{
  g_autofree char *name = g_strstrip (g_strndup (text, length));
  for (int fold = 0; fold < BS_MAX_FOLDS; fold++)
    if (self->there & 1u << fold &&
        strcmp (name, bs_metadata_fold_name (self->metadata, fold)) == 0)
      return fold;
  return -1;
}

/* "a-b" stands for the folds from a to b by rank; a name may have a hyphen itself. */
static guint
find_range (const Folds *self, const char *text, gsize length)
{
  for (const char *dash = memchr (text, '-', length); dash != NULL;
       dash = memchr (dash + 1, '-', (gsize) (text + length - dash - 1))) {
    int first = find (self, text, (gsize) (dash - text));
    int last = find (self, dash + 1, (gsize) (text + length - dash - 1));
    if (first >= 0 && last >= first)
      return self->there & ((2u << last) - (1u << first));
  }
  return 0;
}

/* The folds that @text begins with, up to a comma or the end: a name may have commas itself, so
 * that the longest one is taken. */
static guint
take (const Folds *self, const char **text)
{
  for (gsize length = strlen (*text);;) {
    const char *start = *text;
    int fold = find (self, start, length);
    guint folds = fold >= 0 ? 1u << fold : find_range (self, start, length);
    if (folds != 0) {
      *text = start[length] == ',' ? start + length + 1 : NULL;
      return folds;
    }
    const char *comma = g_strrstr_len (start, (gssize) length, ",");
    if (comma == NULL)
      return 0;
    length = (gsize) (comma - start);
  }
}

static void
set_none_error (const Folds *self, const char *text, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  for (int fold = 0; fold < BS_MAX_FOLDS; fold++) {
    if (!(self->there & 1u << fold))
      continue;
    g_autofree char *name =
      bs_fold_name_dup_visible (bs_metadata_fold_names (self->metadata), fold);
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", name);
  }
  g_autofree char *wanted = g_strndup (text, strcspn (text, ","));
  g_autofree char *excerpt = bs_error_excerpt (g_strstrip (wanted));
  if (list->len == 0)
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 _ ("folds: there is no fold \"%s\"; the metadata give no clip a fold"), excerpt);
  else
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING,
                 _ ("folds: there is no fold \"%s\"; there are %s"), excerpt, list->str);
}

/**
 * bs_fold_choice_parse:
 * @metadata: of a corpus
 * @text: names of folds as the metadata have them, parted by commas; "a-b" is the folds from a to b
 *   in the order of their ranks
 * @folds: (out): bit k set: fold k is meant
 * @error: %BS_ERROR_MISSING with what is no fold, and the folds that are there
 *
 * Any thread.
 *
 * Returns: whether @text names folds that clips of @metadata have, and nothing else
 */
gboolean
bs_fold_choice_parse (const BsMetadata *metadata, const char *text, guint *folds, GError **error)
{
  const Folds self = { metadata, folds_there (metadata) };
  guint all = 0;
  for (const char *rest = text; rest != NULL;) {
    guint some = take (&self, &rest);
    if (some == 0) {
      set_none_error (&self, rest, error);
      return FALSE;
    }
    all |= some;
  }
  *folds = all;
  return TRUE;
}
