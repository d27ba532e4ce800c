package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;
import io.github.twatcache.wrap.CacheInvalidate;
import io.github.twatcache.wrap.CacheRefresh;
import io.github.twatcache.wrap.Cached;
import java.lang.invoke.MethodHandles;

/** I have an interface already: can its methods be cached where they are declared? */
public final class AnnotatedInterface {
    private AnnotatedInterface() {}

    interface Weather {
        @Cached(name = "forecasts", expireAfterWrite = "10m", maximumSize = 10_000)
        String forecast(String city, int day);

        @Cached(key = "city") // who asks is passed on, and makes no key
        int population(String user, String city);

        @CacheInvalidate(cache = "forecasts") // the forecast of that city and day
        void correct(String city, int day, String forecast);

        @CacheRefresh(cache = "forecasts")
        default String freshForecast(String city, int day) {
            return forecast(city, day); // of the target, which caches nothing
        }

        int calls();
    }

    static final class Station implements Weather {
        private String sky = "sunny";
        private int calls;

        @Override
        public String forecast(String city, int day) {
            calls++;
            return sky + " in " + city;
        }

        @Override
        public int population(String user, String city) {
            calls++;
            return city.length();
        }

        @Override
        public void correct(String city, int day, String forecast) {
            sky = forecast;
        }

        @Override
        public int calls() {
            return calls;
        }
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            // The interface is not public and its module exports nothing: the look-up object lets the library in.
            Weather weather = twat.wrap(MethodHandles.lookup(), Weather.class, new Station());
            weather.forecast("Bonn", 1);
            weather.forecast("Bonn", 1);
            Claim.that("a method that is not annotated reaches the target", weather.calls() == 1);
            weather.correct("Bonn", 1, "rain");
            Claim.that("the corrected one", weather.forecast("Bonn", 1).equals("rain in Bonn"));
            Claim.that("two users, one key", weather.population("ada", "Bonn") == weather.population("bob", "Bonn"));
            Claim.that("three computations so far", weather.calls() == 3);
            Claim.that("a fresh one", weather.freshForecast("Bonn", 1).startsWith("rain") && weather.calls() == 4);
        }
    }
}
