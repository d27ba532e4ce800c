package io.github.twatcache.spi;

/**
 * The function whose results a cache holds, for stores that keep the results of each function, and of each version of its
 * code, in a place of their own.
 *
 * @param name its name, such as {@code com.acme.Simulation.run}; of lambdas one that differs between builds
 * @param signature the name with the types of the arguments and of the result, as Java writes them
 * @param identity a digest of what it is in any JVM, but for its code: class, method, signature, and the captured values
 *     that can be written; lower-case hexadecimal digits
 * @param fingerprint what stands for its code; lower-case hexadecimal digits
 */
public record MemoizedFunction(String name, String signature, String identity, String fingerprint) {}
