/* SPDX-License-Identifier: MIT */
/* Whether this is a build for AddressSanitizer, which is slower and maps terabytes of addresses. */
#pragma once

#ifndef __has_feature
#define __has_feature(name) 0
#endif

#if defined __SANITIZE_ADDRESS__ || __has_feature(address_sanitizer)
#define BS_TEST_ADDRESS_SANITIZER 1
#else
#define BS_TEST_ADDRESS_SANITIZER 0
#endif
