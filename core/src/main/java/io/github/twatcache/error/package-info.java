/**
 * What twat-cache raises. A message says what was wrong, with the setting's value but never an argument or a result,
 * where it came from, and what to do.
 */
@NullMarked
package io.github.twatcache.error;

import org.jspecify.annotations.NullMarked;
