/* SPDX-License-Identifier: MIT */
/* info for scripts: every count of the summary under its name. */
#include "app/cli/bs-cli-info.h"

#include "app/cli/common/bs-cli-metrics.h"
#include "data/corpus/bs-corpus-check.h"
#include "data/format/bs-json.h"

static void
add_counts (cJSON *object, const char *key, const gsize *counts, gsize n)
{
  cJSON *list = cJSON_AddArrayToObject (object, key);
  for (gsize i = 0; i < n; i++)
    cJSON_AddItemToArray (list, cJSON_CreateNumber ((double) counts[i]));
}

static void
add_classes (cJSON *object, const gsize counts[BS_N_CLASSES])
{
  cJSON *classes = cJSON_AddObjectToObject (object, "classes");
  for (int i = 0; i < BS_N_CLASSES; i++)
    cJSON_AddNumberToObject (classes, bs_class_name (i), (double) counts[i]);
}

static void
add_folds (cJSON *object, const BsMetadata *metadata, const BsCorpusSummary *s)
{
  cJSON *folds = cJSON_AddArrayToObject (object, "folds");
  for (int fold = 0; fold < s->n_folds; fold++) {
    cJSON *item = cJSON_CreateObject ();
    bs_cli_add_fold (item, bs_metadata_fold_name (metadata, fold));
    cJSON_AddNumberToObject (item, "n", (double) s->folds[fold]);
    cJSON_AddNumberToObject (item, "n_blends", (double) s->fold_blends[fold]);
    cJSON_AddNumberToObject (item, "n_actors", (double) s->fold_actors[fold]);
    add_classes (item, s->fold_classes[fold]);
    cJSON_AddItemToArray (folds, item);
  }
}

static void
add_people (cJSON *object, const BsCorpus *corpus, const BsCorpusSummary *s)
{
  cJSON *actors = cJSON_AddArrayToObject (object, "actors");
  for (gsize i = 0; i < s->n_actors; i++) {
    cJSON *actor = cJSON_CreateObject ();
    cJSON_AddStringToObject (actor, "actor",
                             bs_metadata_actor_name (bs_corpus_metadata (corpus), i));
    cJSON_AddNumberToObject (actor, "n", (double) s->actors[i]);
    add_counts (actor, "folds", &s->actor_folds[i * (gsize) s->n_folds], (gsize) s->n_folds);
    cJSON_AddItemToArray (actors, actor);
  }
  cJSON *genders = cJSON_AddArrayToObject (object, "genders");
  for (gsize i = 0; i < s->n_genders; i++) {
    const char letter[2] = { s->genders[i].letter, '\0' };
    cJSON *gender = cJSON_CreateObject ();
    if (letter[0] != '\0')
      cJSON_AddStringToObject (gender, "gender", letter);
    else
      cJSON_AddNullToObject (gender, "gender");
    cJSON_AddNumberToObject (gender, "n", (double) s->genders[i].n_clips);
    cJSON_AddNumberToObject (gender, "n_actors", (double) s->genders[i].n_actors);
    cJSON_AddItemToArray (genders, gender);
  }
}

static void
add_unusable (cJSON *item, const BsCorpus *corpus, BsEncoder *encoder)
{
  g_autoptr (GPtrArray) bad = bs_corpus_find_unusable (corpus, encoder, NULL, NULL);
  cJSON_AddNumberToObject (item, "n_unusable", (double) bad->len);
  cJSON *list = cJSON_AddArrayToObject (item, "unusable");
  for (guint i = 0; i < bad->len; i++) {
    const BsUnusableFeatures *clip = g_ptr_array_index (bad, i);
    cJSON *entry = cJSON_CreateObject ();
    cJSON_AddStringToObject (entry, "filename",
                             bs_metadata_clip (bs_corpus_metadata (corpus), clip->clip)->filename);
    cJSON_AddStringToObject (entry, "error", clip->reason);
    cJSON_AddItemToArray (list, entry);
  }
}

