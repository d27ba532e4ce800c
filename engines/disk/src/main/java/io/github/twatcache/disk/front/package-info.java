/**
 * A part of the entries on the heap, which answers for the database as long as no process has changed them: {@link
 * io.github.twatcache.disk.front.Stripes} says so, in a file that all processes map, at the price of one read of memory.
 */
@NullMarked
package io.github.twatcache.disk.front;

import org.jspecify.annotations.NullMarked;
