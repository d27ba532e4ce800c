package io.github.twatcache.examples;

/** What an example says of the library: printed where it holds, an error where it does not. */
final class Claim {
    private Claim() {}

    /**
     * States a claim.
     *
     * @param claim the claim in words
     * @param holds whether it holds
     * @throws IllegalStateException when it does not
     */
    static void that(String claim, boolean holds) {
        if (!holds) {
            throw new IllegalStateException("this does not hold: " + claim);
        }
        System.out.println("holds: " + claim);
    }
}
