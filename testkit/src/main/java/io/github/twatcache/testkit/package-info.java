/**
 * The conformance suite: one class per contract, which every engine passes, ours and anyone's.
 *
 * <p>To test an engine, extend {@link io.github.twatcache.testkit.EngineConformance} and return it.
 */
@NullMarked
package io.github.twatcache.testkit;

import org.jspecify.annotations.NullMarked;
