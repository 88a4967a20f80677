/* SPDX-License-Identifier: MIT */
/* The release's names of clips: they hold actor, emotions, salience and take, and are the only
 * place of the labels that the official scorer reads (blemore-common, utils/filename_parser.py). */
#include <string.h>

#include "data/corpus/bs-metadata.h"

#define MAX_TOKENS 8

typedef struct {
  const char *start;
  gsize length;
} Token;

/* Of two files of one clip the one whose extension comes first here counts. */
static const char *const clip_extensions[] = { ".mov", ".mp4", ".m4v",  ".mkv", ".webm",
                                               ".avi", ".mts", ".m2ts", ".qt",  ".mpg",
                                               ".ogv", ".wmv", ".3gp" };

/* Returns: which of the extensions @name has behind something else; @n where it has none. None of
 * them has a second dot, and a hundred thousand names are asked when a corpus is opened. */
static gsize
find_extension (const char *name, const char *const *extensions, gsize n)
{
  const char *dot = strrchr (name, '.');
  gsize i = dot != NULL && dot > name ? 0 : n;
  while (i < n && g_ascii_strcasecmp (dot, extensions[i]) != 0)
    i++;
  return i;
}

/**
 * bs_clip_name_stem_length:
 * @filename: a name, with or without the extension of a clip
 *
 * Extensions are known in either case: .mov, .mp4, .m4v, .mkv, .webm, .avi, .mts, .m2ts, .qt, .mpg,
 * .ogv, .wmv, .3gp.
 *
 * Returns: how many bytes of @filename come before the extension; all where it has none
 */
gsize
bs_clip_name_stem_length (const char *filename)
{
  gsize n = strlen (filename), i = bs_clip_name_extension (filename);
  return i < G_N_ELEMENTS (clip_extensions) ? n - strlen (clip_extensions[i]) : n;
}

/**
 * bs_clip_name_extension:
 * @filename: a name, with or without the extension of a clip
 *
 * Returns: which of the known extensions it has; of two files of one clip the lower counts
 */
gsize
bs_clip_name_extension (const char *filename)
{
  return find_extension (filename, clip_extensions, G_N_ELEMENTS (clip_extensions));
}

/* What people's tables have behind a clip's name: files of features, of sound, of labels. */
static const char *const other_extensions[] = {
  ".npy", ".npz", ".csv", ".txt", ".json", ".wav", ".mp3", ".flac", ".m4a",
  ".ogg", ".pt",  ".pth", ".pkl", ".h5",   ".mat", ".jpg", ".png",
};

static gsize
length_without_other_extension (const char *name)
{
  gsize n = strlen (name);
  gsize i = find_extension (name, other_extensions, G_N_ELEMENTS (other_extensions));
  return i < G_N_ELEMENTS (other_extensions) ? n - strlen (other_extensions[i]) : n;
}

/* Blanks of all kinds, and marks of byte order that stand where files were put together. */
static gboolean
is_edge (gunichar c)
{
  return g_unichar_isspace (c) || c == 0xfeff || c == 0x200b;
}

