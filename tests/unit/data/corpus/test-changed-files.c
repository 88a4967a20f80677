/* SPDX-License-Identifier: MIT */
/* Feature files that another program writes while they are open: whatever it does, a read gives
 * what the file held when it was opened, or a sentence that names the file. */
#include <fcntl.h>
#include <sys/stat.h>

#include "data/corpus/bs-corpus.h"
#include "data/corpus/bs-sequence.h"
#include "data/format/bs-npz.h"
#include "tests/support/bs-test-folder.h"

#define N_CLIPS 24
#define N_ROWS 40 /* more than are kept in memory */
#define WIDTH 1500
#define ARCHIVE "Made_static_features.npz"
#define N_ROUNDS 60

/* What is done to a file, in the order of the table of outcomes. */
typedef enum {
  SHORTENED,
  EMPTIED,
  REWRITTEN,
  REPLACED,
  DELETED,
  N_DEEDS,
} Deed;

static char *
clip_name (gsize i)
{
  return g_strdup_printf ("clip_%02" G_GSIZE_FORMAT, i);
}

/* An array of which every number is @value. */
static GBytes *
make_array (gsize n_rows, float value)
{
  const gsize shape[] = { n_rows, WIDTH };
  g_autofree float *data = g_new (float, n_rows *WIDTH);
  for (gsize i = 0; i < n_rows * WIDTH; i++)
    data[i] = value;
  return bs_npy_from_floats (data, shape, 2);
}

static void
write_archive (TestFolder *folder, const char *name, float value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (gsize i = 0; i < N_CLIPS; i++) {
    g_autofree char *clip = clip_name (i);
    g_strv_builder_add (builder, clip);
  }
  g_auto (GStrv) names = g_strv_builder_end (builder);
  g_autoptr (BsNpzWriter) writer = bs_npz_writer_new ();
  g_autoptr (GBytes) x = make_array (N_CLIPS, value);
  g_autoptr (GBytes) filenames = bs_npy_from_strings ((const char *const *) names, N_CLIPS);
  bs_npz_writer_add (writer, "X", x);
  bs_npz_writer_add (writer, "filenames", filenames);
  bs_npz_writer_save (writer, test_folder_path (folder, name), &error);
  g_assert_no_error (error);
}

static void
write_sequence (TestFolder *folder, const char *name, float value)
{
  g_autoptr (GBytes) npy = make_array (N_ROWS, value);
  gsize n;
  const void *data = g_bytes_get_data (npy, &n);
  test_folder_write_bytes (folder, name, data, n);
}

static TestFolder *
write_corpus (void)
{
  TestFolder *folder = test_folder_new ();
  g_autoptr (GString) table = g_string_new ("filename\n");
  for (gsize i = 0; i < N_CLIPS; i++) {
    g_autofree char *clip = clip_name (i);
    g_autofree char *file = g_strdup_printf ("Plain/%s.npy", clip);
    g_string_append_printf (table, "%s\n", clip);
    write_sequence (folder, file, 1);
  }
  test_folder_write (folder, "train_metadata.csv", table->str);
  write_archive (folder, ARCHIVE, 1);
  return folder;
}

static BsCorpus *
open_corpus (const TestFolder *folder)
{
  g_autoptr (GError) error = NULL;
  BsCorpus *corpus = bs_corpus_open (folder->path, NULL, &error);
  g_assert_no_error (error);
  return corpus;
}

static void
write_in_place (const char *path, const char *with)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize n;
  g_file_get_contents (with, &data, &n, &error);
  g_assert_no_error (error);
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, data, n, 0), ==, (gssize) n);
  close (fd);
}

/* @other is a file of the same length. */
static void
do_deed (Deed deed, const char *path, const char *other)
{
  struct stat info;
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  switch (deed) {
  case SHORTENED:
    g_assert_cmpint (truncate (path, info.st_size / 2), ==, 0);
    break;
  case EMPTIED:
    g_assert_cmpint (truncate (path, 0), ==, 0);
    break;
  case REWRITTEN:
    write_in_place (path, other);
    break;
  case REPLACED:
    g_assert_cmpint (g_rename (other, path), ==, 0);
    break;
  default:
    g_assert_cmpint (g_unlink (path), ==, 0);
  }
}

static void
assert_all (const float *values, gsize n, float value)
{
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (values[i], ==, value);
}

static void
assert_changed (GError *error, const char *file)
{
  g_assert_error (error, BS_ERROR, BS_ERROR_CHANGED);
  test_assert_message (error, file);
}

