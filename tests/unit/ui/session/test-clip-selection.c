/* SPDX-License-Identifier: MIT */
/* Which clips are looked at: what is told of each change, and of which clips the scope is. */
#include "tests/support/bs-many-clips.h"
#include "tests/support/bs-test-folder.h"
#include "tests/support/bs-test-notify.h"
#include "ui/session/bs-clip-selection.h"

#define N_MANY 100000
#define N_SOME 200
#define N_TRIALS 2000

typedef struct {
  TestFolder *folder;
  BsJobQueue *jobs;
  BsThresholdState *thresholds;
  BsClipSelection *selection;
  TestNotify *notify;
} Fixture;

static BsMetadata *
load_table (TestFolder *folder, const char *text)
{
  g_autoptr (GError) error = NULL;
  const char *path = test_folder_write (folder, "train_metadata.csv", text);
  BsMetadata *metadata = bs_metadata_load (path, NULL, &error);
  g_assert_no_error (error);
  return metadata;
}

static BsMetadata *
load_many (TestFolder *folder, guint n)
{
  g_autofree char *text = many_clips_table (n);
  return load_table (folder, text);
}

static Fixture *
fixture_new (guint n)
{
  Fixture *self = g_new0 (Fixture, 1);
  self->folder = test_folder_new ();
  self->jobs = bs_job_queue_new ();
  self->thresholds = bs_threshold_state_new (self->jobs);
  self->selection = bs_clip_selection_new (self->thresholds);
  g_autoptr (BsMetadata) metadata = load_many (self->folder, n);
  bs_clip_selection_set_metadata (self->selection, metadata, FALSE);
  self->notify = test_notify_new (self->selection);
  return self;
}

static void
fixture_free (Fixture *self)
{
  test_notify_free (self->notify);
  g_object_unref (self->selection);
  g_object_unref (self->thresholds);
  g_object_unref (self->jobs);
  test_folder_free (self->folder);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static void
assert_clips (const BsClipSet *set, const guint32 *clips, gsize n)
{
  gssize at = -1;
  g_assert_cmpuint (set->count, ==, n);
  for (gsize i = 0; i < n; i++) {
    at = bs_clip_set_next (set, at);
    g_assert_cmpint (at, ==, clips[i]);
  }
  g_assert_cmpint (bs_clip_set_next (set, at), ==, -1);
}

/* Against a plain array of truth values, on sizes about those of a word. */
static void
test_a_set_is_what_a_plain_array_is (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  const gsize sizes[] = { 1, 63, 64, 65, 128, 130, 200 };
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++) {
    gsize n = sizes[s], count = 0;
    g_autofree guint8 *plain = g_new0 (guint8, n);
    g_autoptr (BsClipSet) set = bs_clip_set_new (n);
    for (int trial = 0; trial < N_TRIALS; trial++) {
      gsize clip = (gsize) g_rand_int_range (random, 0, (gint32) n);
      gboolean adds = g_rand_boolean (random);
      g_assert_cmpint (adds ? bs_clip_set_add (set, clip) : bs_clip_set_remove (set, clip), ==,
                       plain[clip] != adds);
      plain[clip] = (guint8) adds;
    }
    gssize at = bs_clip_set_next (set, -1);
    for (gsize clip = 0; clip < n; clip++) {
      g_assert_cmpint (bs_clip_set_contains (set, clip), ==, plain[clip]);
      count += plain[clip];
      if (plain[clip]) {
        g_assert_cmpint (at, ==, clip);
        at = bs_clip_set_next (set, at);
      }
    }
    g_assert_cmpint (at, ==, -1);
    g_assert_cmpuint (set->count, ==, count);
    g_assert_false (bs_clip_set_contains (set, n));
    g_autoptr (BsClipSet) copy = bs_clip_set_copy (set), full = bs_clip_set_new_full (n);
    g_assert_true (bs_clip_set_equal (copy, set));
    for (gsize clip = 0; clip < n; clip++)
      bs_clip_set_add (copy, clip);
    g_assert_true (bs_clip_set_equal (copy, full));
  }
}

