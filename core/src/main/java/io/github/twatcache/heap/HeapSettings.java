package io.github.twatcache.heap;

import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import java.util.List;

/** The settings that only the engine {@code heap} knows. */
public final class HeapSettings {
    /** A policy of the user's own; excludes {@link Settings#POLICY}. */
    public static final Setting<VictimOrder.Factory> ORDER = Setting.object(
                    "order",
                    VictimOrder.Factory.class,
                    "Decides which entry leaves a full cache, by an order of your own in the place of a policy.")
            .in(Settings.POLICY.group().orElseThrow())
            .needing("a maximum");

    /** Where the random choice of the policy RR starts from. */
    public static final Setting<Long> SEED = Setting.count(
                    "seed",
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    "Makes the random choice of the policy RR the same in each run; without it each store draws its own.")
            .unset("drawn anew")
            .needing("policy = rr", spec -> spec.get(Settings.POLICY) == Policy.RR);

    /** All of them. */
    static final List<Setting<?>> ALL = List.of(ORDER, SEED);

    private HeapSettings() {}
}
