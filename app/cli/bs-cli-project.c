/* SPDX-License-Identifier: MIT */
/* blendscope-cli project: an encoder's clips along their principal components, as numbers or
 * as the picture of the window. */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/cli/common/bs-cli-chart.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-npz.h"
#include "model/features/bs-projection.h"
#include "viz/chart/bs-scatter.h"

#define DEFAULT_COMPONENTS 2
#define PICTURE_WIDTH 900
#define PICTURE_HEIGHT 640

/* What the command line says. */
typedef struct {
  char *encoder;
  char *pairs;
  char *out;
  gboolean per_actor;
  gboolean strict;
  gboolean whiten;
  int n_components;
  guint32 classes; /* of --pairs */
} Words;

static void
words_clear (Words *self)
{
  g_free (self->encoder);
  g_free (self->pairs);
  g_free (self->out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

/* "hap-sad,ang-fea": each pair's two single emotions and their blend. */
static gboolean
parse_pairs (const char *text, guint32 *classes)
{
  g_auto (GStrv) pairs = g_strsplit (text, ",", -1);
  for (char **pair = pairs; *pair != NULL; pair++) {
    const char *dash = strchr (*pair, '-');
    int a = dash != NULL ? bs_emotion_from_code (*pair, dash - *pair) : -1;
    int b = dash != NULL ? bs_emotion_from_code (dash + 1, -1) : -1;
    if (a < 0 || b < 0 || a == b || a == BS_EMOTION_NEU || b == BS_EMOTION_NEU)
      return FALSE;
    *classes |= bs_projection_pair_classes ((BsEmotion) a, (BsEmotion) b);
  }
  return *classes != 0;
}

static BsCliStatus
check_words (Words *self)
{
  BsChartFormat format;
  if (self->encoder == NULL || self->out == NULL)
    return bs_cli_usage_error (_ ("--encoder NAME and --out FILE are needed"));
  if (self->pairs != NULL && !parse_pairs (self->pairs, &self->classes))
    return bs_cli_usage_error (_ ("--pairs %s: expected pairs of two emotions, as hap-sad,ang-fea"),
                               self->pairs);
  if (self->n_components < 1)
    return bs_cli_usage_error (_ ("--components %d: expected at least 1"), self->n_components);
  if (!g_str_has_suffix (self->out, ".csv") && !g_str_has_suffix (self->out, ".npz") &&
      !bs_cli_chart_format (self->out, &format))
    return bs_cli_usage_error (
      _ ("--out %s: expected a name ending in .csv, .npz, .svg, .png or .pdf"), self->out);
  return BS_CLI_DONE;
}

static BsCliStatus
parse_words (Words *self, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "encoder", 0, 0, G_OPTION_ARG_STRING, &self->encoder, N_ ("whose features"), "NAME" },
    { "per-actor", 0, 0, G_OPTION_ARG_NONE, &self->per_actor,
      N_ ("give each actor mean 0 and deviation 1 over the clips projected first"), NULL },
    { "whiten", 0, 0, G_OPTION_ARG_NONE, &self->whiten,
      N_ ("scale each component to variance 1, as the paper's figure"), NULL },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &self->strict,
      N_ ("fail where a clip's features cannot be used, instead of leaving the clip out"), NULL },
    { "pairs", 0, 0, G_OPTION_ARG_STRING, &self->pairs,
      N_ ("only these blends and their single emotions (all)"), "A-B,..." },
    { "components", 0, 0, G_OPTION_ARG_INT, &self->n_components,
      N_ ("of a table; a picture shows two (2)"), "N" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &self->out, N_ ("the file to write"), "FILE" },
    { NULL },
  };
  self->n_components = DEFAULT_COMPONENTS;
  g_autoptr (GOptionContext) context = bs_cli_option_context ("project", "CORPUS");
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse (context, argc, argv, 1);
  return status == BS_CLI_DONE ? check_words (self) : status;
}

static const char *
label_name (BsLabel label)
{
  int class = bs_label_salience_class (label);
  return class >= 0 ? bs_salience_class_name (class) : "";
}

