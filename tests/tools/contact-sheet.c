/* SPDX-License-Identifier: MIT */
/* Shows what the demo's actors can do: contact-sheet OUT.png [--seed N] [--blind KEY.txt].
 *
 * Without --blind, docs/contact-sheet.png: every emotion at its strongest by three actors, then one
 * pair at its three ratios. With it, thirty strips of strong singles in random order under numbers
 * alone, and what they are in KEY.txt: whoever has not seen it writes down thirty names, and 24
 * should be right. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/demo/bs-demo-private.h"
#include "data/demo/face/bs-demo-face.h"

#define PICTURE_WIDTH 640
#define PICTURE_HEIGHT 360
#define CROP_WIDTH 250 /* of the picture, around the face */
#define CROP_HEIGHT 300
#define SCALE 0.56
#define N_FRAMES 4
#define GAP 10
#define MARGIN 92 /* for the names on the left */
#define HEADER 26
#define N_ACTORS 3
#define N_BLIND 30
#define BLIND_COLUMNS 3

#define STRIP_WIDTH (N_FRAMES * CROP_WIDTH * SCALE + GAP)
#define STRIP_HEIGHT (CROP_HEIGHT * SCALE + GAP)

static const char *const names[] = {
  "anger", "disgust", "fear", "happiness", "sadness", "neutral"
};

static const BsClip *
find_single (const BsDemo *demo, int actor, int emotion)
{
  for (gsize i = 0; i < demo->plan->n_clips; i++) {
    const BsClip *c = &demo->plan->clips[i];
    gboolean strong = emotion == BS_EMOTION_NEU ? c->situation == 1 : c->intensity == 4;
    if (c->actor == actor && !bs_label_is_blend (c->label) && c->label.first == emotion && strong)
      return c;
  }
  return NULL;
}

static const BsClip *
find_blend (const BsDemo *demo, int actor, BsLabel label)
{
  for (gsize i = 0; i < demo->plan->n_clips; i++)
    if (demo->plan->clips[i].actor == actor && bs_label_equal (demo->plan->clips[i].label, label))
      return &demo->plan->clips[i];
  return NULL;
}

static void
draw_strip (const BsDemo *demo, const BsClip *clip, cairo_t *cr, double x, double y)
{
  const BsDemoLook *look = &demo->cast[clip->actor].look;
  g_autoptr (BsDemoScore) score = bs_demo_make_score (demo, clip);
  for (int i = 0; i < N_FRAMES; i++) {
    gsize frame = (gsize) (score->n_frames * (0.22 + 0.19 * i));
    cairo_save (cr);
    cairo_translate (cr, x + i * CROP_WIDTH * SCALE, y);
    cairo_rectangle (cr, 0, 0, CROP_WIDTH * SCALE - 2, CROP_HEIGHT * SCALE);
    cairo_clip (cr);
    cairo_scale (cr, SCALE, SCALE);
    cairo_translate (cr, -(PICTURE_WIDTH - CROP_WIDTH) / 2.0, -14);
    bs_demo_face_draw_backdrop (look, cr, PICTURE_WIDTH, PICTURE_HEIGHT);
    bs_demo_face_draw (look, &score->frames[frame], cr, PICTURE_WIDTH, PICTURE_HEIGHT);
    cairo_restore (cr);
  }
}

static void
write_text (cairo_t *cr, double x, double y, const char *text)
{
  cairo_set_source_rgb (cr, 0.12, 0.12, 0.14);
  cairo_set_font_size (cr, 14);
  cairo_move_to (cr, x, y);
  cairo_show_text (cr, text);
}

static cairo_t *
start_sheet (int columns, int rows, int margin)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (margin + columns * STRIP_WIDTH),
                                (int) (2 * HEADER + rows * STRIP_HEIGHT));
  cairo_t *cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  cairo_set_source_rgb (cr, 0.97, 0.97, 0.96);
  cairo_paint (cr);
  return cr;
}

