package io.github.twatcache.benchmarks.memory;

import com.google.common.cache.CacheBuilder;
import io.github.twatcache.benchmarks.peers.Ehcaches;
import io.github.twatcache.benchmarks.peers.JCaches;
import io.github.twatcache.benchmarks.peers.Lookup;
import io.github.twatcache.benchmarks.peers.ProxyMemoizer;
import io.github.twatcache.benchmarks.peers.SpringLookups;
import java.util.function.BiConsumer;
import org.cache2k.Cache2kBuilder;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Beside ours and Caffeine, the one peer that is measured, of the same capacity and with the same entries. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH runs the setup before anything else; the other peers stay null
public class PeerHits extends Hits {
    org.cache2k.Cache<Integer, String> cache2k;
    org.ehcache.Cache<Integer, String> ehcache;
    com.google.common.cache.Cache<Integer, String> guava;
    javax.cache.Cache<Integer, String> jcache;
    Lookup proxy;
    Lookup spring;
    private AutoCloseable opened = () -> {};

    /** Opens the peer after which the method is named. */
    @Setup
    public void open(BenchmarkParams benchmark) {
        String method = benchmark.getBenchmark();
        switch (method.substring(method.lastIndexOf('.') + 1)) {
            case "cache2k" -> {
                cache2k = Cache2kBuilder.of(Integer.class, String.class)
                        .entryCapacity(capacity)
                        .eternal(true)
                        .build();
                opened = cache2k;
                fill(cache2k::put);
            }
            case "ehcache" -> {
                Ehcaches caches = Ehcaches.open();
                ehcache = caches.cache(capacity);
                opened = caches;
                fill(ehcache::put);
            }
            case "guava" -> {
                guava = CacheBuilder.newBuilder().maximumSize(capacity).build();
                fill(guava::put);
            }
            case "jcache" -> {
                JCaches caches = JCaches.open();
                jcache = caches.cache(capacity);
                opened = caches;
                fill(jcache::put);
            }
            case "proxy" -> {
                proxy = ProxyMemoizer.of(Lookup.class, Values::one, capacity);
                fill((key, value) -> proxy.of(key));
            }
            default -> {
                SpringLookups lookups = SpringLookups.open(capacity, Values::one);
                spring = method.endsWith("SpEL") ? lookups.withSpel() : lookups.plain();
                opened = lookups;
                fill((key, value) -> spring.of(key));
            }
        }
    }

    private static void fill(BiConsumer<Integer, String> put) {
        for (Integer key : KEYS) {
            put.accept(key, Values.one(key));
        }
    }

    /** Closes the peer. */
    @TearDown
    public void closePeer() throws Exception {
        opened.close();
    }
}
