package io.github.twatcache.benchmarks.peers;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Spring's {@code @Cacheable} in its default set-up, with a manager of Caffeine caches or another. */
public final class SpringLookups implements AutoCloseable {
    private final AnnotationConfigApplicationContext context;

    private SpringLookups(CacheManager manager, Lookup target) {
        context = new AnnotationConfigApplicationContext();
        context.register(Caching.class);
        context.registerBean("manager", CacheManager.class, () -> manager);
        context.registerBean("plain", Lookup.class, () -> new Plain(target));
        context.registerBean("spel", Lookup.class, () -> new WithSpel(target));
        context.refresh();
    }

    /** On Caffeine. */
    public static SpringLookups open(int capacity, Lookup target) {
        CaffeineCacheManager manager = new CaffeineCacheManager();
        manager.setCaffeine(Caffeine.newBuilder().maximumSize(capacity));
        return new SpringLookups(manager, target);
    }

    /** On another manager. */
    public static SpringLookups open(CacheManager manager, Lookup target) {
        return new SpringLookups(manager, target);
    }

    /** The bean whose key is the argument. */
    public Lookup plain() {
        return context.getBean("plain", Lookup.class);
    }

    /** The bean whose key is an expression. */
    public Lookup withSpel() {
        return context.getBean("spel", Lookup.class);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {}

    /** Cached by its argument. */
    static class Plain implements Lookup {
        private final Lookup target;

        Plain(Lookup target) {
            this.target = target;
        }

        @Override
        @Cacheable("plain")
        public String of(Integer key) {
            return target.of(key);
        }
    }

    /** Cached by an expression. */
    static class WithSpel implements Lookup {
        private final Lookup target;

        WithSpel(Lookup target) {
            this.target = target;
        }

        @Override
        @Cacheable(cacheNames = "spel", key = "#p0")
        public String of(Integer key) {
            return target.of(key);
        }
    }
}
