/* SPDX-License-Identifier: MIT */
/* info for reading: tables in columns, a point under every locale. */
#include <string.h>

#include "app/cli/bs-cli-info.h"
#include "data/corpus/bs-corpus-check.h"

#define BAR_WIDTH 40

static const char *const ratio_names[BS_N_RATIOS] = { "30/70", "50/50", "70/30" };

/* Digits after the point, padded to @width. */
static void
append_fixed (GString *out, double value, int n_digits, int width)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  g_snprintf (format, sizeof format, "%%.%df", n_digits);
  g_ascii_formatd (text, sizeof text, format, value);
  g_string_append_printf (out, "%*s", width, text);
}

static void
append_head (GString *out, const BsCorpus *corpus, const BsCorpusSummary *s)
{
  gsize n_blends = 0;
  for (int i = BS_N_EMOTIONS; i < BS_N_CLASSES; i++)
    n_blends += s->classes[i];
  g_string_append_printf (out, "%s%s\n%s\n\n", bs_corpus_title (corpus),
                          bs_corpus_is_demo (corpus) ? " (synthetic)" : "",
                          bs_corpus_folder (corpus));
  g_string_append_printf (out,
                          "clips    %6zu training, %zu test, %zu with picture and sound\n"
                          "labels   %6zu: %zu singles, %zu blends\n"
                          "actors   %6zu\n",
                          s->n_train, s->n_test, s->n_files, s->n_labelled,
                          s->n_labelled - n_blends, n_blends, s->n_actors);
  g_string_append (out, "ratios  ");
  for (int i = 0; i < BS_N_RATIOS; i++)
    g_string_append_printf (out, "%s %zu of %s", i > 0 ? "," : "", s->ratios[i], ratio_names[i]);
  g_string_append (out, "\ngender  ");
  for (gsize i = 0; i < s->n_genders; i++) {
    const BsGenderCount *gender = &s->genders[i];
    const char letter[2] = { gender->letter, '\0' };
    g_string_append_printf (out, "%s %s: %zu clips, %zu actors", i > 0 ? ";" : "",
                            gender->letter != 0 ? letter : "not stated", gender->n_clips,
                            gender->n_actors);
  }
  g_string_append_c (out, '\n');
}

static void
append_fold_row (GString *out, const BsCorpusSummary *s, const char *name, gsize total,
                 const gsize *by_fold, gsize stride)
{
  g_string_append_printf (out, "%-10s", name);
  for (int fold = 0; fold < s->n_folds; fold++)
    g_string_append_printf (out, "%6zu", by_fold[(gsize) fold * stride]);
  g_string_append_printf (out, "%7zu\n", total);
}

static void
append_classes (GString *out, const BsMetadata *metadata, const BsCorpusSummary *s)
{
  gsize n_clips = 0, n_blends = 0;
  g_string_append (out, "\nclips     ");
  for (int fold = 0; fold < s->n_folds; fold++) {
    const char *prefix = bs_metadata_fold_names (metadata) == NULL ? "f" : "";
    g_autofree char *name = g_strconcat (prefix, bs_metadata_fold_name (metadata, fold), NULL);
    g_string_append_printf (out, " %5s", name);
  }
  g_string_append (out, "  total\n");
  for (int fold = 0; fold < s->n_folds; fold++) {
    n_clips += s->folds[fold];
    n_blends += s->fold_blends[fold];
  }
  append_fold_row (out, s, "with fold", n_clips, s->folds, 1);
  append_fold_row (out, s, "blends", n_blends, s->fold_blends, 1);
  append_fold_row (out, s, "actors", s->n_actors, s->fold_actors, 1);
  for (int i = 0; i < BS_N_CLASSES; i++)
    append_fold_row (out, s, bs_class_name (i), s->classes[i], &s->fold_classes[0][i],
                     BS_N_CLASSES);
}

static void
append_actors (GString *out, const BsCorpus *corpus, const BsCorpusSummary *s)
{
  BsMetadata *metadata = bs_corpus_metadata (corpus);
  if (s->n_actors > 0)
    g_string_append (out, "\nclips of each actor\n");
  for (gsize actor = 0; actor < s->n_actors; actor++)
    append_fold_row (out, s, bs_metadata_actor_name (metadata, actor), s->actors[actor],
                     &s->actor_folds[actor * (gsize) s->n_folds], 1);
}

