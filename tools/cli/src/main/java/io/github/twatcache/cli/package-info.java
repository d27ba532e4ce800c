/** The commands of {@code ./twat-cache}: what they accept, do and print. */
@NullMarked
package io.github.twatcache.cli;

import org.jspecify.annotations.NullMarked;
