/* SPDX-License-Identifier: MIT */
/* The Runs view in a window on a made corpus, and the parts of its form. */
#pragma once

#include "tests/support/bs-made-corpus.h"
#include "tests/support/bs-test-widgets.h"
#include "ui/runs/bs-option-row.h"
#include "ui/runs/bs-runs-view.h"

typedef struct {
  TestFolder *folder;
  BsWorkspace *workspace;
  GtkWidget *window;
  GtkWidget *box; /* of the window, for further views */
  BsRunsView *runs;
} BsTestTraining;

extern BsTestTraining bs_test_training;

void bs_test_training_begin (void);
void bs_test_training_show (void);
void bs_test_training_end (void);

gpointer bs_test_form (void);
GtkWidget *bs_test_train_button (void);
BsOptionRow *bs_test_option (const char *key);
void bs_test_type (const char *key, const char *value);
void bs_test_choose_model (const char *name);
void bs_test_choose_encoders (guint which);
gboolean bs_test_is_idle (void);
gboolean bs_test_is_training (void);
