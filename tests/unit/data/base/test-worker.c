/* SPDX-License-Identifier: MIT */
#include "data/base/bs-worker.h"

#include <sys/resource.h>

#include "data/base/bs-background.h"
#include "data/base/bs-error.h"
#include "data/base/bs-parallel.h"

/* A gate that a job waits at, so that a test decides when it goes on. */
typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean is_open;
  gboolean is_reached;
} Gate;

static void
gate_wait (Gate *gate, GCancellable *cancellable)
{
  g_mutex_lock (&gate->mutex);
  gate->is_reached = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->is_open && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&gate->cond, &gate->mutex, g_get_monotonic_time () + 2000);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_await (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  while (!gate->is_reached)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_open (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->is_open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

/* What a test's callbacks saw; all of it on the main thread. */
typedef struct {
  GThread *owner;
  GString *order;
  GError *last_error;
  int n_done;
  int n_progress;
  double last_fraction;
} Log;

static Log *
log_new (void)
{
  Log *log = g_new0 (Log, 1);
  log->owner = g_thread_self ();
  log->order = g_string_new (NULL);
  return log;
}

static void
log_free (Log *log)
{
  g_string_free (log->order, TRUE);
  g_clear_error (&log->last_error);
  g_free (log);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Log, log_free)

typedef struct {
  char letter;
  Gate *gate;
  gboolean fails;
  int n_reports;
} Input;

static int n_inputs; /* alive, to see that all are freed */
static int n_results; /* likewise */

static void
input_free (gpointer input)
{
  g_atomic_int_add (&n_inputs, -1);
  g_free (input);
}

static void
result_free (gpointer result)
{
  g_atomic_int_add (&n_results, -1);
  g_free (result);
}

static gpointer
job_func (BsJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  for (int i = 0; i < input->n_reports; i++)
    bs_job_report (job, (i + 1.0) / input->n_reports, "counting");
  if (input->gate != NULL)
    gate_wait (input->gate, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (input->fails) {
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "job %c was told to fail", input->letter);
    return NULL;
  }
  g_atomic_int_add (&n_results, 1);
  return g_strdup_printf ("%c", input->letter);
}

static void
progress_cb (BsJob *job, gpointer user_data)
{
  Log *log = user_data;
  g_assert_true (log->owner == g_thread_self ());
  log->n_progress++;
  log->last_fraction = bs_job_fraction (job);
}

static void
done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  Log *log = user_data;
  g_assert_true (log->owner == g_thread_self ());
  log->n_done++;
  g_string_append (log->order, result != NULL ? result : "-");
  g_clear_error (&log->last_error);
  if (error != NULL)
    log->last_error = g_error_copy (error);
  g_assert_true ((result != NULL) == (bs_job_state (job) == BS_JOB_DONE));
}

static BsJob *
submit (BsWorker *worker, Log *log, BsLane lane, const char *key, Input input)
{
  g_atomic_int_add (&n_inputs, 1);
  BsJobSpec spec = {
    .lane = lane,
    .key = key,
    .title = "a job of the test",
    .func = job_func,
    .input = g_memdup2 (&input, sizeof input),
    .input_free = input_free,
    .result_free = result_free,
    .progress = progress_cb,
    .done = done_cb,
    .user_data = log,
  };
  return bs_worker_submit (worker, &spec);
}

static void
submit_and_forget (BsWorker *worker, Log *log, BsLane lane, const char *key, Input input)
{
  bs_job_unref (submit (worker, log, lane, key, input));
}

static void
wait_for (Log *log, int n_done)
{
  while (log->n_done < n_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_all_freed (void)
{
  g_assert_cmpint (g_atomic_int_get (&n_inputs), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&n_results), ==, 0);
}

static void
test_a_lane_keeps_the_order (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  for (char c = 'a'; c <= 'z'; c++)
    submit_and_forget (worker, log, BS_LANE_SHORT, NULL, (Input){ .letter = c });
  wait_for (log, 26);
  g_assert_cmpstr (log->order->str, ==, "abcdefghijklmnopqrstuvwxyz");
  bs_worker_free (worker);
  assert_all_freed ();
}

static void
test_long_work_does_not_delay_short_work (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  Gate gate = { 0 };
  submit_and_forget (worker, log, BS_LANE_LONG, NULL, (Input){ .letter = 'l', .gate = &gate });
  gate_await (&gate);
  submit_and_forget (worker, log, BS_LANE_SHORT, NULL, (Input){ .letter = 's' });
  wait_for (log, 1);
  g_assert_cmpstr (log->order->str, ==, "s");
  gate_open (&gate);
  wait_for (log, 2);
  g_assert_cmpstr (log->order->str, ==, "sl");
  bs_worker_free (worker);
  assert_all_freed ();
}

static void
test_a_newer_job_of_a_key_replaces_older_ones (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  Gate gate = { 0 };
  g_autoptr (BsJob) running =
    submit (worker, log, BS_LANE_SHORT, "view", (Input){ .letter = 'a', .gate = &gate });
  gate_await (&gate);
  g_autoptr (BsJob) queued = submit (worker, log, BS_LANE_SHORT, "view", (Input){ .letter = 'b' });
  submit_and_forget (worker, log, BS_LANE_SHORT, "other", (Input){ .letter = 'o' });
  submit_and_forget (worker, log, BS_LANE_SHORT, "view", (Input){ .letter = 'c' });
  wait_for (log, 4);
  g_assert_cmpint (bs_job_state (running), ==, BS_JOB_CANCELLED);
  g_assert_cmpint (bs_job_state (queued), ==, BS_JOB_CANCELLED);
  g_assert_cmpstr (log->order->str, ==, "--oc");
  bs_worker_free (worker);
  assert_all_freed ();
}

static void
test_a_queued_job_is_cancelled_before_its_turn (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  Gate gate = { 0 };
  submit_and_forget (worker, log, BS_LANE_SHORT, NULL, (Input){ .letter = 'a', .gate = &gate });
  gate_await (&gate);
  g_autoptr (BsJob) job = submit (worker, log, BS_LANE_SHORT, NULL, (Input){ .letter = 'b' });
  g_assert_cmpint (bs_job_state (job), ==, BS_JOB_QUEUED);
  bs_job_cancel (job);
  wait_for (log, 1);
  g_assert_error (log->last_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (bs_job_state (job), ==, BS_JOB_CANCELLED);
  gate_open (&gate);
  wait_for (log, 2);
  bs_job_cancel (job);
  g_assert_cmpstr (log->order->str, ==, "-a");
  bs_worker_free (worker);
  assert_all_freed ();
}

static void
test_a_running_job_is_cancelled (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  Gate gate = { 0 };
  g_autoptr (BsJob) job =
    submit (worker, log, BS_LANE_LONG, "run", (Input){ .letter = 'a', .gate = &gate });
  gate_await (&gate);
  g_assert_cmpint (bs_job_state (job), ==, BS_JOB_RUNNING);
  bs_worker_cancel_key (worker, "run");
  wait_for (log, 1);
  g_assert_error (log->last_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (bs_job_state (job), ==, BS_JOB_CANCELLED);
  bs_worker_free (worker);
  assert_all_freed ();
}

static void
test_a_result_that_nobody_wants_any_more_is_dropped (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  Gate gate = { 0 };
  g_autoptr (BsJob) job = submit (worker, log, BS_LANE_SHORT, NULL, (Input){ .letter = 'a' });
  submit_and_forget (worker, log, BS_LANE_SHORT, NULL, (Input){ .letter = 'b', .gate = &gate });
  gate_await (&gate); /* the first has returned, but was not delivered */
  bs_job_cancel (job);
  gate_open (&gate);
  wait_for (log, 2);
  g_assert_cmpstr (log->order->str, ==, "-b");
  bs_worker_free (worker);
  assert_all_freed ();
}

static void
test_a_failure_reaches_the_owner (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  g_autoptr (BsJob) job =
    submit (worker, log, BS_LANE_SHORT, NULL, (Input){ .letter = 'x', .fails = TRUE });
  wait_for (log, 1);
  g_assert_error (log->last_error, BS_ERROR, BS_ERROR_VALUE);
  g_assert_cmpint (bs_job_state (job), ==, BS_JOB_FAILED);
  bs_worker_free (worker);
  assert_all_freed ();
}

static void
test_progress_is_told_at_most_thirty_times_a_second (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  Gate gate = { 0 };
  g_autoptr (BsJob) job = submit (worker, log, BS_LANE_LONG, NULL,
                                  (Input){ .letter = 'a', .gate = &gate, .n_reports = 100000 });
  gint64 before = g_get_monotonic_time ();
  while (log->last_fraction < 1.0)
    g_main_context_iteration (NULL, TRUE);
  double seconds = (g_get_monotonic_time () - before) / 1e6;
  g_assert_cmpint (log->n_progress, <=, (int) (seconds * 30) + 2);
  g_autofree char *message = bs_job_dup_message (job);
  g_assert_cmpstr (message, ==, "counting");
  gate_open (&gate);
  wait_for (log, 1);
  int told = log->n_progress;
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_cmpint (log->n_progress, ==, told);
  bs_worker_free (worker);
  g_clear_pointer (&job, bs_job_unref); /* the last reference frees the result */
  assert_all_freed ();
}

/* One that reports nothing, and waits until this was heard. */
static void
test_a_beginning_is_told (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  Gate gate = { 0 };
  g_autoptr (BsJob) job =
    submit (worker, log, BS_LANE_LONG, NULL, (Input){ .letter = 'a', .gate = &gate });
  while (log->n_progress == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (bs_job_state (job), ==, BS_JOB_RUNNING);
  g_assert_cmpfloat (log->last_fraction, ==, 0);
  gate_open (&gate);
  wait_for (log, 1);
  g_assert_cmpint (log->n_progress, ==, 1);
  bs_worker_free (worker);
  g_clear_pointer (&job, bs_job_unref);
  assert_all_freed ();
}

static void
test_freeing_ends_what_runs_and_waits_without_callbacks (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  Gate gate = { 0 };
  g_autoptr (BsJob) running = submit (worker, log, BS_LANE_LONG, NULL,
                                      (Input){ .letter = 'a', .gate = &gate, .n_reports = 3 });
  g_autoptr (BsJob) waiting = submit (worker, log, BS_LANE_LONG, "k", (Input){ .letter = 'b' });
  gate_await (&gate);
  bs_worker_free (worker);
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_cmpint (log->n_done + log->n_progress, ==, 0);
  g_assert_cmpint (bs_job_state (running), ==, BS_JOB_CANCELLED);
  g_assert_cmpint (bs_job_state (waiting), ==, BS_JOB_CANCELLED);
  bs_job_cancel (waiting);
  assert_all_freed ();
}

static void
free_worker_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsWorker **worker = user_data;
  g_clear_pointer (worker, bs_worker_free);
}

static void
test_a_callback_may_free_the_worker (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  g_atomic_int_add (&n_inputs, 1);
  BsJobSpec spec = {
    .lane = BS_LANE_SHORT,
    .func = job_func,
    .input = g_memdup2 (&(Input){ .letter = 'a' }, sizeof (Input)),
    .input_free = input_free,
    .result_free = result_free,
    .done = free_worker_cb,
    .user_data = &worker,
  };
  bs_job_unref (bs_worker_submit (worker, &spec));
  submit_and_forget (worker, log, BS_LANE_SHORT, NULL, (Input){ .letter = 'b' });
  while (worker != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (log->n_done, ==, 0);
  assert_all_freed ();
}

static void
test_a_result_can_be_taken (void)
{
  g_autoptr (Log) log = log_new ();
  BsWorker *worker = bs_worker_new ();
  g_autoptr (BsJob) job = submit (worker, log, BS_LANE_SHORT, NULL, (Input){ .letter = 'q' });
  wait_for (log, 1);
  char *result = bs_job_steal_result (job);
  g_assert_cmpstr (result, ==, "q");
  g_assert_null (bs_job_steal_result (job));
  bs_worker_free (worker);
  result_free (result);
  assert_all_freed ();
}

/* 21 more than the caller's niceness, which is -20 at least: a result is never NULL. */
static gpointer
niceness (gpointer data)
{
  return GINT_TO_POINTER (getpriority (PRIO_PROCESS, 0) + 21);
}

/* Of a thread that a job starts, as a training does. */
static gpointer
niceness_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  return g_thread_join (g_thread_new ("niceness", niceness, NULL));
}

static void
niceness_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  *(gpointer *) user_data = result;
}

static void
test_long_work_takes_what_is_left_over (void)
{
  g_autoptr (BsWorker) worker = bs_worker_new ();
  gpointer seen[] = { [BS_LANE_LONG] = NULL, [BS_LANE_SHORT] = NULL };
  for (int lane = 0; lane < 2; lane++) {
    BsJobSpec spec = {
      .lane = (BsLane) lane,
      .title = "niceness",
      .func = niceness_job,
      .done = niceness_cb,
      .user_data = &seen[lane],
    };
    bs_job_unref (bs_worker_submit (worker, &spec));
  }
  while (seen[BS_LANE_LONG] == NULL || seen[BS_LANE_SHORT] == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (GPOINTER_TO_INT (seen[BS_LANE_LONG]) - 21, >=, BS_BACKGROUND_NICENESS);
  g_assert_true (seen[BS_LANE_SHORT] == niceness (NULL));
}

typedef struct {
  int n_running;
  int niceness[2];
} Pair;

/* Each on a thread of its own. */
static void
note_niceness (guint task, guint thread, gpointer user_data)
{
  Pair *pair = user_data;
  pair->niceness[task] = GPOINTER_TO_INT (niceness (NULL));
  g_atomic_int_inc (&pair->n_running);
  while (g_atomic_int_get (&pair->n_running) < 2)
    g_thread_yield ();
}

static gpointer
pair_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  Pair *pair = g_new0 (Pair, 1);
  bs_parallel (2, 2, note_niceness, pair);
  return pair;
}

static void
pair_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  *(Pair **) user_data = bs_job_steal_result (job);
}

/* Whichever asked first: the helpers that both had in common took the priority of the first. */
static void
test_helpers_are_of_their_lane (void)
{
  g_autoptr (BsWorker) worker = bs_worker_new ();
  for (int i = 0; i < 4; i++) {
    BsLane lane = i % 2 == 0 ? BS_LANE_LONG : BS_LANE_SHORT;
    g_autofree Pair *pair = NULL;
    BsJobSpec spec = {
      .lane = lane, .title = "pair", .func = pair_job, .done = pair_cb, .user_data = &pair
    };
    bs_job_unref (bs_worker_submit (worker, &spec));
    while (pair == NULL)
      g_main_context_iteration (NULL, TRUE);
    for (int task = 0; task < 2; task++)
      if (lane == BS_LANE_LONG)
        g_assert_cmpint (pair->niceness[task] - 21, >=, BS_BACKGROUND_NICENESS);
      else
        g_assert_cmpint (pair->niceness[task], ==, GPOINTER_TO_INT (niceness (NULL)));
  }
}

/* As one in a file system that hangs: it does not look at its cancellable. */
static gpointer
deaf_job (BsJob *job, gpointer gate, GCancellable *cancellable, GError **error)
{
  gate_wait (gate, NULL);
  g_atomic_int_inc (&n_results);
  g_set_error (error, BS_ERROR, BS_ERROR_VALUE, "nobody hears of this");
  return NULL;
}

static void
must_not_be_called_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  g_assert_not_reached ();
}

static void
test_freeing_leaves_a_job_that_does_not_answer (void)
{
  static Gate gate;
  BsWorker *worker = bs_worker_new ();
  BsJobSpec spec = {
    .title = "deaf", .func = deaf_job, .input = &gate, .done = must_not_be_called_cb
  };
  int before = bs_worker_n_abandoned ();
  bs_job_unref (bs_worker_submit (worker, &spec));
  gate_await (&gate);
  bs_worker_free (worker);
  g_assert_cmpint (bs_worker_n_abandoned (), ==, before + 1);
  gate_open (&gate);
  while (g_atomic_int_get (&n_results) == 0)
    g_thread_yield ();
  g_atomic_int_set (&n_results, 0);
  while (g_main_context_iteration (NULL, FALSE)) {
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/order", test_a_lane_keeps_the_order);
  g_test_add_func ("/worker/lanes", test_long_work_does_not_delay_short_work);
  g_test_add_func ("/worker/replacement", test_a_newer_job_of_a_key_replaces_older_ones);
  g_test_add_func ("/worker/cancel-queued", test_a_queued_job_is_cancelled_before_its_turn);
  g_test_add_func ("/worker/cancel-running", test_a_running_job_is_cancelled);
  g_test_add_func ("/worker/cancel-late", test_a_result_that_nobody_wants_any_more_is_dropped);
  g_test_add_func ("/worker/failure", test_a_failure_reaches_the_owner);
  g_test_add_func ("/worker/progress", test_progress_is_told_at_most_thirty_times_a_second);
  g_test_add_func ("/worker/beginning", test_a_beginning_is_told);
  g_test_add_func ("/worker/free", test_freeing_ends_what_runs_and_waits_without_callbacks);
  g_test_add_func ("/worker/free-deaf", test_freeing_leaves_a_job_that_does_not_answer);
  g_test_add_func ("/worker/free-in-callback", test_a_callback_may_free_the_worker);
  g_test_add_func ("/worker/background", test_long_work_takes_what_is_left_over);
  g_test_add_func ("/worker/helpers", test_helpers_are_of_their_lane);
  g_test_add_func ("/worker/steal", test_a_result_can_be_taken);
  return g_test_run ();
}
