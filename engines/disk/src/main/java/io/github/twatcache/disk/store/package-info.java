/**
 * The native format of the disk engine: entries as rows of {@code twat.db}, large values as files beside it. What every
 * table, column and file means stands in {@code docs/disk-format.md}.
 */
@NullMarked
package io.github.twatcache.disk.store;

import org.jspecify.annotations.NullMarked;
