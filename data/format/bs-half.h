/* SPDX-License-Identifier: MIT */
/* IEEE 754 half precision, the float16 of features on disk. By hand, since neither compiler's
 * _Float16 can be had on every x86-64. */
#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

G_BEGIN_DECLS

static inline float
bs_half_to_float (guint16 half)
{
  guint32 sign = (guint32) (half & 0x8000) << 16, exponent = (half >> 10) & 0x1f;
  guint32 fraction = half & 0x3ff;
  if (exponent == 0) {
    float value = (float) fraction * 0x1p-24f;
    return sign != 0 ? -value : value;
  }
  /* 112 moves the exponent's bias from 15 to 127; infinities and NaN keep all ones. */
  guint32 bits = sign | (exponent == 31 ? 0xff : exponent + 112) << 23 | fraction << 13;
  float value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

/* To the nearest, ties to the even one, as NumPy and the hardware do. */
static inline guint16
bs_half_from_float (float value)
{
  guint32 bits;
  memcpy (&bits, &value, sizeof bits);
  guint32 sign = (bits >> 16) & 0x8000, size = bits & 0x7fffffff;
  if (size > 0x7f800000)
    return (guint16) (sign | 0x7e00 | ((size >> 13) & 0x3ff));
  if (size >= 0x477ff000) /* 65520, halfway between the largest half and 2^16 */
    return (guint16) (sign | 0x7c00);
  if (size < 0x38800000) /* 2^-14: below it, halves are whole multiples of 2^-24 */
    return (guint16) (sign | (guint32) rintf (fabsf (value) * 0x1p24f));
  size += 0xfff + ((size >> 13) & 1);
  return (guint16) (sign | (size - 0x38000000) >> 13);
}

G_END_DECLS
