/* SPDX-License-Identifier: MIT */
/* The demo corpus: its folder, its metadata, and which clip is drawn where. */
#include "data/demo/bs-demo.h"

#include <glib/gi18n.h>
#include <string.h>

#include "data/demo/bs-demo-private.h"
#include "data/demo/voice/bs-demo-voice.h"
#include "data/format/bs-file.h"
#include "data/format/bs-json.h"

/* Raised whenever the same seed would give other clips or features. */
#define GENERATOR_VERSION 1

static const char readme[] =
  "SYNTHETIC CORPUS\n"
  "\n"
  "Everything in this folder was made by Blendscope from a number (see demo.json). The faces are\n"
  "drawn, the voices are computed, the actors do not exist, and the feature files are stand-ins\n"
  "that bear the names of real encoders only so that the folder has the layout of the BlEmoRe\n"
  "release. Figures obtained from it say nothing about people or about those encoders.\n";

/**
 * bs_demo_new:
 * @size: small or full
 * @seed: everything else follows from it
 *
 * Returns: (transfer full): the corpus, not yet on disk
 */
BsDemo *
bs_demo_new (BsDemoSize size, guint64 seed)
{
  BsDemo *self = g_new0 (BsDemo, 1);
  g_atomic_ref_count_init (&self->n_refs);
  g_mutex_init (&self->mutex);
  self->size = size;
  self->seed = seed;
  self->plan = bs_demo_plan_new (size, seed);
  self->cast = g_new (BsDemoActor, self->plan->n_actors);
  for (gsize i = 0; i < self->plan->n_actors; i++)
    bs_demo_actor_init (&self->cast[i], seed, (int) i, bs_demo_plan_gender ((int) i));
  return self;
}

/**
 * bs_demo_ref:
 * @self: a corpus
 *
 * Returns: (transfer full): @self with one more reference
 */
BsDemo *
bs_demo_ref (BsDemo *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

/**
 * bs_demo_unref:
 * @self: (nullable): a corpus, freed with its last reference
 */
void
bs_demo_unref (BsDemo *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_clear_pointer (&self->lock, bs_folder_lock_free);
  g_mutex_clear (&self->mutex);
  bs_demo_plan_free (self->plan);
  g_free (self->cast);
  g_free (self);
}

/**
 * bs_demo_n_clips:
 * @self: a corpus
 *
 * Returns: clips of both parts
 */
gsize
bs_demo_n_clips (const BsDemo *self)
{
  return self->plan->n_clips;
}

/**
 * bs_demo_make_score:
 * @self: a corpus
 * @clip: one of its clips
 *
 * Returns: (transfer full): what is done in the clip
 */
BsDemoScore *
bs_demo_make_score (const BsDemo *self, const BsClip *clip)
{
  return bs_demo_score_new (&self->cast[clip->actor], clip, self->seed, self->size == BS_DEMO_FULL);
}

/**
 * bs_demo_make_sound:
 * @self: a corpus
 * @clip: one of its clips
 * @score: what is done in it
 * @n_samples: (out): length
 *
 * Returns: (transfer full) (array length=n_samples): the clip's sound
 */
gint16 *
bs_demo_make_sound (const BsDemo *self, const BsClip *clip, const BsDemoScore *score,
                    gsize *n_samples)
{
  BsRandom random;
  bs_demo_clip_random (&random, self->seed, clip, "sound");
  return bs_demo_voice_new (score, &random, n_samples);
}

static const char *
size_name (BsDemoSize size)
{
  return size == BS_DEMO_FULL ? "full" : "small";
}

/**
 * bs_demo_open:
 * @folder: a folder that bs_demo_write_metadata() filled
 * @error: return location
 *
 * Reads demo.json and works the corpus out again.
 *
 * Returns: (transfer full) (nullable): the corpus
 */
BsDemo *
bs_demo_open (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "demo.json", NULL);
  g_autoptr (cJSON) document = bs_json_load (path, error);
  if (document == NULL)
    return NULL;
  BsJson root = bs_json_root (document, path);
  int version;
  guint64 seed;
  if (!bs_json_get_int (&root, "version", &version, error) ||
      !bs_json_get_uint64 (&root, "seed", &seed, error))
    return NULL;
  const char *size = bs_json_get_string (&root, "size", error);
  if (size == NULL)
    return NULL;
  if (version != GENERATOR_VERSION) {
    g_set_error (error, BS_ERROR, BS_ERROR_UNSUPPORTED,
                 _ ("%s: \"version\" is %d, expected %d: make this demo corpus anew"), path,
                 version, GENERATOR_VERSION);
    return NULL;
  }
  for (int s = BS_DEMO_SMALL; s <= BS_DEMO_FULL; s++)
    if (g_str_equal (size, size_name ((BsDemoSize) s)))
      return bs_demo_new ((BsDemoSize) s, seed);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
               _ ("%s: \"size\" is \"%s\", expected \"small\" or \"full\""), path, size);
  return NULL;
}

