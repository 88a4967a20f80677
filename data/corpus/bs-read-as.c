/* SPDX-License-Identifier: MIT */
/* What had to be assumed when a file was read, as facts that are kept, and as sentences. */
#include "config.h"

#include "data/corpus/bs-read-as.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static const char *const fold_sources[] = {
  [BS_FOLD_SOURCE_UNKNOWN] = NULL,
  [BS_FOLD_SOURCE_NONE] = "none",
  [BS_FOLD_SOURCE_METADATA] = "metadata",
  [BS_FOLD_SOURCE_PREDICTIONS] = "predictions",
};

static const char *const oddity_names[BS_N_ODDITIES] = {
  [BS_ODDITY_FRACTION] = "fractions",       [BS_ODDITY_RATIO] = "other_ratios",
  [BS_ODDITY_NEUTRAL] = "neutral_in_blend", [BS_ODDITY_TWICE] = "emotion_twice",
  [BS_ODDITY_NUMBER] = "other_number",      [BS_ODDITY_EMOTION] = "unknown_emotion",
};

/**
 * bs_read_as_clear:
 * @self: how a file was read
 *
 * Frees what it holds, and leaves zeros.
 */
void
bs_read_as_clear (BsReadAs *self)
{
  bs_named_count_clear (&self->names);
  for (int i = 0; i < BS_N_ODDITIES; i++)
    bs_named_count_clear (&self->oddities[i]);
  g_free (self->first_name);
  g_free (self->kind);
  g_free (self->kind_reason);
  g_free (self->kind_place);
  g_free (self->columns);
  *self = (BsReadAs){ 0 };
}

/**
 * bs_read_as_note_name:
 * @self: how a file is read
 * @written: a clip's name in the file
 * @kept: the same as it is kept
 *
 * Counts the name where it was changed.
 */
void
bs_read_as_note_name (BsReadAs *self, const char *written, const char *kept)
{
  if (strcmp (written, kept) == 0)
    return;
  if (self->names.n == 0)
    self->first_name = g_strdup (kept);
  bs_named_count_add (&self->names, written);
}

/* Sentences */

