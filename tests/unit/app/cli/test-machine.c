/* SPDX-License-Identifier: MIT */
/* Faults of the machine that the program runs on: a disk that is full, little memory, a terminal
 * that closes, an output that takes nothing. What would hang is ended by an alarm. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include "tests/support/bs-test-cli.h"

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
  int status;
  va_list words;
  g_ptr_array_add (argv, (char *) g_getenv ("BLENDSCOPE_CLI"));
  va_start (words, word);
  for (const char *w = word; w != NULL; w = va_arg (words, const char *))
    g_ptr_array_add (argv, (char *) w);
  va_end (words);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, set_machine, (gpointer) machine,
                NULL, err, &status, &error);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/machine/file-size", test_a_file_too_large_is_an_error);
  g_test_add_func ("/machine/help", test_help_that_nobody_gets_is_an_error);
  g_test_add_func ("/machine/signal", test_a_signal_ends_the_work_in_order);
  g_test_add_func ("/machine/second-signal", test_a_second_signal_ends_at_once);
  return g_test_run ();
}
