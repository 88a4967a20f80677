/* SPDX-License-Identifier: MIT */
/* A fold's training on disk, to go on with the same bits. The numbers are written as they lie in
 * memory: a checkpoint is for the machine that wrote it, since another's arithmetic would not
 * give the same bits anyway. The file: a head, the rows of the history, the network's values, its
 * moments, the best values, and a sum over all before it. */
#include "model/training/bs-checkpoint.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data/format/bs-file.h"

#define MAGIC "BSCHKPT1"
#define MAX_EPOCHS 10000000 /* what a damaged number of rows must not exceed */

/* Eight-byte fields alone, so that there are no gaps with whatever lay in memory. */
typedef struct {
  char magic[8];
  guint64 n_bytes; /* of the file */
  char hash[72];
  char features[72];
  gint64 fold;
  gint64 n_threads;
  gint64 stage;
  gint64 epoch;
  gint64 is_open;
  guint64 n_samples;
  guint64 n_batches;
  double loss[4];
  guint64 n_steps;
  guint64 at_start[6];
  guint64 random[6];
  gint64 best_epoch;
  double best[4]; /* score, alpha, beta, cut */
  guint64 n_rows;
  guint64 n_values;
  guint64 has_moments;
  guint64 has_best;
} Head;

G_STATIC_ASSERT (sizeof (Head) == 8 * (2 + 9 + 9 + 5 + 2 + 4 + 1 + 12 + 1 + 4 + 4));
G_STATIC_ASSERT (sizeof (BsEpoch) == 2 * sizeof (int) + 10 * sizeof (double));

static void
put_random (guint64 out[6], const BsRandom *random)
{
  memcpy (out, random->state, sizeof random->state);
  memcpy (&out[4], &random->spare, sizeof random->spare);
  out[5] = random->has_spare != FALSE;
}

static void
take_random (BsRandom *random, const guint64 in[6])
{
  memcpy (random->state, in, sizeof random->state);
  memcpy (&random->spare, &in[4], sizeof random->spare);
  random->has_spare = in[5] != 0;
}

static gsize
n_arrays (const Head *head)
{
  return 1 + (head->has_moments ? 2 : 0) + (head->has_best ? 1 : 0);
}

static guint64
size_of (const Head *head)
{
  return sizeof (Head) + head->n_rows * sizeof (BsEpoch) +
         n_arrays (head) * head->n_values * sizeof (BsReal) + sizeof (guint64);
}

static void
fill_head (Head *head, const BsCheckpoint *from)
{
  const BsTrainerState *trainer = &from->trainer;
  const BsLossTerms *loss = &trainer->loss;
  *head = (Head){
    .fold = from->origin.fold,
    .n_threads = from->origin.n_threads,
    .stage = from->stage,
    .epoch = trainer->epoch,
    .is_open = trainer->is_open,
    .n_samples = trainer->n_samples,
    .n_batches = trainer->n_batches,
    .loss = { loss->total, loss->kl, loss->bce, loss->rank },
    .n_steps = trainer->n_steps,
    .best_epoch = from->best_epoch,
    .best = { from->best_score, from->best_pair.alpha, from->best_pair.beta, from->best_cut },
    .n_rows = from->n_rows,
    .n_values = trainer->n_values,
    .has_moments = trainer->first != NULL,
    .has_best = from->best_values != NULL,
  };
  memcpy (head->magic, MAGIC, sizeof head->magic);
  g_strlcpy (head->hash, from->origin.hash, sizeof head->hash);
  g_strlcpy (head->features, trainer->features, sizeof head->features);
  put_random (head->at_start, &trainer->at_start);
  put_random (head->random, &trainer->random);
  head->n_bytes = size_of (head);
}

static gboolean
add (BsFileWriter *writer, guint32 *sum, const void *data, gsize n_bytes, GError **error)
{
  if (data == NULL)
    return TRUE;
  *sum = bs_file_sum (*sum, data, n_bytes);
  return bs_file_writer_add (writer, data, n_bytes, error);
}