static void
strip_edges (char *name)
{
  char *start = name, *end = name + strlen (name);
  while (*start != '\0' && is_edge (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  for (char *last; end > start && is_edge (g_utf8_get_char (last = g_utf8_prev_char (end)));)
    end = last;
  memmove (name, start, (gsize) (end - start));
  name[end - start] = '\0';
}

/**
 * bs_clip_name_clean:
 * @text: what a table has for a clip's name, UTF-8
 *
 * The name as the program keeps it: without blanks around it, without the folder in front (of
 * either kind of slash), without the extension of a clip or of its features, and with accented
 * letters in one piece (NFC), although macOS writes them in two.
 *
 * Returns: (transfer full): the name; "" where nothing is left
 */
char *
bs_clip_name_clean (const char *text)
{
  char *name = g_str_is_ascii (text) ? NULL : g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  if (name == NULL)
    name = g_strdup (text);
  strip_edges (name);
  for (const char *slash; (slash = strpbrk (name, "/\\")) != NULL;)
    memmove (name, slash + 1, strlen (slash));
  gsize before;
  do {
    before = strlen (name);
    name[bs_clip_name_stem_length (name)] = '\0';
    name[length_without_other_extension (name)] = '\0';
    strip_edges (name);
  } while (strlen (name) < before);
  return name;
}

static gsize
split (const char *name, gsize length, Token tokens[MAX_TOKENS])
{
  gsize n = 0;
  const char *end = name + length;
  for (const char *start = name; n < MAX_TOKENS; n++) {
    const char *stop = memchr (start, '_', (gsize) (end - start));
    tokens[n] = (Token){ start, (gsize) ((stop != NULL ? stop : end) - start) };
    if (tokens[n].length == 0)
      return 0;
    if (stop == NULL)
      return n + 1;
    start = stop + 1;
  }
  return 0;
}

static gboolean
token_is (Token token, const char *text)
{
  return token.length == strlen (text) && memcmp (token.start, text, token.length) == 0;
}

/* The number that follows @prefix, or -1: at most three digits and nothing else. */
static int
numbered (Token token, const char *prefix)
{
  gsize n = strlen (prefix);
  if (token.length <= n || token.length > n + 3 || memcmp (token.start, prefix, n) != 0)
    return -1;
  int value = 0;
  for (gsize i = n; i < token.length; i++) {
    if (!g_ascii_isdigit (token.start[i]))
      return -1;
    value = 10 * value + (token.start[i] - '0');
  }
  return value;
}

static gboolean
parse_single (const Token tokens[], BsClip *clip)
{
  int emotion = bs_emotion_from_code (tokens[1].start, (gssize) tokens[1].length);
  int intensity = numbered (tokens[2], "int"), situation = numbered (tokens[2], "sit");
  int level = MAX (intensity, situation);
  if (emotion < 0 || level < 1 || level > BS_MAX_LEVEL)
    return FALSE;
  clip->label = bs_label_single ((BsEmotion) emotion);
  clip->intensity = (gint8) MAX (intensity, 0);
  clip->situation = (gint8) MAX (situation, 0);
  return TRUE;
}

static gboolean
parse_blend (const Token tokens[], BsClip *clip)
{
  int a = bs_emotion_from_code (tokens[2].start, (gssize) tokens[2].length);
  int b = bs_emotion_from_code (tokens[3].start, (gssize) tokens[3].length);
  int percent = numbered (tokens[4], "");
  return token_is (tokens[1], "mix") && bs_label_try_blend (a, b, percent, &clip->label) &&
         numbered (tokens[5], "") == 100 - percent;
}

/**
 * bs_clip_name_parse:
 * @filename: as "A102_ang_int1_ver1", "A303_neu_sit2_ver1", "A438_mix_disg_hap_30_70_ver1",
 *   with or without a clip's extension
 * @clip: (out): label, intensity, situation and version; the rest as unknown
 * @actor: (out) (optional) (transfer full): "A102"
 *
 * Returns: whether @filename is such a name; where it is not, @clip is all unknown and @actor
 *   %NULL
 */
gboolean
bs_clip_name_parse (const char *filename, BsClip *clip, char **actor)
{
  *clip = (BsClip){ .actor = -1, .label = BS_LABEL_UNKNOWN, .fold = -1 };
  if (actor != NULL)
    *actor = NULL;
  Token tokens[MAX_TOKENS];
  gsize n = split (filename, bs_clip_name_stem_length (filename), tokens);
  BsClip found = *clip;
  if (!(n == 4 && parse_single (tokens, &found)) && !(n == 7 && parse_blend (tokens, &found)))
    return FALSE;
  found.version = numbered (tokens[n - 1], "ver");
  if (found.version < 0)
    return FALSE;
  *clip = found;
  if (actor != NULL)
    *actor = g_strndup (tokens[0].start, tokens[0].length);
  return TRUE;
}

/**
 * bs_clip_contradicts_name:
 * @clip: a clip
 *
 * The official scorer reads the labels in the names, the program those in the table.
 *
 * Returns: whether the clip's name says another label than its table does
 */
gboolean
bs_clip_contradicts_name (const BsClip *clip)
{
  BsClip named;
  return bs_label_is_known (clip->label) && bs_clip_name_parse (clip->filename, &named, NULL) &&
         !bs_label_equal (named.label, clip->label);
}