static const char *
actor_name (const BsMetadata *metadata, const BsClip *clip)
{
  return clip->actor >= 0 ? bs_metadata_actor_name (metadata, (gsize) clip->actor) : "";
}

static BsCliStatus
write_csv (const BsProjection *projection, const BsMetadata *metadata, const char *path)
{
  const BsPca *pca = projection->pca;
  g_autoptr (GString) csv = g_string_new ("filename,actor,fold,label");
  for (gsize c = 0; c < pca->n_components; c++)
    g_string_append_printf (csv, ",pc%" G_GSIZE_FORMAT, c + 1);
  g_string_append_c (csv, '\n');
  for (gsize i = 0; i < projection->n; i++) {
    const BsClip *clip = bs_metadata_clip (metadata, projection->clips[i]);
    bs_csv_append_field (csv, clip->filename);
    g_string_append_c (csv, ',');
    bs_csv_append_field (csv, actor_name (metadata, clip));
    g_string_append_c (csv, ',');
    if (clip->fold >= 0)
      bs_csv_append_field (csv, bs_metadata_fold_name (metadata, clip->fold));
    g_string_append_printf (csv, ",%s", label_name (clip->label));
    for (gsize c = 0; c < pca->n_components; c++) {
      g_string_append_c (csv, ',');
      bs_csv_append_double (csv, bs_matrix_row (pca->scores, i)[c]);
    }
    g_string_append_c (csv, '\n');
  }
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (g_steal_pointer (&csv));
  return bs_cli_write_bytes (path, bytes);
}

static BsCliStatus
write_npz (const BsProjection *projection, const BsMetadata *metadata, const char *path)
{
  const BsPca *pca = projection->pca;
  g_autoptr (GError) error = NULL;
  g_autofree const char **names = g_new (const char *, projection->n);
  for (gsize i = 0; i < projection->n; i++)
    names[i] = bs_metadata_clip (metadata, projection->clips[i])->filename;
  const gsize shape[] = { projection->n, pca->n_components };
  g_autoptr (GBytes) filenames = bs_npy_from_strings (names, projection->n);
  g_autoptr (GBytes) scores = bs_npy_from_floats (pca->scores->data, shape, 2);
  g_autoptr (GBytes) explained = bs_npy_from_doubles (pca->explained, &pca->n_components, 1);
  g_autoptr (BsNpzWriter) npz = bs_npz_writer_new ();
  bs_npz_writer_add (npz, "filenames", filenames);
  bs_npz_writer_add (npz, "scores", scores);
  bs_npz_writer_add (npz, "explained", explained);
  return bs_npz_writer_save (npz, path, &error) ? BS_CLI_DONE : bs_cli_fail (error);
}

static BsScatterGroup
group_of (int class, gboolean with_salience)
{
  BsLabel label =
    with_salience ? bs_label_from_salience_class (class) : bs_label_from_class (class);
  return (BsScatterGroup){
    .name = with_salience ? bs_salience_class_name (class) : bs_class_name (class),
    .disc = TRUE,
    .first = label.first,
    .second = bs_label_is_blend (label) ? label.second : -1,
    .first_share = bs_label_is_blend (label) ? label.first_percent / 100.0 : 1,
  };
}

static void
draw_scatter (cairo_t *cr, double width, double height, gpointer user_data)
{
  bs_scatter_draw (user_data, cr, width, height, bs_chart_theme_get (FALSE));
}

static char *
axis_title (const BsPca *pca, gsize component)
{
  char share[G_ASCII_DTOSTR_BUF_SIZE];
  double explained = component < pca->n_components ? pca->explained[component] : 0;
  g_ascii_formatd (share, sizeof share, "%.0f", 100 * explained);
  return g_strdup_printf ("PC%" G_GSIZE_FORMAT " (%s %%)", component + 1, share);
}

