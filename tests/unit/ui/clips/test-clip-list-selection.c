/* SPDX-License-Identifier: MIT */
/* The list of clips, and that with a selection which the window shows, as those see them who only
 * hear of them through GListModel: a mirror that is told of changes by "items-changed" alone holds
 * the same rows after each signal, and every row is still of the clip that it was made for. */
#include "tests/support/bs-list-mirror.h"
#include "tests/support/bs-many-clips.h"
#include "tests/support/bs-test-folder.h"
#include "tests/support/bs-test-wait.h"
#include "ui/clips/bs-clip-list-selection.h"
#include "ui/session/bs-clip-list-model-private.h"

#define N_MANY 100000
#define N_SOME 1500
#define N_CHANGES_OF_MANY 12
#define N_CHANGES_OF_SOME 200

typedef struct {
  TestFolder *folder;
  BsWorkspace *workspace;
  BsClipListModel *model;
  BsClipListSelection *selection;
  GPtrArray *haystacks; /* of the clips, which would take long to make anew for each check */
  ListMirror *mirror; /* of @model */
  ListMirror *shown; /* of @selection */
} Fixture;

static int
clip_of (gpointer row)
{
  return bs_clip_row_get_clip (row);
}

/* What is selected is where the workspace's clip is, and nothing else. */
static void
check_selection (Fixture *self)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);
  guint selected = bs_clip_list_selection_get_selected (self->selection);
  int clip = bs_clip_selection_get_clip (bs_workspace_get_selection (self->workspace));
  for (guint i = 0; i < self->shown->facts->len; i++)
    g_assert_cmpint (gtk_selection_model_is_selected (selection, i), ==,
                     g_array_index (self->shown->facts, int, i) == clip);
  if (selected == GTK_INVALID_LIST_POSITION)
    g_assert_cmpuint (bs_clip_list_model_find (self->model, clip), ==, G_MAXUINT);
  else
    g_assert_cmpint (g_array_index (self->shown->facts, int, selected), ==, clip);
}

static void
check_mirrors (Fixture *self)
{
  list_mirror_check (self->mirror);
  list_mirror_check (self->shown);
  g_assert_cmpmem (self->mirror->facts->data, self->mirror->facts->len * sizeof (int),
                   self->shown->facts->data, self->shown->facts->len * sizeof (int));
  check_selection (self);
}

static gboolean
has_opened (gpointer workspace)
{
  return !bs_workspace_is_opening (workspace);
}

static void
open_clips (Fixture *self, const char *name, guint n)
{
  g_autofree char *table = g_strconcat (name, "/train_metadata.csv", NULL);
  g_autofree char *text = many_clips_table (n);
  test_folder_write (self->folder, table, text);
  bs_workspace_open_folder (self->workspace, test_folder_path (self->folder, name));
  bs_test_wait (has_opened, self->workspace, "the corpus");
  g_assert_null (bs_workspace_get_problem (self->workspace));
}

static Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);
  self->folder = test_folder_new ();
  self->workspace = bs_workspace_new ();
  self->haystacks = g_ptr_array_new_with_free_func (g_free);
  self->model = bs_clip_list_model_new (self->workspace);
  self->selection = bs_clip_list_selection_new (self->workspace, self->model);
  self->mirror = list_mirror_new (G_LIST_MODEL (self->model), clip_of);
  self->shown = list_mirror_new (G_LIST_MODEL (self->selection), clip_of);
  return self;
}

static void
fixture_free (Fixture *self)
{
  list_mirror_free (self->shown);
  list_mirror_free (self->mirror);
  g_ptr_array_unref (self->haystacks);
  g_assert_finalize_object (self->selection);
  g_assert_finalize_object (self->model);
  g_object_run_dispose (G_OBJECT (self->workspace));
  g_object_unref (self->workspace);
  test_folder_free (self->folder);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static void
settle (Fixture *self)
{
  bs_clip_list_model_settle (self->model);
}

static gboolean
accepts (Fixture *self, gsize clip)
{
  return bs_clip_selection_accepts (bs_workspace_get_selection (self->workspace), clip,
                                    g_ptr_array_index (self->haystacks, clip));
}

static void
make_haystacks (Fixture *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  g_ptr_array_set_size (self->haystacks, 0);
  for (gsize i = 0; i < bs_metadata_n_clips (metadata); i++)
    g_ptr_array_add (self->haystacks, bs_filter_haystack (metadata, i));
}

/* What is in the list is what the filter accepts, each clip once, in the order that was asked
 * for. */
static void
check_content (Fixture *self, BsClipSort sort, gboolean descending)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  guint n = 0;
  if (self->haystacks->len != bs_metadata_n_clips (metadata))
    make_haystacks (self);
  for (gsize i = 0; i < bs_metadata_n_clips (metadata); i++)
    n += accepts (self, i) != 0;
  g_assert_cmpuint (self->mirror->facts->len, ==, n);
  for (guint i = 0; i < n; i++) {
    int clip = g_array_index (self->mirror->facts, int, i);
    g_assert_true (accepts (self, (gsize) clip));
    if (i == 0)
      continue;
    int before = g_array_index (self->mirror->facts, int, i - 1);
    const BsClip *x = bs_metadata_clip (metadata, (gsize) before);
    const BsClip *y = bs_metadata_clip (metadata, (gsize) clip);
    int sign = sort == BS_CLIP_SORT_NAME    ? strcmp (x->filename, y->filename)
               : sort == BS_CLIP_SORT_ACTOR ? x->actor - y->actor
                                            : before - clip;
    g_assert_cmpint (descending ? -sign : sign, <=, 0);
    g_assert_true (sign != 0 || before < clip);
  }
}