/**
 * bs_checkpoint_save:
 * @self: a checkpoint
 * @path: the file to be; its folder is made where it is lacking
 * @error: return location
 *
 * Replaces what is there, whole or not at all. Blocks; any thread.
 *
 * Returns: whether it is there
 */
gboolean
bs_checkpoint_save (const BsCheckpoint *self, const char *path, GError **error)
{
  const BsTrainerState *trainer = &self->trainer;
  gsize n_bytes = trainer->n_values * sizeof (BsReal);
  g_autofree char *folder = g_path_get_dirname (path);
  Head head;
  guint32 sum = 0;
  fill_head (&head, self);
  if (!bs_file_make_folder (folder, error))
    return FALSE;
  g_autoptr (BsFileWriter) writer = bs_file_writer_new (path, error);
  if (writer == NULL || !add (writer, &sum, &head, sizeof head, error) ||
      !add (writer, &sum, self->rows, self->n_rows * sizeof (BsEpoch), error) ||
      !add (writer, &sum, trainer->values, n_bytes, error) ||
      !add (writer, &sum, trainer->first, n_bytes, error) ||
      !add (writer, &sum, trainer->second, n_bytes, error) ||
      !add (writer, &sum, self->best_values, n_bytes, error))
    return FALSE;
  guint64 last = sum;
  return bs_file_writer_add (writer, &last, sizeof last, error) &&
         bs_file_writer_commit (writer, error);
}

static gboolean
is_text (const char *field, gsize size)
{
  return memchr (field, '\0', size) != NULL;
}

/* A source of chance whose state is nought throughout would give nothing else. */
static gboolean
is_random (const guint64 field[6])
{
  return (field[0] | field[1] | field[2] | field[3]) != 0 && field[5] <= 1;
}

static gboolean
is_share (double value)
{
  return isnan (value) || (value >= 0 && value <= 1);
}

/* The sum says that the file is as it was written, not that every number in it is possible. */
static gboolean
is_in_range (const Head *head)
{
  return is_text (head->hash, sizeof head->hash) &&
         is_text (head->features, sizeof head->features) &&
         (head->fold == BS_FOLD_ALL_CLIPS || (head->fold >= 0 && head->fold < BS_MAX_FOLDS)) &&
         head->n_threads >= 0 && head->n_threads <= G_MAXINT && head->stage >= 0 &&
         head->stage <= BS_STAGE_DONE && head->epoch >= 0 && head->epoch <= MAX_EPOCHS &&
         (head->is_open == 0 || head->is_open == 1) && head->best_epoch >= 0 &&
         head->best_epoch <= MAX_EPOCHS && head->n_batches <= head->n_samples &&
         is_random (head->at_start) && is_random (head->random) && is_share (head->best[1]) &&
         is_share (head->best[2]) && head->has_moments <= 1 && head->has_best <= 1;
}

/* Whether the bytes are a checkpoint that was written whole. */
static gboolean
is_whole (const guint8 *data, gsize n_bytes)
{
  const Head *head = (const Head *) data;
  guint64 sum = 0;
  if (n_bytes < sizeof (Head) + sizeof sum || memcmp (head->magic, MAGIC, 8) != 0 ||
      head->n_bytes != n_bytes || head->n_rows > MAX_EPOCHS || head->n_values > n_bytes ||
      size_of (head) != n_bytes || !is_in_range (head))
    return FALSE;
  memcpy (&sum, data + n_bytes - sizeof sum, sizeof sum);
  return bs_file_sum (0, data, n_bytes - sizeof sum) == sum;
}