/* Gives each clip the group of its class; classes that no clip has get no place in the legend. */
static gsize
fill_groups (const BsProjection *projection, const BsMetadata *metadata, gboolean with_salience,
             BsScatterGroup *groups, guint16 *group)
{
  int at[BS_N_SALIENCE_CLASSES];
  gsize n_groups = 0;
  memset (at, -1, sizeof at);
  for (gsize i = 0; i < projection->n; i++) {
    BsLabel label = bs_metadata_clip (metadata, projection->clips[i])->label;
    int class = with_salience ? bs_label_salience_class (label) : bs_label_class (label);
    if (class >= 0)
      at[class] = 0;
  }
  for (int class = 0; class < BS_N_SALIENCE_CLASSES; class ++)
    if (at[class] == 0) {
      groups[n_groups] = group_of (class, with_salience);
      at[class] = (int) n_groups++;
    }
  for (gsize i = 0; i < projection->n; i++) {
    BsLabel label = bs_metadata_clip (metadata, projection->clips[i])->label;
    int class = with_salience ? bs_label_salience_class (label) : bs_label_class (label);
    group[i] = class >= 0 ? (guint16) at[class] : (guint16) n_groups;
  }
  return n_groups;
}

/* Ratios have shapes of their own where there is room for them: for a single pair. */
static BsCliStatus
write_picture (const BsProjection *projection, const BsMetadata *metadata, const Words *words)
{
  const BsPca *pca = projection->pca;
  gboolean with_salience = words->pairs != NULL && strchr (words->pairs, ',') == NULL;
  g_autofree float *x = g_new (float, projection->n), *y = g_new0 (float, projection->n);
  g_autofree guint16 *group = g_new (guint16, projection->n);
  g_autofree char *x_title = axis_title (pca, 0), *y_title = axis_title (pca, 1);
  BsScatterGroup groups[BS_N_SALIENCE_CLASSES + 1] = { 0 };
  gsize n_groups = fill_groups (projection, metadata, with_salience, groups, group);
  groups[n_groups] = (BsScatterGroup){
    .name = "no label",
    .color = bs_chart_theme_get (FALSE)->dim,
    .marker = BS_MARKER_CROSS,
  };
  BsScatter scatter = { 0 };
  bs_scatter_init (&scatter);
  for (gsize i = 0; i < projection->n; i++) {
    x[i] = bs_matrix_row (pca->scores, i)[0];
    if (pca->n_components > 1)
      y[i] = bs_matrix_row (pca->scores, i)[1];
    scatter.n_groups = MAX (scatter.n_groups, (gsize) group[i] + 1);
  }
  scatter.n_groups = MAX (scatter.n_groups, n_groups);
  scatter.n = projection->n;
  scatter.x = x;
  scatter.y = y;
  scatter.group = group;
  scatter.groups = groups;
  scatter.x_title = x_title;
  scatter.y_title = y_title;
  bs_scatter_fit (&scatter);
  return bs_cli_write_chart (words->out, draw_scatter, &scatter, PICTURE_WIDTH, PICTURE_HEIGHT);
}

/**
 * bs_cli_project:
 * @argc: number of words
 * @argv: the words, from "project" on
 *
 * Returns: how it ended
 */
BsCliStatus
bs_cli_project (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (Words) words = { 0 };
  BsCliStatus status = parse_words (&words, &argc, &argv);
  if (status != BS_CLI_DONE)
    return status;
  g_autoptr (BsCorpus) corpus = bs_corpus_open (argv[1], NULL, &error);
  if (corpus == NULL)
    return bs_cli_fail (error);
  if (words.strict)
    bs_corpus_set_strict (corpus);
  const char *const encoders[] = { words.encoder, NULL };
  gboolean is_table = g_str_has_suffix (words.out, ".csv") || g_str_has_suffix (words.out, ".npz");
  const BsProjectionSpec spec = {
    .per_actor = words.per_actor,
    .whiten = words.whiten,
    .classes = words.classes,
    .n_components = is_table ? (gsize) words.n_components : 2,
  };
  g_autoptr (BsProjection) projection =
    bs_projection_new (corpus, encoders, &spec, NULL, NULL, NULL, &error);
  if (projection == NULL)
    return bs_cli_fail (error);
  const BsMetadata *metadata = bs_corpus_metadata (corpus);
  if (g_str_has_suffix (words.out, ".csv"))
    return write_csv (projection, metadata, words.out);
  if (g_str_has_suffix (words.out, ".npz"))
    return write_npz (projection, metadata, words.out);
  return write_picture (projection, metadata, &words);
}
