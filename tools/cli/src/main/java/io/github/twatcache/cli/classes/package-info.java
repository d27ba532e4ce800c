/** The demo's work: class files of the running JDK, what they refer to, and the ranking of packages that follows. */
@NullMarked
package io.github.twatcache.cli.classes;

import org.jspecify.annotations.NullMarked;