/* Replaced and deleted, an archive stays as long as it is open. */
static void
test_an_archive_is_what_was_opened (void)
{
  for (Deed deed = 0; deed < N_DEEDS; deed++) {
    g_autoptr (TestFolder) folder = write_corpus ();
    write_archive (folder, "other", 2);
    g_autoptr (BsCorpus) corpus = open_corpus (folder);
    BsEncoder *encoder = bs_corpus_find_encoder (corpus, "Made_static_features");
    g_autoptr (BsMatrix) before = bs_encoder_read (encoder, 3, NULL);
    assert_all (before->data, WIDTH, 1);
    do_deed (deed, test_folder_path (folder, ARCHIVE), test_folder_path (folder, "other"));
    g_autoptr (GError) error = NULL;
    g_autoptr (BsMatrix) after = bs_encoder_read (encoder, N_CLIPS - 1, &error);
    g_assert_true ((after != NULL) == (deed >= REPLACED));
    if (after != NULL)
      assert_all (after->data, WIDTH, 1);
    else
      assert_changed (error, ARCHIVE);
  }
}

static void
test_a_sequence_is_what_was_opened (void)
{
  for (Deed deed = 0; deed < N_DEEDS; deed++) {
    const gsize rows[] = { 0, N_ROWS - 1 };
    g_autofree float *out = g_new (float, 2 * WIDTH);
    g_autoptr (TestFolder) folder = write_corpus ();
    write_sequence (folder, "other", 2);
    g_autoptr (BsCorpus) corpus = open_corpus (folder);
    BsEncoder *encoder = bs_corpus_find_encoder (corpus, "Plain");
    g_autoptr (GError) error = NULL;
    g_autoptr (BsSequence) sequence = bs_sequence_open (encoder, 3, 0, G_MAXSIZE, &error);
    g_assert_no_error (error);
    g_assert_true (bs_sequence_read (sequence, rows, 2, out, &error));
    assert_all (out, 2 * WIDTH, 1);
    do_deed (deed, test_folder_path (folder, "Plain/clip_03.npy"),
             test_folder_path (folder, "other"));
    g_assert_false (bs_sequence_read (sequence, rows, 2, out, &error));
    assert_changed (error, "clip_03.npy");
  }
}

/* The second time that a file has, which tools set back, does not hide that it was written. */
static void
test_a_time_that_is_set_back_hides_nothing (void)
{
  struct stat info;
  g_autoptr (TestFolder) folder = write_corpus ();
  write_archive (folder, "other", 2);
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  const char *path = test_folder_path (folder, ARCHIVE);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  write_in_place (path, test_folder_path (folder, "other"));
  const struct timespec times[] = { info.st_atim, info.st_mtim };
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
  g_autoptr (GError) error = NULL;
  BsEncoder *encoder = bs_corpus_find_encoder (corpus, "Made_static_features");
  g_assert_null (bs_encoder_read (encoder, 0, &error));
  assert_changed (error, ARCHIVE);
}

/* Thousands of sequences are open at once, files are not. */
static void
test_sequences_need_no_descriptors (void)
{
  g_autoptr (TestFolder) folder = write_corpus ();
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  BsEncoder *encoder = bs_corpus_find_encoder (corpus, "Plain");
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify) bs_sequence_free);
  int before = dup (0);
  close (before);
  for (gsize i = 0; i < N_CLIPS; i++)
    g_ptr_array_add (open, bs_sequence_open (encoder, i, 0, 0, NULL));
  int after = dup (0);
  close (after);
  g_assert_cmpint (after, ==, before);
}

typedef struct {
  const char *path;
  const char *versions[2]; /* files of one length */
  int stop; /* atomic */
  int n_written; /* atomic */
  gboolean keeps_open;
} Writer;

/* Writes one version over the other, a single write each as numpy does it. */
static gpointer
keep_writing (gpointer data)
{
  Writer *self = data;
  char *contents[2];
  gsize n = 0;
  for (int i = 0; i < 2; i++)
    g_assert_true (g_file_get_contents (self->versions[i], &contents[i], &n, NULL));
  int fd = g_open (self->path, O_WRONLY | O_CLOEXEC, 0);
  while (!g_atomic_int_get (&self->stop)) {
    for (int i = 1; i >= 0; i--)
      g_assert_cmpint (pwrite (fd, contents[i], n, 0), ==, (gssize) n);
    g_atomic_int_inc (&self->n_written);
    if (self->keeps_open)
      continue;
    close (fd);
    fd = g_open (self->path, O_WRONLY | O_CLOEXEC, 0);
  }
  close (fd);
  for (int i = 0; i < 2; i++)
    g_free (contents[i]);
  return NULL;
}

