/* SPDX-License-Identifier: MIT */
/* Faults of the machine that the program runs on: a disk that is full, little memory, a terminal
 * that closes, an output that takes nothing. What would hang is ended by an alarm. */
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>

#include "tests/support/bs-test-cli.h"
#include "tests/support/bs-test-sanitizer.h"

#define PATIENCE_S 120

/* What the program is started with. */
typedef struct {
  rlim_t file_bytes; /* 0: without limit */
  rlim_t memory_bytes;
  const char *out; /* the standard output */
} Machine;

static void
limit (int resource, rlim_t value)
{
  if (value != 0)
    setrlimit (resource, &(struct rlimit){ value, value });
}

/* In the child, between fork and exec. */
static void
set_machine (gpointer data)
{
  const Machine *machine = data;
  limit (RLIMIT_FSIZE, machine->file_bytes);
  limit (RLIMIT_AS, machine->memory_bytes);
  if (machine->out != NULL)
    dup2 (open (machine->out, O_WRONLY), STDOUT_FILENO);
  alarm (PATIENCE_S);
}

/* The words of a command, up to NULL. Returns how it ended, as for waitpid(). */
static int G_GNUC_NULL_TERMINATED
run_on (const Machine *machine, char **err, const char *word, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  int status;
  va_list words;
  g_ptr_array_add (argv, (char *) g_getenv ("BLENDSCOPE_CLI"));
  va_start (words, word);
  for (const char *w = word; w != NULL; w = va_arg (words, const char *))
    g_ptr_array_add (argv, (char *) w);
  va_end (words);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, set_machine, (gpointer) machine,
                &out, err, &status, &error);
  g_assert_no_error (error);
  return status;
}

/* Ended by itself with status 1, and with one line that holds @said. */
static void
assert_failed (int status, const char *err, const char *said)
{
  if (!WIFEXITED (status))
    g_error ("ended by signal %d: %s", WTERMSIG (status), err);
  g_assert_cmpint (WEXITSTATUS (status), ==, 1);
  if (strstr (err, said) == NULL)
    g_error ("'%s' does not hold '%s'", err, said);
}

static void
test_a_file_too_large_is_an_error (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autofree char *err = NULL;
  const Machine machine = { .file_bytes = 1000 };
  int status = run_on (&machine, &err, "demo", test_folder_path (own, "demo"), NULL);
  assert_failed (status, err, "train_metadata.csv: ");
}

static void
test_help_that_nobody_gets_is_an_error (void)
{
  const Machine machine = { .out = "/dev/full" };
  const char *const words[][2] = { { "--help", NULL },
                                   { "--version", NULL },
                                   { "train", "--help" } };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *err = NULL;
    int status = run_on (&machine, &err, words[i][0], words[i][1], NULL);
    assert_failed (status, err, "standard output: ");
  }
}

/* A corpus of a few clips with one encoder, enough to train on. */
static const char *
write_corpus (TestFolder *own)
{
  g_autoptr (GString) metadata = g_string_new (
    "filename,video_id,gender,mix,emotion_1,version,intensity_level,situation,emotion_2,"
    "emotion_1_salience,emotion_2_salience,fold\n");
  const char *const emotions[] = { "ang", "disg", "fea", "hap", "sad" };
  for (int actor = 0; actor < 4; actor++)
    for (gsize e = 0; e < G_N_ELEMENTS (emotions); e++) {
      g_autofree char *name = g_strdup_printf ("A%d_%s_int1_ver1", 100 + actor, emotions[e]);
      g_string_append_printf (metadata, "%s,A%d,f,0,%s,1,1.0,,,,,%d\n", name, 100 + actor,
                              emotions[e], actor % 2);
      g_autofree char *path = g_strconcat ("corpus/features/toy_train/", name, ".npy", NULL);
      float values[4][8];
      for (int row = 0; row < 4; row++)
        for (int column = 0; column < 8; column++)
          values[row][column] = (float) ((actor * 7 + (int) e * 5 + row * 3 + column) % 11);
      const char head[] = "\x93NUMPY\x01\x00\x76\x00"
                          "{'descr': '<f4', 'fortran_order': False, 'shape': (4, 8), }";
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_byte_array_append (file, (const guint8 *) head, sizeof head - 1);
      while (file->len < 127)
        g_byte_array_append (file, (const guint8 *) " ", 1);
      g_byte_array_append (file, (const guint8 *) "\n", 1);
      g_byte_array_append (file, (const guint8 *) values, sizeof values);
      test_folder_write_bytes (own, path, file->data, file->len);
    }
  test_folder_write (own, "corpus/train_metadata.csv", metadata->str);
  return test_folder_path (own, "corpus");
}

