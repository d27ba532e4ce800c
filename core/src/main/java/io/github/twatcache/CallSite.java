package io.github.twatcache;

import java.util.Set;

/** Where in the user's code something was asked for, for messages that must name two places. */
final class CallSite {
    private CallSite() {}

    /** What stands between the user's code and here. */
    private static final Set<Class<?>> OURS = Set.of(
            CallSite.class,
            Registry.class,
            Building.class,
            Memoizing.class,
            MemoizingAsync.class,
            MemoizingPublishers.class,
            Presets.class,
            CacheBuilder.class,
            TypedBuilder.class,
            WrapFunctions.class,
            Wrapping.class,
            TwatCache.class);

    /** The nearest frame of the user's code. */
    static String here() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> !OURS.contains(frame.getDeclaringClass()))
                        .findFirst()
                        .map(frame -> frame.toStackTraceElement().toString())
                        .orElse("an unknown place"));
    }
}