static gboolean
has_index (gpointer data)
{
  Fixture *self = data;
  return self->mirror->items->len > 0;
}

static void
wait_for_index (Fixture *self, guint n_clips)
{
  bs_clip_list_model_set_sort (self->model, BS_CLIP_SORT_NAME, FALSE);
  open_clips (self, "many", n_clips);
  g_assert_cmpuint (self->mirror->items->len, ==, 0);
  bs_test_wait (has_index, self, "the index");
}

static void
random_filter (GRand *random, BsFilter *filter)
{
  static const char *const texts[] = { "a", "a9", "a91", "a910", "ang", "_00", "a017_hap", "no" };
  bs_filter_init (filter);
  if (g_rand_int_range (random, 0, 3) > 0)
    filter->text = g_strdup (texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))]);
  if (g_rand_int_range (random, 0, 3) == 0)
    filter->folds = 1u << g_rand_int_range (random, 1, 6);
  if (g_rand_int_range (random, 0, 4) == 0)
    filter->gender = g_rand_boolean (random) ? 'f' : 'm';
  if (g_rand_int_range (random, 0, 6) == 0)
    filter->actor = g_rand_int_range (random, 0, 1000);
}

static void
check_changes (guint n_clips, int n_changes)
{
  static const BsClipSort sorts[] = { BS_CLIP_SORT_FILE, BS_CLIP_SORT_NAME, BS_CLIP_SORT_ACTOR };
  g_autoptr (Fixture) self = fixture_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  BsClipSort sort = BS_CLIP_SORT_NAME;
  gboolean descending = FALSE;
  wait_for_index (self, n_clips);
  check_content (self, sort, descending);
  for (int i = 0; i < n_changes; i++) {
    if (g_rand_int_range (random, 0, 3) == 0) {
      sort = sorts[g_rand_int_range (random, 0, G_N_ELEMENTS (sorts))];
      descending = g_rand_boolean (random);
      bs_clip_list_model_set_sort (self->model, sort, descending);
    }
    BsFilter filter;
    random_filter (random, &filter);
    bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
    bs_filter_clear (&filter);
    if (i % 4 == 0)
      bs_clip_selection_set_clip (bs_workspace_get_selection (self->workspace),
                                  g_rand_int_range (random, 0, (int) n_clips));
    settle (self);
    check_mirrors (self);
    check_content (self, sort, descending);
  }
  g_assert_cmpuint (self->mirror->n_signals, >, (guint) n_changes / 2);
}

static void
test_of_100000_rows_none_is_another_in_silence (void)
{
  check_changes (N_MANY, N_CHANGES_OF_MANY);
}

static void
test_after_many_changes_none_is_another_in_silence (void)
{
  check_changes (N_SOME, N_CHANGES_OF_SOME);
}

static void
test_another_corpus_has_other_rows_at_once (void)
{
  g_autoptr (Fixture) self = fixture_new ();
  open_clips (self, "a", 20);
  g_assert_cmpuint (self->mirror->items->len, ==, 20);
  g_autoptr (BsClipRow) old = g_object_ref (g_ptr_array_index (self->mirror->items, 3));
  open_clips (self, "b", 20);
  g_assert_cmpuint (self->mirror->items->len, ==, 20);
  g_assert_true (g_ptr_array_index (self->mirror->items, 3) != old);
  g_assert_true (bs_clip_row_get_metadata (g_ptr_array_index (self->mirror->items, 3)) ==
                 bs_workspace_get_metadata (self->workspace));
  g_assert_cmpint (bs_clip_row_get_clip (old), ==, 3);
}

static void
set_actor (Fixture *self, int actor)
{
  BsFilter filter;
  bs_filter_init (&filter);
  filter.actor = actor;
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
}

static void
count_cb (guint *n)
{
  ++*n;
}

static void
test_changes_before_a_frame_are_one_change (void)
{
  g_autoptr (Fixture) self = fixture_new ();
  guint n_orders = 0;
  open_clips (self, "a", N_SOME);
  g_signal_connect_swapped (bs_workspace_get_selection (self->workspace), "notify::order",
                            G_CALLBACK (count_cb), &n_orders);
  self->mirror->n_signals = 0;
  set_actor (self, 1);
  set_actor (self, 2);
  bs_clip_list_model_set_sort (self->model, BS_CLIP_SORT_FILE, TRUE);
  g_assert_cmpuint (self->mirror->n_signals, ==, 0);
  g_assert_cmpuint (self->mirror->items->len, ==, N_SOME);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (self->mirror->n_signals, ==, 1);
  g_assert_cmpuint (n_orders, ==, 1);
  check_content (self, BS_CLIP_SORT_FILE, TRUE);
  set_actor (self, 2);
  set_actor (self, 1);
  set_actor (self, 2);
  settle (self);
  g_assert_cmpuint (self->mirror->n_signals, ==, 1);
}

