package io.github.twatcache.files;

import io.github.twatcache.config.Setting;
import java.util.List;

/** The settings that only the engine {@code files} knows. */
public final class FilesSettings {
    /** Who leaves a full cache. */
    public static final Setting<Victims> VICTIMS = Setting.choice(
                    "victims",
                    Victims.class,
                    "Decides which entry leaves a full cache: the one used longest ago, or the one that saves the"
                            + " least time for each byte.")
            .otherwise(Victims.LEAST_RECENTLY_USED);

    /** All of them. */
    static final List<Setting<?>> ALL = List.of(VICTIMS);

    private FilesSettings() {}
}