static BsCheckpoint *
unpack (GBytes *bytes, const char *path)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  const Head *head = (const Head *) data;
  BsCheckpoint *self = g_new0 (BsCheckpoint, 1);
  BsTrainerState *trainer = &self->trainer;
  self->bytes = g_bytes_ref (bytes);
  self->path = g_strdup (path);
  g_strlcpy (self->origin.hash, head->hash, sizeof self->origin.hash);
  self->origin.fold = (int) head->fold;
  self->origin.n_threads = (int) head->n_threads;
  self->stage = (BsStage) head->stage;
  self->best_epoch = (int) head->best_epoch;
  self->best_score = head->best[0];
  self->best_pair = (BsThresholdPair){ head->best[1], head->best[2] };
  self->best_cut = head->best[3];
  self->n_rows = head->n_rows;
  self->rows = (const BsEpoch *) (data + sizeof (Head));
  trainer->epoch = (int) head->epoch;
  trainer->is_open = head->is_open != 0;
  trainer->n_samples = head->n_samples;
  trainer->n_batches = head->n_batches;
  trainer->loss = (BsLossTerms){ head->loss[0], head->loss[1], head->loss[2], head->loss[3] };
  trainer->n_steps = head->n_steps;
  take_random (&trainer->at_start, head->at_start);
  take_random (&trainer->random, head->random);
  g_strlcpy (trainer->features, head->features, sizeof trainer->features);
  trainer->n_values = head->n_values;
  trainer->values = (const BsReal *) (self->rows + self->n_rows);
  const BsReal *next = trainer->values + trainer->n_values;
  if (head->has_moments) {
    trainer->first = next;
    trainer->second = next + trainer->n_values;
    next += 2 * trainer->n_values;
  }
  if (head->has_best)
    self->best_values = next;
  return self;
}

static BsCheckpoint *
load (const char *path, GError **error)
{
  gsize n_bytes = 0;
  g_autoptr (GBytes) bytes = bs_file_read_bytes (path, error);
  if (bytes == NULL)
    return NULL;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);
  if (is_whole (data, n_bytes))
    return unpack (bytes, path);
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, BS_ERROR, BS_ERROR_SYNTAX,
               _ ("%s: is no checkpoint, or was cut off or damaged; without it the fold is trained "
                  "from its start"),
               name);
  return NULL;
}

static gboolean
check_origin (const BsCheckpoint *self, const BsCheckpointOrigin *origin, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->path);
  if (strcmp (self->origin.hash, origin->hash) != 0 || self->origin.fold != origin->fold)
    g_set_error (error, BS_ERROR, BS_ERROR_VALUE,
                 _ ("%s: is of a training with other settings, another seed or other metadata, and "
                    "is not continued"),
                 name);
  else if (origin->n_threads != 0 && origin->n_threads != self->origin.n_threads)
    g_set_error (
      error, BS_ERROR, BS_ERROR_VALUE,
      _ ("%s: was trained with %d threads, and is continued with %d only where any number "
         "of threads is allowed"),
      name, self->origin.n_threads, origin->n_threads);
  else
    return TRUE;
  return FALSE;
}

/**
 * bs_checkpoint_load:
 * @path: a checkpoint
 * @origin: what it must be of
 * @error: %BS_ERROR_SYNTAX where the file is damaged, %BS_ERROR_VALUE where it is of another
 *   training, fold or number of threads, and the reader's
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the checkpoint
 */
BsCheckpoint *
bs_checkpoint_load (const char *path, const BsCheckpointOrigin *origin, GError **error)
{
  g_autoptr (BsCheckpoint) self = load (path, error);
  return self != NULL && check_origin (self, origin, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * bs_checkpoint_peek:
 * @path: a file
 *
 * To say how far a training came. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the checkpoint, of whatever it is; %NULL where it is none
 */
BsCheckpoint *
bs_checkpoint_peek (const char *path)
{
  return load (path, NULL);
}

/**
 * bs_checkpoint_restore:
 * @self: a checkpoint
 * @trainer: a trainer before its first epoch, made as the one that was saved
 * @error: %BS_ERROR_VALUE where the checkpoint is of other features
 *
 * Returns: whether @trainer is where the saved one was
 */
gboolean
bs_checkpoint_restore (const BsCheckpoint *self, BsTrainer *trainer, GError **error)
{
  if (bs_trainer_set_state (trainer, &self->trainer, error))
    return TRUE;
  g_prefix_error (error, "%s: ", self->path);
  return FALSE;
}

/**
 * bs_checkpoint_free:
 * @self: (transfer full): a checkpoint that was loaded
 */
void
bs_checkpoint_free (BsCheckpoint *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->path);
  g_free (self);
}