/* With less than what BLAS takes for its threads a command without it works. */
static void
test_info_needs_little_memory (void)
{
  if (BS_TEST_ADDRESS_SANITIZER) {
    g_test_skip ("AddressSanitizer needs more addresses than the limit leaves");
    return;
  }
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autofree char *err = NULL;
  const Machine machine = { .memory_bytes = 200000 * 1024 };
  g_setenv ("OPENBLAS_NUM_THREADS", "2", TRUE);
  int status = run_on (&machine, &err, "info", write_corpus (own), NULL);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* Either it works, or it ends with one sentence: it never asks for memory for ever. */
static void
test_training_ends_with_any_memory (void)
{
  if (BS_TEST_ADDRESS_SANITIZER) {
    g_test_skip ("AddressSanitizer needs more addresses than the limit leaves");
    return;
  }
  g_autoptr (TestFolder) own = test_folder_new ();
  const char *corpus = write_corpus (own);
  int n_done = 0;
  g_setenv ("OPENBLAS_NUM_THREADS", "2", TRUE);
  for (rlim_t mib = 200; mib <= 1200; mib += 200) {
    g_autofree char *err = NULL;
    g_autofree char *name = g_strdup_printf ("run%d", (int) mib);
    const Machine machine = { .memory_bytes = mib << 20 };
    int status = run_on (&machine, &err, "train", corpus, "--model", "linear", "--encoders", "toy",
                         "--epochs", "2", "--out", test_folder_path (own, name), NULL);
    if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
      n_done++;
    else
      assert_failed (status, err, "MiB");
  }
  g_assert_cmpint (n_done, >, 0);
  g_assert_cmpint (n_done, <, 6);
}

typedef struct {
  GPid pid;
  int err;
} Running;

/* A command that takes a while; returns once it is at work. */
static Running
start_demo (const char *folder)
{
  static const Machine machine;
  const char *argv[] = { g_getenv ("BLENDSCOPE_CLI"), "demo", folder, "--size", "full", NULL };
  g_autoptr (GError) error = NULL;
  Running running;
  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, set_machine,
                            (gpointer) &machine, &running.pid, NULL, NULL, &running.err, &error);
  g_assert_no_error (error);
  g_autoptr (GString) said = g_string_new (NULL);
  char byte;
  while (strstr (said->str, "0 %") == NULL) {
    g_assert_cmpint (read (running.err, &byte, 1), ==, 1);
    g_string_append_c (said, byte);
  }
  return running;
}

static int
await_end (Running running)
{
  int status;
  g_assert_cmpint (waitpid (running.pid, &status, 0), ==, running.pid);
  g_spawn_close_pid (running.pid);
  close (running.err);
  return status;
}

static void
test_a_signal_ends_the_work_in_order (void)
{
  const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++) {
    g_autoptr (TestFolder) own = test_folder_new ();
    Running running = start_demo (test_folder_path (own, "demo"));
    kill (running.pid, signals[i]);
    int status = await_end (running);
    g_assert_true (WIFEXITED (status));
    g_assert_cmpint (WEXITSTATUS (status), ==, 1);
  }
}

/* Both wait while it is stopped, so that it has no time to end by the first. */
static void
test_a_second_signal_ends_at_once (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  Running running = start_demo (test_folder_path (own, "demo"));
  int status;
  kill (running.pid, SIGSTOP);
  g_assert_cmpint (waitpid (running.pid, &status, WUNTRACED), ==, running.pid);
  kill (running.pid, SIGTERM);
  kill (running.pid, SIGHUP);
  kill (running.pid, SIGCONT);
  status = await_end (running);
  g_assert_true (WIFSIGNALED (status));
  g_assert_true (WTERMSIG (status) == SIGTERM || WTERMSIG (status) == SIGHUP);
}

static guint
count_left (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    n += strstr (name, ".blendscope-") != NULL;
  return n;
}

/* Killed while it writes: what it leaves is hidden, and gone after the next. */
static void
test_left_overs_of_a_killed_writer_go (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autofree char *err = NULL;
  const char *folder = test_folder_path (own, "demo");
  Running running = start_demo (folder);
  kill (running.pid, SIGKILL);
  await_end (running);
  test_folder_write (own, "demo/.x.csv.blendscope-AbC123", "half");
  const Machine machine = { 0 };
  int status = run_on (&machine, &err, "demo", folder, "--size", "full", "--seed", "x", NULL);
  g_assert_cmpint (WEXITSTATUS (status), ==, 2);
  running = start_demo (folder); /* its own, begun: no word is needed to go on */
  kill (running.pid, SIGTERM);
  await_end (running);
  g_assert_cmpuint (count_left (folder), ==, 0);
}

