/* The scanner of npm dotenv 16 and newer, which its overlays share. */
#ifndef ARILINT_READER_DOTENV_H
#define ARILINT_READER_DOTENV_H

#include "reader/env.h"

/* Scans as the regular expression LINE of dotenv 16.6.1, lib/main.js. */
void dotenv_scan(struct env_scan *scan);

#endif