static void
append_encoder (GString *out, const BsCorpus *corpus, BsEncoder *encoder)
{
  static const char *const kinds[] = { "per clip", "static", "OpenFace" };
  g_autoptr (GError) error = NULL;
  gsize width, n_layers;
  g_string_append_printf (out, "%-32s %-9s %6zu clips", bs_encoder_name (encoder),
                          kinds[bs_encoder_kind (encoder)], bs_encoder_n_clips (encoder));
  if (!bs_encoder_width (encoder, &width, &error) ||
      !bs_encoder_n_layers (encoder, &n_layers, &error))
    g_string_append_printf (out, "  width not known: %s\n", error->message);
  else if (n_layers > 1)
    g_string_append_printf (out, "  width %zu, mean of %zu layers\n", width, n_layers);
  else
    g_string_append_printf (out, "  width %zu\n", width);
  g_autoptr (GPtrArray) bad = bs_corpus_find_unusable (corpus, encoder, NULL, NULL);
  if (bad->len == 0)
    return;
  const BsUnusableFeatures *first = g_ptr_array_index (bad, 0);
  g_string_append_printf (
    out, "  %u of %zu cannot be used, first %s: %s\n", bad->len, bs_encoder_n_clips (encoder),
    bs_metadata_clip (bs_corpus_metadata (corpus), first->clip)->filename, first->reason);
}

static void
append_kind (GString *out, const char *name, const BsDurations *kind)
{
  g_string_append_printf (out, "%-8s %6zu clips", name, kind->n);
  if (kind->n > 0) {
    append_fixed (out, kind->total_s / (double) kind->n, 2, 8);
    append_fixed (out, kind->min_s, 2, 8);
    append_fixed (out, kind->max_s, 2, 8);
  }
  g_string_append_c (out, '\n');
}

static void
append_bar (GString *out, gsize n, gsize most)
{
  g_string_append_printf (out, "  %5zu ", n);
  gsize length = most > 0 ? (n * BAR_WIDTH + most - 1) / most : 0;
  for (gsize i = 0; i < BAR_WIDTH; i++)
    g_string_append_c (out, i < length ? '#' : ' ');
}

static void
append_durations (GString *out, const BsCorpusSummary *s)
{
  gsize most = 0;
  if (s->n_bins == 0)
    return;
  g_string_append (out, "\nseconds                  mean     min     max\n");
  append_kind (out, "singles", &s->singles);
  append_kind (out, "blends", &s->blends);
  for (gsize i = 0; i < s->n_bins; i++)
    most = MAX (most, MAX (s->singles.bins[i], s->blends.bins[i]));
  g_string_append_printf (out, "\n    from  %-*s  blends\n", BAR_WIDTH + 6, "singles");
  for (gsize i = 0; i < s->n_bins; i++) {
    gsize start = out->len;
    append_fixed (out, (double) i * s->bin_s, 1, 8);
    append_bar (out, s->singles.bins[i], most);
    append_bar (out, s->blends.bins[i], most);
    while (out->len > start && out->str[out->len - 1] == ' ')
      g_string_truncate (out, out->len - 1);
    g_string_append_c (out, '\n');
  }
}

/**
 * bs_cli_info_append_text:
 * @out: where to write
 * @corpus: a corpus
 * @summary: its counts
 */
void
bs_cli_info_append_text (GString *out, const BsCorpus *corpus, const BsCorpusSummary *summary)
{
  append_head (out, corpus, summary);
  append_classes (out, bs_corpus_metadata (corpus), summary);
  append_actors (out, corpus, summary);
  g_string_append (out, bs_corpus_n_encoders (corpus) > 0 ? "\nencoders\n" : "\nno encoders\n");
  for (gsize i = 0; i < bs_corpus_n_encoders (corpus); i++)
    append_encoder (out, corpus, bs_corpus_encoder (corpus, i));
  append_durations (out, summary);
  if (bs_corpus_n_problems (corpus) > 0)
    g_string_append (out, "\nmissing or odd\n");
  for (gsize i = 0; i < bs_corpus_n_problems (corpus); i++)
    g_string_append_printf (out, "- %s\n", bs_corpus_problem (corpus, i));
}