static void
test_a_second_demo_is_refused (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autofree char *err = NULL;
  const char *folder = test_folder_path (own, "demo");
  Running running = start_demo (folder);
  const Machine machine = { 0 };
  int status = run_on (&machine, &err, "demo", folder, "--size", "full", NULL);
  g_autofree char *who = g_strdup_printf ("blendscope-cli demo, process %d on ", running.pid);
  kill (running.pid, SIGTERM);
  await_end (running);
  assert_failed (status, err, who);
}

static void
test_another_corpus_asks_for_force (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autofree char *err = NULL;
  const Machine machine = { .file_bytes = 1000 }; /* so that it ends with the metadata */
  const char *corpus = write_corpus (own);
  const char *metadata = test_folder_path (own, "corpus/train_metadata.csv");
  g_autofree char *before = NULL, *after = NULL, *forced = NULL;
  g_assert_true (g_file_get_contents (metadata, &before, NULL, NULL));
  int status = run_on (&machine, &err, "demo", corpus, NULL);
  assert_failed (status, err, "--force");
  g_assert_true (g_file_get_contents (metadata, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
  status = run_on (&machine, &forced, "demo", corpus, "--force", NULL);
  assert_failed (status, forced, "train_metadata.csv: ");
}

/* The lock of another process on the folder of its checkpoints. */
static void
test_a_second_training_is_refused (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autofree char *err = NULL;
  const char *corpus = write_corpus (own);
  test_folder_write (own, "run.partial/.blendscope-owner", "somebody\n123\nhere\n");
  int fd = g_open (test_folder_path (own, "run.partial"), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  const Machine machine = { 0 };
  const char *out = test_folder_path (own, "run");
  int status = run_on (&machine, &err, "train", corpus, "--model", "linear", "--encoders", "toy",
                       "--out", out, NULL);
  assert_failed (status, err, "run.partial: ");
  g_assert_nonnull (strstr (err, "somebody, process 123 on here"));
  close (fd);
  g_autofree char *then = NULL;
  status = run_on (&machine, &then, "train", corpus, "--model", "linear", "--encoders", "toy",
                   "--epochs", "2", "--out", out, NULL);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_assert_false (g_file_test (test_folder_path (own, "run.partial"), G_FILE_TEST_EXISTS));
}

/* Of the window's program, which looks before it looks for a screen. */
static void
test_no_fonts_is_one_sentence (void)
{
  g_autoptr (TestFolder) own = test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (g_getenv ("BLENDSCOPE_CLI"));
  g_autofree char *program = g_build_filename (folder, "blendscope", NULL);
  g_autofree char *out = NULL, *err = NULL;
  char *argv[] = { program, NULL };
  int status;
  if (!g_file_test (program, G_FILE_TEST_IS_EXECUTABLE)) {
    g_test_skip ("the window was not built");
    return;
  }
  const char *config = test_folder_write (own, "fonts.conf", "<fontconfig></fontconfig>");
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "FONTCONFIG_FILE", config, TRUE);
  static const Machine machine;
  g_spawn_sync (NULL, argv, environment, G_SPAWN_DEFAULT, set_machine, (gpointer) &machine, &out,
                &err, &status, &error);
  g_assert_no_error (error);
  assert_failed (status, err, "fonts-dejavu-core");
  g_assert_null (strstr (err, "CRITICAL"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/machine/file-size", test_a_file_too_large_is_an_error);
  g_test_add_func ("/machine/help", test_help_that_nobody_gets_is_an_error);
  g_test_add_func ("/machine/memory-info", test_info_needs_little_memory);
  g_test_add_func ("/machine/memory-train", test_training_ends_with_any_memory);
  g_test_add_func ("/machine/signal", test_a_signal_ends_the_work_in_order);
  g_test_add_func ("/machine/second-signal", test_a_second_signal_ends_at_once);
  g_test_add_func ("/machine/left-overs", test_left_overs_of_a_killed_writer_go);
  g_test_add_func ("/machine/second-demo", test_a_second_demo_is_refused);
  g_test_add_func ("/machine/force", test_another_corpus_asks_for_force);
  g_test_add_func ("/machine/second-training", test_a_second_training_is_refused);
  g_test_add_func ("/machine/no-fonts", test_no_fonts_is_one_sentence);
  return g_test_run ();
}
