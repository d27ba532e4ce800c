/**
 * The format of Python's diskcache 5, read and written while Python programs do the same: its tables, its settings, its value
 * files. What Python does is the law here; where a name of diskcache exists, it is used.
 */
@NullMarked
package io.github.twatcache.disk.diskcache;

import org.jspecify.annotations.NullMarked;
