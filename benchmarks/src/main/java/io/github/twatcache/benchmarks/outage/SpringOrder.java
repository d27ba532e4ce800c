package io.github.twatcache.benchmarks.outage;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Spring's {@code @Cacheable} as it is out of the box, over Caffeine: its interceptor looks the key up, calls the method where
 * there is none, and puts what it returned.
 */
final class SpringOrder implements Strategy {
    private final AnnotationConfigApplicationContext context;
    private final Answers answers;

    private SpringOrder(AnnotationConfigApplicationContext context) {
        this.context = context;
        this.answers = context.getBean(Answers.class);
    }

    static SpringOrder open(Duration lifetime, Source source) {
        CaffeineCacheManager manager = new CaffeineCacheManager();
        manager.setCaffeine(Caffeine.newBuilder().expireAfterWrite(lifetime));
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.register(Caching.class);
        context.registerBean("manager", CacheManager.class, () -> manager);
        context.registerBean("answers", Answers.class, () -> new Asking(source));
        context.refresh();
        return new SpringOrder(context);
    }

    @Override
    public Answer ask(Integer key, Call call) {
        return answers.of(key, call);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {}

    /** What Spring makes a proxy of. */
    interface Answers {
        Answer of(Integer key, Call call);
    }

    /** What is behind the proxy. */
    static class Asking implements Answers {
        private final Source source;

        Asking(Source source) {
            this.source = source;
        }

        @Override
        @Cacheable(cacheNames = "answers", key = "#p0")
        public Answer of(Integer key, Call call) {
            return source.ask(key, call);
        }
    }
}
