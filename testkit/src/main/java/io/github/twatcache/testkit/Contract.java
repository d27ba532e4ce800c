package io.github.twatcache.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a class of tests as one contract of the suite; {@link EngineConformance} counts these. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Contract {
    /**
     * Which contract it is.
     *
     * @return its number in the design and its name, such as {@code "4.7 expiry is exact"}
     */
    String value();
}
