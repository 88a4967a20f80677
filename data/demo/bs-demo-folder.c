/* SPDX-License-Identifier: MIT */
/* The folder of a demo corpus: whose turn it is to write there, and whether it holds something
 * else. */
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "data/demo/bs-demo-private.h"
#include "data/demo/bs-demo.h"
#include "data/format/bs-file.h"

/**
 * bs_demo_claim:
 * @self: a demo corpus
 * @folder: where it lies
 * @error: %BS_ERROR_BUSY where another process writes there, %BS_ERROR_MISSING where there is no
 *   such folder (any more)
 *
 * Before anything is written. The folder stays @self's until its last reference is gone: clips are
 * drawn one by one, and another process shall not begin between two of them. Any thread.
 *
 * Returns: whether @self may write there
 */
gboolean
bs_demo_claim (const BsDemo *self, const char *folder, GError **error)
{
  /* The corpus is the same for everybody, whether it was written to or not. */
  BsDemo *own = (BsDemo *) self;
  g_mutex_lock (&own->mutex);
  if (own->lock != NULL && !bs_folder_lock_is_on (own->lock, folder))
    g_clear_pointer (&own->lock, bs_folder_lock_free);
  if (own->lock == NULL)
    own->lock = bs_folder_lock_new (folder, error);
  gboolean is_ours = own->lock != NULL;
  g_mutex_unlock (&own->mutex);
  return is_ours;
}

/**
 * bs_demo_make_folder_of_clips:
 * @folder: where a corpus lies
 * @name: of a folder in it
 * @error: return location
 *
 * Makes that one alone: a corpus that was deleted meanwhile does not come back.
 *
 * Returns: whether it is there
 */
gboolean
bs_demo_make_folder_of_clips (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  if (g_mkdir (path, 0777) == 0 || errno == EEXIST)
    return TRUE;
  g_autofree char *shown = g_filename_display_name (path);
  g_set_error (error, BS_ERROR, BS_ERROR_FILE, _ ("%s: the folder cannot be made: %s"), shown,
               g_strerror (errno));
  return FALSE;
}

/* A writer that was stopped before it wrote demo.json has begun this very corpus. */
static gboolean
is_begun (const BsDemo *self, const char *path)
{
  g_autoptr (GString) expected = bs_demo_describe_training_clips (self);
  gsize length;
  g_autofree char *found = bs_file_read (path, &length, NULL);
  return found != NULL && length == expected->len && memcmp (found, expected->str, length) == 0;
}

/**
 * bs_demo_holds_other:
 * @self: a demo corpus
 * @folder: where it is to lie, which need not be there
 *
 * Returns: whether there is a corpus that is not @self: a real one, or one of another size or seed
 */
gboolean
bs_demo_holds_other (const BsDemo *self, const char *folder)
{
  static const char *const files[] = { "demo.json", "train_metadata.csv", "test_metadata.csv" };
  g_autoptr (BsDemo) found = bs_demo_open (folder, NULL);
  if (found != NULL)
    return found->size != self->size || found->seed != self->seed;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (folder, files[i], NULL);
    if (g_file_test (path, G_FILE_TEST_EXISTS) && !(i == 1 && is_begun (self, path)))
      return TRUE;
  }
  return FALSE;
}

/**
 * bs_demo_forget_clips:
 * @folder: where a corpus lies
 *
 * Where it is a demo corpus, takes away the clips that were drawn of it: one that is written over
 * it has clips of the same names. Clips of a real corpus are left alone.
 */
void
bs_demo_forget_clips (const char *folder)
{
  g_autoptr (BsDemo) found = bs_demo_open (folder, NULL);
  for (gsize i = 0; found != NULL && i < found->plan->n_clips; i++) {
    const BsClip *clip = &found->plan->clips[i];
    g_autofree char *leaf = g_strconcat (clip->filename, ".mov", NULL);
    g_autofree char *path =
      g_build_filename (folder, bs_demo_clips_name (clip->is_test), leaf, NULL);
    g_unlink (path);
  }
}
