/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/support/bs-test-clip.h"
#include "tests/support/bs-test-folder.h"
#include "tests/support/bs-test-wait.h"
#include "ui/stage/bs-stage.h"

G_BEGIN_DECLS

/**
 * BsTestStage:
 * @folder: a corpus of five clips: two with numbered frames, one whose file is missing, one whose
 *   file is no video, one with sound alone
 * @workspace: with that corpus open
 * @window: on the screen
 * @box: all of @window; room for what a test wants to add
 * @stage: in @box
 *
 * A stage in a window, with something to show.
 */
typedef struct {
  TestFolder *folder;
  BsWorkspace *workspace;
  GtkWindow *window;
  GtkWidget *box;
  BsStage *stage;
} BsTestStage;

enum {
  TEST_CLIP_A,
  TEST_CLIP_B,
  TEST_CLIP_MISSING,
  TEST_CLIP_UNREADABLE,
  TEST_CLIP_SOUND,
  N_TEST_CLIPS,
};

#define TEST_FRAMES 50
#define TEST_ID_A 7
#define TEST_ID_B 8

void bs_test_init (int *argc, char ***argv);

BsTestStage *bs_test_stage_new (void);
void bs_test_stage_free (BsTestStage *self);
void bs_test_stage_stand (BsTestStage *self);
void bs_test_stage_choose (BsTestStage *self, int clip);
void bs_test_stage_wait_for_note (BsTestStage *self, BsVideoNote note);
void bs_test_stage_wait_for_frame (BsTestStage *self, int index);
void bs_test_stage_wait_past (BsTestStage *self, int index);
void bs_test_stage_activate (BsTestStage *self, const char *action);
void bs_test_stage_add_run (BsTestStage *self);
void bs_test_stage_add_features (BsTestStage *self, int mute);
int bs_test_stage_number (BsTestStage *self, int id);

void bs_test_xdotool (const char *const *argv);
void bs_test_press_key (const char *key);
void bs_test_take_keyboard (GtkWindow *window);
void bs_test_stage_take_keyboard (BsTestStage *self);
void bs_test_stage_drag (BsTestStage *self, GtkWidget *widget, const double from[2],
                         const double to[2]);
GtkWidget *bs_test_find_text (GtkWidget *root, const char *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BsTestStage, bs_test_stage_free)

G_END_DECLS