static void
test_only_what_is_another_is_told (void)
{
  g_autoptr (Fixture) self = fixture_new ();
  open_clips (self, "a", N_SOME);
  BsFilter filter;
  bs_filter_init (&filter);
  g_autoptr (GHashTable) clips = g_hash_table_new (NULL, NULL);
  for (int i = 0; i < N_SOME; i++)
    if (i < 700 || i >= 705)
      g_hash_table_add (clips, GINT_TO_POINTER (i));
  filter.clips = clips;
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
  settle (self);
  g_assert_cmpuint (self->mirror->removed, ==, 5);
  g_assert_cmpuint (self->mirror->added, ==, 0);
  g_assert_cmpuint (bs_clip_list_model_find (self->model, 702), ==, G_MAXUINT);
  g_assert_cmpuint (bs_clip_list_model_find (self->model, 705), ==, 700);
  filter.clips = NULL;
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
  settle (self);
  g_assert_cmpuint (self->mirror->removed, ==, 0);
  g_assert_cmpuint (self->mirror->added, ==, 5);
  g_assert_cmpuint (bs_clip_list_model_find (self->model, 702), ==, 702);
}

static gboolean
has_run (gpointer workspace)
{
  return bs_workspace_get_run (workspace) != NULL;
}

static void
import_predictions (Fixture *self)
{
  BsMetadata *metadata = bs_workspace_get_metadata (self->workspace);
  g_autoptr (GString) text = g_string_new ("filename,ang,disg,fea,hap,sad,neu\n");
  for (gsize i = 0; i < bs_metadata_n_clips (metadata); i++)
    g_string_append_printf (text, "%s,0.%03d,0,0,0.%03d,0,0.2\n",
                            bs_metadata_clip (metadata, i)->filename, (int) (i * 37 % 800),
                            800 - (int) (i * 37 % 800));
  bs_run_library_import (bs_workspace_get_library (self->workspace),
                         test_folder_write (self->folder, "p.csv", text->str));
  bs_test_wait (has_run, self->workspace, "the run");
}

/* As while a slider is dragged: the thresholds decide what is in the list, and where. */
static void
test_decisions_move_rows_and_tell (void)
{
  g_autoptr (Fixture) self = fixture_new ();
  open_clips (self, "a", N_SOME);
  import_predictions (self);
  BsFilter filter;
  bs_filter_init (&filter);
  filter.outcome = BS_OUTCOME_WRONG;
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
  guint n_before = self->mirror->n_signals;
  for (int sort = BS_CLIP_SORT_DECISION; sort < BS_N_CLIP_SORTS; sort++) {
    bs_clip_list_model_set_sort (self->model, (BsClipSort) sort, sort % 2);
    for (int i = 1; i < 10; i++) {
      bs_threshold_state_set_pair (bs_workspace_get_thresholds (self->workspace),
                                   (BsThresholdPair){ i * .04, .35 - i * .03 });
      settle (self);
      check_mirrors (self);
    }
  }
  g_assert_cmpuint (self->mirror->n_signals, >, n_before + 20);
}

/* The index is made meanwhile: neither waits for it on the main loop, both get it. */
static void
test_searching_and_sorting_at_once_after_opening (void)
{
  g_autoptr (Fixture) self = fixture_new ();
  wait_for_index (self, N_SOME);
  check_content (self, BS_CLIP_SORT_NAME, FALSE);
  BsFilter filter;
  bs_filter_init (&filter);
  filter.text = (char *) "a001_";
  open_clips (self, "b", N_SOME);
  bs_clip_selection_set_filter (bs_workspace_get_selection (self->workspace), &filter);
  settle (self);
  g_assert_cmpuint (self->mirror->items->len, ==, 0);
  bs_test_wait (has_index, self, "the index of the second corpus");
  check_content (self, BS_CLIP_SORT_NAME, FALSE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clip-list-selection/of 100,000 rows none is another in silence",
                   test_of_100000_rows_none_is_another_in_silence);
  g_test_add_func ("/clip-list-selection/after many changes none is another in silence",
                   test_after_many_changes_none_is_another_in_silence);
  g_test_add_func ("/clip-list-selection/another corpus has other rows at once",
                   test_another_corpus_has_other_rows_at_once);
  g_test_add_func ("/clip-list-selection/changes before a frame are one change",
                   test_changes_before_a_frame_are_one_change);
  g_test_add_func ("/clip-list-selection/only what is another is told",
                   test_only_what_is_another_is_told);
  g_test_add_func ("/clip-list-selection/decisions move rows and tell",
                   test_decisions_move_rows_and_tell);
  g_test_add_func ("/clip-list-selection/searching and sorting at once after opening",
                   test_searching_and_sorting_at_once_after_opening);
  return g_test_run ();
}
