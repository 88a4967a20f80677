/* SPDX-License-Identifier: MIT */
/* What it takes from a folder's name to a corpus: the release's 2,456 clips with their metadata and
 * one archive of static features of its real size. */
#include "data/corpus/bs-corpus.h"
#include "data/demo/bs-demo-private.h"
#include "data/format/bs-npz.h"
#include "tests/bench/bench.h"
#include "tests/support/bs-test-folder.h"

#define WIDTH 7168 /* seven statistics of 1,024 values */
#define LIMIT_US 300000
#define N_CALLS 15

static void
check (gboolean done, const GError *error)
{
  if (!done)
    g_error ("%s", error->message);
}

/* Empty files stand for the clips: opening looks at names and sizes. */
static gsize
write_clips (TestFolder *folder, GPtrArray *names)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_FULL, 1);
  check (bs_demo_write_metadata (demo, folder->path, &error), error);
  g_autofree char *videos = g_build_filename (folder->path, "train_videos", NULL);
  g_mkdir (videos, 0700);
  for (gsize i = 0; i < demo->plan->n_clips; i++) {
    const BsClip *clip = &demo->plan->clips[i];
    if (clip->is_test)
      continue;
    g_autofree char *path = g_strdup_printf ("%s/%s.mov", videos, clip->filename);
    g_ptr_array_add (names, g_strdup (clip->filename));
    check (g_file_set_contents (path, "", 0, &error), error);
  }
  return names->len;
}

static gsize
write_features (TestFolder *folder, const GPtrArray *names)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsNpzWriter) writer = bs_npz_writer_new ();
  g_autofree char *path = g_build_filename (folder->path, "ImageBind_static_features.npz", NULL);
  const gsize shape[] = { names->len, WIDTH };
  g_autofree float *x = g_new (float, names->len *WIDTH);
  for (gsize i = 0; i < names->len * WIDTH; i++)
    x[i] = (float) i;
  g_autoptr (GBytes) array = bs_npy_from_floats (x, shape, 2);
  g_autoptr (GBytes) filenames =
    bs_npy_from_strings ((const char *const *) names->pdata, names->len);
  bs_npz_writer_add (writer, "X", array);
  bs_npz_writer_add (writer, "filenames", filenames);
  check (bs_npz_writer_save (writer, path, &error), error);
  return g_bytes_get_size (array);
}

static void
open_folder (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = bs_corpus_open (data, NULL, &error);
  check (corpus != NULL, error);
}

static void
open_and_look (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsCorpus) corpus = bs_corpus_open (data, NULL, &error);
  check (corpus != NULL, error);
  g_autoptr (BsMatrix) features = bs_encoder_read (bs_corpus_encoder (corpus, 0), 0, &error);
  check (features != NULL, error);
}

int
main (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gsize n = write_clips (folder, names), bytes = write_features (folder, names);
  printf ("opening a folder, %" G_GSIZE_FORMAT " clips, metadata, static features of %.0f MB, "
          "medians\n",
          n, (double) bytes / 1e6);
  bench_report ("a folder becomes a corpus", bench_median_us (open_folder, folder->path, N_CALLS),
                LIMIT_US);
  bench_report ("and a clip's features are at hand",
                bench_median_us (open_and_look, folder->path, N_CALLS), LIMIT_US);
  return 0;
}
