/* SPDX-License-Identifier: MIT */
/* Log-mel energies of the sound: what an ear's filters give out every 20 ms. */
#include "data/demo/features/bs-demo-mel.h"

#include <gst/fft/gstfftf32.h>
#include <math.h>

#include "data/demo/voice/bs-demo-voice.h"

#define FFT_SIZE 512
#define N_BINS (FFT_SIZE / 2 + 1)
#define LOWEST_HZ 60.0
#define HIGHEST_HZ 7600.0
#define FLOOR 1e-8f

typedef struct {
  float window[BS_DEMO_MEL_WINDOW];
  float weight[N_BINS]; /* of the upper of the two bands that a bin belongs to */
  int band[N_BINS]; /* the upper band; -1 below the lowest and above the highest */
} Filters;

static double
to_mel (double hz)
{
  return 2595 * log10 (1 + hz / 700); /* O'Shaughnessy 1987, as HTK has it */
}

static const Filters *
filters (void)
{
  static Filters made;
  static gsize ready = 0;
  if (g_once_init_enter (&ready)) {
    for (int i = 0; i < BS_DEMO_MEL_WINDOW; i++)
      made.window[i] = (float) (0.5 - 0.5 * cos (2 * G_PI * (i + 0.5) / BS_DEMO_MEL_WINDOW));
    double low = to_mel (LOWEST_HZ), step = (to_mel (HIGHEST_HZ) - low) / (BS_DEMO_MEL_BANDS + 1);
    for (int i = 0; i < N_BINS; i++) {
      double at = (to_mel ((double) i * BS_DEMO_SAMPLE_RATE / FFT_SIZE) - low) / step;
      made.band[i] = at <= 0 || at >= BS_DEMO_MEL_BANDS + 1 ? -1 : (int) at;
      made.weight[i] = (float) (at - floor (at));
    }
    g_once_init_leave (&ready, 1);
  }
  return &made;
}

static void
fold_bands (const Filters *f, const GstFFTF32Complex *bins, float *bands)
{
  for (int b = 0; b < BS_DEMO_MEL_BANDS; b++)
    bands[b] = 0;
  for (int i = 0; i < N_BINS; i++) {
    int band = f->band[i];
    if (band < 0)
      continue;
    float power = bins[i].r * bins[i].r + bins[i].i * bins[i].i;
    if (band < BS_DEMO_MEL_BANDS)
      bands[band] += f->weight[i] * power;
    if (band > 0)
      bands[band - 1] += (1 - f->weight[i]) * power;
  }
  for (int b = 0; b < BS_DEMO_MEL_BANDS; b++)
    bands[b] = logf (bands[b] + FLOOR);
}

/**
 * bs_demo_mel_new:
 * @samples: (array length=n_samples): sound at 16,000 samples a second
 * @n_samples: at least 400
 *
 * Windows of 25 ms every 20 ms, 64 triangular bands from 60 to 7,600 Hz, natural logarithm of
 * the energy; full scale of the samples is 1.
 *
 * Returns: (transfer full): windows x 64
 */
BsMatrix *
bs_demo_mel_new (const gint16 *samples, gsize n_samples)
{
  g_return_val_if_fail (n_samples >= BS_DEMO_MEL_WINDOW, NULL);
  const Filters *f = filters ();
  gsize n = (n_samples - BS_DEMO_MEL_WINDOW) / BS_DEMO_MEL_HOP + 1;
  BsMatrix *mel = bs_matrix_new (n, BS_DEMO_MEL_BANDS);
  GstFFTF32 *fft = gst_fft_f32_new (FFT_SIZE, FALSE);
  float frame[FFT_SIZE] = { 0 };
  GstFFTF32Complex bins[N_BINS];
  for (gsize t = 0; t < n; t++) {
    const gint16 *from = samples + t * BS_DEMO_MEL_HOP;
    for (int i = 0; i < BS_DEMO_MEL_WINDOW; i++)
      frame[i] = f->window[i] * (float) from[i] * (1 / 32768.0f);
    gst_fft_f32_fft (fft, frame, bins);
    fold_bands (f, bins, bs_matrix_row (mel, t));
  }
  gst_fft_f32_free (fft);
  return mel;
}