/* All rows of one opening are of one version, or an error is told. Returns whether all were
 * read. */
static gboolean
read_archive (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsNpz) npz = bs_npz_open (path, &error);
  g_autoptr (BsArray) x = npz != NULL ? bs_npz_get (npz, "X", &error) : NULL;
  g_autofree float *row = g_new (float, WIDTH);
  float version = 0;
  for (gsize i = 0; x != NULL && i < N_CLIPS && error == NULL; i++) {
    if (!bs_array_read_row (x, i, row, &error))
      break;
    if (i == 0)
      version = row[0];
    assert_all (row, WIDTH, version);
  }
  if (error != NULL)
    assert_changed (error, path);
  return error == NULL;
}

static gboolean
read_sequence (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BsArray) array = bs_npy_load (path, &error);
  g_autoptr (BsMatrix) matrix = array != NULL ? bs_array_to_matrix (array, &error) : NULL;
  if (matrix != NULL)
    assert_all (matrix->data, N_ROWS * WIDTH, matrix->data[0]);
  else
    assert_changed (error, path);
  return matrix != NULL;
}

static void
hammer (Writer *writer, gboolean (*read) (const char *path))
{
  GThread *thread = g_thread_new ("writer", keep_writing, writer);
  while (g_atomic_int_get (&writer->n_written) == 0)
    g_thread_yield ();
  for (int i = 0; i < (writer->keeps_open ? 2 : N_ROUNDS); i++)
    read (writer->path);
  g_atomic_int_set (&writer->stop, TRUE);
  g_thread_join (thread);
  g_assert_true (read (writer->path));
}

static void
test_nothing_is_mixed_while_it_is_written (void)
{
  for (int keeps_open = 0; keeps_open < 2; keeps_open++) {
    g_autoptr (TestFolder) folder = write_corpus ();
    write_archive (folder, "other.npz", 2);
    write_archive (folder, "same.npz", 1);
    write_sequence (folder, "other.npy", 2);
    write_sequence (folder, "same.npy", 1);
    Writer archive = {
      .path = test_folder_path (folder, ARCHIVE),
      .versions = { test_folder_path (folder, "same.npz"), test_folder_path (folder, "other.npz") },
      .keeps_open = keeps_open,
    };
    hammer (&archive, read_archive);
    Writer sequence = {
      .path = test_folder_path (folder, "Plain/clip_07.npy"),
      .versions = { test_folder_path (folder, "same.npy"), test_folder_path (folder, "other.npy") },
      .keeps_open = keeps_open,
    };
    hammer (&sequence, read_sequence);
  }
}

/* What was opened before the writer came gives what it held then, or nothing. */
static void
test_an_open_archive_is_read_while_it_is_written (void)
{
  g_autoptr (TestFolder) folder = write_corpus ();
  write_archive (folder, "other", 2);
  write_archive (folder, "same", 1);
  g_autoptr (BsCorpus) corpus = open_corpus (folder);
  BsEncoder *encoder = bs_corpus_find_encoder (corpus, "Made_static_features");
  Writer writer = {
    .path = test_folder_path (folder, ARCHIVE),
    .versions = { test_folder_path (folder, "same"), test_folder_path (folder, "other") },
    .keeps_open = TRUE,
  };
  GThread *thread = g_thread_new ("writer", keep_writing, &writer);
  while (g_atomic_int_get (&writer.n_written) < N_ROUNDS)
    for (gsize clip = 0; clip < N_CLIPS; clip++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (BsMatrix) row = bs_encoder_read (encoder, clip, &error);
      if (row != NULL)
        assert_all (row->data, WIDTH, 1);
      else
        assert_changed (error, ARCHIVE);
    }
  g_atomic_int_set (&writer.stop, TRUE);
  g_thread_join (thread);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/changed/archive", test_an_archive_is_what_was_opened);
  g_test_add_func ("/changed/sequence", test_a_sequence_is_what_was_opened);
  g_test_add_func ("/changed/time-set-back", test_a_time_that_is_set_back_hides_nothing);
  g_test_add_func ("/changed/descriptors", test_sequences_need_no_descriptors);
  g_test_add_func ("/changed/written", test_nothing_is_mixed_while_it_is_written);
  g_test_add_func ("/changed/open-and-written", test_an_open_archive_is_read_while_it_is_written);
  return g_test_run ();
}