static void add (GPtrArray *sentences, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add (GPtrArray *sentences, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (sentences, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
add_form (GPtrArray *sentences, const BsCsvForm *form)
{
  gboolean commas = form->n_decimal_commas > 0;
  if (form->separator == ';')
    add (sentences, "%s",
         commas ? _ ("read with semicolons between fields and decimal commas")
                : _ ("read with semicolons between fields"));
  if (form->separator == '\t')
    add (sentences, "%s",
         commas ? _ ("read with tabs between fields and decimal commas")
                : _ ("read with tabs between fields"));
  if (form->n_missing_words > 0) {
    g_autofree char *count = bs_count_to_string (form->n_missing_words);
    add (sentences,
         ngettext ("%s cell with NA, None or the like counts as empty",
                   "%s cells with NA, None or the like count as empty", form->n_missing_words),
         count);
  }
  if (form->n_trimmed > 0)
    add (sentences, "%s", _ ("blanks around fields are left out"));
}

static void
add_names (GPtrArray *sentences, const BsReadAs *self)
{
  if (self->names.n == 0)
    return;
  g_autofree char *count = bs_count_to_string (self->names.n);
  add (sentences,
       ngettext ("the name of %s clip was changed, '%s' to '%s'",
                 "the names of %s clips were changed, first '%s' to '%s'", self->names.n),
       count, self->names.first, self->first_name);
}

/* Few printed decimals allow sums that are further from 1. */
static void
add_probabilities (GPtrArray *sentences, const BsReadAs *self)
{
  if (self->n_decimals < 1 || self->n_decimals > 3)
    add (sentences, "%s", _ ("read as probabilities, because every row sums to 1"));
  else
    add (sentences,
         ngettext ("read as probabilities, because every row sums to 1 as far as %d decimal tells",
                   "read as probabilities, because every row sums to 1 as far as %d decimals tell",
                   (gulong) self->n_decimals),
         self->n_decimals);
}

static void
add_kind (GPtrArray *sentences, const BsReadAs *self)
{
  gboolean logits = g_strcmp0 (self->kind, "logits") == 0;
  if (g_strcmp0 (self->kind, "decisions") == 0)
    add (sentences, "%s",
         _ ("read as decisions: there are no probabilities, so thresholds change nothing"));
  else if (self->kind == NULL)
    return;
  else if (g_strcmp0 (self->kind_reason, "said") == 0)
    add (sentences, "%s",
         logits ? _ ("read as logits, as you said") : _ ("read as probabilities, as you said"));
  else if (g_strcmp0 (self->kind_reason, "named") == 0)
    add (sentences, "%s", _ ("read as logits, because the array is named so"));
  else if (logits && self->kind_place != NULL)
    add (sentences, _ ("read as logits, because %s is negative"), self->kind_place);
  else if (!logits)
    add_probabilities (sentences, self);
}

/* Each an ngettext() of its own, so that the compiler sees the formats. */
static void
add_oddity (GPtrArray *sentences, BsOddity oddity, gulong n, const char *count, const char *first)
{
  switch (oddity) {
  case BS_ODDITY_FRACTION:
    add (sentences,
         ngettext ("%s decision has saliences in fractions of 1, which the scorer rounds, first %s",
                   "%s decisions have saliences in fractions of 1, which the scorer rounds, first "
                   "%s",
                   n),
         count, first);
    break;
  case BS_ODDITY_RATIO:
    add (sentences,
         ngettext ("%s decision has saliences other than 100, 70/30, 50/50 and 30/70, first %s",
                   "%s decisions have saliences other than 100, 70/30, 50/50 and 30/70, first %s",
                   n),
         count, first);
    break;
  case BS_ODDITY_NEUTRAL:
    add (sentences,
         ngettext ("%s decision blends neutral with an emotion, which is never right, first %s",
                   "%s decisions blend neutral with an emotion, which is never right, first %s", n),
         count, first);
    break;
  case BS_ODDITY_TWICE:
    add (sentences,
         ngettext ("%s decision names an emotion twice, which counts once, first %s",
                   "%s decisions name an emotion twice, which counts once, first %s", n),
         count, first);
    break;
  case BS_ODDITY_NUMBER:
    add (sentences,
         ngettext ("%s decision names no emotion or more than two, first %s",
                   "%s decisions name no emotion or more than two, first %s", n),
         count, first);
    break;
  case BS_ODDITY_EMOTION:
    add (
      sentences,
      ngettext ("%s decision names an emotion that does not exist, which is never right, first %s",
                "%s decisions name an emotion that does not exist, which is never right, first "
                "%s",
                n),
      count, first);
    break;
  case BS_N_ODDITIES:
  default:
    g_return_if_reached ();
  }
}

static void
add_oddities (GPtrArray *sentences, const BsReadAs *self)
{
  for (int i = 0; i < BS_N_ODDITIES; i++) {
    const BsNamedCount *oddity = &self->oddities[i];
    g_autofree char *count = bs_count_to_string (oddity->n);
    if (oddity->n > 0)
      add_oddity (sentences, (BsOddity) i, oddity->n, count, oddity->first);
  }
}

static void
add_folds (GPtrArray *sentences, BsFoldSource folds)
{
  if (folds == BS_FOLD_SOURCE_NONE)
    add (sentences, "%s", _ ("no clip has a fold, so that all are tuned together"));
  if (folds == BS_FOLD_SOURCE_METADATA)
    add (sentences, "%s", _ ("folds are those of the metadata"));
  if (folds == BS_FOLD_SOURCE_PREDICTIONS)
    add (sentences, "%s",
         _ ("no clip has a fold in the metadata, so that folds are those of the predictions"));
}

static void
add_left_out (GPtrArray *sentences, const BsReadAs *self)
{
  g_autofree char *clips = bs_count_to_string (self->n_without_prediction);
  g_autofree char *others = bs_count_to_string (self->n_without_metadata);
  if (self->n_without_prediction > 0)
    add (sentences,
         ngettext ("%s labelled clip without prediction is left out",
                   "%s labelled clips without prediction are left out", self->n_without_prediction),
         clips);
  if (self->n_without_metadata > 0)
    add (sentences,
         ngettext ("%s prediction of no clip of the metadata is left out",
                   "%s predictions of no clip of the metadata are left out",
                   self->n_without_metadata),
         others);
}

/**
 * bs_read_as_sentences:
 * @self: how a file was read
 *
 * Returns: (transfer full) (element-type utf8): what is worth saying of it, in the reader's
 *   language, each without a capital and a full stop; none where nothing had to be assumed
 */
GPtrArray *
bs_read_as_sentences (const BsReadAs *self)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  add_form (sentences, &self->form);
  add_names (sentences, self);
  if (self->columns != NULL)
    add (sentences, _ ("the columns stand in the order %s, as the file says"), self->columns);
  add_kind (sentences, self);
  add_oddities (sentences, self);
  add_folds (sentences, self->folds);
  add_left_out (sentences, self);
  return sentences;
}

/**
 * bs_read_as_to_text:
 * @self: how a file was read
 *
 * Returns: (transfer full) (nullable): bs_read_as_sentences() in one line, %NULL where there are
 *   none
 */
char *
bs_read_as_to_text (const BsReadAs *self)
{
  g_autoptr (GPtrArray) sentences = bs_read_as_sentences (self);
  if (sentences->len == 0)
    return NULL;
  g_ptr_array_add (sentences, NULL);
  return g_strjoinv ("; ", (char **) sentences->pdata);
}

/* What is kept */

static void
add_count (cJSON *object, const char *key, gsize n)
{
  if (n > 0)
    cJSON_AddNumberToObject (object, key, (double) n);
}

static void
add_text (cJSON *object, const char *key, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, key, text);
}

static cJSON *
add_named (cJSON *object, const char *key, const BsNamedCount *count)
{
  if (count->n == 0)
    return NULL;
  cJSON *named = cJSON_AddObjectToObject (object, key);
  add_count (named, "n", count->n);
  add_text (named, "first", count->first);
  return named;
}

/**
 * bs_read_as_to_json:
 * @self: how a file was read
 * @object: gets what is known
 */
void
bs_read_as_to_json (const BsReadAs *self, cJSON *object)
{
  const char separator[2] = { self->form.separator, '\0' };
  add_text (object, "separator", separator[0] != '\0' ? separator : NULL);
  add_count (object, "decimal_commas", self->form.n_decimal_commas);
  add_count (object, "missing_words", self->form.n_missing_words);
  add_count (object, "trimmed", self->form.n_trimmed);
  cJSON *names = add_named (object, "names_changed", &self->names);
  if (names != NULL)
    add_text (names, "to", self->first_name);
  add_text (object, "columns", self->columns);
  add_text (object, "kind", self->kind);
  add_text (object, "kind_reason", self->kind_reason);
  add_text (object, "kind_place", self->kind_place);
  add_count (object, "rows", self->n_rows);
  add_count (object, "rows_that_sum_to_one", self->n_sum_to_one);
  if (self->n_decimals >= 0)
    cJSON_AddNumberToObject (object, "decimals", self->n_decimals);
  add_text (object, "folds", fold_sources[self->folds]);
  add_count (object, "without_prediction", self->n_without_prediction);
  add_count (object, "without_metadata", self->n_without_metadata);
  cJSON *oddities = cJSON_AddObjectToObject (object, "oddities");
  for (int i = 0; i < BS_N_ODDITIES; i++)
    add_named (oddities, oddity_names[i], &self->oddities[i]);
}

/* Counts that are lacking are zero. */
static gboolean
read_count (const BsJson *object, const char *key, gsize *n, GError **error)
{
  guint64 value = 0;
  if (bs_json_has (object, key) && !bs_json_get_uint64 (object, key, &value, error))
    return FALSE;
  *n = (gsize) MIN (value, G_MAXUINT32);
  return TRUE;
}

static gboolean
read_text (const BsJson *object, const char *key, char **text, GError **error)
{
  if (!bs_json_has (object, key))
    return TRUE;
  *text = g_strdup (bs_json_get_string (object, key, error));
  return *text != NULL;
}

static gboolean
read_named (const BsJson *object, const char *key, BsNamedCount *count, char **to, GError **error)
{
  BsJson named;
  if (!bs_json_has (object, key))
    return TRUE;
  if (!bs_json_get_object (object, key, &named, error) ||
      !read_count (&named, "n", &count->n, error) ||
      !read_text (&named, "first", &count->first, error) ||
      (to != NULL && !read_text (&named, "to", to, error)))
    return FALSE;
  if (count->n == 0 || (count->first != NULL && (to == NULL || *to != NULL)))
    return TRUE;
  bs_json_set_error (&named,
                     error, /* Translators: the count of what the list names: clips or files */
                     _ ("expected the first of the %zu"), count->n);
  return FALSE;
}

static gboolean
read_oddities (BsReadAs *self, const BsJson *object, GError **error)
{
  BsJson oddities;
  if (!bs_json_has (object, "oddities"))
    return TRUE;
  if (!bs_json_get_object (object, "oddities", &oddities, error))
    return FALSE;
  for (int i = 0; i < BS_N_ODDITIES; i++)
    if (!read_named (&oddities, oddity_names[i], &self->oddities[i], NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_kind (BsReadAs *self, const BsJson *object, GError **error)
{
  self->n_decimals = -1;
  return read_text (object, "columns", &self->columns, error) &&
         read_text (object, "kind", &self->kind, error) &&
         read_text (object, "kind_reason", &self->kind_reason, error) &&
         read_text (object, "kind_place", &self->kind_place, error) &&
         read_count (object, "rows", &self->n_rows, error) &&
         read_count (object, "rows_that_sum_to_one", &self->n_sum_to_one, error) &&
         (!bs_json_has (object, "decimals") ||
          bs_json_get_int (object, "decimals", &self->n_decimals, error));
}

static gboolean
read_form (BsCsvForm *form, const BsJson *object, GError **error)
{
  g_autofree char *separator = NULL;
  if (!read_text (object, "separator", &separator, error))
    return FALSE;
  form->separator = separator != NULL ? separator[0] : '\0';
  return read_count (object, "decimal_commas", &form->n_decimal_commas, error) &&
         read_count (object, "missing_words", &form->n_missing_words, error) &&
         read_count (object, "trimmed", &form->n_trimmed, error);
}

/**
 * bs_read_as_from_json:
 * @self: zeros; to be cleared whatever is returned
 * @object: what bs_read_as_to_json() wrote
 * @error: return location
 *
 * Returns: whether it could be read; otherwise @error names file and place
 */
gboolean
bs_read_as_from_json (BsReadAs *self, const BsJson *object, GError **error)
{
  g_autofree char *folds = NULL;
  if (!read_form (&self->form, object, error) ||
      !read_named (object, "names_changed", &self->names, &self->first_name, error) ||
      !read_kind (self, object, error) || !read_text (object, "folds", &folds, error) ||
      !read_count (object, "without_prediction", &self->n_without_prediction, error) ||
      !read_count (object, "without_metadata", &self->n_without_metadata, error) ||
      !read_oddities (self, object, error))
    return FALSE;
  for (guint i = 1; i < G_N_ELEMENTS (fold_sources); i++)
    if (g_strcmp0 (folds, fold_sources[i]) == 0)
      self->folds = (BsFoldSource) i;
  return TRUE;
}
