/* SPDX-License-Identifier: MIT */
/* Writes the features of every clip, as the release lays them out: a folder for each encoder,
 * a file for each clip. */
#include <glib/gi18n.h>
#include <string.h>

#include "data/demo/bs-demo-private.h"
#include "data/demo/features/bs-demo-encoders.h"
#include "data/demo/features/bs-demo-mel.h"
#include "data/demo/features/bs-demo-openface.h"
#include "data/demo/voice/bs-demo-voice.h"
#include "data/format/bs-file.h"
#include "data/format/bs-npy.h"

#define OPENFACE "OpenFace_3"
#define LOG_MEL "LogMel"
#define N_THREADS 2

typedef struct {
  const BsDemo *demo;
  const char *folder;
  BsDemoEncoders *encoders;
} Job;

static char *
part_folder (const char *folder, gboolean is_test, const char *name)
{
  g_autofree char *leaf = g_strconcat (name, is_test ? "_test" : "_train", NULL);
  return g_build_filename (folder, is_test ? "pre_extracted_test_data" : "pre_extracted_train_data",
                           leaf, NULL);
}

static gboolean
write_file (const Job *job, const BsClip *clip, const char *name, const char *extension,
            const void *data, gsize length, GError **error)
{
  g_autofree char *folder = part_folder (job->folder, clip->is_test, name);
  g_autofree char *leaf = g_strconcat (clip->filename, extension, NULL);
  g_autofree char *path = g_build_filename (folder, leaf, NULL);
  g_autoptr (GError) reason = NULL;
  /* Thousands of files that can be made again: whole, but not forced to the disk one by one. */
  if (g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                &reason))
    return TRUE;
  g_set_error (error, BS_ERROR, BS_ERROR_FILE, _ ("%s: cannot be written: %s"), path,
               reason->message);
  return FALSE;
}

static gboolean
write_array (const Job *job, const BsClip *clip, const char *name, const BsMatrix *matrix,
             gboolean middle_axis, GError **error)
{
  gsize flat[2] = { matrix->n_rows, matrix->n_cols },
        deep[3] = { matrix->n_rows, 1, matrix->n_cols };
  g_autoptr (GBytes) npy =
    bs_npy_from_halves (matrix->data, middle_axis ? deep : flat, middle_axis ? 3 : 2);
  gsize length;
  const void *data = g_bytes_get_data (npy, &length);
  return write_file (job, clip, name, ".npy", data, length, error);
}

static gboolean
write_openface (const Job *job, const BsClip *clip, const BsDemoScore *score, GError **error)
{
  BsRandom random;
  bs_demo_clip_random (&random, job->demo->seed, clip, OPENFACE);
  gsize length;
  g_autofree char *csv = bs_demo_openface_csv (score, &random, &length);
  return write_file (job, clip, OPENFACE, ".csv", csv, length, error);
}

static gboolean
write_clip (gsize index, gpointer user_data, GError **error)
{
  const Job *job = user_data;
  const BsClip *clip = &job->demo->plan->clips[index];
  g_autoptr (BsDemoScore) score = bs_demo_make_score (job->demo, clip);
  gsize n_samples;
  g_autofree gint16 *samples = bs_demo_make_sound (job->demo, clip, score, &n_samples);
  g_autoptr (BsMatrix) mel = bs_demo_mel_new (samples, n_samples);
  BsDemoView view = { &job->demo->cast[clip->actor], score, mel };
  for (gsize i = 0; i < bs_demo_encoders_n (job->encoders); i++) {
    const char *name = bs_demo_encoders_name (job->encoders, i);
    BsRandom random;
    bs_demo_clip_random (&random, job->demo->seed, clip, name);
    g_autoptr (BsMatrix) out = bs_demo_encoders_encode (job->encoders, i, &view, &random);
    if (!write_array (job, clip, name, out, bs_demo_encoders_has_middle_axis (job->encoders, i),
                      error))
      return FALSE;
  }
  return write_array (job, clip, LOG_MEL, mel, FALSE, error) &&
         write_openface (job, clip, score, error);
}

