package io.github.twatcache;

import io.github.twatcache.load.Alarms;
import io.github.twatcache.spi.ContextCarrier;
import java.util.concurrent.Executor;

/**
 * What works for all caches of one instance while their callers do not wait.
 *
 * @param executor runs what may block
 * @param storing runs what stores, where the engine blocks
 * @param alarms tell when a time is over
 * @param context carries what belongs to the caller's thread
 */
record Background(Executor executor, Executor storing, Alarms alarms, ContextCarrier context) {}
