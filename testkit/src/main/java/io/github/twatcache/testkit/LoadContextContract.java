package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.Keep;
import io.github.twatcache.LoadContext;
import io.github.twatcache.Lookup;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.Unstored;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract 4.7: a function may say of the value that it computes how it is kept, and know what there is. */
@Contract("4.7 the function decides")
public abstract class LoadContextContract extends EngineContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TICK = Duration.ofNanos(1);

    /** Makes a contract. */
    protected LoadContextContract() {}

    @Test
    void doNotStore_returnedAndCounted() {
        Cache<String, String> cache = cache().types(String.class, String.class).build();
        assertThat(cache.get("k", key -> {
                    LoadContext.current().doNotStore();
                    return "once";
                }))
                .isEqualTo("once");
        assertThat(cache.contains("k")).isFalse();
        assertThat(cache.stats().unstoredCount(Unstored.CONDITION)).isEqualTo(1);
    }

    @Test
    void expireAfter_takesThePlaceOfAllRules() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        Cache<String, String> cache = cache().perEntryExpiry()
                .types(String.class, String.class)
                .expireAfter((key, value) -> Duration.ofHours(1))
                .build();
        cache.get("k", key -> {
            LoadContext.current().expireAfter(MINUTE);
            return "v";
        });
        cache.get("gone", key -> {
            LoadContext.current().expireAfter(Duration.ZERO);
            return "v";
        });
        assertThat(cache.contains("gone")).isFalse();
        assertThat(cache.expiresIn("k")).contains(MINUTE);
        ticker.advance(MINUTE);
        assertThat(cache.contains("k")).isFalse();
    }

    @Test
    void keepOfOneCall_takesThePlaceOfAllRules_ofThisLoadOnly() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        Cache<String, String> cache = cache().perEntryExpiry()
                .types(String.class, String.class)
                .expireAfter((key, value) -> Duration.ofHours(1))
                .build();
        assertThat(cache.get("k", Keep.lasting(MINUTE), key -> "v")).isEqualTo("v");
        assertThat(cache.expiresIn("k")).contains(MINUTE);
        assertThat(cache.get("k", Keep.lasting(TICK), key -> "w")).isEqualTo("v");
        assertThat(cache.expiresIn("k")).contains(MINUTE);
        Cache<String, String> plain =
                cache("plain").types(String.class, String.class).build();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> plain.get("k", Keep.lasting(MINUTE), key -> "v"))
                .withMessageContaining("perEntryExpiry()");
    }

    @Test
    void tags_besideThoseOfTheCache() {
        if (refuses(Trait.TAGS)) {
            return;
        }
        Cache<String, String> cache =
                cache().tags("all").types(String.class, String.class).build();
        cache.get("k", key -> {
            LoadContext.current().tags("red", "round");
            return "v";
        });
        assertThat(cache.tags("k")).isEqualTo(Set.of("all", "red", "round"));
        assertThat(cache.invalidateTag("red")).isEqualTo(1);
    }

    @Test
    void notBuiltFor_refusedNamingTheSetting() {
        Cache<String, String> cache = cache().types(String.class, String.class).build();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache.get("k", key -> {
                    LoadContext.current().expireAfter(MINUTE);
                    return "v";
                }))
                .withMessageContaining("perEntryExpiry()");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache.get("k", key -> {
                    LoadContext.current().tags("t");
                    return "v";
                }))
                .withMessageContaining("tags()");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache.get("k", key -> {
                    LoadContext.current().version("v");
                    return "v";
                }))
                .withMessageContaining("keepStale()");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> cache.get("k", key -> LoadContext.current().notModified()))
                .withMessageContaining(cache.name());
    }

    @Test
    void outsideAFunction_refused_insideABulk_refused() {
        assertThat(LoadContext.present()).isFalse();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(LoadContext::current)
                .withMessageContaining("within the function");
        Cache<String, String> cache = cache().types(String.class, String.class).build();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> cache.getAll(List.of("a"), keys -> {
                    assertThat(LoadContext.present()).isFalse();
                    LoadContext.current();
                    return Map.of();
                }))
                .withMessageContaining("many values at once");
    }

    @Test
    void innermost_isTheOneThatCounts() {
        Cache<String, String> cache = cache().types(String.class, String.class).build();
        cache.get(
                "outer",
                outer -> cache.get("inner", inner -> {
                    LoadContext.current().doNotStore();
                    return "v";
                }));
        assertThat(cache.contains("outer")).isTrue();
        assertThat(cache.contains("inner")).isFalse();
    }

    @Test
    void notModified_lifeIsRenewed_withVersionAndTags() {
        if (refuses(Trait.STALE) || refuses(Trait.TAGS)) {
            return;
        }
        Cache<String, String> cache = cache().expireAfterWrite(MINUTE)
                .failSafe(Duration.ofHours(1))
                .tags()
                .types(String.class, String.class)
                .build();
        cache.get("k", key -> {
            assertThat(LoadContext.current().version()).isEmpty();
            assertThat(LoadContext.current().kept().present()).isFalse();
            LoadContext.current().version("e1").tags("red");
            return "v1";
        });
        for (int i = 0; i < 3; i++) {
            ticker.advance(MINUTE);
            assertThat(cache.contains("k")).isFalse();
            assertThat(cache.get("k", key -> {
                        LoadContext load = LoadContext.current();
                        assertThat(load.version()).contains("e1");
                        Lookup<String> kept = load.kept();
                        assertThat(kept.value()).isEqualTo("v1");
                        assertThat(kept.stale()).isTrue();
                        return load.notModified();
                    }))
                    .isEqualTo("v1");
            assertThat(cache.expiresIn("k")).contains(MINUTE);
            assertThat(cache.tags("k")).containsExactly("red");
        }
        ticker.advance(MINUTE);
        cache.get("k", key -> "v2");
        ticker.advance(MINUTE);
        cache.get("k", key -> {
            assertThat(LoadContext.current().version()).isEmpty();
            return "v3";
        });
    }

    @Test
    void expireAfter_withFailSafe_keptThatMuchLonger() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = cache().expireAfterWrite(Duration.ofDays(1))
                .failSafe(MINUTE)
                .types(String.class, String.class)
                .build();
        cache.get("k", key -> {
            LoadContext.current().expireAfter(MINUTE);
            return "v";
        });
        ticker.advance(MINUTE.multipliedBy(2).minus(TICK));
        assertThat(cache.get("k", key -> {
                    throw new IllegalStateException("down");
                }))
                .isEqualTo("v");
        ticker.advance(TICK);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> cache.get("k", key -> {
                    throw new IllegalStateException("down");
                }));
    }

    private Cache<String, String> versioned() {
        Cache<String, String> cache = cache().expireAfterWrite(MINUTE)
                .failSafe(Duration.ofHours(1))
                .types(String.class, String.class)
                .build();
        cache.get("k", key -> {
            LoadContext.current().version("e1");
            return "v1";
        });
        ticker.advance(MINUTE);
        return cache;
    }

    /** What the source was asked about stands for this call, though somebody has removed it since. */
    @Test
    void notModified_removedMeanwhile_returned_notStored() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = versioned();
        assertThat(cache.get("k", key -> {
                    LoadContext load = LoadContext.current();
                    assertThat(load.version()).contains("e1");
                    Actor.start(() -> cache.remove("k")).result();
                    Lookup<String> kept = load.kept();
                    assertThat(kept.value()).isEqualTo("v1");
                    return load.notModified();
                }))
                .isEqualTo("v1");
        assertThat(cache.contains("k")).isFalse();
        assertThat(cache.get("k", key -> {
                    assertThat(LoadContext.current().version()).isEmpty();
                    return "v2";
                }))
                .isEqualTo("v2");
    }

    @Test
    void notModified_putMeanwhile_returnsWhatTheSourceWasAskedAbout_putStays() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = versioned();
        assertThat(cache.get("k", key -> {
                    LoadContext load = LoadContext.current();
                    assertThat(load.version()).contains("e1");
                    Actor.<@Nullable Void>start(() -> {
                                cache.put("k", "put");
                                return null;
                            })
                            .result();
                    return load.notModified();
                }))
                .isEqualTo("v1");
        assertThat(cache.getIfPresent("k")).isEqualTo("put");
    }
}