/* As pandas writes it: whole numbers of columns with empty cells get ".0". */
static void
append_number (GString *out, int value, gboolean is_there)
{
  if (is_there)
    g_string_append_printf (out, ",%d.0", value);
  else
    g_string_append_c (out, ',');
}

static void
append_train_row (GString *out, const char *actor, const BsClip *clip)
{
  gboolean blend = bs_label_is_blend (clip->label);
  g_string_append_printf (out, "%s,%s,%c,%d,%s,%d", clip->filename, actor, clip->gender, blend,
                          bs_emotion_code ((BsEmotion) clip->label.first), clip->version);
  append_number (out, clip->intensity, clip->intensity > 0);
  append_number (out, clip->situation, clip->situation > 0);
  g_string_append_printf (out, ",%s",
                          blend ? bs_emotion_code ((BsEmotion) clip->label.second) : "");
  append_number (out, clip->label.first_percent, blend);
  append_number (out, 100 - clip->label.first_percent, blend);
  g_string_append_printf (out, ",%d\n", clip->fold);
}

static gboolean
write_text (const char *folder, const char *name, const char *text, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return bs_file_write (path, text, length, error);
}

static gboolean
write_description (const BsDemo *self, const char *folder, GError **error)
{
  g_autoptr (cJSON) document = cJSON_CreateObject ();
  cJSON_AddBoolToObject (document, "synthetic", TRUE);
  cJSON_AddStringToObject (document, "size", size_name (self->size));
  bs_json_add_uint64 (document, "seed", self->seed);
  bs_json_add_double (document, "version", GENERATOR_VERSION);
  g_autofree char *path = g_build_filename (folder, "demo.json", NULL);
  return bs_json_save (document, path, error);
}

/**
 * bs_demo_describe_training_clips:
 * @self: a corpus
 *
 * Returns: (transfer full): what train_metadata.csv holds
 */
GString *
bs_demo_describe_training_clips (const BsDemo *self)
{
  const BsDemoPlan *plan = self->plan;
  GString *train =
    g_string_new ("filename,video_id,gender,mix,emotion_1,version,intensity_level,situation,"
                  "emotion_2,emotion_1_salience,emotion_2_salience,fold\n");
  for (gsize i = 0; i < plan->n_clips; i++)
    if (!plan->clips[i].is_test)
      append_train_row (train, plan->actors[plan->clips[i].actor], &plan->clips[i]);
  return train;
}

/**
 * bs_demo_write_metadata:
 * @self: a corpus
 * @folder: where it is to lie; made where it is missing
 * @error: return location
 *
 * Writes train_metadata.csv in the release's twelve columns, test_metadata.csv where there is a
 * test part (its names alone), README.txt, and last demo.json, which makes the folder a demo.
 *
 * Returns: whether all were written
 */
