package io.github.twatcache.key;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.KeyException;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.spi.KeyContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * User types that are written as something else: each under an id that stands in the bytes instead of the class's name.
 *
 * <pre>{@code
 * Encoders encoders = Encoders.standard()
 *         .register(Money.class, "money", Money::toString, Money::parse);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Encoders {
    private static final Encoders STANDARD = new Encoders(List.of(), false);

    private final List<Registered> registered;

    /** Whether what tells its own key is to tell one that nobody can forge. */
    private final boolean secure;

    private Encoders(List<Registered> registered, boolean secure) {
        this.registered = registered;
        this.secure = secure;
    }

    /** The same for keys of which somebody may want two to be one. */
    Encoders secure() {
        return secure ? this : new Encoders(registered, true);
    }

    /**
     * One registered type.
     *
     * @param type objects of it, and of its subtypes, are meant
     * @param id stands in the bytes
     * @param to makes the encodable object
     * @param back undoes that
     */
    record Registered(
            Class<?> type,
            String id,
            Fn1<Object, @Nullable Object, ? extends Exception> to,
            Fn1<@Nullable Object, Object, ? extends Exception> back) {}

    /**
     * No registered types.
     *
     * @return the empty registry
     */
    public static Encoders standard() {
        return STANDARD;
    }

    /**
     * A registry that knows one type more. It serves objects of that very class and of its subtypes; among several
     * registered types that fit, the class itself comes first, then the one that was registered first. Registered types
     * come before all others, but not before classes of the JDK that they are merely a supertype of.
     *
     * @param type the type, which may be an interface
     * @param id stands in stored bytes for as long as they live; never reuse one for another meaning
     * @param toEncodable makes an object that can be encoded; for keys, equal content must give equal objects and
     *     different content different ones
     * @param back makes the object again; called with what {@code toEncodable} gave
     * @param <T> the type
     * @param <E> what it is written as
     * @return a new registry
     * @throws ConfigurationException when the type or the id is registered already, the id is empty, or the type is
     *     primitive, an array or {@code Object}
     */
    // The functions are only called with objects of the type, and with what was read where they had written.
    @SuppressWarnings("unchecked")
    public <T, E extends @Nullable Object> Encoders register(
            Class<T> type,
            String id,
            Fn1<? super T, ? extends E, ? extends Exception> toEncodable,
            Fn1<? super E, ? extends T, ? extends Exception> back) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(toEncodable, "toEncodable");
        Objects.requireNonNull(back, "back");
        if (id.isEmpty()) {
            throw new ConfigurationException("the id of an encoder is empty; name what stands in the stored bytes");
        }
        if (type.isPrimitive() || type.isArray() || type == Object.class) {
            throw new ConfigurationException(type.getTypeName() + " cannot have an encoder of its own; name a class");
        }
        for (Registered other : registered) {
            if (other.type == type || other.id.equals(id)) {
                throw new ConfigurationException("an encoder for %s with the id '%s' is already registered; remove one"
                        .formatted(other.type.getName(), other.id));
            }
        }
        List<Registered> more = new ArrayList<>(registered);
        more.add(new Registered(type, id, (Fn1<Object, @Nullable Object, ? extends Exception>) toEncodable, (Fn1<
                        @Nullable Object, Object, ? extends Exception>)
                back));
        return new Encoders(List.copyOf(more), secure);
    }

    /**
     * Tells beforehand whether objects of a declared type can be written.
     *
     * @param declared the type that a signature names
     * @return why no object of that type, or of a subtype, can ever be; empty where some or all can
     */
    public Optional<String> refusal(Class<?> declared) {
        Class<?> type = Objects.requireNonNull(declared, "declared");
        while (type.isArray()) {
            type = type.getComponentType();
        }
        return serves(type) ? Optional.empty() : Optional.ofNullable(Forms.refusal(type));
    }

    /** Whether something registered may serve objects of a type. */
    boolean serves(Class<?> type) {
        for (Registered each : registered) {
            if (each.type.isAssignableFrom(type) || type.isAssignableFrom(each.type)) {
                return true;
            }
        }
        return false;
    }

    /** What serves objects of a class, or {@code null} when nothing registered does. */
    @Nullable Registered find(Class<?> type) {
        Registered found = null;
        for (Registered each : registered) {
            if (each.type == type) {
                return each;
            }
            if (found == null && each.type.isAssignableFrom(type) && !Forms.isJdk(type)) {
                found = each;
            }
        }
        return found;
    }

    /** What serves objects of a class in keys: what is registered, else what they tell themselves, else {@code null}. */
    @Nullable Registered findForKey(Class<?> type) {
        Registered found = find(type);
        return found == null && KeyContent.class.isAssignableFrom(type) ? own(type) : found;
    }

    private Registered own(Class<?> type) {
        return new Registered(
                type, "class " + type.getName(), object -> ((KeyContent) object).keyContent(secure), content -> {
                    throw new KeyException(
                            "a " + type.getName() + " stands in a key as its digest and cannot be read back");
                });
    }

    /** What has an id, or {@code null} when nothing registered has. */
    @Nullable Registered find(String id) {
        for (Registered each : registered) {
            if (each.id.equals(id)) {
                return each;
            }
        }
        return null;
    }
}
