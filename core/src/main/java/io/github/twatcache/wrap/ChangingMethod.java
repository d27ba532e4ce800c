package io.github.twatcache.wrap;

import java.lang.reflect.Method;
import java.util.List;

/**
 * A method that removes or renews results.
 *
 * @param method the method
 * @param renews which of the interface's cached methods has its result renewed, or -1 for none
 * @param removals what is removed, in the order of the annotations
 */
public record ChangingMethod(Method method, int renews, List<Removal> removals) {}
