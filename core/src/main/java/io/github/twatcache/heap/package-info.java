/**
 * The built-in engine {@code heap} with its policies, and the engine {@code null} that keeps nothing.
 *
 * <p>A {@code HeapStore} is a hash table of nodes; each node is one life of an entry and carries its own links, so that
 * an order of victims, the queue of deadlines and the tags of an entry cost no further objects.
 */
@NullMarked
package io.github.twatcache.heap;

import org.jspecify.annotations.NullMarked;