static void
add_encoders (cJSON *object, const BsCorpus *corpus)
{
  static const char *const kinds[] = { "clips", "static", "openface" };
  cJSON *encoders = cJSON_AddArrayToObject (object, "encoders");
  for (gsize i = 0; i < bs_corpus_n_encoders (corpus); i++) {
    BsEncoder *encoder = bs_corpus_encoder (corpus, i);
    g_autoptr (GError) error = NULL;
    gsize width, n_layers;
    cJSON *item = cJSON_CreateObject ();
    cJSON_AddStringToObject (item, "name", bs_encoder_name (encoder));
    cJSON_AddStringToObject (item, "kind", kinds[bs_encoder_kind (encoder)]);
    cJSON_AddNumberToObject (item, "n_clips", (double) bs_encoder_n_clips (encoder));
    if (bs_encoder_width (encoder, &width, &error) &&
        bs_encoder_n_layers (encoder, &n_layers, &error)) {
      cJSON_AddNumberToObject (item, "width", (double) width);
      cJSON_AddNumberToObject (item, "n_layers", (double) n_layers);
    } else {
      cJSON_AddNullToObject (item, "width");
      cJSON_AddStringToObject (item, "error", error->message);
    }
    add_unusable (item, corpus, encoder);
    cJSON_AddItemToArray (encoders, item);
  }
}

static void
add_kind (cJSON *object, const char *key, const BsDurations *kind, gsize n_bins)
{
  cJSON *item = cJSON_AddObjectToObject (object, key);
  cJSON_AddNumberToObject (item, "n", (double) kind->n);
  if (kind->n > 0) {
    bs_json_add_double (item, "mean_s", kind->total_s / (double) kind->n);
    bs_json_add_double (item, "min_s", kind->min_s);
    bs_json_add_double (item, "max_s", kind->max_s);
  }
  add_counts (item, "bins", kind->bins, n_bins);
}

static void
add_durations (cJSON *object, const BsCorpusSummary *s)
{
  cJSON *durations = cJSON_AddObjectToObject (object, "durations");
  bs_json_add_double (durations, "bin_s", s->bin_s);
  add_kind (durations, "singles", &s->singles, s->n_bins);
  add_kind (durations, "blends", &s->blends, s->n_bins);
}

/**
 * bs_cli_info_to_json:
 * @corpus: a corpus
 * @summary: its counts
 *
 * Returns: (transfer full): a document
 */
char *
bs_cli_info_to_json (const BsCorpus *corpus, const BsCorpusSummary *summary)
{
  g_autoptr (cJSON) object = cJSON_CreateObject ();
  cJSON_AddStringToObject (object, "title", bs_corpus_title (corpus));
  g_autofree char *folder = g_filename_display_name (bs_corpus_folder (corpus));
  cJSON_AddStringToObject (object, "folder", folder);
  cJSON_AddBoolToObject (object, "synthetic", bs_corpus_is_demo (corpus));
  cJSON_AddStringToObject (object, "metadata_sha256",
                           bs_metadata_hash (bs_corpus_metadata (corpus)));
  cJSON_AddNumberToObject (object, "n_train", (double) summary->n_train);
  cJSON_AddNumberToObject (object, "n_test", (double) summary->n_test);
  cJSON_AddNumberToObject (object, "n_labelled", (double) summary->n_labelled);
  cJSON_AddNumberToObject (object, "n_files", (double) summary->n_files);
  add_classes (object, summary->classes);
  cJSON *ratios = cJSON_AddObjectToObject (object, "ratios");
  cJSON_AddNumberToObject (ratios, "30/70", (double) summary->ratios[0]);
  cJSON_AddNumberToObject (ratios, "50/50", (double) summary->ratios[1]);
  cJSON_AddNumberToObject (ratios, "70/30", (double) summary->ratios[2]);
  add_folds (object, bs_corpus_metadata (corpus), summary);
  add_people (object, corpus, summary);
  add_encoders (object, corpus);
  add_durations (object, summary);
  cJSON *problems = cJSON_AddArrayToObject (object, "problems");
  for (gsize i = 0; i < bs_corpus_n_problems (corpus); i++)
    cJSON_AddItemToArray (problems, cJSON_CreateString (bs_corpus_problem (corpus, i)));
  return bs_json_to_text (object);
}
