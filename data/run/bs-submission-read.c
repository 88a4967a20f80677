/* SPDX-License-Identifier: MIT */
/* Decisions in the challenge's form, read as the official scorer reads them (blemore-common,
 * utils/generic_accuracy/accuracy_funcs.py): presence is the set of the emotions named, whatever
 * their saliences; salience is the comparison of {emotion: round (float (salience))} where there
 * are two entries. What the challenge's form does not have is scored all the same, and counted. */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/format/bs-json.h"
#include "data/run/bs-predictions-private.h"

typedef struct {
  BsPredictionsSource source;
  const BsPredictions *predictions;
} Document;

/* What the entries of a clip say, as the scorer sees it. */
typedef struct {
  gsize n_entries;
  guint emotions; /* a bit for each that is named */
  gboolean is_foreign; /* an emotion is named that there is not */
  double saliences[BS_N_EMOTIONS]; /* of two entries for one emotion the last */
  gboolean has_saliences; /* every entry has one */
} Entries;

static char *
dup_place (const BsPredictionsSource *source, gsize row, int emotion)
{
  const Document *self = (const Document *) source;
  g_autofree char *excerpt = bs_error_excerpt (self->predictions->filenames[row]);
  return g_strdup_printf (_ ("clip %zu (%s)"), row + 1, excerpt);
}

/* float () takes a text of digits as well. */
static gboolean
parse_salience (const BsJson *salience, double *value)
{
  if (cJSON_IsNumber (salience->node)) {
    *value = salience->node->valuedouble;
    return isfinite (*value);
  }
  if (!cJSON_IsString (salience->node))
    return FALSE;
  g_autofree char *text = g_strstrip (g_strdup (salience->node->valuestring));
  gsize n = strspn (text, "0123456789+-.eE");
  char *end;
  *value = g_ascii_strtod (text, &end);
  return n > 0 && text[n] == '\0' && *end == '\0' && isfinite (*value);
}

