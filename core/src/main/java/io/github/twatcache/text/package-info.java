/**
 * How things are written down: durations, sizes and numbers in a configuration, property files with their lines, and the
 * word that somebody who mistyped one meant. Not for users.
 */
@NullMarked
package io.github.twatcache.text;

import org.jspecify.annotations.NullMarked;
