/** The engine in files beside joblib's, and beside what the machine can do at best. */
@NullMarked
package io.github.twatcache.benchmarks.files;

import org.jspecify.annotations.NullMarked;
