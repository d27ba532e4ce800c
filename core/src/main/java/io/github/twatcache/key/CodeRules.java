package io.github.twatcache.key;

import io.github.twatcache.config.Classes;
import io.github.twatcache.error.ConfigurationException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the code behind a function counts in its keys, where a cache outlives the process: by its digest, with other classes
 * beside it, or by a version that the user keeps. Immutable.
 *
 * @param version stands for all code; {@code null} for the digest
 * @param dependsOn classes whose whole content enters the digest too
 */
public record CodeRules(@Nullable String version, Set<Class<?>> dependsOn) {
    /** The digest of the function's own code. */
    public static final CodeRules OWN = new CodeRules(null, Set.of());

    /** Copies the set. */
    public CodeRules {
        dependsOn = Set.copyOf(dependsOn);
    }

    /**
     * What stands for the code of a function. The order in which classes were named does not count.
     *
     * @param identity the function
     * @return its fingerprint
     * @throws ConfigurationException when there is no byte code to be had of the function, or of a class that was named
     */
    Fingerprint fingerprint(FunctionIdentity identity) {
        if (version != null) {
            return Fingerprint.version(version);
        }
        Fingerprint own = identity.fingerprint()
                .orElseThrow(() -> new ConfigurationException("there is no byte code to be had of " + identity
                        + ", so a changed function would go on answering with its old results from a cache that outlives"
                        + " the process; say version(\"1\") and change it with the code, memoize a method of an ordinary"
                        + " class, or keep the results on the heap"));
        if (dependsOn.isEmpty()) {
            return own;
        }
        List<Class<?>> classes = dependsOn.stream()
                .sorted(Comparator.<Class<?>, String>comparing(Class::getName))
                .toList();
        for (Class<?> type : classes) {
            if (ByteCode.of(type) == null) {
                throw new ConfigurationException(
                        "dependsOn(" + type.getTypeName() + "): there is no byte code to be had of"
                                + " it, so nobody would notice a change; leave it out, or say version(\"1\") and change it with the"
                                + " code");
            }
        }
        return Fingerprint.of(identity, classes)
                .orElseThrow(() -> new ConfigurationException("the byte code of " + identity + " and of "
                        + new Classes(dependsOn)
                        + " cannot be read; say version(\"1\") and change it with the code"));
    }
}
