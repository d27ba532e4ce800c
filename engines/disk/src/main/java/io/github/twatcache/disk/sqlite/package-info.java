/**
 * One SQLite database file, as the threads of one process use it: the claim on its directory, a bounded pool of
 * connections, and writes that are committed in groups. Knows nothing of caches.
 */
@NullMarked
package io.github.twatcache.disk.sqlite;

import org.jspecify.annotations.NullMarked;