static void
draw_cast (const BsDemo *demo, cairo_t *cr)
{
  for (int a = 0; a < N_ACTORS; a++) {
    write_text (cr, MARGIN + a * STRIP_WIDTH, 18, demo->plan->actors[a]);
    for (int e = 0; e < BS_N_EMOTIONS; e++)
      draw_strip (demo, find_single (demo, a, e), cr, MARGIN + a * STRIP_WIDTH,
                  HEADER + e * STRIP_HEIGHT);
  }
  for (int e = 0; e < BS_N_EMOTIONS; e++)
    write_text (cr, 8, HEADER + (e + 0.5) * STRIP_HEIGHT, names[e]);
}

static void
draw_ratios (const BsDemo *demo, cairo_t *cr)
{
  double y = HEADER + BS_N_EMOTIONS * STRIP_HEIGHT;
  write_text (cr, 8, y + 0.42 * STRIP_HEIGHT, "happiness");
  write_text (cr, 8, y + 0.55 * STRIP_HEIGHT, "and disgust");
  for (int r = 0; r < 3; r++) {
    int percent = 70 - 20 * r;
    double x = MARGIN + r * STRIP_WIDTH;
    g_autofree char *text =
      g_strdup_printf ("%d/%d (%s)", percent, 100 - percent, demo->plan->actors[1]);
    draw_strip (demo,
                find_blend (demo, 1, bs_label_blend (BS_EMOTION_HAP, BS_EMOTION_DISG, percent)), cr,
                x, y + HEADER);
    write_text (cr, x, y + 18, text);
  }
}

static gboolean
save (cairo_t *cr, const char *path)
{
  cairo_status_t status = cairo_surface_write_to_png (cairo_get_target (cr), path);
  if (status != CAIRO_STATUS_SUCCESS)
    g_printerr ("%s: cannot be written: %s\n", path, cairo_status_to_string (status));
  cairo_destroy (cr);
  return status == CAIRO_STATUS_SUCCESS;
}

static gboolean
make_blind (const BsDemo *demo, guint64 seed, const char *path, const char *key_path)
{
  g_autoptr (GString) key = g_string_new (NULL);
  cairo_t *cr = start_sheet (BLIND_COLUMNS, N_BLIND / BLIND_COLUMNS, 0);
  BsRandom random;
  bs_random_init_named (&random, seed, "blind");
  for (int i = 0; i < N_BLIND; i++) {
    int actor = (int) bs_random_below (&random, (guint32) demo->plan->n_actors);
    int emotion = (int) bs_random_below (&random, BS_N_EMOTIONS);
    double x = i % BLIND_COLUMNS * STRIP_WIDTH, y = HEADER + i / BLIND_COLUMNS * STRIP_HEIGHT;
    draw_strip (demo, find_single (demo, actor, emotion), cr, x, y);
    g_autofree char *number = g_strdup_printf ("%d", i + 1);
    cairo_rectangle (cr, x, y, 24, 18);
    cairo_set_source_rgb (cr, 1, 1, 1);
    cairo_fill (cr);
    write_text (cr, x + 3, y + 14, number);
    g_string_append_printf (key, "%d %s %s\n", i + 1, names[emotion], demo->plan->actors[actor]);
  }
  return g_file_set_contents (key_path, key->str, -1, NULL) && save (cr, path);
}

int
main (int argc, char **argv)
{
  gint64 seed = 1;
  g_autofree char *key = NULL;
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the demo corpus", "N" },
    { "blind", 0, 0, G_OPTION_ARG_FILENAME, &key, "strips without names, their names in this file",
      "KEY.txt" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("OUT.png");
  g_option_context_add_main_entries (context, entries, NULL);
  g_autoptr (GError) error = NULL;
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2) {
    g_printerr ("%s\n", error != NULL ? error->message : "one word is needed: OUT.png");
    return 2;
  }
  g_autoptr (BsDemo) demo = bs_demo_new (BS_DEMO_SMALL, (guint64) seed);
  if (key != NULL)
    return make_blind (demo, (guint64) seed, argv[1], key) ? 0 : 1;
  cairo_t *cr = start_sheet (N_ACTORS, BS_N_EMOTIONS + 1, MARGIN);
  draw_cast (demo, cr);
  draw_ratios (demo, cr);
  return save (cr, argv[1]) ? 0 : 1;
}
