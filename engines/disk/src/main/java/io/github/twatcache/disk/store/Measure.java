package io.github.twatcache.disk.store;

/** What a limit counts; the number stands in the database. */
enum Measure {
    /** No limit. */
    NOTHING(0),
    ENTRIES(1),
    WEIGHT(2),
    BYTES(3);

    final int number;

    Measure(int number) {
        this.number = number;
    }

    static Measure of(int number) {
        return switch (number) {
            case 1 -> ENTRIES;
            case 2 -> WEIGHT;
            case 3 -> BYTES;
            default -> NOTHING;
        };
    }

    /** How much of a limit an entry takes. */
    long of(long weight, long bytes) {
        return switch (this) {
            case NOTHING -> 0;
            case ENTRIES -> 1;
            case WEIGHT -> weight;
            case BYTES -> bytes;
        };
    }
}
