/* SPDX-License-Identifier: MIT */
/* The few loops that stream over millions of numbers, compiled for the baseline and again for
 * wider registers, and chosen when called. The loops themselves are plain C. */
#pragma once

#include <glib.h>

#define BS_SIMD_BODY static inline __attribute__ ((always_inline)) void

/**
 * BS_SIMD_CLONES:
 * @name: the function to define
 * @params: its parameters in parentheses
 * @args: their names in parentheses
 *
 * Defines @name from <name>_body, a BS_SIMD_BODY defined before.
 */
#if defined(__x86_64__)
#define BS_SIMD_CLONES(name, params, args)                                               \
  __attribute__ ((                                                                       \
    target ("avx512f,avx512vl,avx512dq,avx512bw,fma"))) static void name##_avx512 params \
  {                                                                                      \
    name##_body args;                                                                    \
  }                                                                                      \
  __attribute__ ((target ("avx2,fma"))) static void name##_avx2 params                   \
  {                                                                                      \
    name##_body args;                                                                    \
  }                                                                                      \
  static void name params                                                                \
  {                                                                                      \
    if (__builtin_cpu_supports ("avx512dq") && __builtin_cpu_supports ("avx512vl") &&    \
        __builtin_cpu_supports ("avx512bw"))                                             \
      name##_avx512 args;                                                                \
    else if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))          \
      name##_avx2 args;                                                                  \
    else                                                                                 \
      name##_body args;                                                                  \
  }
#else
#define BS_SIMD_CLONES(name, params, args) \
  static void name params                  \
  {                                        \
    name##_body args;                      \
  }
#endif
