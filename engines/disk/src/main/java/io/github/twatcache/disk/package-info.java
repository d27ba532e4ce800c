/** The engine that keeps entries in one SQLite database, which processes share. */
@NullMarked
package io.github.twatcache.disk;

import org.jspecify.annotations.NullMarked;
