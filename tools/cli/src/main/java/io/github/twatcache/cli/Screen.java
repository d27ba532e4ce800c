package io.github.twatcache.cli;

import java.io.PrintWriter;

/**
 * Where a command writes.
 *
 * @param out what was asked for, and nothing else
 * @param err errors, remarks, progress
 * @param terminal what may be shown there
 */
record Screen(PrintWriter out, PrintWriter err, Terminal terminal) {}
