package io.github.twatcache.testkit;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Counts contracts, tests and refusals of one {@link EngineConformance}, prints them, and demands that none is missing.
 * JUnit makes and calls it.
 */
public final class ContractTally implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Namespace OURS = Namespace.create(ContractTally.class);

    /** Makes the extension. */
    public ContractTally() {}

    /** What one engine has run. */
    private static final class Count {
        final Map<String, AtomicInteger> testsOfContract = new ConcurrentHashMap<>();
        final AtomicInteger refusals = new AtomicInteger();
        volatile String engine = "nothing";
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isConformance(context)) {
            context.getStore(OURS).put(Count.class, new Count());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Count count = context.getStore(OURS).get(Count.class, Count.class);
        if (count != null && context.getRequiredTestInstance() instanceof EngineContract contract) {
            count.testsOfContract
                    .computeIfAbsent(nameOf(contract), name -> new AtomicInteger())
                    .incrementAndGet();
            count.engine = contract.engine().name();
            if (contract.endedInRefusal()) {
                count.refusals.incrementAndGet();
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!isConformance(context)) {
            return;
        }
        Count count = Objects.requireNonNull(context.getStore(OURS).get(Count.class, Count.class));
        Map<String, AtomicInteger> tests = new TreeMap<>(count.testsOfContract);
        int all = tests.values().stream().mapToInt(AtomicInteger::get).sum();
        String line = count.engine + ": " + tests.size() + " contracts, " + all + " tests, " + count.refusals
                + " as refusals " + tests;
        context.publishReportEntry("conformance", line);
        System.out.println(line);
        if (tests.size() != EngineConformance.CONTRACTS) {
            throw new AssertionError("a conformance run is all " + EngineConformance.CONTRACTS + " contracts, but "
                    + line + "; run the whole class");
        }
    }

    private static boolean isConformance(ExtensionContext context) {
        return context.getTestClass()
                .filter(EngineConformance.class::isAssignableFrom)
                .isPresent();
    }

    private static String nameOf(EngineContract contract) {
        Contract named = contract.getClass().getAnnotation(Contract.class);
        if (named == null) {
            throw new AssertionError(contract.getClass() + " extends EngineContract without @Contract");
        }
        return named.value();
    }
}
