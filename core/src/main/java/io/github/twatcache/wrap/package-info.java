/**
 * Annotated interfaces: {@link io.github.twatcache.wrap.Cached} and its kin say what is cached, {@link
 * io.github.twatcache.TwatCache#wrap} puts a class between the interface and an object of it. The rest of this package reads
 * the annotations and writes that class.
 */
@NullMarked
package io.github.twatcache.wrap;

import org.jspecify.annotations.NullMarked;
