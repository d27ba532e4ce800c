package io.github.twatcache.key;

import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;

/** Results with which a function has not told yet what it has to tell: kept, they would be other ones for the next caller. */
public enum Unended {
    /** Any other result. */
    NOT("", false),
    /** What ends with a value, or fails, after the function has returned. */
    STAGE("a CompletionStage", true),
    /** What brings values to those who subscribe. */
    FLOW_PUBLISHER("a Flow.Publisher", true),
    /** The same by the standard that the JDK has taken over; known by its name. */
    REACTIVE_PUBLISHER("an org.reactivestreams.Publisher", true),
    /** What can be read once. */
    STREAM("a stream", false),
    /** What can be read once. */
    ITERATOR("an iterator", false);

    private static final String REACTIVE = "org.reactivestreams.Publisher";

    private static final ClassValue<Unended> KNOWN = new ClassValue<>() {
        @Override
        protected Unended computeValue(Class<?> type) {
            return find(type);
        }
    };

    private final String words;
    private final boolean goesOn;

    Unended(String words, boolean goesOn) {
        this.words = words;
        this.goesOn = goesOn;
    }

    /**
     * Which one a type is.
     *
     * @param type the type of a result
     * @return which; {@link #NOT} for most
     */
    public static Unended of(Class<?> type) {
        return KNOWN.get(type);
    }

    /**
     * Whether a result of a declared type may turn out to be one.
     *
     * @param declared the type that a signature names
     * @return whether it is a type of one, or one that some of them have, such as {@code Object}
     */
    public static boolean mayBe(Class<?> declared) {
        return of(declared) != NOT
                || declared.isAssignableFrom(CompletionStage.class)
                || declared.isAssignableFrom(Flow.Publisher.class)
                || declared.isAssignableFrom(BaseStream.class)
                || declared.isAssignableFrom(Iterator.class);
    }

    private static Unended find(Class<?> type) {
        if (CompletionStage.class.isAssignableFrom(type)) {
            return STAGE;
        } else if (Flow.Publisher.class.isAssignableFrom(type)) {
            return FLOW_PUBLISHER;
        } else if (BaseStream.class.isAssignableFrom(type)) {
            return STREAM;
        } else if (Iterator.class.isAssignableFrom(type)) {
            return ITERATOR;
        }
        return reactive(type) ? REACTIVE_PUBLISHER : NOT;
    }

    private static boolean reactive(Class<?> type) {
        if (type.getName().equals(REACTIVE)) {
            return true;
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (reactive(implemented)) {
                return true;
            }
        }
        return type.getSuperclass() != null && reactive(type.getSuperclass());
    }

    /**
     * Whether the function's work goes on, or only begins, after it has returned.
     *
     * @return whether it does
     */
    public boolean goesOn() {
        return goesOn;
    }

    /**
     * What a message calls it.
     *
     * @return as in "a CompletionStage"
     */
    public String words() {
        return words;
    }
}