static void
test_each_change_of_the_selected_clips_is_told_once (void)
{
  g_autoptr (Fixture) self = fixture_new (N_SOME);
  BsClipSelection *selection = self->selection;
  const char *const both[] = { "selected", "n-selected", NULL };
  const char *const others[] = { "selected", NULL };
  const char *const nothing[] = { NULL };
  bs_clip_selection_set (selection, (const guint32[]){ 5, 3, 64 }, 3);
  test_notify_assert_once (self->notify, both);
  assert_clips (bs_clip_selection_get_selected (selection), (const guint32[]){ 3, 5, 64 }, 3);
  bs_clip_selection_set (selection, (const guint32[]){ 64, 5, 3, 5 }, 4);
  bs_clip_selection_add (selection, (const guint32[]){ 5 }, 1);
  bs_clip_selection_remove (selection, (const guint32[]){ 6 }, 1);
  test_notify_assert_once (self->notify, nothing);
  bs_clip_selection_set (selection, (const guint32[]){ 0, 1, 2 }, 3);
  test_notify_assert_once (self->notify, others);
  bs_clip_selection_add (selection, (const guint32[]){ 2, 7, 8 }, 3);
  test_notify_assert_once (self->notify, both);
  bs_clip_selection_remove (selection, (const guint32[]){ 0, 8 }, 2);
  test_notify_assert_once (self->notify, both);
  assert_clips (bs_clip_selection_get_selected (selection), (const guint32[]){ 1, 2, 7 }, 3);
  g_assert_true (bs_clip_selection_contains (selection, 7));
  g_assert_false (bs_clip_selection_contains (selection, 8));
  g_assert_false (bs_clip_selection_contains (selection, -1));
  bs_clip_selection_clear (selection);
  test_notify_assert_once (self->notify, both);
  g_assert_cmpuint (bs_clip_selection_get_n_selected (selection), ==, 0);
  bs_clip_selection_clear (selection);
  test_notify_assert_once (self->notify, nothing);
}

static void
test_the_current_clip_is_apart_from_the_selected_ones (void)
{
  g_autoptr (Fixture) self = fixture_new (N_SOME);
  bs_clip_selection_set (self->selection, (const guint32[]){ 5, 6 }, 2);
  test_notify_reset (self->notify);
  g_assert_cmpint (bs_clip_selection_get_clip (self->selection), ==, 0);
  bs_clip_selection_set_clip (self->selection, 9);
  test_notify_assert_once (self->notify, (const char *const[]){ "clip", NULL });
  bs_clip_selection_set_clip (self->selection, 9);
  test_notify_assert_once (self->notify, (const char *const[]){ NULL });
  g_assert_cmpuint (bs_clip_selection_get_n_selected (self->selection), ==, 2);
  bs_clip_selection_clear (self->selection);
  g_assert_cmpint (bs_clip_selection_get_clip (self->selection), ==, 9);
}

static void
test_the_scope_is_all_the_list_or_the_selection (void)
{
  g_autoptr (Fixture) self = fixture_new (N_SOME);
  BsClipSelection *selection = self->selection;
  const guint32 list[] = { 9, 2, 70 }, sorted[] = { 2, 9, 70 }, chosen[] = { 4, 5 };
  const char *const scope[] = { "scope", "scope-clips", NULL };
  g_assert_cmpuint (bs_clip_selection_get_scope_clips (selection)->count, ==, N_SOME);
  bs_clip_selection_set_order (selection, list, 3);
  test_notify_assert_once (self->notify, (const char *const[]){ "order", NULL });
  bs_clip_selection_set_scope (selection, BS_SCOPE_LIST);
  test_notify_assert_once (self->notify, scope);
  assert_clips (bs_clip_selection_get_scope_clips (selection), sorted, 3);
  /* In another order they are the same clips. */
  bs_clip_selection_set_order (selection, sorted, 3);
  test_notify_assert_once (self->notify, (const char *const[]){ "order", NULL });
  bs_clip_selection_set_order (selection, sorted, 2);
  test_notify_assert_once (self->notify, (const char *const[]){ "order", "scope-clips", NULL });
  bs_clip_selection_set_scope (selection, BS_SCOPE_SELECTION);
  test_notify_assert_once (self->notify, scope);
  g_assert_cmpuint (bs_clip_selection_get_scope_clips (selection)->count, ==, 0);
  bs_clip_selection_set (selection, chosen, 2);
  test_notify_assert_once (self->notify,
                           (const char *const[]){ "selected", "n-selected", "scope-clips", NULL });
  assert_clips (bs_clip_selection_get_scope_clips (selection), chosen, 2);
  g_object_set (selection, "scope", BS_SCOPE_ALL, NULL);
  test_notify_assert_once (self->notify, scope);
  bs_clip_selection_set_scope (selection, BS_SCOPE_ALL);
  test_notify_assert_once (self->notify, (const char *const[]){ NULL });
}

static void
test_neighbours_are_those_of_the_list (void)
{
  g_autoptr (Fixture) self = fixture_new (N_SOME);
  bs_clip_selection_set_order (self->selection, (const guint32[]){ 9, 2, 70 }, 3);
  /* The current clip is not in the list. */
  g_assert_cmpint (bs_clip_selection_get_neighbour (self->selection, -1), ==, 9);
  g_assert_true (bs_clip_selection_move (self->selection, 1));
  g_assert_cmpint (bs_clip_selection_get_clip (self->selection), ==, 9);
  g_assert_false (bs_clip_selection_move (self->selection, -1));
  g_assert_cmpint (bs_clip_selection_get_neighbour (self->selection, 2), ==, 70);
  g_assert_cmpint (bs_clip_selection_get_neighbour (self->selection, 3), ==, -1);
}

