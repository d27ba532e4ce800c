package io.github.twatcache;

import io.github.twatcache.EngineChoice.Reason;
import io.github.twatcache.EngineChoice.Rule;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The choice of two engines for one cache. Where both come to be the same, the cache is not split, since nothing would be
 * gained.
 */
final class SplitChoice implements Choice {
    private final Ask ask;
    private final long threshold;
    private final Choice small;
    private final Choice large;
    private SplitEngine engine;

    SplitChoice(Ask ask, long threshold, Choice small, Choice large) {
        this.ask = ask;
        this.threshold = threshold;
        this.small = small;
        this.large = large;
        this.engine = joined();
    }

    private SplitEngine joined() {
        SplitEngine joined = new SplitEngine(
                threshold,
                new SplitEngine.Part(SplitEngine.SMALL, small.engine(), spec -> small.spec()),
                new SplitEngine.Part(SplitEngine.LARGE, large.engine(), spec -> large.spec()));
        List<String> refused = ask.forgiving().refused(joined);
        if (split() && !refused.isEmpty()) {
            throw new ConfigurationException("a split of '" + small.engine().name() + "' and '"
                    + large.engine().name() + "' cannot honour " + refused.get(0) + "; drop one of them");
        }
        return joined;
    }

    private boolean split() {
        return !small.engine().name().equals(large.engine().name());
    }

    @Override
    public Engine engine() {
        return split() ? engine : small.engine();
    }

    @Override
    public CacheSpec spec() {
        return split()
                ? ask.without(skipped()).spec().onEngine(named())
                : small.spec().without(List.of(Settings.EXPECTED_VALUE_SIZE));
    }

    /** The engine's name, with where the names of the two come from. */
    private Sourced<String> named() {
        Sourced<String> ofSmall = small.spec().engineSourced();
        Sourced<String> ofLarge = large.spec().engineSourced();
        String source = ofSmall.source().equals(ofLarge.source())
                ? ofSmall.source()
                : SplitEngine.SMALL + ": " + ofSmall.source() + ", " + SplitEngine.LARGE + ": " + ofLarge.source();
        return new Sourced<>(engine.name(), source, ofSmall.aimed() || ofLarge.aimed());
    }

    @Override
    public List<Setting<?>> skipped() {
        return split() ? ask.skipped(engine) : small.skipped();
    }

    @Override
    public void passOver(EngineUnavailableException failed) {
        if (split() && engine.largeFailed()) {
            large.passOver(failed);
        } else {
            small.passOver(failed);
        }
        engine = joined();
    }

    @Override
    public boolean byRules() {
        return false;
    }

    @Override
    public Optional<Explanation.Advice> advice(int results, long medianBytes, Set<Class<?>> types) {
        return Optional.empty();
    }

    @Override
    public EngineChoice explained() {
        EngineChoice ofSmall = small.explained();
        EngineChoice ofLarge = large.explained();
        Set<Trait> lost = EnumSet.noneOf(Trait.class);
        lost.addAll(ofSmall.lost());
        lost.addAll(ofLarge.lost());
        String because = split()
                ? "values of up to " + Bytes.words(threshold) + " go to '" + ofSmall.engine() + "', larger ones to '"
                        + ofLarge.engine() + "'"
                : "not split, since '" + ofSmall.engine() + "' is the only engine that can be had for small and large";
        return new EngineChoice(
                "split",
                engine().name(),
                List.of(new Reason(Rule.EXPLICIT, because, List.of(ofSmall.engine(), ofLarge.engine()))),
                List.of(),
                ofSmall.fellBack() || ofLarge.fellBack(),
                lost,
                List.of(ofSmall, ofLarge));
    }
}