/* The scorer looks at saliences of two entries alone, so that others may lack theirs. */
static gboolean
read_salience (const BsJson *entry, gboolean is_needed, Entries *entries, double *value,
               GError **error)
{
  BsJson salience;
  *value = 0;
  if (!bs_json_has (entry, "salience")) {
    entries->has_saliences = FALSE;
    if (is_needed)
      bs_json_set_error (entry, error, _ ("expected a salience"));
    return !is_needed;
  }
  if (!bs_json_get (entry, "salience", &salience, error))
    return FALSE;
  if (!parse_salience (&salience, value)) {
    bs_json_set_error (&salience, error, _ ("expected a finite number"));
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_entries (const BsJson *item, Entries *entries, GError **error)
{
  BsJson entry;
  *entries = (Entries){ .n_entries = bs_json_length (item), .has_saliences = TRUE };
  for (gboolean more = bs_json_first (item, &entry); more; more = bs_json_next (&entry)) {
    double salience;
    const char *code =
      bs_json_is_object (&entry, error) ? bs_json_get_string (&entry, "emotion", error) : NULL;
    if (code == NULL || !read_salience (&entry, entries->n_entries == 2, entries, &salience, error))
      return FALSE;
    int emotion = bs_emotion_from_code (code, -1);
    if (emotion < 0) {
      entries->is_foreign = TRUE;
      continue;
    }
    entries->emotions |= 1u << emotion;
    entries->saliences[emotion] = salience;
  }
  return TRUE;
}

static int
lowest (guint emotions)
{
  return emotions != 0 ? g_bit_nth_lsf (emotions, -1) : -1;
}

static gboolean
are_fractions (const Entries *entries)
{
  double sum = 0;
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    sum += entries->saliences[k];
  return entries->has_saliences && fabs (sum - 1) < 0.011;
}

/* round () of Python and rint () both take halves to the even number. */
static int
round_salience (double salience)
{
  return (int) rint (CLAMP (salience, -1000, 1000));
}

static BsLabel
label_of_two (const Entries *entries)
{
  int first = lowest (entries->emotions), second = lowest (entries->emotions & ~(1u << first));
  int a = round_salience (entries->saliences[first]);
  int b = round_salience (entries->saliences[second]);
  gboolean has_ratio = entries->n_entries == 2 && a >= 0 && b >= 0 && a + b == 100;
  return (BsLabel){ (gint8) first, (gint8) second, (gint8) (has_ratio ? a : -1) };
}

static BsLabel
label_of (const Entries *entries)
{
  guint rest = entries->emotions & (entries->emotions - 1);
  if (entries->is_foreign || entries->emotions == 0 || (rest & (rest - 1)) != 0)
    return BS_LABEL_UNKNOWN;
  return rest == 0 ? bs_label_single ((BsEmotion) lowest (entries->emotions))
                   : label_of_two (entries);
}

static gboolean
is_of_the_form (const Entries *entries, BsLabel label)
{
  if (!bs_label_is_blend (label))
    return entries->n_entries == 1 && entries->saliences[label.first] == 100;
  return label.first_percent == 30 || label.first_percent == 50 || label.first_percent == 70;
}

static void
count_oddities (BsReadAs *read_as, const Entries *entries, BsLabel label, const char *clip)
{
  guint neutral = 1u << BS_EMOTION_NEU;
  gsize n_named = 0;
  for (int k = 0; k < BS_N_EMOTIONS; k++)
    n_named += (entries->emotions >> k) & 1;
  if (entries->is_foreign)
    bs_named_count_add (&read_as->oddities[BS_ODDITY_EMOTION], clip);
  else if (!bs_label_is_known (label))
    bs_named_count_add (&read_as->oddities[BS_ODDITY_NUMBER], clip);
  if (!entries->is_foreign && n_named < entries->n_entries)
    bs_named_count_add (&read_as->oddities[BS_ODDITY_TWICE], clip);
  if ((entries->emotions & neutral) != 0 && entries->emotions != neutral)
    bs_named_count_add (&read_as->oddities[BS_ODDITY_NEUTRAL], clip);
  if (!bs_label_is_known (label) || n_named < entries->n_entries || is_of_the_form (entries, label))
    return;
  BsOddity oddity = are_fractions (entries) ? BS_ODDITY_FRACTION : BS_ODDITY_RATIO;
  bs_named_count_add (&read_as->oddities[oddity], clip);
}

static gboolean
read_decision (const BsJson *item, BsPredictions *out, GError **error)
{
  Entries entries;
  gsize row = item->index;
  if (!cJSON_IsArray (item->node)) {
    bs_json_set_error (item, error,
                       _ ("expected a list of {\"emotion\": ..., \"salience\": ...}, one or two"));
    return FALSE;
  }
  if (!read_entries (item, &entries, error))
    return FALSE;
  out->decisions[row] = label_of (&entries);
  count_oddities (&out->read_as, &entries, out->decisions[row], out->filenames[row]);
  return TRUE;
}

static gboolean
read_items (const BsJson *items, BsPredictions *out, GError **error)
{
  BsJson item;
  for (gboolean more = bs_json_first (items, &item); more; more = bs_json_next (&item)) {
    gsize row = item.index;
    out->filenames[row] = bs_clip_name_clean (item.key);
    /* An extension of a clip is part of the form. */
    g_autofree char *stem = g_strndup (item.key, bs_clip_name_stem_length (item.key));
    bs_read_as_note_name (&out->read_as, stem, out->filenames[row]);
    if (!read_decision (&item, out, error))
      return FALSE;
  }
  if (out->n > 0 && out->read_as.oddities[BS_ODDITY_EMOTION].n == out->n) {
    bs_json_set_error (items, error,
                       _ ("expected emotions among ang, disg, fea, hap, sad, neu, of which "
                          "no clip has one alone"));
    return FALSE;
  }
  return TRUE;
}

static gboolean
find_items (const BsJson *top, BsJson *items, GError **error)
{
  *items = *top;
  if (!cJSON_IsObject (top->node)) {
    /* Translators: "a list" or "a single value" */
    bs_json_set_error (
      top, error,
      _ ("expected an object of clips, {\"predictions\": {\"NAME.mov\": [{\"emotion\": "
         "\"ang\", \"salience\": 100}]}}, not %s"),
      cJSON_IsArray (top->node) ? _ ("a list") : _ ("a single value"));
    return FALSE;
  }
  return !bs_json_has (top, "predictions") || bs_json_get_object (top, "predictions", items, error);
}

/**
 * bs_predictions_read_json:
 * @text: the challenge's JSON of decisions; the outer "predictions" may be left out
 * @length: its bytes
 * @name: what messages call it
 * @error: return location
 *
 * Reads what the official scorer can score, and means the same: saliences in fractions or in ratios
 * that the data set has not, neutral in a blend, an emotion twice, none or more than two, one that
 * there is not. These are counted as oddities. A label that cannot say such a decision is unknown,
 * which is never right; a ratio that is none is -1. What the scorer breaks off at is an error that
 * names the clip.
 *
 * Returns: (transfer full) (nullable): predictions of kind decisions
 */
BsPredictions *
bs_predictions_read_json (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (cJSON) root = bs_json_parse (text, length, name, error);
  if (root == NULL)
    return NULL;
  BsJson top = bs_json_root (root, name), items;
  if (!find_items (&top, &items, error))
    return NULL;
  g_autoptr (BsPredictions) self = bs_predictions_new (bs_json_length (&items));
  self->kind = BS_PREDICTIONS_DECISIONS;
  self->read_as.kind = g_strdup ("decisions");
  self->decisions = g_new (BsLabel, MAX (self->n, 1));
  Document document = { { name, dup_place }, self };
  if (!read_items (&items, self, error) ||
      !bs_predictions_check_names (self, &document.source, error))
    return NULL;
  return g_steal_pointer (&self);
}
