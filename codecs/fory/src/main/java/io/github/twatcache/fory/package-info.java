/** Stored values in the format of Apache Fory: fast and small, for records, enums and the classes that you allow. */
@NullMarked
package io.github.twatcache.fory;

import org.jspecify.annotations.NullMarked;
