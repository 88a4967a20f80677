/* SPDX-License-Identifier: MIT */
/* The exponential within loops that are to be vectorised, which a call of the C library's is
 * not. */
#pragma once

#include <math.h>
#include <string.h>

#include "model/numeric/bs-real.h"

G_BEGIN_DECLS

/**
 * bs_exp:
 * @x: a number
 *
 * e^x to about one unit in the last place of float32 within +-87, where it is clamped: 2^n times
 * a polynomial in the rest (Cephes, expf.c). What is not a number stays so.
 *
 * Returns: e^x
 */
static inline BsReal
bs_exp (BsReal x)
{
#ifdef BS_REAL_DOUBLE
  return exp (x);
#else
  const float shift = 12582912.0f; /* 1.5 * 2^23: the sum's last bits are the integer */
  x = x < -87.0f ? -87.0f : x;
  x = x > 87.0f ? 87.0f : x;
  float shifted = x * 1.44269504088896341f + shift;
  float n = shifted - shift;
  float r = x - n * 0.693359375f + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  guint32 bits;
  memcpy (&bits, &shifted, sizeof bits);
  bits = (bits << 23) + 0x3f800000u;
  float power;
  memcpy (&power, &bits, sizeof power);
  return p * power;
#endif
}

static inline BsReal
bs_sigmoid (BsReal x)
{
  return 1 / (1 + bs_exp (-x));
}

static inline BsReal
bs_tanh (BsReal x)
{
#ifdef BS_REAL_DOUBLE
  return tanh (x);
#else
  return 2 * bs_sigmoid (2 * x) - 1;
#endif
}

G_END_DECLS