static const char HEADER[] = "filename,video_id,mix,emotion_1,emotion_2,emotion_1_salience,fold\n";

/* Of the same corpus, read again with a clip less at the start and one more at the end. */
static void
test_clips_are_found_again_by_their_names (void)
{
  g_autoptr (Fixture) self = fixture_new (N_SOME);
  g_autofree char *first =
    g_strconcat (HEADER, "a_1,a,0,ang,,,0\na_2,a,0,ang,,,0\na_3,a,0,ang,,,0\n", NULL);
  g_autofree char *again =
    g_strconcat (HEADER, "a_2,a,0,ang,,,0\na_3,a,0,ang,,,0\na_4,a,0,ang,,,0\n", NULL);
  g_autoptr (BsMetadata) before = load_table (self->folder, first);
  g_autoptr (BsMetadata) after = load_table (self->folder, again);
  BsFilter filter;
  bs_clip_selection_set_metadata (self->selection, before, FALSE);
  bs_clip_selection_set_clip (self->selection, 2);
  bs_clip_selection_set (self->selection, (const guint32[]){ 0, 1 }, 2);
  bs_clip_selection_set_scope (self->selection, BS_SCOPE_SELECTION);
  bs_filter_init (&filter);
  filter.gender = 'f';
  bs_clip_selection_set_filter (self->selection, &filter);
  test_notify_reset (self->notify);
  bs_clip_selection_set_metadata (self->selection, after, TRUE);
  test_notify_assert_once (
    self->notify, (const char *const[]){ "clip", "selected", "n-selected", "scope-clips", NULL });
  g_assert_cmpint (bs_clip_selection_get_clip (self->selection), ==, 1);
  assert_clips (bs_clip_selection_get_selected (self->selection), (const guint32[]){ 0 }, 1);
  g_assert_true (bs_filter_equal (bs_clip_selection_get_filter (self->selection), &filter));
  /* Of another corpus nothing is kept, whatever its clips are called. */
  bs_clip_selection_set_metadata (self->selection, before, FALSE);
  test_notify_assert_once (self->notify,
                           (const char *const[]){ "clip", "filter", "selected", "n-selected",
                                                  "scope", "scope-clips", NULL });
  g_assert_cmpint (bs_clip_selection_get_clip (self->selection), ==, 0);
  g_assert_cmpint (bs_clip_selection_get_scope (self->selection), ==, BS_SCOPE_ALL);
}

/* Each change is of a hundred thousand clips, and there are a thousand: minutes where one took the
 * square of their number. */
static void
test_a_hundred_thousand_clips_are_selected_at_once (void)
{
  g_autoptr (Fixture) self = fixture_new (N_MANY);
  g_autofree guint32 *clips = g_new (guint32, N_MANY);
  bs_clip_selection_set_scope (self->selection, BS_SCOPE_SELECTION);
  for (guint32 i = 0; i < N_MANY; i++)
    clips[i] = N_MANY - 1 - i;
  for (int i = 0; i < 500; i++) {
    bs_clip_selection_set (self->selection, clips, N_MANY);
    bs_clip_selection_remove (self->selection, clips, N_MANY - 1);
    g_assert_cmpuint (bs_clip_selection_get_n_selected (self->selection), ==, 1);
    g_assert_true (bs_clip_selection_contains (self->selection, 0));
  }
  g_assert_cmpuint (test_notify_count (self->notify, "selected"), ==, 1000);
  g_assert_cmpuint (test_notify_count (self->notify, "scope-clips"), ==, 1001);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clip-selection/a set is what a plain array is",
                   test_a_set_is_what_a_plain_array_is);
  g_test_add_func ("/clip-selection/each change of the selected clips is told once",
                   test_each_change_of_the_selected_clips_is_told_once);
  g_test_add_func ("/clip-selection/the current clip is apart from the selected ones",
                   test_the_current_clip_is_apart_from_the_selected_ones);
  g_test_add_func ("/clip-selection/the scope is all, the list or the selection",
                   test_the_scope_is_all_the_list_or_the_selection);
  g_test_add_func ("/clip-selection/neighbours are those of the list",
                   test_neighbours_are_those_of_the_list);
  g_test_add_func ("/clip-selection/clips are found again by their names",
                   test_clips_are_found_again_by_their_names);
  g_test_add_func ("/clip-selection/a hundred thousand clips are selected at once",
                   test_a_hundred_thousand_clips_are_selected_at_once);
  return g_test_run ();
}