gboolean
bs_demo_write_metadata (const BsDemo *self, const char *folder, GError **error)
{
  g_return_val_if_fail (self != NULL && folder != NULL, FALSE);
  const BsDemoPlan *plan = self->plan;
  if (!bs_file_make_folder (folder, error) || !bs_demo_claim (self, folder, error))
    return FALSE;
  g_autoptr (GString) train = bs_demo_describe_training_clips (self);
  g_autoptr (GString) test = g_string_new ("filename\n");
  for (gsize i = 0; i < plan->n_clips; i++)
    if (plan->clips[i].is_test)
      g_string_append_printf (test, "%s\n", plan->clips[i].filename);
  if (!write_text (folder, "train_metadata.csv", train->str, train->len, error))
    return FALSE;
  if (plan->n_clips > plan->n_train &&
      !write_text (folder, "test_metadata.csv", test->str, test->len, error))
    return FALSE;
  return write_text (folder, "README.txt", readme, strlen (readme), error) &&
         write_description (self, folder, error);
}

static const BsClip *
find_clip (const BsDemo *self, const char *filename)
{
  for (gsize i = 0; i < self->plan->n_clips; i++)
    if (g_str_equal (self->plan->clips[i].filename, filename))
      return &self->plan->clips[i];
  return NULL;
}

/**
 * bs_demo_clips_name:
 * @is_test: of the test part
 *
 * Returns: name of the folder of its clips
 */
const char *
bs_demo_clips_name (gboolean is_test)
{
  return is_test ? "test_videos" : "train_videos";
}

static gboolean
render (const BsDemo *self, const char *folder, const BsClip *clip, GCancellable *cancellable,
        GError **error)
{
  const char *below = bs_demo_clips_name (clip->is_test);
  if (!bs_demo_claim (self, folder, error) || !bs_demo_make_folder_of_clips (folder, below, error))
    return FALSE;
  g_autofree char *leaf = g_strconcat (clip->filename, ".mov", NULL);
  g_autofree char *path = g_build_filename (folder, below, leaf, NULL);
  g_autoptr (BsDemoScore) score = bs_demo_make_score (self, clip);
  gsize n_samples;
  g_autofree gint16 *samples = bs_demo_make_sound (self, clip, score, &n_samples);
  return bs_demo_clip_encode (path, &self->cast[clip->actor].look, score, samples, n_samples,
                              cancellable, error);
}

/**
 * bs_demo_render_clip:
 * @self: a corpus
 * @folder: where it lies
 * @filename: a clip's name without extension
 * @cancellable: (nullable): looked at in every frame
 * @error: return location
 *
 * Draws the clip to train_videos/<filename>.mov (test_videos/ for a test clip). Takes of the order
 * of a second; several clips can be drawn at once on threads of their own. A clip that is
 * cancelled or fails leaves nothing behind.
 *
 * Returns: whether it was drawn
 */
gboolean
bs_demo_render_clip (const BsDemo *self, const char *folder, const char *filename,
                     GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL && folder != NULL && filename != NULL, FALSE);
  const BsClip *clip = find_clip (self, filename);
  if (clip == NULL) {
    g_set_error (error, BS_ERROR, BS_ERROR_MISSING, _ ("%s: the demo corpus has no clip \"%s\""),
                 folder, filename);
    return FALSE;
  }
  return render (self, folder, clip, cancellable, error);
}

typedef struct {
  const BsDemo *demo;
  const char *folder;
  GCancellable *cancellable;
} RenderJob;

static gboolean
render_one (gsize index, gpointer user_data, GError **error)
{
  const RenderJob *job = user_data;
  return render (job->demo, job->folder, &job->demo->plan->clips[index], job->cancellable, error);
}

/**
 * bs_demo_render_all:
 * @self: a corpus
 * @folder: where it lies
 * @progress: (nullable): told on this thread
 * @user_data: for @progress
 * @cancellable: (nullable): looked at in every frame
 * @error: return location
 *
 * Draws every clip, one on each processor.
 *
 * Returns: whether all were drawn
 */
gboolean
bs_demo_render_all (const BsDemo *self, const char *folder, BsProgressFunc progress,
                    gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL && folder != NULL, FALSE);
  RenderJob job = { self, folder, cancellable };
  int n_threads = CLAMP ((int) g_get_num_processors (), 1, 16);
  return bs_demo_run_tasks (self->plan->n_clips, n_threads, render_one, &job, _ ("synthetic clips"),
                            progress, user_data, cancellable, error);
}
