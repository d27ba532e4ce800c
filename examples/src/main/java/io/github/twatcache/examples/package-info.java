/** Programs that answer one question each: they print what they claim, and stop when it does not hold. */
@NullMarked
package io.github.twatcache.examples;

import org.jspecify.annotations.NullMarked;