static gboolean
make_folders (const Job *job, gboolean is_test, GError **error)
{
  static const char *const own[] = { OPENFACE, LOG_MEL };
  gsize n = bs_demo_encoders_n (job->encoders);
  for (gsize i = 0; i < n + G_N_ELEMENTS (own); i++) {
    g_autofree char *folder = part_folder (
      job->folder, is_test, i < n ? bs_demo_encoders_name (job->encoders, i) : own[i - n]);
    if (!bs_file_make_folder (folder, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * bs_demo_write_features:
 * @self: a demo corpus
 * @folder: where it lies
 * @progress: (nullable): told on this thread
 * @user_data: for @progress
 * @cancellable: (nullable): looked at before each clip
 * @error: return location
 *
 * Writes the arrays of all clips and encoders, each file whole or not at all. Two threads share
 * the work; the files do not depend on it.
 *
 * Returns: whether all were written
 */
gboolean
bs_demo_write_features (const BsDemo *self, const char *folder, BsProgressFunc progress,
                        gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL && folder != NULL, FALSE);
  g_autoptr (BsDemoEncoders) encoders = bs_demo_encoders_new (self->size);
  Job job = { self, folder, encoders };
  if (!bs_demo_claim (self, folder, error))
    return FALSE;
  if (!make_folders (&job, FALSE, error))
    return FALSE;
  if (self->plan->n_clips > self->plan->n_train && !make_folders (&job, TRUE, error))
    return FALSE;
  return bs_demo_run_tasks (self->plan->n_clips, N_THREADS, write_clip, &job,
                            _ ("synthetic features"), progress, user_data, cancellable, error);
}

/* Bytes of the feature files of a clip of @n_frames, without their headers' padding. */
static guint64
clip_bytes (const BsDemoEncoders *encoders, gsize n_frames)
{
  guint64 bytes = 0;
  gsize n_windows = 0;
  for (gsize i = 0; i < bs_demo_encoders_n (encoders); i++) {
    gsize n_rows = bs_demo_encoders_n_rows (encoders, i, n_frames);
    bytes += 128 + 2 * (guint64) n_rows * bs_demo_encoders_width (encoders, i);
    n_windows = MAX (n_windows, n_rows);
  }
  return bytes + 128 + 2 * (guint64) n_windows * BS_DEMO_MEL_BANDS + 84 * n_frames;
}

/**
 * bs_demo_estimate_bytes:
 * @self: a demo corpus
 * @with_clips: whether its clips are to be drawn as well
 *
 * Returns: about how much space it will take
 */
guint64
bs_demo_estimate_bytes (const BsDemo *self, gboolean with_clips)
{
  g_autoptr (BsDemoEncoders) encoders = bs_demo_encoders_new (self->size);
  guint64 bytes = 0;
  for (gsize i = 0; i < self->plan->n_clips; i++) {
    const BsClip *clip = &self->plan->clips[i];
    gsize n =
      bs_demo_score_length (&self->cast[clip->actor], clip, self->seed, self->size == BS_DEMO_FULL);
    bytes += 150 + clip_bytes (encoders, n);
    if (with_clips)
      bytes += 4000 + (guint64) n * BS_DEMO_BYTES_PER_FRAME;
  }
  return bytes;
}

/**
 * bs_demo_has_features:
 * @self: a demo
 * @folder: where its corpus is
 *
 * A clip's OpenFace rows are written after everything else of it, so that a stopped
 * bs_demo_write_features() is seen. Looks at one file per clip.
 *
 * Returns: whether bs_demo_write_features() has come to its end there
 */
gboolean
bs_demo_has_features (const BsDemo *self, const char *folder)
{
  g_return_val_if_fail (self != NULL && folder != NULL, FALSE);
  for (gsize i = 0; i < self->plan->n_clips; i++) {
    const BsClip *clip = &self->plan->clips[i];
    g_autofree char *parent = part_folder (folder, clip->is_test, OPENFACE);
    g_autofree char *leaf = g_strconcat (clip->filename, ".csv", NULL);
    g_autofree char *path = g_build_filename (parent, leaf, NULL);
    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return FALSE;
  }
  return TRUE;
}
